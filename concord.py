"""The command ``concord``: the commands of the three packages in one group, and nothing else."""

from __future__ import annotations

import click

from crawler.console import ConcordGroup

COMMANDS = {
    "check": ("indexer.cli:check", "Verify archive and index: what is broken, where, and what to do."),
    "collocates": ("indexer.instruments.commands:collocates", "The words that keep company with QUERY."),
    "crawl": (
        "crawler.spider.commands:crawl",
        "Fetch configured sources into the archive: what is new, and what has changed.",
    ),
    "diff": (
        "indexer.history.commands:diff",
        "Show what changed between two versions of a document, passage by passage.",
    ),
    "domains": (
        "indexer.domains.commands:domains_group",
        "Look at the cooperation domains, why documents are under them, and try them out.",
    ),
    "eval": ("indexer.evaluation_cli:evaluate", "Measure how well searches rank, on a collection with known answers."),
    "export": (
        "indexer.citations.commands:export",
        "Write all hits of QUERY as citations: each with its version, the digest of its text and a quote.",
    ),
    "extract": (
        "crawler.extract.commands:extract",
        "Show what the extractor sees in a page: title, date, language, text.",
    ),
    "index": ("indexer.cli:index", "Bring the index up to date with the archive."),
    "kwic": ("indexer.instruments.commands:kwic", "Every hit of QUERY with the words around it: a concordance."),
    "lineage": (
        "indexer.history.commands:lineage",
        "Show where a story comes from: its near copies in order, and what each added or dropped.",
    ),
    "load": ("crawler.cli:load", "Load files and folders into the archive."),
    "receipt": (
        "indexer.citations.commands:receipt",
        "Write down what QUERY finds, on which index, so that the search can be repeated and compared.",
    ),
    "run": ("webui.cli:run", "Load the seeds if nothing is loaded, bring the index up to date, serve."),
    "search": ("indexer.cli:search", "Search for QUERY."),
    "serve": ("webui.cli:serve", "Serve the pages and the API from the index."),
    "show": ("indexer.cli:show", "Show one document, as it is in the index."),
    "sources": ("crawler.cli:sources", "The places that documents come from."),
    "status": ("indexer.cli:status", "Tell what is in the archive and in the index, source by source."),
    "verify": (
        "indexer.citations.commands:verify",
        "Check each citation of FILE against the text stored in the archive.",
    ),
    "trace": (
        "indexer.history.commands:trace",
        "Tell page by page when PHRASE came and when it left, as intervals between captures.",
    ),
    "trends": ("indexer.instruments.commands:trends", "How often QUERY is found, year by year or month by month."),
}
"""Name → where the command is, and the first line of its help (a test holds the two together)."""


@click.group(cls=ConcordGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="concord")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Search policy texts: load or crawl them, index them, serve them in the browser."""
