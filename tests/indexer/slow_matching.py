"""Where the parts of a query stand in a text, as defined: every choice of places is looked at, nothing is looked up.

The tests compare the matching of postings, and of the words of one text, with this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise, product

from indexer.analysis import Token, characters, families, family, tokenize
from indexer.engines.protocol import LabelledDocument
from indexer.query.nodes import (
    Either,
    Element,
    Exact,
    Fuzzy,
    Near,
    Phrase,
    Wildcard,
    Window,
    Word,
)

Span = tuple[int, int]
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
    def story(self) -> str:
        """What near copies of one document have in common."""
        return self.entry.document.lead or self.id

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
        """How many words of each field have these letters, an underscore at their ends; or two characters in a row."""
        one, mark, other = gram.partition("_")
        if one and mark and other:
            return {name: list(pairwise(words)).count((one, other)) for name, words in self.words.items()}
        return {name: sum(gram in f"_{word}_" for word in words) for name, words in self.words.items()}
