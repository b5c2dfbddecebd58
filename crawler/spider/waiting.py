"""How long to wait before asking again: what the server says (RFC 9110, section 10.2.3), else longer each time."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_WAIT_S = 1.0
"""After a failure that may be over in a moment; doubled with every further one."""
FIRST_WAIT_WHEN_TOO_MANY_S = 30.0
"""After 429 without Retry-After: the host counts by the minute more often than by the second."""
LONGEST_WAIT_S = 600.0
"""Of our own choice; what a server asks for is kept to, however long."""
LONGEST_PATIENCE_S = 120.0
"""A host that wants to be left alone for longer isn't waited for: the next crawl goes on with it."""
LONGEST_REST_S = 30 * 86_400.0
"""A Retry-After beyond a month is a mistake."""


def retry_after(header: bytes | None) -> float | None:
    """The seconds in a Retry-After header, which has a number or a date; ``None`` where there is none."""
    text = (header or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), LONGEST_REST_S)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), LONGEST_REST_S)


def backoff(tries: int, *, too_many: bool = False) -> float:
    """Seconds to wait after failure number ``tries`` (from 1)."""
    first = FIRST_WAIT_WHEN_TOO_MANY_S if too_many else FIRST_WAIT_S
    return min(first * 2.0 ** (tries - 1), LONGEST_WAIT_S)
