from __future__ import annotations

from pathlib import Path

import pytest

from crawler import ConfigError, ConfigFile
from webui import WebSettings


def load(tmp_path: Path, text: str) -> WebSettings:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return WebSettings.load(ConfigFile.read(path))


def test_without_a_section_it_listens_on_this_machine_alone(tmp_path: Path):
    settings = load(tmp_path, "")
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


def test_all_mistakes_are_told_with_their_lines(tmp_path: Path):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, '[web]\nport = 70000\nhost = ""\nprot = 1\n')
    lines = [mistake.split(":")[1] for mistake in caught.value.mistakes]
    assert sorted(lines) == ["2", "3", "4"]
