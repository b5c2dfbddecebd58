"""What to write into ``config.toml`` for a site that was looked at, and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.errors import ConfigError
from crawler.source import KINDS, FetchedSource, SourceKind
from crawler.sources.patterns import learn

if TYPE_CHECKING:
    from crawler.source import Selectors
    from crawler.sources.look import Look

_SAY_NOTHING = frozenset({"www", "www2", "com", "org", "net", "int", "edu", "gov", "gob", "gouv", "gub", "go", "co"})
"""Parts of a host's name that many hosts share."""
_SEPARATED_TITLE = re.compile(r"\s+[|–—·»-]\s+|\s*[|»]\s*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The keys of a ``[[source]]`` in the order of writing, and a line for people on why this kind."""

    values: dict[str, Any]
    reason: str

    @property
    def source(self) -> FetchedSource:
        """The source that the keys make."""
        found = KINDS[self.values["kind"]].model_validate(self.values)
        assert isinstance(found, FetchedSource)  # noqa: S101 - proposals are of sites
        return found

    def with_language(self, language: str) -> Proposal:
        """The proposal with the language of its documents, where the site named none."""
        if "language" in self.values:
            return self
        head = {key: self.values[key] for key in ("name", "label", "kind")}
        return replace(self, values={**head, "language": language, **self.values})

    def with_selectors(self, selectors: Selectors) -> Proposal:
        """The proposal with selectors, where there are any."""
        given = {key: list(value) if isinstance(value, tuple) else value for key, value in selectors if value}
        return replace(self, values={**self.values, "selectors": given}) if given else self


def propose(look: Look, name: str | None, known: Collection[str], *, allow_private: bool = False) -> Proposal:
    """A source for the site: of its feeds, else of its sitemaps, else of the links on the page.

    ``known``: the names that sources have already. Raises :class:`ConfigError` where the page leads to no documents.
    """
    kind, keys, reason = _kind(look)
    head: dict[str, Any] = {
        "name": name or _free(_name(look.url), known),
        "label": _label(look),
        "kind": kind.value,
    }
    if look.language:
        head["language"] = look.language
    if allow_private:
        keys["allow_private"] = True
    return Proposal({**head, "url": _home(look.url), **keys}, reason)


def _kind(look: Look) -> tuple[SourceKind, dict[str, Any], str]:
    if look.feeds:
        count = sum(len(feed.entries) for feed in look.feeds)
        feeds = list(dict.fromkeys(feed.url for feed in look.feeds))
        keys: dict[str, Any] = {"feeds": feeds}
        return (
            SourceKind.FEED,
            keys,
            f"it has {_several(len(feeds), 'feed')} with {_several(count, 'entry', 'entries')}",
        )
    below = urlsplit(look.url).path.rpartition("/")[0] + "/"
    if look.sitemaps:
        pages = look.sitemaps.pages
        keep = learn(pages, below=below if not _is_file(look.url) else "/")
        keys = {"sitemaps": list(look.sitemaps.files), **({"keep": list(keep)} if keep else {})}
        return SourceKind.SITEMAP, keys, f"it has no feed, but sitemaps: {len(pages):,} pages of them were looked at"
    keep = learn(look.links, below=below) or learn(look.links)
    if not keep:
        raise ConfigError(
            [
                f"{look.url}: no feed, no sitemap, and no links that look like documents: name a page that lists them, "
                "or write the source by hand (docs/how-to/add-a-source.md)"
            ]
        )
    return (
        SourceKind.SITE,
        {"start": [look.url], "keep": list(keep)},
        "it has neither a feed nor a sitemap, and links that look like documents",
    )


def _is_file(url: str) -> bool:
    return urlsplit(url).path.endswith((".xml", ".txt", ".gz"))


def _several(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _home(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _name(url: str) -> str:
    """A name from the host: ``www.mfa.gov.cn`` gives ``mfa-cn``; where little is left, with the path's first part."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    said = [part for part in host.split(".") if part not in _SAY_NOTHING]
    if len(said) < 2 and (folder := parts.path.strip("/").split("/")[0]) and "." not in folder:
        said.append(folder)
    return re.sub(r"[^a-z0-9]+", "-", "-".join(said).lower()).strip("-") or "site"


def _free(name: str, known: Collection[str]) -> str:
    number = 2
    free = name
    while free in known:
        free, number = f"{name}-{number}", number + 1
    return free


def _label(look: Look) -> str:
    titles: Sequence[str | None] = (look.title, *(feed.title for feed in look.feeds))
    # A page's own title comes first and the site's last: "News | Ministry of Foreign Affairs".
    parts = [part.split() for title in titles if title for part in reversed(_SEPARATED_TITLE.split(title))]
    return next((" ".join(words) for words in parts if words), urlsplit(look.url).hostname or look.url)
