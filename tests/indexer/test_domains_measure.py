"""``concord domains measure``: the figures, the passages behind them, bad input; how good the shipped labels are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from concord import main
from indexer.domains import Labeller, Taxonomy
from indexer.domains.judged import JudgedPassage, read_passages
from indexer.domains.measure import Measurement, Score, measure
from tests.data.domains.table import FOLDER, HALVES, LANGUAGES, PAGE, measured, written

TAXONOMY = """
[[domain]]
id = "peace"
name.en = "Peace"

[[domain]]
id = "judicial"
parent = "peace"
name.en = "Judicial affairs"
terms.en = ["court"]
hints.en = ["judge", "verdict"]
not.en = ["tennis court"]

[[domain]]
id = "judicial/extradition"
parent = "judicial"
name.en = "Extradition"
terms.en = ["extradition"]

[[domain]]
id = "trade"
parent = "peace"
name.en = "Trade"
terms.en = ["tariff"]

[[domain]]
id = "sports"
name.en = "Sports"
terms.en = ["football"]
"""

PASSAGES = [
    {"id": "a", "text": "The court met.", "domains": ["judicial"], "language": "en"},
    {"id": "b", "text": "A treaty on extradition.", "domains": ["judicial/extradition"], "language": "en"},
    {"id": "c", "text": "The judge spoke.", "domains": ["judicial"], "language": "en"},
    {"id": "d", "text": "A court of lions.", "domains": [], "language": "en"},
    {"id": "e", "text": "No tariff on tennis court nets.", "domains": ["judicial", "trade"], "language": "en"},
]

FLOORS = {"tuning": 0.832, "held-out": 0.743}
"""Macro-F1 that was measured, less .005; it only rises. The aim is 0.75, which the held-out half misses by .002."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.toml").write_text(TAXONOMY, "utf-8")
    (tmp_path / "config.toml").write_text('[index]\ntaxonomy = "own.toml"\n', "utf-8")
    write(tmp_path, *PASSAGES)
    return tmp_path


def write(folder: Path, *records: object) -> None:
    (folder / "judged.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")


def run(folder: Path, *options: str) -> Result:
    arguments = ["domains", "measure", str(folder / "judged.jsonl"), "--config", str(folder / "config.toml"), *options]
    return CliRunner().invoke(main, arguments)


def printed(folder: Path, *options: str) -> str:
    result = run(folder, *options)
    assert result.exit_code == 0, result.output
    return result.stdout


def figures(folder: Path, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed(folder, "--json", *options))
    return found


@pytest.fixture
def small(folder: Path) -> Measurement:
    taxonomy = Taxonomy.load(folder / "own.toml")
    passages = read_passages(folder / "judged.jsonl", taxonomy)
    return measure(passages, Labeller(taxonomy), taxonomy, lambda _: None)


def test_a_domain_counts_what_is_below_it(small: Measurement) -> None:
    assert small.scores[0] == Score("judicial", support=4, found=3, right=2)


def test_a_domain_below_counts_for_itself(small: Measurement) -> None:
    assert small.scores[1] == Score("judicial/extradition", support=1, found=1, right=1)


def test_a_root_that_only_groups_is_not_measured(small: Measurement) -> None:
    assert [score.domain for score in small.scores] == ["judicial", "judicial/extradition", "trade", "sports"]


def test_precision_recall_and_f1_are_shares() -> None:
    score = Score("judicial", support=4, found=3, right=2)
    assert (score.precision, score.recall, score.f1) == (2 / 3, 2 / 4, 4 / 7)


@pytest.mark.parametrize(("support", "found"), [(0, 0), (2, 0), (0, 2), (2, 2)])
def test_where_nothing_is_right_all_is_zero(support: int, found: int) -> None:
    score = Score("judicial", support, found, right=0)
    assert (score.precision, score.recall, score.f1) == (0, 0, 0)


def test_macro_f1_is_the_mean_of_the_domains_that_a_passage_speaks_of(small: Measurement) -> None:
    assert small.macro_f1 == pytest.approx((4 / 7 + 1 + 1) / 3)


def test_micro_takes_all_labels_together(small: Measurement) -> None:
    assert small.micro == Score("all", support=6, found=5, right=4)


def test_no_passage_with_a_domain_makes_a_macro_f1_of_zero(folder: Path) -> None:
    write(folder, {"text": "Good morning.", "domains": []})
    assert figures(folder)["macro_f1"] == 0


def test_figures_agree_with_a_plain_count(folder: Path) -> None:
    taxonomy = Taxonomy.load(folder / "own.toml")
    given = {record["id"]: taxonomy.with_ancestors(record["domains"]) for record in PASSAGES}
    labeller = Labeller(taxonomy)
    labels = {record["id"]: labeller.label_passage(str(record["text"]), "en") for record in PASSAGES}
    got = {name: taxonomy.with_ancestors(found) for name, found in labels.items()}
    for domain, row in figures(folder)["by_domain"].items():
        assert row["support"] == sum(domain in domains for domains in given.values())
        assert row["found"] == sum(domain in domains for domains in got.values())
        assert row["right"] == sum(domain in given[name] & got[name] for name in given)


