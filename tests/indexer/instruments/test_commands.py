"""``concord kwic``, ``collocates`` and ``trends``: what they print, and what bad input gets."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len
from rich.console import Console

from concord import main
from indexer import Collection
from indexer.instruments import CollocatesRequest, KwicRequest, TrendsRequest, report
from tests.indexer.support import Workspace


def concord(workspace: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--config", str(workspace.folder / "config.toml")])


def answer(workspace: Workspace, *arguments: str) -> dict[str, object]:
    result = concord(workspace, *arguments, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def failure(result: Result) -> str:
    """The one line of an error that the user can act on."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()[-1:]
    assert line.startswith("concord: ")
    return line


def test_kwic_prints_totals_and_lines_with_their_citations(papers_workspace: Workspace) -> None:
    output = concord(papers_workspace, "kwic", "treaty", "--source", "wire", "--width", "2").stdout
    assert output.splitlines()[:2] == [
        "5 hits in 3 documents, lines 1–5",
        "mixed#p1       2021-07-01  wire   an extradition *treaty* (the extradition",
    ]


def test_kwic_puts_hits_in_one_column(papers_workspace: Workspace) -> None:
    _, *lines = concord(papers_workspace, "kwic", "treaty", "--source", "wire").stdout.splitlines()
    assert len(lines) == 5
    assert len({line.index("*treaty*") for line in lines}) == 1


def test_kwic_lines_can_be_sorted_and_paged(papers_workspace: Workspace) -> None:
    first = concord(papers_workspace, "kwic", "cooperation", "--sort", "right", "--limit", "3", "--page", "2").stdout
    assert ", lines 4–6\n" in first
    assert len(first.splitlines()) == 4


def test_a_page_that_is_not_there_is_told(papers_workspace: Workspace) -> None:
    result = concord(papers_workspace, "kwic", "treaty", "--source", "wire", "--page", "9")
    assert result.stdout == "5 hits in 3 documents\n"
    assert result.stderr == "note: there is no page 9: the last is 1\n"


def test_kwic_sorts_by_date_where_it_is_asked_to(papers_workspace: Workspace) -> None:
    by_date = concord(papers_workspace, "kwic", "treaty", "--sort", "date").stdout
    assert by_date == concord(papers_workspace, "kwic", "treaty").stdout


def test_kwic_of_a_sample_says_so(papers_workspace: Workspace) -> None:
    arguments = ("kwic", "treaty", "--source", "wire", "--sample", "2")
    head = concord(papers_workspace, *arguments).stdout.splitlines()[0]
    sample = answer(papers_workspace, *arguments)["sample"]
    assert isinstance(sample, dict)
    assert head == f"5 hits in 3 documents, a sample of 2 (seed {sample['seed']}), lines 1–2"


@pytest.mark.parametrize(
    ("arguments", "header", "rows"),
    [
        (("kwic", "treaty"), "id,passage,title,url,source,date,date_precision,left,hit,right", 5),
        (
            ("collocates", "treaty", "--min", "1", "--limit", "2"),
            "word,language,near,expected,documents,frequency,in_hits,log_likelihood,log_dice",
            2,
        ),
        (
            ("trends", "treaty", "--split", "source"),
            "value,label,period,collected,documents_found,hits,documents,words,hits_per_million_words,"
            "documents_found_per_thousand",
            8,
        ),
    ],
)
def test_an_answer_can_be_saved_as_a_table_with_the_names_of_the_json(
    papers_workspace: Workspace, tmp_path: Path, arguments: tuple[str, ...], header: str, rows: int
) -> None:
    file = tmp_path / "table.csv"
    result = concord(papers_workspace, *arguments, "--source", "wire", "--format", "csv", "-o", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    assert file.read_text("utf-8-sig").splitlines()[0] == header
    assert len(list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))) == rows
    again = concord(papers_workspace, *arguments, "--format", "csv", "-o", str(file))
    assert "is there already" in failure(again)


