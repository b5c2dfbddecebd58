"""A page as its lines of text, each with what the page's markup says about it.

What people see as one line or paragraph is one block, however many ``span`` it is made of: the line beside a headline
that has the date, the source and the print button, an entry of a list of related news, a paragraph of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.extract.paragraphs import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_BLOCKS = 20_000
"""A page's headline and its date come before this many lines, or nowhere."""
MAX_TITLE_LIKE = 300
"""Characters that a headline or a byline stays below."""

SENTENCE_LENGTH = 25
"""Letters of the shortest line that is taken for a sentence: more than a byline's abbreviations."""

_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3]")
_SENTENCE_END = re.compile(r"(?<![A-Zа-я.\s]\w)(?<!\s[a-zа-я])[.!?]\W{0,2}$|[。\uff01\uff1f]\W{0,2}$")  # noqa: RUF001 - Cyrillic is meant
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "select", "textarea", "button", "svg", "iframe", "head", "title"}
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "o:p",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "svg",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_ASIDE_TAGS = frozenset({"nav", "aside", "footer"})
_ASIDE_NAMES = re.compile(
    r"relat|recommend|sidebar|side-?bar|breadcrumb|crumb|comment|disqus|respond|(?<![\w-])(?:site-?|page-?)?footer|copyright|most-?(?:read|viewed)|"
    r"ranking|hot-?news|latest|tag-?cloud|pagination|navbar|nav-?menu|main-?menu|carousel|slider|ticker|"
    r"widget|teaser|newsletter|calendar|xgxw|xgyd|tuijian|relacionad|ultimas|ultimos|destacad|archives?-list|read-?more",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """One line of a page. ``names``: tags, classes and ids of what it stands in, near ones only; in small letters.

    ``path`` is the chain of its elements' numbers from the root down, ``asides`` those of them that are beside the text
    by their names; ``linked`` the characters inside links; ``times`` the machine-readable dates in it.
    """

    text: str
    tag: str
    names: str
    linked: int
    asides: tuple[int, ...]
    path: tuple[int, ...]
    times: tuple[str, ...] = ()

    @property
    def link_share(self) -> float:
        """How much of the text is inside links, 0 to 1."""
        return self.linked / max(1, len(self.text))

    def is_aside(self, main: Block | None = None) -> bool:
        """Whether it stands in something beside the text; what ``main``, the headline, stands in too doesn't count."""
        return any(number not in main.path for number in self.asides) if main else bool(self.asides)


@dataclass(slots=True)
class _Frame:
    tag: str
    names: str
    is_aside: bool
    number: int


@dataclass(slots=True)
class _Walk:
    blocks: list[Block] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    linked: int = 0
    in_link: int = 0

    def add(self, text: str | None) -> None:
        if text and text.strip():
            if text[0].isdigit() and self.pieces and self.pieces[-1][-1:].isdigit():
                self.pieces.append(" ")  # "<em>2008</em><em>11</em>" are two numbers, parted by style
            self.pieces.append(text)
            if self.in_link:
                self.linked += len(clean(text))
        elif text:
            self.pieces.append(" ")

    def flush(self) -> None:
        text = clean("".join(self.pieces)) if self.pieces else ""
        if text and self.frames:
            near = [frame.names for frame in self.frames[-3:]]
            self.blocks.append(
                Block(
                    text=text,
                    tag=next((frame.tag for frame in reversed(self.frames) if frame.tag not in {"div", "br"}), "div"),
                    names=" ".join([*near, *self.inline]).lower(),
                    linked=self.linked,
                    asides=tuple(frame.number for frame in self.frames if frame.is_aside),
                    path=tuple(frame.number for frame in self.frames),
                    times=tuple(self.times),
                )
            )
        self.pieces.clear()
        self.inline.clear()
        self.times.clear()
        self.linked = 0


def read_blocks(tree: HtmlElement) -> list[Block]:
    """The lines of a page in order, without scripts and form fields; at most ``MAX_BLOCKS``."""
    from lxml import etree

    walk = _Walk()
    skipping: object = None
    number = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipping is None and (tag in _SKIPPED or not tag or _is_hidden(element)):
                skipping = element
            if skipping is not None:
                continue
            number += 1
            _start(walk, element, tag, number)
        else:
            if skipping is None:
                _end(walk, tag)
            elif skipping is element:
                skipping = None
            else:
                continue
            walk.add(element.tail)
        if len(walk.blocks) >= MAX_BLOCKS:
            break
    walk.flush()
    return walk.blocks


def _start(walk: _Walk, element: HtmlElement, tag: str, number: int) -> None:
    names = f"{tag} {element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"
    if element.get("pubdate") is not None:
        names += " pubdate"
    if tag in _INLINE:
        walk.inline.append(names)
        walk.in_link += tag == "a"
    else:
        walk.flush()
        aside = tag in _ASIDE_TAGS or (tag not in {"body", "html", "main", "article"} and _names_aside(names))
        walk.frames.append(_Frame(tag, names, aside, number))
    if tag in {"time", "abbr"} or element.get("itemprop") == "datePublished":
        walk.times += filter(None, map(element.get, ("datetime", "content", "title")))
    walk.add(element.text)


def _end(walk: _Walk, tag: str) -> None:
    if tag in _INLINE:
        walk.in_link -= tag == "a"
    else:
        walk.flush()
        walk.frames.pop()


def _names_aside(names: str) -> bool:
    return _ASIDE_NAMES.search(names) is not None


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and "display:none" in style.replace(" ", "").lower())


def width(text: str) -> int:
    """How much a text says, in Latin letters: a Chinese character counts as three."""
    return len(text) + 2 * len(_WIDE.findall(text)) if not text.isascii() else len(text)


def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, and not with an abbreviation ("10 a. m.")."""
    return width(text) >= SENTENCE_LENGTH and _SENTENCE_END.search(text) is not None


def shared_depth(one: Block, other: Block) -> int:
    """How many elements the two stand in together, from the page's root down."""
    return _common(one.path, other.path)


def _common(one: Iterable[int], other: Iterable[int]) -> int:
    depth = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        depth += 1
    return depth
