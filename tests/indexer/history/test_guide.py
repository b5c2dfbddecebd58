"""The pages about changes show what happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.test_docs import _FILE, DOCS, assert_shows, consoles, read

if TYPE_CHECKING:
    import pytest


def test_the_guide_works_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(DOCS / "how-to" / "trace-a-phrase.md")
    (tmp_path / "followed").mkdir()
    for part in re.split(r"(?=^Save this|^## )", page, flags=re.MULTILINE):
        for verb, name, content in _FILE.findall(part):
            with (tmp_path / name).open("a" if verb == "Add" else "w", encoding="utf-8") as file:
                file.write(content)
        assert_shows(part, tmp_path / "config.toml", monkeypatch)
    assert len(list(consoles(page))) == 4


def test_the_explanation_shows_what_the_seeds_give(seed_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(DOCS / "explanation" / "what-changed-when.md")
    assert len(list(consoles(page))) == 2
    assert_shows(page, seed_workspace / "config.toml", monkeypatch)
