"""Writing a generation: runs of new documents, deletions in the segments that are there, merging, and the contents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.columnar.codec.segment import ColumnarSegment
from indexer.columnar.codec.toc import open_segments, write_toc
from indexer.columnar.errors import told
from indexer.columnar.gathering import gathered
from indexer.columnar.limits import merging, share
from indexer.columnar.merging import merge, to_merge
from indexer.columnar.runs import Runs
from indexer.columnar.segment import SegmentFile
from indexer.columnar.workers import Item, Label, build_runs
from indexer.engines.protocol import BuildLimits, LabelledDocument
from indexer.errors import IndexDamaged, IndexerError


class ColumnarWriter:
    """An :class:`~indexer.engines.protocol.EngineWriter`.

    In an update whatever is wrong with the files that are there is ``IndexDamaged``. A full disk is none.
    """

    def __init__(self, folder: Path, *, update: bool, limits: BuildLimits | None = None) -> None:
        self._folder = folder
        self._update = update
        self._limits = limits or BuildLimits()
        self._runs: list[ColumnarSegment] = []
        self._new = Runs(folder, share(self._limits).memory)
        with self._guarded():
            self._held = [_Held.open(folder, segment) for segment in open_segments(folder)] if update else []
            self._count = sum(held.live for held in self._held)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (IndexerError, OSError):
            raise
        except Exception as error:
            if not self._update:
                raise
            raise IndexDamaged(self._folder, told(error)) from error

    @property
    def count(self) -> int:
        """Documents there will be after ``commit``."""
        return self._count

    def ids(self) -> frozenset[str]:
        """The ids of the documents that were there when the writer was made."""
        with self._guarded():
            return frozenset(
                id.decode()
                for held in self._held
                for number, id in enumerate(held.file.strings("id"))
                if number not in held.before
            )

    def add(self, entry: LabelledDocument) -> None:
        """Add a document; in an update, one with the same id is replaced."""
        self.remove(entry.document.id)
        self._new.add(entry)
        self._count += 1

    def add_all(self, items: Iterable[Item], label: Label, count: Callable[[int], None]) -> int:
        """Add documents, labelled by ``label``, perhaps in several processes; gives their number."""
        self._runs += self._new.finish()
        runs = build_runs(self._replacing(items), label, self._folder, share(self._limits), count)
        self._runs += runs
        return sum(run.documents for run in runs)

    def _replacing(self, items: Iterable[Item]) -> Iterator[Item]:
        for document, history in items:
            self.remove(document.id)
            self._count += 1
            yield document, history

    def remove(self, document_id: str) -> None:
        """Take a document out, if it was there when the writer was made."""
        with self._guarded():
            self._count -= sum(held.remove(document_id) for held in self._held)

    def commit(self) -> None:
        """Write everything; the folder can be opened for reading."""
        runs = self._runs + self._new.finish()
        with self._guarded():
            runs = gathered(self._folder, runs, merging(self._limits))
            held = [*self._held, *(_Held.open(self._folder, run) for run in runs)]
            left = self._merged(held, len(self._held))
            for each in held:
                each.file.close()
            for each in held:
                if each.segment not in left:
                    each.segment.path(self._folder).unlink()
            write_toc(self._folder, left)

    def _merged(self, held: Sequence[_Held], old: int) -> list[ColumnarSegment]:
        """The segments there will be: what is new is one, alone or with old ones that are written again."""
        sizes = [(len(each.gone), each.file.documents) for each in held[:old]]
        new = sum(each.live for each in held[old:])
        chosen = to_merge([*sizes, (0, new)] if new else sizes)
        groups = [[*(each for at, each in enumerate(held[:old]) if at in chosen)]]
        if old in chosen:
            groups[0] += held[old:]
        else:
            groups.append([*held[old:]])
        kept = [each.segment for at, each in enumerate(held[:old]) if at not in chosen]
        return [*kept, *(segment for group in groups for segment in self._one(group))]

    def _one(self, group: Sequence[_Held]) -> list[ColumnarSegment]:
        documents = sum(each.live for each in group)
        if not documents:
            return []
        if len(group) == 1 and not group[0].gone:
            return [group[0].segment]
        segment = ColumnarSegment(documents=documents)
        gone = [each.gone for each in group]
        merge(segment.path(self._folder), [each.file for each in group], gone, memory=merging(self._limits))
        return [segment]

    def cancel(self) -> None:
        """Give up what was not committed."""
        for held in self._held:
            held.file.close()


@dataclass
class _Held:
    """A segment of the folder. ``before``: what was deleted already; what is taken out is noted in ``segment``."""

    segment: ColumnarSegment
    file: SegmentFile
    before: frozenset[int]

    @classmethod
    def open(cls, folder: Path, segment: ColumnarSegment) -> _Held:
        file = SegmentFile(segment.path(folder))
        if file.documents != segment.documents:
            raise ValueError(f"{file.file.path.name} has {file.documents} documents, not {segment.documents}")
        return cls(segment, file, frozenset(segment.deleted))

    @property
    def gone(self) -> set[int]:
        return self.segment.deleted

    @property
    def live(self) -> int:
        return self.file.documents - len(self.gone)

    def remove(self, document_id: str) -> int:
        """How many documents were taken out."""
        ids = self.file.field("id")
        number = ids.terms.find(document_id.encode()) if ids else -1
        if ids is None or number < 0:
            return 0
        found = {int(document) for document in ids.postings(number)[0]} - self.gone
        self.gone.update(found)
        return len(found)
