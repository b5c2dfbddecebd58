"""What is found is what is marked, and nothing else in a text changes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import tokenize
from indexer.engines.protocol import Filters, Plan
from indexer.engines.whoosh import WhooshEngine
from indexer.marking import mark, mark_passages
from indexer.query.nodes import Fuzzy, Leaf, Wildcard, Word, scored_leaves
from indexer.query.parse import parse
from indexer.query.sharing import PLACED_FORMS
from indexer.results import Sort
from indexer.snippets import snippets
from tests.indexer.reference import Reference
from tests.indexer.samples import element, real, synthetic, written
from tests.indexer.slow_matching import Read

EXTRADITED = ("extradited", "extradition")
PATTERNS = {
    Wildcard("extradit*"): EXTRADITED,
    Wildcard("extradit*", limit=PLACED_FORMS): EXTRADITED,
    Fuzzy("tretay", 1): ("treaty",),
}


def leaves(query: str) -> list[Leaf]:
    return [leaf for leaf, _ in scored_leaves(parse(query).tree)]


def marked(query: str, *texts: str, language: str | None = "en") -> list[str]:
    return [passage.html() for passage in mark_passages(texts, language, leaves(query), PATTERNS)]


@pytest.mark.parametrize(
    ("query", "text", "html"),
    [
        ("treaty", "Two treaties, one treaty.", "Two <mark>treaties</mark>, one <mark>treaty</mark>."),
        ("treaty", "No match", "No match"),
        ("=treaty", "treaties treaty", "treaties <mark>treaty</mark>"),
        ("señor", "SENOR Señor", "<mark>SENOR</mark> <mark>Señor</mark>"),
        ("china", "China's aid", "<mark>China&#x27;s</mark> aid"),
        ('"of the"', "the state of the state of all the", "the state <mark>of the</mark> state of all the"),
        ('"of the"', "of, the", "<mark>of, the</mark>"),
        ('"a b"', "a b a b", "<mark>a b</mark> <mark>a b</mark>"),
        ('"a a"', "a a a", "<mark>a a a</mark>"),
        ('"a b" b', "a b b", "<mark>a b</mark> <mark>b</mark>"),
        ('"a b" "b c"', "a b c", "<mark>a b c</mark>"),
        ("drug NEAR/2 crime", "drug and crime, drug or no crime", "<mark>drug and crime, drug</mark> or no crime"),
        ('"crime drug"~2', "a drug and no crime; drug", "a drug and no <mark>crime; drug</mark>"),
        ("non-traditional", "non traditional, traditional", "<mark>non traditional</mark>, traditional"),
        ("extradit*", "extradited extradite", "<mark>extradited</mark> extradite"),
        ("tretay~", "the treaty", "the <mark>treaty</mark>"),
        ('"the extradit*"', "the extradition", "<mark>the extradition</mark>"),
        ("a -b", "a b", "<mark>a</mark> b"),
        ("b", "<script>b</script>", "&lt;script&gt;<mark>b</mark>&lt;/script&gt;"),
        ('"a b"', "a & b", "<mark>a &amp; b</mark>"),
        ("b", "\"b\" 'x'", "&quot;<mark>b</mark>&quot; &#x27;x&#x27;"),
        ("mark", "<mark>", "&lt;<mark>mark</mark>&gt;"),
        ("", "a text", "a text"),
    ],
)
def test_what_is_marked_of_a_text(query: str, text: str, html: str) -> None:
    assert marked(query, text) == [html]


def test_chinese_words_are_marked_as_a_whole() -> None:
    assert marked("引渡", "签署引渡条约,引而不渡", language="zh") == ["签署<mark>引渡</mark>条约,引而不渡"]


def test_hits_that_touch_have_a_mark_each() -> None:
    assert marked("引 渡", "引渡", language="zh") == ["<mark>引</mark><mark>渡</mark>"]


def test_a_run_of_chinese_is_marked_wherever_it_stands() -> None:
    assert marked('"引渡条"', "签署引渡条约", language="zh") == ["签署<mark>引渡条</mark>约"]
    assert marked("引渡 NEAR/3 条约", "引渡的条约", language="en") == ["<mark>引渡的条约</mark>"]


def test_each_passage_is_marked_by_its_own_language() -> None:
    passages = mark_passages(["se acuerda", "acuerda"], ["es", "en"], leaves("acuerdo"), {})
    assert [passage.html() for passage in passages] == ["se <mark>acuerda</mark>", "acuerda"]


def test_the_families_that_were_searched_are_marked_and_no_others() -> None:
    expansions = {Word("hacia"): ("es:hac",)}
    passages = mark_passages(["hacían hacia"], "es", leaves("hacia"), expansions)
    assert [passage.html() for passage in passages] == ["<mark>hacían</mark> hacia"]


def test_words_are_marked_by_the_language_of_the_document() -> None:
    assert marked("tratado", "tratados", language="es") == ["<mark>tratados</mark>"]
    assert marked("tratado", "tratados", language=None) == ["tratados"]


def test_a_phrase_across_two_paragraphs_has_a_mark_in_each() -> None:
    assert marked('"judicial assistance"', "It is judicial", "assistance.") == [
        "It is <mark>judicial</mark>",
        "<mark>assistance</mark>.",
    ]


def test_a_phrase_goes_on_behind_paragraphs_without_words() -> None:
    assert marked('"judicial assistance"', "***", "judicial", "* * *", "assistance", "***") == [
        "***",
        "<mark>judicial</mark>",
        "* * *",
        "<mark>assistance</mark>",
        "***",
    ]


def test_what_lies_between_the_ends_in_other_paragraphs_is_marked() -> None:
    assert marked("drug NEAR/5 crime", "a drug", "of all", "crime b") == [
        "a <mark>drug</mark>",
        "<mark>of all</mark>",
        "<mark>crime</mark> b",
    ]


def test_hits_far_into_a_text_are_marked() -> None:
    (html,) = marked("treaty", "word " * 20_000 + "treaty")
    assert html.endswith("word <mark>treaty</mark>")


def test_leaves_are_counted_passage_by_passage() -> None:
    first, second = mark_passages(["a b a", "b"], "en", leaves("a b"), {})
    assert sorted(first.leaves.values()) == [1, 2]
    assert list(second.leaves.values()) == [1]


def test_a_part_of_a_text_has_the_parts_of_marks_that_lie_in_it() -> None:
    assert mark("one two three four", [(0, 3), (4, 13), (14, 18)], 8, 16) == "<mark>three</mark> <mark>fo</mark>"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WhooshEngine, Reference]]:
    folder = tmp_path_factory.mktemp("generation")
    chance = random.Random(11)
    left = written(folder, [[synthetic(chance, f"s{number}") for number in range(40)], [*real()]])
    engine = WhooshEngine(folder)
    yield engine, Reference([Read(entry) for entry in left.values()])
    engine.close()


def places(read: Read, leaf: Leaf) -> int:
    return len({at for first, last in read.spans("body", leaf) for at in range(first, last + 1)})


def words_within(html: Sequence[str]) -> int:
    return sum(len(list(tokenize(unescape(part)))) for text in html for part in re.findall("<mark>(.*?)</mark>", text))


def test_exactly_the_words_of_every_hit_are_marked(found: tuple[WhooshEngine, Reference]) -> None:
    engine, reference = found
    chance = random.Random(5)
    seen = 0
    for leaf in [element(chance) for _ in range(150)]:
        answer = engine.search(Plan(leaf, Filters(), Sort.RELEVANCE, 0, 100))
        for hit in answer.found:
            document = hit.entry.document
            passages = mark_passages(document.paragraphs, hit.entry.languages(), [leaf], answer.expansions)
            expected = places(reference.by_id[document.id], leaf)
            assert words_within([passage.html() for passage in passages]) == expected, (leaf, document)
            assert any("<mark>" in snippet.html for snippet in snippets(passages, answer.weights)) == bool(expected)
            seen += expected > 0
    assert seen > 500


QUERIES = st.lists(
    st.sampled_from(['"a b"', "a", "b", '"b a"~3', "a NEAR/2 b", "引", "amp", "mark", "lt", "extradit*"]), max_size=4
).map(" ".join)
PIECES = ["a", "b", "引", "&", "<", ">", '"', "'", "<mark>", "</mark>", "&amp;", "extradition", "\n"]
TEXTS = st.lists(
    st.one_of(st.text(max_size=20), st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join)),
    min_size=1,
    max_size=4,
)


@given(QUERIES, TEXTS)
def test_without_its_marks_a_text_is_what_it_was(query: str, texts: list[str]) -> None:
    for html, text in zip(marked(query, *texts), texts, strict=True):
        assert re.findall("</?mark>", html) == ["<mark>", "</mark>"] * html.count("<mark>")
        assert unescape(re.sub("</?mark>", "", html)) == text
        assert not re.search("[<>\"']", re.sub("</?mark>", "", html))


@given(QUERIES, TEXTS)
def test_marks_hold_something_and_stand_apart(query: str, texts: list[str]) -> None:
    for passage in mark_passages(texts, "en", leaves(query), PATTERNS):
        at = 0
        for first, last in passage.ranges:
            assert at <= first < last <= len(passage.text)
            at = last
