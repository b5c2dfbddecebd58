"""What can go wrong with an index or a taxonomy in a way that the user can act on.

::

    ConcordError
    └── IndexerError            root of this package
        ├── IndexMissing        there is no generation yet
        ├── IndexIncompatible   the generation was written by another version of Concord
        ├── IndexDamaged        the generation can't be read
        ├── IndexLocked         another process is writing
        ├── TaxonomyError       mistakes in domains.toml, all at once
        ├── UnknownValue        a source, domain, language or sort that the collection does not have
        ├── UnknownDocument     no document has this id
        ├── NoWords             an instrument was given a query without words
        ├── NothingChosen       the filters of an instrument leave no document
        ├── NeverFound          an instrument was given what stands in no passage
        ├── NothingToCite       an export was asked for, and there is no hit
        ├── CitationsError      a file of citations or a receipt that can't be read or trusted
        ├── OutputError         a file that can't be written
        ├── UnknownPassage      a document has no passage of this number
        ├── UnknownVersion      a document has no version of this number
        ├── PhraseNeverFound    a phrase that no version of any document has
        ├── NotAPhrase          a phrase without a word in it
        └── JudgmentsError      a test collection that nothing can be measured on
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crawler import ConcordError
from indexer.query.values import Values
from indexer.wording import counted

_SHOWN = 100  # characters of a phrase: a whole page may be pasted as one
_LISTED = 12  # values that a line names; of more, only those that are like the one that was asked for
_LISTS = {"domain": "concord domains list", "source": "concord sources list", "language": "concord search ''"}
"""Kind of a value → the command that shows all of them."""


class IndexerError(ConcordError):
    """Root of the errors of ``indexer``."""


class IndexMissing(IndexerError):
    """There is no generation yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"index {path}: not there yet: build it with 'concord index'")
        self.path = path


class IndexIncompatible(IndexerError):
    """The generation was written by another version of Concord."""

    def __init__(self, path: Path, found: object, expected: object) -> None:
        super().__init__(
            f"index {path}: written in format {found}, this version of Concord reads format {expected}: "
            "build it anew with 'concord index --rebuild'"
        )
        self.path = path
        self.found = found
        self.expected = expected


class IndexDamaged(IndexerError):
    """The generation can't be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"index {path}: damaged ({reason}): build it anew with 'concord index --rebuild'")
        self.path = path
        self.reason = reason


class IndexLocked(IndexerError):
    """Another process is writing."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"index {path}: being written by {holder}: try again when it has finished")
        self.path = path
        self.holder = holder


class TaxonomyError(IndexerError):
    """Mistakes in a taxonomy file, gathered: one line each in ``str()``."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


class UnknownValue(IndexerError):
    """A source, domain, language or sort order that the collection does not have."""

    def __init__(self, kind: str, value: str, known: Sequence[str], *, holder: str = "the collection") -> None:
        super().__init__(f'unknown {kind} "{value}": {_there_is(kind, value, known, holder)}')
        self.kind = kind
        self.value = value
        self.known = tuple(known)


class UnknownDocument(IndexerError):
    """No document has this id."""

    def __init__(self, document_id: str) -> None:
        super().__init__(f"no document \"{document_id}\" in the index: 'concord search' lists ids")
        self.document_id = document_id


class CitationsError(IndexerError):
    """A file of citations or a receipt that can't be read or trusted."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class OutputError(IndexerError):
    """A file that can't be written, or is there already."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class UnknownPassage(IndexerError):
    """A document has no passage of this number."""

    def __init__(self, document_id: str, passage: int, passages: int) -> None:
        super().__init__(f'document "{document_id}" has no passage {passage}: it has {counted(passages, "passage")}')
        self.document_id = document_id
        self.passage = passage
        self.passages = passages


class NoWords(IndexerError):
    """A query that has no word which could stand in a passage: only filters, or only words of titles."""

    def __init__(self, query: str) -> None:
        super().__init__(
            f"the query {' '.join(query.split()) or 'is empty and'} has no word to look for in the passages: "
            "add one (conditions such as source: and title: only choose documents)"
        )
        self.query = query


class NothingChosen(IndexerError):
    """The filters and the conditions of a query leave no document; ``condition``: what none of them is."""

    def __init__(self, documents: int, condition: str) -> None:
        super().__init__(f"nothing to look at: no document {condition}; there are {counted(documents, 'document')}")
        self.condition = condition


class NeverFound(IndexerError):
    """What was asked for stands in no passage of the documents that were looked at; ``corrected``: what was meant."""

    def __init__(self, query: str, documents: int, *, chosen: bool, corrected: str | None) -> None:
        looked_at = f"the documents chosen of {documents:,}" if chosen else f"{documents:,} documents"
        meant = f"; did you mean: {corrected}" if corrected else ""
        super().__init__(f"nothing found: none of {looked_at} has {' '.join(query.split())} in its passages{meant}")
        self.query = query
        self.corrected = corrected


class NothingToCite(IndexerError):
    """A search has no hit to export; ``some_words``: how many documents have some of its words.

    ``corrected``: what was meant.
    """

    def __init__(self, query: str, *, some_words: int, corrected: str | None) -> None:
        some = counted(some_words, "document has", "documents have")
        told = f"; {some} some of the words, which --partial takes too" if some_words else ""
        meant = f"; did you mean: {corrected}" if corrected else ""
        super().__init__(f'nothing found for "{_short(" ".join(query.split()))}": nothing is written{told}{meant}')
        self.query = query
        self.some_words = some_words
        self.corrected = corrected


class UnknownVersion(IndexerError):
    """A document has no version of this number."""

    def __init__(self, document_id: str, version: int, known: Sequence[int]) -> None:
        super().__init__(f'document "{document_id}" has no version {version}: it has {", ".join(map(str, known))}')
        self.document_id = document_id
        self.version = version
        self.known = tuple(known)


class PhraseNeverFound(IndexerError):
    """No version of any document has a phrase."""

    def __init__(self, phrase: str, versions: int, documents: int, source: str | None) -> None:
        where = f' of source "{source}"' if source else ""
        super().__init__(
            f'"{_short(phrase)}": never in {counted(versions, "version")} of {counted(documents, "document")}{where}: '
            "'concord search' finds its words in any order and inflection"
        )
        self.phrase = phrase
        self.versions = versions
        self.documents = documents
        self.source = source


class NotAPhrase(IndexerError):
    """A phrase without a word in it, or one of more characters than ``longest``."""

    def __init__(self, phrase: str, longest: int) -> None:
        super().__init__(
            f"a phrase of {len(phrase):,} characters is too long to follow: a sentence of it will do"
            if len(phrase) > longest
            else f'"{phrase}" has no word in it: write the words to look for, next to each other'
        )
        self.phrase = phrase


class JudgmentsError(IndexerError):
    """A test collection that nothing can be measured on."""


def _there_is(kind: str, value: str, known: Sequence[str], holder: str) -> str:
    if len(known) <= _LISTED:
        return f"{holder} has {', '.join(known) or 'none'}"
    like = Values(frozenset(known), frozenset(known)).like(value)
    near = f"there is {', '.join(like)}; " if like else ""
    return f"{near}'{_LISTS[kind]}' shows them all" if kind in _LISTS else f"{near}{holder} has {len(known):,}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
