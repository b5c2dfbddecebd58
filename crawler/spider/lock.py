"""One crawl at a time into one archive; a process that died holds no lock."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from crawler.errors import CrawlRunning


@contextmanager
def crawl_lock(archive: Path) -> Iterator[None]:
    """Be the one crawl; raises :class:`CrawlRunning`, which says who is it and since when."""
    from filelock import FileLock, Timeout

    archive.parent.mkdir(parents=True, exist_ok=True)
    holder = archive.with_name(f"{archive.name}.crawl.json")
    lock = FileLock(archive.with_name(f"{archive.name}.crawl.lock"))
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise CrawlRunning(_describe(holder)) from None
    try:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        holder.write_text(json.dumps({"pid": os.getpid(), "since": since}), "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _describe(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text("utf-8"))
        return f"process {known['pid']}, since {known['since']}"
    except (OSError, ValueError, KeyError):
        return "it has only just begun"
