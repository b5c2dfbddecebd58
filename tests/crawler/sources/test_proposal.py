"""What is proposed for what was found."""

from __future__ import annotations

import pytest

from crawler import ConfigError
from crawler.discovery.feeds import Entry
from crawler.source import Selectors
from crawler.sources.look import FoundFeed, FoundSitemaps, Look
from crawler.sources.proposal import propose

HOST = "https://www.mfa.gov.cn"
PAGES = tuple(f"{HOST}/eng/xw/2025/t2025070{number}_1.html" for number in range(1, 5))
ENTRY = Entry("1", PAGES[0], "A", None, None, None, "x")


def _look(url: str = f"{HOST}/eng/", title: str | None = "News | Ministry", **found) -> Look:
    return Look(
        **{"url": url, "title": title, "language": "en", "feeds": (), "sitemaps": None, "links": PAGES, **found}
    )


def test_feeds_come_first():
    feed = FoundFeed(f"{HOST}/rss.xml", "Feed", (ENTRY,))
    found = propose(_look(feeds=(feed,), sitemaps=FoundSitemaps(("s",), PAGES)), None, [])
    assert (found.values["kind"], found.values["feeds"]) == ("feed", [f"{HOST}/rss.xml"])
    assert found.reason == "it has 1 feed with 1 entry"


def test_sitemaps_come_next_with_what_to_keep_of_them():
    found = propose(_look(sitemaps=FoundSitemaps((f"{HOST}/map.xml",), (f"{HOST}/about", *PAGES))), None, [])
    assert (found.values["kind"], found.values["sitemaps"]) == ("sitemap", [f"{HOST}/map.xml"])
    assert found.values["keep"] == [r"/eng/xw/\d{4}/t\d{8}_\d+\.html$"]


def test_links_come_last():
    found = propose(_look(), None, [])
    assert (found.values["kind"], found.values["start"]) == ("site", [f"{HOST}/eng/"])


def test_a_page_without_documents_is_told():
    with pytest.raises(ConfigError, match="no links that look like documents: name a page that lists them"):
        propose(_look(links=(f"{HOST}/about",)), None, [])


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.mfa.gov.cn/eng/", "mfa-cn"),
        ("https://www.cancilleria.gob.ar/es", "cancilleria-ar"),
        ("https://press.un.org/en", "press-un"),
        ("https://www.gob.mx/sre/archivo/prensa", "mx-sre"),
        ("https://www.gob.pe/", "pe"),
        ("https://xn--mller-kva.example/", "xn-mller-kva-example"),
        ("http://127.0.0.1:8000/", "127-0-0-1"),
    ],
)
def test_a_name_is_made_from_the_address(url, name):
    found = propose(_look(url=url, links=tuple(f"{url}/2025/t2025070{n}.html" for n in range(1, 5))), None, [])
    assert found.values["name"] == name


def test_a_name_that_is_taken_gets_a_number():
    assert propose(_look(), None, ["mfa-cn", "mfa-cn-2"]).values["name"] == "mfa-cn-3"


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("News | Ministry of Foreign Affairs", "Ministry of Foreign Affairs"),
        ("Notas à imprensa — Ministério", "Ministério"),
        ("Post-war  Office", "Post-war Office"),
        (" | ", "www.mfa.gov.cn"),
        (None, "www.mfa.gov.cn"),
    ],
)
def test_a_label_is_the_sites_part_of_a_title(title, label):
    assert propose(_look(title=title), None, []).values["label"] == label


def test_a_language_that_the_site_names_wins_over_a_detected_one():
    assert propose(_look(), None, []).with_language("es").values["language"] == "en"
    found = propose(_look(language=None), None, []).with_language("es")
    assert list(found.values)[:4] == ["name", "label", "kind", "language"]


def test_selectors_are_added_where_there_are_any():
    proposal = propose(_look(), None, [])
    assert "selectors" not in proposal.with_selectors(Selectors()).values
    assert proposal.with_selectors(Selectors(body="main")).values["selectors"] == {"body": "main"}


def test_private_addresses_are_allowed_where_that_was_said():
    assert propose(_look(), None, [], allow_private=True).source.allow_private
