"""Finding the phrases of a taxonomy in a text: all phrases of a language are one trie, and a text is read once.

Words are compared by their families, those of an exact phrase by their forms; Chinese is compared character by
character, so a phrase is found inside running text. English words in -ise and -isation are those in -ize and -ization.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import compress, count
from operator import attrgetter, contains
from typing import TYPE_CHECKING, NamedTuple

from indexer.analysis import Memo, family, fold, forms_of, tokenize
from indexer.domains.passage import Passage
from indexer.domains.phrase import Phrase

if TYPE_CHECKING:
    from indexer.domains.taxonomy import Taxonomy

_BRITISH = re.compile(r"(?<=i)s(?=(?:e|es|ed|ers?|ing|ations?)$)")  # "decolonisation" is "decolonization"
_JOINED_FROM = 3  # letters behind a hyphen: "vis-à-vis" isn't "visa"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A phrase as a domain has it; the ``weight`` of an excluded one is 0."""

    domain: str
    weight: float


@dataclass(slots=True, eq=False)
class _Place:
    """Where reading has come to; ``phrases``: those that end here."""

    after: dict[str, _Place] = field(default_factory=dict)
    phrases: list[Wanted] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class _Kind:
    """What a word is to the phrases of a language: two words of one kind are the same to all of them.

    ``keys``: those that are in any phrase. ``begins``: the places that it leads to as a first word. ``alone``: the
    phrases that it is, each with its place. ``goes_on``: the kinds of a next word with which it begins a longer one.
    ``tells_before``: those before which it is worth a look.
    """

    keys: tuple[str, ...]
    begins: tuple[_Place, ...]
    alone: tuple[tuple[Wanted, int], ...]
    goes_on: Set[_Kind]
    tells_before: Set[_Kind]


_Joined = dict[int, _Kind]
"""The kinds of two words that a hyphen parts, read as one, by the place of the first."""


