"""Citations in BibTeX: written and read by bibtexparser, with LaTeX read by pylatexenc.

Texts are UTF-8; only what LaTeX would take for a command is escaped. A page is ``@misc``, which all styles know, an
article of a paper or an agency is ``@article``. What no style knows begins with ``concord-``: the id of the document,
its version, the digest of its text and the anchor of the passage; the quote is in ``annote``, which styles don't print.
``publisher`` says whom to credit, and ``copyright`` on what terms: a ``note`` would be taken for a quote where a text
has nearly the same words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from indexer.citations.citation import Citation
from indexer.citations.claim import Claim, claim_of
from indexer.citations.kinds import Kind, kind_of

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

LONGEST_LATEX = 100_000  # characters of a field that are read as LaTeX; a longer one is no citation, and takes minutes
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - they are one row
_SPECIAL = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",  # BibTeX counts the braces of \{ and \}, and reads to the end of the file for a lone one
    "}": r"{\textbraceright}",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}",
} | {sign: f"\\{sign}" for sign in "$&#_%"}
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)")
_URL_COMMAND = re.compile(r"\\(?:url|href)\s*\{([^{}]*)\}|(https?://[^\s{}\\]+)")
_OURS = {"concord-id": "id", "concord-version": "version", "concord-digest": "digest", "concord-passage": "passage"}
_FREE = ("abstract", "annote", "annotation")
_NOTES = ("note",)


def escaped(text: str) -> str:
    """A text as LaTeX prints it; ``--`` and ``''`` stay two signs."""
    return "".join(_SPECIAL.get(char, char) for char in _LIGATURES.sub("\0", text)).replace("\0", "{}")


def write_bibtex(citations: Iterable[Citation]) -> Iterator[str]:
    """An entry a citation, with an empty line behind it."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field
    from bibtexparser.writer import BibtexFormat

    form = BibtexFormat()  # type: ignore[no-untyped-call]
    form.indent, form.trailing_comma = "  ", True
    for citation in citations:
        news = kind_of(citation.url) is Kind.NEWS
        fields = [Field(name, value) for name, value in _fields(citation, news=news).items()]
        entry = Entry("article" if news else "misc", citation.key, fields)
        # The default stack encloses names of months too, which styles then can't translate.
        yield write_string(Library([entry]), unparse_stack=[], bibtex_format=form) + "\n"


def _fields(citation: Citation, *, news: bool) -> dict[str, str]:
    date = (citation.date or "").split("-")
    texts = {
        "title": citation.title,
        "author": citation.author,
        "journal" if news else "howpublished": citation.source_label,
        "concord-id": citation.id,
        "concord-version": str(citation.version),
        "concord-digest": citation.digest,
        "concord-passage": citation.passage,
        "language": citation.language,
        "keywords": ", ".join(citation.domains),
        "publisher": citation.attribution,
        "copyright": citation.licence,
        "annote": citation.quote,
    }
    fields = {name: f"{{{escaped(' '.join(value.split()))}}}" for name, value in texts.items() if value}
    for name in {"title", "author"} & fields.keys():
        fields[name] = f"{{{fields[name]}}}"  # styles neither change its capitals nor take it apart as a person's name
    fields |= {"year": f"{{{date[0]}}}"} if date[0] else {}
    fields |= {"month": _MONTHS[int(date[1]) - 1]} if len(date) > 1 else {}
    fields |= {"day": f"{{{int(date[2])}}}"} if len(date) > 2 else {}
    fields |= {"url": f"{{{quote(citation.url, safe=_URL_SAFE)}}}"} if citation.url else {}
    return fields | {"urldate": f"{{{citation.captured_on}}}"}


_URL_SAFE = "".join(char for char in map(chr, range(33, 127)) if char not in '{}\\"<>^`')


def read_bibtex(text: str) -> Iterator[Claim]:
    """The claims of BibTeX entries in their order, those with a key that was there before too.

    A block that can't be read is a claim that says why. Raises ``ValueError`` where there is nothing.
    """
    entries, broken = _parsed(text.removeprefix("\ufeff"))
    if not entries and not broken:
        raise ValueError("no entries in it: a BibTeX entry begins with @ and its type")
    claims = [*(_claim(label, entry) for label, entry in entries), *broken]
    yield from sorted(claims, key=lambda claim: claim.line or 0)


