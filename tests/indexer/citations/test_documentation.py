"""The programs that the reference shows compute what Concord computes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from indexer.citations import text_digest
from indexer.citations.receipts import Receipt, ReceiptFilters, ReceiptHit
from tests.indexer.citations.support import archive_of, concord
from tests.indexer.support import Workspace

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "receipt-format.md").read_text("utf-8")


def shown(number: int, given: str) -> str:
    """What the program of that number prints."""
    program = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[number]
    command = [sys.executable, "-c", program]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=True, encoding="utf-8").stdout


def test_the_digest_is_what_its_description_computes(cited: Workspace) -> None:
    with archive_of(cited) as archive:
        for document_id in ("treaty", "zh%文", "formula"):
            given = concord(cited, "show", document_id, "--json").stdout
            assert shown(0, given).strip() == text_digest(archive.document(document_id))


def test_the_checksum_is_what_its_description_computes(cited: Workspace) -> None:
    given = concord(cited, "receipt", "trade").stdout
    assert shown(1, given) == "True\n"
    assert shown(1, given.replace("trade", "treaty")) == "False\n"


def test_every_key_of_a_receipt_is_described(cited: Workspace) -> None:
    record = json.loads(concord(cited, "receipt", "trade").stdout)
    parts = ((Receipt, record), (ReceiptHit, record["hits"][0]), (ReceiptFilters, record["filters"]))
    for model, part in parts:
        assert part.keys() == model.model_fields.keys()
        assert {key for key in part if f"`{key}`" not in PAGE} == set()
