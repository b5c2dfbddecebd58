"""What the commands of ``concord domains`` print."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from indexer.domains.difference import Difference, DomainDifference, Moved, Movement
from indexer.domains.explanation import ExplainedDomain, Explanation
from indexer.domains.label import Mention
from indexer.domains.taxonomy import Node
from indexer.report import marked
from indexer.wording import counted

NOTHING = "no domain: what a passage needs is a term of the taxonomy, or two hints of one domain"


def tree(nodes: Sequence[Node]) -> Iterator[str]:
    """The domains, a line each, indented below the ones above them."""
    width = max(len(node.id) + 2 * node.depth for node in nodes)
    for node in nodes:
        yield f"{'  ' * node.depth + node.id:{width}}  {node.name}"


def mentions(found: Mapping[str, Mention]) -> Iterator[str]:
    """The domains that a passage comes under, with the words and what they add; then what was left out."""
    for domain, mention in found.items():
        if mention.counts:
            yield f"{domain} {mention.weight:g}: {_weighed(mention.terms, mention.weights)}"
    if not any(mention.counts for mention in found.values()):
        yield NOTHING
    yield from left_out(found)


def left_out(found: Mapping[str, Mention]) -> Iterator[str]:
    """The phrases that kept words from counting."""
    for domain, mention in found.items():
        if mention.excluded:
            yield f"not counted for {domain}: {', '.join(mention.excluded)}"


def _weighed(terms: Sequence[str], weights: Sequence[float]) -> str:
    return ", ".join(f"{term} {weight:g}" for term, weight in zip(terms, weights, strict=True))


def print_explanation(explanation: Explanation) -> None:
    """The domains of a document, strongest first, with their passages."""
    console = _console()
    console.print(Text(explanation.title, style="bold"))
    facts = (explanation.source, explanation.date or "undated", explanation.id)
    console.print(Text(" · ".join(facts), style="dim"))
    if not explanation.domains:
        console.print(Text("no domain: too few of its passages speak of any"))
    for domain in explanation.domains:
        console.print(Text(f"\n{domain.id} {domain.weight:.3f}  {domain.name}", style="bold"))
        for line in _passages(domain, explanation.source, terminal=console.is_terminal):
            console.print(line)


def _passages(domain: ExplainedDomain, source: str, *, terminal: bool) -> Iterator[Text]:
    if domain.given:
        yield Text(f'  given for all of source "{source}"')
    for passage in domain.passages:
        yield Text(f"  {passage.anchor}  {_weighed(passage.terms, passage.weights)}", style="dim")
        yield Text("    ").append_text(marked(passage.html, terminal=terminal))


def difference(found: Difference) -> Iterator[str]:
    """The domains that would have other documents, and a line of what changes in all."""
    if found.domains:
        yield from _table(found.domains)
        yield ""
    total = counted(found.documents, "document")
    if found.changed:
        yield f"{found.changed:,} of {total} would come under other domains"
    else:
        yield f"nothing would change: all of {total} would keep their domains"
    if found.reweighed:
        yield f"{counted(found.reweighed, 'document')} would keep their domains with other words or weights"


def _table(rows: Sequence[DomainDifference]) -> Iterator[str]:
    width = max(len(row.id) + 2 * row.depth for row in rows)
    yield f"{'':{width}}{'now':>8}{'then':>8}{'gained':>8}{'lost':>8}"
    for row in rows:
        name = "  " * row.depth + row.id
        yield f"{name:{width}}{row.now:>8,}{row.then:>8,}{row.gained.count:>8,}{row.lost.count:>8,}"
        indent = "  " * (row.depth + 1)
        for what, movement in (("gained", row.gained), ("lost", row.lost)):
            yield from (indent + line for line in _movement(what, movement))


def _movement(what: str, movement: Movement) -> Iterator[str]:
    if movement.examples:
        words = f", because of: {', '.join(movement.words)}" if movement.words else ""
        more = f" {len(movement.examples)} of {movement.count:,}" if len(movement.examples) < movement.count else ""
        yield f"{what}{more}{words}"
        yield from (f"  {_moved(document)}" for document in movement.examples)


def _moved(document: Moved) -> str:
    return f"{document.id}  {document.title}" + (f" ({', '.join(document.words)})" if document.words else "")


def print_lines(lines: Iterable[str]) -> None:
    """Print plain lines."""
    console = _console()
    for line in lines:
        console.print(Text(line))


def _console() -> Console:
    terminal = sys.stdout.isatty()
    # No terminal: lines are for other programs, so they are not wrapped.
    return Console(highlight=False, soft_wrap=not terminal, width=None if terminal else 10_000)
