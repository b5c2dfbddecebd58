"""``concord diff``, ``trace`` and ``lineage`` as they are typed, and the index behind ``trace``."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from concord import main
from crawler import Archive, ConfigFile, DateBasis, PublicationDate
from indexer import update_index
from indexer.history.candidates import candidates, trace_phrase
from indexer.history.phrase import WrittenPhrase
from tests.indexer.history.conftest import put
from tests.indexer.support import CONFIG
from tests.shared import ROOT

OLD = "The ministers met in Lima.\n\nBoth sides keep to the principle.\n\nA committee meets every year."
NEW = OLD.replace("the principle", "the principle and the joint statement")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive, indexed, and a document that changed since."""
    folder = tmp_path_factory.mktemp("history")
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    with Archive.open(folder / "archive.sqlite", create=True) as archive:
        put(archive, "2015-03-01", OLD)
        put(archive, "2015-05-10", NEW, title="Policy on ports and trade")
        put(archive, "2015-03-01", "Another page. The joint statement stood here.", id="past")
        put(archive, "2015-04-01", "Another page. Nothing stands here.", id="past")
        put(archive, "2015-03-01", "Nothing of it.", id="titled", title="A joint statement")
        put(archive, "2015-03-01", "Nothing of it as well.", id="once-titled", title="The joint statement")
        put(archive, "2015-04-01", "Nothing of it as well.", id="once-titled", title="The statement")
        put(archive, "2015-03-01", "Nothing at all.", id="never")
        put(archive, "2015-03-01", "Not yet here.", id="late")
    update_index(ConfigFile.read(folder / "config.toml"))
    with Archive.open(folder / "archive.sqlite") as archive:
        put(archive, "2015-06-01", "A joint statement came late.", id="late")
    return folder


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--config", str(folder / "config.toml")])


def test_diff_prints_both_versions_and_what_changed(folder):
    assert run(folder, "diff", "policy").stdout == (
        "Policy on ports and trade\n"
        "version 1: present on 2015-03-01\n"
        "version 2: present on 2015-05-10\n"
        "title: Policy on ports {+and trade+}\n"
        "\n1 passage unchanged\n"
        "\np2 → p2 reworded\n"
        "Both sides keep to the principle {+and the joint statement+}.\n"
        "\n1 passage unchanged\n"
    )


def test_diff_in_numbers_is_a_line_a_kind(folder):
    assert run(folder, "diff", "policy", "--stat").stdout == (
        "Policy on ports and trade\n"
        "version 1: present on 2015-03-01\n"
        "version 2: present on 2015-05-10\n"
        "title: Policy on ports {+and trade+}\n"
        "2 passages unchanged\n"
        "1 passage reworded\n"
    )


def test_diff_with_another_document_names_both(folder):
    found = run(folder, "diff", "never", "--with", "titled")
    assert found.stdout.splitlines()[1:3] == [
        "never, version 1: present on 2015-03-01",
        "titled, version 1: present on 2015-03-01",
    ]


def test_diff_of_one_version_is_a_plain_line(folder):
    found = run(folder, "diff", "never")
    line = "never has one version, present on 2015-03-01: nothing to compare\n"
    assert (found.exit_code, found.stdout) == (0, line)
    assert json.loads(run(folder, "diff", "never", "--json").stdout) is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("diff", "policy", "1", "9"), 'concord: document "policy" has no version 9: it has 1, 2'),
        (("diff", "nope"), "concord: no document \"nope\" in the archive: 'concord search' lists ids"),
        (("trace", "statement", "--source", "x"), 'concord: unknown source "x": the collection has ministry'),
        (("trace", "..."), 'concord: "..." has no word in it: write the words to look for, next to each other'),
        (("lineage", "nope"), "concord: no document \"nope\" in the archive: 'concord search' lists ids"),
    ],
)
def test_what_is_not_there_is_one_line_and_status_1(folder, arguments, message):
    found = run(folder, *arguments)
    assert (found.exit_code, found.stdout, found.stderr) == (1, "", f"{message}\n")


def test_a_phrase_that_never_was_there_is_one_line_and_status_1(folder):
    found = run(folder, "trace", "no such words")
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.startswith('concord: "no such words": never in 10 versions of 6 documents')


@pytest.mark.parametrize("arguments", [("policy", "1"), ("policy", "1", "2", "3"), ("policy", "1", "2", "--with", "x")])
def test_diff_takes_two_versions_or_none(folder, arguments):
    assert run(folder, "diff", *arguments).exit_code == 2


def test_trace_prints_page_by_page(folder):
    found = run(folder, "trace", "the joint statement").stdout.splitlines()
    assert found[0] == '"the joint statement": in 3 pages'
    assert found[-6:] == [
        "",
        "Policy on ports and trade",
        "ministry · published 2015-02 (given) · policy · https://ministry.example/policy",
        "  appeared between 2015-03-01 (last capture without it) and 2015-05-10 (first with it)",
        "    p2 → p2  Both sides keep to the principle {+and the joint statement+}.",
        "  still there on the last capture, 2015-05-10",
    ]


def test_trace_as_json_has_moments_of_captures(folder):
    pages = json.loads(run(folder, "trace", "and the joint statement", "--json").stdout)["pages"]
    (spell,) = pages[0]["spells"]
    moments = [spell[key] for key in ("last_without", "first_with", "last_with", "first_without")]
    assert moments == ["2015-03-01T12:00:00+00:00", "2015-05-10T12:00:00+00:00", "2015-05-10T12:00:00+00:00", None]


def test_lineage_of_a_document_without_copies_is_a_plain_line(folder):
    found = run(folder, "lineage", "policy")
    assert (found.exit_code, found.stdout) == (0, "policy has no near copies in the archive\n")


def test_lineage_tells_where_a_date_was_read(tmp_path):
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    text = "\n\n".join(
        f"Passage {number} speaks of field {number * 7} and its {number * 11} projects." for number in range(20)
    )
    with Archive.open(tmp_path / "archive.sqlite", create=True) as archive:
        put(archive, "2015-03-01", text, id="a", date=PublicationDate.parse("2015-02-01", DateBasis.TEXT))
        put(archive, "2015-03-01", text, id="b", date=None)
    found = run(tmp_path, "lineage", "a").stdout
    assert "role not told · 2015-02-01 (from text) · a\n" in found
    assert "role not told · undated · b\n" in found


PHRASES = ["joint statement", "the joint statement", "nothing", "late", "policy on ports", "statement"]


@pytest.mark.parametrize("phrase", PHRASES)
def test_trace_with_the_index_is_trace_without_it(folder, tmp_path, phrase):
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "archive.sqlite").symlink_to(folder / "archive.sqlite")
    with_index = trace_phrase(ConfigFile.read(folder / "config.toml"), phrase)
    assert with_index == trace_phrase(ConfigFile.read(tmp_path / "config.toml"), phrase)


def test_the_index_leaves_out_documents_that_never_had_the_phrase(folder):
    config = ConfigFile.read(folder / "config.toml")
    with Archive.open(folder / "archive.sqlite") as archive:
        found = candidates(config, archive, WrittenPhrase("joint statement"))
    assert found == {"policy", "past", "titled", "once-titled", "late"}


@pytest.mark.parametrize("redirection", ["| head -n 0; exit ${PIPESTATUS[0]}", ">&-"])
def test_a_reader_that_has_gone_is_no_error(folder, redirection):
    start = [sys.executable, "-c", "from concord import main; main()"]
    command = [*start, "diff", "policy", "--config", str(folder / "config.toml")]
    done = subprocess.run(
        ["bash", "-c", f"{shlex.join(command)} {redirection}"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
