from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.canonical import canonical, canonical_of, same_page


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("http://a.org", "http://a.org/"),
        ("HTTP://WWW.Example.ORG/News", "http://www.example.org/News"),
        ("http://a.org:80/x", "http://a.org/x"),
        ("https://a.org:443/x", "https://a.org/x"),
        ("https://a.org:8443/x", "https://a.org:8443/x"),
        ("http://a.org./x", "http://a.org/x"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("https://user:secret@a.org/x", "https://a.org/x"),
        ("  http://a.org/a\nb ", "http://a.org/ab"),
        ("http://a.org/x#top", "http://a.org/x"),
        ("http://a.org/#!/page/2", "http://a.org/#!/page/2"),
        ("http://a.org/a/./b/../c", "http://a.org/a/c"),
        ("http://a.org/../../c", "http://a.org/c"),
        ("http://a.org/a/b/..", "http://a.org/a/"),
        ("http://a.org/%7euser/%e4%b8%ad", "http://a.org/~user/%E4%B8%AD"),
        ("http://a.org/100%", "http://a.org/100%25"),
        ("http://a.org/新闻?q=中", "http://a.org/%E6%96%B0%E9%97%BB?q=%E4%B8%AD"),
        ("http://a.org/?q=%b9%fa", "http://a.org/?q=%B9%FA"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("http://a.org/news/index.html", "http://a.org/news/index.html"),
        ("http://a.org/x?", "http://a.org/x"),
        ("http://a.org/x?b=2&a=1", "http://a.org/x?b=2&a=1"),
        ("http://a.org/x?a=&b", "http://a.org/x?a=&b"),
    ],
)
def test_an_address_has_one_form(written, stored):
    assert canonical(written) == stored


@pytest.mark.parametrize(
    "parameter",
    [
        "utm_source=feed",
        "UTM_campaign=x",
        "fbclid=1",
        "gclid=1",
        "spm=C123.1",
        "from=timeline",
        "isappinstalled=0",
        "share_token=1",
        "mc_cid=1",
        "_ga=1.2",
        "xtor=RSS-1",
        "PHPSESSID=abc",
        "jsessionid=1",
        "sid=0123456789abcdef0123456789abcdef",
    ],
)
def test_what_only_tracks_is_left_out(parameter):
    assert canonical(f"http://a.org/x?id=7&{parameter}&page=2") == "http://a.org/x?id=7&page=2"


@pytest.mark.parametrize("parameter", ["sid=12", "from=2008", "eid=5", "gid=4", "source=un", "keyword=treaty", "cid=9"])
def test_what_tells_pages_apart_stays(parameter):
    assert canonical(f"http://a.org/x?{parameter}") == f"http://a.org/x?{parameter}"


def test_a_session_in_the_path_is_left_out():
    assert canonical("http://a.org/x.do;jsessionid=1A2B?id=1") == "http://a.org/x.do?id=1"


def test_a_relative_address_is_resolved():
    assert canonical("../x.html?y=1", base="http://a.org/p/q/r") == "http://a.org/p/x.html?y=1"


@pytest.mark.parametrize(
    "address",
    ["mailto:a@b.org", "javascript:void(0)", "ftp://a.org/x", "//a.org/x", "/x", "", "http:///x", "http://a b.org/"],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(ValueError, match=r"not a web address|can't be the name of a host"):
        canonical(address)


def test_a_refusal_does_not_repeat_a_password():
    with pytest.raises(ValueError, match=r"ftp://a\.org/x") as caught:
        canonical("ftp://user:secret@a.org/x")
    assert "secret" not in str(caught.value)


@given(st.text(max_size=30), st.text(alphabet="abc=&%?;#/中 ", max_size=30))
def test_the_canonical_form_is_its_own_canonical_form(path, query):
    try:
        once = canonical(f"http://a.org/{path}?{query}")
    except ValueError:
        return
    assert canonical(once) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.org/x", "https://a.org/x"),
        ("https://m.a.org/x", "https://a.org/x"),
        ("https://a.org/x/amp/", "https://a.org/x"),
        ("https://a.org/x?amp=1", "https://a.org/x"),
        ("https://a.org/x.amp.html", "https://a.org/x.html"),
        ("https://a.org/x?outputType=amp", "https://a.org/x"),
        ("https://a.org/x_print.htm", "https://a.org/x.htm"),
        ("https://a.org/print/x.htm", "https://a.org/x.htm"),
        ("https://a.org/x?id=2&print=1", "https://a.org/x?id=2"),
        ("https://a.org/x?b=1&a=2", "https://a.org/x?a=2&b=1"),
        ("https://a.org/news/index.html", "https://a.org/news/"),
        ("https://a.org/x?utm_source=y#z", "https://a.org/x"),
    ],
)
def test_variants_are_one_page(one, other):
    assert same_page(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.org/x?id=1", "https://a.org/x?id=2"),
        ("https://a.org/x", "https://b.org/x"),
        ("https://a.org/printing/x", "https://a.org/x"),
        ("https://m.org/x", "https://a.m.org/x"),
        ("https://a.org/blueprint.html", "https://a.org/blue.html"),
    ],
)
def test_other_pages_are_not(one, other):
    assert not same_page(one, other)


@pytest.mark.parametrize(
    ("page", "link", "og", "address"),
    [
        ("http://a.org/n/1.html?from=x", "https://www.a.org/n/1.html", None, "https://www.a.org/n/1.html"),
        ("http://a.org/n/1", None, "/n/1", "http://a.org/n/1"),
        ("http://a.org/n/1/print/", "/n/1/", None, "http://a.org/n/1/"),
        (None, "http://a.org/x", None, "http://a.org/x"),
    ],
)
def test_a_plausible_claim_is_believed(page, link, og, address):
    assert canonical_of(page, link, og) == address


@pytest.mark.parametrize(
    ("page", "claim"),
    [
        ("http://a.org/n/1.html", "http://a.org/"),
        ("http://a.org/n/1.html", "http://a.org/index.html"),
        ("http://a.org/n/1.html", "http://a.org/n/"),
        ("http://a.org/v.php?id=1", "http://a.org/v.php"),
        ("http://a.org/n/1", "http://b.org/n/1"),
        ("http://x.gov.cn/n/1", "http://y.gov.cn/n/1"),
        ("http://a.org/n/1", "javascript:void(0)"),
    ],
)
def test_a_claim_of_a_template_is_passed_over(page, claim):
    assert canonical_of(page, claim) == page


def test_a_page_without_any_address_has_none():
    assert canonical_of(None, None) is None


def test_the_second_claim_counts_where_the_first_is_none():
    assert canonical_of("http://a.org/n/1?x=y", "http://a.org/", "http://a.org/n/1") == "http://a.org/n/1"
