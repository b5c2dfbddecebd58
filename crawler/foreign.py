"""What others write can be malformed in ways that the standard library raises for: read it without."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin


def joined(base: str, reference: str) -> str | None:
    """The address that ``reference`` means on the page ``base``; ``None`` for what can't be one (``http://[x``)."""
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return None


def read_json(text: str | bytes, *, strict: bool = True) -> Any:
    """JSON with lone surrogates, which no file or database takes, as U+FFFD; raises as ``json.loads`` does."""
    value = json.loads(text, strict=strict)
    sound = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return json.loads(sound)
