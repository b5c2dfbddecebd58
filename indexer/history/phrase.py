"""Where a phrase stands in the texts of a document: matched as a search matches it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler import Document
from indexer.analysis import fold, tokenize
from indexer.engines.protocol import Expansions
from indexer.errors import NotAPhrase
from indexer.marking import Range, mark_passages
from indexer.query.limits import MAX_CHARACTERS
from indexer.query.match import wildcard_regex
from indexer.query.nodes import Either, Exact, Leaf, Near, Phrase, Wildcard, Window, scored_leaves
from indexer.query.parse import parse
from indexer.results import Note

_LONGEST = MAX_CHARACTERS - len('""')
_QUOTES = re.compile('["“”„«»]')
_FEW = 2  # letters of a script that isn't ASCII; so few may be written in other ways


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase stands: ``ranges`` in passage ``passage``, from 1; 0 is the title."""

    passage: int
    ranges: tuple[Range, ...]


class WrittenPhrase:
    """Words next to each other, as a query in quotation marks has them: case and accents don't count.

    A pattern (``extradit*``) stands for the forms of the text that it is looked for in.
    """

    def __init__(self, text: str) -> None:
        """Raises :class:`NotAPhrase` where there is no word in ``text``, or a query can't be as long."""
        self.text = " ".join(_QUOTES.sub(" ", text).split())
        if len(self.text) > _LONGEST:
            raise NotAPhrase(text, _LONGEST)
        parsed = parse(f'"{self.text}"')
        self.notes: tuple[Note, ...] = parsed.notes
        leaves = [leaf for leaf, _ in scored_leaves(parsed.tree)]
        if len(leaves) != 1:
            raise NotAPhrase(text, _LONGEST)
        self.leaf: Leaf = leaves[0]
        elements = tuple(_elements(self.leaf))
        self._patterns = [each for each in elements if isinstance(each, Wildcard)]
        self._letters = [()] if _has_ways(self.leaf) else [_letters(each) for each in elements]

    @property
    def has_patterns(self) -> bool:
        """Whether it stands for forms of words that an index may have more of than it looks for."""
        return bool(self._patterns)

    def places(self, document: Document) -> list[Place]:
        """Where it stands in the title and the passages of a version."""
        texts = (document.title, *document.paragraphs)
        found = (zip(row, self._marked(texts[row.start : row.stop]), strict=True) for row in self._rows(texts))
        return [Place(at, ranges) for row in found for at, ranges in row if ranges]

    def _rows(self, texts: Sequence[str]) -> list[range]:
        """Which texts it may stand in, a title and then passages; those in a row together, as it may go on in the next.

        A look at the letters, ten times as fast as one at the words.
        """
        folded = [fold(text).replace(".", "") for text in texts]
        if not all(any(_has(text, letters) for text in folded) for letters in self._letters):
            return []
        touched = [at for at, text in enumerate(folded) if self._touches(text)]
        rows = (list(row) for _, row in groupby(enumerate(touched), key=lambda each: (each[1] - each[0], each[1] > 0)))
        return [range(row[0][1], row[-1][1] + 1) for row in rows]

    def _touches(self, folded: str) -> bool:
        """Whether a text may have a word of it, or has no word at all, so that the phrase goes on behind it."""
        return any(_has(folded, letters) for letters in self._letters) or not any(map(str.isalnum, folded))

    def _marked(self, texts: Sequence[str]) -> list[tuple[Range, ...]]:
        expansions: Expansions = {pattern: _forms(pattern, texts) for pattern in self._patterns}
        return [marked.ranges for marked in mark_passages(texts, None, [self.leaf], expansions)]


def _letters(element: Leaf) -> tuple[str, ...]:
    """What stands in every text that has a word of it, as folded; empty where that can't be told by letters."""
    match element:
        case Exact(text):
            parts = [text]
        case Wildcard(pattern):
            parts = re.split("[*?]+", pattern)
        case _:
            parts = []
    return tuple(part for part in parts if part.isalpha() and (part.isascii() or len(part) > _FEW))


def _has(folded: str, letters: Sequence[str]) -> bool:
    return all(part in folded for part in letters)


def _elements(leaf: Leaf) -> Iterator[Leaf]:
    match leaf:
        case Phrase(elements) | Window(elements) | Either(elements):
            for element in elements:
                yield from _elements(element)
        case Near(left, right):
            yield from _elements(left)
            yield from _elements(right)
        case _:
            yield leaf


def _has_ways(leaf: Leaf) -> bool:
    """Whether a part of it may be written in several ways, so that no single word must be there."""
    match leaf:
        case Either():
            return True
        case Phrase(elements) | Window(elements):
            return any(map(_has_ways, elements))
        case _:
            return False


def _forms(pattern: Wildcard, texts: Sequence[str]) -> Sequence[str]:
    fits = wildcard_regex(pattern.pattern).fullmatch
    return sorted(form for form in {token.exact for text in texts for token in tokenize(text)} if fits(form))
