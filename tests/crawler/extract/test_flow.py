"""From a piece of a tree to paragraphs."""

from __future__ import annotations

import pytest

from crawler.extract.flow import LONG, paragraphs_of
from crawler.extract.tree import parse


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        ("<p>One</p><p>Two</p>", ("One", "Two")),
        ("<p>One <b>bold</b> <a href='#'>link</a></p>", ("One bold link",)),
        ("<h2>Head</h2>Text<ul><li>First</li><li>Second</li></ul>", ("Head", "Text", "First", "Second")),
        ("One<br><br>Two", ("One", "Two")),
        ("One<br>\n<br>Two", ("One", "Two")),
        ("One<br>goes on", ("One goes on",)),
        ("One<br>\u3000\u3000Two", ("One", "Two")),
        ("<table><tr><th>Name</th><td>Ana</td></tr><tr><td>B</td><td>2</td></tr></table>", ("Name Ana", "B 2")),
        ("<table><tr><td><p>Menu</p></td><td><p>One</p><p>Two</p></td></tr></table>", ("Menu", "One", "Two")),
        ("<blockquote>Said</blockquote>Done", ("Said", "Done")),
        ("<p>One<script>var a;</script> two<style>p{}</style></p>", ("One two",)),
        ("<p> </p><p>&nbsp;</p>", ()),
        ("<div>One<div>Two</div>Three</div>", ("One", "Two", "Three")),
    ],
)
def test_each_block_is_a_paragraph(html, paragraphs):
    assert paragraphs_of(parse(f"<html><body>{html}</body></html>")) == paragraphs


def test_a_very_long_paragraph_is_parted_at_its_line_breaks():
    line = "A line of a text. " * 20
    html = f"<p>{(line + '<br>') * (LONG // len(line) + 2)}</p>"
    assert set(paragraphs_of(parse(html))) == {line.strip()}
