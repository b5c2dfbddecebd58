"""The page about the collection, put together: coverage, the query language with examples that run, and the API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from indexer import Coverage
from webui.addresses import address
from webui.document_page import moment_in_words
from webui.front_page import SourceRow, source_row
from webui.results_page import Link
from webui.state import SearchState

_LANGUAGE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "All the words, in any inflection. Where few documents have them all, those with some follow below a line.",
        ("extradition treaty",),
    ),
    ("The words as written, next to each other; small words count.", ('"judicial assistance"',)),
    ("Within so many words of each other, in either order.", ('"drug crimes"~5', "drug NEAR/5 crime")),
    ("Both, either, none of them; parentheses group.", ("treaty AND NOT trade", "(police OR judicial) assistance")),
    ("Must be there, must not be there.", ("+security -culture",)),
    ("Any letters (*) or one letter (?).", ("extradit*", "organi?ation")),
    ("One letter off, or two with ~2.", ("extradtion~",)),
    ("This exact form only.", ("=cooperation",)),
    (
        "In the title, source, domain, language or address alone. A domain takes its sub-domains in.",
        ("title:china", "source:xinhua", "domain:judicial", "lang:en"),
    ),
    (
        "Published then; both ends are included.",
        ("date:2008", "date:2008-11", "date:2007..2010", "date:>=2008-11"),
    ),
)
_FORMS = {"title:china": ("url:gov",), "date:2008": ("date:unknown",)}
"""First example of a row → what can be written too; no document that comes with Concord has an address or no date."""

_API: tuple[tuple[str, dict[str, Any], str], ...] = (
    (
        "api.search",
        {"q": "extradition"},
        "The same search. It takes what this site's addresses have, and limit (1 to 100).",
    ),
    ("api.search", {"q": "extradition", "fold": "0"}, "Each copy of a story as a result of its own."),
    ("api.search", {"q": "extradition", "explain": "1"}, "How the query was read, and what each score is made of."),
    ("api.suggest", {"q": "extr"}, "The words and titles that what is typed may become."),
)
_API_OF_A_DOCUMENT = (
    ("api.document", "A document; with q its hits are marked."),
    ("api.similar", "The documents most like it, and the words that they share."),
)


@dataclass(frozen=True, slots=True)
class HelpRow:
    """What can be written, as searches to run or as bare ``forms``, and what it gets."""

    examples: tuple[Link, ...]
    meaning: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Everything ``about.html`` shows."""

    documents: int
    built: str
    sources: tuple[SourceRow, ...]
    help: tuple[HelpRow, ...]
    api: tuple[HelpRow, ...]


def about_page(coverage: Coverage) -> AboutPage:
    """Put the page together."""
    return AboutPage(
        documents=coverage.documents,
        built=moment_in_words(coverage.built_at),
        sources=tuple(map(source_row, coverage.sources)),
        help=tuple(
            HelpRow(
                tuple(Link(example, address(SearchState(example))) for example in examples),
                meaning,
                _FORMS.get(examples[0], ()),
            )
            for meaning, examples in _LANGUAGE
        ),
        api=tuple(_api()),
    )


def _api() -> Iterator[HelpRow]:
    for endpoint, arguments, meaning in _API:
        path = url_for(endpoint, **arguments)
        yield HelpRow((Link(path, path),), meaning)
    for endpoint, meaning in _API_OF_A_DOCUMENT:
        yield HelpRow((), meaning, (url_for(endpoint, document_id="ID"),))
