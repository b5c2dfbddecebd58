"""The dates at the head and at the end of a text: datelines, credits, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from crawler.document import DatePrecision
from crawler.extract.blocks import Block
from crawler.extract.dates.months import fold
from crawler.extract.dates.nearby import Near, Spot, weigh
from crawler.extract.dates.signs import EVENT, NAMED, SIGNED, UPDATED
from crawler.extract.dates.written import Written, find_written

CLOSING = 4
"""Paragraphs at a text's end among which its closing date may be."""
DATELINE = 90
"""Characters at the head of a text in which its dateline ends."""
MAX_PLACE = 45
"""Characters of the places and agencies in a dateline."""
MAX_SIGNED = 400
"""Characters of the line after a text that tells who published it and when."""

_STOP = re.compile(r"[.;:!?]\s")
_AFTER_DATELINE = re.compile(r"[-–—―.:)/|(]|电|讯|$")


def find_dateline(text: str) -> Written | None:
    """The date that opens a text: "Brasília, 5 de novembro de 2008 - …", "新华社北京2008年11月5日电"."""
    head = text[:DATELINE]
    for written in find_written(head):
        before = head[: written.start].strip()
        if not before.strip("([") and head[written.end :].startswith((")", "]")):
            return written
        is_place = len(before) <= MAX_PLACE and not _STOP.search(before)
        stands_apart = not before or _AFTER_DATELINE.match(head[written.end :].lstrip())
        if written.precision is DatePrecision.DAY and is_place and stands_apart:
            return written
    return None


def find_closing(paragraphs: Sequence[str]) -> Written | None:
    """The date that closes a text: "(Xinhua News Agency November 5, 2008)", "Buenos Aires, 5 de noviembre de 2008"."""
    for paragraph in reversed(paragraphs[-CLOSING:]):
        found = [written for written in find_written(paragraph) if written.precision is DatePrecision.DAY]
        if len(found) == 1 and _is_signature(paragraph[: found[0].start], paragraph[found[0].end :]):
            return found[0]
    return None


def _is_signature(before: str, after: str) -> bool:
    """Whether a line has nothing but a place or an agency before its date, and nothing after it."""
    folded = fold(before)
    words = 8 if before.lstrip().startswith(("(", "\uff08")) else 4
    return (
        len(before.split()) <= words
        and len(before) <= 60
        and not after.strip(" .)\uff09。")
        and not UPDATED.search(folded)
        and not EVENT.search(folded)
    )


def find_signed(blocks: Sequence[Block], headline: int | None, latest: date) -> Written | None:
    """The date of a line after the text that says when it was published ("Posted on …"); one date only, or none."""
    start = 0 if headline is None else headline + 1
    main = blocks[headline] if headline is not None else None
    found = {
        written.first: written
        for index, block in enumerate(blocks[start:], start)
        if len(block.text) <= MAX_SIGNED and not block.is_aside(main)
        for written in find_written(block.text)
        if written.first <= latest and _is_signed(weigh(written, blocks, Spot("behind", 0, index), main), block)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _is_signed(near: Near, block: Block) -> bool:
    if near.score >= 1 and NAMED.search(block.names):
        return True
    return near.score >= 0 and SIGNED.search(fold(block.text)) is not None
