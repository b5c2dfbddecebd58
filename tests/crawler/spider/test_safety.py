"""Addresses that must not be fetched from, however they are come by, and secrets that must not be kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from crawler.spider.internet import is_public
from tests.crawler.spider.conftest import POLITE, site_source
from tests.site import behaviours

CONTACT = 'contact = "mailto:keeper@example.org"'
PUBLIC_ONLY = POLITE.replace("allow_private = true\n", "")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "2001:db8::1",
        "localhost",
        "",
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::808:808"])
def test_public_addresses(address):
    assert is_public(address)


@pytest.fixture
def sheltered(server, concord):
    """Crawl the local server, under some name for it, without ``allow_private``."""

    def crawl(host: str, names: dict[str, str] | None = None):
        source = site_source(server, polite=PUBLIC_ONLY).replace("127.0.0.1", host)
        concord.configure(source, crawl=f"{CONTACT}\nretries = 0")
        return concord.crawl(names=names or {})

    return crawl


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_private_addresses_are_refused_in_every_notation(server, sheltered, host):
    (failure,) = sheltered(host)["failed"]
    assert "127.0.0.1 is not an address of the public internet" in failure["reason"]
    assert server.asked == []


def test_a_name_that_resolves_to_a_private_address_is_refused(server, sheltered):
    (failure,) = sheltered("innocent.example", {"innocent.example": "127.0.0.1"})["failed"]
    assert "is not an address of the public internet" in failure["reason"]
    assert server.asked == []


def test_redirects_to_public_addresses_need_a_contact(server, concord):
    server.behaviours["/news/1.html"] = behaviours.redirect("http://outside.example/news/1.html")
    concord.configure(site_source(server))
    report = concord.crawl(names={"outside.example": "93.184.216.34"})
    assert report["new"] == 11
    assert "give [crawl] contact in config.toml first" in report["failed"][0]["reason"]


def test_a_redirect_from_a_source_without_allow_private_is_checked_like_any_address(server, concord):
    """The first host is let through by the resolver's word alone; the guard looks at each connection anew."""
    from crawler.spider.handler import AddressRefused, check_address

    check_address("93.184.216.34", allow_private=False, allow_public=True)
    with pytest.raises(AddressRefused):
        check_address("169.254.169.254", allow_private=False, allow_public=True)


def test_without_a_contact_nothing_public_is_crawled(server, concord):
    concord.configure(site_source(server, polite=PUBLIC_ONLY))
    error = concord.crawl_all()["error"]
    assert error.startswith("[crawl] contact is missing, and site would be fetched from the internet: write under")
    assert server.asked == []


def test_who_crawls_is_said_and_nothing_else_is_sent(server, concord):
    concord.configure(site_source(server), crawl=CONTACT)
    concord.crawl()
    for asked in server.asked:
        assert asked.headers["user-agent"] == "Concord/0.1 (+mailto:keeper@example.org)"
        assert not {"cookie", "referer", "authorization"} & set(asked.headers)


def test_credentials_in_addresses_are_neither_sent_nor_stored(server, concord):
    with_secret = server.base.replace("http://", "http://user:s3cret@")
    home = server.site.resources["/"].body.replace(b'"/news/"', f'"{with_secret}/news/"'.encode())
    server.site.resources["/"] = type(server.site.resources["/"])(home)
    server.behaviours["/news/2.html"] = behaviours.redirect(f"{with_secret}/news/3.html")
    concord.configure(site_source(server))
    report = concord.crawl()
    assert report["new"] == 11
    with closing(sqlite3.connect(concord.folder / "archive.sqlite")) as database:
        dump = "\n".join(database.iterdump())
    # Bodies are compressed; what a page itself says is kept as it is.
    assert "s3cret" not in dump
    assert all("authorization" not in asked.headers for asked in server.asked)
