"""What exports look like to the programs that read them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from itertools import pairwise

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from indexer import Collection, SearchRequest
from indexer.citations import FORMATS, Citation, cite_all
from indexer.citations.bibtex import decoded, escaped
from indexer.citations.commands import _FORMATS
from indexer.citations.kinds import Kind, kind_of
from indexer.citations.quotes import normalised
from indexer.spreadsheet import BOM, guarded, unguarded
from tests.indexer.citations.support import exported
from tests.indexer.support import Workspace


@pytest.fixture
def treaty(citable: Collection) -> Citation:
    return next(cite_all(citable, SearchRequest('"judicial assistance"'), base="https://host.example"))


def test_the_commands_formats_are_those_there_are() -> None:
    assert tuple(FORMATS) == _FORMATS


def test_a_citation_quotes_the_best_passage(treaty: Citation) -> None:
    assert (treaty.id, treaty.version, treaty.passage) == ("treaty", 1, "p2")
    assert treaty.quote == "It covers extradition and judicial assistance in criminal matters."
    assert treaty.permalink == "https://host.example/d/treaty#p2"
    assert (treaty.source, treaty.source_label) == ("ministry", "The Ministry")


def test_csv_is_for_excel_r_and_pandas(cited: Workspace) -> None:
    text = exported(cited, "csv")
    assert text.splitlines()[0] == (
        BOM + "id,title,url,source,source_label,date,date_precision,language,domains,author,captured_at,version,digest,"
        "passage,permalink,attribution,licence,quote,partial"
    )
    assert text.count("\n") == text.count("\r\n")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BOM))))
    assert {row["id"] for row in rows} >= {"formula", "long", "year", "undated"}
    assert not any(cell.startswith(tuple("=+-@\t\r")) for row in rows for cell in row.values())


@given(st.text(alphabet="=+-@'\t\r\n＝a ", max_size=6))  # noqa: RUF001
def test_guarding_a_cell_loses_nothing(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in set("=+-@\t\r\n")


def test_jsonl_has_the_whole_passage(cited: Workspace) -> None:
    lines = [json.loads(line) for line in exported(cited, "jsonl").splitlines()]
    long = next(line for line in lines if line["id"] == "long")
    assert len(long["quote"]) < 310 < len(long["passage_text"])
    assert long["passage"] == "p1"
    assert long["quote"].startswith("… ")
    assert long["quote"].strip("… ") in long["passage_text"]


def test_whom_to_credit_and_on_what_terms_is_in_every_format(treaty: Citation) -> None:
    text = {form: "".join(each.write([treaty])) for form, each in FORMATS.items()}
    assert r"publisher = {The Ministry's Corpus \& Co, doi:10.7910/DVN/X}" in text["bibtex"]
    assert "copyright = {CC0 1.0}" in text["bibtex"]
    entry = rispy.loads(text["ris"])[0]
    assert (entry["publisher"], entry["custom4"]) == (treaty.attribution, "CC0 1.0")
    assert json.loads(text["jsonl"])["licence"] == "CC0 1.0"
    assert '"The Ministry\'s Corpus & Co, doi:10.7910/DVN/X",CC0 1.0' in text["csv"]


def test_ris_says_what_kind_of_thing_it_is_and_only_what_is_known_of_the_date(cited: Workspace) -> None:
    entries = {entry["accession_number"]: entry for entry in rispy.loads(exported(cited, "ris"))}
    assert {id: entries[id]["type_of_reference"] for id in ("formula", "zh%文", "long", "year")} == {
        "formula": "GOVDOC",
        "zh%文": "NEWS",
        "long": "ELEC",
        "year": "GEN",
    }
    assert {id: entries[id].get("date") for id in ("formula", "zh%文", "long", "year")} == {
        "formula": "2011/02//",
        "zh%文": "2012/05/06/",
        "long": None,
        "year": "2010///",
    }
    assert "year" not in entries["long"]
    assert all(entry["access_date"].count("/") == 3 for entry in entries.values())


def test_ris_has_its_quote_in_quotation_marks(treaty: Citation) -> None:
    text = "".join(FORMATS["ris"].write([replace(treaty, quote="He said “no” to it.")]))
    assert "N1  - “He said ‘no’ to it.”\r\n" in text


def test_ris_has_the_lines_that_it_prescribes(cited: Workspace) -> None:
    lines = exported(cited, "ris", "").split("\r\n")
    assert [line for line in lines if line and not re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]*", line)] == []
    assert {after for line, after in pairwise(lines) if line == "ER  - "} == {""}


def test_bibtex_is_read_by_its_parser(cited: Workspace) -> None:
    library = bibtexparser.parse_string(exported(cited, "bibtex"))
    assert library.failed_blocks == []
    entries = {entry.key: entry for entry in library.entries}
    assert entries["formula"].entry_type == "misc"
    assert (entries["formula"]["year"], entries["formula"]["month"], "day" in entries["formula"]) == (
        "2011",
        "feb",
        False,
    )
    chinese = next(entry for key, entry in entries.items() if key.startswith("zh-"))
    assert (chinese.entry_type, chinese["journal"]) == ("article", "The Ministry")


def test_a_corporate_author_is_not_taken_apart(treaty: Citation) -> None:
    text = "".join(FORMATS["bibtex"].write([replace(treaty, author="Ministry of Trade and Industry")]))
    assert "author = {{Ministry of Trade and Industry}}" in text


@given(st.text(alphabet="ab -–'`\"?!,<>{}\\$%&#_^~@é文«»“”…\u00ad\u00a0", max_size=12))
def test_a_text_comes_back_out_of_bibtex(text: str) -> None:
    assert normalised(decoded(f"{{{escaped(' '.join(text.split()))}}}")) == normalised(text)


@pytest.mark.parametrize("title", ["a lone { brace", "a lone } brace", "} and {"])
def test_braces_balance_for_programs_that_count_escaped_ones_too(treaty: Citation, title: str) -> None:
    text = "".join(FORMATS["bibtex"].write([replace(treaty, title=title)]))
    field = next(line for line in text.splitlines() if "title" in line)
    assert field.count("{") == field.count("}") == 2 + title.count("{") + title.count("}")


def test_keys_are_ids_where_those_may_stand_and_differ_where_ids_do(treaty: Citation) -> None:
    keys = [replace(treaty, id=id).key for id in ("treaty", "a,b", "a b", "a{b", "x" * 200, "x" * 201)]
    assert keys[0] == "treaty"
    assert len(set(keys)) == len(keys)
    assert all(key.replace("-", "").isalnum() for key in keys)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.fmprc.gov.cn/eng/x", Kind.GOVERNMENT),
        ("https://www.gob.mx/sre", Kind.GOVERNMENT),
        ("https://news.un.org/en/story", Kind.GOVERNMENT),
        ("https://english.news.cn/2008/x.htm", Kind.NEWS),
        ("https://governance.example/gov", Kind.WEB),
        ("https://notgov.cn/", Kind.WEB),
        ("https://[::broken/x", Kind.WEB),
        (None, Kind.UNKNOWN),
    ],
)
def test_the_kind_is_what_the_host_says(url: str | None, kind: Kind) -> None:
    assert kind_of(url) is kind