class Match(NamedTuple):
    """A phrase found at the words ``start`` to ``end`` (exclusive); ``found_as`` tells different phrases apart."""

    start: int
    end: int
    phrase: Wanted
    found_as: int

    def overlaps(self, other: Match) -> bool:
        """Whether they share a word."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Match) -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


_match = partial(tuple.__new__, Match)  # half the time of Match(…)


class PhraseTrie:
    """The phrases of all domains in one language."""

    def __init__(self, taxonomy: Taxonomy, language: str) -> None:
        self._language = language
        self._root = _Place()
        self._known: set[str] = set()
        for node in taxonomy.nodes:
            for words in (node.terms, node.hints, node.excluded):
                for phrase in words.get(language, ()):
                    self._insert(phrase, Wanted(node.id, phrase.weight))
        self._kinds = _Kinds(self._root)
        self._by_form = Memo(self._kind_of_form)
        self._by_word = Memo(lambda word: self._by_form[_written(word)])

    def _insert(self, phrase: Phrase, wanted: Wanted) -> None:
        place = self._root
        for token in tokenize(phrase.text):
            related, exact = self._keys_of(token.written)
            key = exact if phrase.is_exact else related
            self._known.add(key)
            place = place.after.setdefault(key, _Place())
        if wanted not in place.phrases:
            place.phrases.append(wanted)

    def _keys_of(self, written: str) -> tuple[str, str]:
        spelt = _BRITISH.sub("z", written) if self._language == "en" else written
        return family(spelt, self._language), f"={fold(spelt)}"

    def _kind_of_form(self, written: str) -> _Kind:
        return self._kinds[tuple(key for key in self._keys_of(written) if key in self._known)]

    def matches(self, passage: Passage) -> list[Match]:
        """Every phrase that stands in a passage, overlapping ones too.

        What a hyphen parts is read as two words and as one: "co-operation" is found as "cooperation" too.
        """
        kinds = [*map(self._by_word.__getitem__, passage.words), self._kinds.nothing]
        joined = self._joined(passage)
        reading = _Reading(passage, kinds, joined)
        read = reading.read_joined_from if joined else reading.read_from
        found: list[Match] = []
        for at in _starts(kinds, joined):
            read(at, found)
        return found

    def _joined(self, passage: Passage) -> _Joined:
        words, joined = passage.words, {}
        for at in passage.hyphenated():
            second = _written(words[at + 1])
            if len(second) >= _JOINED_FROM:
                joined[at] = self._by_form[_written(words[at]) + second]
        return {at: kind for at, kind in joined.items() if kind.keys}


def _written(word: str) -> str:
    ((exact, accented),) = forms_of(word)
    return accented or exact


def _starts(kinds: Sequence[_Kind], joined: _Joined) -> Sequence[int]:
    """Where a phrase may begin, by a word and the next, without Python in between."""
    starts = list(compress(count(), map(contains, map(_TELLS_BEFORE, kinds), kinds[1:])))
    return sorted({*starts, *joined, *(at - 1 for at in joined if at)}) if joined else starts


_TELLS_BEFORE = attrgetter("tells_before")


class _Kinds(dict[tuple[str, ...], _Kind]):
    """The kinds of words by their keys, each made when its first word comes."""

    def __init__(self, root: _Place) -> None:
        super().__init__()
        self._root = root
        self._all: set[_Kind] = set()
        self._having: dict[str, list[_Kind]] = defaultdict(list)
        self._waiting: dict[str, list[set[_Kind]]] = defaultdict(list)
        self.nothing = self[()]

    def __missing__(self, keys: tuple[str, ...]) -> _Kind:
        begins = tuple(self._root.after[key] for key in keys if key in self._root.after)
        alone = tuple((phrase, id(place)) for place in begins for phrase in place.phrases)
        goes_on = self._following(begins)
        kind = self[keys] = _Kind(keys, begins, alone, goes_on, self._all if alone else goes_on)
        self._all.add(kind)
        for key in keys:
            self._having[key].append(kind)
            for others in self._waiting[key]:
                others.add(kind)
        return kind

    def _following(self, begins: Sequence[_Place]) -> set[_Kind]:
        following: set[_Kind] = set()
        for key in {key for place in begins for key in place.after}:
            self._waiting[key].append(following)  # first: another thread may be making a kind
            following.update(self._having[key])
        return following


@dataclass(frozen=True, slots=True)
class _Reading:
    """A passage and the kinds of its words, with one that no phrase has behind the last."""

    passage: Passage
    kinds: Sequence[_Kind]
    joined: _Joined

    def read_from(self, start: int, found: list[Match]) -> None:
        """Add the phrases that begin with a word, in a passage that has no joined words."""
        kind, end = self.kinds[start], start + 1
        for phrase, found_as in kind.alone:
            found.append(_match((start, end, phrase, found_as)))
        places: Sequence[_Place] = kind.begins if self.kinds[end] in kind.goes_on else ()
        while places and (keys := self.kinds[end].keys) and not self.passage.is_broken_before(end):
            places = [place.after[key] for place in places for key in keys if key in place.after]
            end += 1
            for place in places:
                for phrase in place.phrases:
                    found.append(_match((start, end, phrase, id(place))))  # noqa: PERF401 - nearly always one

    def read_joined_from(self, start: int, found: list[Match]) -> None:
        """Add the phrases that begin with a word, which may go on with one word or with two that are one."""
        ends = [(start + 1, place) for place in self.kinds[start].begins]
        if start in self.joined:
            ends += [(start + 2, place) for place in self.joined[start].begins]
        for end, place in ends:  # grows while it is read
            for phrase in place.phrases:
                found.append(_match((start, end, phrase, id(place))))  # noqa: PERF401 - nearly always one
            if place.after:
                self._read_on(end, place.after, ends)

    def _read_on(self, at: int, after: dict[str, _Place], ends: list[tuple[int, _Place]]) -> None:
        """Add where a phrase goes on with the word ``at``, and which word is next there."""
        ways = ((1, self.kinds[at]), (2, self.joined[at])) if at in self.joined else ((1, self.kinds[at]),)
        for words, kind in ways:
            for key in kind.keys:
                place = after.get(key)
                if place is not None and not self.passage.is_broken_before(at):
                    ends.append((at + words, place))
