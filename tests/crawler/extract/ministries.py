"""Pages of the shapes that ministries and agencies use: the templates of tests/data/pages filled with texts and dates.

A template says in its first comment what its address is, its language, and how it writes its date. Around that date
each page has others: today's in the banner, of other events in the text, of other pages in the lists, of a change.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from string import Template

FOLDER = Path(__file__).resolve().parents[2] / "data" / "pages"
DATES = (date(2008, 11, 5), date(2019, 3, 28), date(2021, 6, 1), date(2014, 12, 9))
"""Days that can be read both ways and days that can't, of the years in which the templates were in use."""

_NAMES = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "zh": "1 2 3 4 5 6 7 8 9 10 11 12",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_WEEKDAYS = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "es": "Lunes Martes Miércoles Jueves Viernes Sábado Domingo",
    "pt": "Segunda Terça Quarta Quinta Sexta Sábado Domingo",
}
_WRITTEN_OUT = {
    "en": "{Month} {d}, {Y}",
    "es": "{d} de {month} de {Y}",
    "pt": "{d} de {month} de {Y}",
    "de": "{d}. {Month} {Y}",
    "zh": "{Y}年{m}月{d}日",
}


@dataclass(frozen=True)
class MinistryPage:
    """A page, its address, and the day on which it was published."""

    name: str
    url: str
    html: str
    title: str
    day: date
    paragraphs: tuple[str, ...]


def ministry_pages(folder: str) -> Iterator[MinistryPage]:
    """Each template of ``folder`` with four pairs of a text and a day."""
    texts = tomllib.loads((FOLDER / "texts.toml").read_text("utf-8"))
    for path in sorted((FOLDER / folder).glob("*.html")):
        for nth, day in enumerate(DATES):
            yield _fill(path, texts, nth, day)


def _fill(path: Path, texts: dict[str, dict[str, list[str]]], nth: int, day: date) -> MinistryPage:
    head, _, html = path.read_text("utf-8").partition("-->\n")
    keys = dict(re.findall(r"(\w+): (.*)", head))
    language = keys["language"]
    text = texts[language]
    later, out = day + timedelta(days=90), _WRITTEN_OUT.get(language, "{d} {month} {Y}")
    body = text["bodies"][nth % 2]
    paragraphs = tuple(p.format(later=written(later, language, out), laterY=later.year) for p in body)
    days = [written(day - timedelta(days=back), language, out) for back in (3, 2, 1)]
    entries = (
        f'<li><a href="/n/{back}">{entry}</a> <span>{days[back]}</span></li>'
        for back, entry in enumerate(text["lists"])
    )
    html = Template(html).safe_substitute(
        title=text["titles"][nth],
        date=written(day, language, keys["date"]),
        body="".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs),
        related="\n".join(entries),
        modified=written(day + timedelta(days=40), language, keys["date"]),
        today=written(date(2024, 8, 17), language, out),
        num=f"{day:%d-%m-%Y}",
    )
    url = keys["url"].format(**_parts(day, language))
    return MinistryPage(f"{path.stem}-{day}", url, html, text["titles"][nth], day, paragraphs)


def written(day: date, language: str, form: str) -> str:
    """A day in words, in a form such as ``{d} de {month} de {Y}``."""
    return form.format(**_parts(day, language))


def _parts(day: date, language: str) -> dict[str, str]:
    name = _NAMES[language].split()[day.month - 1]
    weekdays = _WEEKDAYS.get(language, _WEEKDAYS["en"]).split()
    return {
        "Y": f"{day.year}",
        "yy": f"{day:%y}",
        "m": f"{day.month}",
        "mm": f"{day:%m}",
        "d": f"{day.day}",
        "dd": f"{day:%d}",
        "month": name,
        "Month": name.capitalize(),
        "Mon": name[:3].capitalize(),
        "Weekday": weekdays[day.weekday()],
    }
