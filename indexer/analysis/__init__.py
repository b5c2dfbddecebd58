"""Analysis: from text to the terms that an index holds, with the place of each in the text.

Every word keeps a position, stop words and one-letter words included, so that phrases and distances are true. A word
gives two terms: its *exact* form (case and accents folded) and its *family* (the language's Snowball stem, with the
language before it). ``words`` finds the raw words, ``tokens`` says what each is, ``stems`` their families, ``chinese``
cuts what has no spaces, ``function_words`` knows the words of grammar.
"""

from indexer.analysis.chinese import CJK_PREFIX, characters, cut, is_character, pair_terms, runs, with_pairs
from indexer.analysis.function_words import is_function_word
from indexer.analysis.memo import Memo
from indexer.analysis.stems import STEMMERS, UNKNOWN, families, family
from indexer.analysis.tokens import Token, fold, forms_of, is_elided, pieces, tokenize
from indexer.analysis.words import APOSTROPHES, CJK, INSIDE, raw_words

__all__ = [
    "APOSTROPHES",
    "CJK",
    "CJK_PREFIX",
    "INSIDE",
    "STEMMERS",
    "UNKNOWN",
    "Memo",
    "Token",
    "characters",
    "cut",
    "families",
    "family",
    "fold",
    "forms_of",
    "is_character",
    "is_elided",
    "is_function_word",
    "pair_terms",
    "pieces",
    "raw_words",
    "runs",
    "tokenize",
    "with_pairs",
]
