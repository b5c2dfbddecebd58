"""What a half-typed query can become: which part of it is being typed, and the records of what is proposed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from indexer.analysis import CJK, Token, fold, tokenize
from indexer.engines.protocol import Engine, LabelledDocument, Typed, TypedTitle

AFTER = 8  # words before the last of a phrase, or characters of Chinese, that what is proposed must stand behind
TITLE_WORDS = 30  # typed words; what is longer is no beginning of a title

_QUOTE = re.compile(r'["“”„]')
_VALUE = re.compile(r'(?:^|[\s(+\-])(source|domain|lang|url|date):"?([^\s()"“”„]*)$', re.IGNORECASE)
_IN_TITLE = re.compile(r'(?:^|[\s(+\-])title:[=("“”„]*$', re.IGNORECASE)
_NO_WORD_AFTER = re.compile(r"(?:[*?~]|NEAR/)$")  # inside a pattern, or a distance
_OPERATOR = re.compile(r"(?:AND|OR|NOT|NEAR)$")
_CJK = re.compile(f"[{CJK}]")
_JOINTS = frozenset("-\u2010\u2011/.")
# Operators, conditions, and what must not stand in a document.
_UNSAID = re.compile(
    r"(?:(?<=[\s(])|^)(?:"
    r'(?:-|NOT\s+)(?:"[^"]*"?|\S+)|[+=(]*(?i:source|domain|lang|url|date):(?:"[^"]*"?|\S*)|[+=(]*(?i:title):'
    r"|(?:AND|OR|NOT|NEAR(?:/\d+)?)(?=\s))"
)


@dataclass(frozen=True, slots=True)
class WordSuggestion:
    """A completed word or value; ``query`` is all that was typed with it, ``documents`` how many have this form."""

    text: str
    query: str
    documents: int

    def to_json(self) -> dict[str, Any]:
        """The fields by name."""
        return {"text": self.text, "query": self.query, "documents": self.documents}


@dataclass(frozen=True, slots=True)
class TitleSuggestion:
    """A document whose title has all that was typed; ``date`` has its known parts (ISO 8601)."""

    id: str
    title: str
    source: str
    date: str | None

    def to_json(self) -> dict[str, Any]:
        """The fields by name."""
        return {"id": self.id, "title": self.title, "source": self.source, "date": self.date}


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What ``query`` can become: ``words`` most frequent first, ``titles`` those that start with it first."""

    query: str
    words: tuple[WordSuggestion, ...]
    titles: tuple[TitleSuggestion, ...]

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``/api/v1/suggest``."""
        return {
            "query": self.query,
            "words": [word.to_json() for word in self.words],
            "titles": [title.to_json() for title in self.titles],
        }


def suggest(text: str, limit: int, engine: Engine) -> Suggestions:
    """Complete what is typed at the end of ``text``: up to ``limit`` words, or values of a field, and titles."""
    value = _VALUE.search(text)
    if value:
        return Suggestions(text, _values(text, value, limit, engine), ())
    titles = tuple(_title(entry) for entry in engine.titles(typed_titles(text), limit))
    return Suggestions(text, _words(text, limit, engine), titles)


def _values(text: str, found: re.Match[str], limit: int, engine: Engine) -> tuple[WordSuggestion, ...]:
    kept = text[: found.start(2)]
    documents = best_values(found[2], engine.values(found[1].lower()))
    return tuple(WordSuggestion(value, f"{kept}{value}", count) for value, count in documents[:limit])


def best_values(typed: str, documents: Mapping[str, int]) -> list[tuple[str, int]]:
    """The values of a field that begin as typed, or a part of which does (``judicial/extradition`` for ``extr``)."""
    wanted = fold(typed)
    fitting = [item for item in documents.items() if any(part.startswith(wanted) for part in _parts(item[0]))]
    return sorted(fitting, key=lambda item: (-item[1], item[0]))


def _parts(value: str) -> list[str]:
    """The value from its start, and from each of its parts on."""
    folded = fold(value)
    return [folded, *(folded[found.end() :] for found in re.finditer(r"[/_-]", folded))]


def _words(text: str, limit: int, engine: Engine) -> tuple[WordSuggestion, ...]:
    typed = typed_word(text)
    if typed is None:
        return ()
    kept = text if not typed.prefix else text[: len(text) - typed.length]
    written = text[len(text) - typed.length :] if not typed.prefix else ""
    return tuple(
        WordSuggestion(f"{written}{word}", f"{kept}{word}", documents)
        for word, documents in engine.complete(typed, limit)
    )


def typed_word(text: str) -> Typed | None:
    """The word that is being typed at the end; ``None`` where there is none, or it is no word to search for."""
    tokens = list(tokenize(text))
    if not tokens or tokens[-1].end != len(text) or _OPERATOR.search(text):
        return None
    if _CJK.match(tokens[-1].exact):
        return _typed_run(tokens)
    last = tokens[-1]
    before = text[: last.start]
    if _NO_WORD_AFTER.search(before):
        return None
    quote = _open_quote(before)
    phrase = [token.exact for token in tokens[:-1] if quote is not None and token.start > quote] or _glued(tokens, text)
    return Typed(
        prefix=last.exact,
        length=last.end - last.start,
        after=tuple(phrase[-AFTER:]),
        in_title=_in_title(before if quote is None else before[: quote + 1]),
        one_form=quote is not None or before.endswith("="),
    )


def _glued(tokens: Sequence[Token], text: str) -> list[str]:
    """What a number hangs on: the C of ``C-1``, the 9 of ``9/1``, as not any number stands behind it."""
    glued: list[str] = []
    for token, after in reversed([*pairwise(tokens)]):
        if not after.exact[0].isdigit() or text[token.end : after.start] not in _JOINTS:
            break
        glued.append(token.exact)
    return glued[::-1]


def _typed_run(tokens: Sequence[Token]) -> Typed:
    """Characters written without spaces: what may follow them is asked for."""
    run = [tokens[-1]]
    for token in reversed(tokens[:-1]):
        if token.end != run[-1].start or not _CJK.match(token.exact) or len(run) == AFTER:
            break
        run.append(token)
    return Typed("", run[0].end - run[-1].start, tuple(token.exact for token in reversed(run)), one_form=True)


def _open_quote(text: str) -> int | None:
    quotes = [found.start() for found in _QUOTE.finditer(text)]
    return quotes[-1] if len(quotes) % 2 else None


def _in_title(before: str) -> bool:
    """Whether what follows ``before`` is sought in titles only, brackets behind ``title:`` included."""
    while not _IN_TITLE.search(before):
        opening = _open_bracket(before)
        if opening is None:
            return False
        before = before[: opening + 1] if _IN_TITLE.search(before[: opening + 1]) else before[:opening]
    return True


def _open_bracket(text: str) -> int | None:
    closed = 0
    for at in range(len(text) - 1, -1, -1):
        closed += (text[at] == ")") - (text[at] == "(")
        if closed < 0:
            return at
    return None


def typed_titles(text: str) -> tuple[TypedTitle, ...]:
    """The words that a title must have: those typed, without operators, conditions and what is excluded.

    The last one may be a beginning; none where so much was typed that it is no title.
    """
    said = _UNSAID.sub(lambda found: " " * len(found[0]), text)
    tokens = list(tokenize(said))
    if len(tokens) > TITLE_WORDS:
        return ()
    return tuple(
        TypedTitle(
            token.exact,
            partial=token.end == len(text) and not _CJK.match(token.exact),
            glued=bool(at) and tokens[at - 1].end == token.start,
        )
        for at, token in enumerate(tokens)
    )


def _title(entry: LabelledDocument) -> TitleSuggestion:
    document = entry.document
    return TitleSuggestion(document.id, document.title, document.source, str(document.date) if document.date else None)
