"""Documents out of the entries of feeds."""

from __future__ import annotations

import pytest

from crawler.discovery.feeds import Entry
from crawler.spider.entries import document_of_entry

SPANISH = "<p>Los ministros firmaron hoy en la capital un acuerdo de cooperación judicial entre los dos países.</p>"
CHINESE = "<p>两国部长今天在首都签署了司法合作协定。</p>"


@pytest.mark.parametrize(
    ("content", "hint", "language"),
    [
        (SPANISH, "en", "es"),
        (CHINESE, "en", "zh"),
        ("<p>Nota breve</p>", "es", "es"),
        ("<p>Nota breve</p>", None, None),
    ],
)
def test_an_entry_is_in_the_language_of_its_text_the_source_only_hints(
    content: str, hint: str | None, language: str | None
) -> None:
    document = document_of_entry(Entry("1", "https://mfa.example/1", "", None, None, content, "f"), hint)
    assert document is not None
    assert document.language == language
