"""Holding citations against the text that is stored in the archive. The index plays no part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from crawler import Archive, ConfigFile, Document, UnknownDocumentId, load_settings, page_key
from indexer.citations.claim import Claim
from indexer.citations.difference import difference
from indexer.citations.digest import text_digest
from indexer.citations.formats import read_claims
from indexer.citations.quotes import QuotableText, normalised, pieces
from indexer.citations.verdict import State, Verdict, Verification

_ISO_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
REMARK_BELOW = 70.0
"""Percent: a note without quotation marks that is less like any passage is no quote but a remark; and which words of a
quote were changed can't be told where it is less like the passage."""


def verify_file(config: ConfigFile, path: Path) -> Verification:
    """Check each citation of a file; raises ``CitationsError``, ``ArchiveError`` or ``ConfigError``."""
    with Archive.open(load_settings(config).archive_path) as archive, archive.snapshot():
        form, claims = read_claims(path, archive)
        return Verification(path, form, tuple(verify(archive, claims)))


def verify(archive: Archive, claims: Sequence[Claim]) -> list[Verdict]:
    """The verdict on each claim, in their order."""
    checker = _Checker(archive)
    known = [() if claim.problem else tuple(checker.documents(claim)) for claim in claims]
    astray = {quote for claim, documents in zip(claims, known, strict=True) if not documents for quote in claim.quotes}
    homes = checker.homes(astray) if astray else {}
    # Those of one document stand together then, and its versions are read once.
    order = sorted(range(len(claims)), key=lambda at: (claims[at].id or "", claims[at].url or ""))
    verdicts = {at: checker.verdict(claims[at], known[at]) if known[at] else _astray(claims[at], homes) for at in order}
    return [verdicts[at] for at in range(len(claims))]


def _astray(claim: Claim, homes: Mapping[str, _Home]) -> Verdict:
    """The verdict on an entry of which the archive doesn't know the document: on its quotes, if there are any."""
    verdict = Verdict(claim.label, claim.line, State.UNCHECKABLE, "", quotes=len(claim.quotes))
    if claim.problem or not claim.checkable:
        return replace(verdict, detail=claim.problem or "it has no id, no web address and no quote")
    home = homes.get(claim.quotes[0]) if claim.quotes and all(quote in homes for quote in claim.quotes) else None
    if home:
        verdict = replace(verdict, document=home.document, version=home.version, passage=home.passage)
    if claim.id or claim.url:
        quoted = f"; its quote stands in {home}" if home else "; nor has any the quote" if claim.quotes else ""
        return replace(verdict, state=State.UNKNOWN, detail=_unknown(claim) + quoted)
    if home is None:
        return replace(verdict, state=State.NOT_FOUND, detail="no document has this quote")
    return replace(verdict, state=State.VERIFIED, detail=f"found in {home} by its quote alone: it names no document")


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a quote stands."""

    document: str
    version: int
    passage: int

    def __str__(self) -> str:
        return f"{self.document}#p{self.passage}"


@dataclass(frozen=True, slots=True)
class _Version:
    document: Document
    digest: str
    text: QuotableText

    @property
    def number(self) -> int:
        return self.document.version


class _Checker:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._urls: dict[str, list[str]] | None = None
        self._versions = lru_cache(maxsize=4)(self._read_versions)

    def homes(self, quotes: Iterable[str]) -> dict[str, _Home]:
        """Where each quote that a current text has stands. Reads all texts."""
        missing, found = set(quotes), {}
        for document in self._archive.changes():
            text = QuotableText(document.paragraphs) if missing else None
            for quote in sorted(missing) if text else ():
                if text and (places := text.find(quote)):
                    found[quote] = _Home(document.id, document.version, places[0])
            missing -= found.keys()
        return found

    def verdict(self, claim: Claim, documents: Iterable[str]) -> Verdict:
        """The best verdict on a claim about any of ``documents``."""
        base = Verdict(claim.label, claim.line, State.UNCHECKABLE, "", quotes=len(claim.quotes))
        verdicts = (self._against(claim, replace(base, document=each), self._versions(each)) for each in documents)
        return min(verdicts, key=lambda verdict: (not verdict.good, list(State).index(verdict.state)))

    def documents(self, claim: Claim) -> list[str]:
        """The documents that a claim may be about: the one with its id, and all at its address.

        The id that Concord wrote says which; what others call an id may be anything.
        """
        known = [claim.id] if claim.id and self._has(claim.id) else []
        if claim.url and not (known and claim.details):
            known += [id for id in self._at(claim.url) if id not in known]
        return known

    def _has(self, document_id: str) -> bool:
        try:
            self._archive.document(document_id)
        except UnknownDocumentId:
            return False
        return True

    def _at(self, url: str) -> list[str]:
        if self._urls is None:
            self._urls = {}
            for document_id, known in self._archive.urls():
                ids = self._urls.setdefault(_key(known), [])
                ids += [document_id] if document_id not in ids else []
        return self._urls.get(_key(url), [])

    def _read_versions(self, document_id: str) -> tuple[int, dict[int, _Version]]:
        """The number of the current version, and all versions by number."""
        current = self._archive.document(document_id).version
        versions = self._archive.versions(document_id)
        return current, {
            each.version: _Version(each, text_digest(each), QuotableText(each.paragraphs)) for each in versions
        }

    def _against(self, claim: Claim, verdict: Verdict, known: tuple[int, dict[int, _Version]]) -> Verdict:
        number, versions = known
        current = versions[number]
        cited = _cited(claim, versions)
        if problem := _disagreement(claim, cited, versions):
            return replace(verdict, state=problem[0], detail=problem[1])
        verdict = replace(verdict, version=(cited or current).number)
        texts = [cited] if cited else [current, *(each for each in reversed(versions.values()) if each is not current)]
        for quote in _wanted(claim, versions.values()):
            verdict = _quoted(claim, quote, verdict, texts, list(versions.values()))
            if verdict.state is not State.UNCHECKABLE:
                return verdict
        if details := _differing(claim, versions[verdict.version or number].document):
            return replace(verdict, state=State.DETAILS, detail=details)
        return _today(claim, verdict, versions[verdict.version or number], current)


def _unknown(claim: Claim) -> str:
    named = [f'id "{claim.id}"'] if claim.id else []
    named += [f"address {claim.url}"] if claim.url else []
    return f"the archive has no document with {' or '.join(named)}"


def _key(url: str) -> str:
    try:
        return page_key(url)
    except ValueError:
        return url.strip()


def _cited(claim: Claim, versions: Mapping[int, _Version]) -> _Version | None:
    """The version that a claim names by its number, or by its digest alone."""
    if claim.version is not None:
        return versions.get(claim.version)
    return next((each for each in versions.values() if each.digest == claim.digest), None)


def _disagreement(claim: Claim, cited: _Version | None, versions: Mapping[int, _Version]) -> tuple[State, str] | None:
    """Why the version named is not there, or isn't the one that the digest is of."""
    if claim.version is not None and cited is None:
        numbers = ", ".join(map(str, sorted(versions)))
        return State.VERSION, f"there is no version {claim.version}: the archive has {numbers}"
    if claim.digest and (cited is None or cited.digest != claim.digest):
        others = [each.number for each in versions.values() if each.digest == claim.digest]
        hint = f"it is that of version {others[0]}" if others else "no version of the document has it"
        return State.DIGEST, f"the digest is not that of the text cited: {hint}"
    return None


