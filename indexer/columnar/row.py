"""What is known of one document without its text."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

UNDATED = 0  # no day of the calendar: date.toordinal() starts at 1


class Row(NamedTuple):
    """A document without its text.

    ``number`` as the generation counts; ``published`` has the known parts of the date; ``first`` and ``last`` are
    ordinals of days, 0 where undated. ``story`` is the id of the lead, which may be the document itself.
    """

    number: int
    id: str
    url: str
    published: str
    first: int
    last: int
    source: str
    domains: frozenset[str]
    language: str
    story: str
    title_length: int
    body_length: int

    @property
    def undated(self) -> bool:
        """Whether no date is known."""
        return self.first == UNDATED

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that the date may mean. Only for the dated."""
        return date.fromordinal(self.first), date.fromordinal(self.last)
