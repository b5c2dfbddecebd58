"""A small foreign ministry on the web: a front page, a list, four statements, with or without feeds and sitemaps."""

from __future__ import annotations

from tests.crawler.pages import Site

SUBJECTS = ("extradition", "fisheries", "cultural exchange", "visas")
_TEXT = (
    "The two ministers exchanged views on {subject} and agreed that the existing treaty should be put into practice "
    "without delay. They underlined that both sides attach great importance to cooperation in this field.",
    "Experts of both ministries will meet in the coming months to work out the details of the arrangement on "
    "{subject}, which is to be signed by the end of next year at the latest, the spokesperson said.",
    "Asked about earlier reports, the spokesperson recalled that talks on {subject} had begun some years ago and had "
    "been held in a constructive atmosphere ever since, to the benefit of the people of both countries.",
)


def statement(number: int) -> str:
    """The path of a statement."""
    return f"/statements/2008-11-{number + 3:02}/t2008110{number + 3}_{4100 + number}.html"


def statement_html(number: int, *, head: str = "") -> bytes:
    """The page of a statement: the date beside its headline, menus around it."""
    subject = SUBJECTS[number]
    text = "".join(f"<p>{part.format(subject=subject)}</p>" for part in _TEXT)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Ministers discuss {subject} | Ministry of Examples</title>{head}</head><body>
<nav><a href="/">Home</a> <a href="/about">About us</a> <a href="/statements/">Statements</a></nav>
<div class="main"><h1>Ministers discuss {subject}</h1>
<p class="byline">November {number + 3}, 2008</p>
<div class="text">{text}</div></div><footer>© Ministry of Examples 2024</footer></body></html>""".encode()


def ministry(site: Site, *, feed: bool = False, sitemap: bool = False) -> str:
    """Put the ministry's pages on the site; the address of the list of statements."""
    numbers = range(len(SUBJECTS))
    for number in numbers:
        site.page(statement(number), statement_html(number), Content_Type="text/html; charset=utf-8")
    links = "".join(
        f'<li><a href="{statement(number)}">Ministers discuss {SUBJECTS[number]}</a></li>' for number in numbers
    )
    named = '<link rel="alternate" type="application/rss+xml" href="/news/rss.xml">' if feed else ""
    front = f"""<html lang="en-GB"><head><title>Statements | Ministry of Examples</title>
<meta property="og:site_name" content="Ministry of Examples">{named}</head><body>
<a href="/">Home</a><a href="/about">About</a><a href="/contact">Contact</a><ul>{links}</ul></body></html>"""
    site.page("/", front.encode())
    if feed:
        site.page("/news/rss.xml", _rss(site).encode(), Content_Type="application/rss+xml")
    if sitemap:
        site.page("/robots.txt", f"User-agent: *\nDisallow:\nSitemap: {site.url}/map.xml\n".encode())
        site.page("/map.xml", _sitemap(site).encode(), Content_Type="application/xml")
    return site.page("/statements/", front.encode())


def _rss(site: Site) -> str:
    items = "".join(
        f"<item><title>Ministers discuss {subject}</title><link>{site.url}{statement(number)}</link>"
        f"<pubDate>Wed, {number + 3:02} Nov 2008 10:00:00 +0000</pubDate></item>"
        for number, subject in enumerate(SUBJECTS)
    )
    return f'<rss version="2.0"><channel><title>Ministry of Examples</title>{items}</channel></rss>'


def _sitemap(site: Site) -> str:
    paths = ["/", "/about", "/contact", *(statement(number) for number in range(len(SUBJECTS)))]
    urls = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
