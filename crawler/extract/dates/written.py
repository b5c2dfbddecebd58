"""The dates that are written in a text, in all their forms, and where they stand.

A form that can be read in two ways (``05/11/2008``) is found with both readings; :mod:`.order` decides, or nobody does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from crawler.document import DatePrecision
from crawler.extract.dates.months import PATTERN, fold, month_number

FIRST_YEAR = 1900
"""Texts of older days are on the web, but nothing was published there with such a date."""

_MONTH = rf"(?P<month>{PATTERN})"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})"
_BETWEEN = r"[\s.,/_-]{1,3}"
_OF = r"(?:\s*(?:de|del|of|d[’']|di)\s+|[\s.,/_-]{1,3}|\s+de\s+l[’']an\s+|\s+do\s+ano\s+)"
_CHINESE = "〇零○Ｏ一二三四五六七八九十"
_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "00001" + "23456789")


@dataclass(frozen=True, slots=True)
class Written:
    """A date as a text has it: ``first`` with its precision; ``other`` is the second reading of an ambiguous form."""

    start: int
    end: int
    first: date
    precision: DatePrecision
    other: date | None = None

    @property
    def is_ambiguous(self) -> bool:
        """Whether the day and the month could be the other way round."""
        return self.other is not None


def find_written(text: str) -> list[Written]:
    """All dates in ``text`` in the order they stand; where forms overlap, the longest that starts first."""
    folded = fold(text)
    if not re.search(r"\d|[〇零○年]", folded):
        return []
    found = [written for pattern, read in _FORMS for match in pattern.finditer(folded) for written in read(match)]
    found.sort(key=lambda written: (written.start, -written.end))
    kept: list[Written] = []
    for written in found:
        if not kept or written.start >= kept[-1].end:
            kept.append(written)
    return kept


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _build(match: re.Match[str], year: int, month: int, day: int | None) -> Iterator[Written]:
    first = _day(year, month, day or 1)
    if first is not None:
        precision = DatePrecision.DAY if day else DatePrecision.MONTH
        yield Written(match.start(), match.end(), first, precision)


def _numbers(match: re.Match[str]) -> Iterator[Written]:
    day = match.groupdict().get("day")
    yield from _build(match, int(match["year"]), int(match["month"]), int(day) if day else None)


def _named(match: re.Match[str]) -> Iterator[Written]:
    day = match.groupdict().get("day")
    yield from _build(match, int(match["year"]), month_number(match["month"]), int(day) if day else None)


def _chinese(match: re.Match[str]) -> Iterator[Written]:
    year = match["year"].translate(_DIGITS)
    day = _chinese_number(match["day"]) if match["day"] else None
    yield from _build(match, int(year), _chinese_number(match["month"]), day)


def _chinese_number(text: str) -> int:
    """1 to 31 of ``十一``, ``二十``, ``三十一``."""
    tens, ten, ones = text.rpartition("十")
    count = (int(tens.translate(_DIGITS)) if tens else 1) if ten else 0
    return 10 * count + (int(ones.translate(_DIGITS)) if ones else 0)


def _either(match: re.Match[str]) -> Iterator[Written]:
    if len(match["year"]) == 2 and match["sep"] == "-":  # 08-11-05 may begin with a year just as well
        return
    year = int(match["year"])
    year += 0 if len(match["year"]) == 4 else 2000 if year < 70 else 1900
    one, two = int(match["one"]), int(match["two"])
    readings = [_day(year, two, one), _day(year, one, two)]
    if match["sep"] == ".":  # no one writes the month first with dots
        readings[1] = None
    kept = [reading for reading in readings if reading is not None]
    if kept:
        other = kept[1] if len(kept) == 2 and kept[0] != kept[1] else None
        yield Written(match.start(), match.end(), kept[0], DatePrecision.DAY, other)


def _form(
    pattern: str, read: Callable[[re.Match[str]], Iterator[Written]]
) -> tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Written]]]:
    return re.compile(pattern), read


_FORMS = (
    _form(rf"(?<![\d.,/:-]){_YEAR}\s{{1,3}}(?P<month>\d{{1,2}})\s?/\s?{_DAY}(?!\d|[-/.]\d)", _numbers),
    _form(rf"(?<![\d.,/-]){_YEAR}\s?(?P<sep>[-/.])\s?(?P<month>\d{{1,2}})\s?(?P=sep)\s?{_DAY}(?!\d|[-/.]\d)", _numbers),
    _form(rf"(?<!\d){_YEAR}\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월](?:\s*{_DAY}\s*[日号號일])?", _numbers),
    _form(
        rf"(?P<year>[{_CHINESE[:-1]}]{{4}})年(?P<month>[{_CHINESE}]{{1,3}})月(?:(?P<day>[{_CHINESE}]{{1,3}})[日号號])?",
        _chinese,
    ),
    _form(
        rf"(?<![\d.,/:-]){_DAY}(?:st|nd|rd|th|er|º|ª|°|o\b|-?го|\.)?{_OF}{_MONTH}(?![^\W\d_]){_OF}?\s*(?:de\s+)?{_YEAR}(?!\d)",  # noqa: RUF001 - Cyrillic is meant
        _named,
    ),
    _form(
        rf"(?<![^\W_]){_MONTH}{_BETWEEN}{_DAY}(?:st|nd|rd|th|er)?(?:\s*,\s*|{_BETWEEN}|\s+de\s+|\s+of\s+){_YEAR}(?!\d)",
        _named,
    ),
    _form(rf"(?<![^\W_]){_MONTH}(?![^\W\d_]){_OF}{_YEAR}(?!\d|[-/.]\d)", _named),
    _form(
        r"(?<![\d.,/-])(?P<one>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<two>\d{1,2})\s?(?P=sep)\s?(?P<year>\d{4}|\d{2})(?!\d|[-/.,:]\d)",
        _either,
    ),
)
