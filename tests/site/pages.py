"""A site made by rule: articles with dates, lists of them with paging, feeds, sitemaps and a robots.txt."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape

PER_LIST = 20
IN_FEED = 15
IN_SITEMAP = 500
_WORDS = [
    "ministry",
    "foreign",
    "extradition",
    "treaty",
    "judicial",
    "assistance",
    "cooperation",
    "delegation",
    "agreement",
    "bilateral",
    "culture",
    "education",
    "trade",
    "visit",
    "president",
    "minister",
    "embassy",
    "consular",
    "protocol",
    "signed",
    "ratified",
    "mutual",
    "respect",
    "development",
    "agriculture",
    "energy",
    "science",
    "technology",
    "exchange",
    "programme",
    "dialogue",
    "region",
    "parties",
    "meeting",
    "statement",
]


@dataclass(frozen=True)
class Resource:
    """One answer; ``modified`` is an HTTP date. ``validators`` off: the server names neither ETag nor Last-Modified."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    modified: str = "Mon, 01 Jan 2024 00:00:00 GMT"
    validators: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:12]}"'


def day_of(number: int) -> date:
    """When article ``number`` was published."""
    return date(2024, 6, 30) - timedelta(days=number % 3000)


def title_of(number: int) -> str:
    return f"Statement {number} on the {_WORDS[number % len(_WORDS)]} agreement"


def paragraphs_of(number: int, paragraphs: int = 6, words: int = 60) -> list[str]:
    """Sentences that differ from article to article."""
    texts = []
    for nth in range(paragraphs):
        seed = number * 31 + nth * 7
        chosen = [_WORDS[(seed + step * step + step * number) % len(_WORDS)] for step in range(words)]
        texts.append(f"Paragraph {nth} of {number}: the " + " ".join(chosen) + ".")
    return texts


def article(number: int, *, edition: int = 1, validators: bool = True) -> Resource:
    """The page of an article; another edition has another text."""
    day = day_of(number)
    paragraphs = paragraphs_of(number) + ([f"Updated: edition {edition}."] if edition > 1 else [])
    text = "\n".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    body = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{escape(title_of(number))} - Ministry</title>
