"""From an address to a source that is ready to be written: look, propose, try, mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.errors import ConfigError, FetchError
from crawler.extract.page import Page
from crawler.source import FeedSource, SitemapSource
from crawler.sources.candidates import Candidate, candidates
from crawler.sources.edit import section_text
from crawler.sources.look import look
from crawler.sources.preview import SHORT, Preview, fetch_page, hints_of, page_of, preview
from crawler.sources.proposal import Proposal, propose
from crawler.sources.selectors import propose_selectors

if TYPE_CHECKING:
    from crawler.fetch import Fetcher
    from crawler.settings import CrawlerSettings
    from crawler.source import FetchedSource

SAMPLES = 3
"""Pages that are tried: what goes wrong on all of three will go wrong on most."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A proposal with what its first pages would be stored as, and the text of its section."""

    proposal: Proposal
    previews: tuple[Preview, ...]

    @property
    def section(self) -> str:
        """What is to be written into ``config.toml``."""
        return section_text(self.proposal.values)


def prepare(
    fetcher: Fetcher,
    settings: CrawlerSettings,
    url: str,
    name: str | None = None,
    *,
    allow_private: bool = False,
) -> Prepared:
    """Look at ``url`` and make a source of it.

    Raises :class:`FetchError` where it can't be fetched, :class:`ConfigError` where it leads to no documents or where a
    source has it already.
    """
    url = url if "://" in url else f"https://{url}"
    known = [source.name for source in settings.sources]
    found = look(fetcher, url)
    proposal = propose(found, name, known, allow_private=allow_private)
    _check_new(settings, proposal.source)
    tried = candidates(fetcher, proposal.source, SAMPLES)
    pages = [(each, fetch_page(fetcher, proposal.source, each)) for each in tried]
    proposal = _mended(proposal, pages)
    return Prepared(proposal, tuple(_preview(proposal.source, each, page) for each, page in pages))


def _check_new(settings: CrawlerSettings, proposed: FetchedSource) -> None:
    if any(source.name == proposed.name for source in settings.sources):
        raise ConfigError([f'there is a source "{proposed.name}" already: choose another name with --name'])
    for source in settings.fetched_sources:
        if shared := set(_entrances(source)) & set(_entrances(proposed)):
            raise ConfigError([f'source "{source.name}" has {min(shared)} already: change it in config.toml'])


def _entrances(source: FetchedSource) -> tuple[str, ...]:
    if isinstance(source, FeedSource):
        return source.feeds
    return source.sitemaps if isinstance(source, SitemapSource) else source.start


def _mended(proposal: Proposal, pages: Sequence[tuple[Candidate, Page | FetchError]]) -> Proposal:
    """The proposal with what the samples teach: selectors, the language, that the feed has all of the text."""
    read = [page for _, page in pages if isinstance(page, Page)]
    proposal = proposal.with_selectors(propose_selectors(read, hints_of(proposal.source)))
    found = [preview(proposal.source, each, page).found for each, page in pages]
    languages = Counter(each.language for each in found if each and each.language)
    if languages:
        proposal = proposal.with_language(languages.most_common(1)[0][0])
    contents = [each.entry.content or "" for each, _ in pages if each.entry]
    if contents and not any(found) and all(len(content) >= SHORT for content in contents):
        return replace(proposal, values={**proposal.values, "full_content": True})
    return proposal


def _preview(source: FetchedSource, candidate: Candidate, page: Page | FetchError) -> Preview:
    if isinstance(source, FeedSource) and source.full_content and candidate.entry:
        page = page_of(candidate)
    return preview(source, candidate, page)
