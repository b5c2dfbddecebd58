"""Trees of HTML that nobody should have written: a clear outcome, without exhausting anything."""

from __future__ import annotations

import pytest

from crawler.extract.extract import extract
from crawler.extract.page import Hints, Page
from crawler.extract.tree import MAX_CHARACTERS, MAX_DEPTH, parse
from crawler.source import Selectors

TEXT = "The ministers met in the capital and spoke about trade, culture, the courts and the work of the embassies. " * 4


def depth(tree):
    deepest = level = 0
    from lxml import etree

    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


@pytest.mark.parametrize(
    "tags", [("div",), ("span", "b"), ("ul", "li"), ("table", "tr", "td"), ("font",), ("blockquote",)]
)
@pytest.mark.parametrize("closed", [True, False])
def test_a_page_nested_100_000_deep_keeps_its_text(tags, closed):
    times = 100_000 // len(tags)
    opening = "".join(f"<{tag}>" for tag in tags) * times
    closing = "".join(f"</{tag}>" for tag in reversed(tags)) * times if closed else ""
    found = extract(Page(f"<html><body>{opening}<p>{TEXT}</p>{closing}".encode()))
    assert found.paragraphs == (TEXT.strip(),)


def test_no_tree_is_deeper_than_what_libraries_stand():
    assert depth(parse("<div>" * 5_000 + TEXT)) <= MAX_DEPTH


def test_selectors_stand_deep_pages_too():
    html = f"<html><body>{'<div>' * 100_000}<p>{TEXT}</p>"
    found = extract(Page(html.encode()), Hints(Selectors(body="p", drop=("b",))))
    assert found.paragraphs == (TEXT.strip(),)


def test_a_very_long_page_keeps_all_its_paragraphs():
    html = "<html><body><h1>The law</h1>" + "".join(f"<p>Article {n}. {TEXT[:107]}</p>" for n in range(30_000))
    assert len(extract(Page(html.encode())).paragraphs) == 30_000


def test_what_is_longer_than_the_limit_is_cut():
    tree = parse("<p>" + "a" * (MAX_CHARACTERS + 10) + "</p>")
    assert len(tree.text_content()) == MAX_CHARACTERS - 3


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{TEXT}",
        f"{TEXT}",
        f"<html><p>{TEXT}</div></span></html></html><p>",
        f"<?xml version='1.0' encoding='utf-16'?><html><body><p>{TEXT}</p></body></html>",
        f"<html><head><title>T<body><p></title>{TEXT}",
        f"<p <p <<p>>{TEXT}</p",
    ],
)
def test_broken_html_gives_its_text(html):
    assert TEXT.strip()[:80] in " ".join(extract(Page(html.encode())).paragraphs)


@pytest.mark.parametrize("html", ["", "  \n", "<!-- a comment -->"])
def test_where_there_is_no_element_there_is_no_tree(html):
    assert parse(html) is None
