"""Merging segments gives what writing their documents at once gives."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.columnar.blocks import BlockFile, BlockWriter
from indexer.columnar.columns import write_codes
from indexer.columnar.merging import merge
from indexer.columnar.postings import Postings, write_field
from indexer.columnar.segment import SegmentFile
from indexer.columnar.strings import write_strings
from indexer.columnar.writing import write_segment
from indexer.engines.protocol import LabelledDocument
from tests.indexer.columnar.made import content, made

POOL = made(7, 30)


def segments(folder: Path, parts: Sequence[Sequence[LabelledDocument]]) -> list[SegmentFile]:
    for number, part in enumerate(parts):
        write_segment(folder / f"{number}.ccl", part)
    return [SegmentFile(folder / f"{number}.ccl") for number in range(len(parts))]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, len(POOL) - 1), st.booleans()), min_size=1, max_size=8),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([1, 4_000, 1 << 20]),
)
def test_a_merge_is_byte_for_byte_the_segment_of_what_is_left(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[tuple[int, bool]]], memory: int
) -> None:
    folder = tmp_path_factory.mktemp("segments")
    found = segments(folder, [[POOL[number] for number, _ in part] for part in parts])
    deleted = [{at for at, (_, gone) in enumerate(part) if gone} for part in parts]
    left = [POOL[number] for part in parts for number, gone in part if not gone]
    write_segment(folder / "whole.ccl", left)
    assert merge(folder / "merged.ccl", found, deleted, memory=memory) == len(left)
    assert (folder / "merged.ccl").read_bytes() == (folder / "whole.ccl").read_bytes()


def test_nothing_is_left_beside_the_merged_file(tmp_path: Path) -> None:
    found = segments(tmp_path, [POOL[:10], POOL[10:]])
    merge(tmp_path / "merged.ccl", found)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.ccl", "1.ccl", "merged.ccl"]


Extra = Callable[[BlockWriter], None]


def general(path: Path, documents: int, *extra: Extra) -> SegmentFile:
    """A segment as Whoosh's own writer makes it, of some schema."""
    with BlockWriter(path) as writer:
        writer.add("documents", np.array([documents], np.uint64))
        writer.add("stored.kind", np.array([1], np.uint8))
        write_strings(writer, "stored", [bytes([number]) for number in range(documents)])
        for write in extra:
            write(writer)
    return SegmentFile(path)


def test_columns_of_any_kind_are_merged(tmp_path: Path) -> None:
    one = general(
        tmp_path / "1.ccl",
        2,
        lambda writer: writer.add("column/size", np.array([5, 6], np.int32)),
        lambda writer: write_codes(writer, "column/kind", [b"x", b"y"]),
        lambda writer: write_strings(writer, "column/words", [b"not numbers", b"of words"]),
    )
    other = general(
        tmp_path / "2.ccl",
        2,
        lambda writer: writer.add("column/size", np.array([7, 8], np.int32)),
        lambda writer: write_codes(writer, "column/kind", [b"a", b"y"]),
        lambda writer: write_strings(writer, "column/words", [b"", b"more"]),
    )
    merge(tmp_path / "merged.ccl", [one, other], [{0}, set()])
    merged = SegmentFile(tmp_path / "merged.ccl")
    assert merged.numbers("size").tolist() == [6, 7, 8]
    assert list(merged.codes("kind").values) == [b"a", b"y"]
    assert merged.codes("kind").codes.tolist() == [1, 0, 1]
    assert list(merged.strings("words")) == [b"of words", b"", b"more"]
    assert list(merged.stored) == [b"\1", b"\0", b"\1"]


def test_a_column_that_a_segment_lacks_has_what_is_asked_for_there(tmp_path: Path) -> None:
    one = general(tmp_path / "1.ccl", 1, lambda writer: writer.add("column/size", np.array([5], np.int32)))
    other = general(tmp_path / "2.ccl", 2)
    merge(tmp_path / "merged.ccl", [one, other], absent={"size": -1})
    assert SegmentFile(tmp_path / "merged.ccl").numbers("size").tolist() == [5, -1, -1]


