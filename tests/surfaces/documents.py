"""Ten documents made for the table of the query language: each row fits some of them, and not others like them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.indexer.support import CONFIG, Workspace

DOCUMENTS: tuple[dict[str, Any], ...] = (
    {
        "id": "treaty",
        "title": "Extradition treaty signed",
        "text": "The ministers signed a treaty on judicial assistance and the extradition of suspects. "
        "An extradition needs a treaty. Prosecutors asked for extradition.",
        "date": "2008-11-05",
        "url": "https://ministry.example/2008/treaty",
    },
    {
        "id": "visit",
        "title": "State visit",
        "text": "Assistance that is judicial was spoken of. Two fugitives were extradited. Both sides cooperated.",
        "date": "2009-03",
        "source": "wire",
        "url": "https://wire.example/visit",
    },
    {"id": "pacts", "title": "Treaties of the year", "text": "Treaties on trade were signed.", "date": "2010"},
    {
        "id": "drugs",
        "title": "Report on crime",
        "text": "Drug crimes rose. Officials of the organisation met.",
        "date": "2007-06-01",
        "source": "wire",
    },
    {
        "id": "apart",
        "title": "A long way",
        "text": "The drug was found in one of many very large old grey houses where later a crime happened.",
        "date": "2011",
        "source": "wire",
    },
    {"id": "talks", "title": "Talks", "text": "The organization asked for more cooperation."},
    {
        "id": "acuerdo",
        "title": "Acuerdo de paz",
        "text": "Los ministros firmaron un acuerdo sobre la extradición de un fugitivo.",
        "date": "2008-11-06",
        "language": "es",
    },
    {
        "id": "hyphens",
        "title": "Aircraft",
        "text": "A C-17 flew the COVID-19 vaccine. Non-proliferation and co-operation.",
    },
    {"id": "glued", "title": "Aircraft", "text": "The C17 landed. Fewer covid19 cases. Nonproliferation comes next."},
    {"id": "bread", "title": "Bread", "text": "Bread rose in 17 ovens, model C.", "date": "2012", "source": "wire"},
)


def made(folder: Path) -> Workspace:
    """The documents, loaded and indexed."""
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    workspace = Workspace(folder)
    workspace.load(*DOCUMENTS)
    workspace.index()
    return workspace
