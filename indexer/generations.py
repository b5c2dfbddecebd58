"""Generations on disk: searchers see exactly one, and it is swapped in one atomic step.

::

    index/
      CURRENT                  the name of the generation that is served, swapped by one rename
      generation-000007/       complete and never written to again: the engine's files and manifest.json
      generation-000008.new/   being built; left over after a crash, swept away by the next writer
      writer.lock, writer.json one writer at a time, and who it is

An update starts from hard links to the files of the generation before. Engines never change a finished file in place:
the old generation stays as it was, and unchanged files cost no room, no reading and no waiting for the disk. The
manifest notes the size and the sum of each file, so that damage can be told and its place be named.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import IndexDamaged, IndexIncompatible, IndexLocked, IndexMissing
from indexer.sums import FileDamage, FileSum, damage

FORMAT = 6
"""Raised whenever an older Concord could not read what this one writes, or the other way round."""

_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"
_NEW = ".new"
_KEPT = 2  # the one being served, and the one before: a reader may be opening it right now


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built from, and its files. ``change`` is the last change of the archive that it has."""

    format: int
    engine: str
    built_at: str
    archive: str
    change: int
    taxonomy: str
    documents: int
    files: Mapping[str, FileSum] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Generation:
    """A finished generation."""

    name: str
    folder: Path
    manifest: Manifest

    def damage(self, *, read: bool = False) -> list[FileDamage]:
        """The files that are missing or not as published: by their sizes, or with ``read`` byte by byte."""
        return list(damage(self.folder, self.manifest.files, read=read))


class GenerationStore:
    """The generations of one index folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def stamp(self) -> tuple[int, int] | None:
        """Something cheap to read that changes whenever the current generation does; ``None`` where there is none."""
        try:
            status = (self.path / _CURRENT).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def current(self) -> Generation:
        """The generation to read; raises ``IndexMissing``, ``IndexIncompatible`` or ``IndexDamaged``."""
        try:
            name = (self.path / _CURRENT).read_text("utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            raise self._without_pointer() from None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamaged(self.path, f"{_CURRENT} {_why(error)}") from None
        if not name.startswith("generation-") or Path(name).name != name:
            raise IndexDamaged(self.path, f"{_CURRENT} does not name a generation")
        return Generation(name, self.path / name, self._manifest(self.path / name))

    def _without_pointer(self) -> IndexMissing | IndexDamaged:
        if not self.finished():
            return IndexMissing(self.path)
        return IndexDamaged(self.path, f"{_CURRENT}, which names the generation to serve, is missing")

    def _manifest(self, folder: Path) -> Manifest:
        try:
            record = json.loads((folder / _MANIFEST).read_text("utf-8"))
            found = record["format"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(self.path, f"{folder.name}/{_MANIFEST} {_why(error)}") from None
        if found != FORMAT:
            raise IndexIncompatible(self.path, found, FORMAT)
        try:
            files = {name: FileSum.parse(noted) for name, noted in record["files"].items()}
            return Manifest(**record | {"files": files})
        except (TypeError, KeyError, AttributeError) as error:
            raise IndexDamaged(self.path, f"{folder.name}/{_MANIFEST}: {error}") from None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer; raises ``IndexLocked`` while another process is. A dead process holds no lock."""
        self.path.mkdir(parents=True, exist_ok=True)
        holder = self.path / "writer.json"
        lock = FileLock(self.path / "writer.lock")
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise IndexLocked(self.path, _describe(holder)) from None
        try:
            holder.write_text(json.dumps({"pid": os.getpid(), "since": _now()}), "utf-8")
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def begin(self, basis: Generation | None = None) -> Path:
        """A folder to build the next generation in: empty, or with the files of ``basis``. Only in ``writing()``."""
        self.sweep()
        folder = self.path / f"{self._next_name()}{_NEW}"
        folder.mkdir()
        if basis is not None:
            for file in _content(basis.folder):
                _link(file, folder / file.name)
        return folder

    def left_over(self) -> list[Path]:
        """Folders of builds that were not finished: by a crash, or because one is under way right now."""
        return sorted(self.path.glob(f"generation-*{_NEW}"))

    def sweep(self) -> int:
        """Remove what is left over, and say how many folders that were. Only in ``writing()``."""
        folders = self.left_over()
        for folder in folders:
            shutil.rmtree(folder)
        return len(folders)

    def _next_name(self) -> str:
        numbers = [int(folder.name.rpartition("-")[2]) for folder in self.finished()]
        return f"generation-{max(numbers, default=0) + 1:06d}"

    def finished(self) -> list[Path]:
        """The folders of generations that were complete once, oldest first; the current one is among them."""
        return sorted(folder for folder in self.path.glob("generation-*") if folder.name[11:].isdecimal())

    def publish(self, folder: Path, manifest: Manifest, basis: Generation | None = None) -> Generation:
        """Make what was built in ``folder`` the current generation; on disk before it is seen.

        The sums of files that are shared with ``basis`` are taken over from it: an update reads and syncs what is new.
        """
        manifest = replace(manifest, files={file.name: _noted(file, basis) for file in _content(folder)})
        (folder / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=2), "utf-8")
        _sync(folder / _MANIFEST)
        _sync(folder)
        final = folder.with_name(folder.name.removesuffix(_NEW))
        folder.rename(final)
        self._point_to(final.name)
        self._prune()
        return Generation(final.name, final, manifest)

    def _point_to(self, name: str) -> None:
        pointer = self.path / f"{_CURRENT}{_NEW}"
        pointer.write_text(name + "\n", "utf-8")
        _sync(pointer)
        _sync(self.path)
        pointer.replace(self.path / _CURRENT)
        _sync(self.path)

    def _prune(self) -> None:
        for folder in self.finished()[:-_KEPT]:
            # Where a reader still has files open that can't be removed under it (Windows), a later run removes them.
            shutil.rmtree(folder, ignore_errors=True)

    def discard(self, folder: Path) -> None:
        """Throw away what was begun and will not be published."""
        shutil.rmtree(folder, ignore_errors=True)

    def size(self, generation: Generation) -> int:
        """Bytes on disk."""
        return sum(file.stat().st_size for file in generation.folder.iterdir())


def new_manifest(*, engine: str, archive: str, change: int, taxonomy: str, documents: int) -> Manifest:
    """A manifest of this format, built now."""
    return Manifest(FORMAT, engine, _now(), archive, change, taxonomy, documents)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _describe(holder: Path) -> str:
    try:
        record = json.loads(holder.read_text("utf-8"))
        return f"process {record['pid']} since {record['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def _why(error: Exception) -> str:
    """What is wrong with a file that couldn't be read, without its path."""
    if isinstance(error, FileNotFoundError):
        return "is missing"
    if isinstance(error, OSError):
        return f"can't be read: {error.strerror or error}"
    if isinstance(error, json.JSONDecodeError):
        return f"can't be read: not JSON: {error.msg} at character {error.pos + 1}"
    return f"can't be read: {error}"


def _content(folder: Path) -> list[Path]:
    """The files that an engine wrote, by name. An engine's lock has no content and is not taken along."""
    return sorted(file for file in folder.iterdir() if file.name != _MANIFEST and not file.name.endswith("LOCK"))


def _noted(file: Path, basis: Generation | None) -> FileSum:
    """The sum of a file, which is on disk after this."""
    if basis is not None and file.name in basis.manifest.files and _is_link(file, basis.folder / file.name):
        return basis.manifest.files[file.name]
    _sync(file)
    return FileSum.of(file)


def _is_link(file: Path, other: Path) -> bool:
    return other.exists() and file.samefile(other)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # directories can't be opened for syncing there
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
