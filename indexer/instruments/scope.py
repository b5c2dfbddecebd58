"""From a question to what an engine is asked, and what the asker should know about the query."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from indexer.engines.protocol import Engine, Filters, Plan, Scope
from indexer.errors import NoWords
from indexer.query.advice import correct, notes_on
from indexer.query.nodes import (
    And,
    Either,
    Fuzzy,
    Loose,
    Node,
    Wildcard,
    Word,
    has_date_filter,
    is_sentence,
    scored_leaves,
    spelt_leaves,
)
from indexer.query.parse import ParsedQuery, parse
from indexer.query.population import wording
from indexer.query.values import Values
from indexer.results import Note, Sort

_WORDS = re.compile(r"[\w\s.'’-]+")
"""A query without signs of the language, whose marks could not stand in a phrase."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Where there is no hit: how many ``documents`` were looked at, and in how many of all the query is found."""

    documents: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class About:
    """What each answer tells of its query.

    ``searched``: the documents of the index. ``filters``: those that were set beside the query. ``corrected``:
    the query with words that do occur, where nothing was found. ``undated_left_out``: how many undated documents only
    the dates left out. ``missed``: only where there is no hit.
    """

    query: str
    searched: int
    filters: Filters
    missed: Missed | None = None
    notes: tuple[Note, ...] = ()
    corrected: str | None = None
    undated_left_out: int = 0

    def to_json(self) -> dict[str, Any]:
        """The keys that the answers of all instruments have."""
        return {
            "query": self.query,
            "corrected": self.corrected,
            "undated_left_out": self.undated_left_out,
            "notes": [note.to_json() for note in self.notes],
        }


@dataclass(frozen=True)
class Asked:
    """A question that was read: ``scope`` is what ``engine`` is asked."""

    engine: Engine
    scope: Scope
    parsed: ParsedQuery
    values: Mapping[str, Values]
    searched: int

    def about(self, hits: int) -> About:
        """What is to be told beside an answer with so many hits."""
        return About(
            query=self.parsed.text,
            searched=self.searched,
            filters=self.scope.filters,
            missed=None if hits else self._missed(),
            notes=(
                *_word_by_word(self.parsed),
                *self.parsed.notes,
                *notes_on(self.parsed.tree, self._cut_off, self.values),
            ),
            corrected=None if hits else correct(self.parsed, self.engine),
            undated_left_out=self._undated_left_out,
        )

    def _missed(self) -> Missed:
        """A title counts as found here: ``elsewhere`` is of documents, not of hits."""
        everywhere = Scope(wording(self.scope.tree), Filters())
        chosen, found = (self.engine.timeline(scope, by_month=False, split=None) for scope in (self.scope, everywhere))
        return Missed(sum(period.documents for period in chosen), sum(period.matching for period in found))

    @property
    def _cut_off(self) -> tuple[Wildcard | Fuzzy, ...]:
        patterns = [leaf for leaf in spelt_leaves(self.parsed.tree) if isinstance(leaf, Wildcard | Fuzzy)]
        found = self.engine.expansions(self.parsed.tree) if patterns else {}
        return tuple(leaf for leaf in patterns if len(found.get(leaf, ())) >= leaf.limit)

    @cached_property
    def _undated_left_out(self) -> int:
        """As a search counts them; only one that asks for dates can leave any out."""
        tree, filters = self.scope.tree, self.scope.filters
        if not (filters.since or filters.until or has_date_filter(tree)):
            return 0
        return self.engine.search(Plan(_in_full(tree), filters, Sort.NEWEST, 0, 0)).undated_left_out


def ask(query: str, filters: Filters, engine: Engine, values: Mapping[str, Values], searched: int) -> Asked:
    """Read a query; raises ``NoWords`` where it has nothing that could stand in a passage.

    ``values`` are those of each field, ``searched`` the documents of the index.
    """
    parsed = parse(query)
    if all(in_title for _, in_title in scored_leaves(parsed.tree)):
        raise NoWords(query)
    return Asked(engine, Scope(parsed.tree, filters), parsed, values, searched)


def _word_by_word(parsed: ParsedQuery) -> tuple[Note, ...]:
    """What is told where several plain words are all there is: a shell takes the marks off ``"human rights"``."""
    tree = parsed.tree
    if not isinstance(tree, Loose) or is_sentence(tree) or not _WORDS.fullmatch(parsed.text):
        return ()
    if not all(isinstance(child, Word | Either) for child in tree.children):
        return ()
    phrase = shlex.quote(f'"{" ".join(parsed.text.split())}"')
    return (Note(f"each word by itself; for the phrase write {phrase}"),)


def _in_full(tree: Node) -> Node:
    """The same query without partial matches."""
    return And(tree.children) if isinstance(tree, Loose) else tree
