"""Trends: counts and rates of each period against plain counting, and periods of which there is nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from indexer import Collection
from indexer.instruments import Trend, TrendBy, TrendPeriod, TrendSplit, TrendsRequest
from tests.indexer.instruments.papers import DOCUMENTS
from tests.indexer.instruments.slow import Slow
from tests.indexer.slow_matching import Read
from tests.indexer.support import Workspace

QUERIES = ("extradition", "cooperation", '"human rights"', "引渡 OR extradición", "extradition treaty")


def counts_by(slow: Slow, when: Callable[[Read], str]) -> dict[str, tuple[int, int, int, int]]:
    """Documents found, hits, documents, words by period."""
    sums: dict[str, list[int]] = {}
    found = {read.id for read in slow.found}
    for read in slow.population():
        row = sums.setdefault(when(read), [0, 0, 0, 0])
        row[2] += 1
        row[3] += len(read.tokens["body"])
        if read.id in found:
            row[0] += 1
            row[1] += len(slow.hits(read))
    return {period: (row[0], row[1], row[2], row[3]) for period, row in sums.items()}


def year(read: Read) -> str:
    return str(read.entry.document.date or "unknown")[: 7 if read.entry.document.date is None else 4]


def month(read: Read) -> str:
    return str(read.entry.document.date or "unknown")[:7]


def counts_of(trend: Trend) -> dict[str, tuple[int, int, int, int]]:
    return {
        each.period: (each.matching, each.hits, each.documents, each.words) for each in trend.periods if each.documents
    }


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("by", "when"), [(TrendBy.YEAR, year), (TrendBy.MONTH, month)])
def test_counts_are_those_of_a_reading_word_by_word(
    papers: Collection, reads: list[Read], query: str, by: TrendBy, when: Callable[[Read], str]
) -> None:
    expected = counts_by(Slow(reads, query), when)
    assert counts_of(papers.trends(TrendsRequest(query, by=by)).total) == expected
    assert sum(hits for _, hits, _, _ in expected.values())


def test_a_split_by_source_has_the_counts_of_each(papers: Collection, reads: list[Read]) -> None:
    parts = papers.trends(TrendsRequest("extradition", split=TrendSplit.SOURCE)).parts
    assert [(part.value, part.label) for part in parts] == [("wire", "The Wire"), ("ministry", "The Ministry")]
    for part in parts:
        slow = Slow(reads, "extradition", lambda read, name=part.value: read.entry.document.source == name)
        assert counts_of(part) == counts_by(slow, year)


def test_a_split_by_domain_is_by_roots(papers: Collection, reads: list[Read]) -> None:
    parts = papers.trends(TrendsRequest("cooperation", split=TrendSplit.DOMAIN)).parts
    assert parts
    assert all(part.value and "/" not in part.value for part in parts)
    for part in parts:
        slow = Slow(reads, "cooperation", lambda read, name=part.value: name in read.entry.domain_ids)
        assert counts_of(part) == counts_by(slow, year)


def test_a_split_of_a_chosen_domain_is_by_what_is_below_it(papers: Collection) -> None:
    parts = papers.trends(TrendsRequest("extradition", domains=("judicial",), split=TrendSplit.DOMAIN)).parts
    assert parts
    assert all(part.value and part.value.startswith("judicial/") for part in parts)


def test_a_domain_with_nothing_below_it_is_its_own_part(papers: Collection) -> None:
    request = TrendsRequest("extradition", domains=("judicial/extradition",), split=TrendSplit.DOMAIN)
    assert [part.value for part in papers.trends(request).parts] == ["judicial/extradition"]


def test_each_part_has_the_periods_of_the_whole(papers: Collection) -> None:
    found = papers.trends(TrendsRequest("extradition", split=TrendSplit.SOURCE))
    periods = [each.period for each in found.total.periods]
    assert all([each.period for each in part.periods] == periods for part in found.parts)


def stretches(
    workspace: Workspace, by: TrendBy, dates: dict[str, str | None]
) -> list[tuple[str, bool | None, float | None]]:
    workspace.load(
        *({"id": id, "text": "A treaty about trade."} | ({"date": when} if when else {}) for id, when in dates.items())
    )
    workspace.index()
    collection = Collection.open(workspace.config)
    found = collection.trends(TrendsRequest("treaty", by=by)).total.periods
    collection.close()
    return [(each.period, each.collected, each.hits_per_million_words) for each in found]


def test_years_of_which_nothing_was_collected_are_told_and_have_no_rate(workspace: Workspace) -> None:
    assert stretches(workspace, TrendBy.YEAR, {"a": "2001", "b": "2004-05-06", "c": None}) == [
        ("2001", True, 250_000.0),
        ("2002", False, None),
        ("2003", False, None),
        ("2004", True, 250_000.0),
        ("unknown", True, 250_000.0),
    ]


def test_months_are_told_from_the_first_to_the_last(workspace: Workspace) -> None:
    assert stretches(workspace, TrendBy.MONTH, {"a": "2003-11-30", "b": "2004-02"}) == [
        ("2003-11", True, 250_000.0),
        ("2003-12", False, None),
        ("2004-01", False, None),
        ("2004-02", True, 250_000.0),
    ]


def test_a_month_is_not_known_to_be_missing_where_documents_are_dated_to_the_year(workspace: Workspace) -> None:
    found = stretches(workspace, TrendBy.MONTH, {"a": "2003-10-30", "b": "2004", "c": "2004-03"})
    assert found[:2] == [("2003-10", True, 250_000.0), ("2003-11", False, None)]
    assert found[3:6] == [("2004", True, 250_000.0), ("2004-01", None, None), ("2004-02", None, None)]
    assert found[6] == ("2004-03", True, 250_000.0)
    assert found[-1] == ("2004-12", None, None)


def test_only_undated_documents_are_one_row(workspace: Workspace) -> None:
    assert stretches(workspace, TrendBy.YEAR, {"a": None}) == [("unknown", True, 250_000.0)]


def test_a_collected_period_without_hits_is_zero(papers: Collection) -> None:
    (silent,) = [each for each in papers.trends(TrendsRequest("引渡")).total.periods if each.period == "2003"]
    assert (silent.collected, silent.hits, silent.hits_per_million_words) == (True, 0, 0.0)


def test_no_documents_have_no_periods(papers: Collection) -> None:
    found = papers.trends(TrendsRequest("treaty", languages=("zh",), since=date(2020, 1, 1), split=TrendSplit.SOURCE))
    assert (found.total.periods, found.total.whole.collected, found.parts) == ((), False, ())


def test_filters_choose_what_the_hits_are_measured_against(papers: Collection) -> None:
    request = TrendsRequest("treaty", sources=("wire",), since=date(2021, 1, 1))
    found = papers.trends(request)
    assert [(each.period, each.documents) for each in found.total.periods] == [("2021", 2)]
    assert found.about.undated_left_out == 1


def test_conditions_in_the_query_choose_as_filters_do(papers: Collection) -> None:
    beside = papers.trends(TrendsRequest("treaty", sources=("wire",))).total
    assert papers.trends(TrendsRequest("treaty source:wire")).total == beside


def test_a_document_found_by_its_title_only_has_no_hit(papers: Collection) -> None:
    whole = papers.trends(TrendsRequest("extradition", sources=("wire",), since=date(2021, 8, 1))).total.whole
    assert (whole.matching, whole.hits) == (1, 0)


def test_rates_are_per_million_words_and_per_thousand_documents() -> None:
    period = TrendPeriod("2008", True, matching=3, hits=5, documents=40, words=80_000)
    assert (period.hits_per_million_words, period.documents_per_thousand) == (62.5, 75.0)


def test_a_plain_search_of_the_files_counts_the_same(papers: Collection) -> None:
    counts: Counter[str] = Counter()
    for paper in DOCUMENTS:
        counts[paper.get("date", "unknown")[:4]] += len(re.findall(r"\bterror\w*", paper["text"], re.IGNORECASE))
    found = papers.trends(TrendsRequest("terror*")).total
    assert {each.period: each.hits for each in found.periods if each.hits} == dict(+counts)
    assert counts.total() > 20
