"""Which words stand at some places of all texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.generation import Generation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

WORD_COLUMNS = {"title": "title_words", "body": "words"}
"""The columns that have the texts as numbers of words."""


def words_at(generation: Generation, text: str, places: Numbers) -> list[str]:
    """The words, as they are written, at places (in order) in the row of all words of ``title`` or ``body``."""
    starts = generation.starts(text)
    bounds = np.searchsorted(places, starts[list(generation.bases)])
    found: list[str] = []
    for at, segment in enumerate(generation.segments):
        here = places[bounds[at] : bounds[at + 1]] - starts[generation.bases[at]]
        row = segment.strings(WORD_COLUMNS[text]).data.view("<u4")
        numbers = row.take(here).tolist()
        forms = {number: segment.words.form(number)[0] for number in set(numbers)}
        found += map(forms.__getitem__, numbers)
    return found
