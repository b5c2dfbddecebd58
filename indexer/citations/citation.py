"""A citation: a passage that was found, with all that is needed to find and check it again."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as percent_encoded

from indexer.citations.digest import text_digest
from indexer.results import FoundText, SearchRequest

if TYPE_CHECKING:
    from indexer.collection import Collection

_MARK = re.compile(r"</?mark>")
_UNFIT = re.compile(r"[^A-Za-z0-9._:+-]+")
_LONGEST_KEY = 60  # longer ones make the text of a paper unreadable


@dataclass(frozen=True, slots=True)
class Citation:
    """What an export tells of a hit: the fields are the columns, in this order.

    ``attribution`` and ``licence`` are those of its source. ``date`` has its known parts (ISO 8601). ``passage`` is the
    anchor (``p12``) of the best passage, ``quote`` is from it and ``passage_text`` the whole of it; all three are empty
    where the document has no text.
    """

    id: str
    title: str
    url: str | None
    source: str
    source_label: str
    date: str | None
    date_precision: str | None
    language: str | None
    domains: tuple[str, ...]
    author: str | None
    captured_at: datetime
    version: int
    digest: str
    passage: str
    permalink: str
    attribution: str | None
    licence: str | None
    quote: str
    passage_text: str
    partial: bool

    @property
    def key(self) -> str:
        """What a paper cites the document by: its id, where that may stand in BibTeX; the same in every export."""
        fit = _UNFIT.sub("-", self.id)
        if fit == self.id and len(fit) <= _LONGEST_KEY:
            return fit
        return f"{fit[:_LONGEST_KEY]}-{hashlib.sha256(self.id.encode()).hexdigest()[:8]}"

    @property
    def captured_on(self) -> str:
        """The day of the capture in UTC (ISO 8601)."""
        return self.captured_at.astimezone(UTC).date().isoformat()

    def to_json(self) -> dict[str, Any]:
        """A line of the JSONL export."""
        captured = self.captured_at.isoformat(timespec="seconds")
        return asdict(self) | {"domains": list(self.domains), "captured_at": captured}


def cite_all(
    collection: Collection, request: SearchRequest, *, partial: bool = False, base: str = ""
) -> Iterator[Citation]:
    """A citation of each hit, in the order of the search; those with some of the words only with ``partial``.

    ``base`` is what permalinks begin with: the address of a server, without the final slash. Raises what
    ``Collection.search`` raises, at once. Streams.
    """
    found = collection.every_hit(request, some_words=partial)
    return (cite(each, base) for each in found)


def cite(found: FoundText, base: str = "") -> Citation:
    """The citation of a hit by its best passage."""
    document = found.document
    best = next(iter(found.hit().snippets), None)
    anchor = f"p{best.passage}" if best else ""
    return Citation(
        id=document.id,
        title=document.title,
        url=document.url,
        source=document.source,
        source_label=found.source_label,
        date=str(document.date) if document.date else None,
        date_precision=document.date.precision.value if document.date else None,
        language=document.language,
        domains=found.domains,
        author=document.author,
        captured_at=document.captured_at,
        version=document.version,
        digest=text_digest(document),
        passage=anchor,
        permalink=f"{base}/d/{percent_encoded(document.id)}" + (f"#{anchor}" if anchor else ""),
        attribution=found.attribution,
        licence=found.licence,
        quote=html.unescape(_MARK.sub("", best.html)) if best else "",
        passage_text=document.paragraphs[best.passage - 1] if best else "",
        partial=found.partial,
    )
