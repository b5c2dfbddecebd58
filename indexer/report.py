"""Answers on a terminal, or as plain lines where there is none."""

from __future__ import annotations

import html
import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from indexer.results import AlsoAt, Evident, Facets, Hit, Note, Results, ScorePart
from indexer.status import Status
from indexer.views import DocumentView, SimilarDocument
from indexer.wording import counted, dated

_FACET_ROWS = 6
_SHOWN_DOMAINS = 4
_SHOWN_PLACES = 4
_SHOWN_WORDS = 4
_HIT = "bold yellow"
_PLAIN_WIDTH = 10_000  # no terminal: lines are for other programs, so they are not wrapped


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """The reader (``| head``) has gone, which is no error, as rich's exit status 1 would have it."""
        raise BrokenPipeError


def open_console(*, stderr: bool = False) -> Console:
    """Where answers are printed: wrapped on a terminal only."""
    stream = sys.stderr if stderr else sys.stdout
    on_terminal = stream is not None and stream.isatty()  # it is None where the caller has closed it
    return _Console(
        stderr=stderr, highlight=False, soft_wrap=not on_terminal, width=None if on_terminal else _PLAIN_WIDTH
    )


def marked(fragment: str, *, terminal: bool) -> Text:
    """HTML with marks as text: hits bold where there is a terminal, between asterisks elsewhere."""
    text = Text()
    for at, part in enumerate(fragment.replace("</mark>", "<mark>").split("<mark>")):
        plain = html.unescape(part)
        if at % 2 == 0:
            text.append(plain)
        elif terminal:
            text.append(plain, style=_HIT)
        else:
            text.append(f"*{plain}*")
    return text


def has_styles(console: Console) -> bool:
    """Whether bold print and colours can be seen there."""
    return console.is_terminal and not console.is_dumb_terminal


def emphasized(hit: str, console: Console) -> Text:
    """A hit as :func:`marked` shows it."""
    return Text(hit, style=_HIT) if has_styles(console) else Text(f"*{hit}*")


def print_results(results: Results, *, explain: bool = False) -> None:
    """A page of hits with their snippets, then the facets."""
    console = open_console()
    print_notes(results.query, results.notes)
    if explain:
        console.print(Text(f"searched: {results.explanation}", style="dim"))
    console.print(Text(_count_line(results), style="bold"))
    for line in _advice(results):
        console.print(Text(line))
    first = (results.page - 1) * results.limit
    for number, hit in enumerate(results.hits, first + 1):
        if results.relaxed and number == results.relaxed.all_words + 1:
            console.print(Text("\nnot all of the words:", style="italic"))
        _print_hit(console, number, hit)
    for line in _facet_lines(results.facets) if results.total else ():
        console.print(Text(line, style="dim"))


def _count_line(results: Results) -> str:
    if results.total == 0:
        return f"0 of {results.documents:,} documents"
    pages = f", page {results.page} of {results.pages}" if results.pages > 1 else ""
    stories = f"{results.total:,} {'story' if results.total == 1 else 'stories'}, " if results.folded else ""
    return f"{stories}{results.articles:,} of {results.documents:,} documents{pages}"


def _advice(results: Results) -> Iterator[str]:
    if results.corrected:
        yield f"did you mean: {results.corrected}"
    if results.undated_left_out:
        yield f"{results.undated_left_out:,} undated left out by the dates"
    if results.total and not results.hits:
        yield f"there is no page {results.page}: the last is {results.pages}"


def _print_hit(console: Console, number: int, hit: Hit) -> None:
    terminal = has_styles(console)
    title = Text(f"\n{number}. ")
    title.append_text(marked(hit.title_html, terminal=terminal))
    title.stylize("bold")
    console.print(title)
    facts = [hit.source, hit.date or "undated", _domains(hit), hit.id]
    console.print(Padding(Text(" · ".join(filter(None, facts)), style="dim"), (0, 0, 0, 3), expand=False))
    for snippet in hit.snippets:
        line = Text().append(f"p{snippet.passage}  ", style="dim")
        line.append_text(marked(snippet.html, terminal=terminal))
        console.print(Padding(line, (0, 0, 0, 3), expand=False))
    if hit.parts:
        console.print(Padding(Text(_score(hit), style="dim"), (0, 0, 0, 3), expand=False))
    if hit.also_at:
        console.print(Padding(Text(_also_at(hit.also_at), style="dim"), (0, 0, 0, 3), expand=False))


_EVIDENT = {
    Evident.PASSAGE: "best passage",
    Evident.PAIRS: "words side by side",
    Evident.LETTERS: "words alike by letters",
}


