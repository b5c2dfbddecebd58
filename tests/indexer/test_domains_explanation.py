"""Why a document is under its domains, passage by passage."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler import Document
from indexer import Collection
from indexer.domains.explanation import ExplainedPassage, explain_labels
from indexer.engines.protocol import LabelledDocument
from indexer.errors import UnknownDocument
from indexer.views import TITLE, DomainLabel, Evidence


def explained(text: str, *evidence: Evidence, title: str = "A title") -> tuple[ExplainedPassage, ...]:
    document = Document("one", "wire", None, title, (text,), None, "en", 1, datetime(2024, 1, 1, tzinfo=UTC))
    label = DomainLabel("media", "Media", "media", 0.5, evidence)
    (domain,) = explain_labels(LabelledDocument(document, (label,), frozenset(["media"]))).domains
    return domain.passages


def test_words_are_marked_wherever_they_stand() -> None:
    (passage,) = explained("Media and media & more.", Evidence(1, ("Media",), (2.0,)))
    assert passage == ExplainedPassage(
        "p1", "<mark>Media</mark> and <mark>media</mark> &amp; more.", ("Media",), (2.0,)
    )


def test_a_word_inside_another_is_not_marked() -> None:
    (passage,) = explained("The art of the article.", Evidence(1, ("art",), (1.0,)))
    assert passage.html == "The <mark>art</mark> of the article."


def test_chinese_is_marked_inside_running_text() -> None:
    (passage,) = explained("加强引渡合作。", Evidence(1, ("引渡",), (1.0,)))
    assert passage.html == "加强<mark>引渡</mark>合作。"


def test_a_phrase_is_marked_across_a_line_end() -> None:
    (passage,) = explained("a news\n agency", Evidence(1, ("news agency",), (1.0,)))
    assert passage.html == "a <mark>news\n agency</mark>"


def test_a_long_passage_is_cut_around_the_words() -> None:
    (passage,) = explained("word " * 200 + "media" + " word" * 200, Evidence(1, ("media",), (1.0,)))
    assert "<mark>media</mark>" in passage.html
    assert len(passage.html) < 350


def test_the_title_is_a_place_too() -> None:
    (passage,) = explained("A text.", Evidence(TITLE, ("Media",), (1.0,)), title="Media today")
    assert (passage.anchor, passage.html) == ("title", "<mark>Media</mark> today")


def test_a_label_without_evidence_is_given_by_the_source() -> None:
    document = Document("one", "wire", None, "A title", ("A text.",), None, "en", 1, datetime(2024, 1, 1, tzinfo=UTC))
    label = DomainLabel("media", "Media", "media", 1.0, ())
    (domain,) = explain_labels(LabelledDocument(document, (label,), frozenset(["media"]))).domains
    assert domain.given


def test_the_collection_explains_a_document(collection: Collection) -> None:
    explanation = collection.explain_domains("treaty")
    assert "judicial/extradition" in {domain.id for domain in explanation.domains}


def test_the_collection_knows_no_other_document(collection: Collection) -> None:
    with pytest.raises(UnknownDocument):
        collection.explain_domains("nowhere")
