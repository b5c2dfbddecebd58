"""What the commands of ``concord domains`` print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.padding import Padding
from rich.text import Text

from indexer.domains.difference import Difference, DomainDifference, Moved, Movement
from indexer.domains.explanation import ExplainedDomain, Explanation
from indexer.domains.label import PASSAGE_NEEDS, Mention
from indexer.domains.measure import Measurement, Mistake, Score
from indexer.domains.taxonomy import Node
from indexer.report import has_styles, marked, open_console
from indexer.wording import counted

NOTHING = "no domain: what a passage needs is a term of the taxonomy, or two hints of one domain"

NEAR_MISSES = 5  # domains told that a passage just missed: many words hint at something


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


def near_misses(found: Mapping[str, Mention]) -> Iterator[str]:
    """The domains that a passage has words of, but too few, nearest first."""
    missed = [(domain, mention) for domain, mention in found.items() if mention.weight and not mention.counts]
    for domain, mention in sorted(missed, key=lambda one: -one[1].weight)[:NEAR_MISSES]:
        words = _weighed(mention.terms, mention.weights)
        yield f"too little for {domain}, {mention.weight:g} of {PASSAGE_NEEDS:g}: {words}"


def _weighed(terms: Sequence[str], weights: Sequence[float]) -> str:
    return ", ".join(f"{term} {weight:g}" for term, weight in zip(terms, weights, strict=True))


def print_explanation(explanation: Explanation, domain: str | None = None) -> None:
    """The domains of a document, strongest first, with their passages; ``domain``: the only one that was asked for."""
    console = open_console()
    console.print(Text(explanation.title, style="bold"))
    facts = (explanation.source, explanation.date or "undated", explanation.id)
    console.print(Text(" · ".join(facts), style="dim"))
    if not explanation.domains:
        console.print(Text(f"not under {domain}" if domain else "no domain: too few of its passages speak of any"))
    for each in explanation.domains:
        console.print(Text(f"\n{each.id} {each.weight:.3f}  {each.name}", style="bold"))
        for line in _passages(each, explanation.source, terminal=has_styles(console)):
            console.print(line)


def _passages(domain: ExplainedDomain, source: str, *, terminal: bool) -> Iterator[Padding]:
    if domain.given:
        yield _indented(Text(f'given for all of source "{source}"'), 2)
    for passage in domain.passages:
        yield _indented(Text(f"{passage.anchor}  {_weighed(passage.terms, passage.weights)}", style="dim"), 2)
        yield _indented(marked(passage.html, terminal=terminal), 4)


def _indented(text: Text, by: int) -> Padding:
    """Wrapped lines are indented like the first."""
    return Padding(text, (0, 0, 0, by), expand=False)


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
        more = f"; {len(found.reweighed_examples)} of them" if len(found.reweighed_examples) < found.reweighed else ""
        keep = counted(found.reweighed, "document would keep its", "documents would keep their")
        yield f"{keep} domains with other words or weights{more}:"
        yield from (f"  {_moved(document)}" for document in found.reweighed_examples)


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
        if len(movement.examples) < movement.count:
            yield f"{what} {movement.count:,}{words}; {len(movement.examples)} of them:"
        else:
            yield f"{what}{words}:"
        yield from (f"  {_moved(document)}" for document in movement.examples)


def _moved(document: Moved) -> str:
    return f"{document.id}  {document.title}" + (f" ({', '.join(document.words)})" if document.words else "")


def measurement(found: Measurement) -> Iterator[str]:
    """A table of the domains that a passage speaks of or is put under, then all together."""
    rows = [score for score in found.scores if score.support or score.found]
    width = max([len("macro-F1"), *(len(row.domain) for row in rows)])
    yield f"{'':{width}}{'support':>9}{'found':>7}{'precision':>11}{'recall':>8}{'F1':>7}"
    yield from (_score(row, width) for row in (*rows, found.micro))
    yield f"{'macro-F1':{width}}{found.macro_f1:42.3f}"
    yield f"{counted(len(found.outcomes), 'passage')}; macro-F1: the mean of {_counted_domains(found)}"


def _score(score: Score, width: int) -> str:
    counts = f"{score.support:9,}{score.found:7,}"
    return f"{score.domain:{width}}{counts}{score.precision:11.3f}{score.recall:8.3f}{score.f1:7.3f}"


def _counted_domains(found: Measurement) -> str:
    return counted(sum(score.support > 0 for score in found.scores), "domain") + " that a passage speaks of"


def mistakes(wrong: Sequence[Mistake]) -> Iterator[str]:
    """The passages that are wrong for a domain, each with the words behind it and its text."""
    for mistake in wrong:
        kind = "missed" if mistake.missed else "false"
        words = ", ".join(mistake.words) or "no word of the domain"
        excluded = f"; not counted: {', '.join(mistake.excluded)}" if mistake.excluded else ""
        yield f"{mistake.id}  {kind}: {words}{excluded}"
        yield f"    {mistake.text}"
    missed = sum(mistake.missed for mistake in wrong)
    yield f"{len(wrong) - missed:,} false, {missed:,} missed"


def print_lines(lines: Iterable[str]) -> None:
    """Print plain lines."""
    console = open_console()
    for line in lines:
        console.print(Text(line))
