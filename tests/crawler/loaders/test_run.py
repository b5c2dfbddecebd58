"""A load: what becomes of files, and what is told about it."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from crawler import LOCAL, Archive, ArchiveError, UnknownSource, load, load_settings, load_sources
from crawler.archive import connection as border
from crawler.config import ConfigFile
from crawler.loaders import run

TWO_SOURCES = """
[[source]]
name = "papers"
paths = ["papers"]
language = "en"

[[source]]
name = "news"
paths = ["papers/news", "missing"]
enabled = false
"""


@pytest.fixture
def load_one(archive, settings, write_lines):
    """Load a .jsonl of the given objects and give back the report."""

    def load_one(*objects, name="a.jsonl", source=None):
        return load(archive, settings, [write_lines(name, *objects)], source)

    return load_one


def _documents(archive):
    return {document.id: document for document in archive.changes()}


def _only(archive):
    (document,) = archive.changes()
    return document


def test_a_first_load_is_new_and_a_second_unchanged(archive, settings, write):
    path = write("papers/a.txt", "It was signed.")
    assert load(archive, settings, [path]).summary() == "1 new, 0 changed, 0 unchanged, 0 failed, 0 skipped"
    assert load(archive, settings, [path]).summary() == "0 new, 0 changed, 1 unchanged, 0 failed, 0 skipped"


def test_a_changed_file_is_another_version_of_the_same_document(archive, settings, write):
    load(archive, settings, [write("papers/a.txt", "It was signed.")])
    report = load(archive, settings, [write("papers/a.txt", "It was not signed.")])
    assert (report.changed, _only(archive).version) == (1, 2)


def test_a_load_goes_on_after_what_cannot_be_loaded(archive, settings, write, tmp_path):
    write("papers/a.txt", b"\xff")
    write("papers/b.jsonl", '{"title": "A"}\n{"title": \n{"title": "B"}\n')
    write("papers/notes.md", "x")
    (tmp_path / "papers/dangling.txt").symlink_to("nowhere")
    report = load(archive, settings, [tmp_path / "papers", tmp_path / "nowhere.txt"])
    assert report.summary() == "2 new, 0 changed, 0 unchanged, 4 failed, 1 skipped"
    assert [(Path(error.path).name, error.line) for error in report.failed] == [
        ("a.txt", None),
        ("b.jsonl", 2),
        ("dangling.txt", None),
        ("nowhere.txt", None),
    ]
    assert report.skipped == (tmp_path / "papers/notes.md",)


def test_the_lines_before_the_cut_of_a_packed_file_are_kept(archive, settings, write):
    lines = b"".join(json.dumps({"id": f"d{n}", "title": "T" * n}).encode() + b"\n" for n in range(1, 900))
    report = load(archive, settings, [write("a.jsonl.gz", gzip.compress(lines)[:-20])])
    assert len(report.failed) == 1
    assert "cut off" in report.failed[0].reason
    assert report.new == archive.count_documents() > 0


def test_a_report_is_json(archive, settings, write, tmp_path):
    write("papers/a.jsonl", '{"title": "A"}\n{}\n')
    skipped = write("papers/b.png", "x")
    report = load(archive, settings, [tmp_path / "papers"])
    assert report.to_json() == {
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "failed": [
            {
                "path": str(tmp_path / "papers/a.jsonl"),
                "line": 2,
                "reason": 'no text: neither "title" nor "text" has any words',
            }
        ],
        "skipped": [str(skipped)],
        "absent": 0,
        "confirmed": 0,
        "passed_over": {},
    }


def test_progress_counts_documents_and_failures(archive, settings, write_lines):
    steps: list[int] = []
    load(archive, settings, [write_lines("a.jsonl", {"title": "A"}, {}, {"title": "B"})], progress=steps.append)
    assert steps == [1, 1, 1]


def test_a_file_in_no_source_is_local(archive, settings, write):
    load(archive, settings, [write("elsewhere/a.txt", "It was signed.")])
    assert (_only(archive).source, _only(archive).language) == (LOCAL, None)


def test_a_file_of_a_configured_source_belongs_to_it_and_has_its_language(archive, settings, write):
    load(archive, settings, [write("papers/a.txt", "It was signed.")])
    assert (_only(archive).source, _only(archive).language) == ("papers", "en")


def test_the_innermost_source_has_the_file(archive, configure, write):
    load(archive, configure(TWO_SOURCES), [write("papers/news/a.txt", "It was signed.")])
    assert _only(archive).source == "news"


def test_a_line_names_its_own_source_and_language(archive, settings, write_lines):
    load(archive, settings, [write_lines("papers/a.jsonl", {"title": "A", "source": "un-news", "language": "fr"})])
    assert (_only(archive).source, _only(archive).language) == ("un-news", "fr")


def test_the_source_asked_for_goes_before_all_others(archive, configure, write_lines):
    path = write_lines("papers/a.jsonl", {"title": "A", "source": "un-news"})
    load(archive, configure(TWO_SOURCES), [path], source="news")
    assert _only(archive).source == "news"


def test_the_built_in_source_can_be_asked_for(archive, settings, write):
    load(archive, settings, [write("papers/a.txt", "It was signed.")], source=LOCAL)
    assert _only(archive).source == LOCAL


def test_an_unknown_source_is_told_before_anything_is_loaded(archive, settings, write):
    with pytest.raises(UnknownSource, match=r'unknown source "nope": config\.toml has local, papers'):
        load(archive, settings, [write("papers/a.txt", "It was signed.")], source="nope")
    assert archive.count_documents() == 0


def test_an_id_given_is_the_id_of_the_document(load_one, archive):
    load_one({"id": "ARG_55", "title": "A"})
    assert _only(archive).id == "ARG_55"


def test_a_document_keeps_its_id_where_its_line_moves_to_another_file(load_one, archive):
    load_one({"id": "x", "title": "A"}, {"url": "https://example.org/", "title": "B"})
    report = load_one({"id": "x", "title": "A"}, {"url": "https://example.org/", "title": "B"}, name="b.jsonl")
    assert report.unchanged == 2


def test_a_line_with_a_url_becomes_a_version_when_it_changes(load_one, archive):
    load_one({"url": "https://example.org/", "title": "A"})
    assert load_one({"url": "https://example.org/", "title": "B"}).changed == 1


def test_a_line_with_neither_id_nor_url_is_another_document_when_it_changes(load_one, archive):
    load_one({"title": "A"})
    assert load_one({"title": "B"}).new == 1
    assert archive.count_documents() == 2


def test_an_id_of_another_source_is_a_failure_with_its_line(load_one, archive):
    load_one({"id": "x", "title": "A", "source": "un"})
    report = load_one({"title": "C"}, {"id": "x", "title": "B", "source": "news"}, name="b.jsonl")
    assert (report.new, report.failed[0].line) == (1, 2)
    assert 'source "un" has document "x"' in report.failed[0].reason


def test_an_id_that_stands_twice_with_different_content_is_a_failure(load_one, archive):
    report = load_one({"id": "x", "title": "A"}, {"id": "x", "title": "B"})
    assert (report.new, report.changed, report.failed[0].line) == (1, 0, 2)
    assert '"x" stands twice' in report.failed[0].reason


def test_a_load_with_an_id_that_stands_twice_comes_to_rest(load_one, archive):
    for _ in range(2):
        report = load_one({"id": "x", "title": "A"}, {"id": "x", "title": "B"})
    assert (report.unchanged, len(report.failed)) == (1, 1)


def test_the_same_line_twice_is_one_document(load_one, archive):
    report = load_one({"id": "x", "title": "A"}, {"id": "x", "title": "A"})
    assert (report.new, report.unchanged, report.failed) == (1, 1, ())


def test_a_checkout_that_is_moved_keeps_its_ids(archive, tmp_path, write):
    write("one/config.toml", "")
    write("one/papers/a.txt", "It was signed.")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    for folder in ("one", "two"):
        settings = load_settings(ConfigFile.read(tmp_path / folder / "config.toml"))
        report = load(archive, settings, [tmp_path / folder / "papers"])
    assert report.unchanged == 1


def test_a_folder_reached_through_a_link_keeps_its_ids(archive, settings, write, tmp_path):
    write("papers/a.txt", "It was signed.")
    (tmp_path / "link").symlink_to(tmp_path)
    load(archive, settings, [tmp_path / "papers"])
    elsewhere = Archive.open(tmp_path / "b.sqlite", create=True)
    with elsewhere:
        linked = load_settings(ConfigFile.read(tmp_path / "link" / "config.toml"))
        load(elsewhere, linked, [tmp_path / "link" / "papers"])
        assert [each.source for each in elsewhere.changes()] == ["papers"]


def test_a_link_to_itself_is_a_failure(archive, settings, tmp_path):
    link = tmp_path / "a.txt"
    link.symlink_to(link)
    (error,) = load(archive, settings, [tmp_path]).failed
    assert error.path == str(link)


def test_a_file_whose_name_is_not_unicode_is_loaded(archive, settings, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    try:
        Path(str(folder).encode().decode() + "/\udcff.txt").write_text("It was signed.")
    except OSError:
        pytest.skip("this file system takes only Unicode names")
    assert load(archive, settings, [folder]).new == 1


def test_relative_paths_are_those_of_the_working_folder(archive, settings, write, tmp_path, monkeypatch):
    path = write("papers/a.txt", "It was signed.")
    load(archive, settings, [path])
    monkeypatch.chdir(tmp_path / "papers")
    assert load(archive, settings, [Path("a.txt")]).unchanged == 1


def test_all_enabled_sources_are_loaded(archive, configure, write):
    write("papers/a.txt", "It was signed.")
    assert load_sources(archive, configure(TWO_SOURCES)).summary().startswith("1 new, 0 changed, 0 unchanged, 0 failed")


def test_a_source_that_is_named_is_loaded_though_it_is_not_enabled(archive, configure, write, tmp_path):
    write("papers/a.txt", "Not this one.")
    write("papers/news/b.txt", "It was signed.")
    report = load_sources(archive, configure(TWO_SOURCES), ["news"])
    assert _only(archive).source == "news"
    assert [str(error) for error in report.failed] == [f"{tmp_path / 'missing'}: no such file or folder"]


def test_a_file_has_the_same_source_however_it_is_loaded(archive, configure, write):
    path = write("papers/news/a.txt", "It was signed.")
    load_sources(archive, configure(TWO_SOURCES), ["papers"])
    assert load(archive, configure(TWO_SOURCES), [path]).unchanged == 1


def test_an_unknown_source_to_load_is_told(archive, settings):
    with pytest.raises(UnknownSource, match='"nope"'):
        load_sources(archive, settings, ["nope"])


def test_a_load_of_several_batches_stores_everything(archive, settings, write_lines, monkeypatch):
    monkeypatch.setattr(run, "BATCH", 3)
    for count in (6, 7):
        path = write_lines(f"{count}.jsonl", *({"id": f"{count}-{n}", "title": "T"} for n in range(count)))
        assert load(archive, settings, [path]).new == count


def test_a_load_while_another_process_writes_is_told(archive, archive_path, settings, write, monkeypatch):
    monkeypatch.setattr(border, "BUSY_TIMEOUT_S", 0.05)
    path = write("papers/a.txt", "It was signed.")
    error = pytest.raises(ArchiveError, match="another process is writing")
    with archive.batch(), Archive.open(archive_path) as second, error:
        load(second, settings, [path])


def test_the_same_load_gives_the_same_documents(settings, write_lines, tmp_path):
    path = write_lines("papers/a.jsonl", {"title": "A"}, {"url": "https://example.org/", "title": "B"})
    found = []
    for name in ("one", "two"):
        with Archive.open(tmp_path / name, create=True) as archive:
            load(archive, settings, [path])
            found.append(sorted(_documents(archive)))
    assert found[0] == found[1]
    assert all(len(id_) == 16 for id_ in found[0])
