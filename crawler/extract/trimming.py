"""What a text loses that is no part of it: its headline said again, bylines, links to other articles, appeals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.blocks import Block, is_sentence
from crawler.extract.credit import read_credit
from crawler.extract.dates.months import fold
from crawler.extract.dates.written import find_written
from crawler.extract.headline import Headline, letters

OPENING = 6
"""Paragraphs at the head in which a headline, a byline or a date may be."""
BYLINE_LENGTH = 110
BYLINE_REST = 30
"""Letters besides its date that a line without a label may have to be a byline."""
LINKED = 0.7
"""From this part of it on, a paragraph is a link with a few words around it."""

_ELSEWHERE = re.compile(
    r"(?:read (?:more|also|next|the full)|(?:also|more) (?:on|from|read)\b|see (?:also|more)\b|don[’']?t miss"
    r"|related(?: (?:articles?|news|stories|content))?\s*(?::|$)|recommended|you may also|more (?:news|stories)"
    r"|leia (?:tambem|mais)|veja tambem|saiba mais|lea (?:tambien|mas)|ver (?:tambien|mas)|noticias relacionadas"
    r"|te puede interesar|lire aussi|a lire|voir aussi|mehr zum thema|lesen sie auch|auch interessant|leggi anche"
    r"|lees ook|читаите также|по теме|اقرا ايضا|相关(?:新闻|链接|阅读|报道|文章)|延伸阅读|推荐阅读)"
)
"""How a line begins that leads to another page; folded."""
_APPEAL = re.compile(
    r"(?:follow us|like us|share this|sign up (?:for|to)|subscribe (?:to|now)|download our app|join the conversation"
    r"|like this story\?|support our|tags?:|etiquetas:|comments?$|leave a comment|print(?: this)?$|e?-?mail$"
    r"|advertisement$|this \w+ requires javascript|\W*end of advert"
    r"|\(?编辑[:\uff1a]|\W*责任编辑|\W*责编|【?打印|suggest to friend|adjust font size)"
)
_BYLINE = re.compile(
    r"\W*(?:by|por|par|von|di|автор|作者|来源|source|fuente|fonte|published|posted|发布时间|发布日期|时间|fecha"
    r"|publicad[oa]|publie|дата|تاريخ)\b[^.!?]*$"
)
_CHANGED = re.compile(
    r"\W*(?:last |page )?(?:updated?|modified|reviewed)\b|\W*(?:ultima|derniere) (?:\w+)\b|\W*actualizado|\W*atualizado"
    r"|\W*zuletzt|\W*stand\b|\W*(?:更新|修改)|\W*(?:обновлено|изменено)|\W*اخر تحديث"
)


def trim(paragraphs: Sequence[str], headline: Headline | None, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The paragraphs without what isn't text; all of them where nothing would be left.

    ``blocks`` are the page's lines: they tell which paragraphs are links, and which stand above the headline.
    """
    linked = {letters(block.text) for block in blocks if block.link_share >= LINKED}
    above = {letters(block.text) for block in blocks[: headline.index]} if headline else set()
    if headline is not None:
        above.add(letters(headline.text))
    kept = [
        text
        for index, text in enumerate(paragraphs)
        if not _leads_elsewhere(text, linked) and not (index < OPENING and _is_opening(text, above))
    ]
    while len(kept) > 1 and (letters(kept[-1]) in linked or _is_change(kept[-1])):
        kept.pop()
    return tuple(kept) or tuple(paragraphs)


def _leads_elsewhere(text: str, linked: set[str]) -> bool:
    folded = fold(text[:BYLINE_LENGTH]).lstrip("-•►▶> ")
    short = len(text) <= BYLINE_LENGTH
    return bool((short or letters(text) in linked) and _ELSEWHERE.match(folded)) or bool(
        short and _APPEAL.match(folded)
    )


def _is_opening(text: str, above: set[str]) -> bool:
    """Whether a line at the head is the headline, stands above it, or is a line of the source and the date."""
    if letters(text) in above and not is_sentence(text):
        return True
    if len(text) > BYLINE_LENGTH or is_sentence(text) or read_credit([text]):
        return False
    dates = find_written(text)
    rest = len(text) - sum(written.end - written.start for written in dates)
    return bool(dates) and (rest <= BYLINE_REST or _BYLINE.match(fold(text)) is not None)


def _is_change(text: str) -> bool:
    return len(text) <= BYLINE_LENGTH and _CHANGED.match(fold(text)) is not None and bool(find_written(text))
