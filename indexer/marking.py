"""Marking hits: in a document to read, and in the snippets of its best passages.

The words of one document are a :class:`~indexer.query.match.TermSource`, matched by the rules that the index is
searched by, so exactly what was found is marked: a phrase as a whole, never its stray words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import accumulate
from operator import itemgetter

from indexer.analysis import UNKNOWN, Token, characters, families, family, pieces, tokenize
from indexer.engines.protocol import Expansions, Places
from indexer.query.match import Spans, run_spans, spans
from indexer.query.nodes import Fuzzy, Leaf, Wildcard, Word
from indexer.query.spans import Span

Range = tuple[int, int]
"""Start and end of a hit in a text, in characters."""


class _Words:
    """The words of one text as a term source, each passage in its language; the text is document 0."""

    def __init__(self, passages: Sequence[Sequence[Token]], languages: Sequence[str], expansions: Expansions) -> None:
        self._languages = frozenset(languages)
        self._expansions = expansions
        # By what they look like: a long text has thousands of words and hundreds of different ones.
        self._places: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
        words = ((token, language) for tokens, language in zip(passages, languages, strict=True) for token in tokens)
        for position, (token, language) in enumerate(words):
            self._places.setdefault((token.exact, token.accented, language), []).append((position, position))

    def exact(self, _field: str, forms: Sequence[str]) -> Spans:
        """Where any of these forms stands."""
        found = sorted(span for form in forms for span in self._exact.get(form, ()))
        return {0: found} if found else {}

    def family(self, field: str, word: Word) -> Spans:
        """Where a form of one of the families stands that the search looked for; Chinese as it is written."""
        chars = characters(word.text)
        if chars is not None:
            return run_spans([(at, self.exact(field, (char,))) for at, char in enumerate(chars)], len(chars))
        wanted = self._expansions.get(word) or families([word.text, word.accented or word.text], self._languages)
        found = sorted(span for term in wanted for span in self._families.get(term, ()))
        return {0: found} if found else {}

    @cached_property
    def _exact(self) -> dict[str, list[tuple[int, int]]]:
        places: dict[str, list[tuple[int, int]]] = {}
        for (exact, _, _), found in self._places.items():
            places.setdefault(exact, []).extend(found)
        return places

    @cached_property
    def _families(self) -> dict[str, list[tuple[int, int]]]:
        places: dict[str, list[tuple[int, int]]] = {}
        for (exact, accented, language), found in self._places.items():
            places.setdefault(family(accented or exact, language), []).extend(found)
        return places

    def expand(self, element: Wildcard | Fuzzy) -> Sequence[str]:
        """What the search expanded it to."""
        return self._expansions.get(element, ())


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A text with its hits: ``ranges`` in order and apart, and which leaves of the query they come from."""

    number: int
    text: str
    ranges: tuple[Range, ...]
    leaves: Mapping[Leaf, int]

    def html(self, start: int = 0, end: int | None = None) -> str:
        """``text[start:end]`` with everything escaped and the hits between ``<mark>`` and ``</mark>``."""
        return mark(self.text, self.ranges, start, len(self.text) if end is None else end)


def mark(text: str, ranges: Iterable[Range], start: int, end: int) -> str:
    """Escape ``text[start:end]`` and mark what of the ranges lies within it."""
    parts = []
    at = start
    for first, last in ((max(first, start), min(last, end)) for first, last in ranges):
        if first < last:
            parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    parts.append(escape(text[at:end]))
    return "".join(parts)


def mark_passages(
    texts: Sequence[str], languages: Sequence[str] | str | None, leaves: Sequence[Leaf], expansions: Expansions
) -> list[MarkedPassage]:
    """Find the leaves in consecutive texts, as the index does: words are counted on from one text to the next.

    ``languages`` is the language of each text, or of all; ``expansions`` what the search looked for.
    """
    if not leaves:
        return [MarkedPassage(at + 1, text, (), {}) for at, text in enumerate(texts)]
    tokens = [list(tokenize(text)) for text in texts]
    each = [languages or UNKNOWN] * len(texts) if languages is None or isinstance(languages, str) else languages
    words = _Words(tokens, each, expansions)
    firsts = _first_positions(tokens)
    found: list[list[tuple[Leaf, Range]]] = [[] for _ in texts]
    for leaf in dict.fromkeys(leaves):
        for first, last in spans(words, "body", leaf).get(0, ()):
            _place(leaf, (first, last), firsts, tokens, found)
    return [_marked(at + 1, text, found[at]) for at, text in enumerate(texts)]


def mark_passage(text: str, at: int, places: Places) -> MarkedPassage:
    """The passage at index ``at`` of a text, as :func:`mark_passages` marks it: no other one has to be read."""
    begin, end = places.firsts[at : at + 2]
    bounds = list(accumulate(map(len, pieces(text))))  # the start and the end of each word, in turns
    found = [
        (leaf, (bounds[2 * (max(first, begin) - begin)], bounds[2 * (min(last, end - 1) - begin) + 1]))
        for leaf, spans in places.spans.items()
        for first, last in _touching(spans, begin, end)
    ]
    return _marked(at + 1, text, found)


def _touching(spans: Sequence[Span], begin: int, end: int) -> Sequence[Span]:
    """Those with a word from ``begin`` to before ``end``; none of them holds another, so the ends are in order too."""
    return spans[bisect_left(spans, begin, key=itemgetter(1)) : bisect_left(spans, end, key=itemgetter(0))]


def _first_positions(tokens: Sequence[Sequence[Token]]) -> list[int]:
    firsts, at = [], 0
    for passage in tokens:
        firsts.append(at)
        at += len(passage)
    return firsts


def _place(
    leaf: Leaf,
    span: tuple[int, int],
    firsts: Sequence[int],
    tokens: Sequence[Sequence[Token]],
    found: list[list[tuple[Leaf, Range]]],
) -> None:
    """Give each passage that a span touches its part of it."""
    first, last = span
    for at in range(bisect_right(firsts, first) - 1, bisect_right(firsts, last)):
        passage, begin = tokens[at], firsts[at]
        inside = passage[max(0, first - begin) : last - begin + 1]
        if inside:
            found[at].append((leaf, (inside[0].start, inside[-1].end)))


def _marked(number: int, text: str, found: Sequence[tuple[Leaf, Range]]) -> MarkedPassage:
    counts: dict[Leaf, int] = {}
    for leaf, _ in found:
        counts[leaf] = counts.get(leaf, 0) + 1
    return MarkedPassage(number, text, _apart(sorted(place for _, place in found)), counts)


def _apart(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Overlapping ranges become one."""
    apart: list[Range] = []
    for first, last in ranges:
        if apart and first < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], last))
        else:
            apart.append((first, last))
    return tuple(apart)
