"""Arrays that grow side by side: a file of columns has one growing block at a time, a merge writes a dozen.

Small ones stay in memory, large ones go to files without a name beside the one that is written.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.columnar.blocks import BlockWriter

_IN_MEMORY = 1 << 20  # bytes of each array: a merge of small segments touches no disk, a large one has a dozen of these
_STEP = 1 << 22  # bytes that are copied at once


class Spools:
    """Makes spools, and throws them away in the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = ExitStack()

    def __enter__(self) -> Spools:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def new(self, dtype: np.dtype[Any] | type[np.generic]) -> Spool:
        """An empty array."""
        file = SpooledTemporaryFile(_IN_MEMORY, dir=str(self._folder))  # noqa: SIM115 - closed in the end
        return Spool(self._open.enter_context(file), np.dtype(dtype))


class Spool:
    """An array that grows."""

    def __init__(self, file: SpooledTemporaryFile[bytes], dtype: np.dtype[Any]) -> None:
        self._file = file
        self._dtype = dtype
        self.items = 0

    def append(self, array: NDArray[Any]) -> None:
        """Add items at the end."""
        self._file.write(np.ascontiguousarray(array, self._dtype).tobytes())
        self.items += len(array)

    def write(self, writer: BlockWriter, name: str, dtype: np.dtype[Any] | None = None) -> None:
        """Write all as a block, in another type if one is given."""
        self._file.seek(0)
        with writer.block(name, dtype or self._dtype) as block:
            while part := self._file.read(_STEP):
                block.append(np.frombuffer(part, self._dtype))
