"""Whoosh's own matchers are an oracle of the executor: they walk the same files, one posting at a time.

Both answer queries over ``body_exact`` of documents without titles. What is one leaf here and several terms in Whoosh
(phrases, patterns) is scored by how often Whoosh finds it.
"""

from __future__ import annotations

import math
import os
import random
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from whoosh import index, matching, query, scoring
from whoosh.searching import SearchContext

from crawler import DateBasis, Document, PublicationDate
from indexer.engines.protocol import Filters, LabelledDocument, Plan
from indexer.engines.whoosh import WhooshEngine
from indexer.query.nodes import And, Exact, Node, Not, Or, Phrase, Wildcard
from indexer.results import Sort
from tests.indexer.columnar.histories import Commit, write
from tests.indexer.samples import NOW

if TYPE_CHECKING:
    from whoosh.reading import IndexReader
    from whoosh.searching import Searcher

COLLECTIONS, PARTS = {"quick": (30, 1), "thorough": (100, 10)}[os.environ.get("CONCORD_FAULTS", "quick")]
"""``make faults`` sets the variable to ``thorough``."""
QUERIES = 10  # a collection: writing one takes longer than asking it
DOCUMENTS = 25
FIELD = "body_exact"
WORDS = ["treaty", "trade", "tariff", "visa", "vista", "a", "ab", "abc", "zoo", "of"]
PREFIXES = ["t", "tr", "v", "a", "ab", "x"]
SAME = 1e-9  # of two scores: sums of the same numbers in another order

_numbers = count()


def entry(chance: random.Random, number: int) -> LabelledDocument:
    words = " ".join(chance.choices(WORDS, [10 - at for at in range(len(WORDS))], k=chance.randint(0, 25)))
    day = chance.choice([None, "2008-11-05", "2009-01-31"])
    published = PublicationDate.parse(day, DateBasis.GIVEN) if day else None
    return LabelledDocument(
        Document(f"d{number:02}", "mfa", None, "", (words,) if words else (), published, "en", 1, NOW), (), frozenset()
    )


def history(chance: random.Random, documents: int) -> Iterator[Commit]:
    """Some commits that add, change and remove documents, the segments merged or not."""
    yield Commit((), [entry(chance, number) for number in range(documents)], 1.0)
    for _ in range(chance.randrange(5)):
        removed = [f"d{number:02}" for number in range(documents) if chance.random() < 0.1]
        added = [entry(chance, number) for number in range(documents) if chance.random() < 0.2]
        yield Commit(removed, added, chance.choice([0.0, 0.0, 0.0, 0.5, 1.0]))


def tree(chance: random.Random, depth: int = 3) -> Node:
    """A query that Whoosh has the same of."""
    match chance.randrange(8) if depth else 7:
        case 0 | 1:
            return And(tuple(tree(chance, depth - 1) for _ in range(chance.randint(2, 4))))
        case 2 | 3:
            return Or(tuple(tree(chance, depth - 1) for _ in range(chance.randint(2, 4))))
        case 4:
            return And((tree(chance, depth - 1), Not(tree(chance, depth - 1))))
        case 5:
            return Phrase(tuple(map(Exact, chance.choices(WORDS, k=chance.choice([2, 2, 3])))))
        case 6:
            return Wildcard(f"{chance.choice(PREFIXES)}*")
        case _:
            return Exact(chance.choice([*WORDS, "absent"]))


class Leaf(query.Query):
    """What is a leaf of ours: scored by how often it is found, whatever it is made of."""

    def __init__(self, found: query.Query, bm25: Bm25) -> None:
        self.found = found
        self.bm25 = bm25

    def matcher(self, searcher: Searcher, context: Any = None) -> matching.Matcher:
        child = self.found.matcher(searcher, SearchContext(needs_current=True))
        lengths = searcher.reader().column_reader("body_length")
        return Counted(child, self.idf(searcher), lengths, self.bm25)

    def estimate_size(self, reader: IndexReader) -> int:
        size: int = self.found.estimate_size(reader)
        return size

    def idf(self, searcher: Searcher) -> float:
        whole = searcher.get_parent()
        return self.bm25.idf(sum(1 for _ in whole.docs_for_query(self.found)))


class Counted(matching.WrappingMatcher):
    def __init__(self, child: matching.Matcher, idf: float, lengths: Any, bm25: Bm25) -> None:
        super().__init__(child)
        self.idf, self.lengths, self.bm25 = idf, lengths, bm25

    def copy(self) -> Counted:
        return Counted(self.child.copy(), self.idf, self.lengths, self.bm25)

    def _replacement(self, newchild: matching.Matcher) -> Counted:
        return Counted(newchild, self.idf, self.lengths, self.bm25)

    def supports_block_quality(self) -> bool:
        return False

    def score(self) -> float:
        return self.bm25.score(len(self.spans()), self.idf, self.lengths[self.id()])


