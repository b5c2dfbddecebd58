"""Whoosh's own API over files of columns, and the table of contents that leads to them."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import columns, fields, query
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, FileIndex, create_in, open_dir

from indexer.columnar.codec.codec import ColumnarCodec
from indexer.columnar.codec.lengths import rounded
from indexer.columnar.codec.names import RESERVED, block_name, field_name
from indexer.columnar.codec.segment import ColumnarSegment
from indexer.columnar.codec.stored import pack, unpack
from indexer.columnar.codec.toc import open_generation, open_segments, write_toc
from indexer.columnar.errors import ContentsDamaged, FileDamaged, OtherCodec
from indexer.columnar.segment import SegmentFile
from tests.indexer.columnar.collections_at_random import TEXTS, Commit, build
from tests.indexer.columnar.plain_files import COLLECTION, write_collection


def _written(folder: Path, schema: fields.Schema, *documents: dict[str, Any]) -> FileIndex:
    folder.mkdir(exist_ok=True)
    writer = create_in(str(folder), schema).writer(codec=ColumnarCodec())
    for document in documents:
        writer.add_document(**document)
    writer.commit()
    return open_dir(str(folder))


# --- values that are stored ---

_plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 80), 1 << 80)
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(UTC))
    | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(0, 9), inner),
    max_leaves=8,
)


@given(_plain)
def test_stored_values_come_back_as_they_were(value: Any) -> None:
    assert unpack(pack(value)) == value


@pytest.mark.parametrize("value", [{1, 2}, object(), [1, [2, open]], {"a": frozenset()}])
def test_a_value_that_cant_be_stored_is_told_when_it_is_packed(value: Any) -> None:
    with pytest.raises(ValueError, match="can't be stored: store text"):
        pack(value)


@given(st.binary())
def test_bytes_that_are_no_stored_value_are_a_value_error_or_a_value(packed: bytes) -> None:
    with suppress(ValueError):
        unpack(packed)


def test_a_document_that_cant_be_stored_is_left_out_and_the_next_one_goes_in(tmp_path: Path) -> None:
    writer = create_in(str(tmp_path), fields.Schema(kept=fields.STORED())).writer(codec=ColumnarCodec())
    with pytest.raises(ValueError, match="a set can't be stored"):
        writer.add_document(kept={1})
    writer.add_document(kept=[1])
    writer.commit()
    with open_dir(str(tmp_path)).searcher() as searcher:
        assert list(searcher.reader().all_stored_fields()) == [{"kept": [1]}]


# --- fields and columns ---

COLUMNS = [
    (columns.VarBytesColumn(), [b"a", b"longer"], b""),
    (columns.FixedBytesColumn(2, b"--"), [b"ab", b"cd"], b"--"),
    (columns.RefBytesColumn(default=b"none"), [b"x", b"y"], b"none"),
    (columns.NumericColumn("q", default=-1), [1, -(1 << 62)], -1),
    (columns.NumericColumn("d", default=0.5), [1.25, -2.5], 0.5),
    (columns.ClampedNumericColumn(columns.NumericColumn("B")), [3, 7], 0),
    (columns.BitColumn(), [True, True], False),
    (columns.CompressedBytesColumn(), [b"a" * 50, b"b"], b""),
    (columns.StructColumn("ib", (0, 1)), [(5, 1), (6, 2)], (0, 1)),
    (columns.PickleColumn(columns.VarBytesColumn()), [{"a": 1}, [2]], None),
    (columns.VarBytesListColumn(), [[b"a", b""], [b"b"]], []),
    (columns.FixedBytesListColumn(2), [[b"ab", b"cd"], [b"ef"]], []),
]


@pytest.mark.parametrize(("column", "values", "default"), COLUMNS, ids=lambda each: type(each).__name__)
def test_every_kind_of_column_comes_back(tmp_path: Path, column: Any, values: list[Any], default: Any) -> None:
    schema = fields.Schema(name=fields.ID(stored=True), value=fields.COLUMN(column))
    documents = [{"name": "0"}, {"name": "1", "value": values[0]}, {"name": "2"}, {"name": "3", "value": values[1]}]
    with _written(tmp_path, schema, *documents, {"name": "4"}).searcher() as searcher:
        reader = searcher.reader().column_reader("value", translate=False)
        expected = [default, values[0], default, values[1], default]
        assert list(reader) == expected
        assert [reader[number] for number in range(5)] == expected


def test_a_clamped_column_takes_the_largest_number_that_fits(tmp_path: Path) -> None:
    schema = fields.Schema(value=fields.COLUMN(columns.ClampedNumericColumn(columns.NumericColumn("B"))))
    with _written(tmp_path, schema, {"value": 900}, {"value": -3}).searcher() as searcher:
        assert list(searcher.reader().column_reader("value", translate=False)) == [255, 0]


def test_a_number_that_doesnt_fit_its_column_leaves_the_document_out(tmp_path: Path) -> None:
    schema = fields.Schema(value=fields.COLUMN(columns.NumericColumn("B")))
    with pytest.raises(ValueError, match="column value: 900 doesn't fit in"):
        _written(tmp_path, schema, {"value": 900})


class Mine(columns.Column):
    """A kind of column that Whoosh doesn't have."""


