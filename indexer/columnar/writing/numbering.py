"""From texts to numbers of words, at the speed of ``findall`` and dictionaries."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.analysis import forms_of, raw_words


class Numbering:
    """Numbers the different words of a segment in the order in which they come.

    A word is a form as it is written (case folded, accents kept) in a language; ``words`` has them by number.
    """

    def __init__(self) -> None:
        self.words: list[tuple[str, str]] = []
        self._by_language: dict[str, _Packed] = {}

    def finish(self) -> list[tuple[str, str]]:
        """The words, when there are no more texts: forgets how to number them, which is most of what it holds."""
        self._by_language.clear()
        return self.words

    def pack(self, text: str, language: str) -> bytes:
        """The numbers of a text's words, four bytes each (little-endian)."""
        packed = self._by_language.get(language)
        if packed is None:
            packed = self._by_language[language] = _Packed(language, self.words)
        return b"".join(map(packed.__getitem__, raw_words(text)))

    def pack_all(self, passages: Iterable[str], languages: Iterable[str]) -> list[bytes]:
        """The same of passages, each in its language."""
        return [self.pack(text, language) for text, language in zip(passages, languages, strict=True)]


class _Packed(dict[str, bytes]):
    """The numbers of the words that a raw word is, packed: one, for an elided word before another two, or none.

    A raw word that is asked for first is looked at; each form gets its number then.
    """

    def __init__(self, language: str, words: list[tuple[str, str]]) -> None:
        super().__init__()
        self._language = language
        self._words = words
        self._forms: dict[str, bytes] = {}

    def __missing__(self, raw: str) -> bytes:
        packed = self[raw] = b"".join(self._number(accented or exact) for exact, accented in forms_of(raw))
        return packed

    def _number(self, written: str) -> bytes:
        known = self._forms.get(written)
        if known is None:
            known = self._forms[written] = len(self._words).to_bytes(4, "little")
            self._words.append((written, self._language))
        return known
