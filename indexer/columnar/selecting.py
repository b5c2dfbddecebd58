"""From all that a query finds to a page of hits: order, and near copies folded into one hit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.columnar.documents import Documents
from indexer.columnar.executor.matches import Matches, without
from indexer.columnar.filtering import Filtering
from indexer.columnar.orders import first
from indexer.columnar.stories import ALONE
from indexer.engines.protocol import FacetCounts, Filters
from indexer.results import Sort

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.orders import Key

    Array = NDArray[Any]
    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.intp]
    Scores = NDArray[np.float64]

_LOOKED_AT = 50  # documents a hit that there should be: hardly any story has so many copies


@dataclass(frozen=True, slots=True)
class Hit:
    """A document to show; ``copies``: the numbers of what was folded into it, in the order of hits."""

    number: int
    score: float
    partial: bool
    copies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the ``total`` hits, ``partial`` of which don't fit in full."""

    hits: tuple[Hit, ...]
    total: int
    partial: int


@dataclass(frozen=True, slots=True)
class _Scored:
    """Some documents, with their scores and which are partial, where that is asked for."""

    documents: Numbers
    scores: Scores | None
    partial: Mask | None

    def at(self, places: Numbers) -> _Scored:
        scores = None if self.scores is None else self.scores.take(places)
        partial = None if self.partial is None else self.partial.take(places)
        return _Scored(self.documents.take(places), scores, partial)