def weighted(writer: BlockWriter) -> None:
    postings = Postings(np.array([0, 2], np.uint64), np.array([0, 1]), np.array([1, 1]))
    write_field(writer, "body", [b"x"], postings, 2, None)
    writer.add("body/weights", np.array([0.5, 2.5], np.float32))


def counted(writer: BlockWriter) -> None:
    postings = Postings(np.array([0, 1], np.uint64), np.array([1]), np.array([300]))
    write_field(writer, "body", [b"x"], postings, 2, None)


def test_weights_are_merged_with_the_frequencies_of_segments_without(tmp_path: Path) -> None:
    found = [general(tmp_path / "1.ccl", 2, weighted), general(tmp_path / "2.ccl", 2, counted)]
    merge(tmp_path / "merged.ccl", found, [{0}, set()])
    merged = SegmentFile(tmp_path / "merged.ccl")
    field = merged.field("body")
    assert field is not None
    assert [array.tolist() for array in field.postings(0)] == [[0, 2], [1, 300]]
    assert merged.file["body/weights"].tolist() == [2.5, 300]


def strange(writer: BlockWriter) -> None:
    writer.add("body/smells", np.array([1], np.uint8))


def placed(writer: BlockWriter) -> None:
    occurrences = np.array([0, 1], np.uint64)
    postings = Postings(occurrences, np.array([0]), np.array([1]), occurrences, np.array([3]))
    write_field(writer, "body", [b"x"], postings, 2, 4)


@pytest.mark.parametrize(
    ("writes", "told"),
    [
        ((strange,), "body/smells"),
        ((placed, counted), "places"),
        (
            (
                lambda writer: writer.add("column/size", np.array([5, 5], np.int32)),
                lambda writer: write_strings(writer, "column/size", [b"", b""]),
            ),
            "column/size",
        ),
    ],
)
def test_what_nobody_knows_how_to_merge_is_told(tmp_path: Path, writes: tuple[Extra, ...], told: str) -> None:
    found = [general(tmp_path / f"{number}.ccl", 2, write) for number, write in enumerate(writes)]
    with pytest.raises(ValueError, match=told):
        merge(tmp_path / "merged.ccl", found)


def test_entries_of_concord_and_values_of_others_are_not_mixed(tmp_path: Path) -> None:
    found = [*segments(tmp_path, [POOL[:2]]), general(tmp_path / "other.ccl", 1)]
    with pytest.raises(ValueError, match="another kind"):
        merge(tmp_path / "merged.ccl", found)


def test_a_large_array_goes_to_the_disk_and_comes_back(tmp_path: Path) -> None:
    from indexer.columnar.merging.spool import Spools

    chance = random.Random(1)
    numbers = np.array([chance.randrange(1000) for _ in range(400_000)], np.uint32)
    with BlockWriter(tmp_path / "a.ccl") as writer, Spools(tmp_path) as spools:
        spool = spools.new(np.uint32)
        for part in np.array_split(numbers, 7):
            spool.append(part)
        spool.write(writer, "numbers", np.dtype(np.uint16))
    read = BlockFile(tmp_path / "a.ccl")["numbers"]
    assert read.dtype == np.uint16
    assert np.array_equal(read, numbers)


def test_words_that_many_segments_have_are_not_all_held_at_once(tmp_path: Path) -> None:
    """Sixty with the same 2,500 words: those that there will be take a sixtieth of those that are read."""
    names = [f"{number:x}word" for number in range(2_500)]
    entry = POOL[0]
    document = replace(entry.document, paragraphs=(" ".join(names),))
    write_segment(tmp_path / "0.ccl", [replace(entry, document=document, passage_languages=())])
    found = [SegmentFile(tmp_path / "0.ccl") for _ in range(60)]
    memory = 1 << 20
    tracemalloc.start()
    try:
        merge(tmp_path / "merged.ccl", found, memory=memory)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * memory  # the tables of new numbers and the arrays that grow are beside it


def test_merging_again_changes_nothing(tmp_path: Path) -> None:
    found = segments(tmp_path, [POOL])
    merge(tmp_path / "merged.ccl", found)
    assert content(tmp_path / "merged.ccl") == content(tmp_path / "0.ccl")
