"""From HTML to a tree, whatever the HTML is: broken, nested 100,000 deep, twenty million characters long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_CHARACTERS = 20_000_000
"""What stands behind this is not read: the largest laws and reports on one page have some 5 million."""
MAX_DEPTH = 200
"""Real pages stay below 100; libraries that walk a tree by recursion, and libxml2 from 2,048 on, fail above."""

_WRAPPER = re.compile(r"</?(?!(?:p|h[1-6]|li|tr|td|th|title|head|body|html|meta|link|time|a)\b)[a-zA-Z][^<>]{0,2000}>")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_HIDDEN = re.compile(r"<(script|style|noscript|template)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_BREAK = r"<br\b[^<>]{0,100}>"
_BREAKS = re.compile(rf"(?:{_BREAK}(?:\s|&nbsp;)*){{2,}}|{_BREAK}\s*(?=(?:\u3000|&#12288;|&emsp;){{2}})", re.IGNORECASE)
"""How old pages part paragraphs; the libraries that look for the text know elements only."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


def parse(html: str) -> HtmlElement | None:
    """The tree of a page; ``None`` where there is no element in it.

    Two line breaks in a row, or one before an indented line, begin a paragraph. A tree that is too deep loses its
    wrappers (``div``, ``span``, tables, …) and keeps its paragraphs, headings, lists and links: time and memory stay in
    proportion to the length.
    """
    html = _XML_DECLARATION.sub("", _CONTROL.sub("", html[:MAX_CHARACTERS]), count=1)
    if not html.strip():
        return None
    html = _BREAKS.sub("<p>", html)
    tree = _parse(html)
    if tree is not None and _is_too_deep(tree):
        tree = _parse(_flat(html))
        if tree is not None and _is_too_deep(tree):
            tree = _parse(_plain(html))
    return tree


def _parse(html: str) -> HtmlElement | None:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _is_too_deep(tree: HtmlElement) -> bool:
    depth = 0
    from lxml import etree

    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def _flat(html: str) -> str:
    return _WRAPPER.sub(" ", _HIDDEN.sub(" ", html))


def _plain(html: str) -> str:
    """Nothing but text, a paragraph for each tag: for pages that nest what should not be nested."""
    from html import escape, unescape

    text = re.sub(r"<[^<>]{0,2000}>", "\n", _HIDDEN.sub(" ", html))
    lines = (escape(unescape(line.strip())) for line in text.splitlines())
    return "<html><body>" + "".join(f"<p>{line}</p>" for line in lines if line) + "</body></html>"
