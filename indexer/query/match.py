"""Matching the leaves of a query against the words of a document, to mark its hits.

A :class:`TermSource` says where terms stand. The index is searched by the same rules on whole arrays
(:mod:`indexer.columnar.executor`): what is found is what is marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from indexer.query.nodes import Either, Element, Exact, Fuzzy, Near, Phrase, Wildcard, Window, Word
from indexer.query.spans import Span, near_spans, phrase_spans, tightest, window_spans

Spans = Mapping[int, Sequence[Span]]
"""Document number → spans; documents without a match are left out."""


class TermSource(Protocol):
    """Where terms stand. ``field`` is ``title`` or ``body``."""

    def exact(self, field: str, forms: Sequence[str]) -> Spans:
        """Where any of these folded forms stands."""

    def family(self, field: str, word: Word) -> Spans:
        """Where a form of the word's family stands, in each passage by its own language.

        Chinese has no inflection: a word of several characters stands wherever these do in a row, and spans them all.
        """

    def expand(self, element: Wildcard | Fuzzy) -> Sequence[str]:
        """The forms that a pattern or a misspelt word stands for."""


def spans(source: TermSource, field: str, element: Element) -> Spans:
    """Where ``element`` matches, document by document."""
    match element:
        case Word():
            return source.family(field, element)
        case Exact(text):
            return source.exact(field, (text,))
        case Wildcard() | Fuzzy():
            return source.exact(field, source.expand(element))
        case Phrase(elements):
            return _joined([spans(source, field, inner) for inner in elements], phrase_spans)
        case Window(elements, distance):
            return _joined(
                [spans(source, field, inner) for inner in elements], lambda found: window_spans(found, distance)
            )
        case Either(elements):
            return _united([spans(source, field, inner) for inner in elements])
        case Near(left, right, distance):
            return _joined(
                [spans(source, field, left), spans(source, field, right)],
                lambda found: near_spans(found[0], found[1], distance),
            )


def run_spans(parts: Sequence[tuple[int, Spans]], length: int) -> Spans:
    """Where a run of so many characters stands, by the places of its parts, each so far from the first character."""
    firsts = [{number: {first - at for first, _ in places} for number, places in found.items()} for at, found in parts]
    rarest = min(firsts, key=len)
    common = {
        number: set.intersection(*(part[number] for part in firsts))
        for number in rarest
        if all(number in part for part in firsts)
    }
    return {
        number: [(first, first + length - 1) for first in sorted(places)] for number, places in common.items() if places
    }


def _united(parts: list[Spans]) -> Spans:
    found: dict[int, set[Span]] = {}
    for part in parts:
        for document, places in part.items():
            found.setdefault(document, set()).update(places)
    return {document: tightest(places) for document, places in found.items()}


def _joined(parts: Sequence[Spans], join: Callable[[list[Sequence[Span]]], list[Span]]) -> Spans:
    rarest = min(parts, key=len)
    found = {}
    for document in rarest:
        if all(document in part for part in parts):
            joined = join([part[document] for part in parts])
            if joined:
                found[document] = joined
    return found


@lru_cache(maxsize=256)
def wildcard_regex(pattern: str) -> re.Pattern[str]:
    """A pattern with ``*`` and ``?`` as a regular expression for whole forms."""
    first, *rest = ("".join("." if char == "?" else re.escape(char) for char in part) for part in pattern.split("*"))
    if not rest:
        return re.compile(first, re.DOTALL)
    *middle, last = rest
    # Atomic, as the nearest place of each part is as good as any other: a pattern of many stars can't take forever.
    return re.compile(f"{first}{''.join(f'(?>.*?{part})' for part in middle)}.*{last}", re.DOTALL)
