"""The frontier of a crawl: every address of a source, in the archive's file.

It lives beside the captures so that one transaction can store a capture and call its address done: a crawl that is
killed at any moment neither loses a page nor asks for one twice. A *crawl* is one pass over a source; one that was
interrupted is taken up again, one that was finished is followed by a new one, which looks at the lists again and asks
only for pages that are new or may have changed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.archive.addresses import Crawl, Offer, Offered, Role, State, Task, Visit
from crawler.archive.connection import archive_errors
from crawler.archive.rows import time_of, time_text

if TYPE_CHECKING:
    from crawler.archive.archive import Archive

_TASK = "id, address, url, host, role, depth, about, document, etag, last_modified, reason"

# Pages that were never seen come before those that are asked for again; near ones before far ones.
_CLAIM = f"""
SELECT {_TASK} FROM addresses INDEXED BY addresses_pending
WHERE source = :source AND state = 'pending'
  AND id NOT IN (SELECT value FROM json_each(:busy)) AND host NOT IN (SELECT value FROM json_each(:hosts))
  AND (:pages OR role <> 'page') AND (:lists OR role <> 'list')
ORDER BY recheck, depth, id LIMIT :limit
"""  # noqa: S608 - our own constants

_INSERT = """
INSERT INTO addresses (source, key, address, url, host, role, state, depth, recheck, crawl, parent, seen_hint, about)
VALUES (:source, :key, :address, :url, :host, :role, 'pending', :depth, 0, :crawl, :parent, :hint, :about)
"""

_SEE = """
UPDATE addresses SET crawl = :crawl, parent = :parent, seen_hint = :hint, about = coalesce(:about, about),
    depth = :depth, recheck = CASE WHEN role = 'page' THEN fetched_at IS NOT NULL ELSE 0 END,
    state = CASE WHEN :ask THEN 'pending' ELSE state END
WHERE id = :id
"""

_FINISH = """
UPDATE addresses SET state = :state, status = :status, reason = :reason, fetched_at = :moment, tries = tries + 1,
    document = coalesce(:document, document), known_hint = CASE WHEN :done THEN seen_hint ELSE known_hint END,
    etag = CASE WHEN :keep THEN etag ELSE :etag END,
    last_modified = CASE WHEN :keep THEN last_modified ELSE :last_modified END
WHERE id = :id
"""

# The addresses that a site's crawl asks for again. One that shows another address's document is left to that one.
_REVISIT = """
UPDATE addresses SET state = 'pending', crawl = :crawl, recheck = (role = 'page' AND fetched_at IS NOT NULL)
WHERE source = :source AND crawl < :crawl
  AND (role <> 'page' OR document IS NULL OR document = address OR state NOT IN ('done', 'pending'))
"""

# What could not be had last time is tried again, even where the sitemap that names it has not changed since.
_RETRY = """
UPDATE addresses SET state = 'pending', crawl = :crawl, recheck = 1
WHERE source = :source AND crawl < :crawl AND state = 'failed'
"""

# What a list that has not changed named when it was last read: the rest had gone from it before.
_STILL_NAMED = """
UPDATE addresses SET crawl = :crawl, recheck = (role = 'page' AND fetched_at IS NOT NULL),
    state = CASE WHEN state = 'done' AND known_hint IS NOT NULL AND role = 'page' AND NOT :full
            THEN 'done' ELSE 'pending' END
WHERE source = :source AND parent = :parent AND crawl =
    (SELECT max(crawl) FROM addresses WHERE source = :source AND parent = :parent AND crawl < :crawl)
