"""The words and names around a date that say what it is the date of.

All patterns are for folded text (:func:`crawler.extract.dates.months.fold`): small letters, no accents.
"""

from __future__ import annotations

import re

PUBLISHED = re.compile(
    r"(?:publi[sc]\w*|post(?:ed|ado|e)\b|issued?\b|releas\w*|date\b|dated\b|fecha|data\b|created|criado|creado|"
    r"source|fuente|fonte|datum|veroffentlicht\w*|stand|erstellt|mis en ligne|дата|опубликован\w*|размещен\w*|"
    r"источник|تاريخ|نشر|发布\w*|发表\w*|时间|日期|来源|來源|發布\w*|發佈\w*|印发\w*|成文\w*|comunicado)[^\d\n]{0,40}$"
    r"|^\W*(?:on|em|el|am|le|du|il|op)\s*$"
)
"""What stands before a date of publication: a label with at most an agency behind it, or just a preposition."""
CREDITED = re.compile(r"^.{0,25}(?:source|fuente|fonte|来源|來源|источник|quelle|المصدر)\s*[:\uff1a]", re.DOTALL)
"""The label of the source, after a date: a byline."""
TIMED = re.compile(r"^[\s,|–-]{0,4}(?:\w{1,2}\s)?\d{1,2}\s?[:h]\s?\d{2}")
"""The time of day after a date."""
UPDATED = re.compile(
    r"(?:updat\w*|modifi\w*|actualiz\w*|atualiz\w*|mis a jour|mise a jour|last review\w*|edited|aktualisiert|geandert|"
    r"изменен\w*|обновлен\w*|تحديث|更新\w*|修改\w*|revis(?:ed|ado)|derniere\s+\w+)[^\d\n]{0,30}$"
)
"""What stands before the date of a change."""
EVENT = re.compile(
    r"(?:deadline|until|valid|expires?|plazo|hasta|prazo|event date|date of event|starts?|ends?|from|begins?|vence|"
    r"bis|до|截止\w*|有效期\w*|施行\w*|copyright|©|\(c\)|established|founded|born|between|entre|effective\s*\w*|"
    r"entry into force|vigencia)[^\w\n]{0,12}(?:on|el|em|am|le)?\s*$"
)
"""What stands before the dates of other things."""
TODAY = re.compile(r"today is|today:|hoy(?: es)?\b|hoje(?: e)?\b|今天是|现在是|сегодня|aujourd|heute ist|اليوم")
"""How banners say what day it is."""
SIGNED = re.compile(
    r"publi[sc]|posted|written|geschrieben|veroffentlicht|erstellt|publicad|fecha|дата|опубликован|发布|发表|日期|تاريخ"
    r"|\bvon\b.*\bam\b"
)
"""What a line after the text says about its publication."""
NAMED = re.compile(
    r"date|time\b|time[-_ ]|[-_]time|pub[-_]?|publish|posted|byline|by-line|fecha|(?<![\w-])data(?![\w-])|datum|"
    r"article-?info|post-?info|news-?info|meta\b|shijian|riqi|laiyuan|source|dateline|created|daty"
)
"""Classes and ids that dates and bylines have."""
EVENT_NAMED = re.compile(r"event-?date|deadline|modified|lastmod|(?<!date )(?<!published )(?<![-_])\bupdated?\b")
"""Classes and ids of other dates; ``date updated`` alone is what many blogs call the date of publication."""
