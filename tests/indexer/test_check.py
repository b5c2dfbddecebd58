"""``concord check``: each kind of damage is named with its place, and what can be rebuilt is mended."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from concord import main
from indexer import Collection, SearchRequest
from indexer.check import CheckReport, check
from indexer.generations import GenerationStore
from tests.indexer.support import DOCUMENTS, Workspace

# Whoosh leaves the files open that it stumbles over.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def built(workspace: Workspace) -> Workspace:
    """All documents, indexed in two steps: a generation of several segments."""
    workspace.load(*DOCUMENTS[:3])
    workspace.index()
    workspace.load(*DOCUMENTS[3:], DOCUMENTS[0] | {"text": "Another text on extradition."})
    workspace.index()
    return workspace


def concord(workspace: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--config", str(workspace.folder / "config.toml")])


def generation(workspace: Workspace) -> Path:
    return GenerationStore(workspace.folder / "index").current().folder


def break_archive(workspace: Workspace, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(workspace.folder / "archive.sqlite")) as connection, connection:
        connection.execute(statement, values)


def truncated(file: Path) -> None:
    content = file.read_bytes()
    file.unlink()  # a server may have the file mapped: its own copy stays whole
    file.write_bytes(content[: len(content) // 2])


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()
    file.write_bytes(content)


def deleted(file: Path) -> None:
    file.unlink()


def test_what_is_whole_is_sound_and_exit_0(built: Workspace) -> None:
    result = concord(built, "check")
    assert result.exit_code == 0
    assert result.stdout == "archive: sound, 5 documents\nindex: sound\n"


def test_the_json_has_the_promised_keys(built: Workspace) -> None:
    deleted(generation(built) / "manifest.json")
    report = json.loads(concord(built, "check", "--json").stdout)
    assert set(report) == {
        "sound", "documents", "archive", "generation", "index", "waiting", "left_over", "repaired",
    }  # fmt: skip
    assert report["index"][0].keys() == {"where", "what", "todo"}


def test_before_anything_is_there_nothing_is_damaged(workspace: Workspace) -> None:
    result = concord(workspace, "check")
    assert result.exit_code == 0
    assert "index: not there yet ('concord index')" in result.stdout


def test_what_waits_to_be_indexed_is_no_damage(built: Workspace) -> None:
    built.load({"id": "new", "text": "Ports."}, {"id": "year", "text": "Railways."})
    report = check(built.config)
    assert report.sound
    assert report.waiting == 2


@pytest.mark.parametrize("damage", [truncated, flipped, deleted])
@pytest.mark.parametrize("pattern", ["*.toc", "*.ccl"])
def test_damage_to_a_file_is_named_and_a_repair_mends_it(
    built: Workspace, pattern: str, damage: Callable[[Path], None]
) -> None:
    file = sorted(generation(built).glob(pattern))[0]
    damage(file)
    report = check(built.config)
    assert [problem.where for problem in report.index] == [str(file)]
    assert concord(built, "check").exit_code == 1
    repaired = concord(built, "check", "--repair")
    assert repaired.exit_code == 0
    assert repaired.stdout.startswith("the index was repaired: 5 documents indexed anew: generation-")
    assert len(built.ids()) == 5


def test_every_file_of_a_generation_is_held_to_its_sum(built: Workspace) -> None:
    files = {file.name for file in generation(built).iterdir() if not file.name.endswith("LOCK")}
    assert set(GenerationStore(built.folder / "index").current().manifest.files) == files - {"manifest.json"}


@pytest.mark.parametrize("damage", [truncated, deleted])
@pytest.mark.parametrize("name", ["CURRENT", "manifest.json"])
def test_damage_to_what_names_the_files_is_told_and_mended(
    built: Workspace, name: str, damage: Callable[[Path], None]
) -> None:
    file = built.folder / "index" / name if name == "CURRENT" else generation(built) / name
    damage(file)
    (problem,) = check(built.config).index
    assert name in str(problem)
    assert check(built.config, repair=True).sound
    assert len(built.ids()) == 5


@pytest.mark.parametrize("name", ["CURRENT", "manifest.json"])
def test_a_file_that_is_gone_is_called_missing(built: Workspace, name: str) -> None:
    deleted(built.folder / "index" / name if name == "CURRENT" else generation(built) / name)
    (problem,) = check(built.config).index
    assert problem.what.endswith("is missing")


def test_a_missing_pointer_is_told_by_status_as_well(built: Workspace) -> None:
    deleted(built.folder / "index" / "CURRENT")
    assert "damaged (CURRENT, which names the generation to serve, is missing)" in concord(built, "status").stdout


def test_what_waits_is_not_told_of_an_index_that_cant_be_read(built: Workspace) -> None:
    deleted(generation(built) / "manifest.json")
    assert "\nindex: damaged\n" in concord(built, "check").stdout


def test_a_damaged_index_is_not_sent_to_the_command_that_updates_it(built: Workspace) -> None:
    built.load({"id": "new", "text": "Ports."})
    flipped(sorted(generation(built).glob("*.ccl"))[0])
    assert "\nindex: damaged, 1 not indexed yet\n" in concord(built, "check").stdout


def test_what_was_checked_is_counted(built: Workspace) -> None:
    assert concord(built, "check").stderr.splitlines() == [
        "Checking the archive ...",
        "Checking the archive: 5 done",
        "Checking the index ...",
        "Checking the index: 5 done",
    ]


def test_an_index_of_another_format_is_told_and_mended(built: Workspace) -> None:
    manifest = generation(built) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 1}))
    (problem,) = check(built.config).index
    assert "written in format 1" in problem.what
    assert check(built.config, repair=True).sound


def note(workspace: Workspace, **facts: Any) -> None:
    """Change what the manifest says."""
    manifest = generation(workspace) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | facts))


def test_documents_that_the_index_lost_are_named(built: Workspace) -> None:
    built.load({"id": "new", "text": "Ports."})
    note(built, change=7)
    (problem,) = check(built.config).index
    assert "1 document missing (new)" in problem.what


def test_documents_in_an_old_version_are_named(built: Workspace) -> None:
    built.load({"id": "year", "text": "Railways."})
    note(built, change=7)
    (problem,) = check(built.config).index
    assert "in another version than the current one (year)" in problem.what


def test_documents_that_the_archive_lost_are_named(built: Workspace) -> None:
    built.forget("year")
    (problem,) = check(built.config).index
    assert "1 document not in the archive any more (year)" in problem.what


def test_left_overs_are_told_and_cleared_away(built: Workspace) -> None:
    left_over = built.folder / "index" / "generation-000009.new"
    left_over.mkdir()
    assert check(built.config).left_over == 1
    report = check(built.config, repair=True)
    assert (report.left_over, report.repaired) == (0, ("1 unfinished build was cleared away",))
    assert not left_over.exists()


def archive_problem(report: CheckReport) -> str:
    (problem,) = report.archive
    return problem.what


def test_a_body_that_is_not_what_was_captured_is_named(built: Workspace) -> None:
    break_archive(built, "UPDATE bodies SET content = ? WHERE rowid = 1", zlib.compress(b"something else"))
    assert "is not what was captured" in archive_problem(check(built.config))


def test_a_body_that_cant_be_unpacked_is_named_with_its_address(built: Workspace) -> None:
    break_archive(built, "UPDATE bodies SET content = substr(content, 1, 9) WHERE rowid = 1")
    assert "(of ministry: " in archive_problem(check(built.config))


def test_a_version_that_cant_be_read_is_named(built: Workspace) -> None:
    break_archive(built, "UPDATE versions SET paragraphs = x'00' WHERE document_id = 'year'")
    assert archive_problem(check(built.config)).startswith('document "year", version 1: its text can\'t be read')


def test_a_version_with_another_text_than_was_stored_is_named(built: Workspace) -> None:
    break_archive(built, "UPDATE versions SET title = 'Forged' WHERE document_id = 'year'")
    assert archive_problem(check(built.config)) == 'document "year", version 1: its text is not what was stored'


def test_a_torn_archive_is_told_and_left_as_it_is(built: Workspace) -> None:
    archive = built.folder / "archive.sqlite"
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(archive.read_bytes())
    content[4096:40_960] = bytes(40_960 - 4096)
    archive.write_bytes(content)
    result = concord(built, "check", "--repair")
    assert result.exit_code == 1
    assert "the archive was left as it is" in result.stdout
    assert archive.read_bytes() == content


def test_a_damaged_index_is_not_rebuilt_from_a_damaged_archive(built: Workspace) -> None:
    break_archive(built, "UPDATE versions SET paragraphs = x'00' WHERE document_id = 'year'")
    before = generation(built)
    flipped(sorted(before.glob("*.ccl"))[0])
    report = check(built.config, repair=True)
    assert not report.sound
    assert any("the index was left as it is" in line for line in report.repaired)
    assert generation(built) == before


def test_an_index_without_its_archive_is_told(built: Workspace) -> None:
    for file in built.folder.glob("archive.sqlite*"):
        file.unlink()
    assert archive_problem(check(built.config)) == "not there, but an index of it is"


def test_a_reader_that_is_open_goes_on_while_the_index_is_damaged_and_repaired(built: Workspace) -> None:
    collection = Collection.open(built.config)
    before = collection.search(SearchRequest("trade"))
    for file in generation(built).glob("*.ccl"):
        deleted(file)
    assert [hit.id for hit in collection.search(SearchRequest("ports")).hits] == ["year"]
    assert check(built.config, repair=True).sound
    after = collection.search(SearchRequest("trade"))
    collection.close()
    assert after.generation != before.generation
    assert [hit.id for hit in after.hits] == [hit.id for hit in before.hits]
