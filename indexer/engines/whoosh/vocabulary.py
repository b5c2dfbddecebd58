"""The words of a generation: what patterns and misspelt words stand for, and which word was meant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from whoosh.reading import IndexReader, TermNotFound

from indexer.analysis import family
from indexer.query.match import wildcard_regex
from indexer.query.nodes import Fuzzy, Wildcard

MAX_EXPANSIONS = 1024  # forms that one pattern may stand for; the most frequent are kept, and the cut is told
_SHORT = 4  # letters; in a word this short two edits make any other word
_FIELDS = ("body_exact", "title_exact")


class Vocabulary:
    """The exact forms of a generation, read when first needed."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._expanded: dict[Wildcard | Fuzzy, tuple[str, ...]] = {}
        self.cut_off: set[Wildcard | Fuzzy] = set()

    @cached_property
    def words(self) -> list[str]:
        """Every form, in order."""
        return sorted({term.decode() for field in _FIELDS for term in self._reader.lexicon(field)})

    def documents_with(self, word: str) -> int:
        """In how many documents' bodies or, where that is more, titles a form stands."""
        return max(self._document_frequency(field, word) for field in _FIELDS)

    def _document_frequency(self, field: str, word: str) -> int:
        try:
            if self._reader.has_deletions():  # doc_frequency() counts replaced documents as well
                return sum(1 for _ in self._reader.postings(field, word).all_ids())
            return int(self._reader.doc_frequency(field, word))
        except TermNotFound:
            return 0

    def expand(self, element: Wildcard | Fuzzy) -> tuple[str, ...]:
        """The forms that ``element`` stands for, at most :data:`MAX_EXPANSIONS`, most frequent first."""
        if element not in self._expanded:
            if len(self._expanded) > MAX_EXPANSIONS:
                self._expanded.clear()
                self.cut_off.clear()
            forms = self._by_frequency(self._candidates(element))
            if len(forms) > MAX_EXPANSIONS:
                self.cut_off.add(element)
            self._expanded[element] = tuple(forms[:MAX_EXPANSIONS])
        return self._expanded[element]

    def _candidates(self, element: Wildcard | Fuzzy) -> Sequence[str]:
        match element:
            case Wildcard(pattern):
                fits = wildcard_regex(pattern).fullmatch
                return [word for word in self._starting_with(_literal_start(pattern)) if fits(word)]
            case Fuzzy(text, edits):
                near = extract(text, self.words, scorer=OSA.distance, score_cutoff=edits, limit=None)
                return [word for word, _, _ in near]

    def _starting_with(self, start: str) -> Sequence[str]:
        if not start:
            return self.words
        first = bisect_left(self.words, start)
        return self.words[first : bisect_left(self.words, start + "\U0010ffff", first)]

    def _by_frequency(self, words: Sequence[str]) -> list[str]:
        counted = [(-self.documents_with(word), word) for word in words]
        return [word for count, word in sorted(counted) if count]

    def family_forms(self, word: str, languages: Sequence[str]) -> list[str]:
        """The forms of the word's families in these languages, most frequent first."""
        found: set[str] = set()
        for language in languages:
            found.update(self._families(language).get(family(word, language), ()))
        return self._by_frequency(sorted(found))

    def _families(self, language: str) -> dict[str, list[str]]:
        if language not in self._families_by_language:
            families: dict[str, list[str]] = {}
            for word in self.words:
                families.setdefault(family(word, language), []).append(word)
            self._families_by_language[language] = families
        return self._families_by_language[language]

    @cached_property
    def _families_by_language(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def nearest(self, word: str) -> str | None:
        """The form fewest letters away, among those the most frequent; ``None`` where none is near."""
        if not word.isalpha():
            return None
        edits = 1 if len(word) <= _SHORT else 2
        near = extract(word, self.words, scorer=OSA.distance, score_cutoff=edits, limit=None)
        counted = [(distance, self.documents_with(form), form) for form, distance, _ in near if form.isalpha()]
        candidates = [(distance, -count, form) for distance, count, form in counted if count]
        return min(candidates)[2] if candidates else None


def _literal_start(pattern: str) -> str:
    for at, char in enumerate(pattern):
        if char in "*?":
            return pattern[:at]
    return pattern
