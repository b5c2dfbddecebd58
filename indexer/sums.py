"""What the files of a generation must be: their sizes and their sums, noted when they are published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# Where the processor has instructions for it, SHA-256 is the fastest of the sums that hashlib has: over 1 GB a second.
_ALGORITHM = "sha256"


@dataclass(frozen=True, slots=True)
class FileSum:
    """Bytes of a file, and the SHA-256 of its content in hex."""

    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> FileSum:
        """Read all of a file; raises ``OSError``."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, _ALGORITHM).hexdigest()
            return cls(file.tell(), digest)

    @classmethod
    def parse(cls, record: Mapping[str, object]) -> FileSum:
        """What ``dataclasses.asdict`` made of one; raises ``TypeError`` for anything else."""
        found = cls(**record)  # type: ignore[arg-type]
        if not isinstance(found.size, int) or not isinstance(found.sha256, str):
            raise TypeError("a file is noted without its size and sum")
        return found


@dataclass(frozen=True, slots=True)
class FileDamage:
    """A file of a generation that is not what was published."""

    name: str
    what: str


def damage(folder: Path, files: Mapping[str, FileSum], *, read: bool) -> Iterator[FileDamage]:
    """What is wrong with the files in ``folder``, by name; sizes only, or with ``read`` every byte."""
    for name, noted in sorted(files.items()):
        what = _difference(folder / name, noted, read=read)
        if what:
            yield FileDamage(name, what)


def _difference(path: Path, noted: FileSum, *, read: bool) -> str | None:
    try:
        size = path.stat().st_size
        if size != noted.size:
            return f"{size:,} bytes where {noted.size:,} were written"
        if read and FileSum.of(path) != noted:
            return "its content is not what was written"
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"can't be read: {error.strerror}"
    return None
