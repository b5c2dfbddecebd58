"""Words of messages that several reports share."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 query``, ``1,200 queries``; ``many`` is ``one`` with an s if left out."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def dated(date: str | None, basis: str | None) -> str:
    """A date of publication and where it was read: ``2008-11-05 (from text)``, ``2015-02 (given)``, ``undated``."""
    if date is None:
        return "undated"
    return f"{date} (given)" if basis == "given" else f"{date} (from {basis})"
