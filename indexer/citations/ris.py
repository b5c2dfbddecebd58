"""Citations in RIS, the format that every reference manager reads: written and read back by rispy.

============  =====================================================================
tag           what it has
============  =====================================================================
``TY``        ``GOVDOC``, ``NEWS``, ``ELEC`` or, without a web address, ``GEN``
``ID``        the key
``TI`` ``AU`` title and author
``T2`` ``PB`` the source, and whom to credit for it
``PY`` ``DA`` year and date of publication, as far as they are known (``2008/11//``)
``Y2``        the day of the capture
``UR``        the web address
``AN``        the id of the document
``C1``        its version
``C2``        the digest of its text
``C3``        the anchor of the passage
``C4``        on what terms the text may be used
``N1``        the quote, in quotation marks: it is told from remarks where a program drops ``AN`` and ``C1`` to ``C4``
``LA`` ``KW`` language and domains
============  =====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from indexer.citations.citation import Citation
from indexer.citations.claim import Claim, claim_of
from indexer.citations.kinds import Kind, kind_of

TYPES = {Kind.GOVERNMENT: "GOVDOC", Kind.NEWS: "NEWS", Kind.WEB: "ELEC", Kind.UNKNOWN: "GEN"}
_NAMES = {
    "id": "accession_number",
    "version": "custom1",
    "digest": "custom2",
    "passage": "custom3",
    "title": "title",
}
"""Our name of a field → rispy's."""

_INNER = str.maketrans("“”", "‘’")
_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: |$)(.*)", re.DOTALL)
_LINE_END = re.compile(r"\r\n|\r|\n")


def write_ris(citations: Iterable[Citation]) -> Iterator[str]:
    """An entry a citation, with an empty line behind it; lines end in CR LF, as RIS prescribes."""
    import rispy

    writer = rispy.RisWriter(delimiter_tags_mapping={})
    writer.set_header = lambda count: ""  # rispy would number the entries, which RIS has no place for
    for citation in citations:
        yield writer.formats([_entry(citation)]).replace("\n", "\r\n") + "\r\n"


def _entry(citation: Citation) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "type_of_reference": TYPES[kind_of(citation.url)],
        "id": citation.key,
        "title": citation.title,
        "authors": [citation.author] if citation.author else [],
        "secondary_title": citation.source_label,
        "publisher": citation.attribution,
        "year": citation.date[:4] if citation.date else None,
        "date": _date(citation.date) if citation.date else None,
        "access_date": _date(citation.captured_on),
        "urls": [citation.url] if citation.url else [],
        "language": citation.language,
        "keywords": list(citation.domains),
        "accession_number": citation.id,
        "custom1": str(citation.version),
        "custom2": citation.digest,
        "custom3": citation.passage,
        "custom4": citation.licence,
        "notes": [_in_marks(citation.quote)] if citation.quote else [],
    }
    return {name: _one_line(value) for name, value in fields.items() if value}


def _in_marks(quote: str) -> str:
    """A quote in quotation marks; those in it become single ones, as printers set them."""
    return f"“{quote.translate(_INNER)}”"


def _out_of_marks(notes: Iterable[str]) -> list[str]:
    """The notes that are quotes; all of them where none is in quotation marks."""
    bare = [note.strip() for note in notes if note.strip()]
    return [note[1:-1] for note in bare if note.startswith("“") and note.endswith("”")] or bare


def _one_line(value: str | list[str]) -> str | list[str]:
    return [" ".join(each.split()) for each in value] if isinstance(value, list) else " ".join(value.split())


def _date(date: str) -> str:
    """``2008-11`` as ``2008/11//``: the form that RIS prescribes, with empty places for what isn't known."""
    return "/".join([*date.split("-"), "", ""][:3]) + "/"


def read_ris(text: str) -> Iterator[Claim]:
    """The claims of RIS entries; an entry that isn't ended by ``ER`` ends where the next begins.

    Raises ``ValueError`` where there is none.
    """
    import rispy

    lines, starts = _mended(text)
    entries = rispy.RisParser(delimiter_tags_mapping={}, newline="\n").parse("\n".join(lines))
    if not entries:
        raise ValueError('no entries in it: a RIS entry begins with "TY  - "')
    yield from map(_claim, entries, starts)


def _mended(text: str) -> tuple[list[str], list[int]]:
    """The lines with every entry ended, and the numbers of the lines that entries begin at."""
    lines: list[str] = []
    starts: list[int] = []
    inside = False
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), 1):
        match = _TAG.match(line)
        tag = match[1] if match else ""
        if tag == "TY":
            lines += ["ER  - "] if inside else []
            starts.append(number)
        if match or inside:
            lines.append(f"{tag}  - {match[2].strip()}" if match else line)
        inside = tag == "TY" or (inside and tag != "ER")
    return lines + (["ER  - "] if inside else []), starts


def _claim(entry: Mapping[str, Any], line: int) -> Claim:
    said = {ours: str(entry[theirs]) for ours, theirs in _NAMES.items() if entry.get(theirs)}
    ours = str(said.get("digest", "")).startswith("sha256:") or bool(entry.get("custom1") and entry.get("custom3"))
    fields = {**(said if ours else {}), "url": next(iter(entry.get("urls", ())), "")}
    notes = tuple(map(str, entry.get("notes", ())))
    label = str(entry.get("id") or entry.get("label") or f"line {line}")
    if not ours:
        free = tuple(str(entry[name]) for name in ("abstract", "notes_abstract") if entry.get(name))
        return claim_of(fields, label, line, free, notes)
    day = "-".join(part for part in str(entry.get("date", "")).split("/") if part)
    more = {"author": "; ".join(entry.get("authors", ())), "date": day, "quote": " … ".join(_out_of_marks(notes))}
    return claim_of(fields | more, label, line)
