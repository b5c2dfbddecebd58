"""Labelling: which domains a text is under, and the words that this rests on.

All phrases of a language are one trie over word families; a text is read once. Within a domain the longest phrase takes
its words, so "health care" isn't "health" as well; different domains may rest on the same words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.analysis import UNKNOWN, Token, family, tokenize
from indexer.results import DomainLabel, Evidence

if TYPE_CHECKING:
    from indexer.domains.taxonomy import Node, Taxonomy

# The rule, tuned on the seeds: a news item of 13 passages comes under every domain that it names, a speech of 25 under
# those that it dwells on. A passage that is all about a domain makes up for two that only name it. Narrow domains say
# in the taxonomy how many mentions they need.
TERM_WEIGHT = 1.0
HINT_WEIGHT = 0.5
PASSAGE_NEEDS = 1.0
PASSAGE_GIVES_AT_MOST = 3.0
PASSAGES_A_MENTION = 10  # a document needs a mention for every so many passages, and at least one

# A phrase doesn't reach across these and a space: "trade. Investment" is no "trade investment", "0.7 per cent" is one.
_BREAK = re.compile(r"[.;:!?()\[\]]\s|\s[(\[]")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase of a domain; the ``weight`` of an excluded one is 0."""

    domain: str
    weight: float


@dataclass(slots=True)
class _TrieNode:
    after: dict[str, _TrieNode] = field(default_factory=dict)
    phrases: list[_Phrase] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Match:
    """A phrase found at the words ``start`` to ``end`` (exclusive); ``found_as`` tells different phrases apart."""

    start: int
    end: int
    phrase: _Phrase
    found_as: int

    def overlaps(self, other: _Match) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: _Match) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class _Mention:
    """What a passage says of a domain."""

    weight: float
    terms: tuple[str, ...]


