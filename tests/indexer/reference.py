"""Searching as defined, and as slow as that: every document is read for every leaf of a query, nothing is looked up.

The tests compare the engine with this. Scores are BM25F of Robertson, Zaragoza & Taylor 2004, written from the paper.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise, product

from indexer.analysis import family, tokenize
from indexer.engines.protocol import FacetCounts, Filters, LabelledDocument
from indexer.query.nodes import (
    And,
    DateUnknown,
    DateWithin,
    Element,
    Everything,
    Exact,
    FieldIs,
    Fuzzy,
    InTitle,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Required,
    Wildcard,
    Window,
    Word,
)

Span = tuple[int, int]
Scores = dict[str, float]


def every_phrase(elements: list[list[Span]]) -> list[Span]:
    """Every chain of neighbours."""
    return sorted(
        {
            (chosen[0][0], chosen[-1][1])
            for chosen in product(*elements)
            if all(left[1] + 1 == right[0] for left, right in pairwise(chosen))
        }
    )


def every_near(left: list[Span], right: list[Span], distance: int) -> list[Span]:
    """Each left span with the nearest right one on each side, the tighter one where two are as near."""
    found = set()
    for first, last in left:
        after = [span for span in right if 0 < span[0] - last <= distance]
        before = [span for span in right if 0 < first - span[1] <= distance]
        found |= {(first, min(after)[1])} if after else set()
        found |= {(max(before, key=lambda span: (span[1], span[0]))[0], last)} if before else set()
    return sorted(found)


def every_window(elements: list[list[Span]], distance: int) -> list[Span]:
    """All choices of one place for each element, none twice, that hold no tighter one."""
    windows = {
        (min(chosen)[0], max(chosen)[1])
        for chosen in product(*elements)
        if len(set(chosen)) == len(chosen) and max(chosen)[1] - min(chosen)[0] <= distance
    }
    return sorted(
        window
        for window in windows
        if not any(other != window and window[0] <= other[0] and other[1] <= window[1] for other in windows)
    )


@cache
def fits(pattern: str, word: str) -> bool:
    """Whether a word fits a pattern, character by character."""
    if not pattern:
        return not word
    if pattern[0] == "*":
        return any(fits(pattern[1:], word[at:]) for at in range(len(word) + 1))
    return bool(word) and pattern[0] in ("?", word[0]) and fits(pattern[1:], word[1:])


@cache
def letters_off(one: str, other: str) -> int:
    """Edits between two words: a letter more, less, changed, or swapped with its neighbour (each place once)."""
    table = {(-1, -1): 0}
    for i in range(-1, len(one)):
        for j in range(-1, len(other)):
            ways = [table[i, j]] if (i, j) in table else []
            ways += [table[i - 1, j] + 1] if i >= 0 else []
            ways += [table[i, j - 1] + 1] if j >= 0 else []
            if i >= 0 and j >= 0:
                ways.append(table[i - 1, j - 1] + (one[i] != other[j]))
            if i >= 1 and j >= 1 and (one[i], one[i - 1]) == (other[j - 1], other[j]):
                ways.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(ways)
    return table[len(one) - 1, len(other) - 1]


@dataclass(frozen=True)
class Read:
    """A document's words, field by field."""

    entry: LabelledDocument

    @property
    def id(self) -> str:
        return self.entry.document.id

    @property
    def language(self) -> str:
        return self.entry.document.language or "und"

    @cached_property
    def words(self) -> dict[str, list[str]]:
        document = self.entry.document
        body = " \n ".join(document.paragraphs)
        return {
            name: [token.exact for token in tokenize(text)]
            for name, text in (("title", document.title), ("body", body))
        }

    @cached_property
    def families(self) -> dict[str, list[str]]:
        return {name: [family(word, self.language) for word in words] for name, words in self.words.items()}

    def spans(self, name: str, element: Element) -> list[Span]:
        """Where an element stands in a field."""
        match element:
            case Word(text):
                wanted = family(text, self.language)
                return [(at, at) for at, found in enumerate(self.families[name]) if found == wanted]
            case Exact(text):
                return [(at, at) for at, word in enumerate(self.words[name]) if word == text]
            case Wildcard(pattern):
                return [(at, at) for at, word in enumerate(self.words[name]) if fits(pattern, word)]
            case Fuzzy(text, edits):
                return [(at, at) for at, word in enumerate(self.words[name]) if letters_off(text, word) <= edits]
            case Phrase(elements):
                return every_phrase([self.spans(name, inner) for inner in elements])
            case Window(elements, distance):
                return every_window([self.spans(name, inner) for inner in elements], distance)
            case Near(left, right, distance):
                return every_near(self.spans(name, left), self.spans(name, right), distance)


@dataclass(frozen=True)
class Expected:
    """What an engine must answer, but for the order."""

    full: Scores
    partial: Scores
    counts: FacetCounts
    undated_left_out: int


