"""The commands, as a user runs them: real processes, a real archive and index, a real port."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CONFIG = """
[archive]
path = "archive.sqlite"
[index]
path = "index"
[[source]]
name = "papers"
label = "Papers"
paths = ["papers"]
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    papers = tmp_path / "papers"
    papers.mkdir()
    documents = [
        {"id": "a", "title": "On extradition", "text": "A treaty on <b>extradition</b>.", "date": "2008-11-05"},
        {"id": "b", "title": "On culture", "text": "Nothing of the kind."},
    ]
    (papers / "papers.jsonl").write_text("\n".join(map(json.dumps, documents)), "utf-8")
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, "utf-8")
    return path


def start(config: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "from concord import main; main()", *arguments, "--config", str(config)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUNBUFFERED": "1"},
        # A shell that runs the tests in the background has them ignore Ctrl-C, and all that they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@contextmanager
def serving(config: Path, command: str) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """The process, its address, and the lines that it printed before."""
    process = start(config, command, "--port", "0")
    before: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Concord is serving on "):
                yield process, line.split()[4], before
                return
            before.append(line.rstrip("\n"))
        raise AssertionError(process.communicate()[1])
    finally:
        process.kill()
        process.communicate()


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as response:
        return str(response.read().decode())


def test_run_loads_indexes_and_serves(config: Path):
    with serving(config, "run") as (_, url, before):
        assert before[0].startswith("2 new")
        assert "<mark>extradition</mark>" in get(f"{url}/?q=extradition")


def test_run_loads_nothing_where_something_is_loaded(config: Path):
    with serving(config, "run"):
        pass
    with serving(config, "run") as (_, _url, before):
        assert not [line for line in before if " new, " in line]


def test_run_tells_a_file_that_can_not_be_loaded_and_serves_the_others(config: Path):
    (config.parent / "papers" / "broken.jsonl").write_text("{no json\n", "utf-8")
    with serving(config, "run") as (process, url, _):
        assert "On extradition" in get(f"{url}/?q=extradition")
        process.send_signal(signal.SIGTERM)
        assert "broken.jsonl" in process.communicate(timeout=60)[1]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_when_told_to(config: Path, sign: signal.Signals):
    with serving(config, "serve") as (process, url, _):
        get(f"{url}/healthz")
        process.send_signal(sign)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")


def test_several_processes_serve_where_the_config_file_says_so(config: Path):
    config.write_text(f"{CONFIG}[web]\nprocesses = 2\n", "utf-8")
    with serving(config, "run") as (process, url, _):
        assert "<mark>extradition</mark>" in get(f"{url}/?q=extradition")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 0


def test_without_an_index_it_serves_a_page_that_says_how_to_build_it(config: Path):
    with serving(config, "serve") as (_, url, _):
        with pytest.raises(urllib.error.HTTPError) as caught:
            get(url)
        with caught.value as answer:
            assert "concord index" in answer.read().decode()
    assert caught.value.code == 503


@pytest.mark.parametrize("command", ["serve", "run"])
def test_a_port_in_use_is_one_clear_line_before_any_work(config: Path, command: str):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = start(config, command, "--port", str(port))
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (1, "")
    assert (
        errors
        == f"concord: port {port} on 127.0.0.1 is in use: stop the other program or give --port N (with make: PORT=N)\n"
    )
    assert not (config.parent / "archive.sqlite").exists()


def test_a_mistake_in_the_config_file_is_one_clear_line(config: Path):
    config.write_text('[web]\nport = "eighty"\n', "utf-8")
    process = start(config, "serve")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.startswith(f"concord: {config}:2: [web]: port: ")
    assert len(errors.splitlines()) == 1


def test_mistakes_of_all_sections_are_told_at_once(config: Path):
    config.write_text(CONFIG.replace('label = "Papers"', "labl = 1") + "[web]\nprot = 1\n", "utf-8")
    process = start(config, "serve")
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert [line.split(": ")[3] for line in errors.splitlines()] == ["labl", "prot"]


@pytest.mark.parametrize("port", ["70000", "-1", "http"])
def test_a_port_that_can_not_be_is_a_usage_error(config: Path, port: str):
    process = start(config, "serve", "--port", port)
    process.communicate(timeout=60)
    assert process.returncode == 2
