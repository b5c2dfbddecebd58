"""The words of a generation by number: what the arrays of its texts are made of.

A word is a form as it is written (case folded, accents kept) in the language of its passage. It keeps its number as
long as its index is updated: an update adds a file of the words that are new. A word is told by a hash of 64 bits, so
that none has to be read as text to find its number; two of a million words share one in 1 of 37 million collections.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile

import numpy as np

from indexer.analysis import family, fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_FILES = 16  # more are written together: each costs an opening
_STEM = "words-"


def word_hash(*parts: str) -> int:
    """A number of 64 bits for a word; the same on every machine."""
    return int.from_bytes(hashlib.blake2b("\t".join(parts).encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True)
class WordList:
    """Arrays of one value a word, in the order of the words' numbers.

    ``keys``: hashes of form and language, ``exact``: of the folded form, ``families``: of the family.
    """

    keys: NDArray[np.uint64]
    exact: NDArray[np.uint64]
    families: NDArray[np.uint64]
    packed: Sequence[bytes]

    @classmethod
    def read(cls, folder: Path) -> WordList:
        """The words of a generation."""
        parts = [_read(file) for file in _files(folder)]
        return cls(
            _joined([keys for keys, _, _, _ in parts]),
            _joined([exact for _, exact, _, _ in parts]),
            _joined([families for _, _, families, _ in parts]),
            [texts.tobytes() for _, _, _, texts in parts],
        )

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def _texts(self) -> list[str]:
        return [line for part in self.packed for line in part.decode().split("\n")[:-1]]

    def form(self, number: int) -> tuple[str, str]:
        """A word as it is written (case folded) and its language."""
        written, _, language = self._texts[number].partition("\t")
        return written, language

    def with_family(self, terms: Iterable[str]) -> NDArray[np.bool_]:
        """A mask of the words that are in any of these families."""
        return np.isin(self.families, _hashes(terms))

    def with_form(self, forms: Iterable[str]) -> NDArray[np.bool_]:
        """A mask of the words that are any of these folded forms."""
        return np.isin(self.exact, _hashes(forms))

    @cached_property
    def family_numbers(self) -> tuple[NDArray[np.intp], int]:
        """The number of the family of each word, and how many families there are."""
        different, numbers = np.unique(self.families, return_inverse=True)
        return numbers.reshape(-1), len(different)

    @cached_property
    def ranks(self) -> NDArray[np.int64]:
        """The place of each word in the order of folded forms, from 1 on; words with the same one share it."""
        forms = [fold(text.partition("\t")[0]) for text in self._texts]
        places = {form: place for place, form in enumerate(sorted(set(forms)), 1)}
        return np.fromiter(map(places.__getitem__, forms), np.int64, len(forms))

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
        order = np.argsort(self.keys)
        return self.keys[order], order

    def find(self, key: int) -> int | None:
        """The number of the word with this hash."""
        keys, order = self._sorted
        at = int(np.searchsorted(keys, np.uint64(key)))
        return int(order[at]) if at < len(keys) and int(keys[at]) == key else None


class _Numbers(dict[str, int]):
    """The number of each form in one language; a form that is asked for first is looked up or gets a new one."""

    def __init__(self, language: str, words: WordNumbers) -> None:
        super().__init__()
        self._language = language
        self._words = words

    def __missing__(self, written: str) -> int:
        number = self[written] = self._words.number(written, self._language)
        return number


class WordNumbers:
    """Gives each word its number while a generation is written; ``update``: the folder has words already."""

    def __init__(self, folder: Path, *, update: bool) -> None:
        self._folder = folder
        self._known = WordList.read(folder) if update else WordList(_joined([]), _joined([]), _joined([]), ())
        self._new: list[tuple[int, str, str]] = []
        self._by_language: dict[str, _Numbers] = {}

    def of(self, language: str) -> _Numbers:
        """The numbers of forms (as they are written, case folded) in a language."""
        numbers = self._by_language.get(language)
        if numbers is None:
            numbers = self._by_language[language] = _Numbers(language, self)
        return numbers

    def number(self, written: str, language: str) -> int:
        """The number of a word that was not asked for before."""
        key = word_hash(written, language)
        known = self._known.find(key) if len(self._known) else None
        if known is not None:
            return known
        self._new.append((key, written, language))
        return len(self._known) + len(self._new) - 1

    def write(self) -> None:
        """Write the words that are new; many small files become one."""
        if self._new:
            keys = np.array([key for key, _, _ in self._new], np.uint64)
            exact = _hashes(fold(written) for _, written, _ in self._new)
            families = _hashes(family(written, language) for _, written, language in self._new)
            texts = "".join(f"{written}\t{language}\n" for _, written, language in self._new)
            _write(self._folder, (keys, exact, families, _bytes(texts.encode())))
        files = _files(self._folder)
        if len(files) > MOST_FILES:
            parts = [_read(file) for file in files]
            for file in files:
                file.unlink()  # only a link: the generation before keeps its own
            _write(self._folder, tuple(np.concatenate([part[at] for part in parts]) for at in range(4)))


Arrays = tuple["NDArray[np.uint64]", "NDArray[np.uint64]", "NDArray[np.uint64]", "NDArray[np.uint8]"]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{_STEM}*.npz"))


def _read(file: Path) -> Arrays:
    with ZipFile(file) as packed:
        if any(member.compress_type != ZIP_STORED for member in packed.infolist()):
            raise ValueError(f"{file.name} is compressed: what it holds may be of any size")
    with np.load(file, allow_pickle=False) as arrays:
        return arrays["keys"], arrays["exact"], arrays["families"], arrays["texts"]


def _write(folder: Path, arrays: tuple[NDArray[np.generic], ...]) -> None:
    files = _files(folder)
    number = int(files[-1].stem.removeprefix(_STEM)) + 1 if files else 1
    keys, exact, families, texts = arrays
    np.savez(folder / f"{_STEM}{number:06d}.npz", keys=keys, exact=exact, families=families, texts=texts)


def _hashes(texts: Iterable[str]) -> NDArray[np.uint64]:
    return np.array([word_hash(text) for text in texts], np.uint64)


def _bytes(content: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(content, np.uint8)


def _joined(parts: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)
