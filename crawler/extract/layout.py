"""From the lines of printed pages to paragraphs: without running heads, with words and sentences put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from crawler.extract.pdf_lines import Line

EDGE_LINES = 3
"""Lines at the head and at the foot of a page that may be running ones: a title, the agency, the page's number."""
REPEATED = 0.4
"""The part of the pages on which a running head stands: left and right pages often have one each."""
HEAD = 120
"""Characters of a running head or foot: the title of the work or of the chapter, and the page's number."""
GAP = 1.35
"""Times the usual distance of two lines, from which on a paragraph ends."""
OTHER_SIZE = 1.12
"""Times the size of the letters before: a heading, a footnote."""
INDENT = 0.9
"""Times the size of its letters: how far right of the lines around it the first line of a paragraph begins."""
SHORT = 0.75
"""Of the usual length of lines: what ends in a full stop and is shorter than this ends its paragraph."""

_FINAL = tuple(".?!:;。？！：；…\"'”’»)）」』")  # noqa: RUF001 - Chinese and Japanese end their sentences so
_ITEM = re.compile(
    r"(?:[•●▪■◦‣–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|第[一二三四五六七八九十百\d]+[条章節节]|[一二三四五六七八九十]+、)\s*\S"
)
_PAGE_NUMBER = re.compile(
    r"[\s\-–—|.\[(]*(?:(?:page|página|pagina|pag|pág|p|seite|第)\.?\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|de|von|sur|页|頁|共)+\s*\d{1,4})?\s*(?:页|頁)?[\s\-–—|.\])]*",
    re.IGNORECASE,
)
_NUMBER_BEFORE, _NUMBER_AFTER = re.compile(r"(\d{1,4})\s"), re.compile(r"\s(\d{1,4})$")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENS = "-\u2010\u00ad"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, the page that it begins on, and the size of its letters."""

    text: str
    page: int
    size: float


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of a file's lines, in order, none of them empty."""
    kept = without_running_lines(lines)
    words = _vocabulary(kept)
    groups = _across_pages(list(_groups(kept)))
    return [Paragraph(_unwrapped(group, words), group[0].page, group[0].size) for group in groups]


def without_running_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines without numbers of pages, and without heads and feet that stand on many pages."""
    pages = _by_page(lines)
    at_edge = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    least = max(2, round(REPEATED * len(pages)))
    shifts = Counter(shift for page in pages for shift in {shift for line in _edges(page) for shift in _shifts(line)})
    usual = {shift for shift, count in shifts.items() if count >= max(3, least)}
    return [line for page in pages for line in _body(page, at_edge, least, usual)]


def _by_page(lines: Sequence[Line]) -> list[list[Line]]:
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    return list(pages.values())


def _edges(page: Sequence[Line]) -> list[Line]:
    """The highest and the lowest lines: a foot may come first in the file."""
    by_height = sorted(page, key=lambda line: -line.y)
    return [*by_height[:EDGE_LINES], *by_height[EDGE_LINES:][-EDGE_LINES:]]


def _body(page: list[Line], at_edge: Counter[str], least: int, usual: set[int]) -> list[Line]:
    """A page without its running lines; the first line from the edge that isn't one ends them."""

    def is_running(line: Line) -> bool:
        if len(line.text) > HEAD:
            return False
        repeated = at_edge[_key(line)] >= least or _PAGE_NUMBER.fullmatch(line.text)
        return bool(repeated) or any(shift in usual for shift in _shifts(line))

    by_height = sorted(page, key=lambda line: -line.y)
    head, foot = by_height[:EDGE_LINES], by_height[EDGE_LINES:][-EDGE_LINES:]
    dropped = {id(line) for line in (*takewhile(is_running, head), *takewhile(is_running, reversed(foot)))}
    return [line for line in page if id(line) not in dropped]


def _key(line: Line) -> str:
    """What running lines share: their words, and about where they stand; the number in them changes."""
    return f"{re.sub(r'[0-9]+', '#', line.text).casefold()} {round(line.y / 20)}"


