"""What the commands of the instruments print: on a terminal of some width, or as plain lines where there is none."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from crawler.console import writes
from indexer.instruments.collocates import Collocate, Collocates
from indexer.instruments.concordance import Kwic, KwicLine
from indexer.instruments.requests import TrendBy
from indexer.instruments.scope import About
from indexer.instruments.table import aligned, ending, padded
from indexer.instruments.trends import UNDATED, Trend, TrendPeriod, Trends
from indexer.report import emphasized, open_console, print_notes
from indexer.wording import counted

if TYPE_CHECKING:
    from rich.console import Console

_LEAST_CONTEXT = 60
"""Columns that hit and context need; on a terminal with less beside the citation, the sources are left out of it."""
_BAR = 20
"""Columns of the longest bar."""
_LISTED = 2
"""Empty periods in a row that are still told one by one; more are one line."""
_YEAR = 4  # digits

_SPACE = re.compile(r"\s+")
_TURNS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Marks of the direction of writing: cut off from their partners they would turn the rest of the line round."""


def print_kwic(found: Kwic) -> None:
    """The hits below each other in one column, each with its citation before it."""
    console = open_console()
    print_notes(found.about.query, found.about.notes)
    console.print(Text(_kwic_totals(found), style="bold"))
    _print_undated(console, found.about)
    lines = list(found.lines)
    if not lines:
        return
    citations = _citations(lines, console.width if console.is_terminal else None)
    room = console.width - cell_len(citations[0]) - 2 if console.is_terminal else None
    for citation, line in zip(citations, _in_columns(lines, room, console), strict=True):
        console.print(Text().append(f"{citation}  ", style="dim").append_text(line))


def _kwic_totals(found: Kwic) -> str:
    lines = f", lines {found.first:,}–{found.first + len(found.lines) - 1:,}" if found.lines else ""
    sample = f", a sample of {found.told:,} (seed {found.sample.seed})" if found.sample else ""
    return f"{_hits_in(found.hits, found.documents)}{sample}{lines}"


def _hits_in(hits: int, documents: int) -> str:
    return f"{counted(hits, 'hit')} in {counted(documents, 'document')}"


def _citations(lines: Sequence[KwicLine], width: int | None) -> list[str]:
    """Document, passage and date of each line, and its source where ``width`` leaves room; all of one width."""
    rows = [(line.citation, line.date or "undated", line.source) for line in lines]
    full = _block(rows)
    if width is not None and width - cell_len(full[0]) < _LEAST_CONTEXT:
        return _block([row[:2] for row in rows])
    return full


def _block(rows: Sequence[Sequence[str]]) -> list[str]:
    found = list(aligned(rows, frozenset(range(len(rows[0])))))
    widest = max(map(cell_len, found))
    return [padded(line, widest) for line in found]


