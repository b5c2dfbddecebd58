"""The names of months in the languages that policy texts come in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_NAMES: dict[str, str] = {
    "en": "january february march april may june july august september october november december",
    "en.": "jan feb mar apr may jun jul aug sep|sept oct nov dec",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
    "es.": "ene feb mar abr may jun jul ago sep|sept|set oct nov dic",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "pt.": "jan fev mar abr mai jun jul ago set out nov dez",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "fr.": "janv fevr mars avr mai juin juil aout sept oct nov dec",
    "de": (
        "januar|janner|jaenner februar|feber marz|maerz april mai juni juli august september oktober november dezember"
    ),
    "de.": "jan feb mrz|mar apr mai jun jul aug sep|sept okt nov dez",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "it.": "gen feb mar apr mag giu lug ago set|sett ott nov dic",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ca": "gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre",
    "ru": (
        "января|январь февраля|февраль марта|март апреля|апрель мая|маи июня|июнь июля|июль августа|август "
        "сентября|сентябрь октября|октябрь ноября|ноябрь декабря|декабрь"
    ),
    "ru.": "янв фев мар апр мая июн июл авг сен|сент окт ноя|нояб дек",
    "uk": "сичня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "pl": ("stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia"),
    "tr": "ocak subat mart nisan mayıs haziran temmuz agustos eylul ekim kasım aralık",  # noqa: RUF001
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "ar": "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
    "ar.": ("كانون_الثاني شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين_الاول تشرين_الثاني كانون_الاول"),
}
"""By language, January first; forms of one month are split by ``|``. A dot marks abbreviations. All are folded."""


def fold(text: str) -> str:
    """Small letters without accents, of the same length: a position in the result is one in ``text``."""
    return text.lower() if text.isascii() else "".join(map(_fold, text))


@cache
def _fold(char: str) -> str:
    if char < "\x80":
        return char.lower()
    if "\u1100" <= char < "\uff00":  # Korean would fall into its strokes, Chinese has nothing to fold
        return char
    base = unicodedata.normalize("NFKD", char)[0]
    lower = base.lower()
    return lower if len(lower) == 1 else char


def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for names in _NAMES.values():
        for number, forms in enumerate(names.split(), 1):
            for form in forms.split("|"):
                table[fold(form.replace("_", " "))] = number
    return table


MONTHS: dict[str, int] = _table()
"""The folded name of a month → 1 to 12."""

PATTERN = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(MONTHS, key=len, reverse=True))
"""Any of them, the longest first, for a folded text."""


def month_number(name: str) -> int:
    """1 to 12 for the name of a month as the pattern has found it."""
    return MONTHS[" ".join(name.split())]
