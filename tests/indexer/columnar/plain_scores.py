"""BM25F of Robertson, Zaragoza & Taylor 2004 over lists of words: what an executor must find, in plain Python."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.query.nodes import And, Exact, Node, Not, Or, Phrase

Words = Mapping[str, Sequence[str]]
WEIGHTS = (3.0, 1.0)  # of titles, of bodies


@dataclass(frozen=True)
class Plain:
    """Titles and bodies by the ids of their documents."""

    titles: Words
    bodies: Words

    def matches(self, node: Node) -> dict[str, float]:
        """The documents that a query holds for, with their scores."""
        match node:
            case Exact(word):
                return self._leaf([word])
            case Phrase(elements):
                return self._leaf([each.text for each in elements if isinstance(each, Exact)])
            case And(children):
                parts = [self.matches(child) for child in dict.fromkeys(children)]
                common = set.intersection(*map(set, parts))
                return {each: math.fsum(part[each] for part in parts) for each in common}
            case Or(children):
                parts = [self.matches(child) for child in dict.fromkeys(children)]
                return {each: math.fsum(part.get(each, 0.0) for part in parts) for each in set().union(*parts)}
            case Not(child):
                return dict.fromkeys(self.titles.keys() - self.matches(child), 0.0)
            case _:
                raise NotImplementedError(node)

    def _leaf(self, row: Sequence[str]) -> dict[str, float]:
        fields = (self.titles, self.bodies)
        weighted: dict[str, float] = {}
        for words, weight in zip(fields, WEIGHTS, strict=True):
            average = sum(map(len, words.values())) / len(words)
            for each, text in words.items():
                times = _times(text, row)
                if times:
                    normalised = weight * times / (0.25 + 0.75 * len(text) / average)
                    weighted[each] = weighted.get(each, 0.0) + normalised
        idf = math.log(1 + (len(self.titles) - len(weighted) + 0.5) / (len(weighted) + 0.5))
        return {each: idf * 2.5 * frequency / (1.5 + frequency) for each, frequency in weighted.items()}


def _times(text: Sequence[str], row: Sequence[str]) -> int:
    if len(row) == 1:
        return text.count(row[0])
    return sum(text[at : at + len(row)] == row for at in range(len(text) - len(row) + 1))
