"""Bringing the index up to date: only what changed, everything anew where need be, nothing torn."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from whoosh import fields
from whoosh.index import create_in

from crawler import ArchiveMissing
from indexer import Collection, IndexDamaged, IndexerError, TaxonomyError
from indexer.check import check
from indexer.generations import GenerationStore
from tests.indexer.support import DOCUMENTS, Workspace


def test_without_an_archive_the_user_is_told_to_load(workspace: Workspace) -> None:
    with pytest.raises(ArchiveMissing, match="concord load"):
        workspace.index()


def test_the_first_run_indexes_everything(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    report = workspace.index()
    assert (report.indexed, report.documents, report.reason) == (5, 5, "first time")


def test_a_run_without_changes_makes_no_new_generation(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    first = workspace.index()
    second = workspace.index()
    assert (second.indexed, second.generation) == (0, first.generation)
    assert "up to date" in second.summary()


def test_only_new_and_changed_documents_are_indexed(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    workspace.index()
    workspace.load(
        {"id": "visit", "title": "State visit", "source": "wire", "text": "Now of fisheries."},
        {"id": "new", "text": "Ports."},
    )
    report = workspace.index()
    assert (report.indexed, report.documents, report.reason) == (2, 6, None)
    assert workspace.ids("fisheries") == ["visit"]
    assert workspace.ids("president") == []
    assert workspace.ids("port") == ["new", "year"]


def test_updating_gives_the_same_answers_as_building_anew(workspace: Workspace) -> None:
    queries = ["trade", "extradition treaty", "judicial", "", '"no date"', "port*"]
    workspace.load(*DOCUMENTS[:3])
    workspace.index()
    workspace.load(
        *DOCUMENTS[2:], {"id": "treaty", "title": "Treaty", "text": "Another text on trade.", "date": "2011"}
    )
    workspace.index()

    def answers() -> list[object]:
        return [workspace.search(query).to_json() | {"took_ms": 0} for query in queries]

    updated = answers()
    workspace.index(rebuild=True)
    assert answers() == updated


def test_a_document_that_left_the_archive_leaves_the_index_at_the_next_update(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    workspace.index()
    workspace.forget("visit", "year")
    report = workspace.index()
    assert (report.indexed, report.removed, report.documents, report.reason) == (0, 2, 3, None)
    assert workspace.ids("trade") == ["undated"]
    assert "2 removed" in report.summary()


def test_documents_leave_and_come_in_one_update(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    workspace.index()
    workspace.forget("visit")
    workspace.load({"id": "new", "text": "Trade in ports."}, {"id": "year", "text": "Nothing of note."})
    report = workspace.index()
    assert (report.indexed, report.removed, report.documents) == (2, 1, 5)
    assert set(workspace.ids("trade")) == {"new", "undated"}


def test_a_document_that_the_index_lost_is_noticed_by_the_number_and_all_is_built_anew(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS[:4])
    manifest = workspace.folder / "index" / workspace.index().generation / "manifest.json"
    workspace.load(DOCUMENTS[4])
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"change": 5}))
    assert workspace.index().reason == "the index was damaged: 4 documents where the archive has 5"
    assert len(workspace.ids()) == 5


def test_a_changed_date_and_domain_are_answered_from_the_new_text_only(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    workspace.index()
    workspace.load({"id": "treaty", "title": "Sports day", "text": "Football and athletics.", "date": "2012-05-06"})
    workspace.index()
    assert workspace.ids("date:2008-11-05") == []
    assert workspace.ids("date:2012-05") == ["treaty"]
    assert "treaty" not in workspace.ids(domains=("judicial",))
    years = {row.value: row.count for row in workspace.search().facets.year}
    assert years == {"2008": 1, "2009": 1, "2010": 1, "2012": 1, "unknown": 1}


STORY = " ".join(f"The ministers of country {number} signed an agreement on trade." for number in range(60))


def test_a_copy_that_becomes_a_text_of_its_own_is_folded_no_more(workspace: Workspace) -> None:
    workspace.load({"id": "lead", "text": STORY}, {"id": "copy", "text": STORY, "source": "wire"})
    workspace.index()
    assert workspace.search("agreement").total == 1
    workspace.load({"id": "copy", "text": "A text on agreements and fish.", "source": "wire"})
    workspace.index()
    assert workspace.search("agreement").total == 2


def test_a_text_that_becomes_a_copy_is_folded(workspace: Workspace) -> None:
    workspace.load({"id": "lead", "text": STORY}, {"id": "other", "text": "An agreement on fish.", "source": "wire"})
    workspace.index()
    assert workspace.search("agreement").total == 2
    workspace.load({"id": "other", "text": STORY, "source": "wire"})
    workspace.index()
    assert workspace.search("agreement").total == 1


def test_many_small_updates_end_in_few_segments_and_the_same_answers(workspace: Workspace) -> None:
    workspace.load(*({"id": f"d{number:02}", "text": f"Trade and port {number}."} for number in range(30)))
    workspace.index()
    for turn in range(9):
        changed = ({"id": f"d{number:02}", "text": f"Fish and port {turn}."} for number in range(turn, turn + 4))
        workspace.load(*changed, {"id": f"n{turn}", "text": f"Extradition and ports, {turn}."})
        generation = workspace.index().generation
    segments = {file.name.split(".")[0] for file in (workspace.folder / "index" / generation).glob("*.ccl")}
    assert len(segments) < 5
    updated = [workspace.ids(query, limit=50) for query in ("trade", "port", "fish", "fish 8", "extradition")]
    workspace.index(rebuild=True)
    assert [workspace.ids(query, limit=50) for query in ("trade", "port", "fish", "fish 8", "extradition")] == updated


def test_an_update_shares_what_did_not_change_with_the_generation_before(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    first = GenerationStore(workspace.folder / "index").path / workspace.index().generation
    workspace.load({"id": "new", "text": "Ports."})
    second = first.with_name(workspace.index().generation)
    kept = [file.name for file in first.glob("MAIN_*.*")]
    assert kept
    assert all((second / name).samefile(first / name) for name in kept)


def test_a_rebuild_is_said_to_be_asked_for(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    workspace.index()
    report = workspace.index(rebuild=True)
    assert (report.indexed, report.reason) == (5, "asked for")


def test_another_taxonomy_labels_everything_anew(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    workspace.index()
    taxonomy = '[[domain]]\nid = "transport"\nname = { en = "Transport" }\nterms = { en = ["railway", "port"] }\n'
    (workspace.folder / "domains.toml").write_text(taxonomy)
    config = workspace.folder / "config.toml"
    config.write_text(config.read_text().replace('path = "index"', 'path = "index"\ntaxonomy = "domains.toml"'))
    report = workspace.index()
    assert report.reason == "the taxonomy of domains, or what a source says of them, changed"
    assert workspace.ids(domains=("transport",)) == ["year"]


def test_a_source_gives_its_documents_domains_and_a_change_of_them_labels_anew(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    workspace.index()
    config = workspace.folder / "config.toml"
    config.write_text(config.read_text().replace('label = "The Wire"', 'label = "The Wire"\ndomains = ["sports"]'))
    assert workspace.index().reason == "the taxonomy of domains, or what a source says of them, changed"
    assert workspace.ids(domains=("sports",)) == ["visit", "undated"]
    collection = Collection.open(workspace.config)
    first = collection.document("undated").domains[0]
    collection.close()
    assert (first.id, first.name, first.evidence) == ("sports", "Sports", ())


def test_a_domain_that_a_source_names_and_the_taxonomy_lacks_is_told(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    config = workspace.folder / "config.toml"
    config.write_text(config.read_text().replace('label = "The Wire"', 'label = "The Wire"\ndomains = ["sprots"]'))
    with pytest.raises(TaxonomyError, match='source "wire": domains: there is no domain "sprots"'):
        workspace.index()


def test_a_broken_taxonomy_changes_nothing(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    first = workspace.index()
    (workspace.folder / "domains.toml").write_text("[[domain]]\n")
    config = workspace.folder / "config.toml"
    config.write_text(config.read_text().replace('path = "index"', 'path = "index"\ntaxonomy = "domains.toml"'))
    with pytest.raises(TaxonomyError):
        workspace.index(rebuild=True)
    assert GenerationStore(workspace.folder / "index").current().name == first.generation


def test_a_new_archive_is_indexed_anew(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    workspace.index()
    for file in workspace.folder.glob("archive.sqlite*"):
        file.unlink()
    workspace.load({"id": "only", "text": "The only one."})
    assert workspace.index().reason == "the archive is another one"
    assert workspace.ids() == ["only"]


def test_an_index_of_another_version_is_built_anew(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    generation = workspace.index().generation
    manifest = workspace.folder / "index" / generation / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 0}))
    assert workspace.index().reason == "the index was written by another version of Concord"
    assert len(workspace.ids()) == 5


def test_a_damaged_index_is_told_and_a_rebuild_mends_it(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    folder = workspace.folder / "index" / workspace.index().generation
    for file in folder.glob("*.toc"):
        file.unlink()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        workspace.search("trade")
    workspace.index(rebuild=True)
    assert workspace.ids("railway") == ["year"]


@pytest.fixture
def stock(workspace: Workspace) -> Workspace:
    """An index that has all the documents, in files of Whoosh's own codec."""
    workspace.load(*DOCUMENTS)
    workspace.index()
    store = GenerationStore(workspace.folder / "index")
    with store.writing():
        folder = store.begin()
        writer = create_in(str(folder), fields.Schema(id=fields.ID(stored=True), body=fields.TEXT())).writer()
        for document in DOCUMENTS:
            writer.add_document(id=document["id"], body=document["text"])
        writer.commit()
        store.publish(folder, store.current().manifest)
    return workspace


