"""From bytes to text: Unicode only; other character sets are told, not guessed."""

from __future__ import annotations

import codecs

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(body: bytes) -> str:
    """The text of ``body``: UTF-8, or what its byte order mark says. The mark itself is left out.

    Raises ``ValueError`` with a reason for people: at which byte the text stops being Unicode, or that it is no text.
    """
    mark, encoding = next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if body.startswith(mark)), (b"", "utf-8"))
    try:
        text = body[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        at = len(mark) + error.start
        raise ValueError(
            f"not {encoding.upper()}: byte {at} (0x{body[at]:02x}) is no part of a character; save it as UTF-8"
        ) from None
    if "\0" in text:
        raise ValueError("binary: has a NUL byte, so it is no text")
    return text
