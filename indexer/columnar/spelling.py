"""Which word of the collection was meant by one that it lacks, or hardly has."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import islice

from indexer.analysis import characters
from indexer.columnar.executor.leaves import Leaves
from indexer.columnar.lexicon import DocumentCounts
from indexer.columnar.vocabulary import Vocabulary
from indexer.query.nodes import Exact, Phrase, Word
from indexer.query.spelling import slips

SHORT = 5  # letters; in a word this short two slips make any other word (Paulo: habló)
CONSIDERED = 200  # words at each distance whose slips are weighed, the most frequent
RARE = 2  # documents; a word in more was meant as it is
TIMES = 200  # a word one slip off that is so much more frequent than a rare one is proposed for it
PART = 3  # letters of the shorter of two words written as one
SPLITS = 3  # ways to part a word that are looked up in the collection, the likeliest
# ln of how much likelier than two other slips a space left out is; two words in a row are rarer than either alone.
LEFT_OUT_SPACE = 5.0


class Speller:
    """For one thread at a time. ``leaves``: where words stand, read in all languages of the collection."""

    def __init__(self, vocabulary: Vocabulary, counts: DocumentCounts, leaves: Leaves) -> None:
        self._vocabulary = vocabulary
        self._lexicon = counts.anywhere
        self._leaves = leaves

    def nearest(self, word: str, forms: Sequence[str] = ()) -> str | None:
        """The word, or two words, that were meant by ``word``, with their accents; ``None`` where none is near.

        ``forms``: what the word stands for as it is. Where these are in more than :data:`RARE` documents nothing else
        was meant; where they are in fewer, only a word :data:`TIMES` as frequent, in a language that they are in.
        """
        if not word.isalpha() or characters(word):
            return None  # a Chinese word that isn't there has other characters, not misspelt ones
        meant = self._instead_of_rare(word, forms) if forms else self._instead_of_none(word)
        return " ".join(map(self._vocabulary.shown, meant.split())) if meant else None

    def _instead_of_none(self, word: str) -> str | None:
        likely = [*self._near(word, 1 if len(word) <= SHORT else 2), *self._two_words(word)]
        return min(likely)[1] if likely else None

    def _instead_of_rare(self, word: str, forms: Sequence[str]) -> str | None:
        documents = sum(self._documents(form) for form in forms)
        if documents > RARE or len(word) <= SHORT:
            return None
        enough = max(documents, 1) * TIMES
        languages = self._vocabulary.languages_of(self._leaves.families(Word(word)))
        likely = [
            (cost, meant)
            for cost, meant in self._near(word, 1)
            if meant[0] == word[0]
            and meant not in forms
            and self._documents(meant) >= enough
            and self._vocabulary.stands_in(meant, languages, enough)
        ]
        return min(likely)[1] if likely else None

    def _near(self, word: str, edits: int) -> Iterator[tuple[float, str]]:
        """Words with the cost of having meant them: slips against frequency."""
        near = self._vocabulary.near(word, edits)
        for distance in range(1, edits + 1):
            words = (form for form, off in near.items() if off == distance and form.isalpha())
            for form, count in islice(self._lexicon.most_frequent(words), CONSIDERED):
                yield slips(word, form) - math.log(count), form

    def _two_words(self, word: str) -> Iterator[tuple[float, str]]:
        """Two words that stand next to each other in the collection and make ``word`` together."""
        parts = [(word[:at], word[at:]) for at in range(PART, len(word) - PART + 1)]
        rarer = [(min(self._documents(left), self._documents(right)), left, right) for left, right in parts]
        for count, left, right in nlargest(SPLITS, (each for each in rarer if each[0] > RARE)):
            together = len(self._leaves.hits("body", Phrase((Exact(left), Exact(right)))).documents)
            if together:
                yield LEFT_OUT_SPACE - math.log(min(count, together)), f"{left} {right}"

    def _documents(self, form: str) -> int:
        return self._lexicon.documents(form)