def test_a_column_of_ones_own_making_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing like a Mine"):
        _written(tmp_path, fields.Schema(value=fields.COLUMN(Mine())), {"value": b""})


def test_a_column_isnt_read_as_one_of_another_kind(tmp_path: Path) -> None:
    index = _written(tmp_path, fields.Schema(value=fields.COLUMN(columns.BitColumn())), {"value": True})
    with index.searcher() as searcher, pytest.raises(ValueError, match="not written as a VarBytesColumn"):
        searcher.reader().column_reader("value", columns.VarBytesColumn())


def test_documents_sort_by_a_column_both_ways(tmp_path: Path) -> None:
    schema = fields.Schema(number=fields.NUMERIC(stored=True, sortable=True))
    with _written(tmp_path, schema, *({"number": number} for number in (3, 1, 2))).searcher() as searcher:
        for reverse, expected in ((False, [1, 2, 3]), (True, [3, 2, 1])):
            hits = searcher.search(query.Every(), sortedby="number", reverse=reverse)
            assert [hit["number"] for hit in hits] == expected


@pytest.mark.parametrize("name", [*sorted(RESERVED), "a.b", "a/b", "a%2Eb", "a.codes"])
def test_a_field_may_have_the_name_of_something_else_in_the_file(tmp_path: Path, name: str) -> None:
    schema = fields.Schema(
        **{name: fields.TEXT(stored=True, sortable=True, vector=True), "a": fields.ID(sortable=True)}
    )
    document = {name: "treaty of trade", "a": "b"}
    with _written(tmp_path, schema, document).searcher() as searcher:
        assert [hit[name] for hit in searcher.search(query.Term(name, "trade"))] == ["treaty of trade"]
        assert list(searcher.reader().column_reader(name)) == ["treaty of trade"]
        assert list(searcher.reader().column_reader("a")) == ["b"]
        assert sorted(searcher.reader().indexed_field_names()) == sorted(document)


@given(st.text())
def test_names_of_fields_come_back_from_those_of_blocks(name: str) -> None:
    assert field_name(block_name(name)) == name


def test_a_list_of_numbers_has_a_document_once_in_each_term(tmp_path: Path) -> None:
    with _written(tmp_path, fields.Schema(number=fields.NUMERIC()), {"number": [1, 1, 2]}).searcher() as searcher:
        assert [hit.docnum for hit in searcher.search(query.NumericRange("number", 1, 2))] == [0]
    for segment in open_segments(tmp_path):
        SegmentFile(segment.path(tmp_path)).verify()


def test_lengths_are_rounded_up_as_whoosh_does() -> None:
    assert rounded([0, 1, 9, 300, 106_374, 9_999_999]).tolist() == [0, 1, 9, 302, 106_374, 106_374]


def test_words_that_a_stemmed_field_keeps_for_spelling_are_suggested(tmp_path: Path) -> None:
    from whoosh.analysis import StemmingAnalyzer

    schema = fields.Schema(text=fields.TEXT(spelling=True, analyzer=StemmingAnalyzer()))
    with _written(tmp_path, schema, {"text": "treaties treaties signing"}, {"text": "treaties"}).searcher() as searcher:
        assert searcher.suggest("text", "treatys") == ["treaties"]


def test_a_writer_that_is_given_up_leaves_no_file(tmp_path: Path) -> None:
    index = create_in(str(tmp_path), fields.Schema(text=fields.TEXT()))
    writer = index.writer(codec=ColumnarCodec())
    writer.add_document(text="treaty")
    writer.cancel()
    assert list(tmp_path.glob("*.ccl")) == []
    index.writer(codec=ColumnarCodec()).commit()
    assert list(tmp_path.glob("*.ccl")) == []


