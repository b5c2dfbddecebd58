"""Words of grammar, which stand near everything and tell nothing of it: the, of, 的.

The lists of most languages are Snowball's (https://snowballstem.org), as Whoosh ships them. A language without a list
keeps all its words.
"""

from __future__ import annotations

from functools import cache, lru_cache

from indexer.analysis.chinese import is_character
from indexer.analysis.tokens import fold

# What speeches are full of and Snowball's English list lacks: words that go with verbs, and "us" beside "we".
_MORE = {"en": "also cannot could may might must shall shan't upon us would"}
# Languages of policy texts that Snowball has no list for. In Chinese each character is a word, so these are the
# characters that are hardly part of any other word.
_OWN = {
    "ar": "في من على إلى الى أن ان إن عن التي الذي الذين هذا هذه ذلك تلك مع بين ما لا لم لن كان كانت قد أو ثم كما بعد "
    "قبل كل هو هي هم نحن كذلك أيضا حتى إذا لكن بل عند منذ حول خلال دون غير و ب ل",
    "zh": "的了和与及是在也都就而或被把将向从对为以于之其这那此并很更最又则且但所吗呢吧啊着",
}
_KEPT_AS_WORDS = frozenset({"ja", "ko"})
"""Languages in which the Chinese characters above are parts of words of content."""


@lru_cache(maxsize=100_000)
def is_function_word(form: str, language: str) -> bool:
    """Whether a form is a word of grammar in a language; capitals and accents make no difference."""
    if is_character(form):
        return language not in _KEPT_AS_WORDS and form in _words("zh")
    return fold(form) in _words(language)


@cache
def _words(language: str) -> frozenset[str]:
    from whoosh.lang.stopwords import stoplists

    own = _OWN.get(language, "")
    listed = [*stoplists.get(language, ()), *_MORE.get(language, "").split()]
    return frozenset(map(fold, [*listed, *(own if language == "zh" else own.split())]))
