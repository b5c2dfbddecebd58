"""What the instruments must answer, counted in the plain way: every text is read word by word for every question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from indexer.analysis import family, tokenize
from indexer.query.nodes import Leaf, scored_leaves
from indexer.query.parse import parse
from tests.indexer.reference import Reference
from tests.indexer.slow_matching import Read, Span

Chooses = Callable[[Read], bool]


def everything(_: Read) -> bool:
    return True


@dataclass
class Near:
    """A word family near the hits."""

    forms: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        return self.forms.total()


@dataclass(frozen=True)
class Slow:
    """Answers about a query over documents; ``chosen``: those that pass what beside words is asked for."""

    documents: list[Read]
    query: str
    chosen: Chooses = everything

    @property
    def found(self) -> list[Read]:
        """The documents that the query holds for in full."""
        reference = Reference([replace(read) for read in self.documents])
        ids = reference.matches(parse(self.query).tree)
        return [read for read in reference.documents if read.id in ids and self.chosen(read)]

    def leaves(self) -> list[Leaf]:
        return [leaf for leaf, in_title in scored_leaves(parse(self.query).tree) if not in_title]

    def hits(self, read: Read) -> list[Span]:
        """Where any part of the query stands in the passages; what overlaps is one hit."""
        inside = set()
        starts = set()
        for leaf in self.leaves():
            for first, last in read.spans("body", leaf):
                starts.add(first)
                inside |= {(at, at + 1) for at in range(first, last)}
        hits: list[Span] = []
        for first in sorted(starts):
            if hits and first <= hits[-1][1]:
                continue
            last = first
            while (last, last + 1) in inside:
                last += 1
            hits.append((first, last))
        return hits

    def lines(self, read: Read) -> Iterator[tuple[int, int, int]]:
        """Passage (from 1), first and last word in it, of each hit of a document."""
        for first, last in self.hits(read):
            number, begin, end = next(each for each in passages(read) if each[1] <= first < each[2])
            yield number, first - begin, min(last, end - 1) - begin

    def inside(self, read: Read) -> set[int]:
        return {at for first, last in self.hits(read) for at in range(first, last + 1)}

    def near(self, read: Read, span: int) -> set[int]:
        """The words near a hit, each once, none of them part of a hit."""
        places = set()
        for first, last in self.hits(read):
            for _, begin, end in passages(read):
                places |= {at for at in range(begin, end) if begin <= first < end and first - span <= at <= last + span}
        return places - self.inside(read)

    def families_near(self, span: int) -> dict[str, Near]:
        found: dict[str, Near] = {}
        for read in self.found:
            for at in self.near(read, span):
                near = found.setdefault(families(read)[at], Near())
                near.forms[read.tokens["body"][at][0].written] += 1
                near.documents.add(read.id)
        return found

    def population(self) -> list[Read]:
        return [read for read in self.documents if self.chosen(read)]

    def frequencies(self) -> Counter[str]:
        """How often each family stands in all texts that were looked at."""
        return Counter(name for read in self.population() for name in families(read))

    def frequencies_in_hits(self) -> Counter[str]:
        return Counter(families(read)[at] for read in self.found for at in self.inside(read))

    def words(self) -> int:
        return sum(len(read.tokens["body"]) for read in self.population())


def passages(read: Read) -> list[tuple[int, int, int]]:
    """Number (from 1), first word and the word behind the last one of each passage."""
    found = []
    begin = 0
    for number, paragraph in enumerate(read.entry.document.paragraphs, 1):
        length = len(list(tokenize(paragraph)))
        found.append((number, begin, begin + length))
        begin += length
    return found


def families(read: Read) -> list[str]:
    return [family(token.written, language) for token, language in read.tokens["body"]]
