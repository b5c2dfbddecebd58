"""A concordance has every hit once, in order, with the words around it as they are written."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from indexer import Collection
from indexer.analysis import tokenize
from indexer.columnar.instruments import lines
from indexer.engines.protocol import Sample
from indexer.errors import NoWords, UnknownValue
from indexer.instruments import KwicLine, KwicRequest, LineOrder
from tests.indexer.instruments.slow import Slow
from tests.indexer.slow_matching import Read

QUERIES = (
    "extradition",
    "cooperation",
    "extradition treaty",
    '"human rights"',
    "国际合作 OR 引渡",
    '"引渡条约"',
    "terror*",
    "human NEAR/3 rights",
    "=rights OR =right OR rights",
    "title:extradition treaty",
)
EVERY = KwicRequest("", limit=1000)


def all_lines(papers: Collection, query: str, **settings: object) -> tuple[KwicLine, ...]:
    return papers.kwic(replace(EVERY, query=query, **settings)).lines  # type: ignore[arg-type]


def date_key(read: Read) -> tuple[bool, int, str]:
    published = read.entry.document.date
    return published is None, published.first.toordinal() if published else 0, read.id


@pytest.mark.parametrize("query", QUERIES)
def test_the_hits_are_those_of_a_reading_word_by_word(papers: Collection, reads: list[Read], query: str) -> None:
    slow = Slow(reads, query)
    expected = []
    for read in sorted(slow.found, key=date_key):
        for passage, first, last in slow.lines(read):
            words = list(tokenize(read.entry.document.paragraphs[passage - 1]))
            hit = read.entry.document.paragraphs[passage - 1][words[first].start : words[last].end]
            expected.append((read.id, passage, hit))
    found = papers.kwic(replace(EVERY, query=query))
    assert [(line.id, line.passage, line.hit) for line in found.lines] == expected
    assert (found.hits, found.documents) == (len(expected), len({id for id, _, _ in expected}))
    assert expected


@pytest.mark.parametrize("width", [0, 1, 4, 200])
def test_context_is_so_many_words_of_the_passage_as_they_are_written(
    papers: Collection, reads: list[Read], width: int
) -> None:
    texts = {read.id: read.entry.document.paragraphs for read in reads}
    for line in all_lines(papers, "extradition OR cooperation OR 合作", width=width):
        passage = texts[line.id][line.passage - 1]
        shown = line.left + line.hit + line.right
        assert shown in passage
        left, right = passage.split(shown, 1)
        assert len([*tokenize(line.left)]) == min(width, len([*tokenize(left + line.left)]))
        assert len([*tokenize(line.right)]) == min(width, len([*tokenize(line.right + right)]))


def test_context_that_reaches_an_end_of_the_passage_has_the_signs_there(papers: Collection) -> None:
    line = next(line for line in all_lines(papers, "extradition", width=50) if line.id == "undated")
    assert (line.left, line.hit) == ("", "Extradition")
    assert line.right == ", they said, is a matter of treaty. No treaty, no extradition."


def test_context_that_is_cut_ends_with_a_word(papers: Collection) -> None:
    line = next(line for line in all_lines(papers, "treaty", width=2) if line.id == "mixed")
    assert (line.left, line.hit, line.right) == ("an extradition ", "treaty", " (the extradition")


def test_chinese_counts_by_characters_and_gets_no_spaces(papers: Collection) -> None:
    line = next(line for line in all_lines(papers, '"引渡条约"', width=3) if line.id == "mixed")
    assert (line.left, line.hit, line.right) == ("签署了", "引渡条约", "、并同意")


def words_beside(line: KwicLine, side: str) -> list[str]:
    words = [token.exact for token in tokenize(line.left if side == "left" else line.right)]
    return (words[::-1] if side == "left" else words)[:6]


@pytest.mark.parametrize("side", ["left", "right"])
def test_lines_are_sorted_by_the_words_beside_the_hit_nearest_first(
    papers: Collection, reads: list[Read], side: str
) -> None:
    dates = {read.id: date_key(read) for read in reads}
    by_date = all_lines(papers, "cooperation", width=20)
    expected = sorted(by_date, key=lambda line: (words_beside(line, side), dates[line.id]))
    assert list(all_lines(papers, "cooperation", width=20, order=LineOrder(side))) == expected
    assert expected != list(by_date)


def test_lines_are_sorted_by_the_words_of_the_hit(papers: Collection, reads: list[Read]) -> None:
    dates = {read.id: date_key(read) for read in reads}
    query = 'extradit* OR "human rights" OR cooperation'
    by_date = all_lines(papers, query)
    expected = sorted(by_date, key=lambda line: ([token.exact for token in tokenize(line.hit)], dates[line.id]))
    assert list(all_lines(papers, query, order=LineOrder.HIT)) == expected
    assert expected != list(by_date)


@pytest.mark.parametrize("order", LineOrder)
def test_a_sample_is_the_same_hits_each_time_in_order(papers: Collection, order: LineOrder) -> None:
    whole = all_lines(papers, "cooperation", order=order)
    drawn = papers.kwic(replace(EVERY, query="cooperation", order=order, sample=7))
    assert (drawn.hits, drawn.told, drawn.pages, len(drawn.lines)) == (len(whole), 7, 1, 7)
    assert [line for line in whole if line in drawn.lines] == list(drawn.lines)
    assert {line.citation for line in drawn.lines} == {
        line.citation for line in all_lines(papers, "cooperation", sample=7)
    }


def test_a_sample_of_more_than_there_is_is_the_whole(papers: Collection) -> None:
    assert all_lines(papers, "cooperation", sample=100_000) == all_lines(papers, "cooperation")


def test_every_hit_is_as_likely_in_a_sample_as_any_other() -> None:
    drawn = Counter(number for seed in range(400) for number in lines.draw(10, Sample(3, seed)).tolist())
    assert len(drawn) == 10
    assert all(80 < count < 160 for count in drawn.values())


@pytest.mark.parametrize("order", LineOrder)
@pytest.mark.parametrize("packed_words", [1, 2, 4])
def test_pages_put_together_are_the_whole(
    papers: Collection, monkeypatch: pytest.MonkeyPatch, order: LineOrder, packed_words: int
) -> None:
    whole = all_lines(papers, "cooperation", order=order)
    _, engine = papers._engine()
    bits = len(engine._reader.instruments._corpus.words).bit_length()  # type: ignore[attr-defined]
    monkeypatch.setattr(lines, "_KEY_BITS", packed_words * bits)
    pages = [
        all_lines(papers, "cooperation", limit=7, page=page, order=order) for page in range(1, len(whole) // 7 + 3)
    ]
    assert tuple(line for page in pages for line in page) == whole
    assert pages[-1] == ()


def test_a_page_tells_its_first_line_and_how_many_pages_there_are(papers: Collection) -> None:
    found = papers.kwic(KwicRequest("cooperation", limit=7, page=2))
    assert (found.first, found.pages) == (8, -(-found.hits // 7))


def test_lines_carry_a_citation_of_document_and_passage(papers: Collection) -> None:
    line = next(line for line in all_lines(papers, "judicial") if line.id == "mixed")
    assert (line.citation, line.source, line.date, line.date_precision) == ("mixed#p1", "wire", "2021-07-01", "day")


def test_filters_choose_documents(papers: Collection) -> None:
    assert {line.id for line in all_lines(papers, "treaty", sources=("wire",), languages=("en",))} == {
        "mixed",
        "title-only",
        "undated",
    }


def test_undated_documents_that_dates_leave_out_are_counted(papers: Collection) -> None:
    found = papers.kwic(KwicRequest("treaty", since=None, until=None, sources=("wire",)))
    assert found.about.undated_left_out == 0
    dated = papers.kwic(KwicRequest("treaty date:2021", sources=("wire",)))
    assert (dated.about.undated_left_out, {line.id for line in dated.lines}) == (1, {"mixed", "title-only"})


def test_what_is_never_found_has_no_lines_and_is_corrected(papers: Collection) -> None:
    found = papers.kwic(KwicRequest("extradtion"))
    assert (found.hits, found.lines, found.about.corrected) == (0, (), "extradition")


@pytest.mark.parametrize("query", ["", "source:wire", "title:extradition", "-treaty", "date:2019 lang:zh"])
def test_a_query_without_words_for_passages_is_an_error(papers: Collection, query: str) -> None:
    with pytest.raises(NoWords, match="no word to look for"):
        papers.kwic(KwicRequest(query))


def test_a_source_that_is_not_there_is_an_error(papers: Collection) -> None:
    with pytest.raises(UnknownValue, match='unknown source "mfa"'):
        papers.kwic(KwicRequest("treaty", sources=("mfa",)))
