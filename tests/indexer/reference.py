"""Searching as defined, and as slow as that: every document is read for every leaf of a query, nothing is looked up.

The tests compare the engine with this. Scores are BM25F of Robertson, Zaragoza & Taylor 2004, written from the paper.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import pairwise, product

from indexer.analysis import Token, characters, families, family, tokenize
from indexer.engines.protocol import FacetCounts, Filters, LabelledDocument
from indexer.query.features import features
from indexer.query.nodes import (
    And,
    DateUnknown,
    DateWithin,
    Either,
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
from indexer.query.reading import reading_languages

Span = tuple[int, int]
Scores = dict[str, float]
FIELDS = ("title", "body")


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
    """All pairs that are near, either way round, that hold no tighter one."""
    pairs = {
        (min(one, other)[0], max(one, other)[1])
        for one, other in product(left, right)
        if 0 < max(one, other)[0] - min(one, other)[1] <= distance
    }
    return tightest(pairs)


def tightest(found: set[Span]) -> list[Span]:
    """Those that hold no other."""
    return sorted(
        span
        for span in found
        if not any(other != span and span[0] <= other[0] and other[1] <= span[1] for other in found)
    )


def every_window(elements: list[list[Span]], distance: int) -> list[Span]:
    """All choices of one place for each element, none twice, that hold no tighter one."""
    windows = {
        (min(chosen)[0], max(chosen)[1])
        for chosen in product(*elements)
        if len(set(chosen)) == len(chosen) and max(chosen)[1] - min(chosen)[0] <= distance
    }
    return tightest(windows)


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


def accents(documents: Iterable[Read]) -> dict[str, frozenset[str]]:
    """Folded words → the ways in which these documents write them with accents."""
    found: dict[str, set[str]] = {}
    for read in documents:
        for tokens in read.tokens.values():
            for token, _ in tokens:
                found.setdefault(token.exact, set()).add(token.written)
    return {exact: frozenset(ways) - {exact} for exact, ways in found.items()}


@dataclass(frozen=True)
class Read:
    """A document's words, field by field.

    ``accents``: the ways in which its collection writes folded words; ``reading``: the languages that words are read
    in.
    """

    entry: LabelledDocument
    accents: Mapping[str, frozenset[str]] | None = None
    reading: tuple[str, ...] | None = None

    @property
    def id(self) -> str:
        return self.entry.document.id

    @property
    def language(self) -> str:
        return self.entry.document.language or "und"

    @cached_property
    def tokens(self) -> dict[str, list[tuple[Token, str]]]:
        """Each word with the language it is read in: the document's, or its passage's."""
        document = self.entry.document
        languages = self.entry.passage_languages or [self.language] * len(document.paragraphs)
        return {
            "title": [(token, self.language) for token in tokenize(document.title)],
            "body": [
                (token, language)
                for paragraph, language in zip(document.paragraphs, languages, strict=True)
                for token in tokenize(paragraph)
            ],
        }

    @cached_property
    def words(self) -> dict[str, list[str]]:
        return {name: [token.exact for token, _ in tokens] for name, tokens in self.tokens.items()}

    @property
    def known(self) -> Mapping[str, frozenset[str]]:
        """Folded words with the accents that the collection has for them."""
        return accents([self]) if self.accents is None else self.accents

    def family(self, name: str, word: Word) -> list[Span]:
        """Where a word stands in any inflection, or Chinese in a row."""
        if chars := characters(word.text):
            return self.row(name, chars)
        ways = {word.text, word.accented or word.text, *self.known.get(word.text, ())}
        guess = not word.accented and word.text not in self.known
        tokens = self.tokens[name]
        languages = {language for _, language in tokens if self.reading is None or language in self.reading}
        wanted = {language: families(ways, [language], guess=guess) for language in languages}
        return [
            (at, at)
            for at, (token, language) in enumerate(tokens)
            if family(token.written, language) in wanted.get(language, ())
        ]

    def row(self, name: str, chars: list[str]) -> list[Span]:
        words = self.words[name]
        return [(at, at + len(chars) - 1) for at in range(len(words)) if words[at : at + len(chars)] == chars]

    def spans(self, name: str, element: Element) -> list[Span]:
        """Where an element stands in a field."""
        match element:
            case Word():
                return self.family(name, element)
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
            case Either(elements):
                return tightest({span for inner in elements for span in self.spans(name, inner)})
            case Near(left, right, distance):
                return every_near(self.spans(name, left), self.spans(name, right), distance)

    def times(self, name: str, leaf: Element) -> float:
        """How often a leaf counts in a field: all that has other accents than it was typed with for less than one."""
        found = len(self.spans(name, leaf))
        if not found or not isinstance(leaf, Word | Exact) or leaf.accented not in self.known.get(leaf.text, ()):
            return found
        others = sum(token.exact == leaf.text and token.accented != leaf.accented for token, _ in self.tokens[name])
        return max(found - others, 0) + others / (others + 1) if others else found

    def as_typed(self, name: str, word: Word) -> list[Span]:
        """Where a word stands; nowhere if that is with other accents than it was typed with only."""
        forms = {token.accented for token, _ in self.tokens[name] if token.exact == word.text}
        known = word.accented in self.known.get(word.text, ())
        return [] if known and forms and word.accented not in forms else self.spans(name, word)

    def neighbours(self, name: str, pair: Phrase) -> int:
        """How often the words of a pair stand side by side."""
        return len(every_phrase([self.as_typed(name, word) for word in pair.elements if isinstance(word, Word)]))

    def count(self, gram: str) -> dict[str, float]:
        """How often letters stand in each field, where each word is between underscores."""
        return {name: f"_{'_'.join(words)}_".count(gram) for name, words in self.words.items()}


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
    views: dict[tuple[str, ...], Reference] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = accents(self.documents)
        self.documents[:] = [replace(read, accents=known) for read in self.documents]

    def search(self, tree: Node, filters: Filters) -> Expected:
        languages = {language for read in self.documents for tokens in read.tokens.values() for _, language in tokens}
        languages |= {read.language for read in self.documents}
        reading = reading_languages(tree, filters, sorted(languages))
        if len(reading) == len(languages):
            return self._search(tree, filters)
        if reading not in self.views:
            self.views[reading] = Reference([replace(read, reading=reading) for read in self.documents])
        return self.views[reading]._search(tree, filters)

    def _search(self, tree: Node, filters: Filters) -> Expected:
        full = self.matches(tree)
        relaxed = tree.relaxed() if isinstance(tree, Loose) else None
        few = sum(passes(self.by_id[id], filters) for id in full) < 10 or (relaxed and tree.is_sentence)
        partial = (
            {id: score for id, score in self.matches(relaxed).items() if id not in full} if relaxed and few else {}
        )
        hits = full | partial
        extra = self._second_look(tree, full, partial, filters)
        return Expected(
            {id: score + extra.get(id, 0) for id, score in full.items() if passes(self.by_id[id], filters)},
            {id: score + extra.get(id, 0) for id, score in partial.items() if passes(self.by_id[id], filters)},
            self._counts(hits, filters),
            self._undated_left_out([tree, relaxed] if relaxed and few else [tree], hits, filters),
        )

    def _second_look(self, tree: Node, full: Scores, partial: Scores, filters: Filters) -> Scores:
        """What the pairs and grams of a query add to the hundred best, which are compared with each other."""
        passing = [id for id in full | partial if passes(self.by_id[id], filters)]
        scores = partial | full
        pool = [
            self.by_id[id] for id in sorted(passing, key=lambda id: (id not in full, -scores[id], -self._day(id), id))
        ][:100]
        wanted = features(tree)
        parts = [
            self._bm25f(pool, lambda read, pair=pair: {name: read.neighbours(name, pair) for name in FIELDS}, 0.15)
            for pair in wanted.pairs
        ]
        parts += [
            self._bm25f(pool, lambda read, gram=gram: read.count(gram), 0.15, among=len(pool)) for gram in wanted.grams
        ]
        parts.append({read.id: 0.5 * self._best_passage(read, wanted.words) for read in pool})
        return {read.id: math.fsum(part.get(read.id, 0.0) for part in parts) for read in pool}

    def _best_passage(self, read: Read, words: Sequence[Word]) -> float:
        """The best of all windows of fifty words, each half over the next."""
        places = [(self._idf(word), [first for first, _ in read.as_typed("body", word)]) for word in words]

        def score(start: int) -> float:
            counts = [(idf, sum(start <= place < start + 50 for place in found)) for idf, found in places]
            return math.fsum(idf * 2.5 * count / (1.5 + count) for idf, count in counts)

        return max(map(score, range(0, len(read.words["body"]), 25)), default=0.0)

    def _idf(self, word: Word) -> float:
        found = sum(any(read.spans(name, word) for name in FIELDS) for read in self.documents)
        return math.log1p((len(self.documents) - found + 0.5) / (found + 0.5))

    def _day(self, id: str) -> int:
        published = self.by_id[id].entry.document.date
        return published.first.toordinal() if published else 0

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
            for child in dict.fromkeys(getattr(node, "children", [node.child] if hasattr(node, "child") else []))
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
            self.memory[leaf, names] = self._bm25f(
                self.documents, lambda read: {name: read.times(name, leaf) for name in names}
            )
        return self.memory[leaf, names]

    def _bm25f(
        self,
        documents: list[Read],
        times: Callable[[Read], dict[str, float]],
        weight: float = 1.0,
        among: int | None = None,
    ) -> Scores:
        weighted = {}
        for read in documents:
            counts = times(read)
            if any(counts.values()):
                weighted[read.id] = math.fsum(
                    {"title": 3.0, "body": 1.0}[name]
                    * count
                    / (0.25 + 0.75 * len(read.words[name]) / self.average[name])
                    for name, count in counts.items()
                )
        total = len(self.documents) if among is None else among
        idf = math.log1p((total - len(weighted) + 0.5) / (len(weighted) + 0.5))
        return {id: weight * idf * 2.5 * tf / (1.5 + tf) for id, tf in weighted.items()}

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
