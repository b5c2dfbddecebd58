"""The taxonomy: the tree of cooperation domains with the words that stand for each, read from ``domains.toml``."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from indexer.analysis import fold
from indexer.domains.mistakes import WORD_LISTS, find_mistakes
from indexer.domains.phrase import Phrase
from indexer.errors import TaxonomyError

SHIPPED = Path(__file__).parent.parent / "domains.toml"
LABELLING = 3  # part of the digest: to be raised when the same words would put documents under other domains

Words = Mapping[str, tuple[Phrase, ...]]
"""Phrases by language."""


@dataclass(frozen=True, slots=True)
class Node:
    """A domain. ``root`` is the id of the root above it (its own for a root), whose ``depth`` is 0.

    ``terms`` are enough for a passage to be under the domain, of ``hints`` two are needed (unless a phrase has a weight
    of its own), and the words of ``excluded`` phrases don't count. ``mentions``, where given, put a document under it
    whatever its length. ``names`` has at least an English one.
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


@dataclass(frozen=True, eq=False)  # told apart by identity: what is made of one is kept as long as it is in use
class Taxonomy:
    """The domains in tree order: each root, then what is below it, in the order of the file."""

    nodes: tuple[Node, ...]

    @classmethod
    def load(cls, path: Path | None = None) -> Taxonomy:
        """Read ``path``, or the taxonomy that ships with Concord; :class:`TaxonomyError` tells all its mistakes."""
        path = path or SHIPPED
        return _parsed(path, _read(path))

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


@lru_cache(
    maxsize=4
)  # a file of 20,000 phrases takes a tenth of a second: once a process, as long as it stays the same
def _parsed(path: Path, text: str) -> Taxonomy:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TaxonomyError([f"{path}: not valid TOML: {error}"]) from None
    mistakes = find_mistakes(path, text, data)
    if mistakes:
        raise TaxonomyError(mistakes)
    return Taxonomy(tuple(_in_tree_order(data["domain"])))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise TaxonomyError([f"{path}: no such taxonomy file"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise TaxonomyError([f"{path}: can't be read: {error}"]) from None


def _normalised(words: Words) -> list[Any]:
    return sorted(
        [
            language,
            sorted({(" ".join(fold(phrase.text).replace("-", " ").split()), phrase.weight) for phrase in phrases}),
        ]
        for language, phrases in words.items()
        if phrases
    )


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
        {
            language: tuple(Phrase.read(phrase, weight) for phrase in phrases)
            for language, phrases in domain.get(key, {}).items()
        }
        for key, weight in WORD_LISTS.items()
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
