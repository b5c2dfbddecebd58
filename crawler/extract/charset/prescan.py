"""What a page says about its own character set: the prescan of the HTML standard.

https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.charset.labels import name_of

PRESCAN_BYTES = 16 * 1024
"""The standard reads 1,024 bytes before it starts to parse, and goes by a later declaration while it parses; pages of
ministries have had style sheets and scripts of some kilobytes before theirs."""

_SPACE = rb"\t\n\f\r "
_META = re.compile(rb"<meta[" + _SPACE + rb"/]", re.IGNORECASE)
_TAG = re.compile(rb"</?[a-z][^" + _SPACE + rb">]*", re.IGNORECASE)
_NAME = re.compile(rb"[" + _SPACE + rb"/]*(?P<name>=?[^" + _SPACE + rb"/>=]*)")
_VALUE = re.compile(
    rb"[" + _SPACE + rb"]*=[" + _SPACE + rb"]*"
    rb"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\"'" + _SPACE + rb">][^" + _SPACE + rb">]*)|(?=>))"
)
_EQUALS = re.compile(rb"[" + _SPACE + rb"]*=")
_CONTENT_CHARSET = re.compile(
    r"charset[\t\n\f\r ]*=[\t\n\f\r ]*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\"'\t\n\f\r ;][^\t\n\f\r ;]*))",
    re.IGNORECASE,
)
_XML = re.compile(rb"<\?xml[\x00-\x20][^>]*?encoding[\x00-\x20]*=[\x00-\x20]*([\"'])([^\"'>]*)\1")


def declared_in(body: bytes) -> str | None:
    """The name of the character set that an HTML page declares near its start; ``None`` where it declares none.

    A page that can be read so far as to find ``utf-16`` is not UTF-16: that is ``utf-8``, as the standard says.
    """
    head = body[:PRESCAN_BYTES]
    name = next(_declarations(head), None) or _in_xml_declaration(head)
    return {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}.get(name or "", name)


def _declarations(head: bytes) -> Iterator[str]:
    at = head.find(b"<")
    while at >= 0:
        if head.startswith(b"<!--", at):
            # "<!-->" is a whole comment: its end may use the two hyphens of its start.
            end = head.find(b"-->", at + 2)
            if end < 0:
                return
            at = end + 3
        elif _META.match(head, at):
            attributes, at = _attributes(head, at + len(b"<meta"))
            if name := _of_meta(attributes):
                yield name
        elif tag := _TAG.match(head, at):
            _, at = _attributes(head, tag.end())
        elif head[at + 1 : at + 2] in {b"!", b"/", b"?"}:
            at = head.find(b">", at)
            if at < 0:
                return
        else:
            at += 1
        at = head.find(b"<", at)


def _attributes(head: bytes, at: int) -> tuple[dict[str, str], int]:
    """The attributes of the tag that goes on at ``at``, the first of each name, and where the tag ends.

    A tag without an end has none: what it would have said is cut off.
    """
    attributes: dict[str, str] = {}
    while (found := _NAME.match(head, at)) and found["name"]:
        at = found.end()
        value = _VALUE.match(head, at)
        if value:
            at = value.end()
        elif _EQUALS.match(head, at):
            return {}, len(head)  # a quoted value without an end
        text = next((group for group in value.groups() if group is not None), b"") if value else b""
        attributes.setdefault(found["name"].decode("latin-1").lower(), text.decode("latin-1"))
    end = found.end() if found else len(head)
    return (attributes if end < len(head) else {}), end


def _of_meta(attributes: dict[str, str]) -> str | None:
    if "charset" in attributes:
        return name_of(attributes["charset"])
    if attributes.get("http-equiv", "").lower() != "content-type":
        return None
    found = _CONTENT_CHARSET.search(attributes.get("content", ""))
    return name_of(next(group for group in found.groups() if group is not None)) if found else None


def _in_xml_declaration(head: bytes) -> str | None:
    found = _XML.match(head)
    return name_of(found[2].decode("latin-1")) if found else None
