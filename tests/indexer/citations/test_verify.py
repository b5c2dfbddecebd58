"""Citations against the archive: every state, in our formats and in those of others."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from indexer.citations import State
from indexer.citations.verdict import Verdict
from tests.indexer.citations.support import concord, exported, only, states, verified
from tests.indexer.support import Workspace

SUFFIX = {"csv": "csv", "jsonl": "jsonl", "ris": "ris", "bibtex": "bib"}


@pytest.mark.parametrize("form", SUFFIX)
@pytest.mark.parametrize("query", ["", "trade", "extradition"])
def test_an_export_is_verified(cited: Workspace, form: str, query: str) -> None:
    found = verified(cited, exported(cited, form, query, partial=True), f"all.{SUFFIX[form]}")
    assert set(states(found)) == {State.VERIFIED}, [verdict for verdict in found.verdicts if not verdict.good]
    assert found.good


@pytest.mark.parametrize("form", SUFFIX)
def test_the_format_is_told_by_the_content_too(cited: Workspace, form: str) -> None:
    found = verified(cited, exported(cited, form), f"nameless-{form}")
    assert found.format == form
    assert found.good


def test_real_speeches_are_verified(seed_workspace: Any, tmp_path: Any) -> None:
    shutil.copytree(seed_workspace, tmp_path / "seeds")
    workspace = Workspace(tmp_path / "seeds")
    for form, suffix in SUFFIX.items():
        found = verified(workspace, exported(workspace, form, "extradition"), f"e.{suffix}")
        assert len(found.verdicts) > 3
        assert set(states(found)) == {State.VERIFIED}


EDITS = {
    "id": ("treatz", State.DETAILS),
    "title": ("Extradition treaty sighed", State.DETAILS),
    "url": ("https://ministry.example/2008/treatz", State.DETAILS),
    "date": ("2008-11-06", State.DETAILS),
    "version": (2, State.VERSION),
    "digest": ("sha256:" + "0" * 64, State.DIGEST),
    "passage": ("p1", State.WRONG_PASSAGE),
    "quote": ("It covers extradition and judicial assistance in criminal letters.", State.NOT_FOUND),
    "passage_text": ("It covers extradition and judicial existence in criminal matters.", State.NOT_FOUND),
}


@pytest.mark.parametrize("field", EDITS)
def test_an_edit_of_a_field_is_seen(cited: Workspace, field: str) -> None:
    value, state = EDITS[field]
    record = json.loads(exported(cited, "jsonl", '"judicial assistance"')) | {field: value}
    found = verified(cited, json.dumps(record), "edited.jsonl")
    assert states(found) == [state]
    assert not found.good


@pytest.mark.parametrize("form", SUFFIX)
@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("criminal matters", "criminal letters", State.NOT_FOUND),
        ("treaty signed", "treaty sighed", State.DETAILS),
        ("2008/treaty", "2008/treatz", State.DETAILS),
        ("sha256:0", "sha256:1", State.DIGEST),
    ],
)
def test_an_edit_is_seen_in_each_format(cited: Workspace, form: str, old: str, new: str, state: State) -> None:
    text = exported(cited, form, '"judicial assistance"')
    assert old in text
    assert states(verified(cited, text.replace(old, new), f"edited.{SUFFIX[form]}")) == [state]


def test_a_quote_that_is_nowhere_gets_the_closest_passage(cited: Workspace) -> None:
    text = exported(cited, "ris", '"judicial assistance"').replace("criminal matters", "criminal letters")
    verdict: Verdict = only(verified(cited, text, "close.ris").verdicts)
    assert verdict.closest is not None
    assert verdict.closest.passage == 2
    assert verdict.closest.percent > 90


@pytest.fixture
def changed(workspace: Workspace) -> Workspace:
    """A document cited in two passages, the second of which changed since."""
    first = "The ministers signed a treaty.\n\nIt covers extradition."
    workspace.load({"id": "page", "title": "A treaty", "text": first, "url": "https://ministry.example/page"})
    workspace.index()
    for name, query in (("kept.jsonl", "ministers"), ("lost.jsonl", "extradition")):
        (workspace.folder / name).write_text(exported(workspace, "jsonl", query), "utf-8")
    second = first.replace("It covers", "It no longer covers")
    workspace.load({"id": "page", "title": "A treaty", "text": second, "url": "https://ministry.example/page"})
    return workspace


@pytest.mark.parametrize(("name", "kept"), [("kept.jsonl", True), ("lost.jsonl", False)])
def test_a_text_that_changed_since_is_told_with_what_became_of_the_quote(
    changed: Workspace, name: str, kept: bool
) -> None:
    found = verified(changed, (changed.folder / name).read_text("utf-8"), name)
    verdict: Verdict = only(found.verdicts)
    assert (verdict.state, verdict.version, verdict.still_quoted, found.good) == (State.CHANGED, 1, kept, kept)


def test_a_quote_of_another_version_than_the_one_cited_is_in_the_wrong_place(changed: Workspace) -> None:
    record = json.loads((changed.folder / "lost.jsonl").read_text("utf-8"))
    record |= {"quote": "It no longer covers extradition.", "passage_text": None}
    verdict: Verdict = only(verified(changed, json.dumps(record), "other.jsonl").verdicts)
    assert (verdict.state, verdict.version) == (State.WRONG_PASSAGE, 2)


def test_the_digest_of_another_version_is_told_as_such(changed: Workspace) -> None:
    record = json.loads((changed.folder / "lost.jsonl").read_text("utf-8")) | {"version": 2}
    verdict: Verdict = only(verified(changed, json.dumps(record), "digest.jsonl").verdicts)
    assert verdict.state is State.DIGEST
    assert "it is that of version 1" in verdict.detail


def test_verifying_needs_no_index(changed: Workspace) -> None:
    shutil.rmtree(changed.folder / "index")
    assert concord(changed, "verify", str(changed.folder / "kept.jsonl")).exit_code == 0


OTHERS = {
    "quoted abstract": (
        "@online{a, title={Whatever}, url={http://www.ministry.example/2008/treaty?utm_source=x},"
        " abstract={The page says: ``It covers extradition and judicial assistance''.}}",
        State.VERIFIED,
    ),
    "plain abstract": ("@misc{a, url={https://ministry.example/2008/treaty}, abstract={It covers extradition}}", "ok"),
    "invented": (
        "@misc{a, url={https://ministry.example/2008/treaty}, abstract={It bans extradition forever}}",
        State.NOT_FOUND,
    ),
    "remark": ("@misc{a, url={https://ministry.example/2008/treaty}, note={Accessed: 2024-01-03}}", "ok"),
    "marked note": (
        "@misc{a, url={https://ministry.example/2008/treaty}, note={cf. “It covers all extraditions whatever”}}",
        State.NOT_FOUND,
    ),
    "slip in a note": (
        "@misc{a, url={https://ministry.example/2008/treaty}, note={It covers extradition and judicial existence}}",
        State.NOT_FOUND,
    ),
    "howpublished": (r"@misc{a, howpublished={\url{https://ministry.example/2008/treaty}}}", "ok"),
    "unknown": ("@misc{a, url={https://elsewhere.example/x}, annote={It covers}}", State.UNKNOWN),
    "nothing": ("@book{a, title={A book}, author={Jo}}", State.UNCHECKABLE),
    "quote alone": ("@misc{a, annote={It covers extradition and judicial assistance}}", "ok"),
    "quote of nobody": ("@misc{a, annote={It covers nothing at all}}", State.NOT_FOUND),
    "string and accents": (
        '@STRING{page = "https://ministry.example/2008/treaty"}\n'
        '@Misc(a, URL = page, Annote = "It cov{e}rs {\\it extradition}")',
        "ok",
    ),
    "ris N2": ("TY  - ELEC\nUR  - https://ministry.example/2008/treaty\nN2  - It covers extradition\nER  - \n", "ok"),
    "ris invented": (
        "TY  - ELEC\nUR  - https://ministry.example/2008/treaty\nAB  - It forbids extradition\nER  - \n",
        State.NOT_FOUND,
    ),
    "csv": ("Title;Link;Quote\nx;https://ministry.example/2008/treaty;It covers extradition\n", "ok"),
    "table with ids of its own": ("id,url,title\n7,https://ministry.example/2008/treaty,A treaty\n", "ok"),
    "table with an id that a document has": (
        "id,url,quote\nyear,https://ministry.example/2008/treaty,It covers extradition\n",
        "ok",
    ),
    "passage that is a text": ("url,passage\nhttps://ministry.example/2008/treaty,It covers extradition\n", "ok"),
    "passage that is another text": (
        "url,passage\nhttps://ministry.example/2008/treaty,It covers nothing at all\n",
        State.NOT_FOUND,
    ),
    "tsv": ("quote\turl\nIt covers crime\thttps://ministry.example/2008/treaty\n", State.NOT_FOUND),
}


@pytest.mark.parametrize("name", OTHERS)
def test_citations_by_others_are_found_by_their_address_and_their_quotes_looked_for(
    cited: Workspace, name: str
) -> None:
    text, state = OTHERS[name]
    assert states(verified(cited, text, "by-others")) == [State.VERIFIED if state == "ok" else state]


def test_a_quote_without_an_address_is_told_with_where_it_stands(cited: Workspace) -> None:
    verdict: Verdict = only(verified(cited, OTHERS["quote alone"][0], "alone.bib").verdicts)
    assert (verdict.document, verdict.version, verdict.passage) == ("treaty", 1, 2)
    assert "found in treaty#p2 by its quote alone" in verdict.detail


@pytest.mark.parametrize(
    ("quote", "document", "told"),
    [
        ("It covers extradition and judicial assistance", "treaty", "its quote stands in treaty#p2"),
        ("It covers nothing at all", None, "nor has any the quote"),
    ],
)
def test_the_quote_of_an_unknown_address_is_looked_for(
    cited: Workspace, quote: str, document: str | None, told: str
) -> None:
    text = f"@misc{{a, url={{https://elsewhere.example/x}}, annote={{{quote}}}}}"
    verdict: Verdict = only(verified(cited, text, "elsewhere.bib").verdicts)
    assert (verdict.state, verdict.document) == (State.UNKNOWN, document)
    assert told in verdict.detail


def test_ris_that_lost_our_fields_is_verified_by_its_quotes(cited: Workspace) -> None:
    lines = exported(cited, "ris", "").splitlines()
    kept = "\n".join(line for line in lines if not line.startswith(("AN", "C1", "C2", "C3", "C4")))
    found = verified(cited, kept, "imported.ris")
    assert found.good
    assert [verdict.quotes for verdict in found.verdicts if not verdict.quotes] == []


def test_notes_of_ones_own_in_ris_are_no_part_of_the_quote(cited: Workspace) -> None:
    text = exported(cited, "ris", '"judicial assistance"').replace("N1  - ", "N1  - to be read again\r\nN1  - ")
    assert states(verified(cited, text, "annotated.ris")) == [State.VERIFIED]


def test_the_command_shows_the_words_that_differ(cited: Workspace) -> None:
    path = cited.folder / "differs.ris"
    path.write_text(exported(cited, "ris", '"judicial assistance"').replace("matters", "letters"), "utf-8")
    shown = "    p2, [-quote-]{+text+}: … and judicial assistance in criminal [-letters-]{+matters+}.\n"
    assert shown in concord(cited, "verify", str(path)).stdout
    closest = json.loads(concord(cited, "verify", str(path), "--json").stdout)["citations"][0]["closest"]
    assert {"change": "removed", "text": "letters"} in closest["pieces"]


def test_the_command_lists_the_states_sums_them_up_and_ends_with_1(cited: Workspace) -> None:
    path = cited.folder / "mixed.bib"
    path.write_text(exported(cited, "bibtex", '"judicial assistance"') + OTHERS["invented"][0], "utf-8")
    result = concord(cited, "verify", str(path))
    assert result.exit_code == 1
    assert "treaty, line 1: verified\n" in result.stdout
    assert "a, line 20: quote not found: " in result.stdout
    assert result.stdout.endswith("2 citations: 1 verified, 1 quote not found\n")
    record = json.loads(concord(cited, "verify", str(path), "--json").stdout)
    assert record["counts"] == {"verified": 1, "quote not found": 1}
    assert record["citations"][1]["closest"]["passage"] == "p2"