def test_an_index_in_memory_is_refused() -> None:
    index = RamStorage().create_index(fields.Schema(text=fields.TEXT()))
    with pytest.raises(ValueError, match="an index in a folder, not in a RamStorage"):
        index.writer(codec=ColumnarCodec())


# --- the table of contents ---


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of Concord: one segment of three documents, of which the second is deleted."""
    segment = ColumnarSegment(documents=len(COLLECTION), deleted=[1])
    write_collection(segment.path(tmp_path))
    write_toc(tmp_path, [segment])
    return tmp_path


def test_segments_come_back_with_their_deletions(folder: Path) -> None:
    (segment,) = open_segments(folder)
    assert (segment.documents, segment.deleted) == (3, {1})


def test_the_segments_of_a_folder_open_as_one(folder: Path) -> None:
    generation = open_generation(folder)
    assert generation.hits("body_exact", "treaty").documents.tolist() == [0, 2]
    generation.close()


def test_files_of_segments_that_are_no_more_are_removed(folder: Path) -> None:
    write_toc(folder, [])
    assert [path.name for path in folder.iterdir()] == ["_MAIN_1.toc"]


def test_an_index_that_whooshs_own_codec_wrote_is_told_apart(tmp_path: Path) -> None:
    writer = create_in(str(tmp_path), fields.Schema(text=fields.TEXT())).writer()
    writer.add_document(text="treaty")
    writer.commit()
    with pytest.raises(OtherCodec, match="not as files of columns"):
        open_segments(tmp_path)


def test_a_folder_without_table_of_contents_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentsDamaged, match="no table of contents"):
        open_segments(tmp_path)


class _Evil:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("ran",)


@pytest.mark.parametrize(
    "found", [[_Evil()], "no list", [1], {"a": _Evil()}], ids=["evil", "text", "number", "evil within"]
)
def test_a_table_of_contents_that_is_something_else_runs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    TOC(fields.Schema(text=fields.TEXT()), found, 0).write(FileStorage(str(tmp_path)), "MAIN")
    with pytest.raises(ContentsDamaged):
        open_segments(tmp_path)
    assert not Path("ran").exists()


@pytest.mark.parametrize(
    "state",
    [
        {"segid": "../../elsewhere"},
        {"indexname": "/etc/passwd"},
        {"segid": 7},
        {"documents": "many"},
        {"deleted": [3]},
        {"deleted": [-1]},
        {"deleted": ["1"]},
        {"deleted": None},
    ],
    ids=str,
)
def test_a_segment_that_cant_be_isnt_read_from_a_table_of_contents(tmp_path: Path, state: dict[str, Any]) -> None:
    segment = ColumnarSegment(documents=3)
    whole = segment.__getstate__() | state
    segment.__class__ = type("Changed", (ColumnarSegment,), {"__reduce__": lambda _: (ColumnarSegment, (), whole)})
    TOC(fields.Schema(text=fields.TEXT()), [segment], 0).write(FileStorage(str(tmp_path)), "MAIN")
    with pytest.raises(ContentsDamaged, match="can't be read"):
        open_segments(tmp_path)


def test_a_table_of_contents_that_is_cut_off_is_damaged(folder: Path) -> None:
    (path,) = folder.glob("*.toc")
    data = path.read_bytes()
    for length in range(0, len(data), 7):
        path.write_bytes(data[:length])
        with pytest.raises(ContentsDamaged):
            open_segments(folder)


def test_a_file_with_other_documents_than_its_table_of_contents_says_is_damaged(folder: Path) -> None:
    (segment,) = open_segments(folder)
    segment.documents = 4
    write_toc(folder, [segment])
    with pytest.raises(ContentsDamaged, match="has 3 documents, not the 4"):
        open_generation(folder)


def test_a_segment_without_its_file_is_told(folder: Path) -> None:
    (segment,) = open_segments(folder)
    segment.path(folder).write_bytes(b"")
    with pytest.raises(FileDamaged):
        open_generation(folder)


def test_what_is_pickled_of_a_segment_is_plain() -> None:
    segment = ColumnarSegment(documents=9, deleted=[2, 5])
    assert segment.__getstate__() == {"indexname": "MAIN", "segid": segment.segid, "documents": 9, "deleted": [2, 5]}
    assert pickle.loads(pickle.dumps(segment)).deleted == {2, 5}


# --- an index of Concord under Whoosh's own searcher ---

QUERIES = [
    (query.Term("body", "en:treati"), [0, 2]),
    (query.Term("body_exact", "treaty"), [0, 2]),
    (query.Term("title_exact", "number"), [0, 2]),
    (query.Term("body_accents", "café"), []),
    (query.Phrase("body_exact", ["the", "treaty"]), [0]),
    (query.Phrase("body_exact", ["the", "signed"], slop=3), [0]),
    (query.Prefix("body_exact", "oft"), [2]),
    (query.Term("source", "ministry"), [0, 2]),
    (query.Term("id", "d2"), [2]),
    (query.Term("language", "en"), [0, 2]),
    (query.Term("domain", "judicial"), [0, 2]),
    (query.And([query.Term("title_exact", "treaty"), query.Term("body_exact", "signed")]), [0]),
]


@pytest.mark.parametrize(("asked", "expected"), QUERIES, ids=str)
def test_whooshs_searcher_answers_over_an_index_of_concord(
    folder: Path, asked: query.Query, expected: list[int]
) -> None:
    with open_dir(str(folder)).searcher() as searcher:
        assert [hit.docnum for hit in searcher.search(asked)] == expected


def test_accented_forms_count_in_an_index_of_concord(tmp_path: Path) -> None:
    segment = ColumnarSegment(documents=len(COLLECTION))
    write_collection(segment.path(tmp_path))
    write_toc(tmp_path, [segment])
    with open_dir(str(tmp_path)).searcher() as searcher:
        (hit,) = searcher.search(query.Term("body_accents", "café"))
        assert hit.docnum == 1
        assert searcher.reader().doc_field_length(1, "body_accents") == 1


def test_whoosh_reads_what_concord_stores_and_its_columns(folder: Path) -> None:
    with open_dir(str(folder)).searcher() as searcher:
        reader = searcher.reader()
        assert reader.stored_fields(0) == {"entry": SegmentFile(open_segments(folder)[0].path(folder)).stored[0]}
        assert list(reader.column_reader("id")) == ["d0", "d1", "d2"]
        assert list(reader.column_reader("source")) == ["ministry", "wire", "ministry"]
        assert list(reader.column_reader("url"))[1] == b"https://example.org/1"
        assert reader.column_reader("date_first")[0] == date(2008, 11, 1).toordinal()
        assert list(reader.column_reader("body_length")) == [8, 7, 302]
        assert reader.field_length("body_exact") == 317


def test_whoosh_deletes_in_an_index_of_concord(folder: Path) -> None:
    writer = open_dir(str(folder)).writer(codec=ColumnarCodec())
    writer.delete_by_term("id", "d2")
    writer.commit(merge=False)
    assert open_segments(folder)[0].deleted == {1, 2}


def test_whoosh_doesnt_merge_segments_of_concord(folder: Path) -> None:
    before = sorted(path.name for path in folder.glob("*.toc"))
    writer = open_dir(str(folder)).writer(codec=ColumnarCodec())
    with pytest.raises(ValueError, match="commit with merge=False"):
        writer.commit(optimize=True)
    assert sorted(path.name for path in folder.glob("*.toc")) == before
    assert open_generation(folder).documents == 2


def test_segments_of_whooshs_writer_pass_verification(tmp_path: Path) -> None:
    texts = dict.fromkeys(TEXTS, "treaty of trade, treaties")
    documents = [{"id": str(number), "number": number, "kept": [number], **texts} for number in range(3)]
    index = build(
        tmp_path / "a", [Commit(documents, [], [], {}), Commit(documents, [], [], {"merge": False})], ColumnarCodec
    )
    index.close()
    segments = open_segments(tmp_path / "a")
    assert len(segments) == 2
    for segment in segments:
        SegmentFile(segment.path(tmp_path / "a")).verify()


def test_values_with_more_than_whole_days_come_back(tmp_path: Path) -> None:
    kept = {"when": datetime(2008, 11, 5, 12, 30, tzinfo=UTC), "much": Decimal("1.10"), "pair": (1, "a")}
    with _written(tmp_path, fields.Schema(kept=fields.STORED()), {"kept": kept}).searcher() as searcher:
        assert searcher.stored_fields(0) == {"kept": kept}
