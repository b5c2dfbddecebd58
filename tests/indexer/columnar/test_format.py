"""The file format: what is written, that another program could read it, and that nothing in it is trusted."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from indexer.columnar.blocks import BlockFile, BlockWriter
from indexer.columnar.errors import FileDamaged
from indexer.columnar.postings import Postings, write_field
from indexer.columnar.segment import SegmentFile
from indexer.columnar.strings import write_strings
from tests.indexer.columnar.plain_files import COLLECTION, rewrite, write_collection

README = Path(__file__).parents[3] / "indexer" / "columnar" / "README.md"


# --- a reader of its own: this much of the README is enough to find a term ---


def read_blocks(data: bytes) -> dict[str, tuple[Any, ...]]:
    """Every block of a file, checked, as numbers."""
    magic, version, count, start, length, noted = struct.unpack_from("<8sIIQQI", data)
    assert magic == b"\x93CONCOL\n"
    assert version == 1
    assert struct.unpack_from("<I", data, 36)[0] == zlib.crc32(data[:36])
    assert not any(data[40:64])
    directory = data[start:]
    assert len(directory) == length
    assert zlib.crc32(directory) == noted
    blocks, at, expected = {}, 0, 64
    for _ in range(count):
        kind, size, named, begin, items, sum_ = struct.unpack_from("<cBHQQI", directory, at)
        name = directory[at + 24 : at + 24 + named].decode()
        at += 24 + named
        packed = data[begin : begin + size * items]
        assert begin == expected
        assert zlib.crc32(packed) == sum_
        code = {b"u1": "B", b"u2": "H", b"u4": "I", b"u8": "Q", b"i4": "i", b"i8": "q", b"f4": "f", b"f8": "d"}
        blocks[name] = struct.unpack(f"<{items}{code[kind + str(size).encode()]}", packed)
        expected = begin + len(packed) + -len(packed) % 64
    assert expected == start
    return blocks


def read_strings(blocks: dict[str, tuple[Any, ...]], name: str) -> list[bytes]:
    starts, data = blocks[f"{name}.starts"], bytes(blocks[f"{name}.bytes"])
    return [data[first:last] for first, last in pairwise(starts)]


def read_postings(data: bytes, field: str, term: bytes) -> dict[int, list[int]]:
    """The places of a term by document."""
    blocks = read_blocks(data)
    number = read_strings(blocks, f"{field}/terms").index(term)
    first, last = blocks[f"{field}/postings"][number : number + 2]
    frequencies = list(blocks.get(f"{field}/frequencies", (1,) * len(blocks[f"{field}/documents"])))
    for at, large in zip(blocks.get(f"{field}/large", ()), blocks.get(f"{field}/large_frequencies", ()), strict=True):
        frequencies[at] = large
    place = blocks[f"{field}/occurrences"][number]
    found = {}
    for at in range(first, last):
        found[blocks[f"{field}/documents"][at]] = list(blocks[f"{field}/positions"][place : place + frequencies[at]])
        place += frequencies[at]
    return found


# --- what is written ---


def _tiny(path: Path) -> bytes:
    starts, occurrences = np.array([0, 1, 3], np.uint64), np.array([0, 1, 3], np.uint64)
    documents, ones = np.array([1, 0, 1], np.uint32), np.ones(3, np.uint32)
    with BlockWriter(path) as writer:
        writer.add("documents", np.array([2], np.uint64))
        postings = Postings(starts, documents, ones, occurrences, np.array([4, 0, 2], np.uint32))
        write_field(writer, "f", [b"tea", b"treaty"], postings, 2, 5)
    return path.read_bytes()


def _dumped(data: bytes) -> str:
    rows = [data[at : at + 16] for at in range(0, len(data), 16)]
    lines = []
    for number, row in enumerate(rows):
        if 0 < number < len(rows) - 1 and row == rows[number - 1]:
            lines += [] if lines[-1] == "*" else ["*"]
            continue
        signs = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        lines.append(f"{number * 16:04x}  {row.hex(' '):<47}  {signs}")
    return "\n".join(lines)


def test_the_example_in_the_readme_is_what_is_written(tmp_path: Path) -> None:
    assert f"```\n{_dumped(_tiny(tmp_path / 'tiny.ccl'))}\n```" in README.read_text("utf-8")


def test_a_program_with_struct_alone_reads_the_example(tmp_path: Path) -> None:
    assert read_postings(_tiny(tmp_path / "tiny.ccl"), "f", b"treaty") == {0: [0], 1: [2]}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_collection(tmp_path_factory.mktemp("format") / "a.ccl")


def test_a_program_with_struct_alone_reads_a_terms_postings_in_a_segment_of_concord(collection: Path) -> None:
    data = collection.read_bytes()
    for term in ("treaty", "signed", "often"):
        places = {
            number: [at for at, word in enumerate(" ".join(document).split()) if word == term]
            for number, document in enumerate(COLLECTION)
        }
        assert read_postings(data, "body_exact", term.encode()) == {n: found for n, found in places.items() if found}


def test_the_readme_names_every_block_of_a_segment_of_concord(collection: Path) -> None:
    text = README.read_text("utf-8")
    for block in BlockFile(collection):
        name = block.removesuffix(".starts").removesuffix(".bytes")
        part = name.partition("/")[2]
        shown = {block, name, f"FIELD/{part}", part.partition(".")[0]}
        assert any(f"`{each}`" in text for each in shown), block


# --- nothing is trusted ---


def _opened_and_verified(path: Path) -> None:
    segment = SegmentFile(path)
    try:
        segment.verify()
    finally:
        segment.close()


at_random = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(where=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
@at_random
def test_any_byte_that_is_flipped_is_noticed(collection: Path, tmp_path: Path, where: float, flip: int) -> None:
    data = bytearray(collection.read_bytes())
    data[int(where * len(data))] ^= flip
    _assert_damaged(tmp_path, bytes(data))


@given(where=st.integers(0, 63) | st.integers(-4000, -1), flip=st.integers(1, 255))
@at_random
def test_any_byte_of_header_or_directory_that_is_flipped_is_noticed_when_the_file_is_opened(
    collection: Path, tmp_path: Path, where: int, flip: int
) -> None:
    data = bytearray(collection.read_bytes())
    directory = struct.unpack_from("<Q", data, 16)[0]
    data[where if where >= 0 else max(len(data) + where, directory)] ^= flip
    path = tmp_path / "flipped.ccl"
    path.write_bytes(data)
    with pytest.raises(FileDamaged, match=r"flipped\.ccl"):
        SegmentFile(path)


@given(where=st.floats(0, 1, exclude_max=True))
@at_random
def test_a_file_that_is_cut_off_is_noticed_when_it_is_opened(collection: Path, tmp_path: Path, where: float) -> None:
    data = collection.read_bytes()
    path = tmp_path / "cut.ccl"
    path.write_bytes(data[: int(where * len(data))])
    with pytest.raises(FileDamaged, match=r"cut\.ccl"):
        SegmentFile(path)


def test_what_follows_a_file_is_noticed(collection: Path, tmp_path: Path) -> None:
    _assert_damaged(tmp_path, collection.read_bytes() + b"\0")


@given(field=st.integers(0, 5), value=st.integers(0, 2**64 - 1), number=st.integers(0, 200))
@at_random
def test_a_directory_with_right_sums_that_leads_anywhere_is_noticed(
    collection: Path, tmp_path: Path, field: int, value: int, number: int
) -> None:
    """Kind, bytes of an item, length of the name, start, items or sum of one entry are anything."""
    entry = struct.unpack("<cBHQQI", _entry_bytes(collection, number))
    limits = (256, 256, 1 << 16, 1 << 64, 1 << 64, 1 << 32)
    changed = list(entry)
    changed[field] = bytes([value % 256]) if field == 0 else value % limits[field]
    assume(changed != list(entry))
    _assert_damaged(tmp_path, _with_entry(collection, number, struct.pack("<cBHQQI", *changed)))


def _entry_places(data: bytes) -> list[int]:
    start, length = struct.unpack_from("<QQ", data, 16)
    places, at = [], start
    while at < start + length:
        places.append(at)
        at += 24 + struct.unpack_from("<H", data, at + 2)[0]
    return places


def _entry_bytes(path: Path, number: int) -> bytes:
    data = path.read_bytes()
    places = _entry_places(data)
    at = places[number % len(places)]
    return data[at : at + 24]


def _with_entry(path: Path, number: int, entry: bytes) -> bytes:
    data = bytearray(path.read_bytes())
    places = _entry_places(data)
    at = places[number % len(places)]
    data[at : at + 24] = entry
    start = struct.unpack_from("<Q", data, 16)[0]
    struct.pack_into("<I", data, 32, zlib.crc32(data[start:]))
    struct.pack_into("<I", data, 36, zlib.crc32(data[:36]))
    return bytes(data)


def _assert_damaged(folder: Path, data: bytes) -> None:
    path = folder / "damaged.ccl"
    path.write_bytes(data)
    with pytest.raises(FileDamaged, match=r"damaged\.ccl"):
        _opened_and_verified(path)


def test_another_version_is_named(collection: Path, tmp_path: Path) -> None:
    data = bytearray(collection.read_bytes())
    data[8] = 2
    path = tmp_path / "new.ccl"
    path.write_bytes(data)
    with pytest.raises(FileDamaged, match="version 2 of the format, not in 1"):
        SegmentFile(path)


def test_a_sound_segment_passes(collection: Path) -> None:
    _opened_and_verified(collection)


def _reversed(array: Any) -> Any:
    return array[::-1].copy()


def _set(at: int, value: int) -> Callable[[Any], Any]:
    def change(array: Any) -> Any:
        changed = array.copy()
        changed[at] = value
        return changed

    return change


WRONG = {
    "terms out of order": ("body/terms.bytes", _reversed),
    "a term that begins behind the next": ("body/terms.starts", _set(1, 60)),
    "a term without postings": ("body/postings", _set(1, 0)),
    "a document beyond the last": ("body/documents", _set(0, 200)),
    "documents out of order": ("body/documents", _reversed),
    "a term that stands 0 times": ("body_exact/frequencies", _set(0, 0)),
    "other frequencies than places": ("body_exact/frequencies", _set(0, 9)),
    "a large frequency that is small": ("body_exact/large_frequencies", _set(0, 7)),
    "a large frequency elsewhere": ("body_exact/large", _set(0, 0)),
    "places that don't begin at 0": ("body/occurrences", _set(0, 1)),
    "a place beyond the text": ("body_exact/positions", _set(0, 65000)),
    "places out of order": ("body_exact/positions", _reversed),
    "a code without value": ("column/source.codes", _set(0, 99)),
    "values out of order": ("column/source.values.bytes", _set(0, ord("z"))),
    "a column that is too short": ("column/date_first", lambda array: array[1:]),
    "an entry too many": ("stored.starts", lambda array: np.append(array, array[-1])),
    "a text of other length": ("column/body_length", _set(0, 1)),
    "a word beyond the last": ("column/words.bytes", _set(3, 255)),
    "passages of other length": ("column/passages.bytes", _set(0, 255)),
    "families out of order": ("words/families", _reversed),
    "two numbers of documents": ("documents", lambda array: np.append(array, array)),
    "another number of documents": ("documents", _set(0, 1 << 60)),
}


@pytest.mark.parametrize(("block", "change"), WRONG.values(), ids=WRONG)
def test_numbers_with_right_sums_that_are_wrong_are_found(
    collection: Path, tmp_path: Path, block: str, change: Callable[[Any], Any]
) -> None:
    path = tmp_path / "wrong.ccl"
    rewrite(collection, path, {block: change})
    with pytest.raises(FileDamaged, match=r"wrong\.ccl: .*block"):
        _opened_and_verified(path)


def test_a_block_of_no_known_meaning_is_named(collection: Path, tmp_path: Path) -> None:
    path = tmp_path / "more.ccl"
    rewrite(collection, path, {}, more={"secret": np.zeros(3)})
    with pytest.raises(FileDamaged, match="block secret"):
        _opened_and_verified(path)


@pytest.mark.parametrize(
    ("block", "change"),
    [
        ("body_exact/terms.starts", _set(1, 1 << 40)),
        ("body_exact/terms.starts", _set(1, (1 << 64) - 1)),
        ("body_exact/postings", _set(1, 1 << 40)),
        ("body_exact/postings", _set(1, 0)),
        ("body_exact/occurrences", _set(1, 1 << 62)),
        ("body_exact/documents", _set(0, 250)),
    ],
)
def test_a_number_that_leads_nowhere_is_an_error_where_it_is_used(
    collection: Path, tmp_path: Path, block: str, change: Callable[[Any], Any]
) -> None:
    path = tmp_path / "wrong.ccl"
    rewrite(collection, path, {block: change})
    field = SegmentFile(path).field("body_exact")
    assert field is not None

    def use_all() -> None:
        lengths = SegmentFile(path).numbers("body_length")
        for number in range(len(field)):
            assert field.terms[number]
            documents, frequencies = field.postings(number)
            assert len(lengths[documents]) == len(frequencies)
            field.positions(number)

    with pytest.raises((IndexError, ValueError)):
        use_all()


def test_strings_with_places_beyond_their_bytes_are_an_error_when_all_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ccl"
    with BlockWriter(path) as writer:
        writer.add("documents", np.array([2], np.uint64))
        write_strings(writer, "stored", [b"one", b"two"])
    rewrite(path, tmp_path / "b.ccl", {"stored.starts": _set(1, 9)})
    with pytest.raises(IndexError, match="no places among the bytes"):
        list(SegmentFile(tmp_path / "b.ccl").stored)
