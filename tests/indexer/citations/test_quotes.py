"""Finding quotes by their words, not by how they are set."""

from __future__ import annotations

import pytest

from indexer.citations.difference import difference, excerpt
from indexer.citations.quotes import QuotableText, normalised, pieces
from indexer.history.edits import PieceChange

TEXT = QuotableText(
    [
        "Trade.",
        "The two ministers, who signed a “treaty” on police co-operation, spoke of China’s trade.",
        "It covers extradi\u00adtion\u00a0and judicial assistance — in criminal matters – as of 2008.",
        "El «acuerdo de extradición» fue firmado. 中国与拉美国家签署引渡条约。",
        "The two ministers left.",
    ]
)


@pytest.mark.parametrize(
    ("quote", "places"),
    [
        ("It covers extradition and judicial assistance", [3]),
        ("It  covers\nextradition", [3]),
        ("signed a 'treaty' on police co‑operation", [2]),  # noqa: RUF001
        ('signed a "treaty"', [2]),
        ("China's trade", [2]),
        ("“China's trade.”", [2]),
        ("judicial assistance - in criminal matters -- as of 2008", [3]),
        ("El “acuerdo de extradición” fue", [4]),
        ("El « acuerdo de extradición » fue", [4]),
        ("签署引渡条约", [4]),
        ("The two ministers […] spoke of", [2]),
        ("The two ministers ... trade.", [2]),
        ("The two ministers (…) trade. It covers", [2]),
        ("… who signed …", [2]),
        ("in criminal matters – as of 2008. El «acuerdo", [3]),
        ("The two ministers", [2, 5]),
        ("who [...] judicial assistance", [2]),
    ],
)
def test_a_quote_is_found_however_it_is_set(quote: str, places: list[int]) -> None:
    assert TEXT.find(quote) == places


@pytest.mark.parametrize(
    "quote",
    [
        "It covers extradition or judicial assistance",
        "it covers extradition",
        "El acuerdo de extradicion",
        "The two minister",
        "wo ministers",
        "spoke of […] The two ministers, who",
        "",
        "…",
        "“ ”",
    ],
)
def test_other_words_are_not_the_quote(quote: str) -> None:
    assert TEXT.find(quote) == []


def test_the_closest_passage_is_named_with_its_likeness() -> None:
    closest = TEXT.closest("It covers extradition and judicial asistance")
    assert closest is not None
    assert closest.passage == 3
    assert 90 < closest.percent < 100


def test_a_short_passage_is_not_close_because_a_quote_has_its_word() -> None:
    closest = TEXT.closest("Trade. And of much more than that we spoke for hours and hours on end")
    assert closest is not None
    assert closest.percent < 60


LONG = "One of many words that stand before and after what is quoted. " * 9


@pytest.mark.parametrize(
    ("quote", "passage", "told"),
    [
        (
            "we thank those that detain him",
            "So we thank those that arrest him now.",
            "So we thank those that [-detain-]{+arrest+} him now.",
        ),
        (
            "It covers extradition now",
            "It no longer covers extradition now.",
            "It {+no longer+} covers extradition now.",
        ),
        (
            "It covers all extradition now",
            "Today: It covers extradition now.",
            "Today: It covers [-all-] extradition now.",
        ),
        (
            "It covers […] in civil matters",
            "It covers much, in criminal matters.",
            "It covers much, in [-civil-]{+criminal+} matters.",
        ),
        ("It covers […] matters", "It covers much, in criminal matters.", ""),
        ("双方同意扩大经贸合作", "会谈后双方同意缩小经贸合作。", "会谈后双方同意[-扩大-]{+缩小+}经贸合作。"),
        (
            "detain him at once",
            f"{LONG}Those that arrest him at once. {LONG}",
            "… and after what is quoted. Those that [-detain-]{+arrest+} him at once. One of many words that …",
        ),
        (
            f"of all: {LONG}not me",
            f"Some of: {LONG}not you",
            "Some of [-all-]: One of many words that stand before … before and after what is quoted. not [-me-]{+you+}",
        ),
    ],
)
def test_the_place_that_differs_from_the_closest_passage_is_shown(quote: str, passage: str, told: str) -> None:
    assert excerpt(difference(quote, passage)) == told


def test_the_pieces_of_a_difference_are_the_passage() -> None:
    passage = f"{LONG}So we thank those that arrest “him” now. {LONG}"
    found = difference("we thank those that detain him", passage)
    assert "".join(piece.text for piece in found if piece.change is not PieceChange.REMOVED) == normalised(passage)


def test_a_quote_of_nothing_has_no_pieces() -> None:
    assert pieces("[…]") == ()
    assert TEXT.closest("[…]") is None
    assert QuotableText([]).closest("words") is None
