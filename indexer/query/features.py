"""What a second look at the best documents looks for: the words of a query, neighbours, and groups of letters.

*Pairs* are words that stand next to each other in the query (the ordered bigrams of Metzler & Croft 2005, "A Markov
random field model for term dependencies"). *Grams* are four letters in a row of a word with its ends marked, ``_tax_``
gives ``_tax`` and ``tax_`` (McNamee & Mayfield 2004, "Character n-gram tokenization for European language text
retrieval"); of Chinese they are two characters in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from indexer.analysis import CJK
from indexer.query.nodes import And, Either, Loose, Node, Or, Phrase, Required, Word

GRAM = 4  # letters; 4 and 5 do best in European languages (McNamee & Mayfield 2004)
BOUNDARY = "_"  # no word has it: it parts tokens

_CJK = re.compile(rf"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Features:
    """The plain words, pairs and grams of a query, each once, in the order of the query."""

    words: tuple[Word, ...]
    pairs: tuple[Phrase, ...]
    grams: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words)


def features(tree: Node) -> Features:
    """The features of the plain words of a query, as they were typed; none of what is exact or a pattern."""
    words = dict.fromkeys(_words(tree))
    pairs = dict.fromkeys(Phrase(pair) for pair in _neighbours(tree))
    letters = dict.fromkeys(gram for word in words for gram in grams(word.text))
    return Features(tuple(words), tuple(pairs), tuple(letters))


def grams(word: str) -> tuple[str, ...]:
    """The grams of a folded word, as they stand in :func:`lettering`."""
    if _CJK.match(word):
        return tuple(BOUNDARY.join(pair) for pair in pairwise(word)) or (f"{BOUNDARY}{word}{BOUNDARY}",)
    padded = f"{BOUNDARY}{word}{BOUNDARY}"
    return tuple(padded[at : at + GRAM] for at in range(max(1, len(padded) - GRAM + 1)))


def lettering(words: Iterable[str]) -> str:
    """The folded words of a text in one string in which grams can be counted."""
    return f"{BOUNDARY}{BOUNDARY.join(words)}{BOUNDARY}"


def _words(node: Node) -> Iterator[Word]:
    match node:
        case Word():
            yield node
        case Phrase(children) | And(children) | Or(children) | Loose(children):
            for child in children:
                yield from _words(child)
        case Either(ways):
            yield from _words(ways[0])
        case Required(child):
            yield from _words(child)
        case _:
            return


def _neighbours(node: Node) -> Iterator[tuple[Word, Word]]:
    match node:
        case Loose(children):
            yield from ((left, right) for left, right in pairwise(_flat(children)) if left and right)
        case And(children) | Or(children):
            for child in children:
                yield from _neighbours(child)
        case Required(child):
            yield from _neighbours(child)
        case _:
            return


def _flat(children: tuple[Node, ...]) -> Iterator[Word | None]:
    """The plain words in a row, those of hyphenated ones apart; ``None`` parts what are no neighbours."""
    for child in children:
        match child:
            case Word():
                yield child
            case Either(ways):
                yield from _flat(ways[:1])
            case Phrase(inner) | Loose(inner):
                yield from _flat(inner)
            case _:
                yield None
