"""From counts to the rows of facets: labelled and in an order that can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from indexer.analysis import UNKNOWN
from indexer.domains import Taxonomy
from indexer.engines.protocol import FacetCounts
from indexer.results import FacetRow, Facets

LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ja": "Japanese",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
    UNKNOWN: "Unknown",
}
UNDATED = "unknown"


def facets(counts: FacetCounts, taxonomy: Taxonomy, sources: Mapping[str, str]) -> Facets:
    """Label and order the counts; ``sources`` are names and their labels."""
    return Facets(
        source=_by_count(counts.source, lambda name: sources.get(name, name)),
        domain=_domains(counts.domain, taxonomy),
        language=_by_count(counts.language, language_name),
        year=_years(counts.year),
    )


def language_name(code: str | None) -> str:
    """A language's English name, or its code."""
    return LANGUAGES.get(code or UNKNOWN, code or UNKNOWN)


def _by_count(counts: Counter[str], label: Callable[[str], str]) -> tuple[FacetRow, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetRow(value, label(value), count) for value, count in ordered)


def _domains(counts: Counter[str], taxonomy: Taxonomy) -> tuple[FacetRow, ...]:
    """In the order of the taxonomy; what the index knows and the taxonomy no longer does comes last, by its id."""
    known = [FacetRow(node.id, node.name, counts[node.id], node.depth) for node in taxonomy.nodes if counts[node.id]]
    gone = sorted(value for value in counts if taxonomy.get(value) is None)
    return (*known, *(FacetRow(value, value, counts[value]) for value in gone))


def _years(counts: Counter[str]) -> tuple[FacetRow, ...]:
    years = sorted(counts, key=lambda year: (year == UNDATED, year))
    return tuple(FacetRow(year, "undated" if year == UNDATED else year, counts[year]) for year in years)
