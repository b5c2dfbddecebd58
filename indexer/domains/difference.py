"""What an edited taxonomy would change: the labels of the documents in an index, beside those that they would get."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from indexer.domains.taxonomy import Taxonomy
from indexer.engines.protocol import LabelledDocument

if TYPE_CHECKING:
    from indexer.labels import Labels

EXAMPLES = 5  # documents told by name, of each domain and each way
WORDS = 6  # words told of a domain, and of a document


@dataclass(frozen=True, slots=True)
class Moved:
    """A document that a domain would gain or lose, with the words that its label rests on."""

    id: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """What a domain would gain, or lose: how many documents, the words behind it, and a few of the documents.

    ``words``, most frequent first, are those that count on one side only; where there is none (other weights), all.
    """

    count: int
    words: tuple[str, ...]
    examples: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class DomainDifference:
    """A domain that would have other documents: how many it has, and would have, those of domains below it included."""

    id: str
    name: str
    depth: int
    now: int
    then: int
    gained: Movement
    lost: Movement


@dataclass(frozen=True, slots=True)
class Difference:
    """Of ``documents`` compared, ``changed`` would be under other domains, ``reweighed`` with other words or weights.

    ``domains`` in tree order; those that only the index knows come last. ``reweighed_examples``: a few of the
    reweighed, with the words that only one side has, or that weigh something else.
    """

    documents: int
    changed: int
    reweighed: int
    domains: tuple[DomainDifference, ...]
    reweighed_examples: tuple[Moved, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The fields by name; of ``gained`` and ``lost``, ``count``, ``words`` and ``examples``."""
        return asdict(self)


@dataclass(slots=True)
class _Side:
    """What only one of the two sides has of a domain, and every word that counts there."""

    count: int = 0
    moved: list[Moved] = field(default_factory=list)
    counted: set[str] = field(default_factory=set)

    def movement(self, other: _Side) -> Movement:
        often = Counter(word for document in self.moved for word in document.words)
        words = [word for word, _ in sorted(often.items(), key=lambda item: (-item[1], item[0]))]
        telling = [word for word in words if word not in other.counted] or words
        known = set(telling)
        examples = [
            Moved(each.id, each.title, tuple(word for word in each.words if word in known)[:WORDS])
            for each in _first(self.moved)
        ]
        return Movement(self.count, tuple(telling[:WORDS]), tuple(examples))


def compare(
    entries: Iterable[LabelledDocument], labels: Labels, taxonomy: Taxonomy, count: Callable[[int], None]
) -> Difference:
    """Label documents anew and tell what changes; ``count`` is told of each one done.

    ``labels`` are those of ``taxonomy``.
    """
    comparison = _Comparison()
    for entry in entries:
        comparison.add(entry, labels.label(entry.document))
        count(1)
    return comparison.difference(taxonomy)


class _Comparison:
    def __init__(self) -> None:
        self.documents = self.changed = 0
        self.reweighed: list[Moved] = []
        self.now: Counter[str] = Counter()
        self.then: Counter[str] = Counter()
        self.lost: dict[str, _Side] = defaultdict(_Side)
        self.gained: dict[str, _Side] = defaultdict(_Side)
        self.names: dict[str, str] = {}

    def add(self, old: LabelledDocument, new: LabelledDocument) -> None:
        self.documents += 1
        self.now.update(old.domain_ids)
        self.then.update(new.domain_ids)
        self.names |= {label.id: label.name for label in old.labels}
        moved_in_the_tree = _ids(old) == _ids(new)
        self._note(self.lost, old, new, everything=moved_in_the_tree)
        self._note(self.gained, new, old, everything=moved_in_the_tree)
        if old.domain_ids != new.domain_ids or not moved_in_the_tree:
            self.changed += 1
        elif _essence(old) != _essence(new):
            words = sorted({word for word, *_ in _rests_on(old) ^ _rests_on(new)})
            self.reweighed.append(Moved(old.document.id, old.document.title, tuple(words[:WORDS])))

    @staticmethod
    def _note(sides: dict[str, _Side], one: LabelledDocument, other: LabelledDocument, *, everything: bool) -> None:
        words = _words(one)
        for domain, found in words.items():
            sides[domain].counted.update(found)
        own = _ids(one) - _ids(other)
        for domain in (one.domain_ids | own) - other.domain_ids:
            sides[domain].count += 1
        for domain in one.domain_ids - other.domain_ids if everything else own:
            sides[domain].moved.append(Moved(one.document.id, one.document.title, words.get(domain, ())))

    def difference(self, taxonomy: Taxonomy) -> Difference:
        places = [(node.id, node.name, node.depth) for node in taxonomy.nodes]
        known = {domain for domain, _, _ in places}
        gone = sorted((self.now.keys() | self.lost.keys()) - known)
        places += [(domain, self.names.get(domain, domain), 0) for domain in gone]
        rows = (self._row(*place) for place in places)
        return Difference(
            self.documents,
            self.changed,
            len(self.reweighed),
            tuple(row for row in rows if _is_telling(row)),
            tuple(_first(self.reweighed)),
        )

    def _row(self, domain: str, name: str, depth: int) -> DomainDifference:
        gained, lost = self.gained[domain], self.lost[domain]
        return DomainDifference(
            domain,
            name,
            depth,
            self.now[domain],
            self.then[domain],
            gained.movement(lost),
            lost.movement(gained),
        )


def _first(moved: Iterable[Moved]) -> list[Moved]:
    return sorted(moved, key=lambda one: one.id)[:EXAMPLES]


def _is_telling(row: DomainDifference) -> bool:
    return bool(row.gained.count or row.lost.count or row.gained.examples or row.lost.examples)


def _ids(entry: LabelledDocument) -> frozenset[str]:
    return frozenset(label.id for label in entry.labels)


def _words(entry: LabelledDocument) -> dict[str, tuple[str, ...]]:
    """The words of each label, small, those of the most weight first."""
    found: dict[str, tuple[str, ...]] = {}
    for label in entry.labels:
        weights: Counter[str] = Counter()
        for evidence in label.evidence:
            for term, weight in zip(evidence.terms, evidence.weights, strict=True):
                weights[term.casefold()] += round(1000 * weight)
        found[label.id] = tuple(word for word, _ in weights.most_common())
    return found


def _rests_on(entry: LabelledDocument) -> set[tuple[str, str, int, float]]:
    """Each word, small, with its domain, its passage and what it adds there."""
    return {
        (term.casefold(), label.id, evidence.passage, weight)
        for label in entry.labels
        for evidence in label.evidence
        for term, weight in zip(evidence.terms, evidence.weights, strict=True)
    }


def _essence(entry: LabelledDocument) -> Sequence[object]:
    """What of the labels a name doesn't change."""
    return [(label.id, label.weight, label.evidence) for label in entry.labels]
