"""What a generation knows of its documents beside their words, on whole arrays: dates, sources, domains, stories.

Opening it reads nothing; whatever is asked of all documents is made once, when it is first needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar import orders
from indexer.columnar.bitmaps import Bitmaps, packed, unpacked
from indexer.columnar.coded import Coded
from indexer.columnar.generation import Generation
from indexer.columnar.row import Row
from indexer.columnar.stories import Stories
from indexer.columnar.summaries import summaries
from indexer.engines.protocol import SourceSummary
from indexer.query.match import wildcard_regex
from indexer.query.nodes import DateUnknown, DateWithin, FieldIs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.intp]

UNDATED = 0  # no day of the calendar: date.toordinal() starts at 1
UNKNOWN_YEAR = "unknown"
_NEVER = np.iinfo(np.int32).max  # a day behind all others


class Documents:
    """The documents of a generation, by number. Arrays have a value a document, those deleted included."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.size = generation.size
        self.count = generation.documents
        """How many aren't deleted."""

    @property
    def live(self) -> Mask | None:
        """Which aren't deleted; ``None`` where none is."""
        return self.generation.live

    @property
    def numbers(self) -> Numbers:
        """Those that aren't deleted."""
        return self.generation.numbers

    def number(self, document_id: str) -> int | None:
        """The number of the document with this id."""
        return self.generation.number(document_id)

    def id(self, number: int) -> str:
        """The id of a document."""
        return self.generation.string("id", number)

    def row(self, number: int) -> Row:
        """What is known of one document; for the few that are shown."""
        string, codes, column = self.generation.string, self.generation.codes, self.generation.column
        name, lead = string("id", number), string("lead", number)
        return Row(
            number=number,
            id=name,
            url=string("url", number),
            published=codes("date")[number].decode(),
            first=int(column("date_first")[number]),
            last=int(column("date_last")[number]),
            source=codes("source")[number].decode(),
            domains=frozenset(codes("domain")[number].decode().split()),
            language=codes("language")[number].decode(),
            story=lead or name,
            title_length=int(column("title_length")[number]),
            body_length=int(column("body_length")[number]),
        )

    @property
    def first(self) -> NDArray[np.int32]:
        """The first day that each date may mean, as an ordinal; :data:`UNDATED` where there is none."""
        return self.generation.column("date_first")

    @property
    def last(self) -> NDArray[np.int32]:
        """The last day that each date may mean."""
        return self.generation.column("date_last")

    @cached_property
    def undated(self) -> Mask:
        """Which have no date."""
        undated: Mask = self.first == UNDATED
        return undated

    @cached_property
    def sources(self) -> Coded:
        """The source of each document."""
        return self._coded("source")

    @cached_property
    def language_codes(self) -> Coded:
        """The language of each document."""
        return self._coded("language")

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents, in order."""
        return tuple(sorted(self.language_codes.counts(self.numbers)))

    @cached_property
    def read_in(self) -> tuple[str, ...]:
        """The languages of the documents and of their passages, all that a word is read in; in order."""
        return tuple(
            sorted({language for value in self._coded("read_in").counts(self.numbers) for language in value.split()})
        )

    @cached_property
    def facets(self) -> dict[str, Bitmaps]:
        """Which documents are of each ``source``, ``domain``, ``language`` and ``year``."""
        return {
            "source": self.sources.bitmaps(),
            "domain": self._domains(),
            "language": self.language_codes.bitmaps(),
            "year": self.periods(4).bitmaps(),
        }

    def _domains(self) -> Bitmaps:
        names, found = self._in_domains()
        return Bitmaps(names, (packed(each, self.size) for each in found), self.size)

    def by_domain(self) -> tuple[Numbers, tuple[str, ...], Numbers]:
        """A document for each domain that it is in, the domains, and the number of the domain."""
        names, found = self._in_domains()
        documents = np.concatenate([np.zeros(0, np.intp), *found])
        return documents, names, np.repeat(np.arange(len(names)), list(map(len, found)))

    def _in_domains(self) -> tuple[tuple[str, ...], list[Numbers]]:
        fields = (segment.field("domain") for segment in self.generation.segments)
        terms = sorted(set[bytes]().union(*(field.terms for field in fields if field)))
        names = tuple(term.decode() for term in terms)
        return names, [self.generation.hits("domain", name).documents for name in names]

    def periods(self, length: int) -> Coded:
        """The beginning of each date: 4 characters for years, 7 for months where they are known; or ``unknown``."""
        dates = self.generation.codes("date")
        periods = [value[:length].decode() or UNKNOWN_YEAR for value in dates.values]
        numbers = {period: number for number, period in enumerate(dict.fromkeys(periods))}
        coded = np.fromiter(map(numbers.__getitem__, periods), np.intp, len(periods))
        return Coded(coded.take(dates.codes), tuple(numbers))

    @cached_property
    def stories(self) -> Stories:
        """Which documents are near copies of each other."""
        return Stories(self.generation)

    @cached_property
    def _in_order(self) -> Numbers:
        return orders.by_id(self.generation)

    @cached_property
    def by_id(self) -> Numbers:
        """The rank of each document by its id."""
        return orders.ranks(self._in_order)

    @cached_property
    def newest_first(self) -> Numbers:
        """The rank of each document by date, newer ones first, then by id; the undated last."""
        return orders.ranks(orders.by_day(-self.first, self._in_order))

    @cached_property
    def oldest_first(self) -> Numbers:
        """The rank of each document by date, older ones first, then by id; the undated last."""
        return orders.ranks(orders.by_day(np.where(self.undated, _NEVER, self.first), self._in_order))

    def copies(self, number: int) -> list[int]:
        """The other documents with the same story, by date."""
        members = self.stories.members(number)
        ordered: list[int] = members[np.argsort(self.oldest_first.take(members))].tolist()
        return [other for other in ordered if other != number]

    def condition(self, node: FieldIs | DateUnknown | DateWithin, *, undated_fit: bool = False) -> Mask:
        """The documents that a condition holds for; ``undated_fit``: those without a date fit every ``DateWithin``."""
        mask = self._condition(node, undated_fit=undated_fit)
        return mask if self.live is None else mask & self.live

    def _condition(self, node: FieldIs | DateUnknown | DateWithin, *, undated_fit: bool) -> Mask:
        match node:
            case DateUnknown():
                return self.undated
            case DateWithin(first, last):
                within = self.within(first, last)
                return within | self.undated if undated_fit else within
            case FieldIs("source", value):
                return self._having("source", value)
            case FieldIs("domain", value):
                return self._having("domain", value)
            case FieldIs("lang", value):
                return self._having("language", value)
            case FieldIs("change", _):  # of a kind that isn't known
                return np.zeros(self.size, np.bool_)
            case FieldIs(_, value):
                return self._with_address(value)

    def _having(self, facet: str, value: str) -> Mask:
        return unpacked(self.facets[facet].having((value,)), self.size)

    def within(self, first: date | None, last: date | None) -> Mask:
        """The dated documents whose interval has a day in common with this one; ``None`` is open."""
        mask = ~self.undated
        if first is not None:
            mask &= self.last >= first.toordinal()
        if last is not None:
            mask &= self.first <= last.toordinal()
        return mask

    def _with_address(self, value: str) -> Mask:
        fits = _fits(value.casefold())
        return np.fromiter(map(fits, self._addresses), np.bool_, self.size)

    @cached_property
    def _addresses(self) -> list[str]:
        tables = (segment.strings("url") for segment in self.generation.segments)
        return [address.decode().casefold() for table in tables for address in table]

    def values(self, field: str) -> Counter[str]:
        """The values of ``source``, ``domain`` or ``lang`` with their documents; none of another field."""
        return self._values.get(field, Counter())

    @cached_property
    def _values(self) -> dict[str, Counter[str]]:
        live = packed(self.numbers, self.size)
        return {
            "source": self.facets["source"].counts(live),
            "domain": self.facets["domain"].counts(live),
            "lang": self.facets["language"].counts(live),
        }

    @cached_property
    def summaries(self) -> tuple[SourceSummary, ...]:
        """What there is of each source, by name."""
        return summaries(self)

    def _coded(self, column: str) -> Coded:
        codes = self.generation.codes(column)
        return Coded(codes.codes, tuple(value.decode() for value in codes.values))


def _fits(wanted: str) -> Callable[[str], bool]:
    if "*" in wanted:
        fits = wildcard_regex(wanted).fullmatch
        return lambda address: fits(address) is not None
    return lambda address: wanted in address
