"""``concord domains``: what each command prints, and what bad input gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from concord import main
from indexer.domains.taxonomy import SHIPPED
from tests.indexer.support import CONFIG, Workspace

CUSTOM = '[[domain]]\nid = "space"\nname.en = "Space"\nterms.en = ["astronaut"]\n'
EDITED = """
[[domain]]
id = "judicial/extradition"
name.en = "Extradition"
terms.en = ["extradition"]

[[domain]]
id = "transport"
name.en = "Transport"
terms.en = ["railway"]
"""


def run(folder: Path, *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["domains", *arguments, "--config", str(folder / "config.toml")], input=stdin)


def printed(folder: Path, *arguments: str, stdin: str | None = None) -> str:
    result = run(folder, *arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


def failure(result: Result) -> str:
    """The one line of an error that the user can act on."""
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    (line,) = result.stderr.splitlines()
    return line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a config file and no index."""
    (tmp_path / "config.toml").write_text("", "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small taxonomy, other than the one that the shared index was built with."""
    path = tmp_path_factory.mktemp("edited") / "edited.toml"
    path.write_text(EDITED, "utf-8")
    return path


def test_list_prints_the_tree(folder: Path) -> None:
    lines = printed(folder, "list").splitlines()
    assert any(line.split(maxsplit=1) == ["judicial/extradition", "Extradition"] for line in lines)


def test_list_indents_what_is_below(folder: Path) -> None:
    lines = printed(folder, "list").splitlines()
    assert [line[: len(line) - len(line.lstrip())] for line in lines[:2]] == ["", "  "]


def test_list_json_has_the_names_in_every_language(folder: Path) -> None:
    first = json.loads(printed(folder, "list", "--json"))[0]
    assert (first["id"], first["name"], first["parent"]) == ("political", "Political", None)
    assert first["names"].keys() == {"en", "es", "fr", "pt", "zh"}


def test_the_taxonomy_of_the_config_is_used(folder: Path) -> None:
    (folder / "own.toml").write_text(CUSTOM, "utf-8")
    (folder / "config.toml").write_text('[index]\ntaxonomy = "own.toml"\n', "utf-8")
    assert printed(folder, "list") == "space  Space\n"


def test_test_prints_domains_with_the_words_found_and_what_they_add(folder: Path) -> None:
    output = printed(folder, "test", "The fugitive was extradited.", "--lang", "en")
    assert output == "judicial/extradition 1.5: fugitive 0.5, extradited 1\n"


def test_test_prints_what_an_exclusion_took_away(folder: Path) -> None:
    output = printed(folder, "test", "Extradition of a media player.", "--lang", "en")
    assert output.splitlines()[1:] == ["not counted for media: media player"]


def test_test_json_has_the_words_and_what_they_add(folder: Path) -> None:
    assert json.loads(printed(folder, "test", "--json", "--lang", "en", "extradition")) == [
        {
            "id": "judicial/extradition",
            "name": "Extradition",
            "parent": "judicial",
            "language": "en",
            "weight": 1.0,
            "terms": ["extradition"],
            "weights": [1.0],
            "not_counted": [],
        }
    ]


def test_test_json_leaves_out_what_an_exclusion_took_away_and_says_so(folder: Path) -> None:
    result = run(folder, "test", "--json", "--lang", "en", "a media player")
    assert json.loads(result.stdout) == []
    assert result.stderr.splitlines()[0] == "note: not counted for media: media player"


def test_test_says_what_was_too_little(folder: Path) -> None:
    result = run(folder, "test", "The fugitive ran.", "--lang", "en")
    assert result.stdout.startswith("no domain")
    assert result.stderr == "note: too little for judicial/extradition, 0.5 of 1: fugitive 0.5\n"


def test_test_refuses_a_language_that_the_taxonomy_has_no_words_of(folder: Path) -> None:
    line = failure(run(folder, "test", "A text.", "--lang", "xx"))
    assert line == 'concord: unknown language "xx": the taxonomy has en, es, fr, pt, zh'


def test_test_takes_the_old_name_of_the_option(folder: Path) -> None:
    assert printed(folder, "test", "Extradition.", "--language", "en-GB") == "judicial/extradition 1: Extradition 1\n"


def test_test_says_when_there_is_none(folder: Path) -> None:
    assert printed(folder, "test", "Good morning.").startswith("no domain")


def test_test_finds_the_language_out(folder: Path) -> None:
    text = "El fugitivo fue entregado a las autoridades en virtud del tratado de extradición entre los dos países."
    result = run(folder, "test", text)
    assert result.stderr == "note: read as es (--lang says which it is)\n"
    assert "extradición" in result.stdout


def test_test_says_when_a_text_is_too_short_to_tell_its_language(folder: Path) -> None:
    result = run(folder, "test", "引渡")
    assert result.stdout == "judicial/extradition 1: 引渡 1\n"
    assert result.stderr.startswith("note: can't tell the language of so short a text: tried en, es, fr, pt, zh")


def test_test_says_when_the_taxonomy_has_no_words_of_the_language(folder: Path) -> None:
    text = "Der Vertrag über die Auslieferung wurde gestern von den beiden Ministern in der Hauptstadt unterzeichnet."
    result = run(folder, "test", text)
    assert result.stdout.startswith("no domain")
    assert "read as de, of which the taxonomy has no words" in result.stderr


def test_test_reads_standard_input(folder: Path) -> None:
    output = printed(folder, "test", "-", "--lang", "en", stdin="He was\nextradited.\n")
    assert output == "judicial/extradition 1: extradited 1\n"


@pytest.mark.parametrize(
    ("taxonomy", "reason"),
    [
        (CUSTOM.replace('"astronaut"', '"astronaut^9"'), "own.toml:4: domain \"space\": terms.en: 'astronaut^9'"),
        (CUSTOM + CUSTOM, 'own.toml:5: domain "space": stands twice'),
        (CUSTOM + 'parent = "space"\n', 'own.toml:5: domain "space": goes round in a circle'),
        (CUSTOM + 'parent = "nowhere"\n', 'own.toml:5: domain "space": unknown parent "nowhere"'),
        (CUSTOM + "terms.en = [\n", "own.toml: not valid TOML"),
    ],
)
def test_a_mistake_in_the_taxonomy_is_one_line(folder: Path, taxonomy: str, reason: str) -> None:
    (folder / "own.toml").write_text(taxonomy, "utf-8")
    (folder / "config.toml").write_text('[index]\ntaxonomy = "own.toml"\n', "utf-8")
    assert reason in failure(run(folder, "test", "A text."))


def test_a_broken_taxonomy_leaves_the_served_index_as_it_is(workspace: Workspace) -> None:
    workspace.load({"id": "one", "text": "Extradition."})
    workspace.index()
    (workspace.folder / "own.toml").write_text(CUSTOM + CUSTOM, "utf-8")
    config = CONFIG.replace('path = "index"', 'path = "index"\ntaxonomy = "own.toml"')
    before = sorted((workspace.folder / "index").rglob("*"))
    (workspace.folder / "config.toml").write_text(config, "utf-8")
    arguments = ["index", "--rebuild", "--config", str(workspace.folder / "config.toml")]
    failure(CliRunner().invoke(main, arguments))
    assert sorted((workspace.folder / "index").rglob("*")) == before
    (workspace.folder / "config.toml").write_text(CONFIG, "utf-8")
    assert workspace.ids("domain:judicial/extradition") == ["one"]


def test_explain_prints_the_passages_and_what_each_word_adds(shared: Workspace) -> None:
    lines = printed(shared.folder, "explain", "treaty").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("judicial/extradition "))
    assert lines[at : at + 5] == [
        "judicial/extradition 0.500  Extradition",
        "  title  Extradition 1",
        "    *Extradition* treaty signed",
        "  p2  extradition 1",
        "    It covers *extradition* and judicial assistance in criminal matters.",
    ]