def _in_columns(lines: Sequence[KwicLine], room: int | None, console: Console) -> Iterator[Text]:
    """Contexts and hits; the hits begin in one column, in the middle of ``room``."""
    parts = [tuple(map(_in_one_line, (line.left, line.hit, line.right))) for line in lines]
    left_room = max(cell_len(left) for left, _, _ in parts)
    if room is not None:
        hit_room = min(max(emphasized(hit, console).cell_len for _, hit, _ in parts), room // 2)
        left_room = min(left_room, max(0, (room - hit_room) // 2))
    for left, hit, right in parts:
        text = Text(padded(ending(left, left_room), left_room, left=False))
        text.append_text(emphasized(hit, console))
        text.append(right)
        text.rstrip()
        if room is not None:
            text.truncate(room, overflow="ellipsis")
        yield text


def _in_one_line(part: str) -> str:
    return _SPACE.sub(" ", part.translate(_TURNS))


def print_collocates(found: Collocates) -> None:
    """The words with their figures, the sums that these rest on, and what was left out."""
    console = open_console()
    print_notes(found.about.query, found.about.notes)
    console.print(Text(_hits_in(found.hits, found.documents), style="bold"))
    _print_undated(console, found.about)
    console.print(Text(_sums(found), style="dim"))
    if found.collocates:
        several = {word for word, times in Counter(each.word for each in found.collocates).items() if times > 1}
        rows = ((_told_apart(each, several), *_figures(each)) for each in found.collocates)
        _print_table(console, [_COLLOCATES_HEADER, *rows])
    else:
        console.print(Text("no word does; --min 1 takes rarer ones, --span N wider surroundings"))


_COLLOCATES_HEADER = ("", "near", "expected", "G²", "logDice", "documents", "in all")


def _sums(found: Collocates) -> str:
    near = f"{counted(found.near, 'word')} at most {found.span} from a hit, of {found.total:,}"
    stands = "stands" if found.words == 1 else "stand"
    return f"{near}; {counted(found.words, 'collocate')} that {stands} there {found.least} times or more"


def _told_apart(collocate: Collocate, several: Container[str]) -> str:
    """The word, with its language where it is told of two."""
    return f"{collocate.word} ({collocate.language})" if collocate.word in several else collocate.word


def _figures(collocate: Collocate) -> tuple[str, ...]:
    return (
        f"{collocate.near:,}",
        _expected(collocate.expected),
        f"{collocate.log_likelihood:,.1f}",
        f"{collocate.log_dice:.2f}",
        f"{collocate.documents:,}",
        f"{collocate.frequency:,}",
    )


def _expected(figure: float) -> str:
    """With two decimals, and two digits that say something where it is small."""
    leading = 1 - math.floor(math.log10(figure)) if figure else 0
    return f"{figure:,.{max(2, leading)}f}"


def _print_table(console: Console, rows: Sequence[Sequence[str]]) -> None:
    header, *lines = aligned(rows)
    console.print(Text(header, style="dim"))
    for line in lines:
        console.print(Text(line))


def print_trends(found: Trends) -> None:
    """A table a trend; the longest bar stands for the highest rate of all of them."""
    console = open_console()
    print_notes(found.about.query, found.about.notes)
    shown = [part for part in found.parts if part.whole.matching]
    highest = max(_rate(period) for trend in (found.total, *shown) for period in trend.periods)
    _print_undated(console, found.about)
    for trend in (found.total, *shown):
        _print_trend(console, trend, highest, found.by)
    silent = [part.value or "" for part in found.parts if not part.whole.matching]
    if silent:
        console.print(Text(f"\nnothing found in: {', '.join(silent)}"))


def _rate(period: TrendPeriod) -> float:
    return period.hits_per_million_words or 0.0


def _print_trend(console: Console, trend: Trend, highest: float, by: TrendBy) -> None:
    whole = trend.whole
    label = f"\n{trend.label} ({trend.value}): " if trend.value else ""
    there = f"{counted(whole.documents, 'document')} with {counted(whole.words, 'word')}"
    console.print(Text(f"{label}{_hits_in(whole.hits, whole.matching)}, of {there}", style="bold"))
    runs = list(_collapsed(trend.periods))
    rows = [(*_row(run[0], by), _bar(_rate(run[0]), highest)) for run in runs if run[0].documents]
    header, *lines = _with_bars(rows, console)
    console.print(Text(header, style="dim"))
    filled = iter(lines)
    for run in runs:
        console.print(Text(next(filled)) if run[0].documents else Text(_empty(run), style="dim"))


def _with_bars(rows: Sequence[Sequence[str]], console: Console) -> list[str]:
    """The lines of a table, without its last column, the bars, where there is no terminal or no room for them."""
    table = [_TREND_HEADER, *rows]
    lines = list(aligned(table, frozenset({0, len(_TREND_HEADER) - 1})))
    if console.is_terminal and max(map(cell_len, lines)) <= console.width:
        return lines
    return list(aligned([row[:-1] for row in table]))


_TREND_HEADER = ("", "found", "documents", "per 1,000", "hits", "per million words", "")


def _collapsed(stretches: Sequence[TrendPeriod]) -> Iterator[Sequence[TrendPeriod]]:
    """Each period by itself, but long runs of empty ones together."""
    for empty, group in groupby(stretches, key=lambda period: period.collected if not period.documents else "there"):
        run = list(group)
        if empty == "there" or len(run) <= _LISTED:
            yield from ([period] for period in run)
        else:
            yield run


def _empty(run: Sequence[TrendPeriod]) -> str:
    first, last = run[0], run[-1]
    periods = first.period if first is last else f"{first.period}–{last.period}"
    return f"{periods} {'nothing collected' if first.collected is False else 'nothing dated to the month'}"


def _row(period: TrendPeriod, by: TrendBy) -> tuple[str, ...]:
    rate = period.hits_per_million_words
    return (
        _name(period, by),
        f"{period.matching:,}",
        f"{period.documents:,}",
        f"{period.documents_per_thousand or 0:,.1f}",
        f"{period.hits:,}",
        "–" if rate is None else f"{rate:,.1f}",
    )


def _name(period: TrendPeriod, by: TrendBy) -> str:
    if period.period == UNDATED:
        return "undated"
    return f"{period.period} (no month)" if by is TrendBy.MONTH and len(period.period) == _YEAR else period.period


def _bar(rate: float, highest: float) -> str:
    """A bar in steps of an eighth of a column; of whole columns where the output can't have the signs of these."""
    eighths = round(8 * _BAR * rate / highest) if highest else 0
    if not writes("█▏"):
        return "#" * round(eighths / 8)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def conditions(about: About) -> str:
    """What the documents had to be: ``from 2010-01-01 on, of source un``."""
    filters = about.filters
    parts = (
        filters.since and f"from {filters.since} on",
        filters.until and f"up to {filters.until}",
        filters.sources and f"of source {_any_of(filters.sources)}",
        filters.domains and f"under domain {_any_of(filters.domains)}",
        filters.languages and f"in language {_any_of(filters.languages)}",
    )
    told = ", ".join(str(part) for part in parts if part)
    return told or f"fits the conditions of {' '.join(about.query.split())}"


def _any_of(values: Iterable[str]) -> str:
    return " or ".join(sorted(values))


def _print_undated(console: Console, about: About) -> None:
    if about.undated_left_out:
        console.print(Text(f"{about.undated_left_out:,} undated left out by the dates"))
