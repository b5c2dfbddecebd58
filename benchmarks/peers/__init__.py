"""The engines that are measured side by side: one module each, all with the same interface (``peer.py``)."""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.peers.peer import Peer

_MODULES = {"fts5": "Fts5", "xapian": "Xapian", "tantivy": "Tantivy", "bm25s": "Bm25s", "stock_whoosh": "StockWhoosh"}
_NEEDS = {"xapian": "the Debian package python3-xapian", "tantivy": "the extra 'bench'", "bm25s": "the extra 'bench'"}

STOCK = "stock_whoosh"
MOST_FOR_STOCK = 20_000
"""Documents that stock Whoosh is given; more would take it a quarter of an hour to index."""


def peer(key: str) -> type[Peer]:
    """The peer of a module here."""
    found: type[Peer] = getattr(import_module(f"benchmarks.peers.{key}"), _MODULES[key])
    return found


def available(documents: int) -> list[str]:
    """The peers that are installed here and fit for so many documents; what is left out is told."""
    keys = [key for key in _MODULES if key != STOCK or documents <= MOST_FOR_STOCK]
    return [key for key in keys if _is_installed(key)]


def _is_installed(key: str) -> bool:
    try:
        peer(key).check()
    except ImportError as error:
        print(f"{peer(key).name} is left out ({error}): it needs {_NEEDS.get(key, key)}", file=sys.stderr)
        return False
    return True
