"""What an engine must do, and the records that it takes and gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from crawler import Document
from indexer.analysis import UNKNOWN
from indexer.query.nodes import Element, Fuzzy, Leaf, Node, Wildcard, Word
from indexer.query.spans import Span
from indexer.results import Relaxation, ScorePart, Sort
from indexer.views import DomainLabel

Expansions = Mapping[Word | Wildcard | Fuzzy, Sequence[str]]
"""What was searched for each of these: the families of a word, the forms that a pattern or a misspelt word stood for.

Words stand here without the accents that were typed.
"""


@dataclass(frozen=True, slots=True)
class PastVersion:
    """The text of a version that isn't the current one; ``languages``: of each paragraph."""

    number: int
    paragraphs: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a document. ``order``: their numbers in the order of captures, no two alike in a row.

    A version that came back stands there twice. ``past`` are those that aren't current.
    """

    order: tuple[int, ...]
    past: tuple[PastVersion, ...]


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document as it is indexed: with its domains, and ``domain_ids``: those of the labels and all above them.

    ``passage_languages``: the language of each paragraph, ``und`` where it isn't known; none where all are in the
    document's language. ``history``: what to index of its other versions; not there in what an engine gives back.
    The evidence of labels is there in what ``Engine.document`` and ``Engine.entries`` give back, and nowhere else.
    """

    document: Document
    labels: tuple[DomainLabel, ...]
    domain_ids: frozenset[str]
    passage_languages: tuple[str, ...] = ()
    history: History | None = None

    def languages(self) -> tuple[str, ...]:
        """The language of each paragraph."""
        return self.passage_languages or (self.document.language or UNKNOWN,) * len(self.document.paragraphs)


