"""Web archives: each capture with its own moment, whatever the order they come in."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.errors import LoadError
from crawler.loaders import load, load_sources
from crawler.loaders.parsed import Parsed, PassedOver, Seen, SourceHints
from crawler.loaders.warc import read_warc
from tests.crawler.extract.pdfs import column, make_pdf

SENTENCES = "The two sides signed a treaty on extradition in Beijing, and agreed to meet every year. " * 4
URL = "https://mfa.example.org/n/1"


def _html(title: str = "A treaty") -> bytes:
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>{SENTENCES}</p><p>{title}: {SENTENCES}</p></body></html>"
    ).encode()


@dataclass(frozen=True)
class Response:
    """A record to write."""

    body: bytes
    url: str = URL
    date: str = "2014-01-03T03:03:21Z"
    status: str = "200 OK"
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    record: str = "response"
    warc_headers: tuple[tuple[str, str], ...] = ()


def _warc(*responses: Response, packed: bool = True) -> bytes:
    """Written by hand: warcio's writer leaves a temporary file open for each record."""
    information = _record("warcinfo", {"Content-Type": "application/warc-fields"}, b"software: a test")
    records = [information, *map(_response, responses)]
    return b"".join(gzip.compress(record) if packed else record for record in records)


def _response(each: Response) -> bytes:
    fields = (("Content-Type", each.kind), *each.headers)
    http = [f"HTTP/1.1 {each.status}", *(f"{name}: {value}" for name, value in fields)]
    headers = {
        "WARC-Target-URI": each.url,
        "WARC-Date": each.date,
        "Content-Type": "application/http; msgtype=response",
        **dict(each.warc_headers),
    }
    return _record(each.record, headers, "\r\n".join(http).encode() + b"\r\n\r\n" + each.body)


def _record(kind: str, headers: dict[str, str], block: bytes) -> bytes:
    lines = ["WARC/1.0", f"WARC-Type: {kind}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(block)}", "", ""]).encode() + block + b"\r\n\r\n"


@pytest.fixture
def warc(write: Callable[[str, bytes], Path]) -> Callable[..., Path]:
    """A packed WARC file of the given responses."""
    return lambda *responses, name="a.warc.gz": write(name, _warc(*responses, packed=name.endswith(".gz")))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_response_is_a_document(warc, name):
    (parsed,) = read_warc(warc(Response(_html()), name=name))
    assert isinstance(parsed, Parsed)
    assert (parsed.title, parsed.address, parsed.url) == ("A treaty", URL, URL)


def test_a_capture_has_the_moment_of_its_record(archive, settings, warc):
    load(archive, settings, [warc(Response(_html()))])
    assert next(archive.changes()).captured_at == datetime(2014, 1, 3, 3, 3, 21, tzinfo=UTC)


def test_headers_are_kept_but_for_secrets(warc):
    secrets = tuple((name, "x") for name in ("Set-Cookie", "Authorization", "WWW-Authenticate", "X-Api-Key"))
    (parsed,) = read_warc(warc(Response(_html(), headers=(("ETag", '"1"'), *secrets))))
    assert isinstance(parsed, Parsed)
    assert parsed.headers == {"content-type": "text/html; charset=utf-8", "etag": '"1"'}


def test_the_address_has_no_password_and_no_tracking(warc):
    (parsed,) = read_warc(warc(Response(_html(), url="https://me:secret@mfa.example.org/n/1?utm_source=x#top")))
    assert isinstance(parsed, Parsed)
    assert parsed.address == URL


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (make_pdf(column("\n".join([SENTENCES[:80]] * 3))), "application/pdf"),
        (make_pdf(column("\n".join([SENTENCES[:80]] * 3))), "application/octet-stream"),
        (SENTENCES.encode(), "text/plain"),
        (_html(), "application/xhtml+xml"),
    ],
)
def test_each_readable_kind_is_read(warc, body, kind):
    (parsed,) = read_warc(warc(Response(body, kind=kind)))
    assert isinstance(parsed, Parsed)


def test_a_body_that_was_sent_packed_is_unpacked(warc):
    packed = Response(gzip.compress(_html()), headers=(("Content-Encoding", "gzip"),))
    (parsed,) = read_warc(warc(packed))
    assert isinstance(parsed, Parsed)
    assert parsed.body == _html()


def test_the_character_set_of_the_header_counts(warc):
    body = _html("中国外交部就引渡条约发表谈话").decode().encode("gbk")
    (parsed,) = read_warc(warc(Response(body, kind="text/html; charset=GB2312")))
    assert isinstance(parsed, Parsed)
    assert parsed.title == "中国外交部就引渡条约发表谈话"