<meta property="article:published_time" content="{day.isoformat()}">
<link rel="canonical" href="/news/{number}.html"></head>
<body><nav><a href="/">Home</a> <a href="/news/">News</a></nav>
<main><article><h1>{escape(title_of(number))}</h1><p class="date">{day:%B} {day.day}, {day.year}</p>
{text}</article></main><footer>Ministry of Examples</footer></body></html>"""
    return Resource(body.encode(), validators=validators)


def list_page(numbers: list[int], onward: str | None, *, validators: bool = True) -> Resource:
    items = "".join(f'<li><a href="/news/{n}.html">{escape(title_of(n))}</a></li>' for n in numbers)
    following = f'<a rel="next" href="{onward}">Older</a>' if onward else ""
    body = f"<html><head><title>News</title></head><body><ul>{items}</ul>{following}</body></html>"
    return Resource(body.encode(), validators=validators)


@dataclass
class Site:
    """``count`` articles and everything that leads to them; resources by path, changed by tests at will."""

    count: int = 40
    validators: bool = True
    base: str = "http://127.0.0.1"
    resources: dict[str, Resource] = field(default_factory=dict)

    def build(self, base: str) -> Site:
        """Fill ``resources``; ``base`` is where the server listens."""
        self.base = base
        numbers = list(range(self.count))
        for number in numbers:
            self.resources[f"/news/{number}.html"] = article(number, validators=self.validators)
        self._lists(numbers)
        self._sitemaps(numbers)
        self._feeds(numbers[:IN_FEED])
        self.resources["/robots.txt"] = Resource(
            f"User-agent: *\nDisallow: /private/\nCrawl-delay: 0\nSitemap: {base}/sitemap.xml\n".encode(), "text/plain"
        )
        return self

    def _lists(self, numbers: list[int]) -> None:
        pages = [numbers[start : start + PER_LIST] for start in range(0, len(numbers), PER_LIST)] or [[]]
        for nth, chosen in enumerate(pages):
            path = "/news/" if nth == 0 else f"/news/list-{nth}.html"
            onward = f"/news/list-{nth + 1}.html" if nth + 1 < len(pages) else None
            self.resources[path] = list_page(chosen, onward, validators=self.validators)
        home = '<html><body><h1>Ministry</h1><a href="/news/">News</a> <a href="/private/x.html">x</a></body></html>'
        self.resources["/"] = Resource(home.encode(), validators=self.validators)

    def _sitemaps(self, numbers: list[int]) -> None:
        parts = [numbers[start : start + IN_SITEMAP] for start in range(0, len(numbers), IN_SITEMAP)]
        names = [f"/sitemap-{nth}.xml.gz" for nth, _ in enumerate(parts)]
        index = "".join(f"<sitemap><loc>{self.base}{name}</loc></sitemap>" for name in names)
        self._xml("/sitemap.xml", f"<sitemapindex>{index}</sitemapindex>", "sitemapindex")
        for name, part in zip(names, parts, strict=True):
            urls = "".join(self.location(number) for number in part)
            self._xml(name, f"<urlset>{urls}</urlset>", "urlset", packed=True)
        lines = "\n".join(f"{self.base}/news/{number}.html" for number in numbers)
        self.resources["/sitemap.txt"] = Resource(lines.encode(), "text/plain", validators=self.validators)

    def location(self, number: int, lastmod: str | None = None) -> str:
        lastmod = lastmod or day_of(number).isoformat()
        return f"<url><loc>{self.base}/news/{number}.html</loc><lastmod>{lastmod}</lastmod></url>"

    def _xml(self, path: str, xml: str, root: str, *, packed: bool = False) -> None:
        xml = xml.replace(f"<{root}>", f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', 1)
        body = f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}'.encode()
        body = gzip.compress(body, mtime=0) if packed else body
        kind = "application/gzip" if packed else "application/xml"
        self.resources[path] = Resource(body, kind, validators=self.validators)

    def _feeds(self, numbers: list[int]) -> None:
        self.resources["/feed.rss"] = Resource(self.rss(numbers), "application/rss+xml", validators=self.validators)
        self.resources["/feed.atom"] = Resource(self.atom(numbers), "application/atom+xml", validators=self.validators)
        self.resources["/feed.json"] = Resource(self.json(numbers), "application/feed+json", validators=self.validators)

    def rss(self, numbers: list[int]) -> bytes:
        items = "".join(
            f"<item><title>{escape(title_of(n))}</title><link>{self.base}/news/{n}.html</link><guid>{n}</guid>"
            f"<pubDate>{day_of(n):%a, %d %b %Y} 00:30:00 +0800</pubDate>"
            f"<description>{escape(''.join(f'<p>{each}</p>' for each in paragraphs_of(n)))}</description></item>"
            for n in numbers
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()

    def atom(self, numbers: list[int]) -> bytes:
        entries = "".join(
            f"<entry><id>tag:{n}</id><title>{escape(title_of(n))}</title><link href='{self.base}/news/{n}.html'/>"
            f"<published>{day_of(n)}T00:30:00+08:00</published><updated>{day_of(n)}T00:30:00+08:00</updated>"
            f"<author><name>Press Office</name></author></entry>"
            for n in numbers
        )
        return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{entries}</feed>'.encode()

    def json(self, numbers: list[int]) -> bytes:
        items = [
            {
                "id": str(n),
                "url": f"{self.base}/news/{n}.html",
                "title": title_of(n),
                "date_published": f"{day_of(n)}T00:30:00+08:00",
                "authors": [{"name": "Press Office"}],
                "content_html": "".join(f"<p>{each}</p>" for each in paragraphs_of(n)),
            }
            for n in numbers
        ]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items}).encode()
