"""A generation as the instruments see it, and documents with several versions."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from indexer.columnar.documents import Documents
from indexer.columnar.executor.leaves import Leaves
from indexer.columnar.executor.scoring import Bm25f
from indexer.columnar.generation import Generation
from indexer.columnar.instruments import Changes, Corpus, Instruments
from indexer.columnar.lexicon import DocumentCounts
from indexer.columnar.search import Sources
from indexer.columnar.vocabulary import Vocabulary
from indexer.engines.protocol import History, LabelledDocument, PastVersion
from tests.indexer.samples import synthetic


@dataclass(frozen=True)
class Opened:
    """The instruments over a generation, and what they share."""

    generation: Generation
    corpus: Corpus
    leaves: Leaves
    instruments: Instruments


def opened(generation: Generation, entry: Callable[[int], LabelledDocument]) -> Opened:
    """``entry``: the document with each number."""
    documents, counts = Documents(generation), DocumentCounts(generation)
    vocabulary = Vocabulary(generation, counts.anywhere)
    leaves = Leaves(generation, vocabulary, documents.read_in)
    corpus = Corpus(generation, documents)
    sources = Sources(
        generation,
        documents,
        vocabulary,
        leaves,
        Bm25f(generation),
        lambda node, evaluator: Changes(corpus, evaluator).documents(node),
        entry,
    )
    return Opened(generation, corpus, leaves, Instruments(sources, corpus))


def several(chance: random.Random, count: int) -> list[LabelledDocument]:
    """Documents, two in five of which have past versions."""
    entries = [synthetic(chance, f"s{number}") for number in range(count)]
    return [_with_history(chance, entry) if chance.random() < 0.4 else entry for entry in entries]


def _with_history(chance: random.Random, entry: LabelledDocument) -> LabelledDocument:
    past = [synthetic(chance, "past") for _ in range(chance.randint(1, 3))]
    versions = tuple(
        PastVersion(number, each.document.paragraphs, each.languages()) for number, each in enumerate(past, 2)
    )
    order = (1, *(version.number for version in versions), *chance.choice([(), (1,)]))
    return replace(entry, history=History(order, versions))
