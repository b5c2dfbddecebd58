"""Where the leaves of a query stand in texts, on whole arrays.

The same answers as :func:`indexer.query.match.spans` gives over the passages: words are counted on from one passage to
the next, and nothing reaches from one text into another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis import characters
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.texts import Texts
from indexer.engines.whoosh.wordlist import WordList
from indexer.query.nodes import Either, Element, Exact, Fuzzy, Near, Phrase, Wildcard, Window, Word
from indexer.query.spans import Span, near_spans, window_spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

Joining = Callable[[list[Sequence[Span]]], list[Span]]
"""Makes spans of those of several elements in one text."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of words in the order of their places, none within another one: first and last word of each."""

    firsts: NDArray[np.intp]
    lasts: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.firsts)


_NONE = Stretches(np.zeros(0, np.intp), np.zeros(0, np.intp))


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Finds leaves in ``texts``; ``postings`` tell what words and patterns stand for."""

    texts: Texts
    words: WordList
    postings: Postings

    def stretches(self, element: Element) -> Stretches:
        """Where an element stands."""
        match element:
            case Word(text):
                chars = characters(text)
                if chars is None:
                    return self._words(self.words.with_family(self.postings.families(element)))
                return self._chain([self._words(self.words.with_form((char,))) for char in chars])
            case Exact(text):
                return self._words(self.words.with_form((text,)))
            case Wildcard() | Fuzzy():
                return self._words(self.words.with_form(self.postings.expand(element)))
            case Phrase(elements):
                return self._chain([self.stretches(inner) for inner in elements])
            case Either(elements):
                return _tightest([self.stretches(inner) for inner in elements])
            case Window(elements, distance):
                parts = [self.stretches(inner) for inner in elements]
                return self._text_by_text(parts, lambda found: window_spans(found, distance))
            case Near(left, right, distance):
                parts = [self.stretches(left), self.stretches(right)]
                return self._text_by_text(parts, lambda found: near_spans(found[0], found[1], distance))

    def _words(self, wanted: NDArray[np.bool_]) -> Stretches:
        places = np.flatnonzero(np.take(wanted, self.texts.words)) if wanted.any() else _NONE.firsts
        return Stretches(places, places)

    def _chain(self, parts: Sequence[Stretches]) -> Stretches:
        """The parts one right behind the other."""
        chain = parts[0]
        for part in parts[1:]:
            if not len(chain) or not len(part):
                return _NONE
            wanted = chain.lasts + 1
            at = np.minimum(np.searchsorted(part.firsts, wanted), len(part) - 1)
            follows = (part.firsts[at] == wanted) & (self.texts.text_of(wanted) == self.texts.text_of(chain.lasts))
            chain = Stretches(chain.firsts[follows], part.lasts[at[follows]])
        return chain

    def _text_by_text(self, parts: Sequence[Stretches], join: Joining) -> Stretches:
        """What ``join`` makes of the stretches of each text that all parts stand in."""
        by_text = [self._by_text(part) for part in parts]
        common = set.intersection(*(set(part) for part in by_text))
        joined = [span for text in sorted(common) for span in join([part[text] for part in by_text])]
        pairs = np.array(joined, np.intp).reshape(-1, 2)
        return Stretches(pairs[:, 0], pairs[:, 1])

    def _by_text(self, part: Stretches) -> dict[int, list[Span]]:
        texts = self.texts.text_of(part.firsts)
        found: dict[int, list[Span]] = {}
        for text, first, last in zip(texts.tolist(), part.firsts.tolist(), part.lasts.tolist(), strict=True):
            found.setdefault(text, []).append((first, last))
        return found


def _joined(parts: Sequence[Stretches]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """All stretches, by their first word, then by their last."""
    if len(parts) == 1:
        return parts[0].firsts, parts[0].lasts
    firsts, lasts = (np.concatenate([getattr(part, end) for part in parts]) for end in ("firsts", "lasts"))
    order = np.lexsort((lasts, firsts))
    return firsts[order], lasts[order]


def _tightest(parts: Sequence[Stretches]) -> Stretches:
    """Those of the stretches that hold no other one (:func:`indexer.query.spans.tightest`)."""
    firsts, lasts = _joined(parts)
    if not len(firsts):
        return _NONE
    shortest = np.concatenate(([True], firsts[1:] != firsts[:-1]))
    firsts, lasts = firsts[shortest], lasts[shortest]
    nearest_end = np.minimum.accumulate(lasts[::-1])[::-1]
    kept = np.concatenate((lasts[:-1] < nearest_end[1:], [True]))
    return Stretches(firsts[kept], lasts[kept])


def merged(parts: Sequence[Stretches]) -> Stretches:
    """Stretches that have a word in common become one, as they are one mark in a text."""
    if not parts:
        return _NONE
    firsts, lasts = _joined(parts)
    if not len(firsts):
        return _NONE
    begins = np.concatenate(([True], firsts[1:] > np.maximum.accumulate(lasts)[:-1]))
    starts = np.flatnonzero(begins)
    return Stretches(firsts[starts], np.maximum.reduceat(lasts, starts))