def test_json_can_be_saved_too(papers_workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "lines.json"
    concord(papers_workspace, "kwic", "treaty", "--json", "-o", str(file))
    assert json.loads(file.read_text("utf-8")) == answer(papers_workspace, "kwic", "treaty")


def test_a_file_without_a_form_for_programs_is_wrong_usage(papers_workspace: Workspace, tmp_path: Path) -> None:
    result = concord(papers_workspace, "trends", "treaty", "-o", str(tmp_path / "x"))
    assert (result.exit_code, (tmp_path / "x").exists()) == (2, False)
    assert "-o needs --format csv or --json" in result.stderr


def test_kwic_json_has_the_promised_keys(papers_workspace: Workspace) -> None:
    found = answer(papers_workspace, "kwic", "treaty", "--limit", "1", "--source", "wire")
    keys = ["query", "corrected", "undated_left_out", "notes", "hits", "documents", "page", "limit", "sample", "lines"]
    assert list(found) == keys
    assert found["lines"] == [
        {
            "id": "mixed",
            "passage": "p1",
            "title": "Annex",
            "url": None,
            "source": "wire",
            "date": "2021-07-01",
            "date_precision": "day",
            "left": "The ministers signed an extradition ",
            "hit": "treaty",
            "right": " (the extradition treaty of 2021) and spoke of judicial cooperation",
        }
    ]


def test_collocates_prints_the_words_with_their_figures(papers_workspace: Workspace) -> None:
    output = concord(papers_workspace, "collocates", "rights", "--min", "2", "--limit", "3").stdout
    total, sums, header, *rows = output.splitlines()
    assert total.endswith("documents")
    assert "at most 5 from a hit" in sums
    assert header.split() == ["near", "expected", "G²", "logDice", "documents", "in", "all"]
    assert rows[0].split()[0] == "human"
    assert len(rows) == 3


def test_collocates_says_what_to_do_where_no_word_is_often_enough_near(papers_workspace: Workspace) -> None:
    output = concord(papers_workspace, "collocates", "fugitive OR yesterday", "--min", "9").stdout
    assert output.splitlines()[-1] == "no word does; --min 1 takes rarer ones, --span N wider surroundings"


def test_collocates_json_has_the_promised_keys(papers_workspace: Workspace) -> None:
    found = answer(papers_workspace, "collocates", "rights", "--sort", "log-dice", "--all")
    about = ["query", "corrected", "undated_left_out", "notes"]
    sums = ["span", "min", "sort", "hits", "documents", "hit_words", "near_words", "words", "found", "collocates"]
    assert list(found) == [*about, *sums]
    assert isinstance(found["collocates"], list)
    first = ["word", "language", "near", "expected", "documents", "frequency", "in_hits"]
    assert list(found["collocates"][0]) == [*first, "log_likelihood", "log_dice"]


def test_trends_prints_a_row_a_period_and_a_line_for_what_was_not_collected(papers_workspace: Workspace) -> None:
    output = concord(papers_workspace, "trends", "treaty", "--source", "wire").stdout
    assert output.splitlines() == [
        "5 hits in 3 documents, of 6 documents with 177 words",
        "         found  documents  per 1,000  hits  per million words",
        "2019         0          3        0.0     0                0.0",
        "2020 nothing collected",
        "2021         2          2    1,000.0     3           49,180.3",
        "undated      1          1    1,000.0     2          166,666.7",
    ]


def test_trends_by_month_sums_up_long_empty_stretches(papers_workspace: Workspace) -> None:
    output = concord(papers_workspace, "trends", "treaty", "--source", "wire", "--by", "month").stdout
    assert "2019-06–2021-06 nothing collected\n" in output


def test_trends_by_month_names_documents_without_a_month(papers_workspace: Workspace) -> None:
    output = concord(papers_workspace, "trends", "cooperation", "--by", "month", "--until", "2001").stdout
    assert "2000 (no month) " in output
    assert "2000-01–2000-12 nothing dated to the month\n" in output


def test_trends_split_has_a_table_a_part(papers_workspace: Workspace) -> None:
    output = concord(papers_workspace, "trends", "引渡", "--split", "source").stdout
    assert "\nThe Wire (wire): 7 hits in 3 documents, of " in output
    assert output.endswith("\nnothing found in: ministry\n")


def test_trends_json_has_the_promised_keys(papers_workspace: Workspace) -> None:
    found = answer(papers_workspace, "trends", "treaty", "--source", "wire", "--split", "source")
    assert list(found) == ["query", "corrected", "undated_left_out", "notes", "by", "split", "total", "parts"]
    assert isinstance(found["total"], dict)
    counts = ["documents_found", "hits", "documents", "words", "hits_per_million_words", "documents_found_per_thousand"]
    assert list(found["total"]) == ["value", "label", *counts, "periods"]
    assert found["total"]["periods"][1] == {
        "period": "2020",
        "collected": False,
        "documents_found": 0,
        "hits": 0,
        "documents": 0,
        "words": 0,
        "hits_per_million_words": None,
        "documents_found_per_thousand": None,
    }


COMMANDS = ("kwic", "collocates", "trends")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_what_never_occurs_is_one_clear_line_with_what_was_meant(
    papers_workspace: Workspace, command: str, options: tuple[str, ...]
) -> None:
    line = failure(concord(papers_workspace, command, "extradtion", *options))
    assert line == (
        "concord: nothing found: none of 20 documents has extradtion in its passages; did you mean: extradition"
    )


@pytest.mark.parametrize("command", ["kwic", "collocates"])
def test_what_never_occurs_in_the_chosen_documents_says_so(papers_workspace: Workspace, command: str) -> None:
    line = failure(concord(papers_workspace, command, '"引渡条约"', "--lang", "es"))
    assert 'none of the documents chosen of 20 has "引渡条约" in its passages' in line


@pytest.mark.parametrize("query", ["引渡", "引渡 lang:en"])
def test_trends_shows_the_zeros_of_a_word_that_others_have(papers_workspace: Workspace, query: str) -> None:
    result = concord(papers_workspace, "trends", query, "--source", "ministry", "--since", "2000", "--until", "2001")
    assert result.exit_code == 0
    head, _, *rows = result.stdout.splitlines()
    assert head.startswith("0 hits in 0 documents, of 2 documents with ")
    assert [row.split()[:2] for row in rows] == [["2000", "0"], ["2001", "0"]]


def test_trends_of_a_word_that_nothing_has_is_an_error_whatever_the_filters(papers_workspace: Workspace) -> None:
    line = failure(concord(papers_workspace, "trends", "extradtion", "--source", "wire"))
    assert (
        line == "concord: nothing found: none of 20 documents has extradtion in its passages; did you mean: extradition"
    )


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("arguments", "condition"),
    [
        (("treaty", "--since", "2030"), "from 2030-01-01 on"),
        (("treaty", "--until", "1999-05", "--source", "wire"), "up to 1999-05-31, of source wire"),
        (("treaty", "--lang", "fr"), "in language fr"),
        (("treaty date:2030..",), "fits the conditions of treaty date:2030.."),
    ],
)
def test_filters_that_leave_no_document_are_told(
    papers_workspace: Workspace, command: str, arguments: tuple[str, ...], condition: str
) -> None:
    line = failure(concord(papers_workspace, command, *arguments))
    assert line == f"concord: nothing to look at: no document {condition}; there are 20 documents"


