"""What can go wrong with an index or a taxonomy in a way that the user can act on.

::

    ConcordError
    └── IndexerError            root of this package
        ├── IndexMissing        there is no generation yet
        ├── IndexIncompatible   the generation was written by another version of Concord
        ├── IndexDamaged        the generation can't be read
        ├── IndexLocked         another process is writing
        ├── TaxonomyError       mistakes in domains.toml, all at once
        ├── UnknownValue        a source, domain, language or sort that the collection does not have
        ├── UnknownDocument     no document has this id
        └── JudgmentsError      a test collection that nothing can be measured on
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crawler import ConcordError


class IndexerError(ConcordError):
    """Root of the errors of ``indexer``."""


class IndexMissing(IndexerError):
    """There is no generation yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"index {path}: not there yet: build it with 'concord index'")
        self.path = path


class IndexIncompatible(IndexerError):
    """The generation was written by another version of Concord."""

    def __init__(self, path: Path, found: object, expected: object) -> None:
        super().__init__(
            f"index {path}: written in format {found}, this version of Concord reads format {expected}: "
            "build it anew with 'concord index --rebuild'"
        )
        self.path = path
        self.found = found
        self.expected = expected


class IndexDamaged(IndexerError):
    """The generation can't be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"index {path}: damaged ({reason}): build it anew with 'concord index --rebuild'")
        self.path = path
        self.reason = reason


class IndexLocked(IndexerError):
    """Another process is writing."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"index {path}: being written by {holder}: try again when it has finished")
        self.path = path
        self.holder = holder


class TaxonomyError(IndexerError):
    """Mistakes in a taxonomy file, gathered: one line each in ``str()``."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


class UnknownValue(IndexerError):
    """A source, domain, language or sort order that the collection does not have."""

    def __init__(self, kind: str, value: str, known: Sequence[str]) -> None:
        super().__init__(f'unknown {kind} "{value}": the collection has {", ".join(known) or "none"}')
        self.kind = kind
        self.value = value
        self.known = tuple(known)


class UnknownDocument(IndexerError):
    """No document has this id."""

    def __init__(self, document_id: str) -> None:
        super().__init__(f"no document \"{document_id}\" in the index: 'concord search' lists ids")
        self.document_id = document_id


class JudgmentsError(IndexerError):
    """A test collection that nothing can be measured on."""