class Labeller:
    """Puts texts under the domains of a taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._tries = {language: _trie(taxonomy, language) for language in _languages(taxonomy)}
        self._order = {node.id: place for place, node in enumerate(taxonomy.nodes)}

    def label_passage(self, text: str, language: str | None) -> dict[str, tuple[str, ...]]:
        """The domains that a passage speaks of, in tree order, with the words found, as they stand in the text.

        A text in a language that the taxonomy has no words of is under no domain; where the language isn't known, all
        languages of the taxonomy are tried.
        """
        mentions = self._mentions(text, language)
        return {domain: mentions[domain].terms for domain in sorted(mentions, key=self._order.__getitem__)}

    def label(
        self, paragraphs: Sequence[str], language: str | None, languages: Sequence[str] = ()
    ) -> tuple[DomainLabel, ...]:
        """The domains of a document, strongest first, then in tree order.

        ``languages`` has the language of each paragraph (``und``: not known), where these differ.
        ``weight`` is the share of its passages that speak of the domain. A domain above one found is not added.
        """
        found: dict[str, list[tuple[int, _Mention]]] = defaultdict(list)
        each = [None if code == UNKNOWN else code for code in languages] or [language] * len(paragraphs)
        for number, (paragraph, code) in enumerate(zip(paragraphs, each, strict=True), 1):
            for domain, mention in self._mentions(paragraph, code).items():
                found[domain].append((number, mention))
        labels = [
            _label(node, found[node.id], len(paragraphs))
            for node in self._taxonomy.nodes
            if node.id in found and _strength(found[node.id]) >= _needed(node, len(paragraphs))
        ]
        return tuple(sorted(labels, key=lambda label: -label.weight))

    def _mentions(self, text: str, language: str | None) -> dict[str, _Mention]:
        languages = self._tries if language is None else [language.lower().split("-")[0]]
        mentions: dict[str, _Mention] = {}
        for code in languages:
            trie = self._tries.get(code)
            if trie is not None:
                for domain, mention in _read(text, trie, code):
                    known = mentions.get(domain)
                    mentions[domain] = mention if known is None else max(known, mention, key=lambda one: one.weight)
        return mentions


def _languages(taxonomy: Taxonomy) -> Iterable[str]:
    return sorted({language for node in taxonomy.nodes for words in (node.terms, node.hints) for language in words})


def _trie(taxonomy: Taxonomy, language: str) -> _TrieNode:
    root = _TrieNode()
    for node in taxonomy.nodes:
        for words, weight in ((node.terms, TERM_WEIGHT), (node.hints, HINT_WEIGHT), (node.excluded, 0.0)):
            for phrase in words.get(language, ()):
                _insert(root, _keys(phrase, language), _Phrase(node.id, weight))
    return root


def _keys(phrase: str, language: str) -> list[str]:
    if phrase.startswith("="):
        return [f"={token.exact}" for token in tokenize(phrase)]
    return [family(token.written, language) for token in tokenize(phrase)]


def _insert(root: _TrieNode, keys: list[str], phrase: _Phrase) -> None:
    place = root
    for key in keys:
        place = place.after.setdefault(key, _TrieNode())
    if phrase not in place.phrases:
        place.phrases.append(phrase)


def _read(text: str, trie: _TrieNode, language: str) -> Iterator[tuple[str, _Mention]]:
    tokens = list(tokenize(text))
    by_domain: dict[str, list[_Match]] = defaultdict(list)
    for match in _matches(text, tokens, trie, language):
        by_domain[match.phrase.domain].append(match)
    for domain, matches in by_domain.items():
        counting = _counting(matches)
        weight = _weight(counting)
        if weight >= PASSAGE_NEEDS:
            yield domain, _Mention(weight, _as_written(text, tokens, counting))


def _matches(text: str, tokens: list[Token], trie: _TrieNode, language: str) -> Iterator[_Match]:
    families = [family(token.written, language) for token in tokens]
    first = trie.after
    for start, token in enumerate(tokens):
        if families[start] in first or f"={token.exact}" in first:
            yield from _from_here(text, tokens, families, trie, start)


def _from_here(text: str, tokens: list[Token], families: list[str], trie: _TrieNode, start: int) -> Iterator[_Match]:
    places = [trie]
    for here in range(start, len(tokens)):
        if here > start and _BREAK.search(text, tokens[here - 1].end, tokens[here].start):
            return
        keys = (families[here], f"={tokens[here].exact}")
        places = [place.after[key] for place in places for key in keys if key in place.after]
        if not places:
            return
        for place in places:
            for phrase in place.phrases:
                yield _Match(start, here + 1, phrase, id(place))


def _counting(matches: list[_Match]) -> list[_Match]:
    """The matches of one domain that count, in the order of the text."""
    excluded = [match for match in matches if not match.phrase.weight]
    candidates = [
        match
        for match in matches
        if match.phrase.weight and not any(no.overlaps(match) and not match.covers(no) for no in excluded)
    ]
    candidates.sort(key=lambda match: (match.start - match.end, -match.phrase.weight, match.start))
    counting: list[_Match] = []
    for match in candidates:
        if not any(match.overlaps(longer) for longer in counting):
            counting.append(match)
    return sorted(counting, key=lambda match: match.start)


def _weight(matches: list[_Match]) -> float:
    """Each term counts, a hint only once however often it stands there."""
    hints = {match.found_as for match in matches if match.phrase.weight == HINT_WEIGHT}
    terms = sum(match.phrase.weight == TERM_WEIGHT for match in matches)
    return TERM_WEIGHT * terms + HINT_WEIGHT * len(hints)


def _as_written(text: str, tokens: list[Token], matches: list[_Match]) -> tuple[str, ...]:
    written = [" ".join(text[tokens[match.start].start : tokens[match.end - 1].end].split()) for match in matches]
    return tuple({words.casefold(): words for words in reversed(written)}.values())[::-1]


def _needed(node: Node, passages: int) -> int:
    return node.mentions or max(1, passages // PASSAGES_A_MENTION)


def _strength(mentions: list[tuple[int, _Mention]]) -> float:
    return sum(min(mention.weight, PASSAGE_GIVES_AT_MOST) for _, mention in mentions)


def _label(node: Node, mentions: list[tuple[int, _Mention]], passages: int) -> DomainLabel:
    evidence = tuple(Evidence(number, mention.terms) for number, mention in mentions)
    return DomainLabel(node.id, node.name, node.root, len(mentions) / passages, evidence)