STOCK = r"its segments were written by Whoosh's own codec \(whoosh\.codec\.\w+\.\w+\), not as files of columns"


@pytest.mark.parametrize("more", [(), ({"id": "new", "text": "Ports."},)], ids=["as it is", "with something new"])
def test_an_index_of_whooshs_own_codec_is_built_anew(stock: Workspace, more: tuple[dict[str, str], ...]) -> None:
    if more:
        stock.load(*more)
    report = stock.index()
    assert re.fullmatch(f"the index can't be read: {STOCK}", report.reason or "")
    assert report.documents == len(stock.ids()) == 5 + len(more)


def test_a_search_of_whooshs_own_codec_says_what_to_do(stock: Workspace) -> None:
    with pytest.raises(IndexDamaged, match=f"^index .*: damaged \\({STOCK}\\): build it anew with [^\n]*--rebuild'$"):
        stock.search("trade")


def test_a_check_names_whooshs_own_codec_and_a_repair_mends_it(stock: Workspace) -> None:
    (problem,) = check(stock.config).index
    assert re.fullmatch(STOCK, problem.what)
    assert problem.where == str(GenerationStore(stock.folder / "index").current().folder)
    assert check(stock.config, repair=True).sound
    assert stock.ids("railway") == ["year"]


# Whoosh leaves the files open that it stumbles over.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("pattern", ["*.toc", "*.ccl"])
def test_a_damaged_index_is_not_added_to_but_built_anew(workspace: Workspace, pattern: str) -> None:
    workspace.load(*DOCUMENTS)
    folder = workspace.folder / "index" / workspace.index().generation
    for file in folder.glob(pattern):
        file.write_bytes(b"damaged" * 100)
    workspace.load({"id": "new", "text": "Ports."})
    report = workspace.index()
    assert report.reason is not None
    assert report.reason.startswith("the index was damaged")
    assert workspace.ids("port") == ["new", "year"]


