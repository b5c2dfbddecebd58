"""What docs/ says of sources is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler import ConfigFile, load_settings
from crawler.source import KINDS

DOCS = Path(__file__).parents[3] / "docs"
HOW_TO = (DOCS / "how-to" / "add-a-source.md").read_text("utf-8")
TUTORIAL = (DOCS / "tutorial" / "add-a-source.md").read_text("utf-8")

EXAMPLES = re.findall(r"```toml\n(.*?)```", HOW_TO + TUTORIAL, re.DOTALL)


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.split("\n")[1])
def test_an_example_can_be_copied(write, text):
    load_settings(ConfigFile.read(write("config.toml", text)))


def test_there_is_an_example_of_each_kind_in_six_lines(write):
    shown = {}
    for text in re.findall(r"```toml\n(.*?)```", HOW_TO, re.DOTALL):
        for source in load_settings(ConfigFile.read(write("config.toml", text))).sources:
            lines = text.count("\n")
            shown[str(source.kind)] = min(lines, shown.get(str(source.kind), lines))
    assert shown.keys() == KINDS.keys()
    assert max(shown.values()) <= 6
