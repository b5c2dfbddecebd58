"""Documents of given words, as the segments of a generation, with what reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from crawler import DateBasis, Document, PublicationDate
from indexer.columnar.documents import Documents
from indexer.columnar.executor.evaluate import Evaluator
from indexer.columnar.executor.leaves import Leaves
from indexer.columnar.executor.scoring import Bm25f
from indexer.columnar.generation import Generation
from indexer.columnar.lexicon import DocumentCounts
from indexer.columnar.second_look import SecondLook
from indexer.columnar.similar import MoreLikeThis
from indexer.columnar.spelling import Speller
from indexer.columnar.suggest import Completer
from indexer.columnar.vocabulary import Vocabulary
from indexer.engines.protocol import LabelledDocument
from tests.indexer.columnar.collection import generation_of

NOW = datetime(2024, 1, 1, tzinfo=UTC)


def text(id: str, body: str, title: str = "", language: str = "en", date: str = "") -> LabelledDocument:
    """A document of one passage."""
    published = PublicationDate.parse(date, DateBasis.GIVEN) if date else None
    return LabelledDocument(Document(id, "source", None, title, (body,), published, language, 1, NOW), (), frozenset())


@dataclass(frozen=True)
class Reading:
    """A generation with everything that reads it."""

    generation: Generation

    @classmethod
    def of(cls, folder: Path, *entries: LabelledDocument) -> Reading:
        """One segment."""
        return cls(generation_of(folder, [entries]))

    @classmethod
    def parts(
        cls, folder: Path, parts: Sequence[Sequence[LabelledDocument]], deleted: Sequence[Sequence[int]] = ()
    ) -> Reading:
        """A segment for each part; ``deleted``: the numbers in each."""
        return cls(generation_of(folder, parts, deleted))

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.generation)

    @cached_property
    def counts(self) -> DocumentCounts:
        return DocumentCounts(self.generation)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.generation, self.counts.anywhere)

    @cached_property
    def leaves(self) -> Leaves:
        return Leaves(self.generation, self.vocabulary, self.documents.read_in)

    @cached_property
    def completer(self) -> Completer:
        return Completer(self.documents, self.vocabulary, self.counts, self.leaves)

    @cached_property
    def speller(self) -> Speller:
        return Speller(self.vocabulary, self.counts, self.leaves)

    @cached_property
    def more_like_this(self) -> MoreLikeThis:
        return MoreLikeThis(self.documents, Bm25f(self.generation))

    @cached_property
    def second_look(self) -> SecondLook:
        evaluator = Evaluator(self.generation, self.leaves, self.documents, Bm25f(self.generation), _no_changes)
        return SecondLook(self.generation, evaluator)


def _no_changes(*_: object) -> None:  # no query here asks for changes
    raise AssertionError
