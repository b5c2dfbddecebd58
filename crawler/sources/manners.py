"""Who asks, and how politely, when a site is looked at before it is crawled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.errors import ConfigError

if TYPE_CHECKING:
    from crawler.fetch import Fetcher
    from crawler.settings import CrawlSettings
    from crawler.source import FetchedSource

NO_CONTACT = (
    "nobody is named whom a site's keeper can write to: in config.toml, under [crawl], write "
    'contact = "you@your-institute.org" (it stands in the User-Agent); a site on this computer or in its own network '
    "needs none with allow_private = true in its source, or --allow-private"
)


def fetcher_for(
    crawl: CrawlSettings,
    source: FetchedSource | None = None,
    *,
    allow_private: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Fetcher:
    """A fetcher with the manners of ``source``, or the usual ones.

    Raises :class:`ConfigError` where nobody could be reached about what it does, unless it stays in the own network.
    """
    from crawler.fetch import Fetcher, Manners
    from crawler.spider.options import user_agent

    private = source.allow_private if source else allow_private
    if crawl.contact is None and not private:
        raise ConfigError([NO_CONTACT])
    manners = Manners(user_agent(crawl), allow_private=private, allow_public=crawl.contact is not None)
    if source is not None:
        manners = replace(manners, delay=source.delay, timeout=source.timeout, max_bytes=source.max_bytes)
    return Fetcher(manners, tell)
