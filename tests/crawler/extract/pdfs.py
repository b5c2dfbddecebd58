"""PDFs made for tests: lines of text at places, in sizes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


@dataclass(frozen=True)
class Put:
    """A line to print."""

    text: str
    y: float
    x: float = 72
    size: float = 11


def column(text: str, *, top: float = 700, x: float = 72, size: float = 11, leading: float = 14) -> list[Put]:
    """The lines of a text, one below the other; an empty line leaves a gap."""
    return [
        Put(line, top - number * leading, x, size) for number, line in enumerate(text.strip("\n").split("\n")) if line
    ]


def make_pdf(*pages: Sequence[Put], title: str | None = None, password: str | None = None) -> bytes:
    """A PDF of these pages, in Helvetica; Latin letters only."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        stream = DecodedStreamObject()
        stream.set_data(b"\n".join(map(_operators, lines)))
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
    writer.add_metadata({"/CreationDate": "D:20240501120000Z", **({"/Title": title} if title else {})})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _operators(put: Put) -> bytes:
    text = put.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return f"BT /F1 {put.size} Tf 1 0 0 1 {put.x} {put.y} Tm (".encode() + text + b") Tj ET"
