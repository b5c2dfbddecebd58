"""The postings of the fields of a text: exact forms, families, and forms with accents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis import CJK_PREFIX, family, fold
from indexer.columnar.postings import invert, write_field
from indexer.columnar.strings import bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.blocks import BlockWriter

    Numbers = NDArray[np.uint32]
    Starts = NDArray[np.intp]

    Write = Callable[[BlockWriter], None]


class Forms:
    """What each word of a segment, by number, is a case of."""

    def __init__(self, words: Sequence[tuple[str, str]]) -> None:
        self.written = [written for written, _ in words]
        self.exact = [fold(written) for written, _ in words]
        self.families = [family(written, language) for written, language in words]
        different = (one != other for one, other in zip(self.written, self.exact, strict=True))
        self.accented = np.fromiter(different, np.bool_, len(words))
        characters = (term.startswith(CJK_PREFIX) for term in self.families)
        self.characters = np.fromiter(characters, np.bool_, len(words))


def text_fields(name: str, words: Numbers, starts: Starts, forms: Forms) -> dict[str, Write]:
    """What writes each field of the texts of all documents. ``starts``: where each begins in ``words``, and the end."""
    return {
        f"{name}_exact": lambda writer: _write_terms(writer, f"{name}_exact", words, forms.exact, starts),
        name: lambda writer: _write_terms(writer, name, *_with_pairs(words, starts, forms), starts),
        f"{name}_accents": lambda writer: _write_accents(writer, f"{name}_accents", words, starts, forms),
    }


def _write_accents(writer: BlockWriter, field: str, words: Numbers, starts: Starts, forms: Forms) -> None:
    accented = np.flatnonzero(forms.accented.take(words))
    among = np.searchsorted(accented, starts)
    _write_terms(writer, field, words.take(accented), forms.written, among, places=False)


def _write_terms(
    writer: BlockWriter, field: str, words: Numbers, texts: Sequence[str], starts: Starts, *, places: bool = True
) -> None:
    """``texts``: the term of each word that ``words`` has numbers of."""
    if len(words):
        terms, numbers = _ranked(words, texts)
        longest = int(np.diff(starts).max()) if places else None
        postings = invert(numbers.take(words), starts, places=places)
        write_field(writer, field, terms, postings, len(starts) - 1, longest)


def _ranked(words: Numbers, texts: Sequence[str]) -> tuple[list[bytes], Numbers]:
    """The different terms that occur, in order, and the number of the term of each word."""
    occurs = np.zeros(len(texts), np.bool_)
    occurs[words] = True
    used = np.flatnonzero(occurs)
    found = [texts[word] for word in used.tolist()]
    terms = sorted(set(found))  # text is in the order of its UTF-8
    ranks = {term: rank for rank, term in enumerate(terms)}
    numbers = np.zeros(len(texts), np.uint32)
    numbers[used] = np.fromiter(map(ranks.__getitem__, found), np.uint32, len(found))
    return [term.encode() for term in terms], numbers


def _with_pairs(words: Numbers, starts: Starts, forms: Forms) -> tuple[Numbers, list[str]]:
    """A character of Chinese takes the next one of its text to it: each two become a number behind those of words."""
    if not forms.characters.any():
        return words, forms.families
    character = forms.characters.take(words)
    character[:-1] &= character[1:]
    character[starts[1:][np.diff(starts) > 0] - 1] = False  # the last of a text has no next one
    at = np.flatnonzero(character)
    pairs = words[at].astype(np.uint64) << np.uint64(32) | words[at + 1]
    different, numbers = np.unique(pairs, return_inverse=True)
    paired = words.copy()
    paired[at] = numbers.astype(np.uint32) + np.uint32(len(forms.families))
    firsts, seconds = different >> np.uint64(32), different & np.uint64(0xFFFFFFFF)
    texts = (
        forms.families[first] + forms.families[second].removeprefix(CJK_PREFIX)
        for first, second in zip(firsts.tolist(), seconds.tolist(), strict=True)
    )
    return paired, [*forms.families, *texts]


def write_values(writer: BlockWriter, field: str, values: Sequence[Sequence[bytes]]) -> None:
    """The postings of a field that has values without places, some a document."""
    different = sorted(set(chain.from_iterable(values)))
    if different:
        numbers = {value: number for number, value in enumerate(different)}
        count = sum(map(len, values))
        terms = np.fromiter(map(numbers.__getitem__, chain.from_iterable(values)), np.uint32, count)
        starts = bounds(np.fromiter(map(len, values), np.uint64, len(values))).astype(np.intp)
        write_field(writer, field, different, invert(terms, starts, places=False), len(values), None)
