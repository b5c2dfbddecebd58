"""The words of a generation: what words and patterns stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from indexer.analysis import families, family, fold, is_character
from indexer.columnar.forms import Forms, Near
from indexer.columnar.generation import TEXTS, Generation
from indexer.columnar.lexicon import Lexicon
from indexer.columnar.words import word_hash
from indexer.query.nodes import Fuzzy, Wildcard

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

_KEPT = 1024  # patterns whose forms are remembered, and words whose families are
_TOLD = 8  # forms of a word that are looked for: an explanation shows six, and whether there are more
_ACCENTS = ("body_accents", "title_accents")

Key = TypeVar("Key")
Value = TypeVar("Value")


class Vocabulary:
    """The forms of a generation, read where they are asked for. For one thread at a time."""

    def __init__(self, generation: Generation, anywhere: Lexicon) -> None:
        self._generation = generation
        self._anywhere = anywhere
        self._expanded: dict[Wildcard | Fuzzy, tuple[str, ...]] = {}
        self._looked_up: dict[tuple[str, ...], list[str]] = {}
        self._told: dict[tuple[str, ...], list[str]] = {}
        self._accents: dict[str, list[str]] = {}
        self.cut_off: set[Wildcard | Fuzzy] = set()

    @cached_property
    def _forms(self) -> list[Forms]:
        return [Forms(table.field.terms) for table in self._anywhere.tables]

    def documents_with(self, word: str) -> int:
        """In how many documents' bodies or, where that is more, titles a form stands."""
        return self._anywhere.documents(word)

    def expand(self, element: Wildcard | Fuzzy) -> tuple[str, ...]:
        """The forms that ``element`` stands for, no more than its limit, most frequent first."""
        if element not in self._expanded:
            if len(self._expanded) > _KEPT:
                self._expanded.clear()
                self.cut_off.clear()
            forms = self._most_frequent(element)
            if len(forms) > element.limit:
                self.cut_off.add(element)
            self._expanded[element] = tuple(forms[: element.limit])
        return self._expanded[element]

    def _most_frequent(self, element: Wildcard | Fuzzy) -> list[str]:
        """So many forms, and one more where there are more."""
        match element:
            case Wildcard(pattern):
                numbers = [forms.fitting(pattern) for forms in self._forms]
            case Fuzzy(text, edits):
                numbers = [_numbers(forms.near(text, edits)) for forms in self._forms]
        found = self._anywhere.best_of(numbers)
        return [word for word, _ in islice(found, element.limit + 1)]

    def near(self, word: str, edits: int) -> dict[str, int]:
        """The forms no more than so many letters off, each with how many."""
        return {near.form: near.off for forms in self._forms for near in forms.near(word, edits)}

    def family_forms(self, word: str, languages: Sequence[str], typed: str = "") -> list[str]:
        """The forms that a word finds in these languages, most frequent first; no more than an explanation shows.

        A form only counts where a text has it in the language of that family: the Spanish family of "Cuba" would have
        the English "Cuban" in it.
        """
        key = (word, typed, *languages)
        found = self._told.get(key)
        if found is None:
            candidates = self._in_families(self.families(word, languages, typed))
            ordered = (form for form, _ in self._anywhere.most_frequent(candidates))
            forms = (form for form in ordered if self._stands_anywhere(form, candidates[form]))
            found = _kept(self._told, key, list(islice(forms, _TOLD)))
        return found

    def _in_families(self, terms: Iterable[str]) -> dict[str, set[str]]:
        """The forms that any segment has of some families, and of which."""
        found: dict[str, set[str]] = {}
        for term in terms:
            for segment in self._generation.segments:
                words = segment.words
                for number in words.in_family(term):
                    found.setdefault(fold(words.form(number)[0]), set()).add(term)
        return found

    def languages_of(self, terms: Iterable[str]) -> frozenset[str]:
        """The languages of those families that the collection has."""
        return frozenset(term.partition(":")[0] for term in terms if self._has(TEXTS, term))

    def _stands_anywhere(self, form: str, terms: Collection[str]) -> bool:
        """Whether a document has a form as one of these families; sure without a look where it has no other."""
        keys = frozenset(map(word_hash, terms))
        known = (segment.words for segment in self._generation.segments)
        if all(int(words.families[number]) in keys for words in known for number in words.with_form(form)):
            return self.documents_with(form) > 0
        return self._stands(form, terms)

    def _has(self, fields: Iterable[str], term: str) -> bool:
        return any(self._generation.document_frequency(field, term) for field in fields)

    def stands_in(self, form: str, languages: Iterable[str], documents: int) -> bool:
        """Whether so many documents' bodies, or titles, have a form where they are in one of the languages."""
        ways = (form, *self.accented(form))
        terms = {family(way, language) for language in languages for way in ways}
        return self._stands(form, terms, documents)

    def _stands(self, form: str, terms: Iterable[str], documents: int = 1) -> bool:
        return any(self._meetings(text, form, term) >= documents for term in terms for text in TEXTS)

    def _meetings(self, text: str, form: str, term: str) -> int:
        """How many documents have a form as one of a family: both stand at the same place."""
        generation = self._generation
        forms, families = generation.places(text, f"{text}_exact", form), generation.places(text, text, term)
        if not len(forms) or not len(families):
            return 0
        few, many = sorted((forms, families), key=len)
        common = few[many.take(np.searchsorted(many, few), mode="clip") == few]
        documents = np.searchsorted(generation.starts(text), common, "right")
        return int(np.count_nonzero(np.diff(documents))) + 1 if len(documents) else 0

    def families(self, word: str, languages: Sequence[str], typed: str = "") -> list[str]:
        """The families that a folded word may be in, however the collection writes its accents, or as it was typed."""
        key = (word, typed, *languages)
        found = self._looked_up.get(key)
        if found is None:
            found = _kept(self._looked_up, key, self._families_of(word, languages, typed))
        return found

    def _families_of(self, word: str, languages: Sequence[str], typed: str) -> list[str]:
        if is_character(word):
            return [family(word, None)]
        ways = dict.fromkeys((word, typed or word, *self.accented(word)))
        return sorted(families(ways, languages, guess=not typed and not self.documents_with(word)))

    def has_accented(self, form: str) -> bool:
        """Whether some document has a word with just these accents."""
        return self._has(_ACCENTS, form)

    def accented(self, word: str) -> list[str]:
        """The ways in which the collection writes a folded word with accents."""
        found = self._accents.get(word)
        if found is None:
            ways = {
                segment.words.form(number)[0]
                for segment in self._generation.segments
                for number in segment.words.with_form(word)
            }
            found = _kept(self._accents, word, [way for way in sorted(ways - {word}) if self.has_accented(way)])
        return found

    def shown(self, word: str) -> str:
        """A folded word with the accents that it mostly has in the collection: ``niño`` for ``nino``."""
        count = self._generation.document_frequency
        documents = {form: max(count(field, form) for field in _ACCENTS) for form in self.accented(word)}
        usual = min(documents, key=lambda form: (-documents[form], form), default=word)
        return usual if 2 * documents.get(usual, 0) >= self.documents_with(word) else word


def _numbers(found: Sequence[Near]) -> Numbers:
    return np.array([near.number for near in found], np.intp)


def _kept(found: dict[Key, Value], key: Key, value: Value) -> Value:
    if len(found) > _KEPT:
        found.clear()
    found[key] = value
    return value