def test_the_table_has_domains_then_all_then_the_mean(folder: Path) -> None:
    lines = [line.split() for line in printed(folder).splitlines()]
    assert lines[0] == ["support", "found", "precision", "recall", "F1"]
    assert lines[1] == ["judicial", "4", "3", "0.667", "0.500", "0.571"]
    assert [line[0] for line in lines[2:6]] == ["judicial/extradition", "trade", "all", "macro-F1"]


def test_a_domain_that_is_neither_given_nor_found_has_no_row(folder: Path) -> None:
    assert "sports" not in printed(folder)


def test_json_has_the_figures_of_every_domain(folder: Path) -> None:
    found = figures(folder)
    assert (found["passages"], found["domains"], found["macro_f1"]) == (5, 3, 0.8571)
    assert found["by_domain"]["trade"] == {
        "support": 1,
        "found": 1,
        "right": 1,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
    }


def test_errors_tell_what_is_wrong_for_a_domain_and_why(folder: Path) -> None:
    assert printed(folder, "--errors", "judicial").splitlines() == [
        "c  missed: judge",
        "    The judge spoke.",
        "d  false: court",
        "    A court of lions.",
        "e  missed: no word of the domain; not counted: tennis court",
        "    No tariff on tennis court nets.",
        "1 false, 2 missed",
    ]


def test_errors_in_json(folder: Path) -> None:
    assert figures(folder, "--errors", "judicial")["errors"][1] == {
        "id": "d",
        "wrong": "false",
        "words": ["court"],
        "not_counted": [],
        "text": "A court of lions.",
    }


def test_errors_of_an_unknown_domain_are_refused(folder: Path) -> None:
    result = run(folder, "--errors", "law")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert 'unknown domain "law"' in result.stderr


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (["a"], "judged.jsonl:1: not a JSON object"),
        ({"domains": []}, 'judged.jsonl:1: no "text"'),
        ({"text": "A court."}, 'judged.jsonl:1: no "domains"'),
        ({"text": "A court.", "domains": "judicial"}, 'judged.jsonl:1: no "domains"'),
        ({"text": "A court.", "domains": [1]}, 'judged.jsonl:1: no "domains"'),
        ({"text": "A court.", "domains": [], "language": 1}, 'judged.jsonl:1: "language" is no code'),
        ({"text": "A court.", "domains": ["law"]}, 'judged.jsonl:1: no domain "law"'),
    ],
)
def test_what_is_no_passage_is_one_line(folder: Path, record: object, reason: str) -> None:
    write(folder, record)
    result = run(folder)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert reason in result.stderr


def test_a_passage_that_stands_twice_is_refused(folder: Path) -> None:
    write(folder, PASSAGES[0], PASSAGES[0])
    assert 'judged.jsonl:2: the passage "a" stands twice' in run(folder).stderr


def test_a_file_without_passages_is_refused(folder: Path) -> None:
    write(folder)
    assert "judged.jsonl: no passages" in run(folder).stderr


def test_a_file_that_is_not_there_is_one_line(folder: Path) -> None:
    (folder / "judged.jsonl").unlink()
    result = run(folder)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)


def test_a_passage_without_an_id_has_the_number_of_its_line(folder: Path) -> None:
    write(folder, {"text": "A judge.", "domains": ["judicial"], "language": "en"})
    assert printed(folder, "--errors", "judicial").startswith("1  missed: judge")


def test_the_language_of_a_passage_is_found_out_where_it_is_not_given(folder: Path) -> None:
    text = "The court sat for three days and heard all of the witnesses before it came to a decision."
    write(folder, {"text": text, "domains": ["judicial"]})
    passages = read_passages(folder / "judged.jsonl", Taxonomy.load(folder / "own.toml"))
    assert passages == [JudgedPassage("1", text, "en", frozenset({"judicial"}))]


@pytest.mark.parametrize("half", HALVES)
def test_the_shipped_labels_are_as_good_as_they_were(half: str) -> None:
    assert measured(half).macro_f1 >= FLOORS[half]


def test_terms_are_tuned_on_passages_of_every_domain() -> None:
    assert [score.domain for score in measured("tuning").scores if not score.support] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_of_other_languages_keep_their_floor(language: str) -> None:
    assert measured(language).macro_f1 >= 0.84


def test_the_halves_share_no_passage() -> None:
    texts = [
        {json.loads(line)["text"] for line in (FOLDER / name).read_text("utf-8").splitlines()}
        for name in HALVES.values()
    ]
    assert not texts[0] & texts[1]


def test_the_tables_of_the_page_are_what_is_measured_now() -> None:
    page = PAGE.read_text("utf-8")
    assert written(page) == page
