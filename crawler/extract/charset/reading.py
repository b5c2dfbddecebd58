"""Reading bytes in a codec although a few of them are damaged, without hiding that."""

from __future__ import annotations

import codecs

DAMAGED = "\ufffd"
"""What stands for bytes that can't be read, so that a reader sees the damage."""

_ERRORS = "concord"
# What the standard's decoders read beyond Python's: the euro sign of cp936, and the signs that Microsoft added to Big5.
_BEYOND_PYTHON = {"gb18030": ("cp1252", 1, frozenset({0x80})), "big5hkscs": ("cp950", 2, frozenset(range(0x81, 0xFF)))}


def read_leniently(body: bytes, codec: str, *, final: bool = True) -> str:
    """The text of ``body``; :data:`DAMAGED` for what the codec can't read.

    ``final``: a character that the end cuts off is damaged too; otherwise it is left out.
    """
    return codecs.getincrementaldecoder(codec)(_ERRORS).decode(body, final)


def damage(text: str, body: bytes) -> int:
    """How many characters of ``text`` stand for bytes that could not be read; signs that the page has itself aside."""
    return max(0, text.count(DAMAGED) - body.count(DAMAGED.encode()))


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    codec, length, leads = _BEYOND_PYTHON.get(error.encoding, ("", 0, frozenset()))
    piece = error.object[error.start : error.start + length]
    if piece and piece[0] in leads:
        try:
            return bytes(piece).decode(codec), error.start + length
        except UnicodeDecodeError:
            pass
    return DAMAGED, error.end


codecs.register_error(_ERRORS, _replace)
