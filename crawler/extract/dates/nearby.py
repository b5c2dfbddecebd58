"""The date beside the headline, where ministries and agencies put it.

The lines between the headline and the text come first, then those just above the headline. What speaks for a date: a
label ("Published:", "发布时间"), a class such as ``date`` or ``byline``, ``<time>``, and that the line has little else.
What speaks against it: a label of another kind ("Updated", "Deadline"), links around it, a list of related news.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.document import DatePrecision
from crawler.extract.blocks import SENTENCE_LENGTH, Block, is_sentence, shared_depth, width
from crawler.extract.dates.months import fold
from crawler.extract.dates.signs import (
    CREDITED,
    EVENT,
    EVENT_NAMED,
    NAMED,
    PUBLISHED,
    TIMED,
    TODAY,
    UPDATED,
)
from crawler.extract.dates.written import Written, find_written

BELOW = 14
"""Lines after the headline that are looked at: bylines, share buttons and a summary stand there."""
ABOVE = 6
BESIDE = 3
"""So near to the headline no line is beside the matter, whatever its element is called."""
LEADS = 2
"""Long lines between the headline and its byline: a summary, a caption."""
LINE = 1_000
"""Characters of a line that are searched for dates."""
BODY_LENGTH = 140
"""Characters from which a line is taken for the text's beginning; a third of it in scripts without spaces."""
MAX_LABEL = 40
"""Characters of a line that is only the label of the next one."""
MAX_LABEL_WORDS = 3
STRONG = 2.0
"""A date with this score is the page's own; what is below needs other evidence."""

_PLACES = {"below": 2.0, "above": 1.0, "behind": 1.0, "headline": 0.5, "body": -1.0}
_SCORES = {
    "label": 2.5,
    "named": 1.0,
    "time": 1.0,
    "credited": 1.0,
    "timed": 0.5,
    "alone": 1.0,
    "mostly": 0.5,
}
_PENALTIES = {"updated": 5.0, "event": 4.0, "linked": 3.0, "aside": 2.0, "today": 4.0, "coarse": 1.5, "far": 0.1}


@dataclass(frozen=True, slots=True)
class Near:
    """A date near the headline, in the line ``text``, with what speaks for it."""

    written: Written
    text: str
    score: float
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A line near the headline: the place (a key of ``_PLACES``), how far away, its number among the blocks."""

    place: str
    distance: int
    index: int


def find_near(blocks: Sequence[Block], headline: int | None, latest: date) -> list[Near]:
    """The dates around the line ``headline``, the best first; none that is later than ``latest``.

    ``headline`` is ``None`` for a page without one: then its first lines are looked at.
    """
    main = blocks[headline] if headline is not None else max(blocks, key=lambda block: len(block.text), default=None)
    found = [
        weigh(written, blocks, spot, main)
        for spot in _zone(blocks, headline, main)
        for written in [*_of_time(blocks[spot.index]), *find_written(blocks[spot.index].text[:LINE])]
        if written.first <= latest
    ]
    return sorted(found, key=lambda near: -near.score)


def _zone(blocks: Sequence[Block], headline: int | None, main: Block | None) -> Iterator[Spot]:
    if headline is None:
        yield from _before_text(blocks, main)
    else:
        yield Spot("headline", 0, headline)
        yield from _below(blocks, headline)
        yield from _above(blocks, headline)


def _below(blocks: Sequence[Block], headline: int) -> Iterator[Spot]:
    place, bodies = "below", 0
    for distance, block in enumerate(blocks[headline + 1 : headline + 1 + BELOW], 1):
        if block.tag == "h1" and not block.is_aside() and distance > 1:
            break
        if is_body(block):
            place, bodies = "behind", bodies + 1
            if bodies > LEADS:
                break
            yield Spot("body", distance, headline + distance)
        else:
            yield Spot(place, distance, headline + distance)


def _above(blocks: Sequence[Block], headline: int) -> Iterator[Spot]:
    """The lines over a headline that stand in one element with it, or have a label."""
    for distance in range(1, min(ABOVE, headline) + 1):
        block = blocks[headline - distance]
        labelled = any(PUBLISHED.search(_before(one, blocks, headline - distance)) for one in find_written(block.text))
        if not is_body(block) and (labelled or block.times or shared_depth(block, blocks[headline]) > 2):
            yield Spot("above", distance, headline - distance)


def _before_text(blocks: Sequence[Block], main: Block | None) -> Iterator[Spot]:
    start = next((index for index, block in enumerate(blocks) if is_body(block) and not block.is_aside(main)), 0)
    for distance in range(1, min(BELOW, start) + 1):
        yield Spot("below", distance, start - distance)


def is_body(block: Block) -> bool:
    """Whether a line is the text's: long, or a sentence."""
    written = sum(one.end - one.start for one in find_written(block.text[:LINE]))
    said = width(block.text) - written
    return (said >= BODY_LENGTH or (said >= SENTENCE_LENGTH and is_sentence(block.text))) and block.link_share < 0.5


