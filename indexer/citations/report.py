"""Verdicts and reruns as lines for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.citations.difference import excerpt
from indexer.citations.quotes import Likeness
from indexer.citations.rerunning import Absent, Difference, Rerun
from indexer.citations.verdict import Verdict, Verification
from indexer.history.edits import Piece
from indexer.wording import counted

_SHOWN = 160  # characters of a passage: two lines of a terminal
_SHOWN_LABEL = 80  # of a key or an id: longer ones are mistakes
_SHOWN_DETAIL = 400  # two titles or addresses, one against the other
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a file may have and a terminal would obey: control characters, and what turns the direction of writing."""


def verification_lines(verification: Verification) -> Iterator[str]:
    """A line a citation, where it differs from the closest passage below it, and a summary."""
    for verdict in verification.verdicts:
        yield _plain(_verdict_line(verdict))
        if verdict.closest:
            yield _plain(f"    {_shown(verdict.closest, verdict.differing)}")
    counts = ", ".join(f"{count:,} {state}" for state, count in verification.counts.items())
    yield f"{counted(len(verification.verdicts), 'citation')}: {counts}"


def _verdict_line(verdict: Verdict) -> str:
    place = f", line {verdict.line}" if verdict.line and verdict.label != f"line {verdict.line}" else ""
    detail = f": {_short(verdict.detail, _SHOWN_DETAIL)}" if verdict.detail else ""
    return f"{_short(verdict.label, _SHOWN_LABEL)}{place}: {verdict.state}{detail}"


def _shown(closest: Likeness, differing: Sequence[Piece]) -> str:
    """The closest passage: where it differs from the quote, or its beginning."""
    if not differing:
        return f"p{closest.passage}: {_short(closest.text)}"
    return f"p{closest.passage}, [-quote-]{{+text+}}: {_short(excerpt(differing), _SHOWN_DETAIL)}"


def _short(text: str, shown: int = _SHOWN) -> str:
    if len(text) <= shown:
        return text
    end = text.rfind(" ", 0, shown)
    return f"{text[: end if end > 0 else shown]} …"


def _plain(line: str) -> str:
    return _UNFIT.sub(" ", line)


def rerun_lines(rerun: Rerun) -> Iterator[str]:
    """What differs, hit by hit, and how many are the same."""
    yield from map(_plain, _rerun_lines(rerun))


def _rerun_lines(rerun: Rerun) -> Iterator[str]:
    totals = f"{counted(rerun.total_then, 'hit')} then, {rerun.total_now:,} now"
    yield f'receipt of {rerun.ran_at} for "{rerun.query}": {totals}'
    yield from (f"note: {note}" for note in rerun.notes)
    for name, found in (("new", rerun.new), ("changed", rerun.changed), ("withdrawn", rerun.withdrawn)):
        yield f"{name}: {len(found):,}"
        yield from (f"  {_difference_line(each)}" for each in found)
    yield f"same text: {rerun.same:,}"
    yield f"same rank: {rerun.same_rank:,} of {rerun.found_both_times:,} found both times"
    for document_id, absent in rerun.absent.items():
        yield f"still found, but {document_id}: {_absent(absent)}"


def _difference_line(difference: Difference) -> str:
    reason = difference.reason or f"version {difference.then} then, {difference.now} now"
    absent = f"; {_absent(difference.absent)}" if difference.absent else ""
    return f"{difference.id}  {difference.title}: {reason}{absent}"


def _absent(absent: Absent) -> str:
    return f"its page was absent on {absent.on} (HTTP {absent.status})"
