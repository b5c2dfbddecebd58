"""How often each of some groups of letters stands in each of some texts: nearly all of them in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from indexer.query.features import GRAM

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BITS = 16  # of a letter's number; GRAM of them fill the 64 of an integer
_SIZE = 1 << _BITS  # of the table of hashes
_FEW = 12  # grams for which asking text by text is as fast
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / the golden ratio (Knuth, The Art of Computer Programming 3, 6.4)
_UNICODE = 0x110000


def count_grams(texts: Sequence[str], grams: Sequence[str]) -> NDArray[np.float64]:
    """A row for each gram, in it the number of times that ``str.count`` finds it in each text.

    The texts are those of :func:`~indexer.query.features.lettering`: they begin and end with a boundary, of which no
    gram has two side by side.
    """
    found = np.zeros((len(grams), len(texts)))
    together = [at for at, gram in enumerate(grams) if len(gram) == GRAM and not _overlaps_itself(gram)]
    if len(together) > _FEW and len(set("".join(grams))) < _SIZE:
        counts, counted = _in_one_pass(texts, [grams[at] for at in together])
        together = [at for at, ready in zip(together, counted, strict=True) if ready]
        found[together] = counts[counted]
    else:
        together = []
    for at in set(range(len(grams))).difference(together):
        found[at] = [text.count(grams[at]) for text in texts]
    return found


def _overlaps_itself(gram: str) -> bool:
    """Whether two places of it may share letters, as those of ``_an_`` do in ``_an_an_``: ``str.count`` skips one."""
    return any(gram.startswith(gram[at:]) for at in range(1, len(gram)))


def _in_one_pass(texts: Sequence[str], grams: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """The counts, and which rows of them hold: a gram whose hash another one has is left out."""
    letters = np.zeros(_UNICODE, np.uint64)
    known = _codes("".join(dict.fromkeys("".join(grams))))
    letters[known] = np.arange(1, len(known) + 1)
    wanted = _quads(letters[_codes("".join(grams))])[::GRAM]
    numbers = np.arange(1, len(grams) + 1)
    table = np.zeros(_SIZE, np.int32)
    table[_hashes(wanted)] = numbers

    quads = _quads(letters.take(_codes("".join(texts))))
    gram = table.take(_hashes(quads))
    places = np.flatnonzero(gram)
    gram = gram[places] - 1
    right = wanted[gram] == quads[places]
    text = _texts(places[right], texts)
    counts = np.bincount(gram[right] * len(texts) + text, minlength=len(grams) * len(texts))
    return counts.reshape(len(grams), len(texts)), table[_hashes(wanted)] == numbers


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _quads(letters: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each four letters in a row as one number."""
    pairs = letters[:-1] << np.uint64(_BITS) | letters[1:]
    return pairs[:-2] << np.uint64(2 * _BITS) | pairs[2:]


def _hashes(quads: NDArray[np.uint64]) -> NDArray[np.int64]:
    return (quads * _SPREAD >> np.uint64(64 - _BITS)).view(np.int64)


def _texts(places: NDArray[np.intp], texts: Sequence[str]) -> NDArray[np.intp]:
    """In which text each of the places (in order) is, once all texts stand behind each other."""
    before = np.searchsorted(places, np.cumsum([len(text) for text in texts]))
    return np.repeat(np.arange(len(texts)), np.diff(before, prepend=0))
