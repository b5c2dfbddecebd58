"""Generations on disk: swapped in one step, never torn, one writer."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import IndexDamaged, IndexIncompatible, IndexLocked, IndexMissing
from indexer.generations import FORMAT, Generation, GenerationStore, new_manifest
from indexer.sums import FileDamage, FileSum


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "index")


def publish(store: GenerationStore, content: str = "data", basis: Generation | None = None) -> Generation:
    with store.writing():
        folder = store.begin(basis)
        (folder / f"{content}.seg").write_text(content)
        manifest = new_manifest(engine="whoosh", archive="a", change=1, taxonomy="t", documents=1)
        return store.publish(folder, manifest, basis)


def test_without_a_generation_the_index_is_missing(store: GenerationStore) -> None:
    with pytest.raises(IndexMissing, match="concord index"):
        store.current()
    assert store.stamp() is None


def test_a_published_generation_is_the_current_one(store: GenerationStore) -> None:
    generation = publish(store)
    assert store.current() == generation
    assert (generation.folder / "data.seg").read_text() == "data"


def test_the_stamp_changes_with_each_generation(store: GenerationStore) -> None:
    publish(store)
    before = store.stamp()
    publish(store)
    assert store.stamp() != before


def test_what_is_begun_is_not_seen(store: GenerationStore) -> None:
    first = publish(store)
    with store.writing():
        store.begin(first)
        assert store.current() == first


def test_an_update_shares_the_unchanged_files_of_its_basis(store: GenerationStore) -> None:
    first = publish(store, "one")
    second = publish(store, "two", first)
    assert (second.folder / "one.seg").stat().st_ino == (first.folder / "one.seg").stat().st_ino
    assert (second.folder / "two.seg").exists()
    assert not (first.folder / "two.seg").exists()


def test_files_are_copied_where_the_file_system_has_no_hard_links(
    store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(store, "one")

    def no_links(*_: object) -> None:
        raise OSError("not supported")

    monkeypatch.setattr(os, "link", no_links)
    second = publish(store, "two", first)
    assert (second.folder / "one.seg").read_text() == "one"


def test_only_the_last_two_generations_are_kept(store: GenerationStore) -> None:
    names = [publish(store).name for _ in range(4)]
    assert sorted(folder.name for folder in store.path.glob("generation-*")) == names[-2:]


def test_left_overs_of_a_crash_are_swept_away(store: GenerationStore) -> None:
    publish(store)
    with store.writing():
        left_over = store.begin()
    publish(store)
    assert not left_over.exists()


def test_a_generation_renamed_but_not_pointed_to_is_not_served_and_its_name_not_used_again(
    store: GenerationStore,
) -> None:
    first = publish(store)
    with store.writing():
        folder = store.begin()
        folder.rename(folder.with_suffix(""))  # killed between the two steps of publishing
    assert store.current() == first
    assert publish(store).name == "generation-000003"


def test_an_index_of_another_format_says_how_to_rebuild(store: GenerationStore) -> None:
    generation = publish(store)
    manifest = generation.folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": FORMAT + 1}))
    with pytest.raises(IndexIncompatible, match="--rebuild"):
        store.current()


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"format": FORMAT}), '"text"'])
def test_a_manifest_that_cant_be_read_is_damage(store: GenerationStore, content: str) -> None:
    (publish(store).folder / "manifest.json").write_text(content)
    with pytest.raises(IndexDamaged, match=r"manifest\.json"):
        store.current()


@pytest.mark.parametrize("name", ["", "../elsewhere", "generation-1/../..", "\ud7ff"])
def test_a_pointer_that_names_no_generation_is_damage(store: GenerationStore, name: str) -> None:
    publish(store)
    (store.path / "CURRENT").write_text(name, "utf-8")
    with pytest.raises(IndexDamaged):
        store.current()


def test_the_manifest_notes_size_and_sum_of_each_file(store: GenerationStore) -> None:
    generation = publish(store)
    assert store.current().manifest.files == {"data.seg": FileSum(4, hashlib.sha256(b"data").hexdigest())}
    assert generation.damage(read=True) == []


def test_the_sum_of_a_shared_file_is_taken_over_and_not_made_again(store: GenerationStore) -> None:
    first = publish(store, "one")
    noted = FileSum(3, "as noted before")
    second = publish(store, "two", replace(first, manifest=replace(first.manifest, files={"one.seg": noted})))
    assert second.manifest.files["one.seg"] == noted
    assert second.manifest.files["two.seg"] == FileSum(3, hashlib.sha256(b"two").hexdigest())


def test_a_file_that_an_update_wrote_anew_gets_its_own_sum(store: GenerationStore) -> None:
    first = publish(store, "one")
    with store.writing():
        folder = store.begin(first)
        (folder / "one.seg").unlink()
        (folder / "one.seg").write_text("new")
        second = store.publish(folder, first.manifest, first)
    assert second.damage(read=True) == []
    assert (first.folder / "one.seg").read_text() == "one"


@pytest.mark.parametrize(
    ("content", "read", "what"),
    [
        ("dat", False, "3 bytes where 4 were written"),
        ("dota", True, "its content is not what was written"),
        (None, False, "missing"),
    ],
)
def test_a_file_that_changed_is_damage(store: GenerationStore, content: str | None, read: bool, what: str) -> None:
    generation = publish(store)
    file = generation.folder / "data.seg"
    file.unlink()
    if content is not None:
        file.write_text(content)
    assert generation.damage(read=read) == [FileDamage("data.seg", what)]


def test_sizes_alone_are_looked_at_where_nothing_is_to_be_read(store: GenerationStore) -> None:
    generation = publish(store)
    (generation.folder / "data.seg").write_text("dota")
    assert generation.damage() == []


HOLD = """
import sys
from pathlib import Path
from indexer.generations import GenerationStore
with GenerationStore(Path(sys.argv[1])).writing():
    print("writing", flush=True)
    sys.stdin.read()
"""


def holder(store: GenerationStore) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


def test_a_second_writer_is_told_who_is_writing(store: GenerationStore) -> None:
    with holder(store) as process:
        try:
            with pytest.raises(IndexLocked, match=f"process {process.pid} since"), store.writing():
                pass
        finally:
            process.kill()


def test_the_lock_of_a_dead_writer_heals_itself(store: GenerationStore) -> None:
    with holder(store) as process:
        process.kill()
    with store.writing():
        pass
