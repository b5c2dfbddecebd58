"""Completing words and titles from the terms of a generation. Every step is bounded, however much there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from itertools import islice

from indexer.analysis import CJK_PREFIX, is_character
from indexer.engines.protocol import Typed, TypedTitle
from indexer.engines.whoosh.counts import DocumentCounts, Lexicon
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.table import DocumentTable, Row
from indexer.engines.whoosh.vocabulary import Vocabulary
from indexer.query.match import Spans, spans
from indexer.query.nodes import Element, Exact, Phrase, Word

CONSIDERED = 200  # forms of one beginning, the most frequent; enough for a list of families
READ = 200  # documents, the newest, in which is looked for what stands behind the words before
FOLLOWING = 50  # forms whose places are read to see whether they stand behind the words typed before
TITLE_FORMS = 256  # forms of titles that a beginning stands for, the most frequent

_FIELDS = ("title", "body")


class Completer:
    """For one thread at a time, as the postings it reads."""

    def __init__(
        self,
        table: DocumentTable,
        vocabulary: Vocabulary,
        counts: DocumentCounts,
        postings: Postings,
    ) -> None:
        self._table = table
        self._vocabulary = vocabulary
        self._counts = counts
        self._postings = postings

    def complete(self, typed: Typed, limit: int) -> list[tuple[str, int]]:
        """Forms, with the accents they mostly have, and their documents; most frequent first.

        Of a family only the most frequent form, as a search for it finds the others, unless one form was asked for.
        """
        found = self._following(typed) if typed.after else self._starting(typed)
        kept = islice(found if typed.one_form else self._families(found), limit)
        return [(self._vocabulary.shown(word), documents) for word, documents in kept]

    def _lexicon(self, typed: Typed) -> Lexicon:
        return self._counts.titles if typed.in_title else self._counts.anywhere

    def _starting(self, typed: Typed) -> Iterator[tuple[str, int]]:
        lexicon = self._lexicon(typed)
        return islice(lexicon.most_frequent(lexicon.starting_with(typed.prefix)), CONSIDERED)

    def _families(self, found: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
        seen: set[str] = set()
        for word, documents in found:
            families = set(self._vocabulary.families(word, self._table.read_in))
            if families.isdisjoint(seen):
                yield word, documents
            seen |= families

    def _following(self, typed: Typed) -> list[tuple[str, int]]:
        """Forms that stand right behind the words before, and in how many of the :data:`READ` newest they do."""
        candidates = [word for word, _ in islice(self._starting(typed), FOLLOWING)] if typed.prefix else []
        fields = ("title",) if typed.in_title else _FIELDS
        words = candidates or self._next_characters(typed.after[-1])
        counts = [self._behind(field, _phrase(typed.after), words) for field in fields]
        counted = [(-max(count[word] for count in counts), word) for word in words]
        return [(word, -count) for count, word in sorted(counted) if count]

    def _behind(self, field: str, before: Element, words: Iterable[str]) -> Counter[str]:
        """In how many documents each word stands right behind something."""
        source = self._postings.within(sorted(self._newest_with(field, before)))
        follow = {number: {end + 1 for _, end in places} for number, places in spans(source, field, before).items()}
        counts: Counter[str] = Counter()
        for word in words:
            for number, places in source.exact(field, (word,)).items():
                counts[word] += any(start in follow.get(number, ()) for start, _ in places)
        return counts

    def _newest_with(self, field: str, before: Element) -> list[int]:
        """The newest documents that have the words of something, up to :data:`READ`."""
        words = before.elements if isinstance(before, Phrase) else (before,)
        found = [self._postings.frequencies(field, word).keys() for word in words]
        rows = (self._table.rows[number] for number in set(found[0]).intersection(*found[1:]))
        return [row.number for row in nsmallest(READ, rows, key=lambda row: (-row.first, row.id))]

    def _next_characters(self, character: str) -> list[str]:
        """The characters that follow one in most documents, from the terms of two characters in a row."""
        pairs = self._counts.pairs
        start = f"{CJK_PREFIX}{character}"
        longer = [term for term in pairs.starting_with(start) if term != start]
        return [term.removeprefix(start) for term, _ in islice(pairs.most_frequent(longer), FOLLOWING)]

    @cached_property
    def _values(self) -> Mapping[str, Counter[str]]:
        rows = self._table.rows.values()
        return {
            "source": Counter(row.source for row in rows),
            "domain": Counter(domain for row in rows for domain in row.domains),
            "lang": Counter(row.language for row in rows),
        }

    def values(self, field: str) -> Mapping[str, int]:
        """The values of a field with their documents; none for one that isn't a list of values."""
        return self._values.get(field, {})

    def titles(self, words: Sequence[TypedTitle], limit: int) -> list[Row]:
        """Documents with all ``words`` in their title: those that start with them, then newer ones; one a story."""
        if not words:
            return []
        places = [self._title_places(group) for group in _groups(words)]
        numbers = set(places[0]).intersection(*places[1:])
        starting = _at_start(places, numbers)
        ranked = sorted(
            (self._table.rows[number] for number in numbers),
            key=lambda row: (row.number not in starting, -row.first, row.id),
        )
        stories = {row.story: row for row in reversed(ranked)}
        return [row for row in ranked if stories[row.story] is row][:limit]

    def _title_places(self, group: Sequence[TypedTitle]) -> Spans:
        if group[-1].partial:
            lexicon = self._counts.titles
            forms = lexicon.most_frequent(lexicon.starting_with(group[-1].text))
            return self._postings.exact("title", [word for word, _ in islice(forms, TITLE_FORMS)])
        return spans(self._postings, "title", _phrase([word.text for word in group]))


def _phrase(words: Sequence[str]) -> Element:
    if all(map(is_character, words)):
        return Word("".join(words))  # read from pairs of characters: fewer places than of each character
    elements = tuple(Exact(word) for word in words)
    return elements[0] if len(elements) == 1 else Phrase(elements)


def _groups(words: Sequence[TypedTitle]) -> list[list[TypedTitle]]:
    """Words, and characters of Chinese that were written next to each other together."""
    groups: list[list[TypedTitle]] = []
    for word in words:
        if groups and word.glued and not word.partial:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _at_start(places: Sequence[Spans], numbers: set[int]) -> set[int]:
    """The documents in which the groups stand one after the other from the first word on."""
    ends = dict.fromkeys(numbers, -1)
    for found in places:
        ends = {number: end for number, before in ends.items() for start, end in found[number] if start == before + 1}
    return set(ends)
