"""Indexes of made documents on disk: built once a workspace, in processes of their own, whose figures are kept."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import Corpus
from benchmarks.workspace import Workspace
from crawler import Archive, ConfigFile, load, load_settings
from indexer import IndexerError, load_index_settings
from indexer.generations import GenerationStore

CONCORD = "concord"
FTS5_FIELDS = "fts5_fields"
"""Built only: FTS5 with the fields that Concord has."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The indexes of one corpus in a workspace."""

    workspace: Workspace
    corpus: Corpus

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"made-{self.corpus.size}{'-long' if self.corpus.long_share else ''}"

    def config(self) -> ConfigFile:
        """A config file whose archive has the corpus; loaded where it wasn't yet."""
        config = self.workspace.config_named(self.name)
        loaded = self.workspace.folder / f"{self.name}.loaded"
        if not loaded.exists():
            load_documents(self.workspace, config, (document.to_json() for document in self.corpus))
            loaded.touch()
        return config

    def folder(self, key: str) -> Path:
        """Where the index of an engine is."""
        if key == CONCORD:
            return load_index_settings(self.config()).path
        return self.workspace.folder / f"{self.name}-{key}"

    def built(self, key: str, *, anew: bool = False) -> dict[str, Any]:
        """Build the index of an engine where it isn't there; gives the figures of building it."""
        record = self.workspace.folder / f"{self.name}-{key}.json"
        if anew or not record.exists() or (key == CONCORD and not self._is_readable()):
            shutil.rmtree(self.folder(key), ignore_errors=True)
            record.write_text(json.dumps(self._build(key)), "utf-8")
        figures: dict[str, Any] = json.loads(record.read_text("utf-8"))
        return figures

    def _is_readable(self) -> bool:
        try:
            GenerationStore(self.folder(CONCORD)).current()
        except IndexerError:
            return False
        return True

    def _build(self, key: str) -> dict[str, Any]:
        corpus = [str(self.corpus.size), str(self.corpus.long_share)]
        where = str(self.config().path if key == CONCORD else self.folder(key))
        return in_own_process("benchmarks.build_one", key, where, *corpus)


def in_own_process(module: str, *arguments: str) -> dict[str, Any]:
    """Run a module as a program and read the JSON that it prints; its errors go where ours go."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1])
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def load_documents(workspace: Workspace, config: ConfigFile, lines: Iterable[dict[str, Any]]) -> None:
    """Load lines of ``.jsonl`` as ``concord load`` does."""
    path, settings = workspace.folder / "made.jsonl", load_settings(config)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    with Archive.open(settings.archive_path, create=True) as archive:
        report = load(archive, settings, [path])
    path.unlink()
    if report.failed:
        raise RuntimeError(f"made documents did not load: {report.failed[0]}")
