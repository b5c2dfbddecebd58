"""A citation as a file has it: what it claims, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MIN_MARKED = 12  # characters between quotation marks: fewer are a title or a word that is talked about, not a quote
_MARKED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|「([^「」]+)」|\"([^\"]+)\"")
_ANCHOR = re.compile(r"#?p?([1-9]\d{0,6})", re.ASCII)
_VERSION = re.compile(r"[1-9]\d{0,8}", re.ASCII)
DETAILS = ("id", "title", "url", "date", "author")
"""What a citation that Concord wrote says beside the passage, and is checked as well."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What an entry says; what it doesn't say is ``None`` or empty. ``label`` is its key, or where it stands.

    ``remarks`` are notes that may be quotes without marks. ``details`` are those of a citation that Concord wrote.
    ``problem``: why the entry can't be read.
    """

    label: str
    line: int | None = None
    id: str | None = None
    url: str | None = None
    version: int | None = None
    digest: str | None = None
    anchor: int | None = None
    quotes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None

    @property
    def checkable(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.id or self.url or self.quotes)


def claim_of(
    fields: Mapping[str, str],
    label: str,
    line: int | None = None,
    free: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> Claim:
    """The claim of an entry by the names that the exports use: ``id``, ``url``, ``version``, ``digest``, ``passage``,
    ``quote``, ``passage_text`` and the details. What others call a passage may be its text.

    ``free``: texts of an entry that Concord didn't write which are quotes, or have quotes in quotation marks.
    ``notes``: those which are remarks unless there are quotation marks in them, or the archive has them word for word.
    """
    given = {name: value.strip() for name, value in fields.items() if value.strip()}
    ours = "digest" in given or "version" in given  # tables of others number their lines as ids
    if not ours and not _ANCHOR.fullmatch(given.get("passage", "p1")):
        given["passage_text"] = given.pop("passage")
    version, anchor = given.get("version"), given.get("passage")
    marked = [quote for text in notes for quote in marked_quotes(text)]
    return Claim(
        label=label,
        line=line,
        id=given.get("id"),
        url=given.get("url"),
        version=int(version) if version and _VERSION.fullmatch(version) else None,
        digest=given["digest"].lower() if "digest" in given else None,
        anchor=int(found[1]) if anchor and (found := _ANCHOR.fullmatch(anchor)) else None,
        quotes=(*_own_quotes(given), *(quote for text in free for quote in marked_quotes(text) or [text]), *marked),
        remarks=() if marked else tuple(text for text in notes if text.strip()),
        details={name: given[name] for name in DETAILS if name in given} if ours else {},
        problem=_problem(version, anchor),
    )


def _own_quotes(given: Mapping[str, str]) -> list[str]:
    return [given[name] for name in ("quote", "passage_text") if name in given]


def _problem(version: str | None, anchor: str | None) -> str | None:
    if version and not _VERSION.fullmatch(version):
        return f'"{version[:40]}" is no number of a version'
    if anchor and not _ANCHOR.fullmatch(anchor):
        return f'"{anchor[:40]}" is no passage: they are called p1, p2, …'
    return None


def marked_quotes(text: str) -> list[str]:
    """What stands in quotation marks in a text, and is long enough to be a quote."""
    found = (next(group for group in match.groups() if group) for match in _MARKED.finditer(text))
    return [quote.strip() for quote in found if len(quote.strip()) >= MIN_MARKED]
