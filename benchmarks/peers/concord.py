"""Concord, asked as its peers are: what its engine ranks, without the page around it.

Words stand for themselves, as the peers don't stem. It builds from an archive, so ``build`` takes a folder that
``workspace.py`` has made ready.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Self

from benchmarks.asked import Asked, Kind
from benchmarks.peers.peer import TOP
from indexer.engines.protocol import Engine, Filters, Plan
from indexer.engines.whoosh import WhooshEngine
from indexer.generations import GenerationStore
from indexer.query.nodes import And, Exact, Node, Or, Phrase, Wildcard
from indexer.results import Sort


class Concord:
    """The engine of the current generation of an index folder."""

    name: ClassVar[str] = "Concord"

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The generation that is served."""
        return cls(WhooshEngine(GenerationStore(folder).current().folder))

    def prepare(self, asked: Asked) -> Plan:
        """A plan with the query's tree."""
        return Plan(tree(asked), Filters(), Sort.RELEVANCE, 0, TOP)

    def search(self, query: Plan) -> Sequence[str]:
        """Ids of documents."""
        return [found for found, _ in self.engine.ranking(query)]

    def count(self, query: Plan) -> int:
        """Hits."""
        return self.engine.search(replace(query, limit=0)).total

    def close(self) -> None:
        """Close the engine."""
        self.engine.close()


def tree(asked: Asked) -> Node:
    """What Concord's parser would read."""
    words = tuple(map(Exact, asked.words))
    match asked.kind:
        case Kind.OR_3 | Kind.OR_10:
            return Or(words)
        case Kind.AND:
            return And(words)
        case Kind.PHRASE:
            return Phrase(words)
        case Kind.PREFIX:
            return Wildcard(f"{asked.words[0]}*")
        case _:
            return words[0]
