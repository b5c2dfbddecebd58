"""What a search page shows, as its address says it: the address holds the whole state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from crawler import PublicationDate
from indexer import SearchRequest, Sort

Filter = Literal["sources", "domains", "languages"]

PARAMETERS: dict[Filter, str] = {"sources": "source", "domains": "domain", "languages": "lang"}
"""How each filter with several values is called in an address."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """A search as it stands in an address. ``since`` and ``until`` are dates as typed, both valid; ``""`` is unset.

    ``fold``: near copies of one text are one hit. ``explain``: say what the score of each hit is made of.
    """

    query: str = ""
    sources: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    sort: Sort | None = None
    page: int = 1
    fold: bool = True
    explain: bool = False

    @property
    def filtered(self) -> bool:
        """Whether anything beside the query narrows the search."""
        return bool(self.sources or self.domains or self.languages or self.dated)

    @property
    def dated(self) -> bool:
        """Whether a date filter is set."""
        return bool(self.since or self.until)

    @property
    def asks(self) -> bool:
        """Whether there is something to show results for; the front page is shown where there isn't."""
        return bool(self.query or self.filtered or self.sort or self.page > 1)

    @property
    def order(self) -> Sort:
        """The order of hits: by relevance, newest first where there are no words to be relevant to."""
        return self.sort or (Sort.RELEVANCE if self.query else Sort.NEWEST)

    @property
    def first_day(self) -> date | None:
        """The first day that ``since`` lets in."""
        return PublicationDate.parse(self.since).first if self.since else None

    @property
    def last_day(self) -> date | None:
        """The last day that ``until`` lets in."""
        return PublicationDate.parse(self.until).last if self.until else None

    def request(self, limit: int) -> SearchRequest:
        """The search to run for it."""
        return SearchRequest(
            query=self.query,
            limit=limit,
            page=self.page,
            sources=self.sources,
            domains=self.domains,
            languages=self.languages,
            since=self.first_day,
            until=self.last_day,
            sort=self.order,
            fold=self.fold,
            explain=self.explain,
        )

    def arguments(self) -> dict[str, Any]:
        """Its query string by name, a list where there are several values; what goes without saying is left out."""
        values: dict[str, Any] = {
            "q": self.query,
            "source": list(self.sources),
            "domain": list(self.domains),
            "lang": list(self.languages),
            "since": self.since,
            "until": self.until,
            "sort": self.sort.value if self.sort else "",
            "fold": "" if self.fold else "0",
            "explain": "1" if self.explain else "",
            "page": self.page if self.page > 1 else "",
        }
        return {name: value for name, value in values.items() if value}

    def hidden_fields(self, *without: str) -> tuple[tuple[str, str], ...]:
        """Names and values that a form has to carry along, but for those it asks for itself; never the page."""
        fields = []
        for name, value in self.arguments().items():
            if name != "page" and name not in without:
                fields += [(name, item) for item in (value if isinstance(value, list) else [value])]
        return tuple(fields)

    def at_page(self, page: int) -> SearchState:
        """The same search, another page of it."""
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> SearchState:
        """The same search in another order, from its first page."""
        return replace(self, sort=sort, page=1)

    def folded(self, fold: bool) -> SearchState:
        """The same search with near copies as one hit, or each as its own."""
        return replace(self, fold=fold, page=1)

    def explained(self, explain: bool) -> SearchState:
        """The same page of the same search, with what the scores are made of or without."""
        return replace(self, explain=explain)

    def between(self, since: str, until: str) -> SearchState:
        """The same search with other dates, ``""`` for none."""
        return replace(self, since=since, until=until, page=1)

    def asking(self, query: str) -> SearchState:
        """The same filters with another query."""
        return replace(self, query=query, page=1)

    def toggled(self, kind: Filter, value: str) -> SearchState:
        """With ``value`` chosen where it wasn't, and no longer where it was."""
        values: tuple[str, ...] = getattr(self, kind)
        chosen = tuple(other for other in values if other != value) if value in values else (*values, value)
        match kind:
            case "sources":
                return replace(self, page=1, sources=chosen)
            case "domains":
                return replace(self, page=1, domains=chosen)
            case "languages":
                return replace(self, page=1, languages=chosen)

    def without_filters(self) -> SearchState:
        """The query alone; an explicit order for no query, so that it still shows all documents."""
        order = self.sort or (None if self.query else self.order)
        return SearchState(query=self.query, sort=order, fold=self.fold)
