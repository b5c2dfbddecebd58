"""What a hit's score is made of, for its reader: a line a part, largest first."""

from __future__ import annotations

from dataclasses import dataclass

from indexer import Evident, Hit, ScorePart
from webui.text import counted

_NAMES = {
    Evident.PASSAGE: "its best passage",
    Evident.PAIRS: "words side by side",
    Evident.LETTERS: "words alike by letters",
}


@dataclass(frozen=True, slots=True)
class ScorePartView:
    """A part: ``text`` is a word of the query as it was typed, or ``name`` says what else counts."""

    score: str
    text: str
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class ScoreView:
    """The score and its parts."""

    total: str
    parts: tuple[ScorePartView, ...]


def score_view(hit: Hit) -> ScoreView | None:
    """``None`` where the search was not to be explained, or the hit has no score."""
    if not hit.parts:
        return None
    return ScoreView(f"{hit.score:.2f}", tuple(map(_part, hit.parts)))


def _part(part: ScorePart) -> ScorePartView:
    score = f"{part.score:.2f}"
    if part.kind is not Evident.WORDS:
        return ScorePartView(score, "", _NAMES[part.kind], "")
    where = f"title {part.title}, text {part.body}, in {counted(part.documents, 'document')}"
    return ScorePartView(score, part.text, "", where)
