"""How long to wait, and what a broken body is."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from scrapy.exceptions import ResponseDataLossError
from scrapy.utils._compression import _DecompressionMaxSizeExceeded

from crawler.spider.politeness import gunzip
from crawler.spider.waiting import LONGEST_REST_S, LONGEST_WAIT_S, backoff, retry_after


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"120", 120.0),
        (b" 0 ", 0.0),
        (b"9" * 30, LONGEST_REST_S),
        (b"Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        (b"soon", None),
        (b"-5", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after(header, seconds):
    assert retry_after(header) == seconds


def test_retry_after_may_be_a_date():
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 85 < (retry_after(moment.encode()) or 0) <= 90


def test_each_failure_doubles_the_wait_up_to_a_bound():
    assert [backoff(tries) for tries in (1, 2, 3)] == [1, 2, 4]
    assert backoff(1, too_many=True) == 30
    assert backoff(40) == LONGEST_WAIT_S


@pytest.mark.parametrize(
    "body",
    [gzip.compress(b"x" * 999), gzip.compress(b"x" * 500) + gzip.compress(b"x" * 499)],
    ids=[
        "one member",
        "two members",
    ],  # the bytes have the time in them, which is no name for a test
)
def test_whole_gzip_bodies_are_unpacked(body):
    assert gunzip(body, 1000) == b"x" * 999
    assert gunzip(body + b"\0\0", 0) == b"x" * 999


@pytest.mark.parametrize("cut", [5, 15, -1])
def test_half_a_gzip_body_is_no_body(cut):
    with pytest.raises(ResponseDataLossError):
        gunzip(gzip.compress(b"some text that is long enough")[:cut], 0)


def test_a_broken_gzip_body_is_no_body():
    with pytest.raises(ResponseDataLossError):
        gunzip(b"\x1f\x8b\x08" + b"rubbish" * 10, 0)


def test_unpacking_stops_at_the_limit():
    packer = zlib.compressobj(9, wbits=31)
    bomb = packer.compress(b" " * 50_000_000) + packer.flush()
    with pytest.raises(_DecompressionMaxSizeExceeded) as error:
        gunzip(bomb, 1000)
    assert error.value.decompressed_size < 200_000
