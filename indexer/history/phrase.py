"""Where a phrase stands in the texts of a document: matched as a search matches it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler import Document
from indexer.analysis import fold, tokenize
from indexer.engines.protocol import Expansions
from indexer.errors import NotAPhrase
from indexer.marking import Range, mark_passages
from indexer.query.match import wildcard_regex
from indexer.query.nodes import Either, Exact, Leaf, Near, Phrase, Wildcard, Window, scored_leaves
from indexer.query.parse import parse
from indexer.results import Note

_QUOTES = re.compile('["“”„«»]')
_SURE = 3  # letters; shorter words are looked for by the slow way only


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
        """Raises :class:`NotAPhrase` where there is no word in ``text``."""
        self.text = " ".join(_QUOTES.sub(" ", text).split())
        parsed = parse(f'"{self.text}"')
        self.notes: tuple[Note, ...] = parsed.notes
        leaves = [leaf for leaf, _ in scored_leaves(parsed.tree)]
        if len(leaves) != 1:
            raise NotAPhrase(text)
        self.leaf: Leaf = leaves[0]
        elements = tuple(_elements(self.leaf))
        self._patterns = [each for each in elements if isinstance(each, Wildcard)]
        words = [each.text for each in elements if isinstance(each, Exact)]
        self._sure = [] if _has_ways(self.leaf) else [word for word in words if word.isalpha() and len(word) >= _SURE]

    @property
    def has_patterns(self) -> bool:
        """Whether it stands for forms of words that an index may have more of than it looks for."""
        return bool(self._patterns)

    def may_be_in(self, document: Document) -> bool:
        """Whether :meth:`places` may find it: a look at the letters, ten times as fast."""
        text = fold("\n".join((document.title, *document.paragraphs))).replace(".", "")
        return all(word in text for word in self._sure)

    def places(self, document: Document) -> list[Place]:
        """Where it stands in the title and the passages of a version."""
        if not self.may_be_in(document):
            return []
        language = document.language
        expansions: Expansions = {pattern: _forms(pattern, document) for pattern in self._patterns}
        title = mark_passages([document.title], language, [self.leaf], expansions)[0]
        passages = mark_passages(document.paragraphs, language, [self.leaf], expansions)
        found = [Place(0, title.ranges), *(Place(passage.number, passage.ranges) for passage in passages)]
        return [place for place in found if place.ranges]


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


def _forms(pattern: Wildcard, document: Document) -> Sequence[str]:
    fits = wildcard_regex(pattern.pattern).fullmatch
    words = {token.exact for text in (document.title, *document.paragraphs) for token in tokenize(text)}
    return sorted(word for word in words if fits(word))
