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

from indexer.citations.claim import DETAILS, Claim
from indexer.citations.digest import PREFIX, text_digest
from indexer.errors import CitationsError
from indexer.results import FoundText, SearchRequest, Sort

if TYPE_CHECKING:
    from indexer.collection import Collection

FORMAT = 1
"""Raised when an older Concord could not understand what this one writes."""

MARK = "concord_receipt"
"""The key that makes a file a receipt; its value is the format."""

_KEYS: Mapping[str, type | tuple[type, ...]] = {
    MARK: int,
    "tool": str,
    "ran_at": str,
    "query": str,
    "filters": dict,
    "explanation": str,
    "notes": list,
    "generation": str,
    "built_at": str,
    "archive": str,
    "change": int,
    "taxonomy": str,
    "documents": int,
    "total": int,
    "hits": list,
    "checksum": str,
}
_FILTERS = ("source", "domain", "lang", "since", "until", "sort", "fold")
_HIT_KEYS = ("id", "version", "digest", "title", "url", "source", "date", "score", "partial")


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
        "notes": [note.message for note in found.notes],
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


def request_of(record: Mapping[str, Any]) -> SearchRequest:
    """The search that a receipt is of."""
    filters = record["filters"]
    return SearchRequest(
        query=record["query"],
        sources=tuple(filters["source"]),
        domains=tuple(filters["domain"]),
        languages=tuple(filters["lang"]),
        since=date.fromisoformat(filters["since"]) if filters["since"] else None,
        until=date.fromisoformat(filters["until"]) if filters["until"] else None,
        sort=Sort(filters["sort"]),
        fold=filters["fold"],
    )


def checksum(record: Mapping[str, Any]) -> str:
    """The checksum of a receipt, whether it has one or not."""
    content = {name: value for name, value in record.items() if name != "checksum"}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return PREFIX + hashlib.sha256(canonical.encode()).hexdigest()


def is_receipt(text: str) -> bool:
    """Whether a text that is JSON looks like a receipt rather than like lines of citations."""
    return f'"{MARK}"' in text


def parse_receipt(path: Path, text: str) -> dict[str, Any]:
    """A receipt that can be trusted; raises ``CitationsError`` for one that was edited, a newer one, anything else."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise CitationsError(path, f"no receipt: not JSON: {where}") from None
    if not isinstance(record, dict) or not isinstance(record.get(MARK), int):
        raise CitationsError(path, "no receipt: 'concord receipt QUERY -o FILE' writes one")
    if record[MARK] > FORMAT:
        raise CitationsError(
            path, f"a receipt of format {record[MARK]}, this Concord knows up to {FORMAT}: update Concord"
        )
    if record.get("checksum") != checksum(record):
        raise CitationsError(path, "edited since it was written (its checksum doesn't fit): run the search anew")
    if not _is_whole(record):
        raise CitationsError(path, "no receipt that can be read: something is missing in it")
    return record


def _is_whole(record: Mapping[str, Any]) -> bool:
    """Somebody may have given an edited receipt a new checksum."""
    if not all(isinstance(record.get(name), kind) for name, kind in _KEYS.items()):
        return False
    try:
        request_of(record)
        datetime.fromisoformat(record["ran_at"])
    except (KeyError, TypeError, ValueError):
        return False
    hits = record["hits"]
    return all(isinstance(hit, dict) and hit.keys() >= set(_HIT_KEYS) and _is_hit(hit) for hit in hits)


def _is_hit(hit: Mapping[str, Any]) -> bool:
    return isinstance(hit["id"], str) and isinstance(hit["version"], int) and isinstance(hit["digest"], str)


def claims_of(record: Mapping[str, Any]) -> list[Claim]:
    """What a receipt claims of each document; it quotes nothing."""
    return [
        Claim(
            label=hit["id"],
            id=hit["id"],
            url=hit["url"],
            version=hit["version"],
            digest=hit["digest"],
            details={name: hit[name] for name in DETAILS if hit.get(name)},
        )
        for hit in record["hits"]
    ]
