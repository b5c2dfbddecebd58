"""How a query was read, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.query.nodes import (
    And,
    Changed,
    DateUnknown,
    DateWithin,
    Either,
    Element,
    Everything,
    Exact,
    FieldIs,
    Fuzzy,
    InTitle,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Required,
    Wildcard,
    Window,
    Word,
)

Forms = Callable[[Element], Sequence[str]]
"""The forms in the collection that a leaf stands for, most frequent first."""

_SHOWN_FORMS = 6
_FIELD_NAMES = {"source": "source", "domain": "domain", "lang": "language", "url": "address", "change": "change"}


def explain(node: Node, forms: Forms) -> str:
    """One line: ``extradition (extradition, extradited, …) and treaty (treaty, treaties)``."""
    return _words(node, forms) + _relaxable(node)


def _words(node: Node, forms: Forms) -> str:
    match node:
        case Everything():
            return "every document"
        case And(children) | Loose(children):
            return _list(children, " and ", forms)
        case Or(children):
            return _list(children, " or ", forms)
        case Not(child):
            return f"not {_inner(child, forms)}"
        case Required(child):
            return f"certainly {_inner(child, forms)}"
        case InTitle(child):
            return f"in the title: {_inner(child, forms)}"
        case Changed(kind, Everything()):
            return f"text {kind} between two captures"
        case Changed(kind, child):
            return f"{kind} between two captures: {_inner(child, forms)}"
        case FieldIs(name, value):
            return f"{_FIELD_NAMES[name]} {value}"
        case DateUnknown():
            return "undated"
        case DateWithin():
            return _dates(node)
        case _:
            return _leaf(node, forms)


def _relaxable(node: Node) -> str:
    return ", else the best partial matches" if isinstance(node, Loose) and node.relaxed() else ""


def _list(children: Sequence[Node], word: str, forms: Forms) -> str:
    return word.join(_inner(child, forms) for child in children)


def _inner(node: Node, forms: Forms) -> str:
    text = _words(node, forms)
    several = isinstance(node, And | Or | Loose) or (isinstance(node, Either) and len(_spellings(node, forms)) > 1)
    return f"({text})" if several else text


def _dates(node: DateWithin) -> str:
    if node.first and node.last:
        return f"dated {node.first} to {node.last}" if node.first != node.last else f"dated {node.first}"
    return f"dated {node.first} or later" if node.first else f"dated {node.last} or earlier"


def _leaf(leaf: Element, forms: Forms) -> str:
    match leaf:
        case Word(text):
            return f"{text} ({_shown(forms(leaf))})"
        case Exact(text):
            return f'"{text}"'
        case Wildcard(pattern):
            return f"{pattern} ({_shown(forms(leaf))})"
        case Fuzzy(text, edits):
            return f"{text} up to {edits} letter{'s' * (edits > 1)} off ({_shown(forms(leaf))})"
        case Phrase(elements):
            return f'"{" ".join(_bare(element) for element in elements)}"'
        case Window(elements, distance):
            return f"{', '.join(_bare(element) for element in elements)} within {distance} words"
        case Either():
            return " or ".join(_spellings(leaf, forms))
        case Near(left, right, distance):
            return f"{_inner(left, forms)} within {distance} words of {_inner(right, forms)}"


def _spellings(leaf: Either, forms: Forms) -> list[str]:
    """Those whose words the collection has; the one in the query where it has none."""
    here = [element for element in leaf.elements if all(map(forms, _parts(element)))]
    return [
        "-".join(map(_bare, _parts(element))) if isinstance(element, Phrase) else _leaf(element, forms)
        for element in here or leaf.elements[:1]
    ]


def _parts(element: Element) -> tuple[Element, ...]:
    return element.elements if isinstance(element, Phrase) else (element,)


def _bare(element: Element) -> str:
    match element:
        case Word(text) | Exact(text) | Fuzzy(text, _):
            return text
        case Wildcard(pattern):
            return pattern
        case _:
            return _leaf(element, lambda _: ())


def _shown(forms: Sequence[str]) -> str:
    if not forms:
        return "not in the collection"
    shown = ", ".join(forms[:_SHOWN_FORMS])
    return f"{shown}, …" if len(forms) > _SHOWN_FORMS else shown


def written(leaf: Element) -> str:
    """A leaf as it could be typed, without what it stands for."""
    match leaf:
        case Word(text):
            return text
        case Exact(text):
            return f"={text}"
        case Fuzzy(text, edits):
            return f"{text}~{edits}"
        case Phrase(elements) if all(isinstance(element, Exact) for element in elements):
            return f'"{" ".join(_bare(element) for element in elements)}"'
        case Phrase(elements):
            return " ".join(written(element) for element in elements)
        case Window(elements, distance):
            return f'"{" ".join(_bare(element) for element in elements)}"~{distance}'
        case Near(left, right, distance):
            return f"{written(left)} NEAR/{distance} {written(right)}"
        case Either(elements):
            return "-".join(map(written, _parts(elements[0])))
        case Wildcard(pattern):
            return pattern
