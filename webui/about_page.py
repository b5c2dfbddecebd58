"""The page about the collection, put together: coverage, and the query language with examples that run."""

from __future__ import annotations

from dataclasses import dataclass

from indexer import Coverage
from webui.document_page import moment_in_words
from webui.facets import address
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
        ("title:china", "source:xinhua", "domain:judicial", "lang:en", "url:gov"),
    ),
    (
        "Published then; both ends are included.",
        ("date:2008", "date:2008-11", "date:2007..2010", "date:>=2008-11", "date:unknown"),
    ),
)


@dataclass(frozen=True, slots=True)
class HelpRow:
    """What can be written, as searches to run, and what it gets."""

    examples: tuple[Link, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Everything ``about.html`` shows."""

    documents: int
    built: str
    sources: tuple[SourceRow, ...]
    help: tuple[HelpRow, ...]


def about_page(coverage: Coverage) -> AboutPage:
    """Put the page together."""
    return AboutPage(
        documents=coverage.documents,
        built=moment_in_words(coverage.built_at),
        sources=tuple(map(source_row, coverage.sources)),
        help=tuple(
            HelpRow(tuple(Link(example, address(SearchState(example))) for example in examples), meaning)
            for meaning, examples in _LANGUAGE
        ),
    )
