"""Which of the dates on a page is that of its publication."""

from __future__ import annotations

import pytest

from crawler import DateBasis
from tests.crawler.extract.dates.pages import TEXT, article, date_of


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type": "Report", "datePublished": "2008-11-05T23:30-03:00"}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": "2008-11-05"}]}</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2008-11-05",}</script>',
        '<meta property="article:published_time" content="2008-11-05T23:30:00+08:00">',
        '<meta name="DC.Date.Issued" content="2008-11-05">',
        '<meta name="PubDate" content="2008-11-05 21:37">',
        '<meta name="publishdate" content="20081105">',
        '<meta name="citation_date" content="2008/11/05">',
        '<meta itemprop="datePublished" content="Wed, 05 Nov 2008 10:00:00 GMT">',
        '<meta name="date" content="November 5, 2008">',
    ],
)
def test_a_declared_date_is_taken_as_it_is_written(head):
    found = date_of(article(head=head))
    assert (str(found), found.basis) == ("2008-11-05", DateBasis.METADATA)


def test_microdata_counts_as_declared():
    found = date_of(article("<span itemprop='datePublished' content='2008-11-05T10:00'>Wednesday</span>"))
    assert (str(found), found.basis) == ("2008-11-05", DateBasis.METADATA)


def test_a_day_declared_in_utc_gives_way_to_the_one_that_is_shown():
    head = '<meta property="article:published_time" content="2008-11-06T02:30:00+00:00">'
    assert str(date_of(article("<p class='date'>Published November 5, 2008</p>", head=head))) == "2008-11-05"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2008-11-05">',
        '<meta name="last-modified" content="2008-11-05">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2008-11-05"}</script>',
        '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": '
        '[{"@type": "NewsArticle", "datePublished": "2008-11-05"}]}</script>',
        '<script>var built = "2008-11-05";</script>',
        '<meta name="date" content="1970-01-01">',
        '<meta name="date" content="2030-01-01">',
    ],
)
def test_dates_of_other_things_in_the_head_are_none(head):
    assert date_of(article(head=head)) is None


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "<div class='byline'>By Ana Ruiz | November 5, 2008 | Print</div>"),
        ("en", "<span>Source: Xinhua</span> <span>2008-11-05 10:22</span>"),
        ("en", "<p>November 5, 2008</p>"),
        ("en", "<dl><dt>Published</dt><dd>5 November 2008</dd><dt>Updated</dt><dd>9 November 2008</dd></dl>"),
        ("en", "<table><tr><td>Date:</td><td>5 November 2008</td></tr></table>"),
        ("en", "<p>Updated: 9 November 2008</p><p>Posted: 5 November 2008</p>"),
        ("en", "<p>Deadline: 9 December 2008</p><p>5 November 2008</p>"),
        ("en", "<div><span><em>2008</em></span><span><em>11</em>/<em>05</em></span><span>10:22:33</span></div>"),
        ("es", "<p>Fecha de publicación: 5 de noviembre de 2008</p>"),
        ("pt", "<p>Publicado em 05/11/2008 14h30 Atualizado em 06/11/2008 09h00</p>"),
        ("fr", "<p>Publié le 5 novembre 2008, mis à jour le 7 novembre 2008</p>"),
        ("de", "<p>Berlin, 05.11.2008 - Pressemitteilung</p>"),
        ("ru", "<p>5 ноября 2008 года, 18:22</p>"),
        ("zh", "<p>发布时间：2008年11月5日 来源：新华社</p>"),  # noqa: RUF001
        ("ar", "<p>تاريخ النشر: 5 نوفمبر 2008</p>"),
    ],
)
def test_the_date_under_the_headline_is_found(lang, line):
    found = date_of(article(line, lang=lang))
    assert (str(found), found.basis) == ("2008-11-05", DateBasis.TEXT)


def test_a_date_above_the_headline_is_found():
    assert str(date_of(article(above="<div class='fecha'>5 de noviembre de 2008</div>", lang="es"))) == "2008-11-05"


@pytest.mark.parametrize(
    "html",
    [
        article(below="<div class='related'><ul><li><a href='/a'>Another meeting</a> 2008-11-05</li></ul></div>"),
        article(below="<div class='comments'><p>Ana, November 5, 2008: I agree</p></div>"),
        article(below="<footer>Copyright 2008-2009. Founded on November 5, 2008</footer>"),
        article("<p>Last updated: November 5, 2008</p>"),
        article(
            below=f"<p>{TEXT} The treaty was signed on November 5, 2008, and has been in force ever since then.</p>"
        ),
        article("<p>Today is Wednesday, November 5, 2008</p>"),
        article("<p>Application deadline: November 5, 2008</p>"),
    ],
)
def test_other_dates_on_a_page_are_not_taken(html):
    assert date_of(html, "https://www.example.gov/n") is None


def test_the_address_tells_where_the_page_does_not():
    found = date_of(article(), "https://www.example.gov/eng/t20081105_471908.shtml")
    assert (str(found), found.basis) == ("2008-11-05", DateBasis.URL)


def test_a_labelled_date_beside_the_headline_outweighs_the_address():
    url = "https://www.example.gov/eng/t20140307_471908.shtml"
    assert str(date_of(article("<p>Published: November 5, 2008</p>"), url)) == "2008-11-05"


def test_the_address_outweighs_an_unlabelled_date_of_something_else():
    url = "https://www.example.gov/eng/t20081105_471908.shtml"
    assert str(date_of(article("<p>Lima, 3 December 2008</p>"), url)) == "2008-11-05"


@pytest.mark.parametrize(
    "closing",
    [
        "(Xinhua News Agency November 5, 2008)",
        "Buenos Aires, 5 de noviembre de 2008",
        "Brasília, 5 de novembro de 2008.",
        "二〇〇八年十一月五日",
    ],
)
def test_the_closing_line_is_read(closing):
    assert str(date_of(article(), paragraphs=(TEXT, closing))) == "2008-11-05"


def test_a_sentence_at_the_end_is_no_closing_line():
    closing = "The next meeting is to be held in Lima before November 5, 2008."
    assert date_of(article(), paragraphs=(TEXT, closing)) is None


@pytest.mark.parametrize(
    "opening", ["BEIJING, Nov. 5, 2008 (Xinhua) -- The two sides met.", "新华社北京2008年11月5日电 双方会见。"]
)
def test_the_dateline_is_read(opening):
    assert str(date_of(article(), paragraphs=(opening, TEXT))) == "2008-11-05"


def test_a_month_is_completed_by_a_day_within_it():
    closing = (TEXT, "(Xinhua News Agency November 5, 2008)")
    assert str(date_of(article(), "https://www.example.gov/2008/11/talks", paragraphs=closing)) == "2008-11-05"


def test_a_month_alone_stays_a_month():
    assert str(date_of(article(), "https://www.example.gov/2008/11/talks")) == "2008-11"


def test_a_page_without_a_headline_is_dated_by_the_lines_before_its_text():
    html = f"<html><body><table><tr><td><font>Talks</font><br>2008-11-05</td></tr></table><p>{TEXT}</p></body></html>"
    assert str(date_of(html)) == "2008-11-05"


def test_a_page_without_any_date_has_none():
    assert date_of(article()) is None
