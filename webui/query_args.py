"""The one place where query strings are read. Nothing in an address is trusted, nothing in it is ignored silently."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler import PublicationDate
from indexer import Sort
from webui.state import PARAMETERS, Filter, SearchState
from webui.text import date_in_words

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

MAX_QUERY = 2_000  # characters: more than anybody types, little enough to be read in no time
MAX_VALUE = 200  # characters of a filter's value
MAX_VALUES = 50  # values of one filter
MAX_PAGE = 10_000
API_LIMIT = 10  # hits a page where the caller of the API doesn't say
MAX_LIMIT = 100

SUGGEST_LIMIT = (
    8  # of words and of titles where the caller of the API doesn't say; a list under a box has no room for more
)
SIMILAR_LIMIT = 5
MAX_PROPOSED = 20  # suggestions, or documents like another

SEARCH_PARAMETERS = ("q", "source", "domain", "lang", "since", "until", "sort", "fold", "page", "limit", "explain")

_LIKE_A_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A parameter that could not be taken as it stands, and why, in words for its writer."""

    parameter: str
    message: str


@dataclass(frozen=True, slots=True)
class SearchArguments:
    """A query string as it was understood; ``mistakes`` tells what was left out of ``state`` and ``limit``.

    ``typed_dates``: ``since`` and ``until`` as they were typed, for the boxes that they were typed into.
    """

    state: SearchState
    limit: int
    mistakes: tuple[Mistake, ...]
    typed_dates: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ProposalArguments:
    """What a request for suggestions or similar documents asks for: ``text`` as typed, its last space included."""

    text: str
    limit: int
    mistakes: tuple[Mistake, ...]


class _Reader:
    """Reads parameters one by one and gathers the mistakes."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        self._args = args
        self.mistakes: list[Mistake] = []

    def refuse(self, parameter: str, message: str) -> None:
        self.mistakes.append(Mistake(parameter, message))

    def one(self, name: str) -> str:
        """The value of a parameter that makes sense once, ``""`` where it is left out."""
        values = [printable(value) for value in self._args.getlist(name)]
        if len(set(values)) > 1:
            self.refuse(name, f'"{name}" is given {len(values)} times: the first one is used')
        return values[0] if values else ""

    def many(self, kind: Filter) -> tuple[str, ...]:
        """The values of a filter, each once."""
        name = PARAMETERS[kind]
        values = list(dict.fromkeys(filter(None, map(printable, self._args.getlist(name)))))
        kept = [value for value in values if len(value) <= MAX_VALUE][:MAX_VALUES]
        if len(kept) < len(values):
            self.refuse(
                name, f'"{name}" takes up to {MAX_VALUES} values of {MAX_VALUE} characters: the rest is left out'
            )
        return tuple(kept)

    def query(self) -> str:
        text = self.one("q")
        if len(text) > MAX_QUERY:
            self.refuse("q", f"the query has {len(text):,} characters: the first {MAX_QUERY:,} were searched")
        return text[:MAX_QUERY].rstrip()

    def date(self, name: str) -> str:
        text = self.one(name)
        try:
            return str(PublicationDate.parse(text)) if text else ""
        except ValueError:
            self.refuse(name, f'{name} "{_shortened(text)}": {_why_no_date(text)}: it is left out')
            return ""

    def dates(self) -> tuple[str, str]:
        since, until = self.date("since"), self.date("until")
        if since and until and PublicationDate.parse(since).first > PublicationDate.parse(until).last:
            self.refuse("since", f"since {since} is later than until {until}: the dates are left out")
            return "", ""
        return since, until

    def typed_dates(self) -> tuple[str, str]:
        since, until = (printable(self._args.get(name, ""))[:MAX_VALUE] for name in ("since", "until"))
        return since, until

    def sort(self) -> Sort | None:
        text = self.one("sort")
        if text and text not in set(Sort):
            self.refuse("sort", f'sort "{_shortened(text)}" is not one of {", ".join(Sort)}')
            return None
        return Sort(text) if text else None

    def typed(self) -> str:
        """The query up to where it is being typed: a space at its end says that the last word is complete."""
        query, values = self.query(), self._args.getlist("q")
        return f"{query} " if query and values[0][-1:].isspace() else query

    def switch(self, name: str, meanings: str, *, default: bool) -> bool:
        text = self.one(name)
        if text not in {"", "0", "1"}:
            self.refuse(name, f'{name} "{_shortened(text)}" is neither {meanings}')
        return text == "1" if text in {"0", "1"} else default

    def number(self, name: str, default: int, largest: int) -> int:
        text = self.one(name)
        if not text:
            return default
        # isdecimal alone lets digits of other scripts in, and int() takes time for very long ones.
        if text.isascii() and text.isdecimal() and len(text) <= 9 and 1 <= int(text) <= largest:
            return int(text)
        self.refuse(name, f'{name} "{_shortened(text)}" is not a number from 1 to {largest:,}')
        return default


def read_search_arguments(args: MultiDict[str, str]) -> SearchArguments:
    """Read the query string of a search; never fails."""
    reader = _Reader(args)
    since, until = reader.dates()
    state = SearchState(
        query=reader.query(),
        sources=reader.many("sources"),
        domains=reader.many("domains"),
        languages=reader.many("languages"),
        since=since,
        until=until,
        sort=reader.sort(),
        fold=reader.switch("fold", "0 (show every copy) nor 1", default=True),
        explain=reader.switch("explain", "0 nor 1 (say how the query was read and hits were scored)", default=False),
        page=reader.number("page", 1, MAX_PAGE),
    )
    limit = reader.number("limit", API_LIMIT, MAX_LIMIT)
    return SearchArguments(state, limit, tuple(reader.mistakes), reader.typed_dates())


def read_proposal_arguments(args: MultiDict[str, str], default: int) -> ProposalArguments:
    """Read ``q`` and ``limit``, which is ``default`` where it is left out; never fails."""
    reader = _Reader(args)
    text = reader.typed()
    limit = reader.number("limit", default, MAX_PROPOSED)
    return ProposalArguments(text, limit, tuple(reader.mistakes))


def read_query(args: MultiDict[str, str]) -> SearchArguments:
    """Read the query string of a document's page: ``q`` alone; never fails."""
    reader = _Reader(args)
    return SearchArguments(SearchState(query=reader.query()), API_LIMIT, tuple(reader.mistakes))


def unknown_parameters(args: MultiDict[str, str], known: tuple[str, ...]) -> tuple[Mistake, ...]:
    """A mistake for each parameter that nobody asked for; the API refuses them, they are mostly typing mistakes."""
    names = ", ".join(known)
    return tuple(
        Mistake(_shortened(name), f'unknown parameter "{_shortened(name)}": the parameters are {names}')
        for name in args
        if name not in known
    )


def printable(text: str) -> str:
    """``text`` without what no page can show: control characters become spaces."""
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in text).strip()


def _why_no_date(text: str) -> str:
    """What is wrong with a text that is no date: of one that looks like a date, the part that can't be."""
    match = _LIKE_A_DATE.fullmatch(text)
    if match is None:
        return "not a date (write 2008, 2008-11 or 2008-11-05)"
    year, month, day = match.groups()
    if not int(year):
        return f"there is no year {year}"
    if month and not 1 <= int(month) <= 12:
        return f"there is no month {month}"
    return f"{date_in_words(text[:7])} has no day {day}"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
