"""``concord`` with the commands that the crawl's tests need."""

from __future__ import annotations

import click

from crawler.console import ConcordGroup


@click.group(cls=ConcordGroup, lazy={"crawl": ("crawler.spider.commands:crawl", "Fetch configured sources.")})
@click.option("--debug", is_flag=True)
def main(debug: bool) -> None:
    """The group of the tests."""


if __name__ == "__main__":
    main()
