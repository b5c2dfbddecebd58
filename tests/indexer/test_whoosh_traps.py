"""Traps of Whoosh that others fell into in public: each test holds what Concord does instead, as its users see it.

The named threads are issues on GitHub; what has no thread was seen by running Whoosh.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from concord import main
from indexer import Collection, IndexDamaged, IndexLocked, SearchRequest
from indexer.generations import GenerationStore
from tests.indexer.support import Workspace


def test_a_second_writer_is_told_who_writes_and_readers_need_no_lock(workspace: Workspace) -> None:
    """weblate#47, whoosh-community#141: ``LockError`` at once, without a word on who holds the lock."""
    workspace.load({"id": "a", "text": "Treaty."})
    workspace.index()
    store = GenerationStore(workspace.folder / "index")
    with store.writing():
        with pytest.raises(IndexLocked, match=r"process \d+ since"):
            workspace.index(rebuild=True)
        assert workspace.ids("treaty") == ["a"]


def test_one_collection_serves_many_threads(workspace: Workspace) -> None:
    """weblate#47: ``AsyncWriter`` and ``BufferedWriter`` break under many threads; here threads only read."""
    workspace.load(*({"id": f"d{n}", "text": f"Treaty {n}."} for n in range(20)))
    workspace.index()
    collection = Collection.open(workspace.config)
    totals: list[int] = []

    def search(number: int) -> None:
        totals.append(collection.search(SearchRequest(f"treaty {number}")).total)

    threads = [threading.Thread(target=search, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    collection.close()
    assert totals == [20] * 16


def test_a_rebuild_is_never_seen_empty(workspace: Workspace) -> None:
    """``create_in`` on a live directory: a fresh open sees 0 documents until the new index is committed."""
    workspace.load({"id": "a", "text": "Treaty."}, {"id": "b", "text": "Treaty."})
    workspace.index()
    seen: list[int] = []

    @contextmanager
    def searching(_description: str, _total: int | None) -> Iterator[Callable[[int], None]]:
        yield lambda _: seen.append(len(workspace.ids("treaty")))

    workspace.index(rebuild=True, progress=searching)
    assert seen == [2, 2]


def test_a_missing_table_of_contents_is_damage_that_the_next_index_mends(workspace: Workspace) -> None:
    """paperless-ngx#5882: without ``_MAIN_n.toc`` the index could not even be rebuilt over."""
    workspace.load({"id": "a", "text": "Treaty."})
    folder = workspace.folder / "index" / workspace.index().generation
    for file in folder.glob("*.toc"):
        file.unlink()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        workspace.search("treaty")
    assert (workspace.index().reason or "").startswith("the index was damaged")
    assert workspace.ids("treaty") == ["a"]


PEAK = """
import resource, sys
from pathlib import Path
from crawler import ConfigFile
from indexer import update_index
update_index(ConfigFile.read(Path(sys.argv[1])))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_what_is_already_indexed(workspace: Workspace) -> None:
    """paperless-ngx#7615: 32 GB for 70,000 documents. An update reads what changed and leaves the rest on the disk."""
    words = [f"word{number % 700}" for number in range(2_000)]
    workspace.load(*({"id": f"d{n}", "text": " ".join(words[n : n + 1_500])} for n in range(300)))
    script = [sys.executable, "-c", PEAK, str(workspace.folder / "config.toml")]

    def peak_mb() -> float:
        return int(subprocess.run(script, capture_output=True, text=True, check=True).stdout) / 1024

    building, idle = peak_mb(), peak_mb()
    workspace.load({"id": "new", "text": "Treaty."})
    updating = peak_mb()
    assert building < idle + 400
    assert updating < idle + 40


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("date:2024-01-01..2024-04-01", ["first", "last"]),
        ("date:2024-04-01", ["last"]),
        ("date:>=2024-04-02", ["after"]),
    ],
)
def test_dates_are_calendar_days_and_both_ends_count(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, query: str, ids: list[str]
) -> None:
    """paperless-ngx#1100, #4741, #10416: ranges read as all of the year, and days shifted by the time zone."""
    for zone in ("Pacific/Kiritimati", "Pacific/Midway"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        workspace.load(
            {"id": "first", "text": "Treaty.", "date": "2024-01-01"},
            {"id": "last", "text": "Treaty.", "date": "2024-04-01"},
            {"id": "after", "text": "Treaty.", "date": "2024-04-02"},
        )
        workspace.index()
        assert sorted(workspace.ids(query)) == sorted(ids)
    monkeypatch.undo()
    time.tzset()


def test_a_date_that_isnt_understood_is_told(workspace: Workspace) -> None:
    """paperless-ngx#1100: "last month" became nothing, without a word."""
    workspace.load({"id": "a", "text": "Treaty of last month."})
    workspace.index()
    assert workspace.search('date:"last month"').notes


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_undated_documents_come_last_in_both_directions(workspace: Workspace, sort: str) -> None:
    """Sorting a Whoosh column newest first puts documents without a value first."""
    workspace.load(
        {"id": "undated", "text": "Treaty."},
        {"id": "old", "text": "Treaty.", "date": "1999"},
        {"id": "new", "text": "Treaty.", "date": "2020"},
    )
    workspace.index()
    command = ["search", "treaty", "--sort", sort, "--json", "--config", str(workspace.folder / "config.toml")]
    found = [hit["id"] for hit in json.loads(CliRunner().invoke(main, command).stdout)["results"]]
    assert found == (["new", "old", "undated"] if sort == "newest" else ["old", "new", "undated"])


def test_distance_counts_every_word_and_runs_both_ways(workspace: Workspace) -> None:
    """mchaput/whoosh#48: slop doesn't count stop words and one-letter words, and is ordered only."""
    workspace.load({"id": "far", "text": "Crime and a b of the drug."}, {"id": "near", "text": "Drug or crime."})
    workspace.index()
    assert workspace.ids("drug NEAR/2 crime") == ["near"]
    assert workspace.ids("crime NEAR/2 drug") == ["near"]
    assert sorted(workspace.ids("drug NEAR/6 crime")) == ["far", "near"]


@pytest.mark.parametrize("word", ["us", "may", "will", "the", "a"])
def test_no_word_is_a_stop_word(workspace: Workspace, word: str) -> None:
    """guardian/grid#674: a stop list with "us", "may" and "will" makes such queries find nothing."""
    workspace.load(
        {"id": "a", "title": "One", "text": f"Here {word} stands."}, {"id": "b", "title": "Two", "text": "Another."}
    )
    workspace.index()
    assert workspace.ids(word) == ["a"]


def test_minus_excludes_and_a_lone_one_means_all_but(workspace: Workspace) -> None:
    """Whoosh's parser takes ``-word`` as a wish for it without a plugin, and with it finds nothing for a lone one."""
    workspace.load({"id": "both", "text": "Treaty on crime."}, {"id": "one", "text": "Treaty on trade."})
    workspace.index()
    assert workspace.ids("treaty -crime") == ["one"]
    assert workspace.ids("-crime") == ["one"]


def test_an_unknown_field_is_told(workspace: Workspace) -> None:
    """Whoosh's parser silently makes words of an unknown ``field:``."""
    workspace.load({"id": "a", "text": "Treaty."})
    workspace.index()
    assert any("minister" in note.message for note in workspace.search("minister:treaty").notes)


def test_a_number_behind_a_phrase_is_its_distance_and_no_word(workspace: Workspace) -> None:
    """openbesluitvorming#224: ``"a b"~10`` was read as the word 10, a wrong count that looks right."""
    workspace.load(
        {"id": "words", "text": "Drug trade and crime."},
        {"id": "ten", "text": "Drug. Ten is 10. Nothing more " + "here " * 20 + "crime."},
    )
    workspace.index()
    assert workspace.ids('"drug crime"~10') == ["words"]


def test_a_phrase_marks_no_stray_words(workspace: Workspace) -> None:
    """Whoosh's highlighter marks the single words of a phrase wherever they stand."""
    workspace.load({"id": "a", "text": "Assistance was asked for. Judicial assistance was given."})
    workspace.index()
    (snippet,) = workspace.search('"judicial assistance"').hits[0].snippets
    assert "<mark>Assistance</mark> was asked" not in snippet.html
    assert "<mark>Judicial assistance</mark>" in snippet.html


def test_a_hit_deep_in_a_long_text_has_its_snippet(workspace: Workspace) -> None:
    """Whoosh's ``charlimit``: a hit past 32,768 characters gives an empty snippet."""
    workspace.load({"id": "a", "text": "Nothing here. " * 5_000 + "\n\nAt last an extradition."})
    workspace.index()
    (snippet,) = workspace.search("extradition").hits[0].snippets
    assert "<mark>extradition</mark>" in snippet.html


def test_snippets_show_the_words_of_the_text_not_their_stems(workspace: Workspace) -> None:
    """Whoosh's highlighter shows stems where filters change tokens."""
    workspace.load({"id": "a", "text": "The Ministries were cooperating."})
    workspace.index()
    (snippet,) = workspace.search("ministry cooperation").hits[0].snippets
    assert snippet.html == "The <mark>Ministries</mark> were <mark>cooperating</mark>."


def test_chinese_is_more_than_one_token_and_accents_fold(workspace: Workspace) -> None:
    """Whoosh's tokenizer makes one token of a run of Chinese, and folds no accents."""
    workspace.load(
        {"id": "zh", "text": "两国签署引渡条约。", "language": "zh"},
        {"id": "es", "text": "Un acuerdo de extradición.", "language": "es"},
    )
    workspace.index()
    assert workspace.ids("引渡") == ["zh"]
    assert workspace.ids("=extradicion") == ["es"]


def test_wildcards_run_on_the_words_as_written(workspace: Workspace) -> None:
    """On a stemmed field Whoosh makes ``extraditi*`` of the stem's prefix ``extrad``."""
    workspace.load({"id": "long", "text": "An extradition."}, {"id": "short", "text": "An extradited person."})
    workspace.index()
    assert workspace.ids("extraditi*") == ["long"]


def test_a_wildcard_of_everything_is_answered_and_what_is_cut_off_is_told(workspace: Workspace) -> None:
    """mchaput/whoosh#5: a bare ``*`` takes a minute on 5,000 documents."""
    workspace.load(*({"id": f"d{n}", "text": " ".join(f"w{n}x{m}" for m in range(300))} for n in range(20)))
    workspace.index()
    results = workspace.search("w*")
    assert results.total
    assert results.notes


@pytest.mark.parametrize("query", ['"cooperation"', "=cooperation"])
def test_exact_neither_stems_nor_expands(workspace: Workspace, query: str) -> None:
    """aleph#2888: an "exact" search that still stems."""
    workspace.load({"id": "exact", "text": "Cooperation."}, {"id": "other", "text": "Cooperating, cooperate."})
    workspace.index()
    assert workspace.ids(query) == ["exact"]


def test_facets_and_folding_go_together(workspace: Workspace) -> None:
    """whoosh-community#394: ``groupedby`` with ``collapse`` fails."""
    story = " ".join(f"The ministers of country {number} signed an agreement on trade." for number in range(60))
    workspace.load({"id": "a", "text": story}, {"id": "b", "text": story, "source": "wire"})
    workspace.index()
    results = workspace.search("agreement")
    assert results.total == 1
    assert {row.value: row.count for row in results.facets.source} == {"ministry": 1, "wire": 1}


class Harm:
    """What a pickle can do: call anything when it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self._path,)


def test_a_table_of_contents_from_elsewhere_runs_nothing(workspace: Workspace) -> None:
    """Whoosh's table of contents is two pickles: reading one runs what it names."""
    workspace.load({"id": "a", "text": "Treaty."})
    folder = workspace.folder / "index" / workspace.index().generation
    harmed = workspace.folder / "harmed"
    (toc,) = folder.glob("*.toc")
    content = toc.read_bytes()
    start = content.index(b"\x80\x02")
    toc.write_bytes(content[:start] + pickle.dumps(Harm(harmed), 2) + content[start:])
    with pytest.raises(IndexDamaged):
        workspace.search("treaty")
    assert not harmed.exists()
