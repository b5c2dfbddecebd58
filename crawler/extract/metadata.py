"""What a page says of itself to machines: ``<meta>``, ``<link>`` and JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.extract.paragraphs import clean
from crawler.foreign import read_json

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_SCRIPT = 2_000_000
"""Characters of a JSON-LD script that is read: those of articles have a few thousand."""

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "articletitle", "title")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "sailthru.author", "byl")
_SITES = ("og:site_name", "sitename", "application-name", "twitter:site_name")
_PAGE_TYPES = ("WebPage", "ItemPage", "AboutPage")
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")
_ARTICLE = re.compile(r"(?:Article|Posting|Report|NewsItem|PressRelease|CreativeWork|Legislation|GovernmentDocument)$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was declared; ``canonical`` is the address in ``<link rel=canonical>`` as it stands there.

    ``metas``: the contents of ``<meta>`` by name in small letters, in order. ``articles`` and ``web_pages``: JSON-LD
    nodes that are about the page itself, not about others that it lists. ``titles``: all that are declared, as often as
    they are.
    """

    metas: dict[str, list[str]]
    articles: tuple[dict[str, Any], ...]
    web_pages: tuple[dict[str, Any], ...]
    titles: tuple[str, ...]
    canonical: str | None
    language: str | None
    broken: tuple[str, ...] = field(default=(), repr=False)

    def first(self, *names: str) -> str | None:
        """The first content that is not empty, of the first of these names that has one."""
        return next((value for name in names for value in self.metas.get(name, []) if value), None)

    @property
    def site(self) -> str | None:
        """The name of the site."""
        return self.first(*_SITES)

    @property
    def author(self) -> str | None:
        """Who wrote it; ``None`` for none, and for what is an address or the name of the site."""
        names = [name for article in self.articles for name in _names(article.get("author"))]
        found = clean(", ".join(dict.fromkeys(names)) or self.first(*_AUTHORS) or "")
        if not found or found.startswith(("http:", "https:", "@")) or found == self.site or len(found) > 200:
            return None
        return found


def read_metadata(tree: HtmlElement) -> Metadata:
    """Read a page's metadata; what is malformed is left out."""
    metas = _metas(tree)
    scripts = {script: _json(script) for script in _scripts(tree)}
    nodes = [node for data in scripts.values() for node in _nodes(data)]
    articles = tuple(node for node in nodes if _is_a(node, _ARTICLE))
    headlines = [str(node["headline"]) for node in articles if isinstance(node.get("headline"), str)]
    titles = [*(value for name in _TITLES for value in metas.get(name, [])), *headlines]
    return Metadata(
        metas=metas,
        articles=articles,
        web_pages=tuple(node for node in nodes if _type(node) in _PAGE_TYPES),
        titles=tuple(filter(None, map(clean, [*titles, *_title_elements(tree)]))),
        canonical=_link(tree, "canonical"),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or None,
        broken=tuple(script for script, data in scripts.items() if data is None),
    )


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content:
            metas.setdefault(name.strip().lower(), []).append(clean(content))
    return metas


def _title_elements(tree: HtmlElement) -> list[str]:
    element = next(tree.iter("title"), None)
    return [] if element is None else [element.text_content()]


def _link(tree: HtmlElement, rel: str) -> str | None:
    for element in tree.iter("link"):
        if rel in (element.get("rel") or "").lower().split() and element.get("href"):
            return str(element.get("href")).strip()
    return None


def _scripts(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("script"):
        text = element.text
        if text and "ld+json" in (element.get("type") or "").lower() and len(text) <= MAX_SCRIPT:
            yield text


def _json(script: str) -> Any:
    """The parsed script; ``None`` where it isn't JSON, also after taking off what sites wrap it in."""
    script = re.sub(r"^\s*(?://\s*)?<!(?:--|\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$", "", script).strip().rstrip(";")
    try:
        return read_json(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data[:200]:
            yield from _nodes(item, depth)
    elif isinstance(data, dict) and depth < 4:
        yield data
        for key in _NESTED:
            yield from _nodes(data.get(key), depth + 1)


def _type(node: dict[str, Any]) -> str:
    kind = node.get("@type")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    return kind.rsplit("/", 1)[-1] if isinstance(kind, str) else ""


def _is_a(node: dict[str, Any], pattern: re.Pattern[str]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and pattern.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _names(author: Any) -> Iterator[str]:
    if isinstance(author, str):
        yield clean(author)
    elif isinstance(author, dict):
        yield from _names(author.get("name"))
    elif isinstance(author, list):
        for item in author[:20]:
            yield from _names(item)
