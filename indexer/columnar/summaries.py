"""What there is of each source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.protocol import SourceSummary

if TYPE_CHECKING:
    from indexer.columnar.documents import Documents

_CODE = 32  # bits that a day is moved by, to make room for the number of a date behind it


def summaries(documents: Documents) -> tuple[SourceSummary, ...]:
    """What there is of each source, by name.

    Dates that begin on one day differ in what is known of them: their numbers are in the order of their texts.
    """
    numbers, sources, dates = documents.numbers, documents.sources, documents.generation.codes("date")
    all_of = sources.counts(numbers)
    dated = numbers[~documents.undated.take(numbers)]
    source, date_codes = sources.codes.take(dated), dates.codes.take(dated).astype(np.int64)
    earliest = np.full(len(sources.values), np.iinfo(np.int64).max)
    latest = np.full(len(sources.values), -1)
    np.minimum.at(earliest, source, documents.first.take(dated).astype(np.int64) << _CODE | date_codes)
    np.maximum.at(latest, source, documents.last.take(dated).astype(np.int64) << _CODE | date_codes)
    with_date = np.bincount(source, minlength=len(sources.values)).tolist()

    def published(key: int) -> str:
        return dates.values[key & ((1 << _CODE) - 1)].decode()

    return tuple(
        SourceSummary(
            name,
            all_of[name],
            all_of[name] - with_date[at],
            published(int(earliest[at])) if with_date[at] else None,
            published(int(latest[at])) if with_date[at] else None,
        )
        for name, at in sorted((name, at) for at, name in enumerate(sources.values))
        if all_of[name]
    )
