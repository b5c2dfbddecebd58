"""Patterns of documents, learnt from addresses as ministries and agencies have them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sources.patterns import learn

SITE = "https://www.example.org"
MENU = [f"{SITE}{path}" for path in ("/", "/about", "/about/minister", "/contact", "/en", "/news/", "/search?q=a")]


@pytest.mark.parametrize(
    ("paths", "pattern"),
    [
        ([f"/eng/xw/20250{n}/t2025070{n}_116792{n}0.html" for n in range(1, 6)], r"/eng/xw/\d{6}/t\d{8}_\d+\.html$"),
        ([f"/2026041{n}/e1f4925dac254e9e89aef70ddf4fa4d{n}/c.html" for n in range(5)], r"/\d{8}/[0-9a-f]{32}/c\.html$"),
        ([f"/en/2024/sc1560{n}.doc.htm" for n in range(5)], r"/en/\d{4}/sc\d+\.doc\.htm$"),
        ([f"/notes/the-treaty-on-visas-{n}" for n in ("a", "b", "c")], r"/notes/[^/?]*-[^/?]+$"),
        ([f"/n/2008/11/0{n}/a-treaty-was-signed-{n}/" for n in range(1, 5)], r"/n/\d{4}/\d{2}/\d{2}/[^/?]*-[^/?]+/$"),
        ([f"/release.asp?sCodigo=E-0{n}/24" for n in range(1, 5)], r"/release\.asp\?sCodigo=E-\d+/\d+$"),
        ([f"/newsroom/article{n}.aspx" for n in range(1, 5)], r"/newsroom/article\d+\.aspx$"),
        ([f"/institucion/rree/noticias/134757{n}-canciller-suscribio-un-memorandum" for n in range(1, 5)],
         r"/institucion/rree/noticias/[^/?]*-[^/?]+$"),
    ],
)  # fmt: skip
def test_what_many_addresses_share_is_a_pattern(paths, pattern):
    assert learn([*MENU, *(SITE + path for path in paths)]) == (pattern,)


def test_menus_have_no_pattern():
    assert learn(MENU) == ()


def test_further_pages_of_a_list_have_none():
    assert learn([f"{SITE}/news/index_{n}.html" for n in range(9)] + [f"{SITE}/news?page={n}" for n in range(9)]) == ()


def test_two_alike_are_too_few():
    assert learn([f"{SITE}/news/2008/{n}.html" for n in range(2)]) == ()


def test_dates_count_more_than_numbers():
    dated = [f"{SITE}/a/2008110{n}.html" for n in range(1, 4)]
    numbered = [f"{SITE}/b/100{n}.html" for n in range(4)]
    assert learn(numbered + dated)[0] == r"/a/\d{8}\.html$"


def test_what_is_below_the_page_looked_at_comes_first():
    here = [f"{SITE}/treaties/2008110{n}.html" for n in range(1, 4)]
    elsewhere = [f"{SITE}/jobs/2008110{n}.html" for n in range(1, 9)]
    assert learn(elsewhere + here, below="/treaties/") == (r"/treaties/\d{8}\.html$",)


def test_a_rare_shape_beside_a_frequent_one_is_left_out():
    many = [f"{SITE}/a/2008-11-{n:02}.html" for n in range(1, 29)]
    few = [f"{SITE}/b/2008-11-0{n}.html" for n in range(1, 4)]
    assert learn(many + few) == (r"/a/\d{4}-\d{2}-\d{2}\.html$",)


@given(st.lists(st.from_regex(r"/[a-z0-9_.-]{1,12}(/[a-z0-9_.()+-]{1,12}){0,2}(\?[a-z]=[0-9]{1,3})?", fullmatch=True)))
def test_every_pattern_is_found_in_some_of_the_addresses(paths):
    addresses = [SITE + path for path in paths]
    assert all(sum(bool(re.search(found, each)) for each in addresses) >= 3 for found in learn(addresses))
