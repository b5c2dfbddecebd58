"""Documents for the instruments: real speeches, and notes in three languages with dates of every kind."""

from __future__ import annotations

import gzip
import json
from typing import Any

from tests.indexer.samples import SPEECHES

_EVERY = 40  # speeches
_PASSAGES = 10  # of each


def speeches() -> list[dict[str, Any]]:
    """The first passages of some speeches, dated to the year."""
    with gzip.open(SPEECHES, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines][::_EVERY]
    return [
        {
            "id": record["id"],
            "title": record["title"],
            "text": "\n\n".join(record["text"].split("\n\n")[:_PASSAGES]),
            "date": record["date"],
            "language": "en",
        }
        for record in records
    ]


NOTES: tuple[dict[str, Any], ...] = (
    {
        "id": "zh-1",
        "title": "引渡条约",
        "text": "两国签署了引渡条约、加强司法合作。引渡是司法合作的重要内容。\n\n双方同意就引渡问题继续合作。",
        "date": "2019-03-04",
        "language": "zh",
        "source": "wire",
    },
    {
        "id": "zh-2",
        "title": "司法",
        "text": "各国应当加强司法合作、打击犯罪。\n\n引渡合作和引渡条约都很重要、引渡条约已经生效。",
        "date": "2019-05",
        "language": "zh",
        "source": "wire",
    },
    {
        "id": "es-1",
        "title": "Acuerdo de extradición",
        "text": "Los ministros firmaron el tratado de extradición. La extradición de los delincuentes es un deber.\n\n"
        "El tratado de extradición entra en vigor este año, y la cooperación judicial sigue.",
        "date": "2019-05-20",
        "language": "es",
        "source": "wire",
    },
    {
        "id": "mixed",
        "title": "Annex",
        "text": "The ministers signed an extradition treaty (the extradition treaty of 2021) and spoke of judicial "
        "cooperation between their countries in all matters.\n\n"
        "双方签署了引渡条约、并同意加强司法合作、共同打击犯罪。",
        "date": "2021-07-01",
        "language": "en",
        "source": "wire",
    },
    {
        "id": "undated",
        "title": "Notes on extradition",
        "text": "Extradition, they said, is a matter of treaty. No treaty, no extradition.",
        "language": "en",
        "source": "wire",
    },
    {
        "id": "title-only",
        "title": "The extradition of a fugitive",
        "text": "He was handed over yesterday, under a treaty, by the police of a neighbouring country.",
        "date": "2021-09-30",
        "language": "en",
        "source": "wire",
    },
)

DOCUMENTS = [*NOTES, *speeches()]
