"""Where each key of a TOML file stands: ``tomllib`` keeps no positions, and mistakes are told with their line.

The grammar is that of TOML 1.0; the text must have been read by ``tomllib`` before, so nothing is checked again.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

Keys = tuple[str | int, ...]

_TOKEN = re.compile(
    r'''(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')'''
    r"|(?P<comment>#[^\n]*)|(?P<newline>\n)|(?P<mark>[\[\]{},=.])|(?P<bare>[^\s\"'#\[\]{},=.]+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    kind: str
    line: int


@dataclass
class _Scan:
    """The tokens of a file, read from the left, and the lines found so far."""

    tokens: list[_Token]
    at: int = 0
    lines: dict[Keys, int] = field(default_factory=dict)
    counts: dict[Keys, int] = field(default_factory=dict)

    def peek(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def skip_newlines(self) -> None:
        while self.peek() == "\n":
            self.at += 1


def positions(text: str) -> dict[Keys, int]:
    """The line (from 1) at which each table, key and element of a list stands.

    A path has the number of the table (from 0) behind the name of an array of tables, and of the element behind the key
    of a list: ``("source", 1, "selectors", "drop", 0)``.
    """
    scan = _Scan(list(_tokens(text)))
    table: Keys = ()
    while scan.at < len(scan.tokens):
        if scan.peek() == "\n":
            scan.take()
        elif scan.peek() == "[":
            table = _header(scan)
        else:
            _pair(scan, table)
    return scan.lines


@dataclass(frozen=True, slots=True)
class Span:
    """The lines of one table: from its header to its last key, both included. The lines of a file count from 1."""

    keys: Keys
    first: int
    last: int


def spans(text: str) -> list[Span]:
    """The tables that have a header, in the order of the file; comments between two of them belong to neither."""
    scan = _Scan(list(_tokens(text)))
    found: list[Span] = []
    while scan.at < len(scan.tokens):
        if scan.peek() == "\n":
            scan.take()
        elif scan.peek() == "[":
            first = scan.tokens[scan.at].line
            found.append(Span(_header(scan), first, first))
        else:
            _pair(scan, ())
            if found:
                end = scan.tokens[scan.at - 1]
                found[-1] = replace(found[-1], last=end.line + end.text.count("\n"))
    return found


def _tokens(text: str) -> Iterator[_Token]:
    line, last = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        if match.lastgroup != "comment":
            yield _Token(match[0], str(match.lastgroup), line)


def _header(scan: _Scan) -> Keys:
    line = scan.take().line
    several = scan.peek() == "["
    if several:
        scan.take()
    keys = _keys(scan)
    for _ in range(2 if several else 1):
        scan.take()
    path = _enter(scan, keys[:-1], line)
    if several:
        scan.lines.setdefault((*path, keys[-1]), line)
        number = scan.counts.get((*path, keys[-1]), -1) + 1
        scan.counts[(*path, keys[-1])] = number
        path = (*path, keys[-1], number)
    else:
        path = _enter(scan, keys[-1:], line, path)
    scan.lines.setdefault(path, line)
    return path


def _enter(scan: _Scan, keys: list[str], line: int, start: Keys = ()) -> Keys:
    """The path of ``keys`` below ``start``; the name of an array of tables means its latest table."""
    path = start
    for key in keys:
        path = (*path, key)
        if path in scan.counts:
            path = (*path, scan.counts[path])
        scan.lines.setdefault(path, line)
    return path


def _keys(scan: _Scan) -> list[str]:
    keys = [_name(scan.take())]
    while scan.peek() == ".":
        scan.take()
        keys.append(_name(scan.take()))
    return keys


def _name(token: _Token) -> str:
    if token.kind != "string":
        return token.text
    return str(tomllib.loads(f"x = {token.text}")["x"])


def _pair(scan: _Scan, table: Keys) -> None:
    line = scan.tokens[scan.at].line
    path = table
    for key in _keys(scan):
        path = (*path, key)
        scan.lines.setdefault(path, line)
    scan.take()
    _value(scan, path)


def _value(scan: _Scan, path: Keys) -> None:
    token = scan.take()
    if token.text == "[":
        _list(scan, path)
    elif token.text == "{":
        _inline_table(scan, path)
    else:
        while scan.at < len(scan.tokens) and scan.peek() not in ("\n", ",", "]", "}"):
            scan.take()


def _list(scan: _Scan, path: Keys) -> None:
    number = 0
    while True:
        scan.skip_newlines()
        if scan.peek() == "]":
            break
        if scan.peek() == ",":
            scan.take()
            number += 1
            continue
        scan.lines.setdefault((*path, number), scan.tokens[scan.at].line)
        _value(scan, (*path, number))
    scan.take()


def _inline_table(scan: _Scan, path: Keys) -> None:
    while scan.peek() != "}":
        if scan.peek() in (",", "\n"):
            scan.take()
        else:
            _pair(scan, path)
    scan.take()
