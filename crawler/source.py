"""What one ``[[source]]`` of ``config.toml`` says: the keys that all kinds share, and those of each kind."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from crawler import checks
from crawler.checks import LOCAL, is_language, is_slug
from crawler.config import Settings

__all__ = [
    "KINDS",
    "LOCAL",
    "FeedSource",
    "FetchedSource",
    "FilePath",
    "FilesSource",
    "LocalSource",
    "Selectors",
    "SiteSource",
    "SitemapSource",
    "Source",
    "SourceBase",
    "SourceKind",
    "SourceRole",
    "WarcSource",
    "WebSource",
    "is_language",
    "is_slug",
    "kinds_with",
]

DELAY_S = 1.0
"""Between two requests to a host: what robots.txt files most often ask for, and slower than any person clicks."""
TIMEOUT_S = 60.0
"""For one page, all of it: ministries' servers take up to half a minute on a bad day."""
MAX_PAGES = 10_000
"""Of one source in one crawl: more than a ministry publishes in ten years, less than a trap can make up."""
MAX_BYTES = 20_000_000
"""Of one body after decompression: the longest white papers, as PDF with pictures, stay below."""
DEPTH = 3
"""Links from a start page: a list, its older pages, the page itself."""

Url = Annotated[str, AfterValidator(checks.url)]
Selector = Annotated[str, AfterValidator(checks.selector)]
Pattern = Annotated[str, AfterValidator(checks.pattern)]
FilePath = Annotated[Path, AfterValidator(checks.path)]
Text = Annotated[str, Field(min_length=1)]
Seconds = Annotated[float, Field(ge=0, le=3600, strict=True, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, strict=True)]
Some = AfterValidator(checks.some)


class SourceKind(StrEnum):
    """How the documents of a source come in."""

    FILES = "files"
    WARC = "warc"
    FEED = "feed"
    SITEMAP = "sitemap"
    SITE = "site"


class SourceRole(StrEnum):
    """What the publisher of a source is to a story: where it comes from, who passed it on, who printed it."""

    OFFICIAL = "official"
    AGENCY = "agency"
    PRESS = "press"


class Selectors(Settings):
    """Where on a source's pages things stand (CSS); what is left out is found by general rules."""

    title: Selector | None = None
    body: Selector | None = None
    date: Selector | None = None
    author: Selector | None = None
    drop: tuple[Selector, ...] = ()


class SourceBase(Settings):
    """The keys that every kind has.

    ``domains`` are hints for the labels of its documents, checked by their form only; ``date_format`` (as ``strptime``
    has it, names of months in English) reads dates that general rules would misread, such as ``%d/%m/%Y``; ``role``
    orders the copies of a story.
    """

    name: Annotated[str, AfterValidator(checks.name)] = Field(description='a short one, such as name = "mfa"')
    label: Text = Field(default_factory=lambda values: str(values.get("name", "")))
    language: Annotated[str, AfterValidator(checks.language)] | None = None
    url: Url | None = None
    enabled: bool = True
    role: SourceRole | None = None
    attribution: Text | None = None
    licence: Text | None = None
    domains: tuple[Annotated[str, AfterValidator(checks.domain)], ...] = ()
    selectors: Selectors = Selectors()
    date_format: Annotated[str, AfterValidator(checks.date_format)] | None = None


class FilesSource(SourceBase):
    """Files and folders on this computer. ``paths`` are absolute once they come from ``load_settings``."""

    kind: Literal[SourceKind.FILES] = SourceKind.FILES
    paths: Annotated[tuple[FilePath, ...], Some] = Field(description='files and folders, such as paths = ["papers"]')


class WarcSource(SourceBase):
    """WARC files on this computer, as web archives and crawlers write them."""

    kind: Literal[SourceKind.WARC]
    paths: Annotated[tuple[FilePath, ...], Some] = Field(
        description='files and folders, such as paths = ["2008.warc.gz"]'
    )
    keep: tuple[Pattern, ...] = ()


class WebSource(SourceBase):
    """What sources that are fetched have in common: how politely, how much, and which addresses become documents.

    ``keep`` and ``skip`` are regular expressions searched in the whole address: one of ``keep`` must be found (no
    ``keep`` means all), none of ``skip``. ``delay`` is in seconds between two requests to a host; a robots.txt that
    asks for more gets more. ``max_bytes`` counts the body after decompression.
    """

    keep: tuple[Pattern, ...] = ()
    skip: tuple[Pattern, ...] = ()
    delay: Seconds = DELAY_S
    concurrency: Annotated[int, Field(ge=1, le=16, strict=True)] = 1
    timeout: Annotated[float, Field(gt=0, le=600, strict=True, allow_inf_nan=False)] = TIMEOUT_S
    max_pages: Count = MAX_PAGES
    max_bytes: Count = MAX_BYTES
    max_minutes: Count | None = None
    allow_private: bool = False


class FeedSource(WebSource):
    """RSS, Atom or JSON feeds. ``full_content``: the feed's own text is the document; else each entry's page is."""

    kind: Literal[SourceKind.FEED]
    feeds: Annotated[tuple[Url, ...], Some] = Field(
        description='addresses, such as feeds = ["https://www.example.org/rss.xml"]'
    )
    full_content: bool = False


class SitemapSource(WebSource):
    """Sitemaps, sitemap indexes (also gzipped), or a robots.txt that names them."""

    kind: Literal[SourceKind.SITEMAP]
    sitemaps: Annotated[tuple[Url, ...], Some] = Field(
        description='addresses, such as sitemaps = ["https://www.example.org/sitemap.xml"]'
    )


class SiteSource(WebSource):
    """Pages reached by links from ``start``, at most ``depth`` links away.

    Links are followed on the hosts of ``start`` only; with ``follow``, only where one of the patterns is found. A page
    whose address ``keep`` does not have is read for its links (a list page) and not stored.
    """

    kind: Literal[SourceKind.SITE]
    start: Annotated[tuple[Url, ...], Some] = Field(
        description='addresses, such as start = ["https://www.example.org/news"]'
    )
    follow: tuple[Pattern, ...] = ()
    keep: Annotated[tuple[Pattern, ...], Some] = Field(
        description='say which addresses are documents, for example keep = ["/news/"]'
    )
    depth: Annotated[int, Field(ge=0, le=100, strict=True)] = DEPTH


Source = FilesSource | WarcSource | FeedSource | SitemapSource | SiteSource
LocalSource = FilesSource | WarcSource
FetchedSource = FeedSource | SitemapSource | SiteSource

KINDS: dict[str, type[FilesSource] | type[WarcSource] | type[FeedSource] | type[SitemapSource] | type[SiteSource]] = {
    SourceKind.FILES: FilesSource,
    SourceKind.WARC: WarcSource,
    SourceKind.FEED: FeedSource,
    SourceKind.SITEMAP: SitemapSource,
    SourceKind.SITE: SiteSource,
}
"""The model of each kind."""


def kinds_with(key: str) -> list[str]:
    """The kinds that have ``key``, in the order of :data:`KINDS`."""
    return [str(kind) for kind, model in KINDS.items() if key in model.model_fields]