def _shifts(line: Line) -> list[int]:
    """How far the number that a line begins or ends with is from the number of its page: the same for all heads."""
    found = [match for match in (_NUMBER_BEFORE.match(line.text), _NUMBER_AFTER.search(line.text)) if match]
    return [line.page - int(match[1]) for match in found]


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph; a paragraph that goes on on the next page is two groups here."""
    usual_gap, usual_length = _usual(lines)
    group: list[Line] = []
    for line in lines:
        if group and _starts_paragraph(group, line, usual_gap, usual_length):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _usual(lines: Sequence[Line]) -> tuple[float, float]:
    """The distance of two lines, in sizes of their letters, and the length of a full line in characters."""
    gaps = [
        (one.y - two.y) / one.size
        for one, two in pairwise(lines)
        if one.page == two.page and one.size == two.size and one.size > 0 and 0 < one.y - two.y < 4 * one.size
    ]
    lengths = sorted(_length(line.text) for line in lines)
    return (median(gaps) if gaps else 1.2), (lengths[int(len(lengths) * 0.75)] if lengths else 0)


def _length(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _starts_paragraph(group: list[Line], line: Line, usual_gap: float, usual_length: float) -> bool:
    last = group[-1]
    if line.page != last.page or _ITEM.match(line.text):
        return True
    larger, smaller = max(line.size, last.size), min(line.size, last.size) or 1.0
    if larger > OTHER_SIZE * smaller:
        return True
    gap = last.y - line.y
    if gap > GAP * usual_gap * last.size:
        return True
    ended = last.text.endswith(_FINAL)
    if gap < 0:  # the next column
        return ended
    left = min(each.x for each in group[1:]) if len(group) > 1 else last.x
    if line.x > left + INDENT * line.size and (ended or len(group) > 1) and not _is_hanging(group):
        return True
    return ended and _length(last.text) < SHORT * usual_length


def _is_hanging(group: list[Line]) -> bool:
    """Whether the first line sticks out to the left, as items of lists do: lines after it are indented, not new."""
    return bool(_ITEM.match(group[0].text)) and len(group) == 1


def _across_pages(groups: list[list[Line]]) -> list[list[Line]]:
    """Join what a page break has cut: no full stop before it, and no start of a sentence after it."""
    joined: list[list[Line]] = []
    for group in groups:
        before = joined[-1] if joined else None
        if before and before[-1].page != group[0].page and _goes_on(before[-1], group[0]):
            before.extend(group)
        else:
            joined.append(list(group))
    return joined


def _goes_on(last: Line, first: Line) -> bool:
    alike = max(last.size, first.size) <= OTHER_SIZE * (min(last.size, first.size) or 1.0)
    starts_low = first.text[:1].islower() or bool(_WIDE.match(first.text) and _WIDE.match(last.text[-1:]))
    return alike and starts_low and not last.text.endswith(_FINAL) and not _ITEM.match(first.text)


def _vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    """The words that stand inside lines: the document's own dictionary, for words that the end of a line has cut."""
    return frozenset(
        word.casefold() for line in lines for word in _WORD.findall(line.text.rstrip(_HYPHENS)) if len(word) > 3
    )


def _unwrapped(group: Sequence[Line], words: frozenset[str]) -> str:
    text = group[0].text
    for line in group[1:]:
        text = _appended(text, line.text, words)
    return text.replace("\u00ad", "")


def _appended(text: str, line: str, words: frozenset[str]) -> str:
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if text[-1:] in _HYPHENS and text[-2:-1].isalpha() and line[:1].isalpha():
        head = _WORD.findall(text[:-1])[-1]
        tail = _WORD.match(line)
        joined = f"{head}{tail[0] if tail else ''}".casefold()
        return text[:-1] + line if joined in words else text + line
    wide = _WIDE.match(text[-1:]) and _WIDE.match(line)
    return text + line if wide else f"{text} {line}"
