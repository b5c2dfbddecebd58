"""Writing a generation: what is in the folder after a build, and after updates."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh.index import open_dir
from whoosh.query import Term

from crawler import Document
from indexer.columnar import workers
from indexer.columnar.codec.toc import open_generation, open_segments
from indexer.columnar.limits import LEAST, MB, PARENT, PROCESS, Share, share
from indexer.columnar.runs import Runs
from indexer.columnar.workers import build_runs
from indexer.columnar.writer import ColumnarWriter
from indexer.columnar.writing import write_segment
from indexer.engines.protocol import BuildLimits, LabelledDocument
from indexer.errors import IndexDamaged, IndexerError
from tests.indexer.columnar.made import ids, made

ENTRIES = made(3, 30)


def build(folder: Path, entries: Sequence[LabelledDocument], *, update: bool = False) -> ColumnarWriter:
    writer = ColumnarWriter(folder, update=update)
    for entry in entries:
        writer.add(entry)
    writer.commit()
    return writer


def live(folder: Path) -> list[str]:
    generation = open_generation(folder)
    found = [generation.string("id", int(number)) for number in generation.numbers]
    generation.close()
    return found


def segment_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.ccl"))


def test_a_build_is_one_segment_of_all_documents_in_their_order(tmp_path: Path) -> None:
    assert build(tmp_path, ENTRIES).count == 30
    assert live(tmp_path) == ids(ENTRIES)
    assert len(segment_files(tmp_path)) == 1


def test_a_build_of_nothing_can_be_opened(tmp_path: Path) -> None:
    build(tmp_path, [])
    assert live(tmp_path) == []
    assert open_dir(tmp_path).doc_count() == 0


def test_whoosh_opens_what_was_written(tmp_path: Path) -> None:
    build(tmp_path, ENTRIES)
    with open_dir(tmp_path).searcher() as searcher:
        found = searcher.search(Term("id", "d3-4"))
        assert [hit.docnum for hit in found] == [4]


def test_an_update_replaces_adds_and_removes(tmp_path: Path) -> None:
    build(tmp_path, ENTRIES[:10])
    writer = ColumnarWriter(tmp_path, update=True)
    changed = replace(ENTRIES[0], document=replace(ENTRIES[0].document, title="Another title"))
    writer.add(changed)
    writer.add(ENTRIES[20])
    writer.remove("d3-1")
    writer.remove("d3-1")
    writer.remove("nobody")
    assert writer.count == 10
    assert writer.ids() == frozenset(ids(ENTRIES[:10]))
    writer.commit()
    assert sorted(live(tmp_path)) == sorted([*ids(ENTRIES[2:10]), "d3-0", "d3-20"])


def test_what_was_deleted_before_has_no_id_any_more(tmp_path: Path) -> None:
    build(tmp_path, ENTRIES[:10])
    for gone in ("d3-1", "d3-2"):
        writer = ColumnarWriter(tmp_path, update=True)
        writer.remove(gone)
        writer.commit()
    writer = ColumnarWriter(tmp_path, update=True)
    assert writer.ids() == frozenset(ids(ENTRIES[:1] + ENTRIES[3:10]))
    assert writer.count == 8
    writer.cancel()


def test_segments_stay_few_over_many_updates(tmp_path: Path) -> None:
    build(tmp_path, ENTRIES[:1])
    for entry in ENTRIES[1:]:
        build(tmp_path, [entry], update=True)
    assert len(segment_files(tmp_path)) <= 4
    assert sorted(live(tmp_path)) == sorted(ids(ENTRIES))


def test_a_segment_of_which_nothing_is_left_goes_away(tmp_path: Path) -> None:
    build(tmp_path, ENTRIES[:2])
    build(tmp_path, ENTRIES[:2], update=True)
    assert len(segment_files(tmp_path)) == 1


def test_an_update_leaves_the_file_of_the_generation_before_as_it_is(tmp_path: Path) -> None:
    build(tmp_path, ENTRIES[:20])
    [before] = segment_files(tmp_path)
    content = before.read_bytes()
    build(tmp_path, [ENTRIES[3]], update=True)
    assert before.read_bytes() == content


def test_runs_of_a_full_memory_become_the_segment_of_one_run(tmp_path: Path) -> None:
    write_segment(tmp_path / "whole.ccl", ENTRIES)
    folder = tmp_path / "index"
    folder.mkdir()
    writer = ColumnarWriter(folder, update=False)
    writer._new = Runs(folder, 1)
    for entry in ENTRIES:
        writer.add(entry)
    assert len(segment_files(folder)) == 30
    writer.commit()
    [file] = segment_files(folder)
    assert file.read_bytes() == (tmp_path / "whole.ccl").read_bytes()


def test_a_damaged_segment_is_told_in_an_update(tmp_path: Path) -> None:
    build(tmp_path, ENTRIES)
    [file] = segment_files(tmp_path)
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(IndexDamaged, match=file.name):
        ColumnarWriter(tmp_path, update=True)


def test_a_full_disk_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    build(tmp_path, ENTRIES)
    writer = ColumnarWriter(tmp_path, update=True)
    monkeypatch.setattr("indexer.columnar.writer.write_toc", full)
    with pytest.raises(OSError, match="No space left"):
        writer.commit()


def labelled(document: Document) -> LabelledDocument:
    """In place of labels: the document as it is; one is impossible, and one is the end of its process."""
    if document.id == "impossible":
        raise ValueError("an impossible document")
    if document.id == "deadly":
        import os

        os._exit(3)
    return LabelledDocument(document, (), frozenset())


def items(*last: str) -> Iterator[workers.Item]:
    for entry in ENTRIES:
        yield entry.document, entry.history
    for id in last:
        yield replace(ENTRIES[0].document, id=id), None


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "BATCH", 400)


@pytest.mark.usefixtures("small_batches")
def test_two_processes_write_the_bytes_that_one_writes(tmp_path: Path) -> None:
    told: list[int] = []
    for name, processes in (("one", 1), ("two", 2)):
        (tmp_path / name).mkdir()
        writer = ColumnarWriter(tmp_path / name, update=False, limits=BuildLimits(1024, processes))
        assert writer.add_all(items(), labelled, told.append) == writer.count == 30
        writer.commit()
    [one], [two] = segment_files(tmp_path / "one"), segment_files(tmp_path / "two")
    assert one.read_bytes() == two.read_bytes()
    assert sum(told) == 60
    assert max(told) > 1  # there were batches


@pytest.mark.usefixtures("small_batches")
def test_an_error_in_another_process_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="an impossible document"):
        build_runs(items("impossible"), labelled, tmp_path, Share(2, MB), lambda _: None)


@pytest.mark.usefixtures("small_batches")
def test_a_process_that_ends_before_its_time_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexerError, match=r"ended before its time.*processes = 1"):
        build_runs(items("deadly"), labelled, tmp_path, Share(2, MB), lambda _: None)


def test_in_an_update_documents_that_are_there_are_replaced(tmp_path: Path) -> None:
    build(tmp_path, ENTRIES[:10])
    writer = ColumnarWriter(tmp_path, update=True)
    assert writer.add_all(items(), labelled, lambda _: None) == 30
    writer.commit()
    assert sorted(live(tmp_path)) == sorted(ids(ENTRIES))
    assert sum(segment.documents for segment in open_segments(tmp_path)) == 30


@pytest.mark.parametrize(
    ("memory_mb", "processes", "expected"),
    [
        (512, 1, Share(1, 512 * MB - PROCESS)),
        (512, 4, Share(1, 512 * MB - PROCESS)),
        (768, 4, Share(2, (768 * MB - PARENT - 2 * PROCESS) // 2)),
        (256, 4, Share(1, LEAST)),
        (4096, 4, Share(4, (4096 * MB - PARENT - 4 * PROCESS) // 4)),
        (1, 1, Share(1, LEAST)),
    ],
)
def test_as_many_processes_as_there_is_memory_for(memory_mb: int, processes: int, expected: Share) -> None:
    assert share(BuildLimits(memory_mb, processes)) == expected
