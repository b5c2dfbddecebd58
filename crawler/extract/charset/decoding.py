"""From bytes to text: by byte order mark, by declaration where it holds, else by what the text looks like.

Declarations of old pages are wrong so often that each is checked: a page that says ``utf-8`` over bytes of GB 18030, or
``iso-8859-1`` over UTF-8, is read for what it is. What can't be read with confidence is :class:`Undecodable`, because
a wrong text can't be told from a right one later.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crawler.errors import Undecodable
from crawler.extract.charset import detect
from crawler.extract.charset.labels import codec_of, name_of
from crawler.extract.charset.plausibility import plausibility
from crawler.extract.charset.prescan import declared_in
from crawler.extract.charset.reading import damage, read_leniently

Basis = Literal["bom", "header", "meta", "detected"]

UTF8_SHARE = 0.97
"""The part of the bytes beyond ASCII that must be well-formed UTF-8: pages are put together from pieces, and one piece
may be in another set."""
UTF8_PROOF = 8
"""Sequences from which on well-formed UTF-8 is no accident; a few characters of GB 18030 can form it by chance."""
CONVINCING = 0.65
"""A declared reading that looks this much like writing is not compared with others: none in a wrong set does."""
TRUST = 0.2
"""How much better, a character, another reading must be to overrule a declaration."""
DAMAGE = 200
"""Characters beyond ASCII for each damaged one that is put up with (and one more)."""
NULS = 1000
"""Characters of HTML for each NUL that is put up with: parsers drop them."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_SHIFTED = ("iso2022_jp", "iso2022_kr", "hz")
"""Character sets that write everything in ASCII, between marks that shift."""
_SHIFTS = re.compile(rb"\x1b\$|~\{")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NAMES = {
    "cp1252": "windows-1252",
    **{f"cp{number}": f"windows-{number}" for number in (874, *range(1250, 1259))},
    **{f"iso8859-{part}": f"iso-8859-{part}" for part in range(1, 17)},
    "big5hkscs": "big5",
    "cp949": "euc-kr",
    "cp932": "shift_jis",
    "euc_jp": "euc-jp",
    "iso2022_jp": "iso-2022-jp",
    "iso2022_kr": "iso-2022-kr",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its character set (in small letters, as the WHATWG names it) and what said so.

    ``damaged`` counts the characters that could not be read and stand as U+FFFD.
    """

    text: str
    charset: str
    basis: Basis
    damaged: int = 0


def decode(body: bytes, *, declared: str | None = None, html: bool = False) -> Decoded:
    """The text of ``body``, without byte order mark.

    ``declared`` is the label that came with it (``charset=`` of the Content-Type). With ``html``, the page's own
    ``<meta>`` is read as the HTML standard says, and stray NULs are dropped. Raises :class:`Undecodable`.
    """
    decoded = (
        _by_mark(body)
        or _wide(body, declared)
        or _all_ascii(body, declared, html=html)
        or _utf8(body, declared, html=html)
        or _declared(body, declared, html=html)
        or _detected(body)
    )
    if decoded is None:
        raise Undecodable(_reason(body, declared, html=html))
    return _checked(decoded, html=html)


def _by_mark(body: bytes) -> Decoded | None:
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return _accepted(body[len(mark) :], codec, "bom")
    return None


def _wide(body: bytes, declared: str | None) -> Decoded | None:
    """UTF-16 and UTF-32 without a mark: ASCII in it shows as every second, or three in four, bytes NUL."""
    if b"\0" not in body or len(body) % 2:
        return None
    basis: Basis = "header" if (name_of(declared or "") or "").startswith("utf-16") else "detected"
    for codec in _WIDE:
        try:
            text = body.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and plausibility(text[: detect.SAMPLE]) >= detect.ENOUGH:
            return Decoded(text, codec, basis)
    return None


def _all_ascii(body: bytes, declared: str | None, *, html: bool) -> Decoded | None:
    if _BEYOND_ASCII.search(body):
        return None
    if _SHIFTS.search(body):
        for codec in _SHIFTED:
            decoded = _accepted(body, codec, "detected")
            if decoded and _BEYOND.search(decoded.text) and plausibility(decoded.text) >= detect.ENOUGH:
                return decoded
    for name, basis in _declarations(body, declared, html=html):
        return Decoded(body.decode("ascii"), name, basis)
    return Decoded(body.decode("ascii"), "utf-8", "detected")


def _utf8(body: bytes, declared: str | None, *, html: bool) -> Decoded | None:
    """UTF-8 proves itself: bytes of another character set hardly ever form it."""
    beyond, sequences = len(_BEYOND_ASCII.findall(body)), _SEQUENCE.findall(body)
    if sum(map(len, sequences)) < UTF8_SHARE * beyond:
        return None
    declarations = list(_declarations(body, declared, html=html))
    if len(sequences) < UTF8_PROOF and not any(name == "utf-8" for name, _ in declarations):
        sample = detect.sample_of(body)
        score = detect.read_sample(sample, "utf-8").score
        others = [detect.read_sample(sample, codec_of(name)).score for name, _ in declarations]
        if score < max([detect.ENOUGH, *others]) and score < max(other.score for other in detect.readings(sample)):
            return None
    basis: Basis = next((basis for name, basis in declarations if name == "utf-8"), "detected")
    return _accepted(body, "utf-8", basis, each=1)


def _declared(body: bytes, declared: str | None, *, html: bool) -> Decoded | None:
    """By the first declaration that no other reading overrules."""
    sample, best = detect.sample_of(body), None
    for name, basis in _declarations(body, declared, html=html):
        codec = codec_of(name)
        reading = detect.read_sample(sample, codec)
        if reading.score < CONVINCING:
            best = best or detect.readings(sample)[0]
        overruled = best and best.score >= detect.ENOUGH and detect.lead(best, reading) > TRUST
        if reading.score >= 0 and not overruled and (decoded := _accepted(body, codec, basis)):
            return decoded
    return None


def _detected(body: bytes) -> Decoded | None:
    ranking = detect.readings(detect.sample_of(body))
    return _accepted(body, ranking[0].codec, "detected") if detect.is_clear(ranking) else None


def _declarations(body: bytes, declared: str | None, *, html: bool) -> Iterator[tuple[str, Basis]]:
    if name := name_of((declared or "").strip("\"'")):
        yield name, "header"
    if html and (name := declared_in(body)):
        yield name, "meta"


def _accepted(body: bytes, codec: str, basis: Basis, *, each: int = DAMAGE) -> Decoded | None:
    """The whole text, unless too much of it is damaged: more than one, and one for ``each`` characters beyond ASCII."""
    text = read_leniently(body, codec)
    damaged = damage(text, body)
    if damaged > 1 + len(_BEYOND.findall(text)) // each:
        return None
    return Decoded(text, _NAMES.get(codec, codec), basis, damaged)


def _checked(decoded: Decoded, *, html: bool) -> Decoded:
    """Without NULs; raises :class:`Undecodable` for what is no text at all."""
    text, allowed = decoded.text, len(decoded.text) // NULS
    if text.count("\0") > (allowed if html else 0):
        raise Undecodable("binary: has a NUL byte, so it is no text")
    if len(_CONTROL.findall(text)) > 1 + allowed:
        raise Undecodable("binary: has control characters, so it is no text")
    return Decoded(text.replace("\0", ""), decoded.charset, decoded.basis, decoded.damaged)


def _reason(body: bytes, declared: str | None, *, html: bool) -> str:
    if b"\0" in body:
        return "binary: has a NUL byte, so it is no text"
    said = [f'"{name}" ({basis})' for name, basis in _declarations(body, declared, html=html)]
    if said:
        return f"the character set can't be told: {' and '.join(said)} is declared, but the bytes don't read as that"
    return "the character set can't be told: none is declared, and no known one reads clearly; save it as UTF-8"
