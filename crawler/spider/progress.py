"""Telling how far a crawl is: a line a source on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from crawler.spider.report import SourceReport

REDRAW_S = 0.2
"""On a terminal: smoother than that nobody reads."""
LINE_EVERY_S = 30.0
"""Elsewhere, for each source: a log of an hour has 120 lines of it."""

Progress = Callable[["SourceReport"], None]


@contextmanager
def crawl_progress() -> Iterator[Progress]:
    """Yields a function that takes a source's report whenever it has grown."""
    if sys.stderr.isatty():
        with _on_terminal() as update:
            yield update
    else:
        yield _Lines().update


class _Lines:
    def __init__(self) -> None:
        self._next: dict[str, float] = {}

    def update(self, report: SourceReport) -> None:
        now = time.monotonic()
        if report.name not in self._next:
            click.echo(f"Crawling {report.name} ...", err=True)
        elif now < self._next[report.name]:
            return
        else:
            click.echo(report.line(), err=True)
        self._next[report.name] = now + LINE_EVERY_S


@contextmanager
def _on_terminal() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    with Bars(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=Console(stderr=True)
    ) as bars:
        tasks = {}
        drawn: dict[str, float] = {}

        def update(report: SourceReport) -> None:
            now = time.monotonic()
            if report.name not in tasks:
                tasks[report.name] = bars.add_task(report.line(), total=None)
            elif now - drawn[report.name] < REDRAW_S:
                return
            drawn[report.name] = now
            bars.update(tasks[report.name], description=report.line())

        yield update
