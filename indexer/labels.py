"""Which domains a document comes under: those its passages and title speak of, and those its source says it is about.

Each passage is read in its own language (:mod:`indexer.languages`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from crawler import Document, Source
from indexer.domains import Labeller, Taxonomy
from indexer.engines.protocol import LabelledDocument
from indexer.errors import TaxonomyError
from indexer.languages import passage_languages
from indexer.views import DomainLabel

_GIVEN = 1.0  # the weight of a label that the source gives: as sure as a domain that every passage is all about


class Labels:
    """Labels documents; ``digest`` changes whenever the same document could get other labels.

    Raises ``TaxonomyError`` where a source names a domain that the taxonomy does not have.
    """

    def __init__(self, taxonomy: Taxonomy, sources: Sequence[Source]) -> None:
        self._taxonomy = taxonomy
        self._labeller = Labeller(taxonomy)
        self._hints = {source.name: source.domains for source in sources if source.domains}
        unknown = [
            f'source "{name}": domains: there is no domain "{domain}": \'concord domains list\' shows them all'
            for name, domains in self._hints.items()
            for domain in domains
            if taxonomy.get(domain) is None
        ]
        if unknown:
            raise TaxonomyError(unknown)

    @property
    def digest(self) -> str:
        """What an index notes of the domains that it was labelled with."""
        if not self._hints:
            return self._taxonomy.digest
        hints = json.dumps(self._hints, sort_keys=True)
        return hashlib.sha256(f"{self._taxonomy.digest} {hints}".encode()).hexdigest()

    def label(self, document: Document) -> LabelledDocument:
        """The document with the languages of its passages and its labels, strongest first.

        Labels that its source gives have no evidence.
        """
        languages = passage_languages(document)
        found = self._labeller.label(document.paragraphs, document.language, languages, document.title)
        known = {label.id for label in found}
        given = [domain for domain in self._hints.get(document.source, ()) if domain not in known]
        labels = (*map(self._given, given), *found)
        return LabelledDocument(
            document, labels, self._taxonomy.with_ancestors(label.id for label in labels), languages
        )

    def _given(self, domain: str) -> DomainLabel:
        node = self._taxonomy.get(domain)
        assert node is not None  # noqa: S101 - __init__ has looked
        return DomainLabel(node.id, node.name, node.root, _GIVEN, ())
