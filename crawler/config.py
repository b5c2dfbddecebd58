"""``config.toml``: read once, mistakes told all at once with file, line and key.

Each package has its own settings model for its own sections and gets it from here with :meth:`ConfigFile.section`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from crawler.errors import ConfigError
from crawler.mistakes import did_you_mean, reason_of
from crawler.positions import positions

_SECTIONS = frozenset({"archive", "crawl", "source", "index", "web"})

_LINE = re.compile(r":(\d+): ")


def in_order(mistakes: Iterable[str]) -> list[str]:
    """Mistakes by the line that they are on, those of one line as they were found."""
    return sorted(mistakes, key=lambda mistake: int(_LINE.findall(mistake)[0]) if _LINE.search(mistake) else 0)


SettingsT = TypeVar("SettingsT", bound="Settings")


def _sections(name: str) -> str:
    meant = did_you_mean(name, sorted(_SECTIONS))
    listed = "the sections are " + ", ".join(sorted(_SECTIONS))
    return f"did you mean [{meant}]? {listed}" if meant else listed


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
        """Read ``path``; raise :class:`ConfigError` if it is missing, unreadable or not TOML."""
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
        return cls(path, text, data)

    @property
    def folder(self) -> Path:
        """The folder that relative paths start from."""
        return self.path.resolve().parent

    def resolve(self, path: Path) -> Path:
        """An absolute path for one that stands in the file."""
        return self.folder / path.expanduser()

    @property
    def unknown_sections(self) -> list[str]:
        """A mistake for each section that no package reads."""
        unknown = [name for name in self.data if name not in _SECTIONS]
        return [f"{self.path}:{self.line_of((name,))}: unknown section [{name}]: {_sections(name)}" for name in unknown]

    def check(self, *loaders: Callable[[ConfigFile], object]) -> None:
        """Try several loaders of settings; raise one :class:`ConfigError` with the mistakes of them all."""
        mistakes = self.unknown_sections
        for loader in loaders:
            try:
                loader(self)
            except ConfigError as error:
                mistakes += error.mistakes
        if mistakes:
            raise ConfigError(in_order(dict.fromkeys(mistakes)))

    def section(self, name: str, model: type[SettingsT]) -> SettingsT:
        """The section ``[name]`` as ``model``, its defaults where the section is left out."""
        try:
            return model.model_validate(self.data.get(name, {}))
        except ValidationError as error:
            raise ConfigError(self.mistakes((name,), f"[{name}]", error, model)) from None

    def mistakes(
        self,
        where: tuple[str | int, ...],
        label: str,
        error: ValidationError,
        model: type[BaseModel] | None = None,
        elsewhere: Mapping[str, str] | None = None,
    ) -> list[str]:
        """A line for each mistake: ``config.toml:31: [web]: port: …``.

        ``model`` is what the section was read as; ``elsewhere`` says of keys of other sections where they belong.
        """
        lines = []
        for mistake in error.errors():
            if mistake["type"] == "default_factory_not_called":
                continue  # the key that the default is made from is wrong, and told itself
            reason = reason_of(mistake, model, elsewhere or {})
            lines.append(self.mistake((*where, *mistake["loc"]), label, reason, len(where)))
        return lines

    def mistake(self, keys: tuple[str | int, ...], label: str, reason: str, inside: int = 0) -> str:
        """One line: where ``keys`` stands, whose it is, which key (without the first ``inside`` of ``keys``), why."""
        key = ".".join(map(str, keys[inside:]))
        return f"{self.path}:{self.line_of(keys)}: {label}: " + (f"{key}: {reason}" if key else reason)

    def line_of(self, keys: tuple[str | int, ...]) -> int:
        """The line (from 1) where ``keys`` stands, or what it would stand in; 1 where that is nowhere."""
        for length in range(len(keys), 0, -1):
            if line := self._lines.get(keys[:length]):
                return line
        return 1

    @cached_property
    def _lines(self) -> dict[tuple[str | int, ...], int]:
        return positions(self.text)
