"""A document comes out of the index as it went in, and damage to it is noticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import msgpack
import pytest
from backports.zstd import ZstdCompressor, compress
from hypothesis import given
from hypothesis import strategies as st

from crawler import Document, PublicationDate
from indexer.columnar import packing
from indexer.columnar.packing import pack, unpack, unpack_for_hit
from indexer.engines.protocol import LabelledDocument
from indexer.views import TITLE, DomainLabel, Evidence

ENTRY = LabelledDocument(
    Document(
        id="treaty",
        source="ministry",
        url="https://ministry.example/2008/treaty",
        title="Extradition: 引渡",
        paragraphs=("The two ministers signed.", "Señor 😀\x00"),
        date=PublicationDate.parse("2008-11"),
        language="en",
        version=3,
        captured_at=datetime(2024, 1, 2, 3, 4, 5, 678, UTC),
        author="A. Writer",
        pages=(1, 4),
        lead="other",
    ),
    (
        DomainLabel(
            "judicial/extradition",
            "Extradition",
            "Judicial",
            0.75,
            (Evidence(TITLE, ("extradition",), (1.0,)), Evidence(2, ("signed", "treaty"), (0.1, 2.5))),
        ),
        DomainLabel("culture", "Culture", "Culture", 1.0, ()),
    ),
    frozenset({"judicial", "judicial/extradition", "culture"}),
    ("en", "es"),
)
BARE = LabelledDocument(
    Document("bare", "wire", None, "", (), None, None, 1, datetime(2024, 1, 1, tzinfo=UTC)), (), frozenset()
)


@pytest.mark.parametrize("entry", [ENTRY, BARE])
def test_a_document_comes_back_as_it_was(entry: LabelledDocument) -> None:
    assert unpack(pack(entry)) == entry


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(paragraphs: list[str], title: str) -> None:
    entry = replace(ENTRY, document=replace(ENTRY.document, paragraphs=tuple(paragraphs), title=title))
    assert unpack(pack(entry)) == entry


def test_for_a_hit_it_comes_back_without_the_evidence_of_its_labels() -> None:
    assert unpack_for_hit(pack(ENTRY)) == replace(
        ENTRY, labels=tuple(replace(label, evidence=()) for label in ENTRY.labels)
    )


def test_no_bit_can_change_unnoticed() -> None:
    packed = pack(ENTRY)
    unnoticed = []
    for at in range(len(packed) * 8):
        damaged = bytearray(packed)
        damaged[at // 8] ^= 1 << at % 8
        try:
            found = unpack(bytes(damaged))
        except Exception:
            continue
        if found != ENTRY:
            unnoticed.append(at)
    assert unnoticed == []


def test_no_end_can_be_missing() -> None:
    packed = pack(ENTRY)
    for length in range(len(packed)):
        with pytest.raises(Exception):  # noqa: B017, PT011 - of whatever kind
            unpack(packed[:length])


def test_nothing_may_follow() -> None:
    with pytest.raises(ValueError, match="behind the document"):
        unpack(pack(ENTRY) + b"x")


@pytest.mark.parametrize("read", [unpack, unpack_for_hit])
def test_what_unpacks_to_more_than_a_document_is_refused(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[bytes], LabelledDocument]
) -> None:
    monkeypatch.setattr(packing, "_MOST", 1 << 20)
    with pytest.raises(ValueError, match="over 1048576 bytes"):
        read(compress(bytes(1 << 26)))


@pytest.mark.parametrize("length", [b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff"])
def test_a_length_that_is_not_there_takes_no_memory(length: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - msgpack's own words
        unpack(ZstdCompressor().compress(length, mode=ZstdCompressor.FLUSH_FRAME))


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - Python's own words
        unpack(compress(msgpack.packb([1, 2, 3])) + compress(msgpack.packb([])))
