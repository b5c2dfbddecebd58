"""The date that a page declares to machines: JSON-LD, ``<meta>``, microdata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from crawler.document import DateBasis, DatePrecision, PublicationDate
from crawler.extract.dates.written import FIRST_YEAR, Written, find_written
from crawler.extract.metadata import Metadata

METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "date_published",
    "dateissued",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.published",
    "dcterms.date.issued",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "publicationdate",
    "published_time",
    "published_date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "displaydate",
    "cxenseparse:recs:publishtime",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "ptime",
    "date",
)
"""Names of ``<meta>`` in small letters, the most reliable first: names that say "issued", then those of plain dates."""
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?=\d{6}(?!\d)|T\d|\b)")
_REDUCED = re.compile(r"\d{4}(?:-\d{2})?")
_IN_SCRIPT = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{4,40})\"")


def declared_values(metadata: Metadata, titles: Sequence[str] = ()) -> Iterator[str]:
    """What the page declares as its date of publication, the most reliable first, as it is written there.

    Of several articles in JSON-LD (a list) only the one with the page's title counts.
    """
    articles = [node for node in metadata.articles if isinstance(node.get("datePublished"), str)]
    if len({node["datePublished"][:10] for node in articles}) > 1:
        same = [node for node in articles if str(node.get("headline") or node.get("name")).strip() in titles]
        articles = same[:1]
    for node in (*articles, *metadata.web_pages):
        value = node.get("datePublished")
        if isinstance(value, str):
            yield value
    found = {value for script in metadata.broken for value in _IN_SCRIPT.findall(script)}
    yield from found if len(found) == 1 else ()  # broken JSON with one such date is clear all the same
    for name in METAS:
        yield from metadata.metas.get(name, [])


def read_declared(value: str) -> Written | None:
    """The date of a declared value: ISO 8601 in all its lengths, RFC 2822, or written out; ``None`` for others.

    The day is the one written there, whatever its offset from UTC is.
    """
    value = value.strip()
    if _REDUCED.fullmatch(value):
        return _reduced(value)
    match = _COMPACT.search(value)
    if match is not None:
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
        return Written(match.start(), match.end(), day, DatePrecision.DAY) if day.year >= FIRST_YEAR else None
    found = find_written(value)
    return found[0] if found else None


def _reduced(value: str) -> Written | None:
    try:
        parsed = PublicationDate.parse(value, DateBasis.METADATA)
    except ValueError:
        return None
    return Written(0, len(value), parsed.first, parsed.precision) if parsed.first.year >= FIRST_YEAR else None
