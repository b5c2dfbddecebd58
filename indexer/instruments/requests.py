"""What the instruments are asked: a query, the filters of a search, and the settings of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indexer.engines.protocol import LineOrder

__all__ = [
    "CollocateOrder",
    "CollocatesRequest",
    "KwicRequest",
    "LineOrder",
    "Question",
    "TrendBy",
    "TrendSplit",
    "TrendsRequest",
]


class CollocateOrder(StrEnum):
    """By which measure the words near the hits are ordered. Ties: more often near first, then by word."""

    LOG_LIKELIHOOD = "log-likelihood"
    LOG_DICE = "log-dice"


class TrendBy(StrEnum):
    """How long the periods of a trend are."""

    YEAR = "year"
    MONTH = "month"


class TrendSplit(StrEnum):
    """What a trend is told apart by."""

    SOURCE = "source"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the filters beside it, both as of :class:`~indexer.results.SearchRequest`.

    Instruments look at documents that the query holds for in full, each near copy included.
    """

    query: str
    sources: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class KwicRequest(Question):
    """A concordance: ``width`` words on either side of a hit, page ``page`` (from 1) of ``limit`` lines each.

    ``sample``: of so many hits only, drawn at random, by the same query from the same index the same ones.
    """

    width: int = 10
    order: LineOrder = LineOrder.DATE
    limit: int = 50
    page: int = 1
    sample: int | None = None


@dataclass(frozen=True, slots=True)
class CollocatesRequest(Question):
    """The ``limit`` words that stand near the hits most tellingly: ``span`` words on either side, in the same passage.

    ``least``: how often a word must stand there. ``function_words``: whether words of grammar are told too.
    """

    span: int = 5
    least: int = 3
    limit: int = 20
    order: CollocateOrder = CollocateOrder.LOG_LIKELIHOOD
    function_words: bool = False


@dataclass(frozen=True, slots=True)
class TrendsRequest(Question):
    """What was found period by period; ``split``: also for each source, or for each domain."""

    by: TrendBy = TrendBy.YEAR
    split: TrendSplit | None = None
