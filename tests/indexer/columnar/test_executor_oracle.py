"""The slow reference is the oracle of the executor: any collection, however it was written, answers as defined."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from math import inf, isclose
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from indexer.engines.protocol import Answer, Filters, Plan
from indexer.engines.whoosh import WhooshEngine
from indexer.query.nodes import Everything
from indexer.results import Sort
from tests.indexer.columnar.histories import Commit, asked, history, write
from tests.indexer.reference import Expected, Reference
from tests.indexer.samples import some_filters
from tests.indexer.slow_matching import Read

COLLECTIONS, PARTS = {"quick": (45, 1), "thorough": (100, 17)}[os.environ.get("CONCORD_FAULTS", "quick")]
"""``make faults`` sets the variable to ``thorough``."""
QUERIES = 6  # a collection: writing one takes longer than asking it
DOCUMENTS = 20  # more than a page: partial matches follow where less than ten documents have all words
SAME = 1e-9  # of two scores: sums of the same numbers in another order

_numbers = count()


@dataclass(frozen=True)
class Ranked:
    """What an answer must list, in order; near copies folded, if that is asked for."""

    reads: Mapping[str, Read]
    expected: Expected
    plan: Plan
    scores: Mapping[str, float]

    @cached_property
    def order(self) -> list[str]:
        """All that is found."""
        return [*self._sorted(self.expected.full), *self._sorted(self.expected.partial)]

    def _sorted(self, found: Iterable[str]) -> list[str]:
        if self.plan.sort is not Sort.RELEVANCE:
            return sorted(found, key=self._tie)
        return sorted(found, key=lambda each: (-self.scores[each], self._tie(each)))

    def _tie(self, document_id: str) -> tuple[bool, int, str]:
        published = self.reads[document_id].entry.document.date
        day = published.first.toordinal() if published else 0
        undated = published is None and self.plan.sort is not Sort.RELEVANCE
        return undated, day if self.plan.sort is Sort.OLDEST else -day, document_id

    @cached_property
    def hits(self) -> dict[str, list[str]]:
        """Each hit with its copies: of a story its lead, unless only a copy has all the words; else the first."""
        if not self.plan.fold:
            return {document_id: [] for document_id in self.order}
        stories: dict[str, list[str]] = {}
        for document_id in self.order:
            stories.setdefault(self.reads[document_id].story, []).append(document_id)
        shown = {self._shown(story, members): members for story, members in stories.items()}
        return {each: [other for other in shown[each] if other != each] for each in self.order if each in shown}

    def _shown(self, story: str, members: Sequence[str]) -> str:
        partial = self.expected.partial
        leads = story in members and (story in partial) == (members[0] in partial)
        return story if leads else members[0]


def plan(chance: random.Random) -> Plan:
    return Plan(asked(chance), some_filters(chance), chance.choice([*Sort]), 0, 1000, fold=chance.random() < 0.5)


def listed(answer: Answer) -> dict[str, list[str]]:
    return {found.entry.document.id: [copy.document.id for copy in found.copies] for found in answer.found}


def told(answer: Answer) -> list[tuple[str, float]]:
    return [(found.entry.document.id, found.score) for found in answer.found]


def rounded(engine: WhooshEngine, asked: Plan, expected: Expected) -> dict[str, float]:
    """The scores of the reference, their last digits the engine's: by these it sorts what scores the same."""
    known = dict(engine.ranking(replace(asked, fold=False)))
    scores = expected.full | expected.partial
    return {id: known[id] if isclose(known.get(id, inf), scores[id], rel_tol=SAME) else scores[id] for id in scores}


def assert_as_defined(answer: Answer, ranked: Ranked) -> None:
    expected = ranked.expected
    assert list(listed(answer).items()) == list(ranked.hits.items())
    scores = expected.full | expected.partial
    assert dict(told(answer)) == pytest.approx({id: scores[id] for id in ranked.hits}, rel=SAME, abs=1e-12)
    partial = [found.entry.document.id for found in answer.found if found.partial]
    assert partial == [id for id in ranked.hits if id in expected.partial]
    assert answer.total == len(ranked.hits)
    assert (answer.relaxed.some_words if answer.relaxed else 0) == len(partial)
    assert answer.articles == len(ranked.scores)
    assert answer.counts == expected.counts
    assert answer.undated_left_out == expected.undated_left_out


def assert_pages_are_the_whole(engine: WhooshEngine, asked: Plan, whole: Sequence[tuple[str, float]]) -> None:
    """The best are found without looking at all, so each page is a search of its own."""
    assert list(engine.ranking(asked)) == whole
    for limit in (1, 3):
        pages = [replace(asked, offset=at, limit=limit) for at in range(0, len(whole) + limit, limit)]
        assert [hit for page in pages for hit in engine.ranking(page)] == whole
        assert told(engine.search(pages[-1])) == []
        assert told(engine.search(pages[0])) == whole[:limit]


@pytest.mark.parametrize("part", range(PARTS))
@given(seed=st.integers(0, 2**32), documents=st.integers(1, DOCUMENTS))
@settings(max_examples=COLLECTIONS, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_collection_answers_as_defined(tmp_path: Path, part: int, seed: int, documents: int) -> None:
    chance, folder = random.Random(seed), tmp_path / str(next(_numbers))
    left = write(folder / "parts", history(chance, documents), chance)
    write(folder / "whole", iter([Commit((), [*left.values()], 1.0)]), chance)
    reference = Reference([Read(entry) for entry in left.values()])
    with closing(WhooshEngine(folder / "parts")) as engine, closing(WhooshEngine(folder / "whole")) as whole:
        assert engine.search(replace(plan(chance), tree=Everything(), filters=Filters())).articles == len(left)
        for _ in range(QUERIES if left else 0):
            question = plan(chance)
            expected = reference.search(question.tree, question.filters, fold=question.fold)
            answer = engine.search(question)
            scores = rounded(engine, question, expected)
            assert_as_defined(answer, Ranked(reference.by_id, expected, question, scores))
            assert_pages_are_the_whole(engine, question, told(answer))
            assert whole.ranking(question) == told(answer)
            event("found" if answer.total else "nothing found")
    shutil.rmtree(folder)