@dataclass(frozen=True, slots=True)
class Filters:
    """What is chosen beside the query; empty means all. Values of one filter are alternatives."""

    sources: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A search as an engine sees it: ``limit`` hits from ``offset`` on (from 0).

    ``fold``: near copies of one document are one hit. ``explain``: tell what each hit's score is made of.
    """

    tree: Node
    filters: Filters
    sort: Sort
    offset: int
    limit: int
    fold: bool = False
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A hit before it has snippets.

    ``copies``: what was folded into it, in the order of hits; ``parts``: what its score is made of, if asked for.
    """

    entry: LabelledDocument
    score: float
    partial: bool
    copies: tuple[LabelledDocument, ...] = ()
    parts: tuple[ScorePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """Where leaves stand in the passages of a document; words are counted from 0, over all passages.

    ``firsts``: the number of the first word of each passage, and behind them how many words there are. ``spans``: first
    and last word of each place of a leaf, in order, none within another one.
    """

    firsts: Sequence[int]
    spans: Mapping[Leaf, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """Hits by value; a facet counts as if its own filter were off. Years are ``2008`` or ``unknown``."""

    source: Counter[str] = field(default_factory=Counter)
    domain: Counter[str] = field(default_factory=Counter)
    language: Counter[str] = field(default_factory=Counter)
    year: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found. ``weights``: the idf of each leaf; ``expansions``: what patterns and words stood for.

    ``languages`` are those that words were read in. ``total`` counts hits, ``articles`` the documents in them: folded
    copies count there, and in the facets.
    """

    total: int
    found: tuple[Found, ...]
    counts: FacetCounts
    relaxed: Relaxation | None
    undated_left_out: int
    weights: Mapping[Leaf, float]
    expansions: Expansions
    cut_off: tuple[Wildcard | Fuzzy, ...]
    languages: tuple[str, ...]
    articles: int = 0


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What a generation holds of a source; days are ``date`` objects' ISO forms with their known parts."""

    name: str
    documents: int
    undated: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Typed:
    """The beginning of a word: ``prefix`` is folded, the last ``length`` characters of what was typed.

    ``after``: folded words that it must stand right behind; with an empty ``prefix`` they are characters of Chinese,
    and the next one is asked for. ``in_title``: only words of titles. ``one_form``: each inflection is a word of its
    own.
    """

    prefix: str
    length: int
    after: tuple[str, ...] = ()
    in_title: bool = False
    one_form: bool = False


@dataclass(frozen=True, slots=True)
class TypedTitle:
    """A word that a title must have: ``partial`` may be a beginning, ``glued`` stands right behind the one before."""

    text: str
    partial: bool = False
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """A document like another. ``words``: the telling words that they share, as the other writes them."""

    entry: LabelledDocument
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the instruments look at: the texts of the documents that ``tree`` holds for in full, within ``filters``.

    Hits are where the scored leaves of ``tree`` stand in the passages; titles are looked at to find documents only.
    """

    tree: Node
    filters: Filters


class LineOrder(StrEnum):
    """The order of the lines of a concordance. Ties: by date (undated last), id and place."""

    DATE = "date"
    LEFT = "left"
    RIGHT = "right"
    HIT = "hit"


@dataclass(frozen=True, slots=True)
class Sample:
    """At most ``size`` hits, each as likely as any other; the same ``seed`` draws the same ones of the same hits."""

    size: int
    seed: int


@dataclass(frozen=True, slots=True)
class Line:
    """A hit: the words ``first`` to ``last`` (counted from 0) of passage ``passage`` (from 1) of a document.

    A hit that reaches into the next passage is told with its words in this one. ``words``: how many the passage has.
    """

    entry: LabelledDocument
    passage: int
    first: int
    last: int
    words: int


@dataclass(frozen=True, slots=True)
class Concordance:
    """``hits`` in ``documents``, and the lines that were asked for."""

    hits: int
    documents: int
    lines: tuple[Line, ...]


class Neighbour(NamedTuple):
    """A word family near the hits: in its most frequent form there, ``near`` how often; the engine knows it by ``key``.

    ``total``: how often it stands in all passages of the population, ``in_hits`` of these as a part of a hit (the
    "treaty" of a phrase). ``language`` as its passages have it. A tuple, as a frequent word has ten thousand.
    """

    form: str
    language: str
    near: int
    total: int
    in_hits: int
    key: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The words around the hits.

    ``hits`` in ``documents``; ``hit_words``: words that are part of a hit; ``near``: words within the span of a hit,
    each counted once, none of them part of a hit; ``total``: words of all passages of the population.

    ``near_documents``: in how many documents words stand near a hit, by their keys. To be asked of those that are
    shown: for a frequent word, counting it for all is most of the work.
    """

    hits: int
    documents: int
    hit_words: int
    near: int
    total: int
    neighbours: tuple[Neighbour, ...]
    near_documents: Callable[[Sequence[int]], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Period:
    """What was found in a stretch of time, and what there is: ``matching`` documents with ``hits``, of ``documents``.

    ``when``: ``2008``, ``2008-11`` or ``unknown``; by months, a document dated to its year only is in that year.
    ``group``: the value of the split (a source, a domain), empty without one. ``words``: those of all its documents.
    """

    when: str
    group: str
    matching: int
    hits: int
    documents: int
    words: int


class Engine(Protocol):
    """One generation, open for reading. Calls may come from several threads at once.

    ``indexer.search.Collection`` is the only caller. Every method may raise ``IndexDamaged``.
    """

    def search(self, plan: Plan) -> Answer:
        """All hits counted, one page of them told."""

    def ranking(self, plan: Plan) -> Sequence[tuple[str, float]]:
        """Id and score of the hits that ``search`` tells, in their order; no document is read for it."""

    def places(
        self, leaves: Mapping[str, Sequence[Leaf]], languages: Sequence[str] | None = None
    ) -> Mapping[str, Places]:
        """Where leaves stand in the passages of documents, by id: of each document those that are asked for.

        ``languages``: those that words are read in, where not in all of the collection. Ids that the generation doesn't
        have are left out.
        """

    def document(self, document_id: str) -> LabelledDocument | None:
        """One document, ``None`` where the generation has none with this id."""

    def entries(self) -> Iterator[LabelledDocument]:
        """Every document, one in memory at a time. Unordered."""

    def copies(self, document_id: str) -> tuple[LabelledDocument, ...]:
        """The other documents with the same story, by date; none for an id that the generation doesn't have."""

    def versions(self) -> dict[str, int | None]:
        """The version of each document by its id, ``None`` where it can't be read back. Reads all: for a check."""

    def sources(self) -> tuple[SourceSummary, ...]:
        """What there is of each source, by name."""

    def languages(self) -> frozenset[str]:
        """The languages of the documents; ``und`` where one isn't known."""

    def expansions(self, tree: Node) -> Expansions:
        """What is searched for the words and patterns of a tree: what marking needs to know."""

    def forms(self, element: Element, languages: Sequence[str] | None = None) -> Sequence[str]:
        """The forms in the collection that a single-word leaf stands for, most frequent first.

        ``languages``: those that a word is read in, where not in all of the collection.
        """

    def weights(self, tree: Node) -> Mapping[Leaf, float]:
        """The idf of each scored leaf of a tree."""

    def nearest(self, word: str, forms: Sequence[str] = ()) -> str | None:
        """The word of the collection, or two in a row, that was probably meant; ``None`` where none is near.

        ``forms``: what the word stands for as it is; where those are more than rare nothing else was meant.
        """

    def complete(self, typed: Typed, limit: int) -> Sequence[tuple[str, int]]:
        """Words that what is typed can become, with their documents, most frequent first; only words that occur."""

    def values(self, field: str) -> Mapping[str, int]:
        """The values of ``source``, ``domain`` or ``lang`` with their documents; none of any other field."""

    def titles(self, words: Sequence[TypedTitle], limit: int) -> Sequence[LabelledDocument]:
        """Documents with all words in their title: those that start with them, then newer ones; one a story."""

    def similar(self, document_id: str, limit: int) -> Sequence[Alike]:
        """The documents most like one, best first, one a story; none for an id that the generation doesn't have."""

    def concordance(
        self, scope: Scope, order: LineOrder, offset: int, limit: int, sample: Sample | None = None
    ) -> Concordance:
        """All hits counted, those from ``offset`` on told; of a sample, those of its hits."""

    def neighbourhood(self, scope: Scope, span: int, least: int) -> Neighbourhood:
        """The words that stand at most ``span`` words from a hit, in its passage, ``least`` times or more. Unordered.

        The population are the documents that pass the filters and the conditions of ``tree`` that aren't words.
        """

    def timeline(self, scope: Scope, *, by_month: bool, split: str | None) -> Sequence[Period]:
        """Hits and what there is by time; ``split``: ``source`` or ``domain`` (each of a document's). In order.

        The population is that of :meth:`neighbourhood`; periods that it has no document of are left out.
        """

    def ever_with(self, leaf: Leaf) -> Sequence[str]:
        """The ids of the documents that have ``leaf`` in the passages of their current or a past version, in order."""

    def close(self) -> None:
        """Let go of the files."""


@dataclass(frozen=True, slots=True)
class BuildLimits:
    """What writing an index may use: megabytes of memory in all processes together, and how many processes."""

    memory_mb: int = 512
    processes: int = 1


class EngineWriter(Protocol):
    """Writes one generation into a folder. ``indexer.build`` is the only caller.

    In an update each method raises ``IndexDamaged`` where what is there can't be added to.
    """

    @property
    def count(self) -> int:
        """Documents there will be after ``commit``."""

    def ids(self) -> frozenset[str]:
        """The ids of the documents that an update began with. Reads all of them."""

    def add(self, entry: LabelledDocument) -> None:
        """Add a document; in an update, one with the same id is replaced."""

    def add_all(
        self,
        items: Iterable[tuple[Document, History | None]],
        label: Callable[[Document], LabelledDocument],
        count: Callable[[int], None],
    ) -> int:
        """Add many documents, and say how many. ``label`` may be sent to other processes; ``count`` hears of progress.

        The order of documents is that of ``items``, whatever process was at which.
        """

    def remove(self, document_id: str) -> None:
        """Take out a document that an update began with; nothing happens where there is none."""

    def commit(self) -> None:
        """Finish: after this the folder can be opened for reading."""

    def cancel(self) -> None:
        """Give up; the folder will be thrown away."""