def _of_time(block: Block) -> Iterator[Written]:
    """The machine-readable dates of ``<time>`` in a line that has no date in words."""
    for value in block.times:
        written = next(iter(find_written(value)), None)
        if written is not None and not find_written(block.text):
            yield Written(0, 0, written.first, written.precision, written.other)


def weigh(written: Written, blocks: Sequence[Block], spot: Spot, main: Block | None) -> Near:
    """Add up what speaks for and against a date."""
    block = blocks[spot.index]
    before = _before(written, blocks, spot.index)
    labelled = spot.place != "body" and PUBLISHED.search(before) is not None
    score = _PLACES[spot.place] - _PENALTIES["far"] * spot.distance + _SCORES["label"] * labelled
    if spot.place != "body":
        score += _by_line(written, block)
    return Near(written, block.text, score - _against(written, block, before, main, spot), labelled)


def _by_line(written: Written, block: Block) -> float:
    after = fold(block.text[written.end :])
    share = (written.end - written.start) / max(1, len(block.text))
    score = _SCORES["named"] * (NAMED.search(block.names) is not None)
    score += _SCORES["credited"] * (CREDITED.search(after) is not None)
    score += _SCORES["timed"] * (TIMED.search(after) is not None)
    score += _SCORES["time"] * bool(block.times)
    return score + _SCORES["alone"] * (share > 0.5) + _SCORES["mostly"] * (0.2 < share <= 0.5)


def _before(written: Written, blocks: Sequence[Block], index: int) -> str:
    """What stands before a date, folded; a date that begins a line may have its label in the line above."""
    before = fold(blocks[index].text[max(0, written.start - 60) : written.start])
    if not before.strip(" (:|") and index and _is_label(blocks[index - 1].text):
        return fold(blocks[index - 1].text) + " " + before
    return before


def _is_named_event(block: Block) -> bool:
    """Whether a class says that the line's one date is of something else; of several dates, the labels must tell."""
    return EVENT_NAMED.search(block.names) is not None and len(find_written(block.text)) <= 1


def _is_label(text: str) -> bool:
    return len(text) <= MAX_LABEL and (len(text.split()) <= MAX_LABEL_WORDS or text.endswith((":", "：")))  # noqa: RUF001


def _against(written: Written, block: Block, before: str, main: Block | None, spot: Spot) -> float:
    against = _PENALTIES["updated"] * (UPDATED.search(before) is not None)
    against += _PENALTIES["event"] * (EVENT.search(before) is not None or _is_named_event(block))
    against += _PENALTIES["today"] * (TODAY.search(fold(block.text)) is not None)
    against += _PENALTIES["linked"] * _is_link(written, block)
    against += _PENALTIES["aside"] * (block.is_aside(main) and not _is_beside(spot))
    return against + _PENALTIES["coarse"] * (written.precision is not DatePrecision.DAY)


def _is_beside(spot: Spot) -> bool:
    return spot.place in {"above", "below"} and spot.distance <= BESIDE


def _is_link(written: Written, block: Block) -> bool:
    """Whether the date is that of another page, which the line links to; bylines have links too, to their authors."""
    is_most = written.end - written.start > 0.6 * len(block.text)
    is_entry = block.link_share > 0.5 and block.tag in {"li", "td", "a"}
    return (is_entry or block.link_share > 0.8) and not is_most and not NAMED.search(block.names)
