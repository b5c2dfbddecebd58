"""The options that choose documents beside a query: the same for every command that takes one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar, cast

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class DayParam(click.ParamType[date]):
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, as its first or its last day."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self._last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date; anything else is wrong usage."""
        from crawler import PublicationDate

        try:
            published = PublicationDate.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        return published.last if self._last else published.first


_OPTIONS = (
    click.option("--source", "sources", multiple=True, metavar="S", help="Only this source; can be repeated."),
    click.option("--domain", "domains", multiple=True, metavar="D", help="Only this domain and those below it."),
    click.option("--lang", "languages", multiple=True, metavar="L", help="Only this language, such as en or es."),
    click.option("--since", type=DayParam(last=False), metavar="D", help="From this day, month or year on."),
    click.option("--until", type=DayParam(last=True), metavar="D", help="Up to this day, month or year."),
)


def search_filters(command: Command) -> Command:
    """Give a command the filters: ``sources``, ``domains``, ``languages`` (tuples), ``since``, ``until`` (dates).

    They are called like the fields of :class:`~indexer.results.SearchRequest`, so a command can take ``**filters``.
    Dates in the wrong order are wrong usage.
    """

    @wraps(command)
    def checked(*args: Any, since: date | None, until: date | None, **options: Any) -> Any:
        if since and until and since > until:
            raise click.UsageError("--since is after --until: no day is in both", click.get_current_context())
        return command(*args, since=since, until=until, **options)

    with_options = cast(Command, checked)
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options
