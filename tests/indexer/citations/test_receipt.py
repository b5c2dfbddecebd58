"""Receipts: what they say, what running them again tells, and which are turned down."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.citations import Rerun, Why, rerun, text_digest
from indexer.citations.digest import canonical_text
from indexer.citations.receipts import checksum
from indexer.collection import Collection
from tests.indexer.citations.support import archive_of, concord, failure, only, states, verified
from tests.indexer.support import DOCUMENTS, Workspace


def written(workspace: Workspace, *arguments: str) -> Path:
    path = workspace.folder / "receipt.json"
    result = concord(workspace, "receipt", *arguments, "-o", str(path), "--force")
    assert result.exit_code == 0, result.output
    return path


def again(workspace: Workspace, path: Path) -> Rerun:
    collection = Collection.open(workspace.config)
    try:
        with archive_of(workspace) as archive:
            return rerun(collection, archive, path, path.read_text("utf-8"))
    finally:
        collection.close()


def test_the_digest_can_be_computed_by_anyone(cited: Workspace) -> None:
    with archive_of(cited) as archive:
        treaty = archive.document("treaty")
    assert canonical_text(treaty.title, treaty.paragraphs) == (
        "Extradition treaty signed\n\nThe two ministers signed a treaty.\n\n"
        "It covers extradition and judicial assistance in criminal matters."
    )
    # printf '%s' "$TEXT" | sha256sum
    assert text_digest(treaty) == "sha256:032830b70dff02a1ddbd210b5446a9760568d4d78efbaaa163484c57ac1bd037"


def test_a_receipt_says_what_was_asked_of_which_index_and_what_was_found(cited: Workspace) -> None:
    path = written(cited, "extradition treaty", "--lang", "en", "--since", "2008-11", "--sort", "newest", "--no-fold")
    record = json.loads(path.read_text("utf-8"))
    assert record["query"] == "extradition treaty"
    assert record["filters"] == {
        "source": [],
        "domain": [],
        "lang": ["en"],
        "since": "2008-11-01",
        "until": None,
        "sort": "newest",
        "fold": False,
    }
    assert record["generation"] == "generation-000001"
    assert (record["documents"], record["change"], record["total"]) == (8, 8, 2)
    assert [(hit["id"], hit["version"], hit["partial"]) for hit in record["hits"]] == [
        ("treaty", 1, False),
        ("visit", 1, True),
    ]
    with archive_of(cited) as archive:
        assert record["archive"] == archive.id
        assert record["hits"][0]["digest"] == text_digest(archive.document("treaty"))


def test_a_receipt_says_how_many_undated_ones_a_filter_left_out(cited: Workspace) -> None:
    path = cited.folder / "undated.json"
    result = concord(cited, "receipt", "trade", "--since", "2008", "-o", str(path), "--force")
    assert json.loads(path.read_text("utf-8"))["undated_left_out"] == 2
    assert result.stderr == "note: 2 undated left out by the dates\n"


def test_nothing_changed_is_all_the_same(cited: Workspace) -> None:
    found = again(cited, written(cited, "trade", "--fold"))
    assert (found.new, found.changed, found.withdrawn, found.notes) == ((), (), (), ())
    assert found.total_then == found.total_now == found.same == found.same_rank > 3


def test_a_rebuilt_index_is_noted_and_finds_the_same(own: Workspace) -> None:
    path = written(own, "trade")
    own.index(rebuild=True)
    found = again(own, path)
    assert (found.same, found.same_rank) == (3, 3)
    assert any("generation-000002" in note for note in found.notes)


def test_a_new_document_is_new_because_it_is_new(own: Workspace) -> None:
    path = aged(written(own, "trade"))
    own.load({"id": "fresh", "title": "More trade", "text": "More trade."})
    own.index()
    found = again(own, path)
    assert [(each.id, each.then, each.now, each.why) for each in found.new] == [("fresh", None, 1, Why.NEW_DOCUMENT)]
    assert found.same == 3


def aged(path: Path, moment: str = "2026-01-01T00:00:00+00:00") -> Path:
    """The receipt, written at another moment."""
    record = json.loads(path.read_text("utf-8")) | {"ran_at": moment}
    path.write_text(json.dumps(record | {"checksum": checksum(record)}), "utf-8")
    return path


def now() -> str:
    return datetime.now(UTC).isoformat()


def test_a_text_that_changed_is_told_with_its_versions(own: Workspace) -> None:
    path = written(own, "trade")
    own.load({**DOCUMENTS[2], "text": "A report on trade, ports, railways and roads."})
    own.index()
    found = again(own, path)
    assert [(each.id, each.then, each.now) for each in found.changed] == [("year", 1, 2)]
    assert found.same == 2


def test_a_text_that_lost_the_words_is_withdrawn_for_that_reason(own: Workspace) -> None:
    path = written(own, "trade")
    own.load({**DOCUMENTS[2], "text": "A report on ports."})
    own.index()
    gone = only(again(own, path).withdrawn)
    assert (gone.id, gone.then, gone.now, gone.why) == ("year", 1, None, Why.TEXT_CHANGED)
    assert gone.reason == "its text does not fit the search any more: version 1 then, 2 now"


def test_a_text_that_got_the_words_is_new_for_that_reason(own: Workspace) -> None:
    path = aged(written(own, "ports"), now())
    own.load({**DOCUMENTS[1], "text": "The president spoke of ports."})
    own.index()
    new = only(again(own, path).new)
    assert (new.id, new.why) == ("visit", Why.TEXT_CHANGED)
    assert "version 1 then, 2 now" in new.reason


def test_a_page_that_is_absent_is_told_as_absent_on_a_day(own: Workspace) -> None:
    path = written(own, "trade")
    with archive_of(own) as archive:
        archive.note_absence("year", datetime(2030, 5, 6, tzinfo=UTC), 410)
    found = again(own, path)
    assert found.withdrawn == ()
    assert {id: (absent.on, absent.status) for id, absent in found.absent.items()} == {"year": ("2030-05-06", 410)}
    told = concord(own, "receipt", "--rerun", str(path)).stdout
    assert "still found, but year: its page was absent on 2030-05-06 (HTTP 410)" in told


def test_a_page_that_came_back_is_not_absent(own: Workspace) -> None:
    path = written(own, "trade")
    with archive_of(own) as archive:
        archive.note_absence("year", datetime(2000, 1, 1, tzinfo=UTC), 404)
    assert again(own, path).absent == {}


def test_a_document_that_left_the_collection_is_told_as_such(own: Workspace) -> None:
    path = written(own, "trade")
    own.forget("year")
    own.index()
    gone = only(again(own, path).withdrawn)
    assert (gone.id, gone.why, gone.reason) == ("year", Why.GONE, "the document is no longer in the collection")


def test_a_document_that_only_the_index_still_has_is_told_as_such(own: Workspace) -> None:
    path = written(own, "trade")
    own.load({"id": "fresh", "title": "More trade", "text": "More trade."})
    own.index()
    own.forget("fresh")
    new = only(again(own, path).new)
    assert (new.id, new.why) == ("fresh", Why.INDEX)
    assert "not in the archive any more" in new.reason


def test_partial_matches_that_are_not_shown_any_more_are_told_as_such(own: Workspace) -> None:
    path = written(own, "extradition treaty")
    own.load(*({"id": f"t{n}", "text": f"An extradition treaty of number{n} was signed."} for n in range(12)))
    own.index()
    found = again(own, path)
    assert {each.why for each in found.withdrawn} == {Why.WORDS}
    assert "treaty" not in {each.id for each in found.withdrawn}


def test_another_taxonomy_is_noted_and_is_the_reason(own: Workspace) -> None:
    path = written(own, "report OR ministers", "--domain", "judicial")
    domains = own.folder / "domains.toml"
    domains.write_text(domains.read_text("utf-8").replace('["extradition", "judicial"]', '["railways"]'), "utf-8")
    own.index()
    found = again(own, path)
    assert [(each.id, each.why) for each in found.new] == [("year", Why.LABELS)]
    assert [(each.id, each.why) for each in found.withdrawn] == [("treaty", Why.LABELS)]
    assert any("the taxonomy of domains" in note for note in found.notes)


def test_changes_that_are_not_indexed_yet_are_noted(own: Workspace) -> None:
    path = written(own, "trade")
    own.load({"id": "fresh", "text": "More trade."})
    assert any("1 change of the archive not indexed yet" in note for note in again(own, path).notes)


def test_a_receipt_is_verified_like_citations(own: Workspace) -> None:
    path = written(own, "trade")
    assert verified(own, path.read_text("utf-8"), "receipt.json").good
    own.load({**DOCUMENTS[2], "text": "A report on ports."})
    found = verified(own, path.read_text("utf-8"), "receipt.json")
    assert sorted(states(found)) == ["changed since", "verified", "verified"]


def test_running_it_again_writes_nothing(own: Workspace) -> None:
    path = written(own, "trade")
    before = {file: file.stat().st_mtime_ns for file in own.folder.rglob("*") if "archive.sqlite-" not in file.name}
    assert concord(own, "receipt", "--rerun", str(path), "--json").exit_code == 0
    after = {file: file.stat().st_mtime_ns for file in own.folder.rglob("*") if "archive.sqlite-" not in file.name}
    assert after == before


def edited(record: dict[str, Any]) -> dict[str, Any]:
    return record | {"query": "other"}


def newer(record: dict[str, Any]) -> dict[str, Any]:
    return record | {"concord_receipt": 99}


def elsewhere(record: dict[str, Any]) -> dict[str, Any]:
    other = record | {"archive": "f" * 32}
    return other | {"checksum": checksum(other)}


def halved(record: dict[str, Any]) -> dict[str, Any]:
    half = {name: value for name, value in record.items() if name != "filters"}
    return half | {"checksum": checksum(half)}


def misshapen(record: dict[str, Any]) -> dict[str, Any]:
    other = record | {"hits": [{"id": 1}]}
    return other | {"checksum": checksum(other)}


def altered(part: str, **fields: Any) -> Any:
    """A receipt with other fields in its filters or its first hit, and a new checksum."""

    def change(record: dict[str, Any]) -> dict[str, Any]:
        old = record[part]
        other = record | {part: old | fields if isinstance(old, dict) else [old[0] | fields, *old[1:]]}
        return other | {"checksum": checksum(other)}

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (altered("filters", source=[["x"]]), "filters.source.0 is missing or wrong"),
        (altered("filters", since=2008), "filters.since is missing or wrong"),
        (altered("filters", sort="upwards"), "filters.sort is missing or wrong"),
        (altered("filters", domain=["nowhere"]), "its search can't be run any more: unknown domain"),
        (altered("hits", url=["x"]), "hits.0.url is missing or wrong"),
        (altered("hits", title=5), "hits.0.title is missing or wrong"),
        (altered("hits", id="\ud800"), "its text is missing or wrong"),
        (edited, "edited since it was written"),
        (newer, "a receipt of format 99, this Concord knows up to 1: update Concord"),
        (elsewhere, "a receipt of another collection"),
        (halved, "no receipt that can be read"),
        (misshapen, "no receipt that can be read"),
        (lambda record: [record], "no receipt: 'concord receipt QUERY -o FILE' writes one"),
    ],
)
def test_a_receipt_that_cannot_be_trusted_is_one_clear_line(cited: Workspace, change: Any, message: str) -> None:
    path = written(cited, "trade")
    path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))), "utf-8")
    assert message in failure(concord(cited, "receipt", "--rerun", str(path)))


def test_every_edit_of_a_receipt_is_seen(cited: Workspace) -> None:
    path = written(cited, "treaty")
    record = json.loads(path.read_text("utf-8"))
    for name, value in record.items():
        if name not in {"checksum", "concord_receipt"}:
            altered = {**record, name: [*value, 1] if isinstance(value, list) else f"{value}1"}
            assert checksum(altered) != record["checksum"]


def test_a_receipt_of_another_collection_is_turned_down(cited: Workspace, own: Workspace) -> None:
    path = str(written(cited, "trade"))
    assert "of another collection" in failure(concord(own, "receipt", "--rerun", path))
    assert "of another collection" in failure(concord(own, "verify", path))


@pytest.mark.parametrize(
    "arguments",
    [(), ("trade", "--rerun", "r.json"), ("--rerun", "r.json", "--lang", "en"), ("--rerun", "r.json", "--force")],
)
def test_a_query_or_a_receipt_is_given(cited: Workspace, arguments: tuple[str, ...]) -> None:
    assert concord(cited, "receipt", *arguments).exit_code == 2


def test_a_hit_that_is_now_shown_under_another_is_a_near_copy(workspace: Workspace) -> None:
    text = " ".join(f"word{number}" for number in range(200))
    workspace.load({"id": "one", "text": text}, {"id": "two", "text": f"{text} extradition", "source": "wire"})
    workspace.index()
    path = aged(written(workspace, "extradition"), now())
    workspace.load({"id": "one", "text": f"{text} extradition"})
    workspace.index()
    found = again(workspace, path)
    assert [(each.id, each.why) for each in found.withdrawn] == [("two", Why.FOLDED)]
    assert [(each.id, each.why) for each in found.new] == [("one", Why.TEXT_CHANGED)]


def test_a_document_with_an_old_date_of_capture_is_not_called_new(own: Workspace) -> None:
    path = aged(written(own, "trade"), "2999-01-01T00:00:00+00:00")
    own.load({"id": "fresh", "title": "More trade", "text": "More trade."})
    own.index()
    assert only(again(own, path).new).why is Why.STORED_SINCE
