"""The language of each passage, for documents that quote or mix: an English paper with a Spanish annex.

A passage is taken to be in its document's language where a cheap look says so: its letters are of that language's
script, and enough of its words are the small ones that every text of the language has. Only where that look fails, and
the passage is long enough to tell, it is given to the detector that told the document's language. A short passage is
given to it where its letters show that it is in another language: an Arabic heading in an English document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler import Document, detect_language
from indexer.analysis import UNKNOWN

LEAST_LETTERS = 60
"""Letters below which a passage says too little: a name, a heading, a line of a table. It goes with its document,
unless most of its letters aren't Latin, and its document's language isn't written in them."""
LEAST_CHARACTERS = 12
"""The same for scripts without letters as we know them: a Chinese character says as much as half a word."""
SMALL_WORDS_SHARE = 0.2
"""Of the words of a passage that are small words of its document's language; real passages have a third and more."""
HAN_SHARE = 0.6
"""Of the letters of a Chinese passage that are Chinese characters; the rest are foreign names."""
SAMPLE = 400
"""Characters of a passage that the cheap look reads."""

# The most frequent words of each language, without those that its relatives have too: Spanish "de" and "que" would
# pass for Portuguese ones. Languages that have no list here go to the detector with every passage.
_LISTS = {
    "de": "der die das und ist von den dem des mit für auf im ein eine einer zu nicht auch werden sich als wird sind",
    "en": "the of and to in is that for with by on be has have are was were this which from at as it its not will",
    "es": "el los las del y en con por una su al es lo ha han sus sobre más como entre este esta para un nuestro muy",
    "fr": "le les des et du est dans une qui pour sur par au aux ce cette nous il ils pas sont ont avec notre leur",
    "it": "il gli della dei delle di che è nel alla con per una sono dal degli nella sul anche più ha questo loro",
    "nl": "de het een van en dat met voor op zijn aan niet te bij door ook wordt naar worden uit deze",
    "pt": "o os do dos da das em um uma não são ao pelo pela com no na nos nas mais e foi seu sua como para às",
    "ru": "и в не на что по как к из за от для это мы также он их при но все которые был была были",
    "ar": "في من على إلى أن عن التي الذي هذا هذه مع بين ما لا كان قد أو ذلك كما بعد",
}
_SMALL_WORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_LETTERS = {code: chr(code).lower() if chr(code).isalpha() else " " for code in range(128)}
_EAST = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")


def passage_languages(document: Document) -> tuple[str, ...]:
    """The language of each paragraph, ``und`` where it isn't known; empty where all are in the document's."""
    own = document.language or UNKNOWN
    found = tuple(_language(paragraph, document.language) for paragraph in document.paragraphs)
    return found if found.count(own) < len(found) else ()


def _language(paragraph: str, own: str | None) -> str:
    sample = paragraph[:SAMPLE]
    words, letters = _words(sample)
    if _says_enough(sample, letters):
        known = own is not None and _looks_like(sample, words, letters, own)
    else:
        known = own is None or not _in_another_script(sample, letters)
    return (own if known else detect_language(paragraph, hint=own)) or UNKNOWN


def _words(sample: str) -> tuple[list[str], int]:
    """The words of a sample, case folded, and how many letters they have as they stand there."""
    if sample.isascii():
        words = sample.translate(_ASCII_LETTERS).split()
        return words, len("".join(words))
    words = _WORD.findall(sample)
    return list(map(str.casefold, words)), len("".join(words))


def _in_another_script(sample: str, letters: int) -> bool:
    """Whether a passage is mostly in letters other than Latin ones: names in these stand in texts of any language."""
    return not sample.isascii() and 2 * len(_NOT_LATIN.findall(sample)) > letters


def _says_enough(sample: str, letters: int) -> bool:
    return letters >= LEAST_LETTERS or (letters >= LEAST_CHARACTERS and 2 * len(_EAST.findall(sample)) > letters)


def _looks_like(sample: str, words: Sequence[str], letters: int, language: str) -> bool:
    """Whether a text is in a language as far as a glance can tell; ``False`` where it can't."""
    if language == "zh":  # what has kana or hangul in it is Japanese or Korean
        han = len(_HAN.findall(sample))
        return han >= HAN_SHARE * letters and han == len(_EAST.findall(sample))
    small = _SMALL_WORDS.get(language)
    return small is not None and sum(map(small.__contains__, words)) >= SMALL_WORDS_SHARE * len(words)
