"""Make ``un-general-debate/speeches-2000-2015.jsonl.gz`` out of the UN General Debate Corpus.

::

    python seeds/build_un_general_debate.py ungdc_2000_2015.jsonl.gz seeds/un-general-debate/speeches-2000-2015.jsonl.gz

The corpus holds each speech as the lines of a PDF. This puts the paragraphs together again, drops what belongs to the
printed page, and mends two kinds of damaged letters; the words stay as they are. The same input gives the same text,
and with the same zlib the same bytes.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SOURCE = "un-general-debate"

LONG_LINE = 90  # a document whose median line is longer has a paragraph a line (2015); printed lines have about 50
INDENTED_LINES = 8  # fewer lines that begin with a space are chance
BLANK_SHARE = 0.05  # a document with more blank lines than this separates paragraphs by them (2013, 2014)
WIDTH_PERCENTILE = (
    70  # measured on the 204 indented documents: finds 94 % of the paragraphs, 96 % of its finds are right
)

_FURNITURE = re.compile(
    r"""
      (?:\d{1,3}(?:/\d+)?\ )?\d\d-\d{5}(?:\ \d{1,3}(?:/\d+)?)?      # 35 08-51749
    | (?:\d\d/\d\d/\d{4}\ )?A/\d\d/PV\.\d+(?:\ \d\d/\d\d/\d{4})?    # A/70/PV.23 01/10/2015
    | \d{1,3}                                                       # 35
    """,
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"""(?:[.!?:;…]|—)["”’')\]]*$|[.!?]\s*\([^()]*\)$|\bparas?\.[^()]*\)$|\bp\.[^()]*\)$""")
_SENTENCE_START = re.compile(r"[“\"‘'\[]*[A-Z0-9¿¡ÁÉÍÓÚ]")  # a line in parentheses is the reference of a quotation

# Text in Windows-1252 that was read as Mac Roman. None of these stands inside a word, or at all, in the languages here.
_READ_AS_MAC_ROMAN = re.compile(r"[ìÛ˙‡Ù]|(?<=[a-z])[·È]|(?<!\S)ó(?!\S)")
_QUOTE_MARKS_READ_AS_MAC_ROMAN = re.compile("[íìî]")
_APOSTROPHE_READ_AS_MAC_ROMAN = re.compile("(?<=[a-z])í(?=[A-Z])")
# A ligature taken for a letter and a space: "conf licts". The first halves are no words by themselves.
_SPLIT_LIGATURE = re.compile(r"\b([Ff]|[Bb]aff|[Cc]onf|[Dd]ef|[Ii]nf|[Rr]ef) (l[a-z]+)|\b([Bb]rief) (ly)\b")


def mend_letters(text: str) -> str:
    """Undo a wrong decoding where the document shows it, and ligatures that were split."""
    if _READ_AS_MAC_ROMAN.search(text):
        broken = _QUOTE_MARKS_READ_AS_MAC_ROMAN if "ì" in text else _APOSTROPHE_READ_AS_MAC_ROMAN
        text = broken.sub(_decode_again, text)
        text = _READ_AS_MAC_ROMAN.sub(_decode_again, text)
    return text


def _decode_again(match: re.Match[str]) -> str:
    return match[0].encode("mac_roman").decode("cp1252")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a speech that is given as the lines of a PDF."""
    lines = [line.rstrip() for line in text.split("\n")]
    blank = _blank_lines_separate(lines)
    body = list(_without_furniture(lines))
    filled = [line for line in body if line]
    if not filled:
        return []
    if statistics.median(map(len, filled)) > LONG_LINE:
        groups = _split(filled, [True] * len(filled))
    elif sum(line.startswith(" ") for line in filled) >= INDENTED_LINES:
        groups = _split(filled, [line.startswith(" ") for line in filled])
    elif blank:
        groups = _split(filled, _after_blank(body))
    else:
        groups = _split(filled, _after_short_line(filled))
    return [_join(group) for group in groups]


def _blank_lines_separate(lines: list[str]) -> bool:
    return sum(not line for line in lines) > BLANK_SHARE * len(lines)


def _without_furniture(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not _FURNITURE.fullmatch(line.strip()):
            yield line


def _after_blank(body: list[str]) -> list[bool]:
    return [number > 0 and not body[number - 1] for number, line in enumerate(body) if line]


def _after_short_line(lines: list[str]) -> list[bool]:
    """Where a paragraph starts: the line before had room for the next word, or an indent took room from the line.

    Lines of a proportional font have no width in characters; a percentile of the document's lines stands for it.
    """
    width = sorted(map(len, lines))[len(lines) * WIDTH_PERCENTILE // 100]
    room = [len(line) + 1 + len(_first_word(after)) <= width for line, after in itertools.pairwise(lines)]
    room.append(False)
    return [False] + [
        bool(_SENTENCE_START.match(line)) and (room[number - 1] or room[number])
        for number, line in enumerate(lines[1:], 1)
    ]


def _first_word(line: str) -> str:
    return line.split(maxsplit=1)[0]


def _split(lines: list[str], starts: list[bool]) -> list[list[str]]:
    """Group lines; a paragraph starts where ``starts`` says so and the line before ends a sentence."""
    groups: list[list[str]] = []
    for line, start in zip(lines, starts, strict=True):
        if not groups or (start and _SENTENCE_END.search(groups[-1][-1])):
            groups.append([])
        groups[-1].append(line.strip())
    return groups


def _join(lines: list[str]) -> str:
    text = " ".join(lines)
    text = re.sub(r"(?<=[a-z])- (?!and\b|or\b|to\b)(?=[a-zA-Z])", "-", text)  # "well-" / "being" keeps its hyphen
    text = _SPLIT_LIGATURE.sub(lambda match: "".join(filter(None, match.groups())), text)
    return re.sub(r"\s+", " ", text)


def ordinal(number: int) -> str:
    """``61st``, ``62nd``, ``63rd``, ``64th``."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def document(speech: dict[str, Any]) -> dict[str, str]:
    """A line of Concord's JSONL out of a record of the corpus ``{id, country, session, year, text}``."""
    session = ordinal(speech["session"])
    return {
        "id": speech["id"],
        "title": f"{speech['country']}: statement in the UN General Debate, {session} session ({speech['year']})",
        "text": "\n\n".join(paragraphs(mend_letters(speech["text"]))),
        "date": str(speech["year"]),
        "source": SOURCE,
        "language": "en",
    }


def build(corpus: Path) -> bytes:
    """The gzipped collection, speeches by year and country."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        speeches = [json.loads(line) for line in lines]
    speeches.sort(key=lambda speech: (speech["year"], speech["id"]))
    jsonl = "".join(json.dumps(document(speech), ensure_ascii=False) + "\n" for speech in speeches)
    return gzip.compress(jsonl.encode(), compresslevel=9, mtime=0)


def main(arguments: list[str]) -> int:
    """Build the collection from the two paths given."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    corpus, target = map(Path, arguments)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(build(corpus))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
