"""How long a query may be. What is longer is cut so that the rest can still be read, and the cut is told."""

from __future__ import annotations

from dataclasses import replace

from indexer.analysis import Token, tokenize
from indexer.query.lex import FIELDS, Kind, Lexeme, lex
from indexer.results import Note

MAX_CHARACTERS = 10_000  # a pasted page; what is longer is no question
MAX_WORDS = 200  # words of one query; each costs a walk over its postings
MAX_WINDOW = 10  # words of one "…"~n; all their places are compared
MAX_NEAR = 10  # NEAR in one query; each compares all the places of two things

_WORDS = frozenset({Kind.WORD, Kind.PHRASE})
_INCOMPLETE = frozenset({Kind.AND, Kind.OR, Kind.NEAR, Kind.NOT, Kind.PLUS, Kind.MINUS, Kind.EQUALS, Kind.OPEN})


def bounded(text: str, notes: list[Note]) -> list[Lexeme]:
    """The lexemes up to the limits, ending so that what is left can be read."""
    lexemes: list[Lexeme] = []
    left = MAX_WORDS
    nears = 0
    for lexeme in lex(text):
        nears += lexeme.kind is Kind.NEAR
        if nears > MAX_NEAR:
            notes.append(Note(f"only what stands before the {MAX_NEAR + 1}th NEAR was searched", lexeme.start))
            return _closed(lexemes)
        tokens = _tokens(lexeme) if lexeme.kind in _WORDS or _is_unknown_field(lexeme) else []
        if len(tokens) > left:
            first = lexeme.start + (lexeme.kind is Kind.PHRASE) + tokens[left].start
            notes.append(Note(f"only the first {MAX_WORDS} words were searched", first))
            if left:
                lexemes.append(replace(lexeme, text=lexeme.text[: tokens[left - 1].end]))
            return _closed(lexemes)
        left -= len(tokens)
        lexemes.append(lexeme)
    return lexemes


def _tokens(lexeme: Lexeme) -> list[Token]:
    """The words of a lexeme; the number in ``word~2`` is none."""
    text = lexeme.text
    return [token for token in tokenize(text) if token.start == 0 or text[token.start - 1] != "~"]


def _closed(lexemes: list[Lexeme]) -> list[Lexeme]:
    while lexemes and _needs_more(lexemes[-1]):
        lexemes.pop()
    kinds = [lexeme.kind for lexeme in lexemes]
    end = lexemes[-1].end if lexemes else 0
    return lexemes + [Lexeme(Kind.CLOSE, ")", end, end)] * (kinds.count(Kind.OPEN) - kinds.count(Kind.CLOSE))


def _needs_more(lexeme: Lexeme) -> bool:
    return lexeme.kind in _INCOMPLETE or (lexeme.kind is Kind.FIELD and not _is_unknown_field(lexeme))


def _is_unknown_field(lexeme: Lexeme) -> bool:
    """Those are searched as words."""
    return lexeme.kind is Kind.FIELD and lexeme.text.lower() not in FIELDS