def _wanted(claim: Claim, texts: Iterable[_Version]) -> list[str]:
    """The quotes of a claim, and those of its remarks that are quotes without marks, to the letter or nearly."""
    return [*claim.quotes, *(remark for remark in claim.remarks if _is_quote(remark, texts))]


def _is_quote(remark: str, texts: Iterable[_Version]) -> bool:
    if len(pieces(remark)) == 0:
        return False
    likenesses = (each.text.closest(remark) for each in texts)
    return any(likeness and likeness.percent >= REMARK_BELOW for likeness in likenesses)


def _quoted(
    claim: Claim, quote: str, verdict: Verdict, texts: Sequence[_Version], versions: Sequence[_Version]
) -> Verdict:
    """What is wrong with a quote; ``UNCHECKABLE`` stays where nothing is, with the place where it stands."""
    if not pieces(quote):
        return verdict
    for each in texts:
        if places := each.text.find(quote):
            return _at_place(claim, replace(verdict, version=each.number), places)
    for each in versions:
        if places := each.text.find(quote):
            detail = f"it stands in version {each.number}, p{places[0]}"
            return replace(verdict, state=State.WRONG_PASSAGE, detail=detail, version=each.number, passage=places[0])
    found = [likeness for each in versions if (likeness := each.text.closest(quote))]
    closest = max(found, key=lambda likeness: likeness.percent, default=None)
    if closest is None:
        return replace(verdict, state=State.NOT_FOUND, detail="the document has no text")
    differing = difference(quote, closest.text) if closest.percent >= REMARK_BELOW else ()
    beginning = "" if differing else f'"{quote[:80]}{"…" if len(quote) > 80 else ""}": '
    told = f"{beginning}closest is p{closest.passage}, {closest.percent:.0f} % alike"
    return replace(verdict, state=State.NOT_FOUND, detail=told, closest=closest, differing=differing)


def _at_place(claim: Claim, verdict: Verdict, places: Sequence[int]) -> Verdict:
    if claim.anchor is not None and claim.anchor not in places:
        detail = f"it stands in p{places[0]}, not in p{claim.anchor}"
        return replace(verdict, state=State.WRONG_PASSAGE, detail=detail, passage=places[0])
    return replace(verdict, passage=claim.anchor or verdict.passage or places[0])


def _differing(claim: Claim, document: Document) -> str:
    """Which details of a citation are not those of the version cited, with what those are."""
    known = {
        "id": document.id,
        "title": document.title,
        "url": document.url or "",
        "date": str(document.date) if document.date else "",
        "author": document.author or "",
    }
    wrong = [name for name, said in claim.details.items() if not _same(name, said, known[name])]
    return "; ".join(f'{name}: "{known[name]}", not "{claim.details[name]}"' for name in wrong)


def _same(name: str, said: str, known: str) -> bool:
    if name == "date" and not _ISO_DATE.fullmatch(said):
        return True  # a spreadsheet that saved the file has written it in its own way
    return _key(said) == _key(known) if name == "url" else normalised(said) == normalised(known)


def _today(claim: Claim, verdict: Verdict, cited: _Version, current: _Version) -> Verdict:
    """The verdict on a citation with which nothing is wrong."""
    if cited.digest == current.digest:
        quoted = "" if claim.quotes or verdict.passage or claim.digest else "its address is known; it quotes nothing"
        return replace(verdict, state=State.VERIFIED, detail=quoted)
    quotes = [quote for quote in claim.quotes if pieces(quote)]
    kept = all(current.text.find(quote) for quote in quotes) if quotes else None
    told = {True: "has the quote too", False: "does not have the quote any more", None: "is another one"}[kept]
    detail = f"right for version {cited.number}; the text of version {current.number}, today's, {told}"
    return replace(verdict, state=State.CHANGED, detail=detail, still_quoted=kept)
