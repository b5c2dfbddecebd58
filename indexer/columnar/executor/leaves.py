"""Where the leaves of a query stand: words, patterns, phrases and distances, over the postings of a generation."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from indexer.analysis import characters, pair_terms
from indexer.columnar.executor.matches import in_both, without
from indexer.columnar.executor.stretches import (
    NONE,
    Stretches,
    chain,
    near,
    single,
    texts_of,
    tightest,
    window,
    within_texts,
)
from indexer.columnar.generation import NO_HITS, Generation, Hits
from indexer.query.nodes import Either, Element, Exact, Fuzzy, Near, Phrase, Wildcard, Window, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

_PICKED = 4  # a quarter of the documents of a word: their places are picked out, of more all are read
_KEPT = 4_000_000  # postings kept (some 60 MB): paging and filtering ask for the same words again
_MANY = 8  # terms that are read one by one; more are read together
_COUNTED = 16  # more than a sixteenth of all documents are counted in an array of all; fewer are looked up


class Meanings(Protocol):
    """What words and patterns stand for in a collection."""

    def families(self, word: str, languages: Sequence[str], typed: str = "") -> Sequence[str]:
        """The families that a folded word may be in."""

    def expand(self, element: Wildcard | Fuzzy) -> Sequence[str]:
        """The forms that a pattern or a misspelt word stands for."""

    def has_accented(self, form: str) -> bool:
        """Whether some document has a word with just these accents."""


class Kept:
    """Hits found before, the latest used ones, as many as :data:`_KEPT` allows."""

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, Hits] = OrderedDict()
        self._size = 0

    def get(self, key: Hashable, find: Callable[[], Hits]) -> Hits:
        """What is kept under a key; found now where nothing is."""
        found = self._found.get(key)
        if found is not None:
            self._found.move_to_end(key)
            return found
        found = self._found[key] = find()
        self._size += len(found.documents) + 1
        while self._size > _KEPT:
            _, dropped = self._found.popitem(last=False)
            self._size -= len(dropped.documents) + 1
        return found


class Leaves:
    """Finds leaves, for one thread at a time; ``languages``: those that words are read in."""

    def __init__(
        self, generation: Generation, meanings: Meanings, languages: tuple[str, ...], kept: Kept | None = None
    ) -> None:
        self._generation = generation
        self._meanings = meanings
        self._languages = languages
        self._kept = Kept() if kept is None else kept

    def reading(self, languages: tuple[str, ...]) -> Leaves:
        """The same with words read in these languages; both remember together."""
        return Leaves(self._generation, self._meanings, languages, self._kept)

    def families(self, word: Word) -> Sequence[str]:
        """The terms that a word is looked up by."""
        return self._meanings.families(word.text, self._languages, word.accented)

    def expand(self, element: Wildcard | Fuzzy) -> Sequence[str]:
        """The forms that a pattern or a misspelt word stands for."""
        return self._meanings.expand(element)

    def hits(self, text: str, element: Element) -> Hits:
        """The documents that have an element in their ``title`` or ``body``, and how often."""
        return self._kept.get((text, self._languages, element), lambda: self._hits(text, element))

    def _hits(self, text: str, element: Element) -> Hits:
        match element:
            case Word() | Exact() if element.accented:
                return self._accented_first(text, element)
            case Word(word):
                chars = characters(word)
                return self._run(text, element, chars) if chars else self._of_terms(text, self.families(element))
            case Exact(form):
                return self._of_terms(f"{text}_exact", (form,))
            case Wildcard() | Fuzzy():
                return self._of_terms(f"{text}_exact", self.expand(element))
            case Either((Word() as word, Phrase() as phrase)) | Either((Phrase() as phrase, Word() as word)):
                # These never stand at the same place.
                return added([self.hits(text, word), self.hits(text, phrase)], self._generation.size)
            case _:
                return self._counted(text, element)

    def _of_terms(self, field: str, terms: Sequence[str]) -> Hits:
        if len(terms) > _MANY:
            return _counted_together([self._generation.hits_of_many(field, terms)], self._generation.size)
        return added([self._generation.hits(field, term) for term in terms], self._generation.size)

    def _run(self, text: str, word: Word, chars: Sequence[str]) -> Hits:
        """Characters in a row: one, or two that are a term, or counted where they stand."""
        if len(chars) == 1:
            return self._of_terms(f"{text}_exact", chars)
        pairs = pair_terms(chars)
        if len(pairs) == 1:
            return self._of_terms(text, [pairs[0][1]])
        return self._counted(text, word)

    def _accented_first(self, text: str, word: Word | Exact) -> Hits:
        """Occurrences with other accents than were typed count for less than one that has them, however many they are.

        Where the collection doesn't have the word as it was typed, accents make no difference.
        """
        exact = self._of_terms(f"{text}_exact", (word.text,))
        found = self._of_terms(text, self.families(word)) if isinstance(word, Word) else exact
        if not self._meanings.has_accented(word.accented):
            return found
        accented = self._of_terms(f"{text}_accents", (word.accented,))
        others = exact.frequencies - looked_up(accented, exact.documents)
        others = np.where(without(exact.documents, found.documents), 0.0, others)
        changed = np.flatnonzero(others)
        others = others[changed]
        at = np.searchsorted(found.documents, exact.documents[changed])
        frequencies = found.frequencies.astype(np.float64)
        frequencies[at] = np.maximum(frequencies[at] - others, 0) + others / (others + 1)
        return Hits(found.documents, frequencies)

    def as_typed(self, text: str, word: Word) -> Numbers | None:
        """Documents that have a word with other accents than it was typed with only; ``None`` where that is no matter.

        That is so where it was typed without accents, or the collection doesn't have it as it was typed.
        """
        if not word.accented or not self._meanings.has_accented(word.accented):
            return None
        exact = self._of_terms(f"{text}_exact", (word.text,)).documents
        return exact[without(exact, self._of_terms(f"{text}_accents", (word.accented,)).documents)]

    def _counted(self, text: str, element: Element) -> Hits:
        """How often something stands where, by its places: only looked for in documents that have all of its words."""
        candidates = self._candidates(text, element)
        if not len(candidates):
            return NO_HITS
        found = self.stretches(text, element, candidates if self._are_few(candidates, text, element) else None)
        return per_text(found.firsts, self._generation.starts(text))

    def _are_few(self, candidates: Numbers, text: str, element: Element) -> bool:
        """Whether it is less work to pick the places in these documents than to read all places."""
        elements = element.elements if isinstance(element, Phrase | Window) else ()
        longest = max((len(self.hits(text, inner).documents) for inner in elements), default=0)
        return not elements or len(candidates) * _PICKED < longest

    def _candidates(self, text: str, element: Element) -> Numbers:
        match element:
            case Phrase(elements) | Window(elements):
                return self._with_all(text, elements)
            case Near(left, right):
                return self._with_all(text, (left, right))
            case Either(elements):
                return np.unique(np.concatenate([self._candidates(text, inner) for inner in elements]))
            case Word(word) if (chars := characters(word)) and len(chars) > 2:
                return self._with_all(text, [Word("".join(chars[at : at + 2])) for at, _ in pair_terms(chars)])
            case _:
                return self.hits(text, element).documents

    def _with_all(self, text: str, elements: Sequence[Element]) -> Numbers:
        lists: list[Numbers] = []
        for element in dict.fromkeys(elements):
            lists.append(self._candidates(text, element))
            if not len(lists[-1]):
                return NO_HITS.documents
        lists.sort(key=len)
        common = lists[0]
        for other in lists[1:]:
            common = in_both(common, other, self._generation.size)
        return common

    def stretches(self, text: str, element: Element, within: Numbers | None = None) -> Stretches:
        """Where an element stands in the row of all words of ``text``; ``within``: in these documents, in order."""
        starts = self._generation.starts(text)
        match element:
            case Word(word):
                chars = characters(word)
                if chars is None:
                    return self._places(text, text, self.families(element), within)
                return self._row(text, chars, within)
            case Exact(form):
                return self._places(text, f"{text}_exact", (form,), within)
            case Wildcard() | Fuzzy():
                return self._places(text, f"{text}_exact", self.expand(element), within)
            case Phrase(elements):
                return chain([self.stretches(text, inner, within) for inner in elements], starts)
            case Either(elements):
                return tightest([self.stretches(text, inner, within) for inner in elements])
            case Window(elements, distance):
                parts = {inner: self.stretches(text, inner, within) for inner in elements}
                return window(parts, Counter(elements), distance, starts)
            case Near(left, right, distance):
                one, other = (self.stretches(text, side, within) for side in (left, right))
                return near(one, other, distance, starts)

    def _places(self, text: str, field: str, terms: Sequence[str], within: Numbers | None) -> Stretches:
        found = [self._generation.places(text, field, term, within) for term in terms]
        parts = [part for part in found if len(part)]
        if not parts:
            return NONE
        return single(parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts), kind="stable"))

    def _row(self, text: str, chars: Sequence[str], within: Numbers | None) -> Stretches:
        """Characters in a row, by the pairs that hold them all."""
        if len(chars) == 1:
            return self._places(text, f"{text}_exact", chars, within)
        firsts: Numbers | None = None
        for at, term in pair_terms(chars):
            here = self._generation.places(text, text, term, within) - at
            firsts = here if firsts is None else firsts[~without(firsts, here)]
        if firsts is None or not len(firsts):
            return NONE
        return within_texts(Stretches(firsts, firsts + len(chars) - 1), self._generation.starts(text))


def added(found: Sequence[Hits], size: int) -> Hits:
    """The documents that are in any of several hits, with the sums of their frequencies; ``size``: of all documents."""
    parts = sorted((part for part in found if len(part.documents)), key=lambda part: len(part.documents))
    if len(parts) < 2:
        return parts[0] if parts else NO_HITS
    *others, longest = parts
    if sum(len(part.documents) for part in others) * _COUNTED > size:
        return _counted_together(parts, size)
    if len(others) > 2:
        others = [_counted_together(others, size)]
    for other in others:
        longest = _with_few(longest, other)
    return longest


def _counted_together(parts: Sequence[Hits], size: int) -> Hits:
    """The sums of hits, whose documents may be in any order."""
    documents = np.concatenate([part.documents for part in parts])
    frequencies = np.concatenate([part.frequencies for part in parts])
    if not len(documents):
        return NO_HITS
    if len(documents) * _COUNTED > size:
        totals = np.bincount(documents, frequencies, size)
        different = np.flatnonzero(totals > 0)
        return Hits(different, totals.take(different))
    different, places = np.unique(documents, return_inverse=True)
    return Hits(different, np.bincount(places.reshape(-1), frequencies, len(different)))


def _with_few(many: Hits, few: Hits) -> Hits:
    """Hits with some others added: only these are looked up."""
    at = np.searchsorted(many.documents, few.documents)
    new = np.flatnonzero(many.documents.take(at, mode="clip") != few.documents)
    if not len(new):
        totals = many.frequencies.astype(np.float64)
        totals[at] += few.frequencies
        return Hits(many.documents, totals)
    size = len(many.documents) + len(new)
    between = at.take(new) + np.arange(len(new))
    old = np.ones(size, np.bool_)
    old[between] = False
    documents, totals = np.empty(size, np.intp), np.zeros(size)
    documents[between], documents[old], totals[old] = few.documents.take(new), many.documents, many.frequencies
    totals[np.searchsorted(documents, few.documents) if len(new) < len(at) else between] += few.frequencies
    return Hits(documents, totals)


def looked_up(hits: Hits, documents: Numbers) -> NDArray[np.float64]:
    """How often something stands in each of other documents, in order; 0 where it doesn't."""
    if not len(hits.documents):
        return np.zeros(len(documents))
    at = np.searchsorted(hits.documents, documents)
    there = hits.documents.take(at, mode="clip") == documents
    return np.where(there, hits.frequencies.take(at, mode="clip"), 0.0)


def per_text(places: Numbers, starts: Numbers) -> Hits:
    """How many of the places (in order) each text has."""
    if not len(places):
        return NO_HITS
    texts = texts_of(starts, places)
    first = np.flatnonzero(np.concatenate(([True], texts[1:] != texts[:-1])))
    return Hits(texts[first], np.diff(first, append=len(texts)))