@dataclass(frozen=True)
class Reference:
    """A collection that is read anew for every question."""

    documents: list[Read]
    memory: dict[tuple[Element, tuple[str, ...]], Scores] = field(default_factory=dict)

    def search(self, tree: Node, filters: Filters) -> Expected:
        full = self.matches(tree)
        relaxed = tree.relaxed() if isinstance(tree, Loose) else None
        few = sum(passes(self.by_id[id], filters) for id in full) < 10
        partial = (
            {id: score for id, score in self.matches(relaxed).items() if id not in full} if relaxed and few else {}
        )
        hits = full | partial
        return Expected(
            {id: score for id, score in full.items() if passes(self.by_id[id], filters)},
            {id: score for id, score in partial.items() if passes(self.by_id[id], filters)},
            self._counts(hits, filters),
            self._undated_left_out([tree, relaxed] if relaxed and few else [tree], hits, filters),
        )

    @cached_property
    def by_id(self) -> dict[str, Read]:
        return {read.id: read for read in self.documents}

    def _counts(self, hits: Scores, filters: Filters) -> FacetCounts:
        def those(*skipped: str) -> list[LabelledDocument]:
            return [self.by_id[id].entry for id in hits if passes(self.by_id[id], filters, *skipped)]

        return FacetCounts(
            Counter(entry.document.source for entry in those("sources")),
            Counter(domain for entry in those("domains") for domain in entry.domain_ids),
            Counter(entry.document.language or "und" for entry in those("languages")),
            Counter(str(entry.document.date or "unknown")[:4].replace("unkn", "unknown") for entry in those("date")),
        )

    def _undated_left_out(self, trees: Sequence[Node], hits: Scores, filters: Filters) -> int:
        """Undated documents that would be hits if a date were whatever is asked for."""
        wished = dict(hits)
        for tree in trees:
            wished |= self.matches(tree, undated_fit=True)
        left_out = [self.by_id[id] for id in wished if not (id in hits and passes(self.by_id[id], filters))]
        return sum(read.entry.document.date is None and passes(read, filters, "date") for read in left_out)

    def matches(self, node: Node, names: tuple[str, ...] = ("title", "body"), *, undated_fit: bool = False) -> Scores:
        """The documents that a tree holds for."""
        parts = [
            self.matches(child, ("title",) if isinstance(node, InTitle) else names, undated_fit=undated_fit)
            for child in getattr(node, "children", [node.child] if hasattr(node, "child") else [])
        ]
        match node:
            case And() | Loose():
                return {
                    id: math.fsum(part[id] for part in parts) for id in self.by_id if all(id in part for part in parts)
                }
            case Or():
                return {
                    id: math.fsum(part.get(id, 0.0) for part in parts)
                    for id in self.by_id
                    if any(id in part for part in parts)
                }
            case Not():
                return {id: 0.0 for id in self.by_id if id not in parts[0]}
            case Required() | InTitle():
                return parts[0]
            case Everything() | FieldIs() | DateWithin() | DateUnknown():
                return {read.id: 0.0 for read in self.documents if holds(node, read, undated_fit=undated_fit)}
            case _:
                return self._leaf(node, names)

    def _leaf(self, leaf: Element, names: tuple[str, ...]) -> Scores:
        if (leaf, names) not in self.memory:
            self.memory[leaf, names] = self._bm25f(leaf, names)
        return self.memory[leaf, names]

    def _bm25f(self, leaf: Element, names: tuple[str, ...]) -> Scores:
        weighted = {}
        for read in self.documents:
            times = {name: len(read.spans(name, leaf)) for name in names}
            if any(times.values()):
                weighted[read.id] = math.fsum(
                    {"title": 3.0, "body": 1.0}[name]
                    * count
                    / (0.25 + 0.75 * len(read.words[name]) / self.average[name])
                    for name, count in times.items()
                )
        idf = math.log1p((len(self.documents) - len(weighted) + 0.5) / (len(weighted) + 0.5))
        return {id: idf * 2.5 * tf / (1.5 + tf) for id, tf in weighted.items()}

    @cached_property
    def average(self) -> dict[str, float]:
        return {
            name: sum(len(read.words[name]) for read in self.documents) / len(self.documents)
            for name in ("title", "body")
        }


def holds(node: Everything | FieldIs | DateWithin | DateUnknown, read: Read, *, undated_fit: bool) -> bool:
    """Whether a condition that searches for no words holds for a document."""
    document = read.entry.document
    match node:
        case Everything():
            return True
        case DateUnknown():
            return document.date is None
        case DateWithin(first, last):
            if document.date is None:
                return undated_fit
            return (not first or document.date.last >= first) and (not last or document.date.first <= last)
        case FieldIs("source", value):
            return document.source == value
        case FieldIs("domain", value):
            return value in read.entry.domain_ids
        case FieldIs("lang", value):
            return read.language == value
        case FieldIs(_, value):
            url = (document.url or "").lower()
            return fits(value.lower(), url) if "*" in value else value.lower() in url


def passes(read: Read, filters: Filters, *skipped: str) -> bool:
    """Whether a document passes the filters but for those skipped."""
    checks = {
        "sources": not filters.sources or read.entry.document.source in filters.sources,
        "domains": not filters.domains or bool(filters.domains & read.entry.domain_ids),
        "languages": not filters.languages or read.language in filters.languages,
        "date": not (filters.since or filters.until)
        or holds(DateWithin(filters.since, filters.until), read, undated_fit=False),
    }
    return all(passed for name, passed in checks.items() if name not in skipped)
