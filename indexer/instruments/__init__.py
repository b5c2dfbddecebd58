"""The instruments of research: concordance, collocates and trends of what a query finds in the passages.

Each takes a request (a query, the filters of a search, its own settings) and gives one frozen record with ``to_json``.
:class:`indexer.Collection` has a method for each.
"""

from indexer.instruments.collocates import Collocate, Collocates
from indexer.instruments.concordance import Kwic, KwicLine
from indexer.instruments.requests import (
    CollocateOrder,
    CollocatesRequest,
    KwicRequest,
    LineOrder,
    Question,
    TrendBy,
    TrendSplit,
    TrendsRequest,
)
from indexer.instruments.scope import About
from indexer.instruments.trends import Trend, TrendPeriod, Trends

__all__ = [
    "About",
    "Collocate",
    "CollocateOrder",
    "Collocates",
    "CollocatesRequest",
    "Kwic",
    "KwicLine",
    "KwicRequest",
    "LineOrder",
    "Question",
    "Trend",
    "TrendBy",
    "TrendPeriod",
    "TrendSplit",
    "Trends",
    "TrendsRequest",
]
