"""Where the leaves of a query stand in texts, on whole arrays.

The same answers as :func:`indexer.query.match.spans` gives over the passages: words are counted on from one passage to
the next, and nothing reaches from one text into another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis import characters
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.texts import Texts
from indexer.engines.whoosh.wordlist import WordList
from indexer.query.nodes import Either, Element, Exact, Fuzzy, Near, Phrase, Wildcard, Window, Word
from indexer.query.spans import Span, window_spans

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
                return self._window({inner: self.stretches(inner) for inner in elements}, Counter(elements), distance)
            case Near(left, right, distance):
                one, other = self.stretches(left), self.stretches(right)
                return _tightest([self._followed(one, other, distance), self._followed(other, one, distance)])

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
            follows = np.flatnonzero(part.firsts[at] == wanted)
            in_one = self.texts.text_of(wanted[follows]) == self.texts.text_of(chain.lasts[follows])
            follows = follows[in_one]
            chain = Stretches(chain.firsts[follows], part.lasts[at[follows]])
        return chain

    def _followed(self, left: Stretches, right: Stretches, distance: int) -> Stretches:
        """Each of ``left`` up to the end of the nearest of ``right`` behind it, as ``spans.near_spans`` has it."""
        at = np.searchsorted(right.firsts, left.lasts, "right")
        before = np.flatnonzero(at < len(right))
        at = at[before]
        near = right.firsts[at] - left.lasts[before] <= distance
        near &= self.texts.text_of(right.firsts[at]) == self.texts.text_of(left.lasts[before])
        return Stretches(left.firsts[before[near]], right.lasts[at[near]])

    def _window(self, parts: Mapping[Element, Stretches], needs: Mapping[Element, int], distance: int) -> Stretches:
        """The tightest stretches that have so many places of each part, no place twice.

        A window ends at a place, and begins at the earliest of the latest places of the parts up to there. Where places
        overlap, which of them is whose is a question of its own: :func:`indexer.query.spans.window_spans`.
        """
        if not all(map(len, parts.values())):
            return _NONE
        firsts, lasts = _joined(list(parts.values()))
        if np.any(firsts[1:] <= np.maximum.accumulate(lasts)[:-1]):
            return self._text_by_text([parts[element] for element in Counter(needs).elements()], distance)
        begins, complete = firsts, np.ones(len(firsts), np.bool_)
        for element, part in parts.items():
            latest = np.searchsorted(part.firsts, firsts, "right") - needs[element]
            begins = np.minimum(begins, part.firsts[np.maximum(latest, 0)])
            complete &= latest >= 0
        complete &= (begins >= lasts - distance) & (begins >= self.texts.starts[self.texts.text_of(firsts)])
        return _tightest([Stretches(begins[complete], lasts[complete])])

    def _text_by_text(self, parts: Sequence[Stretches], distance: int) -> Stretches:
        """The windows of each text that all parts stand in."""
        by_text = [self._by_text(part) for part in parts]
        common = set.intersection(*(set(part) for part in by_text))
        found = [span for text in sorted(common) for span in window_spans([part[text] for part in by_text], distance)]
        pairs = np.array(found, np.intp).reshape(-1, 2)
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
