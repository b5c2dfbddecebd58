"""In which languages the words of a query are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.query.nodes import And, FieldIs, Loose, Node, Required


def reading_languages(tree: Node, chosen: frozenset[str], known: Iterable[str]) -> tuple[str, ...]:
    """Those of ``known``, the collection's, that are ``chosen`` beside the query, or that it must be in by ``lang:``.

    All of them where it names none. A language that the collection lacks leaves none: then nothing can be found either.
    """
    named = chosen or frozenset(_must_be(tree))
    return tuple(language for language in known if not named or language in named)


def _must_be(node: Node) -> Iterator[str]:
    """The languages of conditions that hold for every hit: not those within OR or NOT."""
    match node:
        case FieldIs("lang", value):
            yield value
        case And(children) | Loose(children):
            for child in children:
                yield from _must_be(child)
        case Required(child):
            yield from _must_be(child)
        case _:
            return
