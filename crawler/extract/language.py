"""Which language a text is in: by its script where that tells, else by py3langid, held back where it can only guess."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 2_000
"""Characters that are looked at: more of them change no answer."""
LEAST_LETTERS = 60
"""Letters of a script shared by many languages below which a text says too little: names and headings."""
LEAST_CHARACTERS = 8
"""The same for scripts that a single language, or two, write in."""
CONFIDENT = 0.80
"""Least probability (py3langid's, over the languages below); texts of one language reach 0.95 within two sentences."""
HINTED = 0.30
"""Least probability of the language that a hint names, for the hint to stand against a likelier one."""
DOMINANT = 0.6
"""The part of a text's letters that must be in one script: below that, the text is in two languages."""
SECOND = 0.2
"""The part of such a text that must be in the script of a hint's language; less of it is names and abbreviations."""

_LATIN = (
    "ca cs cy da de en es et eu fi fr ga gl hr ht hu id is it lt lv ms mt nl no pl pt qu ro sk sl sq sv sw tl tr vi"
)
LATIN = tuple(_LATIN.split())
"""The languages that texts of this field come in; without rare ones, those are no longer mistaken for them."""
CYRILLIC = ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk")
ARABIC = ("ar", "fa", "ps", "ug", "ur")

_SCRIPTS = {
    "latin": re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]"),
    "cyrillic": re.compile(r"[\u0400-\u052f]"),
    "arabic": re.compile(r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f]"),
    "han": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    "kana": re.compile(r"[\u3041-\u3096\u30a1-\u30fa]"),
    "hangul": re.compile(r"[\uac00-\ud7a3]"),
    "greek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "hebrew": re.compile(r"[\u05d0-\u05ea]"),
    "thai": re.compile(r"[\u0e01-\u0e3a]"),
    "devanagari": re.compile(r"[\u0904-\u0939]"),
    "georgian": re.compile(r"[\u10d0-\u10ff]"),
    "armenian": re.compile(r"[\u0531-\u0587]"),
}
_EAST = ("han", "kana", "hangul")
_MOSTLY = {
    "han": "zh",
    "kana": "ja",
    "hangul": "ko",
    "greek": "el",
    "hebrew": "he",
    "thai": "th",
    "devanagari": "hi",
    "georgian": "ka",
    "armenian": "hy",
}
_SHARED = {"latin": LATIN, "cyrillic": CYRILLIC, "arabic": ARABIC}
_HINTED_ONLY = {
    "latin": ("az", "kk", "ku", "sr", "uz"),
    "cyrillic": ("ab", "av", "az", "ba", "ce", "cv", "os", "tt", "uz"),
    "arabic": ("az", "ckb", "ks", "ku", "pa", "sd"),
    "han": ("ja", "ko", "yue"),
    "hebrew": ("yi",),
    "devanagari": ("ks", "mr", "ne", "sa", "sd"),
    "": ("am", "as", "bn", "bo", "dv", "dz", "gu", "kn", "km", "lo", "ml", "my", "or", "si", "ta", "te", "ti"),
}
"""Languages that no text is taken to be in by its look alone, by the script that they are written in, or written in as
well; those of ``""`` have one that isn't looked for."""
_OTHERWISE = frozenset({"latin"})
"""The script of all languages that have none here."""
_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\d+")
_WRITTEN_AS = {"nb": "no", "nn": "no"}
_KANA_SHARE = 0.08
"""Of the East Asian characters of a text: Japanese has a third kana and more, a Chinese text at most a quoted name."""


def detect(text: str, *, hint: str | None = None) -> str | None:
    """The language of ``text`` as an ISO 639-1 code.

    ``hint`` is what is said about it (the source's language): it is the answer where the text is too short or too mixed
    to tell, and where the text may well be in it. It doesn't count where its language is written in another script:
    then a short text is in the language of its script that it confidently looks like. ``None`` where none is left.
    """
    sample = _NOT_WORDS.sub(" ", text[:SAMPLE])
    counts = Counter({script: len(pattern.findall(sample)) for script, pattern in _SCRIPTS.items()})
    script, letters = _dominant(counts)
    believed = hint if hint and _may_be(hint, script, counts) else None
    if script in _SHARED:
        foreign = hint is not None and believed is None
        return _by_words(sample, script, believed) if letters >= LEAST_LETTERS or foreign else believed
    if script is None or letters < LEAST_CHARACTERS:
        return believed
    return _MOSTLY[script] if script in _EAST else believed or _MOSTLY[script]


@cache
def _scripts() -> dict[str, frozenset[str]]:
    """The scripts that each language is written in, by name."""
    languages = [*_SHARED.items(), *_HINTED_ONLY.items(), *((script, (code,)) for script, code in _MOSTLY.items())]
    found: dict[str, set[str]] = {}
    for script, codes in languages:
        for code in codes:
            found.setdefault(code, set()).add(script)
    return {code: frozenset(scripts) for code, scripts in found.items()}


LANGUAGES = frozenset(_scripts())
"""All languages that a text may be found to be in, or said to be in and believed."""


def _may_be(hint: str, script: str | None, counts: Counter[str]) -> bool:
    """Whether a text can be in the hint's language as far as letters tell: it has none, or that language's."""
    scripts = _scripts().get(hint, _OTHERWISE)
    if script is not None:
        return script in scripts
    return sum(counts[each] for each in scripts) >= SECOND * counts.total()


def _dominant(counts: Counter[str]) -> tuple[str | None, int]:
    """The script that most of a text is in, with how many letters; the three of East Asia count together.

    One of their characters says as much as half a word does.
    """
    east = sum(counts[script] for script in _EAST)
    weights = {script: counts[script] for script in counts if script not in _EAST}
    weights["east"] = 3 * east
    script = max(weights, key=lambda name: weights[name])
    if not weights[script] or weights[script] < DOMINANT * sum(weights.values()):
        return None, 0
    return (_eastern(counts), east) if script == "east" else (script, weights[script])


def _eastern(counts: Counter[str]) -> str:
    """Which of the three scripts tells: Japanese and Korean are written with Chinese characters as well."""
    if counts["hangul"] > counts["han"] + counts["kana"]:
        return "hangul"
    return "kana" if counts["kana"] >= _KANA_SHARE * (counts["han"] + counts["kana"]) else "han"


def _by_words(sample: str, script: str, hint: str | None) -> str | None:
    ranking = dict(_identifier(script).rank(sample))
    best = max(ranking, key=lambda code: ranking[code])
    if hint and hint != best and ranking.get(hint, 0.0) >= HINTED:
        return hint
    return _WRITTEN_AS.get(best, best) if ranking[best] >= CONFIDENT else hint


@cache
def _identifier(script: str) -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(identifier.nb_classes)
    identifier.set_languages([code for code in _SHARED[script] if code in known])
    return identifier