@pytest.mark.parametrize("command", COMMANDS)
def test_words_that_are_read_one_by_one_are_told_with_the_way_to_write_the_phrase(
    papers_workspace: Workspace, command: str
) -> None:
    result = concord(papers_workspace, command, "human  rights")
    assert result.stderr == "note: each word by itself; for the phrase write '\"human rights\"'\n"


@pytest.mark.parametrize(
    "query", ['"human rights"', "human AND rights", "human source:wire", "rights", "human +rights"]
)
def test_other_queries_have_no_such_note(papers: Collection, query: str) -> None:
    assert papers.kwic(KwicRequest(query)).about.notes == ()


@pytest.mark.parametrize("command", [*COMMANDS, "search", "receipt", "trace"])
def test_forgotten_quotation_marks_are_wrong_usage_with_the_way_to_write_it(
    papers_workspace: Workspace, command: str
) -> None:
    result = concord(papers_workspace, command, "judicial", "assistance")
    assert result.exit_code == 2
    assert f"into quotation marks: main {command} 'judicial assistance'\n" in result.stderr


@pytest.mark.parametrize("command", [*COMMANDS, "search", "export", "receipt"])
def test_dates_in_the_wrong_order_are_wrong_usage(papers_workspace: Workspace, command: str) -> None:
    more = ("--format", "csv") if command == "export" else ()
    result = concord(papers_workspace, command, "treaty", "--since", "2010", "--until", "2001-05", *more)
    assert result.exit_code == 2
    assert "--since is after --until" in result.stderr


def test_an_output_without_the_signs_of_bars_and_accents_is_no_error(papers_workspace: Workspace) -> None:
    result = CliRunner(charset="ascii").invoke(
        main, ["kwic", "extradición", "--config", str(papers_workspace.folder / "config.toml")]
    )
    assert result.exit_code == 0
    assert "*extradici?n*" in result.stdout


def test_json_is_whole_in_an_output_without_accents(papers_workspace: Workspace) -> None:
    config = str(papers_workspace.folder / "config.toml")
    result = CliRunner(charset="ascii").invoke(main, ["kwic", "extradición", "--json", "--config", config])
    assert "extradición" in {line["hit"] for line in json.loads(result.stdout)["lines"]}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("query", ["", "source:wire", "title:extradition"])
def test_a_query_without_words_is_an_error(papers_workspace: Workspace, command: str, query: str) -> None:
    assert "no word to look for in the passages" in failure(concord(papers_workspace, command, query))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_domain_that_is_not_there_is_an_error(papers_workspace: Workspace, command: str) -> None:
    assert 'unknown domain "judical"' in failure(concord(papers_workspace, command, "treaty", "--domain", "judical"))


