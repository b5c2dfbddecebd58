"""Changing ``config.toml`` and keeping every comment of it: text is put in and taken out, nothing is written anew.

What comes out is read again before it replaces the file, and must say what the file said, but for the change. The file
is replaced in one step, with its permissions; where it changed since it was read, nothing is written.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import tomlkit

from crawler.errors import ConfigError
from crawler.positions import Span, spans


def section_text(values: Mapping[str, Any]) -> str:
    """A ``[[source]]`` with these keys, in their order; a mapping among them becomes a section of its own below."""
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    lines = ["[[source]]", *(f"{key} = {_value(value)}" for key, value in values.items() if key not in tables)]
    for name, table in tables.items():
        lines += ["", f"[source.{name}]", *(f"{key} = {_value(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def add_source(path: Path, before: str, section: str, contact: str | None = None) -> None:
    """Put ``section`` at the end of the file, which must still be ``before``; with ``contact``, that into ``[crawl]``.

    Raises :class:`ConfigError` where the file changed meanwhile, or where it is written in a way that a section can't
    be added to.
    """
    source = tomllib.loads(section)["source"][0]

    def change(data: dict[str, Any]) -> None:
        data.setdefault("source", []).append(source)
        if contact is not None:
            data.setdefault("crawl", {})["contact"] = contact

    text = _with_contact(before, contact) if contact is not None else before
    _replace(path, before, f"{text.rstrip()}\n\n{section}".lstrip("\n"), change)


def remove_source(path: Path, before: str, name: str) -> None:
    """Take the ``[[source]]`` of that name out, with its own sections and the comment right above it.

    Raises :class:`ConfigError` where the file changed meanwhile, or has no such section in double brackets.
    """
    names = [table.get("name") for table in tomllib.loads(before).get("source", [])]
    nth = names.index(name)

    def change(data: dict[str, Any]) -> None:
        del data["source"][nth]
        if not data["source"]:
            del data["source"]

    lines = before.splitlines(keepends=True)
    for span in reversed([span for span in spans(before) if span.keys[:2] == ("source", nth)]):
        _cut(lines, span)
    _replace(path, before, "".join(lines), change)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str):
        # Patterns and selectors are full of backslashes and quotes: between single quotes they stay as they are.
        literal = any(char in value for char in '\\"') and "'" not in value and value.isprintable()
        return tomlkit.string(value, literal=literal).as_string()
    return str(tomlkit.item(value).as_string())


def _with_contact(text: str, contact: str) -> str:
    line = f"contact = {_value(contact)}\n"
    lines = text.splitlines(keepends=True)
    for span in spans(text):
        if span.keys == ("crawl",):
            lines.insert(span.first, line)
            return "".join(lines)
    return f"{text.rstrip()}\n\n[crawl]\n{line}"


def _cut(lines: list[str], span: Span) -> None:
    """Take a table's lines out, with the comments that touch it; those that touch the next header stay."""
    first, last = span.first - 1, span.last
    while first > 0 and _is_comment(lines[first - 1]):
        first -= 1
    behind = last
    while behind < len(lines) and _is_comment(lines[behind]):
        behind += 1
    if behind == len(lines) or not lines[behind].strip():
        last = behind
    while last < len(lines) and not lines[last].strip() and (first == 0 or not lines[first - 1].strip()):
        last += 1
    while last == len(lines) and first > 0 and not lines[first - 1].strip():
        first -= 1
    del lines[first:last]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _replace(path: Path, before: str, after: str, change: Callable[[dict[str, Any]], None]) -> None:
    expected = deepcopy(tomllib.loads(before))
    change(expected)
    try:
        same = tomllib.loads(after) == expected
    except tomllib.TOMLDecodeError:
        same = False
    if not same:
        raise ConfigError([f"{path}: can't be changed here, because of how its sections are written: edit it by hand"])
    _write(path.resolve(), before, after)


def _write(path: Path, before: str, after: str) -> None:
    try:
        raw = path.read_bytes()
        windows = b"\r\n" in raw
        if raw.decode("utf-8").replace("\r\n", "\n") != before:
            raise ConfigError([f"{path}: was changed by someone else meanwhile, and left alone: try again"])
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\r\n" if windows else "\n") as file:
                file.write(after)
                file.flush()
                os.fsync(file.fileno())
            shutil.copymode(path, name)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ConfigError([f"{path}: can't be written: {error.strerror or error}"]) from error
