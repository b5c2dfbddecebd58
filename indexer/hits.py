"""From what an engine found to the hits that are shown: titles and snippets with their marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crawler import Document
from indexer.engines.protocol import Answer, Engine, Expansions, Found, LabelledDocument, Places
from indexer.marking import MarkedPassage, mark_passages
from indexer.query.nodes import Leaf, Loose, is_sentence
from indexer.query.parse import ParsedQuery
from indexer.query.telling import telling_leaves
from indexer.results import AlsoAt, Hit, Snippet
from indexer.snippets import snippets, snippets_at

_NOWHERE = Places((), {})


def hits(parsed: ParsedQuery, answer: Answer, engine: Engine) -> Iterator[Hit]:
    """The hits of a page. The index knows where the words stand, so only what is shown of a text is read."""
    told = {kind: _telling(parsed, answer, some_words=kind) for kind in {found.partial for found in answer.found}}
    asked = {found.entry.document.id: _in_passages(told[found.partial]) for found in answer.found}
    places = engine.places({id_: leaves for id_, leaves in asked.items() if leaves}, answer.languages)
    for found in answer.found:
        document = found.entry.document
        shown = snippets_at(document.paragraphs, places.get(document.id, _NOWHERE), answer.weights)
        yield _hit(found, _marked_title(document, told[found.partial], answer.expansions), shown)


def hit_of_text(found: Found, parsed: ParsedQuery, answer: Answer) -> Hit:
    """A hit by itself, whose text is read anyway."""
    told = _telling(parsed, answer, some_words=found.partial)
    title, passages = marked(found.entry, told, answer.expansions)
    return _hit(found, title, snippets(passages, answer.weights))


def _telling(parsed: ParsedQuery, answer: Answer, *, some_words: bool) -> list[tuple[Leaf, bool]]:
    """The leaves to mark in hits that have all words, or in those that have some; each with whether only in titles."""
    relaxed = parsed.tree.relaxed() if some_words and isinstance(parsed.tree, Loose) else None
    return telling_leaves(relaxed or parsed.tree, answer.weights, sentence=is_sentence(parsed.tree))


def _in_passages(leaves: Sequence[tuple[Leaf, bool]]) -> list[Leaf]:
    return [leaf for leaf, in_title in leaves if not in_title]


def _hit(found: Found, title: MarkedPassage, shown: tuple[Snippet, ...]) -> Hit:
    document = found.entry.document
    return Hit(
        id=document.id,
        url=document.url,
        title=document.title,
        title_html=title.html(),
        date=str(document.date) if document.date else None,
        date_precision=document.date.precision.value if document.date else None,
        source=document.source,
        domains=tuple(label.id for label in found.entry.labels),
        language=document.language,
        score=found.score,
        snippets=shown,
        partial=found.partial,
        also_at=also_at(found.copies),
        parts=found.parts,
    )


def also_at(copies: Iterable[LabelledDocument]) -> tuple[AlsoAt, ...]:
    """Where else a story is, by its copies."""
    documents = [copy.document for copy in copies]
    return tuple(
        AlsoAt(each.id, each.url, each.title, each.source, str(each.date) if each.date else None) for each in documents
    )


def marked(
    entry: LabelledDocument, leaves: Sequence[tuple[Leaf, bool]], expansions: Expansions
) -> tuple[MarkedPassage, list[MarkedPassage]]:
    """The title and the passages with the hits of a query; what was asked of the title only is marked only there."""
    title = _marked_title(entry.document, leaves, expansions)
    return title, mark_passages(entry.document.paragraphs, entry.languages(), _in_passages(leaves), expansions)


def _marked_title(document: Document, leaves: Sequence[tuple[Leaf, bool]], expansions: Expansions) -> MarkedPassage:
    (title,) = mark_passages([document.title], document.language, [leaf for leaf, _ in leaves], expansions)
    return title
