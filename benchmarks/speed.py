"""How long does a query of each class take, beside native engines, on the same texts in the same process?

Each round opens every engine anew and asks every query of every engine in turns, then all of them once more: Concord
keeps what it counted for a word, SQLite keeps pages, so the first time and later ones are told apart. Of the rounds
the best time of each query counts, for every engine alike. All engines find the same number of documents for a sample
of queries, or nothing is measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.asked import Asked, Counts, Kind, count, queries
from benchmarks.corpus import Corpus
from benchmarks.filtered import with_more
from benchmarks.peers import available, peer
from benchmarks.peers.concord import Concord
from benchmarks.peers.peer import Peer
from benchmarks.prepared import CONCORD, Prepared
from benchmarks.timing import best, in_turns, percentiles
from benchmarks.workspace import Workspace

SIZES = (20_000, 100_000)
ROUNDS = 3
SAMPLE = 5  # queries of each class that all engines have to find the same number of documents for
WARM_UP = Asked(Kind.AND, ("cooperation", "trade"))
"""Makes each engine open its files; it is in no class."""
PASSES = ("first", "again")

Rounds = list[list[float]]
"""Milliseconds of each query of a class, round by round."""


class Disagreement(RuntimeError):
    """Engines don't find the same documents, so that their times can't be compared."""


@dataclass(frozen=True, slots=True)
class Contest:
    """The engines that take part, the queries, and what the corpus is made of."""

    prepared: Prepared
    keys: tuple[str, ...]
    counts: Counts
    asked: Mapping[Kind, Sequence[Asked]]

    @classmethod
    def prepare(cls, workspace: Workspace, corpus: Corpus, keys: Sequence[str] | None = None) -> Contest:
        """Build what isn't built yet. ``keys``: the peers that take part, where not all."""
        prepared, counts = Prepared(workspace, corpus), count(corpus)
        chosen = available(corpus.size) if keys is None else list(keys)
        for key in (CONCORD, *chosen):
            prepared.built(key)
        return cls(prepared, tuple(chosen), counts, queries(counts))

    def opened(self) -> dict[str, Any]:
        """Every engine by its name, opened anew."""
        peers: list[Peer] = [peer(key).open(self.prepared.folder(key)) for key in self.keys]
        concord = Concord.open(self.prepared.folder(CONCORD))
        return {concord.name: concord, **{each.name: each for each in peers}}


def measure(workspace: Workspace, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """The figures for each size of the corpus."""
    chosen = [workspace.size] if workspace.size else sizes
    return {"sizes": {str(size): compare(Contest.prepare(workspace, Corpus(size))) for size in chosen}}


def compare(contest: Contest, rounds: int = ROUNDS, *, more: bool = True) -> dict[str, Any]:
    """All classes of queries on all engines; with ``more``, Concord's with filters, facets and by date as well."""
    agreed = _check(contest)
    times: dict[Kind, dict[str, dict[str, Rounds]]] = {kind: {} for kind in contest.asked}
    variants: dict[Kind, dict[str, Rounds]] = {kind: {} for kind in contest.asked}
    for _ in range(rounds):
        engines = contest.opened()
        for engine in engines.values():
            if (query := engine.prepare(WARM_UP)) is not None:
                engine.search(query)
        for name in PASSES:
            for kind, asked in contest.asked.items():
                _time(engines, asked, times[kind], name)
        if more:
            for kind, asked in contest.asked.items():
                for name, taken in with_more(engines[Concord.name].engine, asked).items():
                    variants[kind].setdefault(name, []).append(taken)
        for engine in engines.values():
            engine.close()
    return {
        "documents": contest.counts.documents,
        "tokens": contest.counts.tokens,
        "rounds": rounds,
        "agreement": agreed,
        "kinds": {kind.value: _figures(figures) for kind, figures in times.items()},
        "more": {kind.value: _medians(figures) for kind, figures in variants.items()} if more else {},
    }


def _check(contest: Contest) -> dict[str, Any]:
    """How many queries the engines were asked to agree on; raises :class:`Disagreement`."""
    engines = contest.opened()
    sample = [asked for each in contest.asked.values() for asked in each[:SAMPLE]]
    for asked in sample:
        found = dict(_counts(engines, asked))
        if len(set(found.values())) > 1:
            raise Disagreement(f"{asked.kind} {' '.join(asked.words)}: {found}")
    for engine in engines.values():
        engine.close()
    return {"queries": len(sample), "engines": list(engines)}


def _counts(engines: Mapping[str, Any], asked: Asked) -> Iterator[tuple[str, int]]:
    for name, engine in engines.items():
        query = engine.prepare(asked)
        number = engine.count(query) if query is not None else None
        if number is not None:
            yield name, number


def _time(engines: Mapping[str, Any], asked: Sequence[Asked], times: dict[str, dict[str, Rounds]], key: str) -> None:
    prepared = [{name: engine.prepare(each) for name, engine in engines.items()} for each in asked]
    calls = [
        {name: partial(engines[name].search, query) for name, query in each.items() if query is not None}
        for each in prepared
    ]
    for name, taken in in_turns(calls).items():
        times.setdefault(name, {}).setdefault(key, []).append(taken)


def _figures(times: Mapping[str, Mapping[str, Rounds]]) -> dict[str, Any]:
    return {name: {key: percentiles(best(rounds)) for key, rounds in passes.items()} for name, passes in times.items()}


def _medians(times: Mapping[str, Rounds]) -> dict[str, float]:
    return {name: percentiles(best(rounds))["p50"] for name, rounds in times.items()}
