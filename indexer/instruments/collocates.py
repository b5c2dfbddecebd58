"""Collocates: the words that keep company with the hits, by how much more often than chance would have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from heapq import nsmallest
from typing import Any, ClassVar

import numpy as np

from indexer.analysis import is_function_word
from indexer.engines.protocol import Neighbour, Neighbourhood
from indexer.instruments.association import Tables, log_dice
from indexer.instruments.requests import CollocateOrder, CollocatesRequest
from indexer.instruments.scope import About, Asked


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word family near the hits, in the form that it most often has there.

    ``near``: how often it stands near a hit, in ``documents``; ``expected``: how often it would by chance;
    ``frequency``: how often it stands in all texts looked at, ``in_hits`` of these as a part of a hit.
    """

    word: str
    language: str
    near: int
    expected: float
    documents: int
    frequency: int
    in_hits: int
    log_likelihood: float
    log_dice: float

    def to_json(self) -> dict[str, Any]:
        """The fields by name, figures with four decimals."""
        return {
            "word": self.word,
            "language": self.language,
            "near": self.near,
            "expected": round(self.expected, 4),
            "documents": self.documents,
            "frequency": self.frequency,
            "in_hits": self.in_hits,
            "log_likelihood": round(self.log_likelihood, 4),
            "log_dice": round(self.log_dice, 4),
        }


@dataclass(frozen=True, slots=True)
class Collocates:
    """The words near ``hits`` in ``documents``, and the sums that their figures rest on.

    ``hit_words``: words that are part of a hit; ``near``: words within the span of a hit, each counted once; ``total``:
    words of all texts looked at. ``words``: how many collocates there are, of which ``collocates`` are the first.
    """

    COLUMNS: ClassVar = tuple(field.name for field in fields(Collocate))

    about: About
    span: int
    least: int
    order: CollocateOrder
    hits: int
    documents: int
    hit_words: int
    near: int
    total: int
    words: int
    collocates: tuple[Collocate, ...]

    def rows(self) -> Iterator[Mapping[str, object]]:
        """The collocates as rows of a table."""
        return (collocate.to_json() for collocate in self.collocates)

    def to_json(self) -> dict[str, Any]:
        """The JSON of ``concord collocates --json``."""
        return self.about.to_json() | {
            "span": self.span,
            "min": self.least,
            "sort": self.order.value,
            "hits": self.hits,
            "documents": self.documents,
            "hit_words": self.hit_words,
            "near_words": self.near,
            "words": self.total,
            "found": self.words,
            "collocates": [collocate.to_json() for collocate in self.collocates],
        }


def collocates(request: CollocatesRequest, asked: Asked) -> Collocates:
    """The words that stand near the hits more often than expected; those that don't are never told."""
    around = asked.engine.neighbourhood(asked.scope, request.span, request.least)
    drawn = _measured([each for each in around.neighbours if _is_told(each, request)], around)
    first = nsmallest(request.limit, drawn, key=_KEYS[request.order])
    documents = around.near_documents([neighbour.key for neighbour, *_ in first])
    return Collocates(
        about=asked.about(around.hits),
        span=request.span,
        least=request.least,
        order=request.order,
        hits=around.hits,
        documents=around.documents,
        hit_words=around.hit_words,
        near=around.near,
        total=around.total,
        words=len(drawn),
        collocates=tuple(map(_collocate, first, documents)),
    )


def _is_told(neighbour: Neighbour, request: CollocatesRequest) -> bool:
    return request.function_words or not is_function_word(neighbour.form, neighbour.language)


Measured = tuple[Neighbour, float, float, float]
"""A word with its expected frequency, log-likelihood and log-Dice."""


def _measured(neighbours: Sequence[Neighbour], around: Neighbourhood) -> list[Measured]:
    """The words that are drawn to the hits. The words of the hits themselves are left out of the tables."""
    near, total, in_hits = (
        np.array([getattr(each, count) for each in neighbours], np.int64) for count in ("near", "total", "in_hits")
    )
    tables = Tables(near, around.near, total - in_hits, around.total - around.hit_words)
    figures = (tables.attract, tables.expected, tables.log_likelihood(), log_dice(near, around.hits, total))
    columns = (column.tolist() for column in figures)
    return [(each, *rest) for each, attracted, *rest in zip(neighbours, *columns, strict=True) if attracted]


def _by_log_likelihood(measured: Measured) -> tuple[float, int, str, str]:
    return -measured[2], *_tie(measured[0])


def _by_log_dice(measured: Measured) -> tuple[float, int, str, str]:
    return -measured[3], *_tie(measured[0])


def _tie(neighbour: Neighbour) -> tuple[int, str, str]:
    return -neighbour.near, neighbour.form, neighbour.language


_KEYS = {CollocateOrder.LOG_LIKELIHOOD: _by_log_likelihood, CollocateOrder.LOG_DICE: _by_log_dice}


def _collocate(measured: Measured, documents: int) -> Collocate:
    neighbour, expected, log_likelihood, dice = measured
    return Collocate(
        word=neighbour.form,
        language=neighbour.language,
        near=neighbour.near,
        expected=expected,
        documents=documents,
        frequency=neighbour.total,
        in_hits=neighbour.in_hits,
        log_likelihood=log_likelihood,
        log_dice=dice,
    )
