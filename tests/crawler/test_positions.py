"""The lines at which keys of a TOML file stand, in every way that TOML has of writing them."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from crawler.positions import Span, positions, spans

TEXT = '''# [nothing]
[web] # x
host = "a # b"
[[source]]
name = "a"
keep = [ # c
  "x", # one
  'y[',

  """z
  q""", "w"
]
inline = { a = 1, "b c" = [1,
 2], d.e = 5 }
[source.selectors]
"title" = "h1"
[[source]]
selectors.body = "p"
when = 2020-01-01T10:00:00.5Z
odd = """a""""
last = 1.5
'''


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("web",), 2),
        (("web", "host"), 3),
        (("source",), 4),
        (("source", 0), 4),
        (("source", 0, "name"), 5),
        (("source", 0, "keep"), 6),
        (("source", 0, "keep", 1), 8),
        (("source", 0, "keep", 2), 10),
        (("source", 0, "keep", 3), 11),
        (("source", 0, "inline", "a"), 13),
        (("source", 0, "inline", "b c", 1), 14),
        (("source", 0, "inline", "d", "e"), 14),
        (("source", 0, "selectors"), 15),
        (("source", 0, "selectors", "title"), 16),
        (("source", 1), 17),
        (("source", 1, "selectors", "body"), 18),
        (("source", 1, "last"), 21),
    ],
)
def test_a_key_is_found_at_its_line(keys, line):
    tomllib.loads(TEXT)
    assert positions(TEXT)[keys] == line


def test_what_is_not_there_has_no_line():
    assert ("nothing",) not in positions(TEXT)


def test_a_table_spans_from_its_header_to_its_last_key():
    assert spans("# a\n[x]\ny = [\n 1,\n]\n\n# b\n[[z]]\n# c\n") == [Span(("x",), 2, 5), Span(("z", 0), 8, 8)]


def test_a_text_of_several_lines_belongs_to_its_table():
    assert spans('[x]\ny = """a\nb"""\n\n[z]\n') == [Span(("x",), 1, 3), Span(("z",), 5, 5)]


_VALUES = st.recursive(
    st.one_of(st.integers(-9, 9), st.booleans(), st.text(max_size=6), st.floats(allow_nan=False, allow_infinity=False)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(min_size=1, max_size=4), _VALUES, max_size=4))
def test_every_key_of_every_file_has_a_line(data: dict[str, Any]):
    try:
        text = tomlkit.dumps(data)
        read = tomllib.loads(text)
    except (ValueError, tomllib.TOMLDecodeError):
        return  # not everything can be written as TOML, or the writer has its limits
    lines = positions(text)
    assert all((key,) in lines or (key, 0) in lines for key in read)
