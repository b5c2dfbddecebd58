"""The words of a generation: what words and patterns stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from whoosh.reading import IndexReader, TermNotFound

from indexer.analysis import families, family, fold, is_character
from indexer.engines.whoosh.counts import Lexicon, live_documents
from indexer.query.match import wildcard_regex
from indexer.query.nodes import Fuzzy, Wildcard

_KEPT = 1024  # patterns whose forms are remembered, and words whose families are
_TOLD = 8  # forms of a word that are looked for: an explanation shows six, and whether there are more
_FIELDS = ("body_exact", "title_exact")
_ACCENTS = ("body_accents", "title_accents")


class Vocabulary:
    """The exact forms of a generation, read when first needed."""

    def __init__(self, reader: IndexReader, anywhere: Lexicon) -> None:
        self._reader = reader
        self._expanded: dict[Wildcard | Fuzzy, tuple[str, ...]] = {}
        self._anywhere = anywhere
        self._segments = [segment for segment, _ in reader.leaf_readers()]
        self._families_by_language: dict[str, dict[str, list[str]]] = {}
        self._looked_up: dict[tuple[str, ...], list[str]] = {}
        self._told: dict[tuple[str, ...], list[str]] = {}
        self.cut_off: set[Wildcard | Fuzzy] = set()

    @cached_property
    def words(self) -> list[str]:
        """Every form, in order."""
        return sorted({term.decode() for field in _FIELDS for term in self._reader.lexicon(field)})

    def documents_with(self, word: str) -> int:
        """In how many documents' bodies or, where that is more, titles a form stands."""
        return self._anywhere.documents(word)

    def _document_frequency(self, field: str, word: str) -> int:
        return live_documents(self._segments, field, word)

    def expand(self, element: Wildcard | Fuzzy) -> tuple[str, ...]:
        """The forms that ``element`` stands for, no more than its limit, most frequent first."""
        if element not in self._expanded:
            if len(self._expanded) > _KEPT:
                self._expanded.clear()
                self.cut_off.clear()
            forms = self._by_frequency(self._candidates(element))
            if len(forms) > element.limit:
                self.cut_off.add(element)
            self._expanded[element] = tuple(forms[: element.limit])
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
        return [word for word, _ in self._anywhere.most_frequent(words)]

    def family_forms(self, word: str, languages: Sequence[str], typed: str = "") -> list[str]:
        """The forms that a word finds in these languages, most frequent first; no more than an explanation shows.

        A form only counts where a text has it in the language of that family: the Spanish family of "Cuba" would have
        the English "Cuban" in it.
        """
        key = (word, typed, *languages)
        if key not in self._told:
            if len(self._told) > _KEPT:
                self._told.clear()
            candidates: dict[str, set[str]] = {}
            for term in self.families(word, languages, typed):
                for form in self._families(term.partition(":")[0]).get(term, ()):
                    candidates.setdefault(form, set()).add(term)
            forms = (form for form in self._by_frequency(sorted(candidates)) if self._stands(form, candidates[form]))
            self._told[key] = list(islice(forms, _TOLD))
        return self._told[key]

    def languages_of(self, terms: Iterable[str]) -> frozenset[str]:
        """The languages of those families that the collection has."""
        here = (term for term in terms if any(self._document_frequency(field, term) for field in ("body", "title")))
        return frozenset(term.partition(":")[0] for term in here)

    def stands_in(self, form: str, languages: Iterable[str], documents: int) -> bool:
        """Whether so many documents' bodies, or titles, have a form where they are in one of the languages."""
        ways = (form, *self.accented(form))
        return self._stands(form, {family(way, language) for language in languages for way in ways}, documents)

    def _stands(self, form: str, terms: Iterable[str], documents: int = 1) -> bool:
        return any(
            sum(1 for _ in islice(self._meetings(field, form, term), documents)) == documents
            for term in terms
            for field in ("body", "title")
        )

    def _meetings(self, field: str, form: str, term: str) -> Iterator[int]:
        """The documents that have a form as one of a family: both stand at the same place."""
        try:
            forms, families = self._reader.postings(f"{field}_exact", form), self._reader.postings(field, term)
        except TermNotFound:
            return
        while forms.is_active() and families.is_active():
            if forms.id() < families.id():
                forms.skip_to(families.id())
            elif families.id() < forms.id():
                families.skip_to(forms.id())
            else:
                if not set(forms.value_as("positions")).isdisjoint(families.value_as("positions")):
                    yield forms.id()
                forms.next()

    def families(self, word: str, languages: Sequence[str], typed: str = "") -> list[str]:
        """The families that a folded word may be in, however the collection writes its accents, or as it was typed."""
        key = (word, typed, *languages)
        if key not in self._looked_up:
            if len(self._looked_up) > _KEPT:
                self._looked_up.clear()
            self._looked_up[key] = self._families_of(word, languages, typed)
        return self._looked_up[key]

    def _families_of(self, word: str, languages: Sequence[str], typed: str) -> list[str]:
        if is_character(word):
            return [family(word, None)]
        ways = dict.fromkeys((word, typed or word, *self.accented(word)))
        return sorted(families(ways, languages, guess=not typed and not self.documents_with(word)))

    def has_accented(self, form: str) -> bool:
        """Whether some document has a word with just these accents."""
        return any(self._document_frequency(field, form) for field in _ACCENTS)

    def accented(self, word: str) -> list[str]:
        """The ways in which the collection writes a folded word with accents."""
        return [
            form for form in self._accented.get(word, ()) if any(self._document_frequency(f, form) for f in _ACCENTS)
        ]

    def shown(self, word: str) -> str:
        """A folded word with the accents that it mostly has in the collection: ``niño`` for ``nino``."""
        documents = {form: max(self._document_frequency(f, form) for f in _ACCENTS) for form in self.accented(word)}
        usual = min(documents, key=lambda form: (-documents[form], form), default=word)
        return usual if 2 * documents.get(usual, 0) >= self.documents_with(word) else word

    @cached_property
    def _accented(self) -> dict[str, list[str]]:
        forms: dict[str, list[str]] = {}
        for term in sorted({term.decode() for field in _ACCENTS for term in self._reader.lexicon(field)}):
            forms.setdefault(fold(term), []).append(term)
        return forms

    def _families(self, language: str) -> dict[str, list[str]]:
        if language not in self._families_by_language:
            families: dict[str, list[str]] = {}
            for word in self.words:
                for written in (word, *self._accented.get(word, ())):
                    families.setdefault(family(written, language), []).append(word)
            self._families_by_language[language] = families
        return self._families_by_language[language]


def _literal_start(pattern: str) -> str:
    for at, char in enumerate(pattern):
        if char in "*?":
            return pattern[:at]
    return pattern
