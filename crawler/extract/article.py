"""The text of a page without its menus, by general rules: trafilatura finds it, here it becomes paragraphs.

trafilatura's precise mode comes first: what it takes for text is text. Where it finds nothing or far too little, then
its other modes, then the page's own declarations (JSON-LD ``articleBody``), then all lines that are not menus.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.extract.blocks import Block, is_sentence, width
from crawler.extract.flow import paragraphs_of
from crawler.extract.headline import Headline, letters
from crawler.extract.metadata import Metadata
from crawler.extract.paragraphs import clean, has_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FAR_LESS = 0.5
"""The precise text is given up if it has less than this part of the one that the balanced mode finds."""
LINKED = 0.3
"""A line with a larger part of links is no lost sentence of the text."""
SHORT = 250
"""Characters below which a text is doubted: one paragraph has more."""
MAX_CASCADE = 3_000_000
"""Characters of a page's HTML up to which trafilatura looks at it (some 3 s); of longer ones all that is no menu is
the text: they are laws and reports, and menus a small part of them."""

_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "ab", "list", "table", "code", "body", "main", "div"})
"""Blocks of trafilatura's trees, which name things as TEI does."""


def find_article(
    tree: HtmlElement, size: int, metadata: Metadata, blocks: Sequence[Block], headline: Headline | None
) -> tuple[str, ...]:
    """The paragraphs of a page's text, in order; empty where the page has none.

    ``size`` is the length of its HTML. ``tree`` stays as it is.
    """
    if size > MAX_CASCADE:
        return paragraphs_of(tree)
    precise = _by_trafilatura(tree, precision=True)
    if _length(precise) >= SHORT and not _is_doubtful(precise):
        return _complete(precise, blocks)
    candidates: list[Callable[[], tuple[str, ...]]] = [
        lambda: _by_trafilatura(tree),
        lambda: _by_trafilatura(tree, recall=True),
        lambda: _declared(metadata),
    ]
    best = precise
    for candidate in candidates:
        found = candidate()
        if _length(best) < FAR_LESS * _length(found):
            best = found
    return _complete(best, blocks) or _lines(blocks, headline)


def _complete(paragraphs: tuple[str, ...], blocks: Sequence[Block]) -> tuple[str, ...]:
    """The same with short sentences that follow one of them in the same element: extractors lose those."""
    places = {letters(paragraph): place for place, paragraph in enumerate(paragraphs)}
    said = "".join(places)
    result = list(paragraphs)
    added = 0
    for before, block in pairwise(blocks):
        place = places.get(letters(before.text))
        if place is None or not _goes_on(before, block) or letters(block.text) in said:
            continue
        added += 1
        result.insert(place + added, block.text)
    return tuple(result)


def _goes_on(before: Block, block: Block) -> bool:
    same = (before.path[:-1], before.tag) == (block.path[:-1], block.tag)
    return same and block.link_share < LINKED and is_sentence(block.text)


def _length(paragraphs: Sequence[str]) -> int:
    return sum(map(width, paragraphs))


_DOUBTFUL = re.compile(
    r"personal,? non-?commercial use|all rights reserved|cookies?\b|subscri|javascript", re.IGNORECASE
)


def _is_doubtful(paragraphs: Sequence[str]) -> bool:
    """Whether a short text is what sites say about themselves: terms of use, cookies, subscriptions."""
    return _length(paragraphs) < 4 * SHORT and any(_DOUBTFUL.search(paragraph) for paragraph in paragraphs)


def _by_trafilatura(tree: HtmlElement, *, precision: bool = False, recall: bool = False) -> tuple[str, ...]:
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(
            deepcopy(tree), favor_precision=precision, favor_recall=recall, include_comments=False
        )
    except (RecursionError, ValueError, AttributeError, TypeError):  # malformed trees that it stumbles over
        return ()
    body = getattr(document, "body", None)
    return () if body is None else paragraphs_of(body, _BLOCKS)


def _declared(metadata: Metadata) -> tuple[str, ...]:
    """What JSON-LD says the text is."""
    bodies = [node["articleBody"] for node in metadata.articles if isinstance(node.get("articleBody"), str)]
    text = max(bodies, key=len, default="")
    text = re.sub(r"</?(?:p|br|div|li|h\d)\b[^>]*>", "\n", text)
    lines = (clean(re.sub(r"<[^<>]{1,300}>", "", line)) for line in text.splitlines())
    return tuple(line for line in lines if has_words(line))


def _lines(blocks: Sequence[Block], headline: Headline | None) -> tuple[str, ...]:
    """All lines from the headline to the last sentence that aren't menus, for pages too short for anything else."""
    start = headline.index + 1 if headline else 0
    lines = [block.text for block in blocks[start:] if block.link_share < 0.5 and not block.is_aside()]
    last = max((place for place, line in enumerate(lines, 1) if is_sentence(line)), default=len(lines))
    return tuple(line for line in lines[:last] if has_words(line))
