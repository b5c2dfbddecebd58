"""A few pages, fetched politely: a real server on this computer, which only ``allow_private`` lets be reached."""

from __future__ import annotations

import gzip
import socket
import time
from http.server import BaseHTTPRequestHandler

import pytest

from crawler import FetchError
from crawler.fetch import Fetcher, Manners
from tests.crawler.pages import Site


@pytest.fixture
def site():
    with Site() as site:
        yield site


@pytest.fixture
def fetch():
    """Fetch one address with the manners given."""

    def fetch(url: str, **manners):
        return Fetcher(Manners(**{"user_agent": "Concord", "delay": 0, "allow_private": True, **manners})).get(url)

    return fetch


def _reason(fetch, url: str, **manners) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, **manners)
    return caught.value.reason


def test_a_page_is_fetched_with_its_type_and_charset(site, fetch):
    found = fetch(site.page("/a", b"Hello.", Content_Type='text/html; charset="GB2312"'))
    assert (found.url, found.body, found.media_type, found.charset) == (
        f"{site.url}/a",
        b"Hello.",
        "text/html",
        "gb2312",
    )


def test_a_compressed_page_is_unpacked(site, fetch):
    assert fetch(site.page("/a", gzip.compress(b"Hello."), Content_Encoding="gzip")).body == b"Hello."


def test_redirects_are_followed(site, fetch):
    site.page("/b")
    assert fetch(site.page("/a", status=301, Location="/b")).url == f"{site.url}/b"


def test_a_loop_of_redirects_ends(site, fetch):
    assert _reason(fetch, site.page("/a", status=302, Location="/a")) == "more than 5 redirects"


def test_a_redirect_to_another_scheme_is_refused(site, fetch):
    assert "not a web address" in _reason(fetch, site.page("/a", status=302, Location="file:///etc/passwd"))


def test_robots_txt_is_asked_first_and_obeyed(site, fetch):
    site.page("/robots.txt", b"User-agent: concord\nDisallow: /private", Content_Type="text/plain")
    assert _reason(fetch, site.page("/private/a")) == "its robots.txt asks crawlers to leave it alone"
    assert site.asked == ["/robots.txt"]


def test_robots_txt_is_asked_about_a_redirect_too(site, fetch):
    site.page("/robots.txt", b"User-agent: *\nDisallow: /private")
    assert "robots.txt" in _reason(fetch, site.page("/a", status=302, Location="/private/a"))


def test_a_robots_txt_that_fails_forbids_everything(site, fetch):
    site.page("/robots.txt", status=503)
    assert "robots.txt" in _reason(fetch, site.page("/a"))


def test_there_is_a_pause_between_two_requests(site, monkeypatch):
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    site.page("/robots.txt", b"User-agent: *\nCrawl-delay: 7")
    fetcher = Fetcher(Manners("Concord", delay=1.0, allow_private=True))
    for path in ("/a", "/b"):
        fetcher.get(site.page(path))
    assert [round(pause) for pause in pauses] == [7]


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, "not there (HTTP 404)"), (403, "the server forbids it (HTTP 403)"), (500, "the server failed (HTTP 500)")],
)
def test_an_error_is_told(site, fetch, status, reason):
    assert _reason(fetch, site.page("/a", status=status)) == reason


def test_a_page_is_fetched_once(site):
    fetcher = Fetcher(Manners("Concord", delay=0, allow_private=True))
    assert fetcher.get(site.page("/a")) is fetcher.get(f"{site.url}/a")
    assert site.asked == ["/robots.txt", "/a"]


def test_a_body_has_a_limit(site, fetch):
    assert _reason(fetch, site.page("/a", b"x" * 2_000), max_bytes=1_000) == "larger than 0.001 MB"


def test_a_compressed_body_has_a_limit_after_unpacking(site, fetch):
    bomb = site.page("/a", gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")
    assert _reason(fetch, bomb, max_bytes=1_000_000) == "larger than 1 MB"


def test_a_cut_off_body_is_told(site, fetch):
    assert _reason(fetch, site.page("/a", b"Hel", Content_Length="6")) == "the connection broke off"


def test_a_damaged_compressed_body_is_told(site, fetch):
    assert _reason(fetch, site.page("/a", b"Hello.", Content_Encoding="gzip")) == "its compressed body is damaged"


def test_a_body_that_drips_is_given_up(site, fetch):
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        try:
            for _ in range(200):
                handler.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return

    site.answers["/a"] = drip
    assert _reason(fetch, f"{site.url}/a", timeout=0.4).startswith(("no answer in time", "the connection broke off"))


def test_headers_that_drip_are_given_up(site, fetch):
    def drip(handler: BaseHTTPRequestHandler) -> None:
        try:
            for _ in range(200):
                handler.wfile.write(b"H")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    site.answers["/a"] = drip
    assert _reason(fetch, f"{site.url}/a", timeout=0.4)


def test_a_host_in_the_own_network_is_refused(site, fetch):
    assert "--allow-private" in _reason(fetch, site.page("/a"), allow_private=False)
    assert site.asked == []


@pytest.mark.parametrize("host", ["127.1", "0x7f000001", "2130706433", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"])
def test_other_spellings_of_this_computer_are_refused(site, fetch, host):
    assert _reason(fetch, f"http://{host}:{site.server.server_port}/a", allow_private=False)
    assert site.asked == []


def test_a_name_that_resolves_to_this_computer_is_refused(site, fetch, monkeypatch):
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest: real("127.0.0.1", *rest))
    url = f"http://www.example.org:{site.server.server_port}/a"
    assert "--allow-private" in _reason(fetch, url, allow_private=False)


def test_an_address_on_the_internet_is_refused_where_only_private_ones_are_allowed(site, fetch, monkeypatch):
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest: real("93.184.216.34", *rest))
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it was connected to"))
    assert "[crawl] contact" in _reason(fetch, "http://www.example.org/", allow_public=False)


def test_a_port_that_nobody_listens_on_is_told(fetch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert _reason(fetch, f"http://127.0.0.1:{port}/") == "no connection: the host refuses it or can't be reached"


def test_cookies_are_neither_kept_nor_sent(site):
    fetcher = Fetcher(Manners("Concord", delay=0, allow_private=True))
    found = fetcher.get(site.page("/a", Set_Cookie="session=1"))
    fetcher.get(site.page("/b"))
    assert "set-cookie" not in found.headers
    assert not any("cookie" in headers for headers in site.headers)


def test_a_password_in_an_address_is_not_sent_and_not_told(fetch):
    with pytest.raises(FetchError) as caught:
        fetch("http://user:secret@127.0.0.1/")
    assert "secret" not in str(caught.value)


def test_whoever_asks_is_named(site, fetch):
    fetch(site.page("/a"), user_agent="Concord/1 (+mailto:me@example.org)")
    assert {headers["user-agent"] for headers in site.headers} == {"Concord/1 (+mailto:me@example.org)"}
