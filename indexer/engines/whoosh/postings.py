"""The postings of a generation as a source of terms: where each stands, document by document."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from whoosh.reading import IndexReader, TermNotFound

from indexer.analysis import family
from indexer.engines.whoosh.table import DocumentTable
from indexer.engines.whoosh.vocabulary import Vocabulary
from indexer.query.match import Spans, spans
from indexer.query.nodes import Element, Exact, Fuzzy, Wildcard, Word
from indexer.query.spans import Span

if TYPE_CHECKING:
    from whoosh.matching.mcore import Matcher

_CACHED = 256  # answers kept: paging and filtering ask for the same words again
AnswerT = TypeVar("AnswerT")


class Postings:
    """A :class:`~indexer.query.match.TermSource` over a Whoosh reader, for one thread at a time."""

    def __init__(self, reader: IndexReader, table: DocumentTable, vocabulary: Vocabulary) -> None:
        self._reader = reader
        self._table = table
        self._vocabulary = vocabulary
        self._cache: OrderedDict[tuple[str, str, Element], dict[int, int]] = OrderedDict()

    def exact(self, field: str, forms: Sequence[str]) -> Spans:
        """Where any of these folded forms stands."""
        return self._positions(f"{field}_exact", forms)

    def family(self, field: str, word: str) -> Spans:
        """Where a form of the word's family stands, in each document by its own language."""
        return self._positions(field, self._families(word))

    def expand(self, element: Wildcard | Fuzzy) -> Sequence[str]:
        """The forms that a pattern or a misspelt word stands for."""
        return self._vocabulary.expand(element)

    def frequencies(self, field: str, element: Element) -> dict[int, int]:
        """Document → how often ``element`` matches there."""
        key = (field, "frequencies", element)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        found = self._cache[key] = self._frequencies(field, element)
        if len(self._cache) > _CACHED:
            self._cache.popitem(last=False)
        return found

    def _frequencies(self, field: str, element: Element) -> dict[int, int]:
        match element:
            case Word(text):
                return self._counts(field, self._families(text))
            case Exact(text):
                return self._counts(f"{field}_exact", (text,))
            case Wildcard() | Fuzzy():
                return self._counts(f"{field}_exact", self.expand(element))
            case _:
                return {number: len(found) for number, found in spans(self, field, element).items()}

    def _families(self, word: str) -> list[str]:
        return [family(word, language) for language in self._table.languages]

    def _counts(self, field: str, terms: Sequence[str]) -> dict[int, int]:
        counts: dict[int, int] = {}
        for matcher in self._places(field, terms):
            number = matcher.id()
            counts[number] = counts.get(number, 0) + round(matcher.weight())
        return counts

    def _positions(self, field: str, terms: Sequence[str]) -> Spans:
        found: dict[int, list[Span]] = {}
        several: set[int] = set()
        for matcher in self._places(field, terms):
            number = matcher.id()
            spans_here = [(position, position) for position in matcher.value_as("positions")]
            if number in found:
                found[number] += spans_here
                several.add(number)
            else:
                found[number] = spans_here
        for number in several:
            found[number].sort()
        return found

    def _places(self, field: str, terms: Sequence[str]) -> Iterator[Matcher]:
        """A matcher at each document of each term; a term that the index lacks has none."""
        for term in terms:
            try:
                matcher = self._reader.postings(field, term)
            except TermNotFound:
                continue
            while matcher.is_active():
                yield matcher
                matcher.next()
