"""What is known of documents beside their texts: the columns and the fields of values."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from indexer.analysis import UNKNOWN
from indexer.columnar.columns import write_codes
from indexer.columnar.strings import write_strings
from indexer.columnar.writing.fields import write_values
from indexer.engines.protocol import LabelledDocument

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.blocks import BlockWriter
    from indexer.columnar.writing.fields import Write

UNDATED = 0  # no day of the calendar: date.toordinal() starts at 1


class Facts:
    """Collects them document by document."""

    def __init__(self) -> None:
        self._days: list[tuple[int, int]] = []
        self._dates: list[bytes] = []
        self._sources: list[bytes] = []
        self._languages: list[bytes] = []
        self._read_in: list[bytes] = []
        self._domains: list[bytes] = []
        self._ids: list[bytes] = []
        self._urls: list[bytes] = []
        self._leads: list[bytes] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, entry: LabelledDocument) -> None:
        """Those of the document that follows."""
        document = entry.document
        published, language = document.date, document.language or UNKNOWN
        days = (published.first.toordinal(), published.last.toordinal()) if published else (UNDATED, UNDATED)
        self._days.append(days)
        self._dates.append(str(published).encode() if published else b"")
        self._sources.append(document.source.encode())
        self._languages.append(language.encode())
        self._read_in.append(" ".join(sorted({language, *entry.passage_languages})).encode())
        self._domains.append(" ".join(sorted(entry.domain_ids)).encode())
        self._ids.append(document.id.encode())
        self._urls.append((document.url or "").encode())
        self._leads.append((document.lead or "").encode())

    def columns(self) -> dict[str, Write]:
        """What writes each column."""
        days = np.array(self._days, np.int32).reshape(-1, 2)
        numbers = {"date_first": days[:, 0], "date_last": days[:, 1]}
        few = {
            "date": self._dates,
            "source": self._sources,
            "domain": self._domains,
            "language": self._languages,
            "read_in": self._read_in,
        }
        many = {"id": self._ids, "url": self._urls, "lead": self._leads}
        return {
            **{name: partial(_add, name=f"column/{name}", array=array) for name, array in numbers.items()},
            **{name: partial(write_codes, name=f"column/{name}", values=values) for name, values in few.items()},
            **{name: partial(write_strings, name=f"column/{name}", strings=values) for name, values in many.items()},
        }

    def fields(self) -> dict[str, Write]:
        """What writes each field of values."""
        single = {"id": self._ids, "source": self._sources, "language": self._languages}
        values: dict[str, list[tuple[bytes, ...]]] = {
            name: [(each,) for each in every] for name, every in single.items()
        }
        values["domain"] = [tuple(each.split()) for each in self._domains]
        return {name: partial(write_values, field=name, values=each) for name, each in values.items()}


def _add(writer: BlockWriter, name: str, array: NDArray[np.int32]) -> None:
    writer.add(name, array)
