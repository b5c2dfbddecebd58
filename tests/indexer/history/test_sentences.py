"""Where sentences end, in five languages."""

from __future__ import annotations

import pytest

from indexer.history.sentences import sentences, split_sentences


@pytest.mark.parametrize(
    "found",
    [
        ["They met in Lima.", "It rained!", "Did they sign?", "Yes."],
        ["Mr. A. Smith of the U.S. Congress spoke on Nov. 5 of No. 12.", "He left."],
        ["He said no.", "Then he left."],
        ["“We do.”", "“So do we,” they said.", "(It is so.)", "End"],
        ["It rose to 3.5 per cent.", "In 2008 it fell."],
        ["They wait …", "Nothing comes."],
        ["El Sr. Pérez habló en la pág. 4.", "¿Qué dijo?", "¡Nada!", "La Dra. Gómez calló."],
        ["O Exmo. Sr. Silva falou.", "Não disse nada."],
        ["M. Dupont a parlé.", "« Oui. »", "Mme. Curie aussi."],
        ["The U.N. is one."],
        ["one sentence without an end"],
    ],
)
def test_sentences_end_where_they_end(found):
    assert split_sentences(" ".join(found)) == found


def test_chinese_sentences_need_no_space():
    assert split_sentences("双方会谈。“很好。”他说\uff01是吗\uff1f") == [
        "双方会谈。",
        "“很好。”",
        "他说\uff01",
        "是吗\uff1f",
    ]


def test_places_are_those_of_the_text_without_white_space_around():
    assert sentences("  One.  Two. ") == [(2, 6), (8, 12)]


def test_an_empty_text_has_no_sentence():
    assert sentences(" \n") == []
