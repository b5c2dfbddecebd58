"""The taxonomy: the tree of cooperation domains with the words that stand for each, read from ``domains.toml``."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from indexer.analysis import tokenize
from indexer.errors import TaxonomyError

SHIPPED = Path(__file__).parent.parent / "domains.toml"
LABELLING = 1  # part of the digest: to be raised when the same words would put documents under other domains

_SLUG = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_HEADER = re.compile(r"\s*\[\[\s*domain\s*\]\]")
_KEYS = ("id", "parent", "name", "mentions", "terms", "hints", "not")
_WORD_LISTS = ("terms", "hints", "not")

Words = Mapping[str, tuple[str, ...]]
"""Phrases by language."""


@dataclass(frozen=True, slots=True)
class Node:
    """A domain. ``root`` is the id of the root above it (its own for a root), whose ``depth`` is 0.

    ``terms`` are enough for a passage to be under the domain, of ``hints`` two are needed, and the words of
    ``excluded`` phrases don't count. ``mentions``, where given, put a document under it whatever its length. ``names``
    has at least an English one.
    """

    id: str
    parent: str | None
    root: str
    depth: int
    names: Mapping[str, str]
    terms: Words
    hints: Words
    excluded: Words
    mentions: int | None = None

    @property
    def name(self) -> str:
        """The English name."""
        return self.names["en"]


@dataclass(frozen=True)
class Taxonomy:
    """The domains in tree order: each root, then what is below it, in the order of the file."""

    nodes: tuple[Node, ...]

    @classmethod
    def load(cls, path: Path | None = None) -> Taxonomy:
        """Read ``path``, or the taxonomy that ships with Concord; :class:`TaxonomyError` tells all its mistakes."""
        path = path or SHIPPED
        text = _read(path)
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise TaxonomyError([f"{path}: not valid TOML: {error}"]) from None
        file = _File(path, text)
        file.check(data)
        if file.mistakes:
            raise TaxonomyError(file.mistakes)
        return cls(tuple(_in_tree_order(data["domain"])))

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def digest(self) -> str:
        """Changes when documents may come under other domains; names, order and layout of the file don't matter."""
        meaning = sorted(
            [
                node.id,
                node.parent or "",
                node.mentions or 0,
                *(_normalised(words) for words in (node.terms, node.hints, node.excluded)),
            ]
            for node in self.nodes
        )
        return hashlib.sha256(json.dumps([LABELLING, meaning]).encode()).hexdigest()

    def get(self, domain: str) -> Node | None:
        """The node with this id."""
        return self._by_id.get(domain)

    def with_ancestors(self, domains: Iterable[str]) -> frozenset[str]:
        """The domains and all above them; ids that the taxonomy doesn't have are left out."""
        found = set()
        for domain in domains:
            node = self.get(domain)
            while node is not None and node.id not in found:
                found.add(node.id)
                node = self.get(node.parent) if node.parent else None
        return frozenset(found)

    def descendants(self, domain: str) -> frozenset[str]:
        """The domain and all below it; empty for an id that the taxonomy doesn't have."""
        return frozenset(node.id for node in self.nodes if domain in self.with_ancestors([node.id]))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise TaxonomyError([f"{path}: no such taxonomy file"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise TaxonomyError([f"{path}: can't be read: {error}"]) from None


def _normalised(words: Words) -> list[Any]:
    return sorted(
        [language, sorted({("=" if _is_exact(phrase) else "") + " ".join(_forms(phrase)) for phrase in phrases})]
        for language, phrases in words.items()
        if phrases
    )


def _is_exact(phrase: str) -> bool:
    return phrase.startswith("=")


def _forms(phrase: str) -> list[str]:
    return [token.exact for token in tokenize(phrase)]


def _in_tree_order(domains: list[dict[str, Any]]) -> Iterator[Node]:
    children: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for domain in domains:
        children[domain.get("parent")].append(domain)

    def walk(parent: str | None, root: str | None, depth: int) -> Iterator[Node]:
        for domain in children[parent]:
            yield _node(domain, root or domain["id"], depth)
            yield from walk(domain["id"], root or domain["id"], depth + 1)

    return walk(None, None, 0)


def _node(domain: dict[str, Any], root: str, depth: int) -> Node:
    terms, hints, excluded = (
        {language: tuple(phrases) for language, phrases in domain.get(key, {}).items()} for key in _WORD_LISTS
    )
    return Node(
        domain["id"],
        domain.get("parent"),
        root,
        depth,
        domain["name"],
        terms,
        hints,
        excluded,
        domain.get("mentions"),
    )


class _File:
    """Gathers the mistakes of a taxonomy file, each with its line and the domain it is about."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.headers = [number for number, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
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
            for key in _WORD_LISTS:
                self._check_words(number, domain, key)
        self._check_tree(domains)

    def _add(self, number: int, domain: dict[str, Any], reason: str) -> None:
        line = f":{self.headers[number]}" if number < len(self.headers) else ""
        self.mistakes.append(f'{self.path}{line}: domain "{domain.get("id", f"number {number + 1}")}": {reason}')

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
            if not _LANGUAGE.fullmatch(language) or not isinstance(name, str) or not name.strip():
                self._add(number, domain, f'name.{language}: write a language code and a name, like name.es = "…"')

    def _check_mentions(self, number: int, domain: dict[str, Any]) -> None:
        mentions = domain.get("mentions", 1)
        if type(mentions) is not int or mentions < 1:
            self._add(number, domain, "mentions: write a whole number from 1 on")

    def _check_words(self, number: int, domain: dict[str, Any], key: str) -> None:
        words = domain.get(key, {})
        if not isinstance(words, dict):
            self._add(number, domain, f'{key}: say the language, like {key}.en = ["…"]')
            return
        for language, phrases in words.items():
            if not _LANGUAGE.fullmatch(language) or not isinstance(phrases, list):
                self._add(number, domain, f'{key}.{language}: write a language code and a list, like {key}.en = ["…"]')
                continue
            for phrase in phrases:
                if not isinstance(phrase, str) or not _forms(phrase):
                    self._add(number, domain, f"{key}.{language}: {phrase!r} has no words")

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
                self._add(number, domain, f'unknown parent "{parent}"')
            elif _in_circle(_text(domain, "id"), parents):
                self._add(number, domain, f'goes round in a circle: its parent "{parent}" is below it')


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
