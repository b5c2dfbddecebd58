"""Families: the words that are one word in other inflections, by the Snowball stemmer of their language.

A stem has its language before it (``en:extradit``), so that a stem of one language never meets one of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from indexer.analysis.chinese import CJK_PREFIX, is_character
from indexer.analysis.tokens import fold

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}
"""The Snowball algorithm of each language that a document can be in and that has one (https://snowballstem.org)."""

UNKNOWN = "und"
"""The language of a text whose language isn't known (BCP 47); its words are indexed as they are."""

# What stems rest on, put in its place before. Capitals and careless texts leave accents out: these endings are written
# with one whenever they end a word, so COOPERACION is in the family of cooperación. Snowball reads an Arabic noun that
# has no article as a verb, and cuts off the first letter of many: so each word gets the article, and loses its marks.
_BEFORE = {
    "ar": [
        (re.compile("[\u064b-\u0655\u0640]"), ""),  # as in a query, which is folded
        (re.compile("[\u0622\u0623\u0625]"), "\u0627"),
        (re.compile("\u0624"), "\u0648"),
        (re.compile("\u0626"), "\u064a"),
        (re.compile("^(?:[\u0648\u0641\u0628\u0643]?\u0627\u0644|\u0644\u0644)?(?=...)"), "\u0627\u0644"),
    ],
    "es": [(re.compile(r"(?<=.)([cs])ion$"), r"\1ión")],
    "fr": [(re.compile(r"(?<=[^e]{3})ee(s?)$"), r"ée\1")],
    # Snowball takes a few of these plurals to their singular only.
    "pt": [
        (re.compile(r"(?<=.)(?:c(?:ao|oes)|ções)$"), "ção"),
        (re.compile(r"(?<=..)(?:ao|oes|ões)$"), "ão"),
        (re.compile(r"(?<=...)ais$"), "al"),
    ],
}

# Snowball parts some words from their plural, as they end like verbs (mujer, militar) or change (juez, federal, child),
# and spellings of one word (defence, defense). A word in a query is read in the other form too; where that is no word,
# nothing has its stem. In Arabic "and" is a letter that is written as the beginning of the next word, and
# careless texts leave the dots of a feminine ending out.
_ALSO = {
    "ar": [
        ("^\u0648(?=....)", ""),
        ("^(?=[^\u0648]..)", "\u0648"),
        ("(?<=...)\u0629$", "\u0647"),
        ("(?<=...)\u0647$", "\u0629"),
    ],
    "en": [
        (r"(?<!^o)man('s)?$", "men"),
        (r"(?<!^o)men('s)?$", "man"),
        (r"^child('s)?$", "children"),
        (r"^children('s)?$", "child"),
        (r"(?<=cri|aly|the|pha|gno)sis$", "ses"),
        (r"(?<=cri|aly|the|pha|gno)ses$", "sis"),
        (r"(?<=\w\w\wi)s(?=(?:e[drs]?|ers|ing|ations?)$)", "z"),
        (r"(?<=\w\w\wi)z(?=(?:e[drs]?|ers|ing|ations?)$)", "s"),
        (r"^(behavi|col|endeav|fav|harb|hon|lab|neighb|rum)our", r"\1or"),
        (r"^(behavi|col|endeav|fav|harb|hon|lab|neighb|rum)or", r"\1our"),
        (r"^(def|off|lic|pret)ence", r"\1ense"),
        (r"^(def|off|lic|pret)ense", r"\1ence"),
        (r"^programme(s?)$", r"program\1"),
        (r"^program(s?)$", r"programme\1"),
        (r"^(cent|theat)re(s?)$", r"\1er\2"),
        (r"^(cent|theat)er(s?)$", r"\1re\2"),
    ],
    "es": [
        ("(?<=..)([aeiáéí]r|[eé]n)$", r"\1es"),
        ("(?<=.[aeiáéí]r)es$", ""),
        ("(?<=..en)es$", ""),
        ("z$", "ces"),
        ("ces$", "z"),
    ],
    "fr": [("(?<=..)ail$", "aux"), ("(?<=..)aux$", "ail"), ("oi$", "ois"), ("ois$", "oi")],
    "pt": [
        ("(?<=..)([ou])l$", r"\1is"),
        ("(?<=..)([oóu])is$", r"\1l"),
        ("(?<=..)[eéií]l$", "eis"),
        ("(?<=..)[eé]is$", "el"),
        ("(?<=..)e?is$", "il"),
        ("(?<=..)il$", "is"),
        ("ei$", "eis"),
        ("eis$", "ei"),
        ("(?<=..)m$", "ns"),
        ("(?<=..)ns$", "m"),
    ],
}

# Endings that are written with and without one, in words of the kind of economía and of historia.
_PERHAPS_ACCENTED = {
    "es": [
        (re.compile(r"i(a|as|an|amos|ais)$"), r"í\1"),
        (re.compile(r"o$"), "ó"),
        (re.compile(r"(?<=[aei]r)a(n?|s)$"), r"á\1"),
        (re.compile(r"(?<=[aei]r)e$"), "é"),
    ],
}


_QUERY_FORMS = {
    language: [(re.compile(ending), other) for ending, other in endings] for language, endings in _ALSO.items()
}


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    algorithm = STEMMERS.get(language)
    return Stemmer.Stemmer(algorithm, 0) if algorithm else None  # its own cache is slower than ours


@lru_cache(maxsize=200_000)
def family(written: str, language: str | None) -> str:
    """The family of a word in a language: ``en:extradit`` for ``extradited`` and ``extradition``.

    ``written`` is folded or, better, has its accents still (:attr:`Token.written`). A character of Chinese, Japanese or
    Korean has no language: ``cjk:渡``.
    """
    if is_character(written):
        return f"{CJK_PREFIX}{written}"
    language = language or UNKNOWN
    stemmer = _stemmer(language)
    return f"{language}:{fold(stemmer.stemWord(_prepared(written, language)) if stemmer else written)}"


def families(written: Iterable[str], languages: Iterable[str], *, guess: bool = False) -> frozenset[str]:
    """Every family that any of these ways to write a word is in, in any of the languages, with its plural or singular.

    ``guess``: nobody knows how the word is written with accents, so its usual ways count too (economias: economías).
    """
    ways = frozenset(written)
    tables = (_QUERY_FORMS, _PERHAPS_ACCENTED) if guess else (_QUERY_FORMS,)
    return frozenset(
        family(way, language)
        for language in languages
        for way in ways.union(*(_rewritten(ways, table.get(language, ())) for table in tables))
    )


def _rewritten(ways: Iterable[str], endings: Iterable[tuple[re.Pattern[str], str]]) -> set[str]:
    return {ending.sub(other, way) for ending, other in endings for way in ways}


def _prepared(written: str, language: str) -> str:
    for pattern, better in _BEFORE.get(language, ()):
        written = pattern.sub(better, written)
    return written