class Selection:
    """What was found and passes the filters, full matches and partial ones.

    :meth:`best` are those that a second look is worth; :meth:`raised` has what it adds; :meth:`page` comes last. Scores
    are asked for where they decide something: a page and its pool are some hundred documents of a hundred thousand.
    """

    def __init__(
        self,
        documents: Documents,
        filtering: Filtering,
        matches: Matches,
        partial: Mask | None = None,
        raises: tuple[Numbers, Scores] | None = None,
    ) -> None:
        self._all = documents
        self._filtering = filtering
        self._matches = matches
        self._partial = partial
        self._raises = raises

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def found(self) -> Numbers:
        """What was found, before the filters."""
        return self._matches.documents

    @cached_property
    def _kept(self) -> Numbers | None:
        mask = self._filtering.mask
        return None if mask is None else np.flatnonzero(mask.take(self._matches.documents))

    @cached_property
    def documents(self) -> Numbers:
        """Those that pass, in the order of their numbers."""
        return _picked(self._matches.documents, self._kept)

    @cached_property
    def partial(self) -> Mask | None:
        """Which of them don't fit in full; ``None`` where none is partial."""
        return None if self._partial is None else _picked(self._partial, self._kept)

    @cached_property
    def scores(self) -> Scores:
        """The score of each."""
        return self._with_extras(self.documents, self._matches.score(self._kept))

    @cached_property
    def counts(self) -> FacetCounts:
        """The facets: each counts as if its own filter were off."""
        return self._filtering.counts(self._matches.documents)

    def few(self, count: int, *, fold: bool) -> bool:
        """Whether there are fewer hits than ``count``; the first documents mostly tell that there aren't."""
        if not fold or len(self) < count:
            return len(self) < count
        return self._stories(self.documents[: _LOOKED_AT * count]) < count and self._stories(self.documents) < count

    def _stories(self, documents: Numbers) -> int:
        of = self._all.stories.of.take(documents)
        told = of.take(np.flatnonzero(of != ALONE))
        return len(of) - len(told) + len(np.unique(told))

    def undated(self) -> int:
        """How many have no date."""
        return int(np.count_nonzero(self._all.undated.take(self.documents)))

    def best(self, count: int) -> Numbers:
        """The documents that would come first by relevance, in that order."""
        found = self._candidates(count, None)
        return found.documents.take(first(self._keys(Sort.RELEVANCE, found), count, len(found.documents)))

    def raised(self, numbers: Numbers, extras: Scores) -> Selection:
        """The same with something added to the scores of some documents; ``numbers`` in order."""
        raised = Selection(self._all, self._filtering, self._matches, self._partial, (numbers, extras))
        known = self.__dict__.keys() & {"_kept", "documents", "partial", "counts"}
        raised.__dict__.update({name: self.__dict__[name] for name in known})
        return raised

    def _with_extras(self, documents: Numbers, scores: Scores) -> Scores:
        """The scores of documents (in order) with what was added to some of them."""
        if self._raises is None:
            return scores
        numbers, extras = self._raises
        kept = np.flatnonzero(~without(numbers, documents))
        scores = scores.copy()
        scores[np.searchsorted(documents, numbers.take(kept))] += extras.take(kept)
        return scores

    def _at(self, places: Numbers | None) -> _Scored:
        """The documents at some places (in any order), with their scores."""
        if places is None:
            return _Scored(self.documents, self.scores, self.partial)
        if "scores" in self.__dict__:
            return _Scored(self.documents, self.scores, self.partial).at(places)
        documents = self.documents.take(places)
        scores = self._matches.score(places if self._kept is None else self._kept.take(places))
        partial = None if self.partial is None else self.partial.take(places)
        if self._raises is not None and len(self._raises[0]):
            numbers, extras = self._raises
            at = np.searchsorted(numbers, documents)
            scores = scores + np.where(numbers.take(at, mode="clip") == documents, extras.take(at, mode="clip"), 0.0)
        return _Scored(documents, scores, partial)

    def _candidates(self, count: int, shown: Numbers | None) -> _Scored:
        """The best by relevance are among these; ``shown``: the places of what may be shown, ``None``: all."""
        if self._partial is not None or "scores" in self.__dict__:
            return self._at(shown)
        allowed = self._filtering.mask
        if shown is not None:
            allowed = np.zeros(self._all.size, np.bool_)
            allowed[self.documents.take(shown)] = True
        documents, scores = self._matches.best(count, allowed)
        if self._raises is not None:
            documents, scores = self._with_raised(self._raises[0], documents, scores, allowed)
        return _Scored(documents, scores, None)

    def _with_raised(
        self, numbers: Numbers, documents: Numbers, scores: Scores, allowed: Mask | None
    ) -> tuple[Numbers, Scores]:
        """The best, and those that were raised: nothing else can come before them."""
        others = numbers if allowed is None else numbers[allowed.take(numbers)]
        others = others[without(others, documents)]
        more = self._matches.score(np.searchsorted(self._matches.documents, others))
        together = np.concatenate((documents, others))
        order = np.argsort(together)
        documents = together.take(order)
        return documents, self._with_extras(documents, np.concatenate((scores, more)).take(order))

    def page(self, sort: Sort, offset: int, limit: int, *, fold: bool) -> Page:
        """Best first, full matches before partial ones; ties newer first, then by id; without a date last by date.

        Folded, a story is one hit, in its own place: its lead, unless the query didn't find it, or found all its words
        in a copy only; then it is the best of them.
        """
        shown = self._shown(sort, fold=fold)
        total = len(self) if shown is None else len(shown)
        partial = 0 if self.partial is None else int(np.count_nonzero(_picked(self.partial, shown)))
        return Page(self._hits(sort, offset, limit, shown, fold=fold), total, partial)

    def hits(self, sort: Sort, offset: int, limit: int, *, fold: bool) -> tuple[Hit, ...]:
        """The hits of a page, without counting all."""
        return self._hits(sort, offset, limit, self._shown(sort, fold=fold), fold=fold)

    def _shown(self, sort: Sort, *, fold: bool) -> Numbers | None:
        return self._folded(sort) if fold and self._all.stories.count else None

    def _hits(self, sort: Sort, offset: int, limit: int, shown: Numbers | None, *, fold: bool) -> tuple[Hit, ...]:
        count = offset + limit
        if sort == Sort.RELEVANCE:
            found = self._candidates(count, shown)
            page = found.at(first(self._keys(sort, found), count, len(found.documents))[offset:])
        else:
            partial = None if self.partial is None else _picked(self.partial, shown)
            found = _Scored(_picked(self.documents, shown), None, partial)
            order = first(self._keys(sort, found), count, len(found.documents))[offset:]
            page = self._at(order if shown is None else shown.take(order))
        return tuple(self._hit(page, at, sort, fold=fold) for at in range(len(page.documents)))

    def _hit(self, page: _Scored, at: int, sort: Sort, *, fold: bool) -> Hit:
        number = int(page.documents[at])
        partial = page.partial is not None and bool(page.partial[at])
        score = 0.0 if page.scores is None else float(page.scores[at])
        return Hit(number, score, partial, self._copies(number, sort) if fold else ())

    def _keys(self, sort: Sort, found: _Scored) -> list[Key]:
        """What documents are sorted by. The ranks of ties are asked for only where there are any."""
        keys: list[Key] = [lambda at: self._rank(sort).take(found.documents[at])]
        if sort == Sort.RELEVANCE and found.scores is not None:
            negative = -found.scores
            keys.insert(0, lambda at: negative[at])
        if found.partial is not None:
            partial = found.partial
            keys.insert(0, lambda at: partial[at])
        return keys

    def _rank(self, sort: Sort) -> Numbers:
        return self._all.oldest_first if sort == Sort.OLDEST else self._all.newest_first

    def _folded(self, sort: Sort) -> Numbers:
        """The places of what is to be shown where near copies are one hit."""
        stories = self._all.stories
        of = stories.of.take(self.documents)
        shown = stories.fronts.take(self.documents)
        if self.partial is not None:
            shown &= ~self._led_by_copies(self.partial, of)
        led = np.zeros(stories.count + 1, np.bool_)  # one place more, for those that are alone
        led[of.take(np.flatnonzero(shown))] = True
        behind = np.flatnonzero(~shown)
        shown[self._best_of_each(behind.take(np.flatnonzero(~led.take(of.take(behind)))), of, sort)] = True
        return np.flatnonzero(shown)

    def _led_by_copies(self, partial: Mask, of: Numbers) -> Mask:
        """Which fit in part only, while another one of their story fits in full."""
        full = np.zeros(self._all.stories.count + 1, np.bool_)
        full[of.take(np.flatnonzero(~partial))] = True
        full[ALONE] = False
        return partial & full.take(of)

    def _best_of_each(self, places: Numbers, of: Numbers, sort: Sort) -> Numbers:
        """The places of the best document of each story: what each key leaves undecided is told by the next."""
        at, story = np.arange(len(places)), of.take(places)
        for key in self._keys(sort, self._at(places)) if len(places) else ():
            values = key(at).astype(np.float64)
            least = np.full(self._all.stories.count, np.inf)
            np.minimum.at(least, story, values)
            kept = np.flatnonzero(values == least.take(story))
            at, story = at.take(kept), story.take(kept)
        return places.take(at)

    def _copies(self, number: int, sort: Sort) -> tuple[int, ...]:
        """The other documents found of the story of a hit, in order."""
        members = self._all.stories.members(number)
        if len(members) == 1:
            return ()
        found = self._at(np.searchsorted(self.documents, members[~without(members, self.documents)]))
        order = first(self._keys(sort, found), len(members), len(found.documents))
        return tuple(other for other in found.documents.take(order).tolist() if other != number)


def select(documents: Documents, matches: Matches, filters: Filters, partial: Mask | None = None) -> Selection:
    """Apply the filters to what was found; ``partial`` (``None`` where none is) has a value a document found."""
    if partial is not None and not partial.any():
        partial = None
    return Selection(documents, Filtering(documents, filters), matches, partial)


def _picked(values: Array, places: Numbers | None) -> Array:
    return values if places is None else values.take(places)
