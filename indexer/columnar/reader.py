"""A generation, open for reading: everything that an engine answers, each part made when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.columnar.codec.toc import open_generation
from indexer.columnar.documents import Documents
from indexer.columnar.executor.leaves import Leaves
from indexer.columnar.executor.scoring import Bm25f
from indexer.columnar.generation import TEXTS
from indexer.columnar.instruments import Changes, Corpus, Instruments
from indexer.columnar.lexicon import DocumentCounts
from indexer.columnar.packing import unpack, unpack_for_hit
from indexer.columnar.placing import places
from indexer.columnar.search import COPIES, Search, Sources, expansions
from indexer.columnar.similar import MoreLikeThis
from indexer.columnar.spelling import Speller
from indexer.columnar.suggest import Completer
from indexer.columnar.vocabulary import Vocabulary
from indexer.engines.protocol import Alike, Expansions, LabelledDocument, Places, Plan
from indexer.query.nodes import Element, Leaf, Node

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indexer.columnar.executor.evaluate import Evaluator
    from indexer.query.nodes import Changed


class Reader:
    """The generation in a folder, for one thread at a time.

    Raises ``FileDamaged``, ``ContentsDamaged`` or ``OtherCodec``; what is wrong within the files may raise anything.
    """

    def __init__(self, folder: Path) -> None:
        self.generation = open_generation(folder)
        self.documents = Documents(self.generation)
        self._counts = DocumentCounts(self.generation)
        self.vocabulary = Vocabulary(self.generation, self._counts.anywhere)
        self._ranking = Bm25f(self.generation)

    @cached_property
    def _leaves(self) -> Leaves:
        return Leaves(self.generation, self.vocabulary, self.documents.read_in)

    @cached_property
    def _corpus(self) -> Corpus:
        return Corpus(self.generation, self.documents)

    @cached_property
    def _sources(self) -> Sources:
        return Sources(
            self.generation,
            self.documents,
            self.vocabulary,
            self._leaves,
            self._ranking,
            self._changes,
            self.shown,
        )

    def _changes(self, node: Changed, evaluator: Evaluator) -> NDArray[np.intp]:
        return Changes(self._corpus, evaluator).documents(node)

    @cached_property
    def speller(self) -> Speller:
        """What says which word was meant."""
        return Speller(self.vocabulary, self._counts, self._leaves)

    @cached_property
    def completer(self) -> Completer:
        """What says what a half-typed word can become."""
        return Completer(self.documents, self.vocabulary, self._counts, self._leaves)

    @cached_property
    def _more_like_this(self) -> MoreLikeThis:
        return MoreLikeThis(self.documents, self._ranking)

    @cached_property
    def instruments(self) -> Instruments:
        """Concordance, collocates, trends."""
        return Instruments(self._sources, self._corpus)

    def search(self, plan: Plan) -> Search:
        """A search on its way."""
        return Search(plan, self._sources)

    def expansions(self, tree: Node) -> Expansions:
        """What is searched for the words and patterns of a tree."""
        return expansions(tree, self._leaves)

    def stands(self, element: Element) -> bool:
        """Whether any document has an element."""
        return any(len(self._leaves.hits(text, element).documents) for text in TEXTS)

    def places(self, leaves: Mapping[str, Sequence[Leaf]], languages: Sequence[str] | None) -> dict[str, Places]:
        """Where leaves stand in the passages of documents, by id; ids that aren't there are left out."""
        reading = self._leaves if languages is None else self._leaves.reading(tuple(languages))
        numbers = {document_id: self.documents.number(document_id) for document_id in leaves}
        known = {document_id: number for document_id, number in numbers.items() if number is not None}
        found = places(self.generation, reading, {number: leaves[document_id] for document_id, number in known.items()})
        return {document_id: found[number] for document_id, number in known.items()}

    def numbers(self) -> list[int]:
        """The numbers of all documents."""
        numbers: list[int] = self.generation.numbers.tolist()
        return numbers

    def entry(self, number: int) -> LabelledDocument:
        """A document with all that is stored of it."""
        return unpack(self.generation.stored(number))

    def shown(self, number: int) -> LabelledDocument:
        """A document as a page of hits shows it, without what its labels rest on."""
        return unpack_for_hit(self.generation.stored(number))

    def copies(self, document_id: str) -> tuple[LabelledDocument, ...]:
        """The other documents with the same story, by date."""
        number = self.documents.number(document_id)
        return () if number is None else tuple(map(self.shown, self.documents.copies(number)[:COPIES]))

    def similar(self, document_id: str, limit: int) -> list[Alike]:
        """The documents most like one, best first, one a story."""
        number = self.documents.number(document_id)
        if number is None:
            return []
        return [
            Alike(self.shown(like.row.number), like.score, like.words)
            for like in self._more_like_this.like(self.shown(number), limit)
        ]

    def close(self) -> None:
        """Let go of the files."""
        self.generation.close()