def test_explain_json_has_a_snippet_of_each_passage(shared: Workspace) -> None:
    explained = json.loads(printed(shared.folder, "explain", "treaty", "--json"))
    assert (explained["id"], explained["source"], explained["date"]) == ("treaty", "ministry", "2008-11-05")
    domain = next(domain for domain in explained["domains"] if domain["id"] == "judicial/extradition")
    assert (domain["weight"], domain["given"]) == (0.5, False)
    assert domain["evidence"][1] == {
        "passage": "p2",
        "snippet": "It covers <mark>extradition</mark> and judicial assistance in criminal matters.",
        "terms": ["extradition"],
        "weights": [1.0],
    }


def test_explain_says_when_a_document_is_under_no_domain(workspace: Workspace) -> None:
    workspace.load({"id": "one", "text": "Good morning."})
    workspace.index()
    assert "no domain" in printed(workspace.folder, "explain", "one")


def test_explain_tells_one_domain_and_those_below_it(shared: Workspace) -> None:
    explained = json.loads(printed(shared.folder, "explain", "treaty", "--domain", "judicial", "--json"))
    ids = {domain["id"] for domain in explained["domains"]}
    assert "judicial/extradition" in ids
    assert {domain.partition("/")[0] for domain in ids} == {"judicial"}