@pytest.mark.parametrize("command", COMMANDS)
def test_mistakes_in_the_query_are_told_as_search_tells_them(papers_workspace: Workspace, command: str) -> None:
    result = concord(papers_workspace, command, 'treaty "signed')
    assert result.exit_code == 0
    assert result.stderr.startswith("note: at character 8: this quotation mark has no partner")


def test_patterns_that_stand_for_too_many_words_are_told(papers_workspace: Workspace) -> None:
    assert "only the most frequent were searched" in concord(papers_workspace, "trends", "*e*").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("kwic", "treaty", "--sort", "up"),
        ("kwic", "treaty", "--width", "-1"),
        ("collocates", "treaty", "--span", "0"),
        ("trends", "treaty", "--by", "week"),
        ("trends", "treaty", "--split", "language"),
        ("trends", "treaty", "--since", "soon"),
    ],
)
def test_wrong_usage_is_exit_2(papers_workspace: Workspace, arguments: tuple[str, ...]) -> None:
    assert concord(papers_workspace, *arguments).exit_code == 2


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> StringIO:
    """What is printed on a terminal of so many columns."""
    output = StringIO()
    console = Console(file=output, force_terminal=True, width=width, highlight=False, color_system=None)
    monkeypatch.setattr(report, "open_console", lambda: console)
    return output


@pytest.mark.parametrize("width", [70, 100, 160])
def test_lines_fit_the_terminal_with_the_hits_in_one_column(
    papers: Collection, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    output = on_a_terminal(monkeypatch, width)
    found = papers.kwic(KwicRequest("cooperation OR 合作", width=30))
    report.print_kwic(found)
    _, *lines = output.getvalue().splitlines()
    assert len(lines) == len(found.lines)
    assert all(cell_len(line) <= width for line in lines)
    columns = [_columns(line, hit.hit) for line, hit in zip(lines, found.lines, strict=True)]
    assert len(set.intersection(*columns)) == 1


def _columns(line: str, hit: str) -> set[int]:
    """Where on the terminal a word stands in a line."""
    return {cell_len(line[: match.start()]) for match in re.finditer(re.escape(hit), line)}


def test_bars_are_left_out_where_they_do_not_fit(papers: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    output = on_a_terminal(monkeypatch, 60)
    report.print_trends(papers.trends(TrendsRequest("treaty", sources=("wire",))))
    assert "█" not in output.getvalue()
    assert all(cell_len(line) <= 60 for line in output.getvalue().splitlines())


def test_a_terminal_without_styles_gets_asterisks(papers: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    output = on_a_terminal(monkeypatch, 100)
    report.print_kwic(papers.kwic(KwicRequest("treaty", sources=("wire",))))
    assert output.getvalue().count("*treaty*") == 5


@pytest.mark.parametrize(
    ("expected", "shown"),
    [(1234.5, "1,234.50"), (7.5, "7.50"), (0.25, "0.25"), (0.0423, "0.042"), (0.002, "0.0020"), (0, "0.00")],
)
def test_small_figures_have_two_digits_that_say_something(expected: float, shown: str) -> None:
    assert report._expected(expected) == shown


def test_marks_of_direction_do_not_turn_the_rest_of_a_line_round(
    papers: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = on_a_terminal(monkeypatch, 100)
    found = papers.kwic(KwicRequest("treaty", limit=1))
    turned = replace(found.lines[0], left="\u202eof an ", right="\u2067 that\u200f")
    report.print_kwic(replace(found, lines=(turned,)))
    assert f"  of an {turned.hit} that\n" in output.getvalue()


def test_a_word_of_two_languages_is_told_apart(papers: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    output = on_a_terminal(monkeypatch, 100)
    found = papers.collocates(CollocatesRequest("rights", limit=2))
    one, other = found.collocates
    report.print_collocates(replace(found, collocates=(one, other, replace(one, language="und"))))
    words = [line.rpartition("  ")[0].split("  ")[0] for line in output.getvalue().splitlines()[3:]]
    assert words == [f"{one.word} (en)", other.word, f"{one.word} (und)"]


def test_the_highest_rate_has_the_longest_bar(papers: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    output = on_a_terminal(monkeypatch, 100)
    report.print_trends(papers.trends(TrendsRequest("treaty", sources=("wire",))))
    rows = {line.split()[0]: line for line in output.getvalue().splitlines()}
    assert rows["undated"].endswith("█" * 20)
    assert rows["2021"].endswith(" █████▉")
    assert "█" not in rows["2019"]
