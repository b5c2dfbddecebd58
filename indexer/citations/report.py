"""Verdicts and reruns as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.citations.rerunning import Absent, Difference, Rerun, differences
from indexer.citations.verdict import Verdict, Verification
from indexer.wording import counted

_SHOWN = 160  # characters of a passage: two lines of a terminal


def verification_lines(verification: Verification) -> Iterator[str]:
    """A line a citation, what the closest passage says below it, and a summary."""
    for verdict in verification.verdicts:
        yield _verdict_line(verdict)
        if verdict.closest:
            yield f"    p{verdict.closest.passage}: {_short(verdict.closest.text)}"
    counts = ", ".join(f"{count:,} {state}" for state, count in verification.counts.items())
    yield f"{counted(len(verification.verdicts), 'citation')}: {counts}"


def _verdict_line(verdict: Verdict) -> str:
    place = f", line {verdict.line}" if verdict.line and verdict.label != f"line {verdict.line}" else ""
    detail = f": {verdict.detail}" if verdict.detail else ""
    return f"{verdict.label}{place}: {verdict.state}{detail}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: text.rfind(' ', 0, _SHOWN)] or text[:_SHOWN]} …"


def rerun_lines(rerun: Rerun) -> Iterator[str]:
    """What differs, hit by hit, and how many are the same."""
    totals = f"{counted(rerun.total_then, 'hit')} then, {rerun.total_now:,} now"
    yield f'receipt of {rerun.ran_at} for "{rerun.query}": {totals}'
    yield from (f"note: {note}" for note in rerun.notes)
    for name, found in differences(rerun):
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
