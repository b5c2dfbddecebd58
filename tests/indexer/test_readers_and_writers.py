"""Readers and the writer: nobody waits, each answer is of one generation, a second writer is told of the first."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from indexer import Collection, IndexLocked, SearchRequest
from tests.indexer.support import Workspace

NUMBER = 12
ROUNDS = 4
INDEX = """
import sys
from pathlib import Path
from crawler import ConfigFile
from indexer import update_index
update_index(ConfigFile.read(Path(sys.argv[1])), rebuild="rebuild" in sys.argv)
"""
SEARCH = """
import json, sys
from pathlib import Path
from crawler import ConfigFile
from indexer import Collection, SearchRequest
collection = Collection.open(ConfigFile.read(Path(sys.argv[1])))
print("searching", flush=True)
while not Path(sys.argv[2]).exists():
    results = collection.search(SearchRequest("edition", limit=100))
    years = {row.value: row.count for row in results.facets.year}
    titles = sorted({hit.title for hit in results.hits})
    print(json.dumps([results.generation, results.total, titles, years]), flush=True)
collection.close()
"""


def edition(workspace: Workspace, number: int) -> None:
    """Change every document to this edition, and add one: a mix of two would show in titles, dates and totals."""
    documents = ({"id": f"d{at:02}", "title": f"Edition {number}", "text": f"Paper {at} of this edition.",
                  "date": str(2000 + number)} for at in range(NUMBER + number))  # fmt: skip
    workspace.load(*documents)


def whole(number: int) -> tuple[int, list[str], dict[str, int]]:
    return NUMBER + number, [f"Edition {number}"], {str(2000 + number): NUMBER + number}


def index(workspace: Workspace, *options: str) -> None:
    subprocess.run([sys.executable, "-c", INDEX, str(workspace.folder / "config.toml"), *options], check=True)


@pytest.mark.parametrize("options", [(), ("rebuild",)], ids=["update", "rebuild"])
def test_threads_that_search_while_another_process_indexes_get_whole_answers(
    workspace: Workspace, options: tuple[str, ...]
) -> None:
    edition(workspace, 0)
    workspace.index()
    collection = Collection.open(workspace.config)
    answers: list[tuple[int, list[str], dict[str, int]]] = []
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            results = collection.search(SearchRequest("edition", limit=100))
            years = {row.value: row.count for row in results.facets.year}
            answers.append((results.total, sorted({hit.title for hit in results.hits}), years))

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, ROUNDS):
        edition(workspace, number)
        index(workspace, *options)
    stop.set()
    for thread in threads:
        thread.join()
    collection.close()
    possible = [whole(number) for number in range(ROUNDS)]
    assert [answer for answer in answers if answer not in possible] == []
    assert len({answer[0] for answer in answers}) > 1


def test_a_process_that_searches_gets_whole_answers_and_never_an_older_one_after_a_newer(workspace: Workspace) -> None:
    edition(workspace, 0)
    workspace.index()
    done = workspace.folder / "done"
    script = [sys.executable, "-c", SEARCH, str(workspace.folder / "config.toml"), str(done)]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "searching\n"
        lines: list[str] = []
        reader = threading.Thread(target=lambda: lines.extend(process.stdout or ()))
        reader.start()
        for number in range(1, ROUNDS):
            edition(workspace, number)
            workspace.index()
        done.touch()
        reader.join()
    answers = [json.loads(line) for line in lines]
    assert process.returncode == 0
    assert [a for a in answers if tuple(a[1:]) not in [whole(number) for number in range(ROUNDS)]] == []
    generations = [answer[0] for answer in answers]
    assert generations == sorted(generations)


def test_a_search_does_not_wait_for_a_build_under_way(workspace: Workspace) -> None:
    edition(workspace, 0)
    workspace.index()
    edition(workspace, 1)
    found: list[int] = []

    @contextmanager
    def searching(_description: str, _total: int | None) -> Iterator[Callable[[int], None]]:
        yield lambda _: found.append(workspace.search("edition").total)  # from inside the build, lock held

    workspace.index(progress=searching)
    assert set(found) == {NUMBER}
    assert workspace.search("edition").total == NUMBER + 1


def test_a_second_writer_is_told_at_once_who_is_writing(workspace: Workspace) -> None:
    edition(workspace, 0)
    workspace.index()
    edition(workspace, 1)
    told: list[str] = []

    @contextmanager
    def writing_again(_description: str, _total: int | None) -> Iterator[Callable[[int], None]]:
        config = str(workspace.folder / "config.toml")
        script = [sys.executable, "-c", "from concord import main; main()", "index", "--config", config]
        second = subprocess.run(script, capture_output=True, text=True, check=False)
        told.extend([str(second.returncode), second.stderr])
        yield lambda _: None

    workspace.index(progress=writing_again)
    assert told[0] == "1"
    assert "being written by process" in told[1]


def test_a_second_writer_in_the_same_process_is_told_too(workspace: Workspace) -> None:
    edition(workspace, 0)

    @contextmanager
    def writing_again(_description: str, _total: int | None) -> Iterator[Callable[[int], None]]:
        with pytest.raises(IndexLocked, match="being written by process"):
            workspace.index()
        yield lambda _: None

    assert workspace.index(progress=writing_again).documents == NUMBER
