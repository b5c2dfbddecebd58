"""``config.toml``: read once, mistakes told all at once with file, line and key.

Each package has its own settings model for its own sections and gets it from here with :meth:`ConfigFile.section`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from crawler.errors import ConfigError

_SECTIONS = frozenset({"archive", "source", "index", "web"})
_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?")

SettingsT = TypeVar("SettingsT", bound="Settings")


class Settings(BaseModel):
    """Base of the settings models: unknown keys are mistakes, values don't change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


@dataclass(frozen=True)
class ConfigFile:
    """A parsed config file. Relative paths in it are relative to ``folder``."""

    path: Path
    text: str
    data: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> ConfigFile:
        """Read ``path``; raise :class:`ConfigError` if it is missing, unreadable, not TOML or has unknown sections."""
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            raise ConfigError(
                [f"{path}: no such config file: go to Concord's folder, give --config PATH or set CONCORD_CONFIG"]
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError([f"{path}: can't be read: {error}"]) from None
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError([f"{path}: not valid TOML: {error}"]) from None
        config = cls(path, text, data)
        unknown = [
            f"{path}:{config.line_of((name,))}: unknown section [{name}]: the sections are "
            + ", ".join(sorted(_SECTIONS))
            for name in data
            if name not in _SECTIONS
        ]
        if unknown:
            raise ConfigError(unknown)
        return config

    @property
    def folder(self) -> Path:
        """The folder that relative paths start from."""
        return self.path.resolve().parent

    def resolve(self, path: Path) -> Path:
        """An absolute path for one that stands in the file."""
        return self.folder / path.expanduser()

    def check(self, *loaders: Callable[[ConfigFile], object]) -> None:
        """Try several loaders of settings; raise one :class:`ConfigError` with the mistakes of them all."""
        mistakes: list[str] = []
        for loader in loaders:
            try:
                loader(self)
            except ConfigError as error:
                mistakes += error.mistakes
        if mistakes:
            raise ConfigError(mistakes)

    def section(self, name: str, model: type[SettingsT]) -> SettingsT:
        """The section ``[name]`` as ``model``, its defaults where the section is left out."""
        try:
            return model.model_validate(self.data.get(name, {}))
        except ValidationError as error:
            raise ConfigError(self.mistakes((name,), f"[{name}]", error)) from None

    def mistakes(self, where: tuple[str | int, ...], label: str, error: ValidationError) -> list[str]:
        """A line for each mistake: ``config.toml:31: [web]: port: …``."""
        lines = []
        for mistake in error.errors():
            if mistake["type"] == "default_factory_not_called":
                continue  # the key that the default is made from is wrong, and told itself
            keys = mistake["loc"]
            reason = mistake["msg"].removeprefix("Value error, ")
            if mistake["type"] == "extra_forbidden":
                reason = "unknown key"
            key = ".".join(map(str, keys)) or "section"
            lines.append(f"{self.path}:{self.line_of((*where, *keys))}: {label}: {key}: {reason}")
        return lines

    def line_of(self, keys: tuple[str | int, ...]) -> int:
        """The line (from 1) where ``keys`` stands, or the nearest header above it.

        ``tomllib`` keeps no positions: this looks for the section's header, the n-th of an array of tables, then for
        the first line after it that sets the key.
        """
        name, rest = str(keys[0]), keys[1:]
        nth = 0
        if rest and isinstance(rest[0], int):
            nth, rest = rest[0], rest[1:]
        lines = self.text.splitlines()
        seen = -1
        for number, line in enumerate(lines, 1):
            header = _HEADER.match(line)
            if header is None or header[1].split(".")[0] != name:
                continue
            seen += "." not in header[1]
            if seen == nth:
                return self._line_of_key(lines, number, str(rest[0])) if rest else number
        return 1

    @staticmethod
    def _line_of_key(lines: list[str], header: int, key: str) -> int:
        for number, line in enumerate(lines[header:], header + 1):
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
                return number
            found = _HEADER.match(line)
            if found is not None:
                if key in found[1].split(".")[1:]:
                    return number
                if "." not in found[1]:
                    break
        return header