def test_a_run_that_fails_leaves_the_served_generation_and_no_stray_files(workspace: Workspace) -> None:
    workspace.load(*DOCUMENTS)
    first = workspace.index()

    @contextmanager
    def full_disk(_description: str, _total: int | None) -> Iterator[Callable[[int], None]]:
        def step(_: int) -> None:
            raise OSError(28, "No space left on device")

        yield step

    with pytest.raises(IndexerError, match="No space left"):
        workspace.index(rebuild=True, progress=full_disk)
    assert workspace.search("trade").generation == first.generation
    assert [folder.name for folder in (workspace.folder / "index").glob("generation-*")] == [first.generation]


BUILD = """
import sys
from pathlib import Path
from crawler import ConfigFile
from indexer import update_index
print("building", flush=True)
update_index(ConfigFile.read(Path(sys.argv[1])), rebuild=True)
print("built", flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.4])
def test_a_killed_build_leaves_the_served_generation_and_the_next_run_completes(
    workspace: Workspace, delay: float
) -> None:
    workspace.load(*({"id": f"d{n}", "text": f"Trade number {n}. " * 200} for n in range(300)))
    first = workspace.index()
    script = [sys.executable, "-c", BUILD, str(workspace.folder / "config.toml")]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "building\n"
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    assert workspace.search("trade").total == 300
    assert workspace.search("trade").generation >= first.generation
    workspace.index(rebuild=True)
    assert workspace.search("trade").total == 300
    assert not list((workspace.folder / "index").glob("*.new"))