@dataclass(frozen=True)
class Bm25(scoring.WeightingModel):
    """Our formula for a field alone, of the documents that aren't deleted."""

    searcher: Searcher

    @cached_property
    def lengths(self) -> list[int]:
        reader = self.searcher.reader()
        column = reader.column_reader("body_length")
        return [column[number] for number in reader.all_doc_ids()]

    def idf(self, documents: int) -> float:
        return math.log(1 + (len(self.lengths) - documents + 0.5) / (documents + 0.5))

    def score(self, frequency: float, idf: float, length: int) -> float:
        weighted = frequency / (0.25 + 0.75 * length / (sum(self.lengths) / len(self.lengths)))
        return idf * 2.5 * weighted / (1.5 + weighted)

    def scorer(self, searcher: Searcher, fieldname: str, text: bytes, qf: int = 1) -> Scorer:
        documents = sum(1 for _ in self.searcher.docs_for_query(query.Term(fieldname, text)))
        return Scorer(self, self.idf(documents), searcher.reader().column_reader("body_length"))


class Scorer(scoring.BaseScorer):
    def __init__(self, bm25: Bm25, idf: float, lengths: Any) -> None:
        self.bm25, self.idf, self.lengths = bm25, idf, lengths

    def score(self, matcher: matching.Matcher) -> float:
        return self.bm25.score(matcher.weight(), self.idf, self.lengths[matcher.id()])


def whooshs(node: Node, bm25: Bm25) -> query.Query:
    """The same query as Whoosh has it. What is said twice counts once here."""
    match node:
        case And((wanted, Not(unwanted))):
            # Not its AndNot: that keeps the first hit where the unwanted begins in an earlier document.
            return query.Require(whooshs(wanted, bm25), query.Not(whooshs(unwanted, bm25)))
        case And(children):
            return query.And([whooshs(child, bm25) for child in dict.fromkeys(children)])
        case Or(children):
            return query.Or([whooshs(child, bm25) for child in dict.fromkeys(children)])
        case Phrase(elements):
            words = [element.text for element in elements if isinstance(element, Exact)]
            return Leaf(query.Phrase(FIELD, words, slop=1), bm25)
        case Wildcard(pattern):
            return Leaf(query.Prefix(FIELD, pattern.removesuffix("*")), bm25)
        case Exact(word):
            return query.Term(FIELD, word)
        case _:
            raise NotImplementedError(node)


def walked(searcher: Searcher, bm25: Bm25, node: Node) -> dict[str, float]:
    """What Whoosh's matchers find, with the scores."""
    ids = searcher.reader().column_reader("id")
    return {ids[hit.docnum]: hit.score for hit in searcher.search(whooshs(node, bm25), limit=None)}


def day(entry: LabelledDocument) -> int:
    published = entry.document.date
    return published.first.toordinal() if published else 0


@pytest.mark.parametrize("part", range(PARTS))
@given(seed=st.integers(0, 2**32), documents=st.integers(1, DOCUMENTS))
@settings(max_examples=COLLECTIONS, deadline=None, suppress_health_check=list(HealthCheck))
def test_whooshs_matchers_find_the_same(tmp_path: Path, part: int, seed: int, documents: int) -> None:
    chance, folder = random.Random(seed), tmp_path / str(next(_numbers))
    left = write(folder, history(chance, documents), chance)
    days = {document_id: day(each) for document_id, each in left.items()}
    with ExitStack() as stack:
        engine = stack.enter_context(closing(WhooshEngine(folder)))
        searcher = stack.enter_context(index.open_dir(str(folder)).searcher())
        bm25 = Bm25(searcher)
        weighted = stack.enter_context(index.open_dir(str(folder)).searcher(weighting=bm25))
        event("several segments" if not searcher.reader().is_atomic() else "one segment")
        for _ in range(QUERIES if left else 0):
            node = tree(chance)
            found = engine.ranking(Plan(node, Filters(), Sort.RELEVANCE, 0, 1000))
            expected = walked(weighted, bm25, node)
            assert dict(found) == pytest.approx(expected, rel=SAME), node
            # What scores the same may differ in the last digit: it is sorted by that.
            assert found == sorted(found, key=lambda hit: (-hit[1], -days[hit[0]], hit[0])), node
            event("found" if found else "nothing found")
    shutil.rmtree(folder)
