"""``concord index``, ``search``, ``show`` and ``status``: what they print, and what bad input gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from concord import main
from tests.indexer.support import CONFIG, DOCUMENTS, Workspace


def concord(workspace: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--config", str(workspace.folder / "config.toml")])


def failure(result: Result) -> str:
    """The one line of an error that the user can act on."""
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    (line,) = result.stderr.splitlines()[-1:]
    assert line.startswith("concord: ")
    return line


def test_index_says_what_it_did_and_what_there_is(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    assert concord(workspace, "index").stdout == "5 documents indexed anew (first time): generation-000001\n"
    assert concord(workspace, "index").stdout == "the index is up to date: 5 documents, generation-000001\n"
    report = json.loads(concord(workspace, "index", "--rebuild", "--json").stdout)
    assert report == {
        "generation": "generation-000002",
        "indexed": 5,
        "documents": 5,
        "reason": "asked for",
        "removed": 0,
    }


def test_search_json_has_the_promised_keys(shared: Workspace) -> None:
    answer = json.loads(concord(shared, "search", "extradition", "--json").stdout)
    promised = {"query", "total", "took_ms", "relaxed", "corrected", "undated_left_out", "facets", "results"}
    assert promised <= answer.keys()
    assert answer["facets"].keys() == {"source", "domain", "language", "year"}
    assert answer["facets"]["source"][0].keys() == {"value", "label", "count"}
    first = answer["results"][0]
    assert first["id"] == "treaty"
    assert first["url"] == "https://ministry.example/2008/treaty"
    assert (first["date"], first["date_precision"]) == ("2008-11-05", "day")
    assert first["source"] == "ministry"
    assert "judicial/extradition" in first["domains"]
    assert first["language"] == "en"
    assert "<mark>extradition</mark>" in first["snippets"][0]
    assert first["score"] > 0


def test_search_prints_hits_with_their_marks_and_facets(shared: Workspace) -> None:
    output = concord(shared, "search", "extradition").stdout
    assert output.startswith("2 of 5 documents\n\n1. *Extradition* treaty signed\n")
    assert "p2  It covers *extradition* and judicial assistance" in output
    assert "source: ministry 1, wire 1" in output


def test_search_filters_sorts_and_pages(shared: Workspace) -> None:
    options = ("--sort", "oldest", "--limit", "1", "--page", "2", "--since", "2008", "--until", "2009", "--json")
    answer = json.loads(concord(shared, "search", "", *options).stdout)
    assert answer["total"] == 3
    assert [hit["id"] for hit in answer["results"]] == ["acuerdo"]
    assert answer["undated_left_out"] == 1


def test_search_explains_on_request(shared: Workspace) -> None:
    assert concord(shared, "search", "=treaty", "--explain").stdout.startswith('searched: "treaty"\n')


def test_a_malformed_query_says_where_it_went_wrong_and_searches_the_plain_words(shared: Workspace) -> None:
    result = concord(shared, "search", 'treaty "judicial')
    assert result.exit_code == 0
    assert result.stderr == (
        "note: at character 8: this quotation mark has no partner; searched the plain words instead\n"
        '  treaty "judicial\n'
        "         ^\n"
    )
    assert "1. Extradition *treaty* signed" in result.stdout


def test_nothing_found_says_of_how_many_and_what_was_meant(shared: Workspace) -> None:
    output = concord(shared, "search", "extradtion").stdout
    assert output == "0 of 5 documents\ndid you mean: extradition\n"


def test_show_prints_a_document_with_its_passages(shared: Workspace) -> None:
    output = concord(shared, "show", "treaty").stdout
    assert output.startswith("Extradition treaty signed\nThe Ministry · 2008-11-05 (given) · version 1 · treaty\n")
    assert "p2  It covers extradition" in output


def test_show_json_has_the_evidence_of_each_domain(shared: Workspace) -> None:
    document = json.loads(concord(shared, "show", "treaty", "--json").stdout)
    label = next(label for label in document["domains"] if label["id"] == "judicial/extradition")
    assert label["evidence"] == [
        {"passage": "title", "terms": ["Extradition"]},
        {"passage": "p2", "terms": ["extradition"]},
    ]
    assert [passage["anchor"] for passage in document["passages"]] == ["p1", "p2"]


def test_show_begins_with_the_passage_that_is_cited(shared: Workspace) -> None:
    head, *passages = concord(shared, "show", "treaty#p2").stdout.split("\n\n")
    assert head.startswith("Extradition treaty signed\n")
    assert [passage.split()[0] for passage in passages] == ["p2"]


def test_show_has_the_versions_of_the_archive(workspace: Workspace) -> None:
    first, second = DOCUMENTS[0], DOCUMENTS[0] | {"text": "A treaty <and> more."}
    for document in (first, second):
        workspace.load(document)
    workspace.index()
    now, then = (
        json.loads(concord(workspace, "show", "treaty", *version, "--json").stdout)
        for version in ((), ("--version", "1"))
    )
    assert (now["version"], then["version"]) == (2, 1)
    assert [passage["html"] for passage in now["passages"]] == ["A treaty &lt;and&gt; more."]
    assert [passage["html"] for passage in then["passages"]] == str(first["text"]).split("\n\n")
    assert then["domains"] == []
    times = concord(workspace, "show", "treaty", "--versions").stdout.splitlines()
    assert [line.split(" on ")[0] for line in times] == ["version 1: present", "version 2: present"]
    assert [
        each["version"] for each in json.loads(concord(workspace, "show", "treaty", "--versions", "--json").stdout)
    ] == [1, 2]
    assert failure(concord(workspace, "show", "treaty", "--version", "3")).endswith("has no version 3: it has 1, 2")


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "treaty"),
        ("kwic", "treaty"),
        ("collocates", "treaty"),
        ("trends", "treaty"),
        ("show", "treaty"),
        ("export", "treaty", "--format", "jsonl"),
        ("receipt", "treaty"),
    ],
)
def test_changes_that_are_not_indexed_are_told(waiting: Workspace, arguments: tuple[str, ...]) -> None:
    result = concord(waiting, *arguments)
    note = "note: the archive has 1 change that is not indexed yet: 'concord index' brings it in\n"
    assert (result.exit_code, result.stderr) == (0, note)


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A collection with a document that is not indexed."""
    workspace = Workspace(tmp_path_factory.mktemp("waiting"))
    (workspace.folder / "config.toml").write_text(CONFIG, "utf-8")
    workspace.load(*DOCUMENTS[:4])
    workspace.index()
    workspace.load(DOCUMENTS[4])
    return workspace


