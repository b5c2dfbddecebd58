"""Filters, and the facets of what was found under them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.columnar.bitmaps import packed, unpacked
from indexer.columnar.documents import Documents
from indexer.engines.protocol import FacetCounts, Filters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.bitmaps import Bits

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.intp]


class Filtering:
    """Filters, ready for the documents of a generation: the documents that pass each, by the facet that it is of."""

    def __init__(self, documents: Documents, filters: Filters) -> None:
        self._documents = documents
        chosen = {"source": filters.sources, "domain": filters.domains, "language": filters.languages}
        self._passing = {facet: documents.facets[facet].having(values) for facet, values in chosen.items() if values}
        if filters.since or filters.until:
            self._passing["year"] = packed(documents.within(filters.since, filters.until), documents.size)

    @cached_property
    def mask(self) -> Mask | None:
        """The documents that pass all filters, those deleted included; ``None`` where all do."""
        if not self._passing:
            return None
        return unpacked(np.bitwise_and.reduce(list(self._passing.values())), self._documents.size)

    def counts(self, found: Numbers) -> FacetCounts:
        """The facets of what was found, before the filters: each counts as if its own filter were off."""
        bits = packed(found, self._documents.size)
        facets = self._documents.facets.items()
        return FacetCounts(**{name: facet.counts(self._but_for(name, bits)) for name, facet in facets})

    def _but_for(self, facet: str, found: Bits) -> Bits:
        for name, passing in self._passing.items():
            if name != facet:
                found = found & passing
        return found


def passing(documents: Documents, filters: Filters) -> Mask | None:
    """The documents that pass all filters, those deleted included; ``None`` where all do."""
    return Filtering(documents, filters).mask
