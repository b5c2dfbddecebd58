"""From the text of a query to its lexemes, each with where it starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a lexeme is."""

    WORD = auto()
    PHRASE = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()
    PLUS = auto()
    MINUS = auto()
    EQUALS = auto()
    FIELD = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``text`` is what the kind needs: a word, the inside of quotes, a field's name; ``number`` is a distance."""

    kind: Kind
    text: str
    start: int
    end: int
    number: int | None = None


class QueryError(Exception):
    """What is wrong with a query, and at which character (from 0). Stays inside the parser."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


_SPACE = re.compile(r"\s+")
_QUOTE = re.compile(r'["“”„]')
_PHRASE_DISTANCE = re.compile(r"~(\d+)")
_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_NEAR = re.compile(r"NEAR(?:/(\d+))?")
_NEAR_DEFAULT = 10
# A colon makes a field only between letters and a value: "9:30", "China: a policy" and "https://…" are words.
_FIELD = re.compile(r"([A-Za-z]+):(?!//)(?=\S)")
_BARE_FIELD = re.compile(r"(?:title|source|domain|lang|url|date):(?=\s|$)")
# A space that doesn't break, between digits, is part of a number: 2 500.
_RUN = re.compile(r'(?:[^\s()"“”„]|(?<=\d)[\u00a0\u2009\u202f](?=\d{3}))+')
_PREFIXES = {"+": Kind.PLUS, "-": Kind.MINUS, "=": Kind.EQUALS}
_RULE = re.compile(r"([-+=])\1+")  # several of one sign are a rule, an arrow or an option, no operator

FIELDS = ("title", "source", "domain", "lang", "url", "date", "change")
_VALUE_FIELDS = frozenset(FIELDS) - {"title"}


def lex(query: str) -> Iterator[Lexeme]:
    """The lexemes of ``query`` in order; raises :class:`QueryError` for what can't be read."""
    at = 0
    while at < len(query):
        space = _SPACE.match(query, at)
        if space:
            at = space.end()
            continue
        lexeme = _next(query, at)
        yield lexeme
        at = lexeme.end
        value = _value(query, lexeme)
        if value:
            yield value
            at = value.end


def _value(query: str, field: Lexeme) -> Lexeme | None:
    """What stands behind a field that takes a plain value: nothing in it is an operator (``url:host:8000``)."""
    if field.kind is not Kind.FIELD or field.text.lower() not in _VALUE_FIELDS:
        return None
    run = _RUN.match(query, field.end)
    return Lexeme(Kind.WORD, run[0], field.end, run.end()) if run else None


def _next(query: str, at: int) -> Lexeme:
    char = query[at]
    if char == "(":
        return Lexeme(Kind.OPEN, char, at, at + 1)
    if char == ")":
        return Lexeme(Kind.CLOSE, char, at, at + 1)
    if _QUOTE.match(char):
        return _phrase(query, at)
    rule = _RULE.match(query, at)
    if rule:
        return Lexeme(Kind.WORD, rule[0], at, rule.end())
    if char in _PREFIXES and at + 1 < len(query) and not query[at + 1].isspace() and query[at + 1] != ")":
        return Lexeme(_PREFIXES[char], char, at, at + 1)
    bare = _BARE_FIELD.match(query, at)
    if bare:
        raise QueryError(f"{bare[0]} needs its value right behind the colon", at)
    found = _FIELD.match(query, at)
    if found:
        return Lexeme(Kind.FIELD, found[1], at, found.end())
    return _word(query, at)


def _phrase(query: str, at: int) -> Lexeme:
    closing = _QUOTE.search(query, at + 1)
    if closing is None:
        raise QueryError("this quotation mark has no partner", at)
    inside = query[at + 1 : closing.start()]
    distance = _PHRASE_DISTANCE.match(query, closing.end())
    if distance is None:
        return Lexeme(Kind.PHRASE, inside, at, closing.end())
    return Lexeme(Kind.PHRASE, inside, at, distance.end(), _number(distance[1]))


def _word(query: str, at: int) -> Lexeme:
    run = _RUN.match(query, at)
    if run is None:  # pragma: no cover - each excluded character is handled before
        raise QueryError("this can't be read", at)
    text = run[0]
    if text in _OPERATORS:
        return Lexeme(_OPERATORS[text], text, at, run.end())
    near = _NEAR.fullmatch(text)
    if near:
        return Lexeme(Kind.NEAR, text, at, run.end(), _number(near[1]) if near[1] else _NEAR_DEFAULT)
    return Lexeme(Kind.WORD, text, at, run.end())


def _number(digits: str) -> int:
    # No text is longer than this many words; int() of a very long run of digits would raise.
    return int(digits[:6])
