"""Completing words and titles from the terms of a generation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis import fold, is_character
from indexer.columnar.documents import Documents
from indexer.columnar.executor.leaves import Leaves
from indexer.columnar.executor.matches import without
from indexer.columnar.generation import TEXTS
from indexer.columnar.lexicon import DocumentCounts, Lexicon, Table
from indexer.columnar.neighbours import words_at
from indexer.columnar.row import Row
from indexer.columnar.stories import ALONE
from indexer.columnar.vocabulary import Vocabulary
from indexer.engines.protocol import Typed, TypedTitle
from indexer.query.nodes import Element, Exact, Phrase, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

CONSIDERED = 200  # forms of one beginning, the most frequent; enough for a list of families
READ = 200  # documents, the newest, in which is looked for what stands behind the words before
_SORTED = 64  # documents are brought into order so many at first, then twice as many, until a list is full


class Completer:
    """For one thread at a time. ``leaves``: where words stand, read in all languages of the collection."""

    def __init__(self, documents: Documents, vocabulary: Vocabulary, counts: DocumentCounts, leaves: Leaves) -> None:
        self._generation = documents.generation
        self._documents = documents
        self._vocabulary = vocabulary
        self._counts = counts
        self._leaves = leaves

    def complete(self, typed: Typed, limit: int) -> list[tuple[str, int]]:
        """Forms, with the accents they mostly have, and their documents; most frequent first.

        Of a family only the most frequent form, as a search for it finds the others, unless one form was asked for.
        """
        found = self._following(typed) if typed.after else self._starting(typed)
        kept = islice(found if typed.one_form else self._families(found), limit)
        return [(self._vocabulary.shown(word), documents) for word, documents in kept]

    def _lexicon(self, typed: Typed) -> Lexicon:
        return self._counts.titles if typed.in_title else self._counts.anywhere

    def _starting(self, typed: Typed) -> Iterator[tuple[str, int]]:
        return islice(self._lexicon(typed).starting_with(typed.prefix), CONSIDERED)

    def _families(self, found: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
        seen: set[str] = set()
        for word, documents in found:
            families = self._vocabulary.families(word, self._documents.read_in)
            if seen.isdisjoint(families):
                yield word, documents
            seen.update(families)

    def _following(self, typed: Typed) -> list[tuple[str, int]]:
        """Forms that stand right behind the words before, and in how many of the :data:`READ` newest they do."""
        before = _phrase(typed.after)
        counts = [self._behind(text, before) for text in (("title",) if typed.in_title else TEXTS)]
        fits = _starts(typed.prefix) if typed.prefix else is_character
        words = {word for count in counts for word in count if fits(word)}
        return sorted(((word, max(count[word] for count in counts)) for word in words), key=_most_first)

    def _behind(self, text: str, before: Element) -> Counter[str]:
        """In how many documents each form stands right behind something."""
        documents = self._newest_with(text, before)
        ends = self._leaves.stretches(text, before, documents).lasts
        starts = self._generation.starts(text)
        owners = np.searchsorted(starts, ends, "right") - 1
        inside = np.flatnonzero(ends + 1 < starts.take(owners + 1))
        forms = words_at(self._generation, text, ends.take(inside) + 1)
        found = {(number, fold(form)) for number, form in zip(owners.take(inside).tolist(), forms, strict=True)}
        return Counter(form for _, form in found)

    def _newest_with(self, text: str, before: Element) -> Numbers:
        """The newest documents that have the words of something, up to :data:`READ`, in order."""
        words = before.elements if isinstance(before, Phrase) else (before,)
        found = self._leaves.hits(text, words[0]).documents
        for word in words[1:]:
            found = found[~without(found, self._leaves.hits(text, word).documents)]
        if len(found) > READ:
            ranks = self._documents.newest_first.take(found)
            found = np.sort(found[np.argpartition(ranks, READ)[:READ]])
        return found

    def titles(self, words: Sequence[TypedTitle], limit: int) -> list[Row]:
        """Documents with all ``words`` in their title: those that start with them, then newer ones; one a story."""
        if not words:
            return []
        groups = [self._title_places(group) for group in _groups(words)]
        numbers = np.flatnonzero(np.logical_and.reduce([group.mask(self._generation.size) for group in groups]))
        behind = ~self._at_start(groups, numbers)
        ranks = self._documents.newest_first.take(numbers) + behind * self._generation.size
        return [self._documents.row(number) for number in islice(self._one_a_story(numbers, ranks), limit)]

    def _at_start(self, groups: Sequence[_Group], numbers: Numbers) -> NDArray[np.bool_]:
        """In which titles the groups stand one after the other from the first word on."""
        starts = self._generation.starts("title")
        expected, ends = starts.take(numbers), starts.take(numbers + 1)
        follows = np.ones(len(numbers), np.bool_)
        for group in groups:
            begins = np.zeros(int(starts[-1]) + 1, np.bool_)
            begins[group.firsts] = True
            follows &= begins.take(expected, mode="clip") & (expected < ends)
            expected = expected + group.length
        return follows

    def _one_a_story(self, numbers: Numbers, ranks: Numbers) -> Iterator[int]:
        told: set[int] = set()
        for number in _in_order(numbers, ranks):
            story = int(self._documents.stories.of[number])
            if story == ALONE or story not in told:
                yield number
            told.add(story)

    def _title_places(self, group: Sequence[TypedTitle]) -> _Group:
        if group[-1].partial:
            parts = [self._beginning(table, group[-1].text) for table in self._counts.titles.tables]
            return _Group(_joined([documents for documents, _ in parts]), _joined([firsts for _, firsts in parts]))
        found = self._leaves.stretches("title", _phrase([word.text for word in group]))
        documents = np.searchsorted(self._generation.starts("title"), found.firsts, "right") - 1
        return _Group(documents, found.firsts, int(found.lasts[0] - found.firsts[0]) + 1 if len(found) else 1)

    def _beginning(self, table: Table, prefix: str) -> tuple[Numbers, Numbers]:
        """The titles with any word that begins so, and where: their postings lie in a row."""
        part = table.field.part(*table.field.terms.starting_with(prefix.encode()))
        documents, frequencies = part.documents.astype(np.intp), part.frequencies
        live = np.ones(len(documents), np.bool_) if table.live is None else table.live.take(documents)
        documents += table.base
        places: Numbers = np.repeat(self._generation.starts("title").take(documents), frequencies)
        if part.positions is not None:
            places += part.positions
        return documents[live], places[np.repeat(live, frequencies)]


@dataclass(frozen=True)
class _Group:
    """Where something stands in titles: the documents, in any order, and its places in the row of all their words."""

    documents: Numbers
    firsts: Numbers
    length: int = 1

    def mask(self, size: int) -> NDArray[np.bool_]:
        """Which of so many documents have it."""
        having = np.zeros(size, np.bool_)
        having[self.documents] = True
        return having


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, np.intp)


def _phrase(words: Sequence[str]) -> Element:
    if all(map(is_character, words)):
        return Word("".join(words))  # read from pairs of characters: fewer places than of each character
    elements = tuple(Exact(word) for word in words)
    return elements[0] if len(elements) == 1 else Phrase(elements)


def _groups(words: Sequence[TypedTitle]) -> list[list[TypedTitle]]:
    """Words, and characters of Chinese that were written next to each other together."""
    groups: list[list[TypedTitle]] = []
    for word in words:
        if groups and word.glued and not word.partial:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _in_order(numbers: Numbers, ranks: Numbers) -> Iterator[int]:
    """The numbers by their ranks; no more are sorted than somebody asks for."""
    count = _SORTED
    while len(numbers) > count:
        near = np.argpartition(ranks, count)
        first, rest = near[:count], near[count:]
        yield from numbers[first[np.argsort(ranks[first])]].tolist()
        numbers, ranks = numbers[rest], ranks[rest]
        count *= 2
    yield from numbers[np.argsort(ranks)].tolist()


def _starts(prefix: str) -> Callable[[str], bool]:
    return lambda word: word.startswith(prefix)


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    word, count = counted
    return -count, word
