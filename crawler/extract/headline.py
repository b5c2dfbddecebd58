"""Which line of a page is its headline, and what its title is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.extract.blocks import MAX_TITLE_LIKE, Block
from crawler.extract.metadata import Metadata
from crawler.extract.paragraphs import clean

ENOUGH = 0.55
"""A line is the headline if this much of a declared title is in it, with what its markup adds."""
BELOW = 3
"""Lines below a line that only seems to be the headline, in which a heading may be it."""
_MARKUP = {"h1": 0.4, "h2": 0.2, "h3": 0.1}
_TITLE_NAME = re.compile(r"title|headline|titulo|titre|biaoti|\bbt\b|heading", re.IGNORECASE)
_NAMED = 0.2
_LINKED = {"h1": 0.1, "h2": 0.2, "h3": 0.2}
_LINKED_ELSE = 0.4  # lines that are links lead to other pages, or from the breadcrumb to this one
_ASIDE = 0.5
_MIN_CHARACTERS = 4  # two Chinese words; less is in every menu
_NO_LETTERS = re.compile(r"[\W_]+")
_SEPARATOR = re.compile(r"\s+[|–—·•»«-]+\s+|\s*[|_»]\s*|\s+::\s+|(?<=\S)--(?=\S)|\s*[-–—](?=[\u3400-\u9fff]{2,}$)")


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline's line: its place among the blocks and its text."""

    index: int
    text: str


def letters(text: str) -> str:
    """What two titles are compared by: letters and digits, in small letters."""
    return _NO_LETTERS.sub("", text.casefold())


def find_headline(blocks: Sequence[Block], metadata: Metadata) -> Headline | None:
    """The line that says what the page's titles say, or its first ``h1`` where none does.

    Among lines that say it, markup decides (``h1``, a class such as ``title``), then the first.
    """
    titles = [letters(title) for title in metadata.titles]
    titles = [title for title in titles if len(title) >= _MIN_CHARACTERS]
    best, best_score = None, 0.0
    for index, block in enumerate(blocks):
        if len(block.text) > MAX_TITLE_LIKE:
            continue
        score = _score(block, titles)
        if score > best_score:
            best, best_score = Headline(index, block.text), score
    if best is not None and best_score >= ENOUGH:
        return _heading_below(blocks, best) or best
    return next(
        (
            Headline(index, block.text)
            for index, block in enumerate(blocks)
            if block.tag == "h1" and not block.is_aside()
        ),
        None,
    )


def _heading_below(blocks: Sequence[Block], line: Headline) -> Headline | None:
    """The heading under a line that is none: of a page whose title only says of what kind it is ("Press Release")."""
    if blocks[line.index].tag in _MARKUP or _TITLE_NAME.search(blocks[line.index].names):
        return None
    for index in range(line.index + 1, min(len(blocks), line.index + 1 + BELOW)):
        block = blocks[index]
        is_heading = block.tag in _MARKUP and block.link_share < 0.5 and not block.is_aside()
        if is_heading and len(line.text) < len(block.text) <= MAX_TITLE_LIKE:
            return Headline(index, block.text)
    return None


def _score(block: Block, titles: Sequence[str]) -> float:
    text = letters(block.text)
    if len(text) < _MIN_CHARACTERS:
        return 0.0
    said = max((_overlap(text, title) for title in titles), default=0.0)
    if said < 0.25:
        return 0.0
    named = _NAMED if _TITLE_NAME.search(block.names) else 0.0
    away = (_LINKED.get(block.tag, _LINKED_ELSE) if block.link_share > 0.8 else 0.0) + (
        _ASIDE if block.is_aside() else 0.0
    )
    return said + _MARKUP.get(block.tag, 0.0) + named - away


def _overlap(text: str, title: str) -> float:
    if text in title or title in text:
        return min(len(text), len(title)) / max(len(text), len(title))
    start = 0
    for left, right in zip(text, title, strict=False):
        if left != right:
            break
        start += 1
    return start / max(len(text), len(title)) if start > 20 else 0.0


def choose_title(metadata: Metadata, headline: Headline | None, url: str | None) -> str | None:
    """The page's title, without the site's name; ``None`` where the page has none.

    The headline as it stands on the page, where a declared title says the same; else what is declared, by agreement.
    """
    site = site_names(metadata, url)
    declared = [strip_site(title, site) for title in metadata.titles]
    shown = headline.text if headline else None
    if shown and any(_agrees(shown, title) for title in metadata.titles):
        return strip_site(shown, site, known_only=True)
    for title in declared:
        if title and sum(letters(title) == letters(other) for other in declared) > 1:
            return title
    candidates = [shown, *declared] if shown and letters(shown) not in site else declared
    return next((title for title in candidates if title), None)


def _agrees(shown: str, title: str) -> bool:
    one, other = letters(shown), letters(title)
    return bool(one) and (other.startswith(one) or one.startswith(other) or (len(one) > 12 and one in other))


def site_names(metadata: Metadata, url: str | None) -> frozenset[str]:
    """How the site calls itself, as :func:`letters`: its declared name and its host."""
    names = {letters(metadata.site)} if metadata.site else set()
    host = urlsplit(url).hostname if url else None
    if host:
        names |= {letters(host), letters(host.removeprefix("www."))}
        names |= {letters(part) for part in host.removeprefix("www.").split(".")[:-1] if len(part) > 3}
    return frozenset(names - {""})


def strip_site(title: str, site: frozenset[str], *, known_only: bool = False) -> str:
    """Take the site's name off either end of a title: a known name, or (at the end) one that reads like one."""
    title = clean(title)
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts:
            return title
        head, tail = title[: cuts[-1].start()].strip(), title[cuts[-1].end() :].strip()
        start, rest = title[: cuts[0].start()].strip(), title[cuts[0].end() :].strip()
        if head and (letters(tail) in site or (not known_only and _is_name(tail, head))):
            title = head
        elif rest and letters(start) in site:
            title = rest
        else:
            return title


_INSTITUTION = re.compile(
    r"ministr|minist[eéè]r|government|gobierno|governo|gouvernement|department|embassy|embajada|canciller|"
    r"chanceller|news|press|agency|agencia|united nations|naciones unidas|\bUN\b|\bEU\b|EEAS|office|gov|portal|"
    r"министерств|посольств|правительств|وزارة|外交部|部$|网$|網$|政府|新闻|人民|新华|online|official|\.\w{2,4}$|site|blog",
    re.IGNORECASE,
)


def _is_name(tail: str, head: str) -> bool:
    """Whether the end of a title names an institution rather than going on with the title."""
    return len(tail) < 80 and len(letters(head)) >= _MIN_CHARACTERS and _INSTITUTION.search(tail) is not None
