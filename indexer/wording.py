"""Words of messages that depend on a number."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 query``, ``1,200 queries``; ``many`` is ``one`` with an s if left out."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
