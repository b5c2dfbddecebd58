"""Stored values as bytes: MessagePack, with types of its own for what Python has beyond it.

No pickles: a value that is read can be wrong, but it can't run anything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgpack

_DATETIME, _DATE, _TUPLE, _LARGE, _DECIMAL = 1, 2, 3, 4, 5  # numbers in files: never give one another meaning


def pack(value: Any) -> bytes:
    """A value as bytes: text, bytes, numbers, truth, ``None``, dates, and lists, tuples and dictionaries of these.

    Raises ``ValueError`` for anything else.
    """
    return bytes(msgpack.packb(value, default=_extended, strict_types=True))


def unpack(packed: bytes) -> Any:
    """What :func:`pack` packed; ``ValueError`` for bytes that it didn't make."""
    try:
        return msgpack.unpackb(packed, ext_hook=_restored, strict_map_key=False)
    except (msgpack.UnpackException, ArithmeticError, TypeError) as error:
        raise ValueError(f"stored values can't be read: {error}") from error


def _extended(value: Any) -> msgpack.ExtType:
    if isinstance(value, datetime):
        return msgpack.ExtType(_DATETIME, value.isoformat().encode())
    if isinstance(value, date):
        return msgpack.ExtType(_DATE, value.isoformat().encode())
    if type(value) is tuple:
        return msgpack.ExtType(_TUPLE, pack(list(value)))
    if type(value) is int:  # of more than 64 bits
        return msgpack.ExtType(_LARGE, str(value).encode())
    if isinstance(value, Decimal):
        return msgpack.ExtType(_DECIMAL, str(value).encode())
    raise ValueError(
        f"a {type(value).__name__} can't be stored: store text, bytes, numbers, dates, or lists, tuples and "
        "dictionaries of these"
    )


def _restored(code: int, data: bytes) -> Any:
    if code == _TUPLE:
        return tuple(unpack(data))
    readers: dict[int, Callable[[str], Any]] = {
        _DATETIME: datetime.fromisoformat,
        _DATE: date.fromisoformat,
        _LARGE: int,
        _DECIMAL: Decimal,
    }
    if code not in readers:
        raise ValueError(f"a stored value of the unknown type {code}")
    return readers[code](data.decode())
