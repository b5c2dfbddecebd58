"""From bytes to text."""

from __future__ import annotations

import codecs

import pytest

from crawler.extract import decode


@pytest.mark.parametrize(
    "body",
    [
        "Señor 引渡".encode(),
        codecs.BOM_UTF8 + "Señor 引渡".encode(),
        codecs.BOM_UTF16_LE + "Señor 引渡".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Señor 引渡".encode("utf-16-be"),
    ],
)
def test_unicode_is_decoded_and_its_mark_left_out(body):
    assert decode(body) == "Señor 引渡"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("Señor".encode("latin-1"), "byte 2 (0xf1)"),
        (codecs.BOM_UTF8 + b"ab\xff", "byte 5 (0xff)"),
        (codecs.BOM_UTF16_LE + b"a\0b", "byte 4 (0x62)"),
    ],
)
def test_other_bytes_are_told_with_their_place(body, reason):
    with pytest.raises(ValueError, match="no part of a character") as caught:
        decode(body)
    assert reason in str(caught.value)


def test_a_nul_byte_is_binary():
    with pytest.raises(ValueError, match="binary"):
        decode(b"PK\0\0")