def _score(hit: Hit) -> str:
    """``score 8.31: extradition 5.20 (title 1, text 3, 10 documents) + words side by side 0.31``."""
    return f"score {hit.score:.2f}: " + " + ".join(map(_score_part, hit.parts))


def _score_part(part: ScorePart) -> str:
    if part.kind is not Evident.WORDS:
        return f"{_EVIDENT[part.kind]} {part.score:.2f}"
    return f"{part.text} {part.score:.2f} (title {part.title}, text {part.body}, {counted(part.documents, 'document')})"


def _also_at(places: Sequence[AlsoAt]) -> str:
    more = f" +{len(places) - _SHOWN_PLACES}" if len(places) > _SHOWN_PLACES else ""
    return "also at: " + ", ".join(f"{place.source} ({place.id})" for place in places[:_SHOWN_PLACES]) + more


def _domains(hit: Hit) -> str:
    more = f" +{len(hit.domains) - _SHOWN_DOMAINS}" if len(hit.domains) > _SHOWN_DOMAINS else ""
    return ", ".join(hit.domains[:_SHOWN_DOMAINS]) + more


def _facet_lines(facets: Facets) -> Iterator[str]:
    for at, name in enumerate(("source", "domain", "language", "year")):
        rows = getattr(facets, name)
        if not rows:
            continue
        best = sorted(rows, key=lambda row: -row.count)[:_FACET_ROWS]
        more = " …" if len(rows) > _FACET_ROWS else ""
        listed = ", ".join(f"{row.value} {row.count:,}" for row in best)
        yield f"{'' if at else chr(10)}{name}: {listed}{more}"


def print_notes(query: str, notes: Iterable[Note]) -> None:
    """What the writer of a query should know, each with a sign below its place; on stderr."""
    console = open_console(stderr=True)
    for note in notes:
        where = f"at character {note.position + 1}: " if note.position is not None else ""
        console.print(Text(f"note: {where}{note.message}"))
        if note.position is not None and "\n" not in query and len(query) < console.width - 2:
            console.print(Text(f"  {query}\n  {' ' * note.position}^"))


def print_document(view: DocumentView) -> None:
    """A document to read, its passages numbered."""
    console = open_console()
    console.print(Text(view.title, style="bold"))
    published = dated(view.date, view.date_basis)
    console.print(Text(f"{view.source_label} · {published} · version {view.version} · {view.id}", style="dim"))
    if view.url:
        console.print(Text(view.url, style="dim"))
    if view.also_at:
        console.print(Text(_also_at(view.also_at), style="dim"))
    if view.domains:
        console.print(Text("domains: " + ", ".join(label.id for label in view.domains), style="dim"))
    for passage in view.passages:
        line = Text().append(f"\n{passage.anchor}  ", style="dim")
        line.append_text(marked(passage.html, terminal=has_styles(console)))
        console.print(line)


def print_similar(similar: Sequence[SimilarDocument]) -> None:
    """The documents like one, and the words that they share with it."""
    console = open_console()
    if similar:
        console.print(Text("\nsimilar documents", style="bold"))
    for document in similar:
        facts = [document.source, document.date or "undated", document.id]
        console.print(Text(f"{document.title}"))
        because = f"because of: {', '.join(document.words[:_SHOWN_WORDS])}"
        console.print(Padding(Text(" · ".join((*facts, because)), style="dim"), (0, 0, 0, 3), expand=False))


def print_status(status: Status) -> None:
    """What is there, source by source, then the index."""
    console = open_console()
    captures = sum(source.captures for source in status.sources)
    versions = sum(source.versions for source in status.sources)
    stories = f" ({status.stories:,} without near copies)" if status.stories < status.documents else ""
    console.print(
        Text(f"archive: {status.documents:,} documents{stories}, {versions:,} versions, {captures:,} captures")
    )
    for source in status.sources:
        dates = f"{source.first} to {source.last}" if source.first else "no dates"
        undated = f", {source.undated:,} undated" if source.undated else ""
        loaded = source.last_captured_at.isoformat(sep=" ", timespec="minutes").removesuffix("+00:00")
        console.print(
            Text(f"  {source.name}: {source.documents:,} documents, {dates}{undated}, last loaded {loaded} UTC")
        )
    if status.index is None:
        console.print(Text(status.problem or "no index"))
        return
    index = status.index
    changes = f"{index.waiting:,} change{'s' * (index.waiting != 1)}"
    waiting = f", {changes} not indexed yet ('concord index')" if index.waiting else ", up to date"
    console.print(
        Text(f"index: {index.generation}, {index.documents:,} documents, {index.bytes / 1e6:.1f} MB{waiting}")
    )