def _parsed(text: str) -> tuple[list[tuple[str, Entry]], list[Claim]]:
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.library import Library
    from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware
    from bibtexparser.model import Entry, String

    _quieten()
    keys: dict[str, str] = {}
    kept: list[Block] = []
    broken: list[Claim] = []
    for block in map(_read_anyway, parse_string(text, parse_stack=[]).blocks):
        if isinstance(block, Entry):
            unique = f"entry-{len(keys)}"
            keys[unique], block.key = block.key, unique
            kept.append(block)
        elif isinstance(block, String):
            kept.append(block)
        elif problem := _problem(block):
            broken.append(problem)
    library = Library(kept, fail_on_duplicate_key=False)
    for step in (ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware()):
        library = step.transform(library)
    return [(keys[entry.key] or _place(entry), entry) for entry in library.entries], broken


def _quieten() -> None:
    """What the libraries log of a broken file, a line an entry, is told as the state of that entry."""
    for name in ("bibtexparser", "pylatexenc"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _read_anyway(block: Block) -> Block:
    """The entry of a block that bibtexparser sets apart because its key, or a field's, is there twice."""
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry

    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock) and isinstance(
        block.ignore_error_block, Entry
    ):
        return block.ignore_error_block
    return block


def _problem(block: Block) -> Claim | None:
    from bibtexparser.model import ParsingFailedBlock

    if not isinstance(block, ParsingFailedBlock):
        return None
    reason = str(getattr(block.error, "abort_reason", None) or block.error)
    return Claim(_place(block), _line(block), problem=f"not BibTeX that can be read: {reason[:200]}")


def _line(block: Block) -> int | None:
    return None if block.start_line is None else block.start_line + 1


def _place(block: Block) -> str:
    return f"line {_line(block)}"


def _claim(label: str, entry: Entry) -> Claim:
    raw: dict[str, str] = {}
    for field in entry.fields:
        raw.setdefault(field.key.lower(), str(field.value))
    said = {name: decoded(raw[theirs]) for theirs, name in _OURS.items() if theirs in raw}
    fields = said | {"url": _url(raw)}
    line = _line(entry)
    if "id" not in said and "digest" not in said:
        free = tuple(decoded(raw[name]) for name in _FREE if name in raw)
        notes = tuple(decoded(raw[name]) for name in _NOTES if name in raw and not _URL_COMMAND.search(raw[name]))
        return claim_of(fields, label, line, free, notes)
    more = {name: decoded(raw.get(name, "")) for name in ("title", "author")}
    return claim_of(fields | more | {"date": _date(raw), "quote": decoded(raw.get("annote", ""))}, label, line)


def _url(raw: Mapping[str, str]) -> str:
    if raw.get("url", "").strip():
        return re.sub(r"\\([_%&#~${}])", r"\1", raw["url"].strip())
    for name in ("howpublished", "note"):
        if match := _URL_COMMAND.search(raw.get(name, "")):
            return re.sub(r"\\([_%&#~${}])", r"\1", match[1] or match[2])
    return ""


def _date(raw: Mapping[str, str]) -> str:
    month = raw.get("month", "").lower()[:3]
    parts = [raw.get("year", ""), str(_MONTHS.index(month) + 1) if month in _MONTHS else "", raw.get("day", "")]
    return "-".join(part.strip().zfill(2) for part in parts if part.strip())


def decoded(value: str) -> str:
    """A field as it is printed; without its braces only, where it isn't LaTeX that can be read."""
    from pylatexenc.latex2text import LatexNodes2Text

    if len(value) <= LONGEST_LATEX and re.search(r"[\\{}~$%`']|--", value):
        # pylatexenc knows braces by their names in mathematics only
        value = re.sub(r"\\textbrace(l|r)(?:eft|ight)\b", r"\\\1brace", value)
        try:
            text = str(LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=True).latex_to_text(value)).strip()
            return text.replace("\u02c6", "^")  # pylatexenc reads \textasciicircum as a letter of phonetics
        except Exception:  # pylatexenc raises whatever it stumbles over, RecursionError among them
            return re.sub(r"[{}]", "", value).strip()
    return value.strip()