RETURNING state
"""

_VANISHED = """
UPDATE addresses SET state = 'pending', recheck = 1
WHERE source = :source AND parent = :parent AND crawl < :crawl AND role = 'page' AND state = 'done'
"""


class Frontier:
    """The addresses of one source; made by ``Archive.frontier``. Every method may raise :class:`ArchiveError`.

    ``offered`` grows whenever addresses were queued.
    """

    def __init__(self, archive: Archive, connection: sqlite3.Connection, source: str) -> None:
        self.source = source
        self.offered = 0
        self._archive = archive
        self._connection = connection

    def begin(self, *, revisit: bool) -> Crawl:
        """The crawl that was interrupted, else a new one; ``revisit`` puts everything known into a new one's queue."""
        with self._archive.batch(), archive_errors(self._archive.path):
            row = self._connection.execute(
                "SELECT id, pages, lists FROM crawls WHERE source = ? AND finished_at IS NULL", (self.source,)
            ).fetchone()
            if row:
                return Crawl(row[0], True, row[1], row[2])
            made = self._connection.execute(
                "INSERT INTO crawls (source, started_at) VALUES (?, ?)", (self.source, _now())
            )
            crawl = int(made.lastrowid or 0)
            again = _REVISIT if revisit else _RETRY
            self._connection.execute(again, {"source": self.source, "crawl": crawl})
            return Crawl(crawl, False, 0, 0)

    def end(self, crawl: int) -> None:
        """The crawl is finished: the next one is a new one."""
        with self._archive.batch(), archive_errors(self._archive.path):
            self._connection.execute("UPDATE crawls SET finished_at = ? WHERE id = ?", (_now(), crawl))

    def offer(self, crawl: int, offers: Iterable[Offer], parent: int | None = None, *, full: bool = False) -> Offered:
        """Queue addresses that ``parent`` names, unless this crawl has met them or a hint says they are as they were.

        ``full`` disregards hints.
        """
        counts = {"new": 0, "again": 0, "unchanged": 0, "met": 0}
        with self._archive.batch(), archive_errors(self._archive.path):
            for offer in offers:
                counts[self._offer(crawl, offer, parent, full)] += 1
        self.offered += counts["new"] + counts["again"]
        return Offered(counts["new"], counts["again"], counts["unchanged"])

    def _offer(self, crawl: int, offer: Offer, parent: int | None, full: bool) -> str:
        known = self._connection.execute(
            "SELECT id, crawl, state, known_hint, depth FROM addresses WHERE source = ? AND key = ?",
            (self.source, offer.key),
        ).fetchone()
        values = {
            "source": self.source,
            "key": offer.key,
            "address": offer.address,
            "url": offer.url,
            "host": offer.host,
            "role": offer.role,
            "depth": offer.depth,
            "crawl": crawl,
            "parent": parent,
            "hint": offer.hint,
            "about": json.dumps(dict(offer.about), ensure_ascii=False) if offer.about else None,
        }
        if known is None:
            self._connection.execute(_INSERT, values)
            return "new"
        id_, met, state, hint, depth = known
        if met == crawl:
            return "met"
        unchanged = state == State.DONE and offer.hint is not None and offer.hint == hint and not full
        ask = not unchanged
        self._connection.execute(_SEE, values | {"id": id_, "ask": ask, "depth": min(depth, offer.depth)})
        return "unchanged" if unchanged else "again"

    def still_named(self, crawl: int, parent: int, *, full: bool = False) -> Offered:
        """``parent`` has not changed: queue what it names, but for pages whose hints say that they haven't either."""
        with self._archive.batch(), archive_errors(self._archive.path):
            values = {"source": self.source, "crawl": crawl, "parent": parent, "full": full}
            states = [state for (state,) in self._connection.execute(_STILL_NAMED, values)]
        again = states.count(State.PENDING)
        self.offered += again
        return Offered(again=again, unchanged=len(states) - again)

    def vanished(self, crawl: int, parent: int) -> int:
        """Queue the pages that ``parent`` named in an earlier crawl and not in this one; how many there are."""
        with self._archive.batch(), archive_errors(self._archive.path):
            values = {"source": self.source, "crawl": crawl, "parent": parent}
            found = self._connection.execute(_VANISHED, values).rowcount
        self.offered += found
        return found

    def claim(
        self,
        limit: int,
        *,
        busy: Collection[int] = (),
        hosts: Collection[str] = (),
        pages: bool = True,
        lists: bool = True,
    ) -> tuple[Task, ...]:
        """Up to ``limit`` addresses whose turn it is, without the ids ``busy`` and those on ``hosts``."""
        values = {
            "source": self.source,
            "busy": json.dumps(list(busy)),
            "hosts": json.dumps(list(hosts)),
            "pages": pages,
            "lists": lists,
            "limit": limit,
        }
        with archive_errors(self._archive.path):
            rows = self._connection.execute(_CLAIM, values).fetchall()
        return tuple(
            Task(
                id_, address, url, host, Role(role), depth, json.loads(about or "{}"), document, etag, modified, reason
            )
            for id_, address, url, host, role, depth, about, document, etag, modified, reason in rows
        )

    def pending(self) -> int:
        """How many addresses wait."""
        return self._count("state = 'pending'")

    def _count(self, where: str) -> int:
        statement = f"SELECT count(*) FROM addresses WHERE source = ? AND {where}"  # noqa: S608 - our own constants
        with archive_errors(self._archive.path):
            return int(self._connection.execute(statement, (self.source,)).fetchone()[0])

    def finish(self, crawl: int, task: Task, visit: Visit, moment: datetime) -> None:
        """Say what came of a task. In the batch that stores its capture, both happen or neither."""
        values = {
            "id": task.id,
            "state": visit.state,
            "status": visit.status,
            "reason": visit.reason,
            "moment": time_text(moment),
            "document": visit.document,
            "done": visit.state is State.DONE,
            "keep": visit.keeps_validators,
            "etag": visit.etag,
            "last_modified": visit.last_modified,
        }
        counter = "pages" if task.role is Role.PAGE else "lists"
        with self._archive.batch(), archive_errors(self._archive.path):
            self._connection.execute(_FINISH, values)
            self._connection.execute(f"UPDATE crawls SET {counter} = {counter} + 1 WHERE id = ?", (crawl,))  # noqa: S608

    def settle(self, crawl: int, offer: Offer, moment: datetime) -> None:
        """Call an address done without asking for it: another one showed its document in this crawl."""
        self.offer(crawl, [offer])
        with self._archive.batch(), archive_errors(self._archive.path):
            self._connection.execute(
                """UPDATE addresses SET state = 'done', crawl = ?, document = ?, fetched_at = ?
                   WHERE source = ? AND key = ?""",
                (crawl, offer.address, time_text(moment), self.source, offer.key),
            )

    def done_in(self, crawl: int, key: str) -> bool:
        """Whether this crawl has stored or confirmed the document of a page."""
        with archive_errors(self._archive.path):
            row = self._connection.execute(
                "SELECT 1 FROM addresses WHERE source = ? AND key = ? AND crawl = ? AND state = 'done'",
                (self.source, key, crawl),
            ).fetchone()
        return row is not None

    def rest(self, host: str, until: datetime) -> None:
        """Remember that a host asked to be left alone."""
        with self._archive.batch(), archive_errors(self._archive.path):
            self._connection.execute(
                "INSERT INTO resting_hosts VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET until = excluded.until",
                (host, time_text(until)),
            )

    def resting(self) -> dict[str, datetime]:
        """The hosts that asked to be left alone, and until when."""
        with archive_errors(self._archive.path):
            rows = self._connection.execute("SELECT host, until FROM resting_hosts WHERE until > ?", (_now(),))
            return {host: time_of(until) for host, until in rows}


def _now() -> str:
    return time_text(datetime.now(UTC))