def test_nothing_is_told_of_an_archive_that_is_not_there(waiting: Workspace, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG.replace('"index"', f'"{waiting.folder / "index"}"'), "utf-8")
    assert CliRunner().invoke(main, ["search", "treaty", "--config", str(config)]).stderr == ""


def test_status_tells_what_waits_to_be_indexed(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS[:4])
    workspace.index()
    workspace.load(DOCUMENTS[4])
    status = json.loads(concord(workspace, "status", "--json").stdout)
    assert (status["documents"], status["index"]["documents"], status["index"]["waiting"]) == (5, 4, 1)
    assert "1 change not indexed yet ('concord index')" in concord(workspace, "status").stdout


def test_status_works_before_anything_is_there(workspace: Workspace) -> None:
    result = concord(workspace, "status")
    assert result.exit_code == 0
    assert "0 documents" in result.stdout
    assert "build it with 'concord index'" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("search", "trade", "--source", "mfa"), 'unknown source "mfa": the collection has ministry, wire'),
        (
            ("search", "trade", "--domain", "judical"),
            "unknown domain \"judical\": there is judicial; 'concord domains list' shows them all",
        ),
        (("show", "treaty#p3"), 'document "treaty" has no passage 3: it has 2 passages'),
        (("show", "nowhere"), 'no document "nowhere" in the index'),
    ],
)
def test_what_the_collection_does_not_have_is_one_clear_line(
    shared: Workspace, arguments: tuple[str, ...], message: str
) -> None:
    assert message in failure(concord(shared, *arguments))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("search", "trade", "--since", "soon"), '"soon" is not a date'),
        (("search", "trade", "--since", "2008-13"), "not a day of the calendar"),
        (("search", "trade", "--limit", "0"), "0 is not in the range"),
        (("search",), "Missing argument 'QUERY'"),
    ],
)
def test_wrong_usage_is_exit_2(shared: Workspace, arguments: tuple[str, ...], message: str) -> None:
    result = concord(shared, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_missing_index_says_how_to_build_it(workspace: Workspace) -> None:
    assert "build it with 'concord index'" in failure(concord(workspace, "search", "trade"))


def test_a_missing_archive_says_how_to_load(workspace: Workspace) -> None:
    assert "concord load" in failure(concord(workspace, "index"))


def test_an_index_of_another_version_says_how_to_rebuild(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    manifest = workspace.folder / "index" / workspace.index().generation / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 99}))
    line = failure(concord(workspace, "search", "trade"))
    assert "written in format 99" in line
    assert "concord index --rebuild" in line


def test_a_missing_config_says_where_to_go(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["search", "trade", "--config", str(tmp_path / "nowhere.toml")])
    assert "no such config file" in failure(result)


def test_mistakes_in_the_config_are_told_all_at_once(workspace: Workspace) -> None:
    config = workspace.folder / "config.toml"
    config.write_text("[index]\npth = 1\n\n[[source]]\nname = 'A b'\npaths = ['x']\n")
    result = concord(workspace, "search", "trade")
    assert result.exit_code == 1
    assert f"{config}:2: [index]: pth: unknown key" in result.stderr
    assert f"{config}:5: source" in result.stderr


def test_a_bug_is_one_line_without_debug_and_a_traceback_with_it(
    shared: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("indexer.collection.Collection.search", broken)
    assert "internal error: ZeroDivisionError: a bug" in failure(concord(shared, "search", "trade"))
    config = str(shared.folder / "config.toml")
    debugged = CliRunner().invoke(main, ["--debug", "search", "trade", "--config", config])
    assert isinstance(debugged.exception, ZeroDivisionError)
