"""The query language: from text to a tree, never failing.

Grammar, loosest first (``docs/query-language.md`` tells it for readers)::

    either   = side { "OR" side }
    side     = both { both }                  side by side: Loose
    both     = unary { "AND" unary }
    unary    = ( "NOT" | "-" | "+" ) unary | near
    near     = primary { "NEAR/n" primary }
    primary  = "(" either ")" | field ":" value | '"' words '"' [ "~n" ] | "=" word | word [ "~" [ n ] ]

What can't be read is told with the character where it went wrong, and the plain words are searched instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.analysis import characters, fold, runs
from indexer.query.changes import with_changes
from indexer.query.dates import parse_date_condition
from indexer.query.habits import foreign_habits, without_weight
from indexer.query.lex import FIELDS, Kind, Lexeme, QueryError
from indexer.query.limits import MAX_CHARACTERS, MAX_WINDOW, MAX_WORDS, bounded
from indexer.query.nodes import (
    And,
    Either,
    Element,
    Everything,
    Exact,
    FieldIs,
    Fuzzy,
    InTitle,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Required,
    Wildcard,
    Window,
    Word,
)
from indexer.query.plain import plain_words
from indexer.query.sharing import shared_out
from indexer.query.variants import spelt
from indexer.query.words import UNSAID, adjacent, cut_words, elements_of
from indexer.results import Note

MAX_DEPTH = 50  # brackets within brackets; the parser recurses
MAX_EDITS = 2

_CHUNK = re.compile(r"(?:\S|(?<=\d)[\u00a0\u2009\u202f](?=\d{3}))+")
_FUZZY = re.compile(r"(.+?)~(\d*)[^\w~*]*")
_OPERATORS = frozenset({Kind.AND, Kind.OR, Kind.NEAR})
_AS_WRITTEN = frozenset({Kind.NOT, Kind.MINUS, Kind.NEAR})
_OPERANDS = frozenset({Kind.WORD, Kind.PHRASE, Kind.EQUALS, Kind.FIELD, Kind.OPEN})


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """The tree, and what its writer should know about how it was read."""

    text: str
    tree: Node
    notes: tuple[Note, ...] = ()


def parse(text: str) -> ParsedQuery:
    """Read a query. Any text gets a tree; mistakes become notes with their position."""
    notes: list[Note] = []
    if len(text) > MAX_CHARACTERS:
        notes.append(Note(f"the query was cut off after {MAX_CHARACTERS:,} characters", MAX_CHARACTERS))
        text = text[:MAX_CHARACTERS]
    try:
        parser = _Parser(text, notes)
        tree = parser.parse()
    except QueryError as error:
        tree = _fallback(text, error, notes)
    return ParsedQuery(text, shared_out(with_changes(tree)), tuple(notes))


def _fallback(text: str, error: QueryError, notes: list[Note]) -> Node:
    words = plain_words(text)[:MAX_WORDS]
    instead = "searched the plain words instead" if words else "that leaves no word, so every document is shown"
    notes.append(Note(f"{error.message}; {instead}", error.position))
    return _together(Loose, words)


def _together(kind: type[And | Or | Loose], parts: Sequence[Node]) -> Node:
    """The parts that say something."""
    said = tuple(part for part in parts if part is not UNSAID)
    if not said:
        return UNSAID
    return said[0] if len(said) == 1 else kind(said)


def _alternatives(node: Node) -> Node:
    """Things of which any may stand somewhere, as one element, where they can be that."""
    if isinstance(node, Or) and all(isinstance(child, Element) for child in node.children):
        return Either(tuple(child for child in node.children if isinstance(child, Element)))
    return node


class _Parser:
    def __init__(self, text: str, notes: list[Note]) -> None:
        self._lexemes = bounded(text, notes)
        self._notes = notes
        self._length = len(text)
        self._at = 0
        self._depth = 0

    def parse(self) -> Node:
        if not self._lexemes:
            return UNSAID
        self._tell_habits()
        tree = self._either()
        left_over = self._peek()
        if left_over is not None:
            raise QueryError("this closing bracket has no partner", left_over.start)
        return tree

    def _tell_habits(self) -> None:
        for lexeme in self._lexemes:
            if lexeme.kind is Kind.WORD:
                self._notes += (Note(message, lexeme.start) for message in foreign_habits(lexeme.text))

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _take(self, *kinds: Kind) -> Lexeme | None:
        lexeme = self._peek()
        if lexeme is not None and lexeme.kind in kinds:
            self._at += 1
            return lexeme
        return None

    def _either(self) -> Node:
        sides = [self._side()]
        while operator := self._take(Kind.OR):
            self._needs_operand(operator)
            sides.append(self._side())
        return _together(Or, sides)

    def _side(self) -> Node:
        parts: list[Node] = []
        while (lexeme := self._peek()) is not None and lexeme.kind not in (Kind.OR, Kind.CLOSE):
            part = self._both()
            # Chinese that was cut into words: these stand side by side with those around them.
            parts += part.children if lexeme.kind is Kind.WORD and isinstance(part, Loose) else (part,)
        if lexeme is not None and lexeme.kind is Kind.OR and self._starts_operand():
            raise QueryError("OR needs something on both sides", lexeme.start)
        return _together(Loose, parts)

    def _starts_operand(self) -> bool:
        before = self._lexemes[self._at - 1] if self._at else None
        return before is None or before.kind in (Kind.OPEN, Kind.OR)

    def _both(self) -> Node:
        parts = [self._unary()]
        while operator := self._take(Kind.AND):
            self._needs_operand(operator)
            parts.append(self._unary())
        return _together(And, parts)

    def _needs_operand(self, operator: Lexeme) -> None:
        following = self._peek()
        if following is None or following.kind in _OPERATORS or following.kind is Kind.CLOSE:
            raise QueryError(f"{operator.text} needs something on both sides", operator.start)

    def _unary(self) -> Node:
        lexeme = self._take(Kind.NOT, Kind.MINUS, Kind.PLUS)
        if lexeme is None:
            return self._near()
        following = self._peek()
        if following is None or following.kind in _OPERATORS or following.kind is Kind.CLOSE:
            raise QueryError(f"{lexeme.text} needs something behind it", lexeme.start)
        operand = self._deeper(lexeme, self._unary)
        if operand is UNSAID:  # a dash before punctuation is punctuation
            return operand
        return Required(operand) if lexeme.kind is Kind.PLUS else Not(operand)

    def _near(self) -> Node:
        left = self._primary()
        while operator := self._take(Kind.NEAR):
            self._needs_operand(operator)
            left, right = _alternatives(left), _alternatives(self._primary())
            if not isinstance(left, Element) or not isinstance(right, Element):
                raise QueryError(f"{operator.text} takes words, phrases and (either OR other) only", operator.start)
            if operator.number == 0:
                self._notes.append(Note("no word is 0 words away; searched with NEAR/1", operator.start))
            left = Near(left, right, operator.number or 1, operator.start)
        return left

    def _primary(self) -> Node:
        lexeme = self._peek()
        if lexeme is None:
            raise QueryError("something is missing at the end", self._length)
        self._at += 1
        match lexeme.kind:
            case Kind.OPEN:
                return self._group(lexeme)
            case Kind.FIELD:
                return self._field(lexeme)
            case Kind.PHRASE:
                return self._phrase(lexeme)
            case Kind.EQUALS:
                return self._exact(lexeme)
            case Kind.WORD:
                return self._word(lexeme)
            case _:
                raise QueryError(f"{lexeme.text} needs something on both sides", lexeme.start)

    def _group(self, opening: Lexeme) -> Node:
        tree = self._deeper(opening, self._either)
        if self._take(Kind.CLOSE) is None:
            raise QueryError("this opening bracket has no partner", opening.start)
        return tree

    def _deeper(self, lexeme: Lexeme, inner: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(f"more than {MAX_DEPTH} brackets, signs or fields within each other", lexeme.start)
        tree = inner()
        self._depth -= 1
        return tree

    def _field(self, lexeme: Lexeme) -> Node:
        name = lexeme.text.lower()
        if name not in FIELDS:
            return self._unknown_field(lexeme)
        following = self._peek()
        if following is None or following.kind not in _OPERANDS:
            raise QueryError(f"{name}: needs its value right behind the colon", lexeme.start)
        if name == "title":
            child = self._deeper(lexeme, self._primary)
            return child if child is UNSAID else InTitle(child)
        return self._condition(name, lexeme)

    def _unknown_field(self, lexeme: Lexeme) -> Node:
        known = ", ".join(FIELDS)
        self._notes.append(Note(f'unknown field "{lexeme.text}" (there are {known}); searched as words', lexeme.start))
        word = Word(fold(lexeme.text), lexeme.start)
        following = self._peek()
        if following is None or following.kind not in _OPERANDS:
            return word
        return _together(And, (word, self._deeper(lexeme, self._primary)))

    def _condition(self, name: str, lexeme: Lexeme) -> Node:
        found = self._take(Kind.WORD, Kind.PHRASE)
        value = found.text.strip().rstrip(",;") if found else ""
        if found is None or not value:
            raise QueryError(f"{name}: needs its value right behind the colon", lexeme.start)
        if name == "url":
            return FieldIs(name, value, lexeme.start)
        if name != "date":
            return FieldIs(name, value.lower(), lexeme.start)  # these values are written in small letters
        try:
            return parse_date_condition(value)
        except ValueError as error:
            raise QueryError(str(error), found.start) from None

    def _phrase(self, lexeme: Lexeme) -> Node:
        elements: list[Element] = []
        for chunk in _CHUNK.finditer(lexeme.text):
            elements += elements_of(chunk[0], lexeme.start + 1 + chunk.start(), Exact)
        if lexeme.number is not None and len(elements) > 1:
            return self._window(elements, lexeme.number, lexeme.start)
        return adjacent(elements, lexeme.start)

    def _window(self, elements: Sequence[Element], distance: int, start: int) -> Window:
        if len(elements) > MAX_WINDOW:
            cut = elements[MAX_WINDOW].start
            self._notes.append(Note(f"only the first {MAX_WINDOW} words within a distance were searched", cut))
            elements = elements[:MAX_WINDOW]
        least = len(elements) - 1
        if distance < least:
            self._notes.append(Note(f"{len(elements)} words need ~{least} at least; searched with that", start))
        return Window(tuple(elements), max(distance, least), start)

    def _exact(self, lexeme: Lexeme) -> Node:
        word = self._take(Kind.WORD)
        if word is None:
            raise QueryError("= needs a word behind it", lexeme.start)
        elements = elements_of(word.text, word.start, Exact)
        if any(isinstance(element, Wildcard) for element in elements) or _FUZZY.fullmatch(word.text):
            raise QueryError("= takes a word as it is, without *, ? or ~", lexeme.start)
        return adjacent(elements, word.start)

    def _word(self, lexeme: Lexeme) -> Node:
        if lexeme.text == "*":
            return Everything()
        fuzzy = _FUZZY.fullmatch(lexeme.text)
        if fuzzy:
            return self._fuzzy(fuzzy[1], fuzzy[2], lexeme.start)
        text = without_weight(lexeme.text)
        elements = elements_of(text, lexeme.start, Word)
        if self._is_cut(lexeme, elements):
            return _together(Loose, cut_words(text, lexeme.start))
        return spelt(text, elements, lexeme.start)

    def _is_cut(self, lexeme: Lexeme, elements: Sequence[Element]) -> bool:
        """Whether a run of Chinese is cut into words: not where it is excluded, or has its place by another thing."""
        before = self._lexemes[self._at - 2].kind if self._at > 1 else None
        after = self._peek()
        as_written = before in _AS_WRITTEN or (after is not None and after.kind is Kind.NEAR)
        return not as_written and all(isinstance(element, Word) for element in elements) and bool(runs(lexeme.text))

    def _fuzzy(self, text: str, edits: str, start: int) -> Node:
        number = int(edits[:3]) if edits else 1
        elements = elements_of(text, start, Word)
        if any(isinstance(element, Wildcard) for element in elements):
            raise QueryError("~ takes a word without * or ?", start)
        if len(elements) > 1 or any(isinstance(element, Word) and characters(element.text) for element in elements):
            self._notes.append(Note(f"~ takes a single word; {text} was searched as it is", start))
        if number > MAX_EDITS:
            self._notes.append(Note(f"{text}~{edits}: searched with {MAX_EDITS} letters off, the most there is", start))
        match elements:
            case [Word(word, at)] if number and not characters(word):
                return Fuzzy(word, min(number, MAX_EDITS), at)
        return adjacent(elements, start)
