"""Selectors for pages that the general rules read badly: tried on a few samples, taken where they make it better."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.errors import CrawlerError
from crawler.extract.extract import extract
from crawler.extract.page import Extracted, Hints, Page
from crawler.source import Selectors
from crawler.sources.preview import SHORT

BODIES = (
    "[itemprop=articleBody]", "article .field--name-body", ".field--name-body", ".field-name-body", ".entry-content",
    ".TRS_Editor", "#parent-fieldname-text", ".article-body", ".article-content", ".post-content", ".detail",
    ".content", "#content", "article", "main",
)  # fmt: skip
"""Where the text stands, the surest first: schema.org, Drupal, WordPress, TRS (China), Plone (Brazil), then habits."""
DATES = (
    "[itemprop=datePublished]", "article time", "time", ".field--name-created", ".documentPublished", ".entry-date",
    ".pubtime", ".pub_time", ".time", ".date", ".fecha", ".data", ".article-date", ".published", "[class*=date]",
    "[class*=fecha]", "[id*=date]",
)  # fmt: skip
TITLES = ("[itemprop=headline]", "article h1", "main h1", "h1")


def propose_selectors(pages: Sequence[Page], hints: Hints) -> Selectors:
    """Selectors for what the general rules miss on some of ``pages``; none where they miss nothing."""
    html = [page for page in pages if page.media_type in ("text/html", "application/xhtml+xml")]
    chosen = Selectors()
    if not html:
        return chosen
    for key, options in (("body", BODIES), ("title", TITLES), ("date", DATES)):
        if _misses(key, html, hints, chosen):
            better = _best(key, options, html, hints, chosen)
            chosen = chosen.model_copy(update={key: better}) if better else chosen
    return chosen


def _misses(key: str, pages: Sequence[Page], hints: Hints, chosen: Selectors) -> bool:
    return _count(key, pages, hints, chosen) < len(pages)


def _best(key: str, options: Sequence[str], pages: Sequence[Page], hints: Hints, chosen: Selectors) -> str | None:
    """The first option that reads more pages than the general rules; of two, the one that reads more."""
    best, most = None, _count(key, pages, hints, chosen)
    for css in options:
        count = _count(key, pages, hints, chosen.model_copy(update={key: css}))
        if count > most:
            best, most = css, count
        if most == len(pages):
            break
    return best


def _count(key: str, pages: Sequence[Page], hints: Hints, selectors: Selectors) -> int:
    return sum(_has(key, _read(page, hints, selectors)) for page in pages)


def _read(page: Page, hints: Hints, selectors: Selectors) -> Extracted | None:
    try:
        return extract(page, Hints(selectors, hints.date_format, hints.language))
    except CrawlerError:
        return None


def _has(key: str, found: Extracted | None) -> bool:
    if found is None:
        return False
    if key == "date":
        return found.date is not None
    return bool(found.title) if key == "title" else sum(map(len, found.paragraphs)) >= SHORT
