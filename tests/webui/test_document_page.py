from __future__ import annotations

from collections.abc import Callable

from bs4 import BeautifulSoup

from tests.webui.fake import FakeCollection, FakeDocument

Page = Callable[..., BeautifulSoup]


def test_each_passage_has_its_anchor(page: Page):
    soup = page("/d/xinhua-1")
    assert [passage["id"] for passage in soup.select(".passage")] == ["p1", "p2", "p3"]
    assert [link["href"] for link in soup.select(".passage .anchor")] == ["#p1", "#p2", "#p3"]


def test_hits_are_marked_in_the_passages(page: Page):
    soup = page("/d/xinhua-1", q="extradition")
    assert [mark.text for mark in soup.select("#p2 mark")] == ["extradition"]


def test_without_a_query_nothing_is_marked(page: Page):
    soup = page("/d/xinhua-1")
    assert not soup.select("mark, .ticks")


def test_the_passages_with_hits_are_listed(page: Page):
    soup = page("/d/xinhua-1", q="cooperation")
    assert [link["href"] for link in soup.select(".ticks a")] == ["#p3"]
    assert len(soup.select("svg.edge rect")) == 1


def test_the_rail_tells_what_it_is_and_how_the_date_is_known(page: Page):
    facts = {row.dt.text: " ".join(row.dd.stripped_strings) for row in page("/d/xinhua-1").select(".rail dl > div")}
    assert facts == {
        "Source": "Xinhua",
        "Published": "5 November 2008 read in the text",
        "Captured": "24 November 2026, 07:30 UTC",
        "Language": "English",
        "Original": "https://example.org/page",
    }


def test_an_undated_document_says_so(page: Page):
    assert "undated" in page("/d/mfa-2").select_one(".text > .meta").text


def test_domains_show_the_passages_and_words_they_rest_on(page: Page):
    evidence = page("/d/xinhua-1").select(".why .evidence")[0]
    assert evidence.select_one("a")["href"] == "#p1"
    assert "extradition" in evidence.text


def test_each_domain_that_the_text_gives_has_its_weight(page: Page):
    assert [weight.text for weight in page("/d/xinhua-1").select(".why summary .weight")] == ["0.500", "0.500"]


def test_an_address_that_is_no_web_address_is_never_a_link(collection: FakeCollection, page: Page):
    collection.documents = [FakeDocument("j", "t", url="javascript:alert(1)")]
    soup = page("/d/j")
    assert "javascript:alert(1)" in soup.select_one(".url").text
    assert not [link for link in soup.select("a") if str(link["href"]).startswith("javascript")]


def test_a_hostile_text_is_shown_as_text(collection: FakeCollection, page: Page):
    collection.documents = [FakeDocument("h", "<b>t</b>", ("</p><script>x</script>",))]
    soup = page("/d/h", q="script")
    assert "</p><script>x</script>" in soup.select_one("#p1").text
    assert soup.select_one("h1").text == "<b>t</b>"


def test_a_text_in_arabic_runs_from_right_to_left(page: Page):
    soup = page("/d/ar-1")
    assert [text["dir"] for text in soup.select("h1, p.passage")] == ["rtl", "rtl"]
    assert soup.select_one("p.passage")["lang"] == "ar"


def test_why_it_is_in_a_domain_stands_above_what_is_similar(collection: FakeCollection, page: Page):
    collection.documents.append(FakeDocument("like", "China to expand"))
    headings = [heading.text for heading in page("/d/xinhua-1").select(".rail h2")]
    assert headings == ["What it is", "Why these domains", "Similar documents"]


def test_the_way_back_leads_to_all_results(page: Page):
    assert page("/d/xinhua-1", q="a b").select_one(".back a")["href"] == "/?q=a+b"


def test_similar_documents_are_listed_with_the_words_they_share(page: Page):
    item, other = page("/d/mfa-1").select("[aria-labelledby=rail-similar] li")
    assert other.a["lang"] == "ar"
    assert item.a["href"] == "/d/mfa-2"
    assert " ".join(item.select_one(".how").stripped_strings) == "Mfa, undated; because of: a, extradition"


def test_without_similar_documents_there_is_no_list(page: Page):
    assert not page("/d/xinhua-1").select("[aria-labelledby=rail-similar]")
