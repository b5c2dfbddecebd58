"""A receipt: what a search found, written down so that it can be run again and be held against this.

The checksum is over the receipt without it, as JSON with sorted keys, no spaces and ``\\u`` for all but ASCII. It shows
edits by hand; it proves nothing about who wrote the receipt.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from crawler import Archive
from indexer.citations.claim import DETAILS, Claim
from indexer.citations.digest import PREFIX, text_digest
from indexer.errors import CitationsError
from indexer.results import AllHits, FoundText, SearchRequest, Sort

if TYPE_CHECKING:
    from indexer.collection import Collection

FORMAT = 1
"""Raised when an older Concord could not understand what this one writes."""

MARK = "concord_receipt"
"""The key that makes a file a receipt; its value is the format."""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, allow_inf_nan=False)


class ReceiptHit(_Part):
    """A hit as a receipt has it."""

    id: str
    version: int
    digest: str
    title: str
    url: str | None
    source: str
    date: str | None
    score: float
    partial: bool


class ReceiptFilters(_Part):
    """The filters of the search, and how it was sorted and folded."""

    source: tuple[str, ...]
    domain: tuple[str, ...]
    lang: tuple[str, ...]
    since: date | None
    until: date | None
    sort: Sort
    fold: bool


class Receipt(_Part):
    """A receipt that was read: the keys of the file, each of its type."""

    concord_receipt: int
    tool: str
    ran_at: AwareDatetime
    query: str
    filters: ReceiptFilters
    explanation: str
    notes: tuple[str, ...]
    undated_left_out: int
    generation: str
    built_at: str
    archive: str
    change: int
    taxonomy: str
    documents: int
    total: int
    hits: tuple[ReceiptHit, ...]
    checksum: str

    def request(self) -> SearchRequest:
        """The search that the receipt is of."""
        asked = self.filters
        return SearchRequest(
            query=self.query,
            sources=asked.source,
            domains=asked.domain,
            languages=asked.lang,
            since=asked.since,
            until=asked.until,
            sort=asked.sort,
            fold=asked.fold,
        )


def tool_version() -> str:
    """The version of Concord."""
    return installed_version("concord")


def receipt(collection: Collection, request: SearchRequest) -> dict[str, Any]:
    """The receipt of a search, partial matches included: what ``concord receipt`` writes.

    Raises what ``Collection.search`` raises.
    """
    found = collection.every_hit(request, some_words=True)
    record = {
        MARK: FORMAT,
        "tool": f"concord {tool_version()}",
        "ran_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "query": request.query,
        "filters": _filters(request),
        "explanation": found.explanation,
        "notes": [*(note.message for note in found.notes), *_empty(found)],
        "undated_left_out": found.undated_left_out,
        "generation": found.generation,
        "built_at": found.built_at,
        "archive": found.archive,
        "change": found.change,
        "taxonomy": found.taxonomy,
        "documents": found.documents,
        "total": found.total,
        "hits": [hit_record(each) for each in found],
    }
    return record | {"checksum": checksum(record)}


def _empty(found: AllHits) -> list[str]:
    """That there is no hit: a receipt of nothing may be meant, to be run again next year, or be a slip of the pen."""
    if found.total:
        return []
    meant = f"; did you mean: {found.corrected}" if found.corrected else ""
    return [f"nothing found: the receipt has no hits{meant}"]


def hit_record(found: FoundText) -> dict[str, Any]:
    """A hit in a receipt."""
    document = found.document
    return {
        "id": document.id,
        "version": document.version,
        "digest": text_digest(document),
        "title": document.title,
        "url": document.url,
        "source": document.source,
        "date": str(document.date) if document.date else None,
        "score": round(found.score, 6),
        "partial": found.partial,
    }


def _filters(request: SearchRequest) -> dict[str, Any]:
    return {
        "source": list(request.sources),
        "domain": list(request.domains),
        "lang": list(request.languages),
        "since": request.since.isoformat() if request.since else None,
        "until": request.until.isoformat() if request.until else None,
        "sort": request.sort.value,
        "fold": request.fold,
    }


def checksum(record: Mapping[str, Any]) -> str:
    """The checksum of a receipt, whether it has one or not."""
    content = {name: value for name, value in record.items() if name != "checksum"}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return PREFIX + hashlib.sha256(canonical.encode()).hexdigest()


def is_receipt(text: str) -> bool:
    """Whether a text that is JSON looks like a receipt rather than like lines of citations."""
    return f'"{MARK}"' in text


def parse_receipt(path: Path, text: str) -> Receipt:
    """A receipt that can be trusted; raises ``CitationsError`` for one that was edited, a newer one, anything else."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "it can't be read"
        raise CitationsError(path, f"no receipt: not JSON: {where}") from None
    form = record.get(MARK) if isinstance(record, dict) else None
    if not isinstance(form, int):
        raise CitationsError(path, "no receipt: 'concord receipt QUERY -o FILE' writes one")
    if form > FORMAT:
        raise CitationsError(path, f"a receipt of format {form}, this Concord knows up to {FORMAT}: update Concord")
    if record.get("checksum") != checksum(record):
        raise CitationsError(path, "edited since it was written (its checksum doesn't fit): run the search anew")
    try:
        return Receipt.model_validate_json(text)
    except ValidationError as error:  # somebody has given an edited receipt a new checksum
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise CitationsError(path, f"no receipt that can be read: {where or 'its text'} is missing or wrong") from None


def check_archive(path: Path, receipt: Receipt, archive: Archive) -> None:
    """Raise ``CitationsError`` for a receipt of another archive, whose versions mean nothing in this one."""
    if receipt.archive != archive.id:
        names = f"its archive is {receipt.archive[:8]}…, this one is {archive.id[:8]}…"
        raise CitationsError(path, f"a receipt of another collection ({names})")


def claims_of(receipt: Receipt) -> list[Claim]:
    """What a receipt claims of each document; it quotes nothing."""
    return [
        Claim(
            label=hit.id,
            id=hit.id,
            url=hit.url,
            version=hit.version,
            digest=hit.digest,
            details={name: said for name in DETAILS if (said := getattr(hit, name, None))},
        )
        for hit in receipt.hits
    ]
