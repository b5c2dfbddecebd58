"""Collocates: every figure, against a count over the texts word by word."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from indexer import Collection
from indexer.analysis import family, is_function_word
from indexer.instruments import CollocateOrder, Collocates, CollocatesRequest
from tests.indexer.instruments.slow import Chooses, Slow, everything
from tests.indexer.slow_matching import Read


def from_wire(read: Read) -> bool:
    return read.entry.document.source == "wire"


def chinese(read: Read) -> bool:
    return read.language == "zh"


CASES: list[tuple[CollocatesRequest, Chooses]] = [
    (CollocatesRequest("extradition"), everything),
    (CollocatesRequest("cooperation", span=3), everything),
    (CollocatesRequest('"human rights"', span=8), everything),
    (CollocatesRequest("extradition treaty"), everything),
    (CollocatesRequest("引渡", span=2), everything),
    (CollocatesRequest("引渡 lang:zh"), chinese),
    (CollocatesRequest("extradition OR 引渡", sources=("wire",)), from_wire),
    (CollocatesRequest("treaty source:wire", span=1), from_wire),
    (CollocatesRequest("internation*", span=2), everything),
]


def every(papers: Collection, request: CollocatesRequest) -> Collocates:
    return papers.collocates(replace(request, least=1, limit=1000, function_words=True))


def g2(cells: list[list[int]]) -> float:
    """Twice the sum of O · ln(O / E) over a table, from its rows and columns."""
    total = sum(map(sum, cells))
    columns = [sum(column) for column in zip(*cells, strict=True)]
    return 2 * sum(
        seen * math.log(seen / (sum(row) * columns[at] / total)) for row in cells for at, seen in enumerate(row) if seen
    )


@pytest.mark.parametrize(("request_", "chooses"), CASES, ids=[case.query for case, _ in CASES])
def test_every_figure_is_that_of_a_reading_word_by_word(
    papers: Collection, reads: list[Read], request_: CollocatesRequest, chooses: Chooses
) -> None:
    slow = Slow(reads, request_.query, chooses)
    around = slow.families_near(request_.span)
    frequency, in_hits = slow.frequencies(), slow.frequencies_in_hits()
    near = sum(each.count for each in around.values())
    outside = slow.words() - sum(in_hits.values())
    hits = sum(len(slow.hits(read)) for read in slow.found)
    expected = {}
    for name, each in around.items():
        rest = frequency[name] - in_hits[name] - each.count
        cells = [[each.count, near - each.count], [rest, outside - near - rest]]
        by_chance = near * (each.count + rest) / outside
        if each.count > by_chance:
            dice = 14 + math.log2(2 * each.count / (hits + frequency[name]))
            figures = (each.count, len(each.documents), frequency[name], in_hits[name])
            expected[name] = (*figures, *(pytest.approx(figure, abs=1e-6) for figure in (by_chance, g2(cells), dice)))
    found = every(papers, request_)
    assert (found.hits, found.near, found.hit_words, found.total) == (hits, near, slow.words() - outside, slow.words())
    assert found.words == len(expected)
    assert expected
    for one in found.collocates:
        figures = (one.near, one.documents, one.frequency, one.in_hits, one.expected, one.log_likelihood, one.log_dice)
        name = family(one.word, one.language)
        assert figures == expected[name], name
        forms = around[name].forms
        assert forms[one.word] == max(forms.values())


def test_documents_are_counted_the_same_however_many_words_are_shown(papers: Collection) -> None:
    request = CollocatesRequest("cooperation", least=1, limit=1000, function_words=True)
    whole = papers.collocates(request).collocates
    for limit in (1, 3):
        assert papers.collocates(replace(request, limit=limit)).collocates == whole[:limit]


def test_a_word_between_two_hits_is_counted_once(papers: Collection) -> None:
    found = every(papers, CollocatesRequest("extradition", sources=("wire",), languages=("en",), span=5))
    counts = {one.word: one.near for one in found.collocates}
    # "an extradition treaty (the extradition treaty …": each treaty is near both hits
    assert counts["treaty"] == 4


def test_hits_are_not_their_own_company(papers: Collection) -> None:
    found = every(papers, CollocatesRequest("extradition"))
    assert not {"extradition", "extradited", "extradición"} & {one.word for one in found.collocates}


def test_words_of_grammar_are_left_out_unless_asked_for(papers: Collection) -> None:
    request = CollocatesRequest("rights", least=1, limit=1000)
    content = {one.word for one in papers.collocates(request).collocates}
    whole = {one.word for one in papers.collocates(replace(request, function_words=True)).collocates}
    assert "human" in content
    assert {"the", "and", "of"} & whole
    assert not {"the", "and", "of"} & content
    assert content < whole


@pytest.mark.parametrize("order", list(CollocateOrder))
def test_words_come_in_the_order_of_the_measure(papers: Collection, order: CollocateOrder) -> None:
    found = papers.collocates(CollocatesRequest("cooperation", least=1, limit=200, order=order)).collocates
    scores = [one.log_dice if order is CollocateOrder.LOG_DICE else one.log_likelihood for one in found]
    assert scores == sorted(scores, reverse=True)


def test_a_limit_keeps_the_first_and_tells_how_many_there_are(papers: Collection) -> None:
    whole = papers.collocates(CollocatesRequest("cooperation", least=1, limit=1000))
    some = papers.collocates(CollocatesRequest("cooperation", least=1, limit=5))
    assert (some.collocates, some.words) == (whole.collocates[:5], len(whole.collocates))


def test_rare_words_are_left_out(papers: Collection) -> None:
    request = CollocatesRequest("cooperation", least=1, limit=1000)
    often = [one for one in papers.collocates(request).collocates if one.near >= 2]
    assert list(papers.collocates(replace(request, least=2)).collocates) == often
    assert often


@pytest.mark.parametrize(
    ("form", "language", "is_one"),
    [
        ("the", "en", True),
        ("must", "en", True),
        ("treaty", "en", False),
        ("más", "es", True),
        ("mas", "es", True),
        ("extradición", "es", False),
        ("não", "pt", True),
        ("à", "fr", True),
        ("l", "fr", True),
        ("的", "zh", True),
        ("的", "en", True),
        ("的", "ja", False),
        ("渡", "zh", False),
        ("من", "ar", True),
        ("for", "pl", False),
        ("the", "und", False),
    ],
)
def test_words_of_grammar_are_told_by_their_language(form: str, language: str, is_one: bool) -> None:
    assert is_function_word(form, language) is is_one
