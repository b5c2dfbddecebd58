"""Reading the corpus of a test collection."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler import LoadError, read_corpus

ENGLISH = "The ministers of the two countries signed a treaty on the extradition of fugitives in the capital."
SPANISH = "Los ministros de los dos países firmaron en la capital un tratado sobre la extradición de fugitivos."


def corpus(tmp_path: Path, *records: object) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def test_a_line_is_a_document_with_its_paragraphs(tmp_path: Path):
    (document,) = read_corpus(corpus(tmp_path, {"_id": "1", "title": "Treaty", "text": "One line.\n\nAnother one."}))
    assert (document.id, document.title, document.paragraphs) == ("1", "Treaty", ("One line.", "Another one."))


def test_the_language_is_that_of_each_text(tmp_path: Path):
    path = corpus(tmp_path, {"_id": "1", "title": "", "text": ENGLISH}, {"_id": "2", "title": "", "text": SPANISH})
    assert [document.language for document in read_corpus(path)] == ["en", "es"]


def test_a_title_is_made_of_the_first_sentence_as_for_all_documents(tmp_path: Path):
    (document,) = read_corpus(
        corpus(
            tmp_path,
            {"_id": "1", "text": "The two ministers signed a treaty on extradition. It covers all of the fugitives."},
        )
    )
    assert document.title == "The two ministers signed a treaty on extradition"


def test_empty_lines_and_documents_without_words_are_passed_over(tmp_path: Path):
    path = corpus(tmp_path, {"_id": "1", "title": "", "text": ""}, {"_id": "2", "title": "Treaty", "text": ""})
    path.write_text("\n" + path.read_text("utf-8"), "utf-8")
    assert [document.id for document in read_corpus(path)] == ["2"]


def test_a_line_that_is_no_document_is_an_error_with_its_number(tmp_path: Path):
    with pytest.raises(LoadError) as raised:
        list(read_corpus(corpus(tmp_path, {"_id": "1", "text": "A treaty."}, {"id": "2", "text": "A treaty."})))
    assert (raised.value.line, raised.value.reason.startswith('no "_id": ')) == (2, True)
