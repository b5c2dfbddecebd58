"""The date of publication of a page, from all the evidence, the strongest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.document import DateBasis, DatePrecision, PublicationDate
from crawler.extract.blocks import Block
from crawler.extract.dates.address import date_in_address
from crawler.extract.dates.declared import declared_values, read_declared
from crawler.extract.dates.ends import MAX_SIGNED, find_closing, find_dateline, find_signed
from crawler.extract.dates.nearby import STRONG, Near, find_near
from crawler.extract.dates.order import Order, find_order
from crawler.extract.dates.written import Written, find_written
from crawler.extract.headline import Headline
from crawler.extract.metadata import Metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WEAK = 1.0
"""A date near the headline with less than this is not the page's."""
SURE = 3.0
"""A date near the headline with this score may correct a day declared in UTC."""
AHEAD = timedelta(days=1)
"""A page may be dated tomorrow where the sun rises earlier; later dates are events, or wrong."""
ORDER_LINES = 300
"""Lines of a page that are searched for dates which tell how it writes them."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_UTC = re.compile(r"\d:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:Z|[+-]00:?00|GMT|UTC)\s*$")
EPOCH = date(1970, 1, 1)  # what programs write where they have no date


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page offers: ``blocks`` are its lines, ``paragraphs`` the text taken out of it."""

    url: str | None
    language: str | None
    metadata: Metadata
    blocks: Sequence[Block]
    headline: Headline | None
    paragraphs: Sequence[str]
    tree: HtmlElement | None = None


def find_date(evidence: Evidence, today: date | None = None) -> PublicationDate | None:
    """The date of publication; ``None`` where nothing on the page says it.

    Declared by the page (JSON-LD, meta, microdata); beside the headline with a label; in the address, if what stands
    beside the headline doesn't contradict it; beside the headline; at the head or the end of the text; in the headline.
    """
    latest = (today or date.today()) + AHEAD
    coarse: PublicationDate | None = None
    for found in _candidates(evidence, latest):
        if found is None or found.first > latest or found.first == EPOCH:
            continue
        if coarse is not None and not coarse.first <= found.first <= coarse.last:
            continue
        if found.precision is DatePrecision.DAY:
            return found
        coarse = coarse or found
    return coarse


def _candidates(evidence: Evidence, latest: date) -> Iterator[PublicationDate | None]:
    place = evidence.headline.index if evidence.headline else None
    near = find_near(evidence.blocks, place, latest)
    strong = [one for one in near if one.score >= STRONG]
    order = page_order(evidence)
    address = date_in_address(evidence.url)
    yield from _declared(evidence, strong, order, address)
    yield from _shown(strong, order, address)
    yield from _in_text(evidence, order)
    yield from _read([one for one in near if WEAK <= one.score < STRONG], order)
    if evidence.headline is not None:
        yield from (order.read(written, DateBasis.TEXT) for written in find_written(evidence.headline.text))
    signed = find_signed(evidence.blocks, place, latest)
    yield order.read(signed, DateBasis.TEXT) if signed else None
    yield address
    yield _listed(evidence)


def _declared(
    evidence: Evidence, strong: Sequence[Near], order: Order, address: PublicationDate | None
) -> Iterator[PublicationDate | None]:
    shown = [*_read([one for one in strong if one.score >= SURE], order), *([address] if address else [])]
    marked = _microdata(evidence)
    for value in (*declared_values(evidence.metadata, evidence.metadata.titles), *([marked] if marked else [])):
        written = read_declared(value)
        if written is not None:
            yield _local(value, written, order, shown)


def _microdata(evidence: Evidence) -> str | None:
    """The one ``datePublished`` of the page's microdata; ``None`` where there are several (a list of articles)."""
    main = evidence.blocks[evidence.headline.index] if evidence.headline else None
    values = {
        value
        for block in evidence.blocks
        if block.times and "datepublished" in block.names and not block.is_aside(main)
        for value in block.times
    }
    return values.pop() if len(values) == 1 else None


def _shown(strong: Sequence[Near], order: Order, address: PublicationDate | None) -> Iterator[PublicationDate | None]:
    """What stands beside the headline, and the day in the address: of the two, a date with a label wins."""
    read = list(_read(strong, order))
    full = address if address and address.precision is DatePrecision.DAY else None
    labelled = bool(strong) and strong[0].is_labelled and read[0].precision is DatePrecision.DAY
    if full is not None and not labelled:
        yield next((day for day in read if _is_close(day, full)), full)
    yield from read
    yield full


def _listed(evidence: Evidence) -> PublicationDate | None:
    """What htmldate makes of a page that is no article: a front page or a list, whose entries date it."""
    is_front = evidence.url is not None and urlsplit(evidence.url).path in {"", "/"}
    if evidence.tree is None or not (is_front or evidence.headline is None):
        return None
    import htmldate

    try:
        found = htmldate.find_date(evidence.tree, original_date=True, extensive_search=False)
    except (ValueError, TypeError, RecursionError, OverflowError):  # a page that it can't cope with has no date
        return None
    return PublicationDate.parse(found, DateBasis.TEXT) if found else None


def _local(value: str, written: Written, order: Order, shown: Sequence[PublicationDate]) -> PublicationDate | None:
    """The declared day; declared in UTC, it gives way to the neighbouring day that the page shows its readers."""
    declared = order.read(written, DateBasis.METADATA)
    if declared is None or not _UTC.search(value):
        return declared
    return next((day for day in shown if _is_close(day, declared)), declared)


def _read(near: Sequence[Near], order: Order) -> Iterator[PublicationDate]:
    for one in near:
        found = order.read(one.written, DateBasis.TEXT)
        if found is not None:
            yield found


def _is_close(one: PublicationDate, other: PublicationDate) -> bool:
    return one.precision is DatePrecision.DAY and abs(one.first - other.first) <= AHEAD


def _in_text(evidence: Evidence, order: Order) -> Iterator[PublicationDate | None]:
    opening = find_dateline(evidence.paragraphs[0]) if evidence.paragraphs else None
    for written in (find_closing(evidence.paragraphs), opening):
        if written is not None:
            yield order.read(written, DateBasis.TEXT)


def page_order(evidence: Evidence) -> Order:
    """How the numeric dates of a page are to be read."""
    lines = [block.text for block in evidence.blocks[:ORDER_LINES] if len(block.text) <= MAX_SIGNED]
    seen = [(line, written) for line in lines for written in find_written(line)]
    address = date_in_address(evidence.url)
    known = [address.first] if address and address.precision is DatePrecision.DAY else []
    declared = [read_declared(values[0]) for values in evidence.metadata.metas.values() if _ISO.match(values[0])]
    known += [written.first for written in declared if written is not None and written.precision is DatePrecision.DAY]
    return find_order(evidence.url, evidence.language, seen, known)


def read_selected(text: str, date_format: str | None, order: Order | None = None) -> PublicationDate | None:
    """The date of the text that a source's selector points at, read with its ``date_format`` if it has one."""
    if date_format:
        found = _by_format(text, date_format)
        if found is not None:
            return PublicationDate(found, DatePrecision.DAY, DateBasis.TEXT)
    written = read_declared(text)
    return (order or Order(None)).read(written, DateBasis.TEXT) if written else None


def _by_format(text: str, date_format: str) -> date | None:
    """``strptime`` of the whole text, or of the part of it that has the date."""
    pieces = [text, *(text[written.start : written.end] for written in find_written(text))]
    for piece in pieces:
        try:
            return datetime.strptime(piece.strip(), date_format).date()
        except ValueError:
            continue
    return None
