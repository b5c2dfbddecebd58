"""Whoosh's table of contents: which segments a folder has.

It is two pickles, and a pickle may run any program when it is read. The first, the schema, is never read here. The
second, the list of segments, is read by an unpickler that knows our class of segments and nothing else.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files

from indexer.columnar.codec.schema import SCHEMA
from indexer.columnar.codec.segment import INDEX_NAME, ColumnarSegment
from indexer.columnar.errors import ContentsDamaged, OtherCodec, told
from indexer.columnar.generation import Generation
from indexer.columnar.segment import SegmentFile

if TYPE_CHECKING:
    from whoosh.fields import Schema

HARMLESS = {(ColumnarSegment.__module__, ColumnarSegment.__qualname__): ColumnarSegment}
"""The classes that a table of contents may name."""


class _Harmless(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in HARMLESS:
            return HARMLESS[module, name]
        if module.startswith("whoosh.codec."):
            raise OtherCodec(f"{module}.{name}")
        raise pickle.UnpicklingError(f"it names {module}.{name}, which no index of Concord does")


def open_segments(folder: Path) -> list[ColumnarSegment]:
    """The segments that a folder's newest table of contents names, with what is deleted of each.

    Raises ``OtherCodec`` where Whoosh's own codec wrote them, ``ContentsDamaged`` where there is no table, or one that
    can't be read.
    """
    storage = FileStorage(str(folder), supports_mmap=False)
    number = TOC._latest_generation(storage, INDEX_NAME)
    if number < 0:
        raise ContentsDamaged(folder, "it has no table of contents")
    try:
        found = _Harmless(io.BytesIO(_packed_segments(storage, TOC._filename(INDEX_NAME, number)))).load()
    except (OtherCodec, MemoryError):
        raise
    except Exception as error:  # a pickle that was changed raises whatever it likes
        raise ContentsDamaged(folder, f"its table of contents can't be read: {error}") from error
    if not isinstance(found, list) or not all(isinstance(segment, ColumnarSegment) for segment in found):
        raise ContentsDamaged(folder, "its table of contents is no list of segments")
    return found


def unreadable(folder: Path) -> str | None:
    """Why :func:`open_segments` can't read a folder's table of contents; ``None`` where it can."""
    try:
        open_segments(folder)
    except (ContentsDamaged, OtherCodec) as error:
        return told(error)
    return None


def open_generation(folder: Path) -> Generation:
    """The folder's segments, opened, as one. Raises what :func:`open_segments` does, and ``FileDamaged``."""
    segments = open_segments(folder)
    files = [SegmentFile(segment.path(folder)) for segment in segments]
    for segment, file in zip(segments, files, strict=True):
        if segment.documents != file.documents:
            raise ContentsDamaged(folder, f"{file.file.path.name} has {file.documents} documents, "
                                  f"not the {segment.documents} of the table of contents")  # fmt: skip
    return Generation(files, [segment.deleted for segment in segments])


def write_toc(folder: Path, segments: Sequence[ColumnarSegment], schema: Schema = SCHEMA) -> None:
    """Make these the segments of the folder: one rename, then the files of other segments are removed.

    ``whoosh.index.open_dir(folder)`` opens the result.
    """
    storage = FileStorage(str(folder), supports_mmap=False)
    number = TOC._latest_generation(storage, INDEX_NAME) + 1
    TOC(schema, list(segments), number).write(storage, INDEX_NAME)
    clean_files(storage, INDEX_NAME, number, segments)


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