def test_explain_says_when_a_document_is_not_under_the_domain(shared: Workspace) -> None:
    assert printed(shared.folder, "explain", "treaty", "--domain", "sports").splitlines()[2:] == ["not under sports"]


def test_explain_refuses_an_unknown_domain(shared: Workspace) -> None:
    line = failure(run(shared.folder, "explain", "treaty", "--domain", "sport"))
    assert line.startswith('concord: unknown domain "sport": there is sports')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('path = "index"', 'path = "index"\ntaxonomy = "own.toml"'),
        ('name = "wire"', 'name = "wire"\ndomains = ["sports"]'),
        ('name = "wire"', 'name = "wire"\ndomains = ["no-such-domain"]'),
    ],
)
def test_explain_says_when_the_configured_labels_are_other_ones(workspace: Workspace, old: str, new: str) -> None:
    workspace.load({"id": "one", "text": "Extradition."})
    workspace.index()
    assert run(workspace.folder, "explain", "one").stderr == ""
    (workspace.folder / "own.toml").write_text(EDITED, "utf-8")
    (workspace.folder / "config.toml").write_text(CONFIG.replace(old, new), "utf-8")
    result = run(workspace.folder, "explain", "one")
    assert result.stdout.splitlines()[3].startswith("judicial/extradition ")
    assert "another one now" in result.stderr


def test_explain_refuses_an_unknown_document(shared: Workspace) -> None:
    assert 'no document "nowhere"' in failure(run(shared.folder, "explain", "nowhere"))


def test_diff_says_when_nothing_would_change(shared: Workspace) -> None:
    assert printed(shared.folder, "diff") == "nothing would change: all of 5 documents would keep their domains\n"


def test_diff_prints_what_domains_would_gain_and_lose(shared: Workspace, edited: Path) -> None:
    lines = printed(shared.folder, "diff", "--taxonomy", str(edited)).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("transport "))
    assert lines[at].split() == ["transport", "0", "1", "1", "0"]
    assert lines[at + 1 : at + 3] == ["  gained, because of: railways:", "    year  Annual report (railways)"]
    assert lines[-1].endswith(" of 5 documents would come under other domains")


def test_diff_tells_a_few_of_many_documents(workspace: Workspace, edited: Path) -> None:
    workspace.load(*({"id": f"d{number}", "title": f"Line {number}", "text": "A railway."} for number in range(7)))
    workspace.index()
    lines = printed(workspace.folder, "diff", "--taxonomy", str(edited)).splitlines()
    at = lines.index("  gained 7, because of: railway; 5 of them:")
    assert [line.split()[0] for line in lines[at + 1 : at + 6]] == ["d0", "d1", "d2", "d3", "d4"]


def test_diff_names_documents_that_keep_their_domains_with_other_weights(workspace: Workspace) -> None:
    workspace.load({"id": "one", "text": "The extradition."})
    workspace.index()
    shipped = SHIPPED.read_text("utf-8")
    heavier = workspace.folder / "heavier.toml"
    heavier.write_text(shipped.replace('"extradition",', '"extradition^2",', 1), "utf-8")
    lines = printed(workspace.folder, "diff", "--taxonomy", str(heavier)).splitlines()
    assert lines[-2:] == [
        "1 document would keep its domains with other words or weights:",
        "  one  A title (extradition)",
    ]


def test_diff_json_has_words_and_documents(shared: Workspace, edited: Path) -> None:
    found = json.loads(printed(shared.folder, "diff", "--json", "--taxonomy", str(edited)))
    assert found["documents"] == 5
    row = next(row for row in found["domains"] if row["id"] == "transport")
    assert row["gained"] == {
        "count": 1,
        "words": ["railways"],
        "examples": [{"id": "year", "title": "Annual report", "words": ["railways"]}],
    }


def test_diff_writes_nothing(shared: Workspace, edited: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in shared.folder.rglob("*") if path.is_file()}
    printed(shared.folder, "diff", "--taxonomy", str(edited))
    assert {path: path.stat().st_mtime_ns for path in shared.folder.rglob("*") if path.is_file()} == before


def test_diff_refuses_a_file_that_is_not_there(shared: Workspace) -> None:
    assert "no such taxonomy file" in failure(run(shared.folder, "diff", "--taxonomy", "nowhere.toml"))


def test_diff_refuses_where_there_is_no_index(folder: Path) -> None:
    assert "not there yet" in failure(run(folder, "diff"))
