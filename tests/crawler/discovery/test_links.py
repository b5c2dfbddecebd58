"""The links of a page."""

from __future__ import annotations

import pytest

from crawler.discovery.links import MAX_LENGTH, Link, read_links

URL = "https://h.example/news/"


def links(html: str | bytes) -> tuple[Link, ...]:
    return read_links(html if isinstance(html, bytes) else html.encode(), URL, "utf-8")


def test_links_are_absolute_and_each_comes_once_in_the_order_of_the_page():
    page = '<a href="b.html">b</a><a href="/a#x">a</a><area href="b.html"><a href="//o.example/c">c</a>'
    assert links(page) == (
        Link("https://h.example/news/b.html"),
        Link("https://h.example/a"),
        Link("https://o.example/c"),
    )


def test_a_base_element_counts():
    assert links('<base href="/x/"><a href="y">y</a>') == (Link("https://h.example/x/y"),)


@pytest.mark.parametrize("page", ['<link rel="next" href="p2">', '<a rel="nofollow next" href="p2">', ""])
def test_only_next_is_onward(page):
    assert [link.onward for link in links(page)] == ([True] if page.startswith("<link") else [])


def test_a_link_that_is_onward_once_is_onward():
    assert links('<a href="p2">2</a><a rel="next" href="p2">next</a>') == (Link(URL + "p2", onward=True),)


@pytest.mark.parametrize(
    "href",
    ["mailto:a@b.c", "javascript:x()", "photo.JPG", "x.zip", "http://[::1", "#top", "", "?" + "x" * MAX_LENGTH],
)
def test_what_can_be_no_page_is_left_out(href):
    assert links(f'<a href="{href}">x</a>') == ()


def test_documents_are_kept():
    assert [link.url[-4:] for link in links('<a href="a.pdf">x</a><a href="b.docx">y</a>')] == [".pdf", "docx"]


@pytest.mark.parametrize("page", [b"", b"\x00\x01", b"<div>" * 100_000 + b'<a href="deep">x</a>', b"<a href='\xff'>"])
def test_no_page_is_too_broken(page):
    assert all(link.url.startswith("https://") for link in links(page))
