"""The reference for finding phrases: every phrase is tried at every word of a text, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from indexer.analysis import Token, family, fold, tokenize
from indexer.domains import Taxonomy
from indexer.domains.phrase import Phrase

Found = tuple[int, int, str, float]
"""The first word of a phrase, the one behind its last, the domain and the weight."""

_BRITISH = re.compile(r"(?<=i)s(?=(?:e|es|ed|ers?|ing|ations?)$)")
_BREAK = re.compile(r"[.;:!?()\[\]]\s|\s[(\[]|[\u3001\u3002\u300a-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")


@dataclass(frozen=True)
class SlowText:
    """A text in which the phrases of one language are looked for."""

    text: str
    language: str

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words."""
        return list(tokenize(self.text))

    def find_all(self, taxonomy: Taxonomy) -> set[Found]:
        """Every phrase of every domain, wherever it stands."""
        tokens = self.tokens
        return {
            (start, end, node.id, phrase.weight)
            for node in taxonomy.nodes
            for phrases in (node.terms, node.hints, node.excluded)
            for phrase in phrases.get(self.language, ())
            for keys in [self._keys(phrase)]
            for start in range(len(tokens))
            for end in self._ends(tokens, start, keys, first=True)
        }

    def _keys(self, phrase: Phrase) -> list[str]:
        return [self._ways(token.written)[phrase.is_exact] for token in tokenize(phrase.text)]

    def _ways(self, written: str) -> tuple[str, str]:
        spelt = _BRITISH.sub("z", written) if self.language == "en" else written
        return family(spelt, self.language), f"={fold(spelt)}"

    def _ends(self, tokens: list[Token], at: int, keys: list[str], *, first: bool) -> Iterator[int]:
        if not keys:
            yield at
        elif at < len(tokens) and (first or not self._is_broken(tokens[at - 1], tokens[at])):
            for words, written in self._readings(tokens, at):
                if keys[0] in self._ways(written):
                    yield from self._ends(tokens, at + words, keys[1:], first=False)

    def _readings(self, tokens: list[Token], at: int) -> Iterator[tuple[int, str]]:
        yield 1, tokens[at].written
        if at + 1 < len(tokens):
            following = tokens[at + 1].written
            between = self.text[tokens[at].end : tokens[at + 1].start]
            if between in ("-", "\u2010", "\u2011") and len(following) >= 3:
                yield 2, tokens[at].written + following

    def _is_broken(self, before: Token, token: Token) -> bool:
        return _BREAK.search(self.text[before.end : token.start]) is not None
