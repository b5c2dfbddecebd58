"""What can be wrong with files of columns."""

from __future__ import annotations

from pathlib import Path


class FileDamaged(Exception):
    """A file is not what was written; ``what`` says in which respect."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path.name}: {what}")
        self.path = path
        self.what = what


class ContentsDamaged(Exception):
    """A folder's table of contents is not what was written; ``what`` says in which respect."""

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(f"{folder}: {what}")
        self.folder = folder
        self.what = what


class OtherCodec(Exception):
    """A folder holds segments that are no files of columns: the index is to be built anew."""

    def __init__(self, codec: str) -> None:
        super().__init__(f"its segments were written by Whoosh's own codec ({codec}), not as files of columns")
        self.codec = codec


def told(error: Exception) -> str:
    """What is wrong with a folder, for the line that names the folder."""
    match error:
        case ContentsDamaged():
            return error.what
        case FileDamaged() | OtherCodec():
            return str(error)
        case _:
            return f"{type(error).__name__}: {error}"
