"""What becomes of a text where others print it again: made-up reprints for the tests of near duplicates."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Paragraphs = tuple[str, ...]
Change = Callable[[Paragraphs, random.Random], Paragraphs]


def dateline(text: Paragraphs, _: random.Random) -> Paragraphs:
    """Another place, another day, another agency at the start."""
    return (f"BEIJING, Nov. 5 (Xinhua) -- {text[0]}", *text[1:])


def credit(text: Paragraphs, _: random.Random) -> Paragraphs:
    """The agency and the editor at the end."""
    return (*text, "(Xinhua News Agency November 5, 2008)", "Editor: Li Wei. Copyright 2008, all rights reserved.")


def cut(part: float) -> Change:
    """The last paragraphs gone, so that about ``part`` of the text is left."""

    def change(text: Paragraphs, _: random.Random) -> Paragraphs:
        room = part * sum(map(len, text))
        kept = [text[0]]
        for paragraph in text[1:]:
            kept.append(paragraph)
            if sum(map(len, kept)) >= room:
                break
        return tuple(kept)

    return change


def rewritten(part: float) -> Change:
    """``part`` of the sentences in other words altogether."""

    def change(text: Paragraphs, chance: random.Random) -> Paragraphs:
        words = " ".join(text).split()

        def sentence(old: str) -> str:
            return " ".join(chance.choices(words, k=len(old.split()))) if chance.random() < part else old

        return tuple(" ".join(map(sentence, re.split(r"(?<=[.!?]) ", paragraph))) for paragraph in text)

    return change


def reworded(part: float) -> Change:
    """``part`` of the words, here and there, replaced by others."""

    def change(text: Paragraphs, chance: random.Random) -> Paragraphs:
        words = " ".join(text).split()
        return tuple(
            " ".join(chance.choice(words) if chance.random() < part else word for word in paragraph.split())
            for paragraph in text
        )

    return change


def all_of_it(text: Paragraphs, chance: random.Random) -> Paragraphs:
    """Cut, edited here and there, with another dateline and a credit."""
    for change in (cut(0.7), rewritten(0.05), dateline, credit):
        text = change(text, chance)
    return text


CHANGES: dict[str, tuple[Change, float]] = {
    "another dateline": (dateline, 1.0),
    "a credit line": (credit, 1.0),
    "cut to three quarters": (cut(0.75), 0.99),
    "cut to a half": (cut(0.55), 0.97),
    "two words in a hundred replaced": (reworded(0.02), 0.98),
    "a tenth of the sentences rewritten": (rewritten(0.1), 0.83),
    "cut, edited, dated and credited anew": (all_of_it, 0.85),
}
"""Each with the part of such reprints that must be found: floors, which only rise."""
