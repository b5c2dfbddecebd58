"""The postings of a generation as a source of terms: where each stands, document by document."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from whoosh.reading import IndexReader, TermNotFound

from indexer.analysis import characters, pair_terms
from indexer.engines.whoosh.table import DocumentTable
from indexer.engines.whoosh.vocabulary import Vocabulary
from indexer.query.match import Spans, run_spans, spans
from indexer.query.nodes import Either, Element, Exact, Fuzzy, Near, Phrase, Wildcard, Window, Word
from indexer.query.spans import Span

if TYPE_CHECKING:
    from whoosh.matching.mcore import Matcher

_CACHED = 1_000_000  # counts kept (some 100 MB): paging and filtering ask for the same words again

Counts = dict[int, float]
"""Document number → how often."""


class _Kept:
    """Counts found before, the latest used ones, as many as :data:`_CACHED` allows."""

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, Counts] = OrderedDict()
        self._size = 0

    def get(self, key: Hashable, find: Callable[[], Counts]) -> Counts:
        if key in self._found:
            self._found.move_to_end(key)
            return self._found[key]
        found = self._found[key] = find()
        self._size += len(found) + 1
        while self._size > _CACHED:
            _, dropped = self._found.popitem(last=False)
            self._size -= len(dropped) + 1
        return found


class Postings:
    """A :class:`~indexer.query.match.TermSource` over a Whoosh reader, for one thread at a time.

    ``languages``: those that words are read in, where not in all of the collection; ``within``: the documents (in
    order) that are looked at, where not all are.
    """

    def __init__(
        self,
        reader: IndexReader,
        table: DocumentTable,
        vocabulary: Vocabulary,
        languages: tuple[str, ...] | None = None,
        within: Sequence[int] | None = None,
    ) -> None:
        self._reader = reader
        self._table = table
        self._vocabulary = vocabulary
        self._languages = table.read_in if languages is None else languages
        self._within = within
        self._kept = _Kept()
        self._few: dict[tuple[str, tuple[str, ...]], Spans] = {}

    def reading(self, languages: tuple[str, ...]) -> Postings:
        """The same postings with words read in these languages; both remember together."""
        view = Postings(self._reader, self._table, self._vocabulary, languages)
        view._kept = self._kept
        return view

    def within(self, numbers: Sequence[int]) -> Postings:
        """The same postings, of these documents only (in order); what it finds isn't kept for later."""
        return Postings(self._reader, self._table, self._vocabulary, self._languages, numbers)

    def exact(self, field: str, forms: Sequence[str]) -> Spans:
        """Where any of these folded forms stands."""
        return self._positions(f"{field}_exact", forms)

    def family(self, field: str, word: Word) -> Spans:
        """Where a form of the word's family stands, in each passage by its own language; Chinese as it is written."""
        chars = characters(word.text)
        if chars is None:
            return self._positions(field, self.families(word))
        if len(chars) == 1:
            return self.exact(field, chars)
        parts = [(at, self._positions(field, (term,))) for at, term in pair_terms(chars)]
        return run_spans(parts, len(chars))

    def expand(self, element: Wildcard | Fuzzy) -> Sequence[str]:
        """The forms that a pattern or a misspelt word stands for."""
        return self._vocabulary.expand(element)

    def frequencies(self, field: str, element: Element) -> Counts:
        """Document → how often ``element`` matches there."""
        return self._kept.get((field, self._languages, element), lambda: self._frequencies(field, element))

    def _frequencies(self, field: str, element: Element) -> Counts:
        match element:
            case Word() | Exact() if element.accented:
                return self._accented_first(field, element)
            case Word(text):
                chars = characters(text)
                return self._run_counts(field, chars) if chars else self._counts(field, self.families(element))
            case Exact(text):
                return self._counts(f"{field}_exact", (text,))
            case Wildcard() | Fuzzy():
                return self._counts(f"{field}_exact", self.expand(element))
            case Either((Word() as word, Phrase() as phrase)) | Either((Phrase() as phrase, Word() as word)):
                return self._added(field, word, phrase)  # these never stand at the same place
            case _:
                source = self.within(sorted(self._candidates(field, element)))
                return {number: len(found) for number, found in spans(source, field, element).items()}

    def _accented_first(self, field: str, word: Word | Exact) -> Counts:
        """Occurrences with other accents than were typed count for less than one that has them, however many they are.

        Where the collection doesn't have the word as it was typed, accents make no difference.
        """
        match word:
            case Word():
                counts = dict(self._counts(field, self.families(word)))
            case Exact(text):
                counts = dict(self._counts(f"{field}_exact", (text,)))
        if not self._vocabulary.has_accented(word.accented):
            return counts
        accented = self._accented(field, word)
        for number, forms in self._counts(f"{field}_exact", (word.text,)).items():
            others = forms - accented.get(number, 0)
            if others and number in counts:
                counts[number] = max(counts[number] - others, 0) + others / (others + 1)
        return counts

    def as_typed(self, field: str, word: Word) -> Spans:
        """Where a word stands, but for documents that have it with other accents than it was typed with only."""
        found = spans(self, field, word)
        if not word.accented or not self._vocabulary.has_accented(word.accented):
            return found
        accented = self._accented(field, word)
        others = self._counts(f"{field}_exact", (word.text,)).keys() - accented.keys()
        return {number: places for number, places in found.items() if number not in others}

    def _accented(self, field: str, word: Word | Exact) -> Counts:
        return self._counts(f"{field}_accents", (word.accented,))

    def _candidates(self, field: str, element: Element) -> AbstractSet[int]:
        """The documents that have all words of ``element``: only there positions are read."""
        match element:
            case Phrase(elements) | Window(elements):
                return self._with_all(field, elements)
            case Near(left, right):
                return self._with_all(field, (left, right))
            case Either(elements):
                return set[int]().union(*(self._candidates(field, inner) for inner in elements))
            case _:
                return self.frequencies(field, element).keys()

    def _with_all(self, field: str, elements: Sequence[Element]) -> AbstractSet[int]:
        found: AbstractSet[int] | None = None
        for element in dict.fromkeys(elements):
            here = self._candidates(field, element)
            found = here if found is None else found & here
            if not found:
                break
        return found or set()

    def _added(self, field: str, *elements: Element) -> Counts:
        total: Counts = {}
        for element in elements:
            for number, count in self.frequencies(field, element).items():
                total[number] = total.get(number, 0.0) + count
        return total

    def families(self, word: Word) -> list[str]:
        """The terms that a word is looked up by."""
        return self._vocabulary.families(word.text, self._languages, word.accented)

    def _run_counts(self, field: str, chars: Sequence[str]) -> Counts:
        """How often characters stand in a row; the rarest of their pairs decides what is read."""
        if len(chars) == 1:
            return self._counts(f"{field}_exact", chars)
        pairs = pair_terms(chars)
        if len(pairs) == 1:
            return self._counts(field, [pairs[0][1]])
        numbers = self._with_all(field, [Word("".join(chars[at : at + 2])) for at, _ in pairs])
        found = self.within(sorted(numbers)).family(field, Word("".join(chars)))
        return {number: float(len(places)) for number, places in found.items()}

    def _counts(self, field: str, terms: Sequence[str]) -> Counts:
        counts: Counts = {}
        for matcher in self._places(field, terms):
            number = matcher.id()
            counts[number] = counts.get(number, 0) + round(matcher.weight())
        return counts

    def _positions(self, field: str, terms: Sequence[str]) -> Spans:
        if self._within is None:
            return self._read_positions(field, terms)
        key = (field, tuple(terms))
        if key not in self._few:
            self._few[key] = self._read_positions(field, terms)
        return self._few[key]

    def _read_positions(self, field: str, terms: Sequence[str]) -> Spans:
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
            yield from _all(matcher) if self._within is None else _at(matcher, self._within)


def _all(matcher: Matcher) -> Iterator[Matcher]:
    while matcher.is_active():
        yield matcher
        matcher.next()


def _at(matcher: Matcher, numbers: Sequence[int]) -> Iterator[Matcher]:
    """The matcher at those of the documents (in order) that it has; each of the two skips what the other lacks."""
    at = 0
    while matcher.is_active():
        at = bisect_left(numbers, matcher.id(), at)
        if at == len(numbers):
            return
        if matcher.id() == numbers[at]:
            yield matcher
            matcher.next()
        else:
            matcher.skip_to(numbers[at])
