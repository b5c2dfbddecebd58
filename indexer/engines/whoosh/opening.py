"""Opening a folder that ``WhooshWriter`` wrote, once its table of contents is known to be harmless.

Whoosh's table of contents is two pickles, and a pickle may run any program when it is read. The first, the schema, is
not read at all: the schema is ours. The second, the list of segments, is first read by an unpickler that knows nothing
but Whoosh's class of segments and plain data. (Other pickles, in the files of segments, are read by Whoosh as they are:
an index from elsewhere is to be built anew from its archive, not copied.)
"""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.filedb.filestore import FileStorage

from indexer.engines.whoosh.schema import SCHEMA

_HARMLESS = {
    ("whoosh.codec.whoosh3", "W3Codec"),
    ("whoosh.codec.whoosh3", "W3Segment"),
    ("builtins", "int"),
    ("collections", "defaultdict"),
}


class _Harmless(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _HARMLESS:
            raise pickle.UnpicklingError(f"its table of contents names {module}.{name}, which no index of Concord does")
        return super().find_class(module, name)


def open_index(folder: Path) -> index.FileIndex:
    """The index in ``folder``; raises what Whoosh raises, or ``UnpicklingError`` where its pickles do other things."""
    storage = FileStorage(str(folder), supports_mmap=False)
    for table in folder.glob("_MAIN_*.toc"):
        _Harmless(io.BytesIO(_packed_segments(storage, table.name))).load()
    return index.open_dir(str(folder), schema=SCHEMA)


def _packed_segments(storage: FileStorage, name: str) -> bytes:
    """The list of segments as it is stored, by the layout that ``whoosh.index.TOC.write`` has."""
    stream = storage.open_file(name)
    try:
        for _ in range(3):  # the sizes of numbers on the machine that wrote it
            stream.read_varint()
        stream.read_int()  # the order of bytes
        stream.read_int()  # the layout's version
        for _ in range(3):  # Whoosh's release
            stream.read_varint()
        stream.skip_string()
        stream.read_int()  # the number of the commit
        stream.read_int()  # not used
        packed: bytes = stream.read()
        return packed
    finally:
        stream.close()
