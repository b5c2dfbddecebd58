"""Turning pages: the first, the last, and those around the one that is shown."""

from __future__ import annotations

from dataclasses import dataclass

from webui.addresses import address
from webui.state import SearchState

_PAGES_AROUND = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page to turn to; ``href`` is ``None`` for a gap between numbers."""

    label: str
    href: str | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages around this one."""

    previous: str | None
    next: str | None
    pages: tuple[PageLink, ...]


def pager(state: SearchState, pages: int) -> Pager | None:
    """The pages around the one of ``state``; ``None`` where one page has all hits."""
    if pages < 2:
        return None
    here = state.page
    numbers = sorted({1, pages, *range(max(1, here - _PAGES_AROUND), min(pages, here + _PAGES_AROUND) + 1)})
    links: list[PageLink] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number > before + 1:
            links.append(PageLink("…", None))
        links.append(PageLink(f"{number:,}", address(state.at_page(number)), current=number == here))
    return Pager(
        previous=address(state.at_page(here - 1)) if here > 1 else None,
        next=address(state.at_page(here + 1)) if here < pages else None,
        pages=tuple(links),
    )
