"""Which line is the headline, and what the title is."""

from __future__ import annotations

import pytest

from crawler.extract.blocks import read_blocks
from crawler.extract.headline import choose_title, find_headline, site_names, strip_site
from crawler.extract.metadata import read_metadata
from crawler.extract.tree import parse


def title_of(html, url=None):
    tree = parse(html)
    metadata = read_metadata(tree)
    return choose_title(metadata, find_headline(read_blocks(tree), metadata), url)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Ministers meet - Ministry of Foreign Affairs", "<h1>Ministers meet</h1>"),
        ("Ministers meet", "<div id='News_Body_Title'>Ministers meet</div>"),
        ("Ministry of Foreign Affairs", "<h1>Ministers meet</h1>"),
        ("Ministers meet | UN Press", "<div>no headline</div>"),
        ("Ministry :: Press Release", "<b>Press Release</b><h3>Ministers meet</h3>"),
        ("", "<h1>Ministers meet</h1>"),
        ("Ministers meet", "<div class='breadcrumb'>Home / <a href='#'>Ministers meet</a></div>"),
        ("Ministers meet - Site", "<h1>The Site</h1><h2>Ministers meet</h2>"),
    ],
)
def test_the_title_is_found_without_the_name_of_the_site(title, body):
    assert title_of(f"<html><head><title>{title}</title></head><body>{body}</body></html>") == "Ministers meet"


def test_a_list_of_related_news_is_no_headline():
    related = "<div class='related'><h3><a href='/'>Talks in Lima</a></h3></div>"
    html = f"<title>Talks in Lima</title>{related}<h1>Talks in Lima</h1>"
    tree = parse(html)
    found = find_headline(read_blocks(tree), read_metadata(tree))
    assert found.index == 1


def test_a_title_declared_twice_outweighs_a_slogan():
    html = (
        "<head><title>Talks in Lima</title><meta property='og:title' content='Talks in Lima'></head>"
        "<body><h1>Building the future</h1></body>"
    )
    assert title_of(html) == "Talks in Lima"


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("外交部长会见外长_中华人民共和国外交部", "外交部长会见外长"),
        ("外交部长会见外长--时政--人民网", "外交部长会见外长--时政"),
        ("Nota conjunta — Ministério das Relações Exteriores", "Nota conjunta"),
        ("UN-EU talks", "UN-EU talks"),
        ("Trade and culture: a new start", "Trade and culture: a new start"),
        ("Talks | Example", "Talks"),
    ],
)
def test_names_of_institutions_are_taken_off(title, bare):
    metadata = read_metadata(parse("<p>text</p>"))
    assert strip_site(title, site_names(metadata, "https://www.example.org/a")) == bare


def test_a_page_without_any_title_has_none():
    assert title_of("<p>Text</p>") is None