@pytest.mark.parametrize(
    ("response", "why"),
    [
        (Response(b"GIF89a", kind="image/gif"), "image/gif"),
        (Response(b"", status="302 Found"), "status 302"),
        (Response(b"", status="503 Busy"), "status 503"),
        (Response(b"\x7fELF", kind="application/octet-stream"), "application/octet-stream"),
        (Response(_html(), warc_headers=(("WARC-Truncated", "length"),)), "cut off when it was captured"),
    ],
)
def test_other_records_are_passed_over_and_counted(warc, response, why):
    assert list(read_warc(warc(response))) == [PassedOver(why)]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_was_gone_is_noted(warc, status):
    (seen,) = read_warc(warc(Response(b"", status=f"{status} Gone")))
    assert seen == Seen(URL, datetime(2014, 1, 3, 3, 3, 21, tzinfo=UTC), status)


def test_a_page_that_cannot_be_read_is_a_failure_and_the_rest_goes_on(warc):
    failed, parsed = read_warc(warc(Response(b"%PDF-1.4", kind="application/pdf"), Response(_html())))
    assert isinstance(failed, LoadError)
    assert failed.reason.startswith(f"{URL}: ")
    assert isinstance(parsed, Parsed)


def test_patterns_say_what_is_kept(warc):
    path = warc(Response(_html()), Response(_html(), url="https://mfa.example.org/jobs/2"))
    (parsed,) = read_warc(path, SourceHints(keep=("/n/",)))
    assert isinstance(parsed, Parsed)
    assert parsed.address == URL


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_of_a_file_that_is_cut_off_the_captures_before_are_kept(archive, settings, write, name):
    body = _warc(
        *(Response(_html(f"Treaty {number}"), url=f"{URL}{number}") for number in range(3)), packed=name[-2:] == "gz"
    )
    report = load(archive, settings, [write(name, body[: len(body) - 200])])
    (failure,) = report.failed
    assert (report.new, "cut off" in failure.reason) == (2, True)


@pytest.mark.parametrize("body", [b"", b"garbage " * 100, b"<html></html>"])
def test_a_malformed_file_is_a_failure(archive, settings, write, body):
    (failure,) = load(archive, settings, [write("a.warc", body)]).failed
    assert "not a sound WARC" in failure.reason


# --- what a load makes of them

OLD, NEW = "2014-01-03T03:03:21Z", "2016-05-01T00:00:00Z"


def test_versions_are_in_the_order_of_time_whatever_the_order_of_the_file(archive, settings, warc):
    load(archive, settings, [warc(Response(_html("New"), date=NEW), Response(_html("Old"), date=OLD))])
    (document,) = archive.changes()
    titles = [archive.document(document.id, each.version).title for each in archive.history(document.id)]
    assert (document.title, titles) == ("New", ["Old", "New"])


def test_the_same_file_again_adds_nothing(archive, settings, warc):
    path = warc(Response(_html("New"), date=NEW), Response(_html("Old"), date=OLD))
    load(archive, settings, [path])
    (document,) = archive.changes()
    before = archive.history(document.id)
    assert load(archive, settings, [path]).unchanged == 2
    assert archive.history(document.id) == before


def test_a_page_that_was_gone_later_is_absent_and_stays(archive, settings, warc):
    report = load(
        archive, settings, [warc(Response(_html(), date=OLD), Response(b"", date=NEW, status="404 Not Found"))]
    )
    (document,) = archive.changes()
    (absence,) = archive.absences(document.id)
    assert (report.absent, absence.status, absence.noted_at.year) == (1, 404, 2016)


def test_a_revisit_confirms_the_capture_that_it_refers_to(archive, settings, warc):
    refers = (("WARC-Refers-To-Date", OLD),)
    revisit = Response(b"", date=NEW, record="revisit", warc_headers=refers)
    report = load(archive, settings, [warc(Response(_html(), date=OLD), revisit)])
    (document,) = archive.changes()
    (presence,) = archive.history(document.id)
    assert (report.confirmed, presence.confirmed_at.year) == (1, 2016)


def test_a_source_of_web_archives_is_loaded(archive, configure, warc):
    settings = configure('[[source]]\nname = "old"\nkind = "warc"\npaths = ["warcs"]\nkeep = ["/n/"]\n')
    warc(Response(_html()), Response(_html(), url="https://mfa.example.org/jobs/2"), name="warcs/a.warc.gz")
    load_sources(archive, settings)
    (document,) = archive.changes()
    assert (document.source, document.url) == ("old", URL)


def test_the_summary_tells_what_a_web_archive_has_beside_documents(archive, settings, warc):
    gone, image = Response(b"", url=f"{URL}2", status="410 Gone"), Response(b"GIF89a", kind="image/gif")
    report = load(archive, settings, [warc(Response(_html()), gone, image)])
    assert report.summary() == "1 new, 0 changed, 0 unchanged, 0 failed, 0 skipped, 1 absent, 1 passed over"
