"""Where the leaves of a query stand in the documents of a page: what its snippets are cut by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.executor.leaves import Leaves
from indexer.columnar.executor.stretches import Stretches
from indexer.columnar.generation import Generation
from indexer.engines.protocol import Places
from indexer.query.nodes import Leaf
from indexer.query.spans import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STORED = np.dtype("<u4")


def places(generation: Generation, leaves: Leaves, asked: Mapping[int, Sequence[Leaf]]) -> dict[int, Places]:
    """Where leaves stand in the passages of documents, by their numbers: of each those that are asked for."""
    numbers = np.array(sorted(asked), np.intp)
    wanted = dict.fromkeys(leaf for some in asked.values() for leaf in some)
    found = {leaf: _by_document(leaves.stretches("body", leaf, numbers), generation, numbers) for leaf in wanted}
    return {
        number: Places(_firsts(generation, number), {leaf: found[leaf][at] for leaf in asked[number]})
        for at, number in enumerate(numbers.tolist())
    }


def _firsts(generation: Generation, number: int) -> list[int]:
    lengths = np.frombuffer(generation.raw("passages", number), _STORED)
    firsts: list[int] = [0, *np.cumsum(lengths, dtype=np.intp).tolist()]
    return firsts


def _by_document(found: Stretches, generation: Generation, numbers: NDArray[np.intp]) -> list[list[Span]]:
    """The stretches of each document, counted from its beginning."""
    starts = generation.starts("body").take(numbers)
    ends = np.searchsorted(found.firsts, generation.starts("body").take(numbers + 1)).tolist()
    begins = np.searchsorted(found.firsts, starts).tolist()
    return [
        list(zip((found.firsts[one:other] - start).tolist(), (found.lasts[one:other] - start).tolist(), strict=True))
        for start, one, other in zip(starts.tolist(), begins, ends, strict=True)
    ]
