"""The different words of a generation by number: those of its segments as one list.

Each segment numbers its words itself. The largest keeps its numbers, so that its texts are used as they lie in the
file; the words of the others are found among them, or come behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.analysis import fold
from indexer.columnar.words import Words, hashes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.generation import Generation

    Array = NDArray[Any]
    Hashes = NDArray[np.uint64]
    Table = NDArray[np.uint32]


class WordList:
    """Arrays of one value a word. ``keys``: hashes of form and language, ``exact``: of the folded form.

    ``families``: of the family.
    """

    def __init__(self, generation: Generation) -> None:
        parts = [segment.words for segment in generation.segments]
        self._largest = max(range(len(parts)), key=lambda at: len(parts[at]), default=0)
        self._parts = (*parts[self._largest : self._largest + 1], *_but(parts, self._largest))
        tables, self._new = _numbered(self._parts)
        self._first_new = len(self._parts[0]) if self._parts else 0
        self._tables = [*tables[1 : self._largest + 1], None, *tables[self._largest + 1 :]]

    def __len__(self) -> int:
        return sum(map(len, self._new), self._first_new)

    def renumbered(self, segment: int, numbers: Table) -> Table:
        """The numbers that words of a segment have here, which has them as its own."""
        table = self._tables[segment]
        return numbers if table is None else table.take(numbers)

    @cached_property
    def keys(self) -> Hashes:
        """The hash of each word's form and language."""
        return self._joined([part.keys for part in self._parts])

    @cached_property
    def exact(self) -> Hashes:
        """The hash of each word's folded form."""
        return self._joined([part.exact for part in self._parts])

    @cached_property
    def families(self) -> Hashes:
        """The hash of each word's family."""
        return self._joined([part.families for part in self._parts])

    def _joined(self, arrays: list[Hashes]) -> Hashes:
        if len(arrays) == 1:
            return arrays[0]
        behind = [array[new] for array, new in zip(arrays[1:], self._new, strict=True)]
        return np.concatenate([*arrays[:1], *behind]) if arrays else np.zeros(0, np.uint64)

    def form(self, number: int) -> tuple[str, str]:
        """A word as it is written (case folded) and its language."""
        return self.forms(np.array([number]))[0]

    def forms(self, numbers: NDArray[np.intp]) -> list[tuple[str, str]]:
        """Words as they are written, and their languages."""
        forms: list[tuple[str, str]] = [("", "")] * len(numbers)
        first = 0
        for part, own in self._with_own:
            here = np.flatnonzero((numbers >= first) & (numbers < first + len(own)))
            for at, form in zip(here.tolist(), _forms(part, own[numbers[here] - first]), strict=True):
                forms[at] = form
            first += len(own)
        return forms

    @property
    def _with_own(self) -> list[tuple[Words, NDArray[np.intp]]]:
        """Each part with its own numbers of the words that it has before all others."""
        return list(zip(self._parts, [np.arange(self._first_new), *self._new], strict=False))

    def with_family(self, terms: Iterable[str]) -> NDArray[np.bool_]:
        """A mask of the words that are in any of these families."""
        return np.isin(self.families, hashes(terms))

    def with_form(self, forms: Iterable[str]) -> NDArray[np.bool_]:
        """A mask of the words that are any of these folded forms."""
        return np.isin(self.exact, hashes(forms))

    @cached_property
    def family_numbers(self) -> tuple[NDArray[np.intp], int]:
        """The number of the family of each word, and how many families there are."""
        if len(self._parts) == 1:  # in order
            families = self.families
            numbers = np.cumsum(np.concatenate(([False], families[1:] != families[:-1]))[: len(families)])
            return numbers, int(numbers[-1]) + 1 if len(numbers) else 0
        different, numbers = np.unique(self.families, return_inverse=True)
        return numbers.reshape(-1), len(different)

    @cached_property
    def ranks(self) -> NDArray[np.int64]:
        """The place of each word in the order of folded forms, from 1 on; words with the same one share it."""
        forms = list(map(_folded, self._texts()))
        places = {form: place for place, form in enumerate(sorted(set(forms)), 1)}
        return np.fromiter(map(places.__getitem__, forms), np.int64, len(forms))

    def _texts(self) -> Iterator[bytes]:
        if self._parts:
            yield from self._parts[0].texts
            for part, new in zip(self._parts[1:], self._new, strict=True):
                yield from map(part.texts.__getitem__, new.tolist())


def _forms(words: Words, numbers: NDArray[np.intp]) -> Iterator[tuple[str, str]]:
    starts, data = words.texts.starts, words.texts.data.data
    begins, ends = starts.take(numbers).tolist(), starts.take(numbers + 1).tolist()
    for begin, end in zip(begins, ends, strict=True):
        written, _, language = str(data[begin:end], "utf-8").partition("\t")
        yield written, language


def _folded(text: bytes) -> bytes:
    """The folded form of a word's text, as UTF-8, whose bytes sort as its letters do."""
    form = text[: text.index(b"\t")]
    return form if form.isascii() else fold(form.decode()).encode()


def _but(parts: list[Words], left_out: int) -> list[Words]:
    return [part for at, part in enumerate(parts) if at != left_out]


def _numbered(parts: tuple[Words, ...]) -> tuple[list[Table | None], list[NDArray[np.intp]]]:
    """For each part the numbers of its words, and for all but the first the words that no part before it has.

    Only the words of the smaller parts are sorted.
    """
    if len(parts) < 2:
        return [None], []
    first, *others = parts
    bounds = np.cumsum([0, *map(len, others)])
    keys, firsts, which = np.unique(
        np.concatenate([part.keys for part in others]), return_index=True, return_inverse=True
    )
    at = np.searchsorted(keys, first.keys)
    known = np.flatnonzero(keys.take(at, mode="clip") == first.keys) if len(keys) else np.zeros(0, np.intp)
    numbers = np.full(len(keys), -1)
    numbers[at[known]] = known
    new = np.sort(firsts[numbers < 0])
    numbers[which.reshape(-1)[new]] = len(first) + np.arange(len(new))
    table = numbers.astype(np.uint32).take(which.reshape(-1))
    own = np.split(new, np.searchsorted(new, bounds[1:-1]))
    return (
        [None, *np.split(table, bounds[1:-1])],
        [part - begin for part, begin in zip(own, bounds, strict=False)],
    )
