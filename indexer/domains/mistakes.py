"""The mistakes of a taxonomy file, all of them, each with its line and the domain that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from crawler.extract.language import LANGUAGES
from indexer.analysis import is_function_word
from indexer.domains.phrase import EXCLUDED_WEIGHT, HINT_WEIGHT, TERM_WEIGHT, Phrase

WORD_LISTS = {"terms": TERM_WEIGHT, "hints": HINT_WEIGHT, "not": EXCLUDED_WEIGHT}
"""The lists of a domain, and what a phrase weighs that says nothing else."""

_KEYS = ("id", "parent", "name", "mentions", *WORD_LISTS)
_SLUG = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*", re.ASCII)
_HEADER = re.compile(r"\s*\[\[\s*domain\s*\]\]")


def find_mistakes(path: Path, text: str, data: dict[str, Any]) -> list[str]:
    """What is wrong with the taxonomy file ``path``, which reads ``text`` and, as TOML, ``data``."""
    file = _File(path, text)
    file.check(data)
    return file.mistakes


class _File:
    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.headers = [number for number, line in enumerate(self.lines, 1) if _HEADER.match(line)]
        self.mistakes: list[str] = []

    def check(self, data: dict[str, Any]) -> None:
        self.mistakes += [
            f'{self.path}: unknown key "{key}": only [[domain]] stands at the top' for key in data if key != "domain"
        ]
        domains = data.get("domain")
        if not isinstance(domains, list) or not all(isinstance(domain, dict) for domain in domains) or not domains:
            self.mistakes.append(f"{self.path}: no domains: write a [[domain]] for each")
            return
        for number, domain in enumerate(domains):
            self._check_keys(number, domain)
            self._check_names(number, domain)
            self._check_mentions(number, domain)
            for key in WORD_LISTS:
                self._check_lists(number, domain, key)
            self._check_phrases(number, domain)
        self._check_tree(domains)

    def _add(
        self, number: int, domain: dict[str, Any], reason: str, value: object = None, key: str = "", time: int = 1
    ) -> None:
        line = f":{self._line(number, value, key, time)}" if number < len(self.headers) else ""
        self.mistakes.append(f'{self.path}{line}: domain "{domain.get("id", f"number {number + 1}")}": {reason}')

    def _line(self, number: int, value: object, key: str, time: int) -> int:
        """The line of a domain where the string ``value`` stands as it is, else that of the domain's beginning.

        It is looked for from the line on that begins with ``key``; ``time`` 2 is the second place where it stands.
        Without a ``value``, it is the line of ``key``.
        """
        first = self.headers[number]
        end = self.headers[number + 1] - 1 if number + 1 < len(self.headers) else len(self.lines)
        begins = re.compile(rf"\s*{re.escape(key)}\b")
        keys = [at for at in range(first, end) if key and begins.match(self.lines[at])]
        if value is None:
            return keys[0] + 1 if keys else first
        written = re.compile(rf"(['\"]){re.escape(str(value))}\1")
        places = [at for at in range(keys[0] if keys else first, end) for _ in written.finditer(self.lines[at])]
        return places[time - 1] + 1 if len(places) >= time else first

    def _check_keys(self, number: int, domain: dict[str, Any]) -> None:
        for key in domain:
            if key not in _KEYS:
                self._add(number, domain, f'unknown key "{key}": the keys are {", ".join(_KEYS)}')
        if not isinstance(domain.get("parent", ""), str):
            self._add(number, domain, "parent: write one id, or leave it out for a root")
        slug = domain.get("id")
        if slug is None:
            self._add(number, domain, 'no id: write id = "…"')
        elif not isinstance(slug, str) or not _SLUG.fullmatch(slug):
            self._add(number, domain, 'bad id: small letters and digits, with "-" and "/" between them')

    def _check_names(self, number: int, domain: dict[str, Any]) -> None:
        names = domain.get("name")
        if not isinstance(names, dict) or not isinstance(names.get("en"), str) or not names["en"].strip():
            self._add(number, domain, 'no name: write name.en = "…"')
            return
        for language, name in names.items():
            if not isinstance(name, str) or not name.strip():
                self._add(number, domain, f'name.{language}: write a name, like name.es = "…"', key=f"name.{language}")
            self._check_language(number, domain, "name", language)

    def _check_language(self, number: int, domain: dict[str, Any], key: str, language: str) -> None:
        if language not in LANGUAGES:
            where = f"{key}.{language}"
            reason = f'{where}: no language has the code "{language}": the usual ones have two letters, like {key}.es'
            self._add(number, domain, reason, key=where)

    def _check_mentions(self, number: int, domain: dict[str, Any]) -> None:
        mentions = domain.get("mentions", 1)
        if type(mentions) is not int or mentions < 1:
            self._add(number, domain, "mentions: write a whole number from 1 on")

    def _check_lists(self, number: int, domain: dict[str, Any], key: str) -> None:
        words = domain.get(key, {})
        if not isinstance(words, dict):
            self._add(number, domain, f'{key}: say the language, like {key}.en = ["…"]')
            return
        for language, phrases in words.items():
            where = f"{key}.{language}"
            if not isinstance(phrases, list):
                self._add(number, domain, f'{where}: write a list, like {key}.en = ["…"]', key=where)
            self._check_language(number, domain, key, language)

    def _check_phrases(self, number: int, domain: dict[str, Any]) -> None:
        known: dict[tuple[str, str], str] = {}
        for where, language, phrases, weight in _lists(domain):
            for at, written in enumerate(phrases):
                try:
                    _check_phrase(written, weight, language, where, known)
                except ValueError as error:
                    time = phrases[: at + 1].count(written)
                    self._add(number, domain, f"{where}: {written!r}: {error}", written, where, time)

    def _check_tree(self, domains: list[dict[str, Any]]) -> None:
        parents: dict[str, str | None] = {}
        for number, domain in enumerate(domains):
            slug = _text(domain, "id")
            if slug in parents:
                self._add(number, domain, "stands twice: give one of them another id")
            elif slug is not None:
                parents[slug] = _text(domain, "parent")
        for number, domain in enumerate(domains):
            parent = _text(domain, "parent")
            if parent is not None and parent not in parents:
                self._add(number, domain, f'unknown parent "{parent}"', parent, "parent")
            elif _in_circle(_text(domain, "id"), parents):
                self._add(
                    number, domain, f'goes round in a circle: its parent "{parent}" is below it', parent, "parent"
                )


def _lists(domain: dict[str, Any]) -> Iterator[tuple[str, str, Sequence[object], float]]:
    """The lists of a domain that are lists: their keys, languages, phrases, and what a phrase weighs there."""
    for key, weight in WORD_LISTS.items():
        words = domain.get(key)
        for language, phrases in words.items() if isinstance(words, dict) else ():
            if isinstance(phrases, list):
                yield f"{key}.{language}", language, phrases, weight


def _check_phrase(written: object, weight: float, language: str, where: str, known: dict[tuple[str, str], str]) -> None:
    """Raise ``ValueError`` for a phrase that can't be right; ``known``: in which list each one of the domain stands."""
    text = Phrase.read(written, weight).text
    spelling = " ".join(text.casefold().replace("-", " ").split())
    if weight != EXCLUDED_WEIGHT and " " not in spelling and is_function_word(spelling.removeprefix("="), language):
        raise ValueError("is a word of grammar, which nearly every text has: write it with the words beside it")
    if (language, spelling) in known:
        raise ValueError(f"is in {known[language, spelling]} already: take one of them out")
    known[language, spelling] = where


def _text(domain: dict[str, Any], key: str) -> str | None:
    value = domain.get(key)
    return value if isinstance(value, str) else None


def _in_circle(domain: str | None, parents: Mapping[str, str | None]) -> bool:
    seen = set()
    above = parents.get(domain) if domain else None
    while above is not None and above not in seen:
        if above == domain:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
