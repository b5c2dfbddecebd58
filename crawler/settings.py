"""The crawler's part of ``config.toml``: where the archive is, and the sources."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

from crawler.config import ConfigFile, Settings
from crawler.errors import ConfigError, UnknownSource

LOCAL = "local"
"""The built-in source of documents that were loaded by hand and belong to no configured source."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)


def is_slug(name: str) -> bool:
    """Whether ``name`` can name a source: small letters, digits and hyphens, not starting with a hyphen."""
    return _SLUG.fullmatch(name) is not None


def is_language(code: str) -> bool:
    """Whether ``code`` has the form of an ISO 639 code: two or three small letters."""
    return _LANGUAGE.fullmatch(code) is not None


def _name(value: str) -> str:
    if not is_slug(value):
        raise ValueError('write a short name of small letters, digits and hyphens, such as "un-general-debate"')
    if value == LOCAL:
        raise ValueError(f'"{LOCAL}" is built in, for documents loaded by hand: choose another name')
    return value


def _language(value: str) -> str:
    if not is_language(value):
        raise ValueError(f'"{value}" is not a language code: write two small letters, such as "en" (ISO 639-1)')
    return value


def _url(value: str) -> str:
    if not value.startswith(("https://", "http://")) or " " in value:
        raise ValueError(f'"{value}" is not a web address: it starts with https:// or http://')
    return value


def _path(value: Path) -> Path:
    if value == Path():
        raise ValueError("names no file or folder")
    return value


def _paths(value: tuple[Path, ...]) -> tuple[Path, ...]:
    if not value:
        raise ValueError("name at least one file or folder")
    return value


class SourceKind(StrEnum):
    """How the documents of a source come in."""

    FILES = "files"


class ArchiveSettings(Settings):
    """``[archive]``."""

    path: Annotated[Path, AfterValidator(_path)] = Path("data/archive.sqlite")


class Source(Settings):
    """A ``[[source]]``. ``paths`` are absolute once they come from :func:`load_settings`."""

    name: Annotated[str, AfterValidator(_name)]
    label: Annotated[str, Field(min_length=1)] = Field(default_factory=lambda values: str(values.get("name", "")))
    kind: SourceKind = SourceKind.FILES
    paths: Annotated[tuple[Annotated[Path, AfterValidator(_path)], ...], AfterValidator(_paths)]
    language: Annotated[str, AfterValidator(_language)] | None = None
    url: Annotated[str, AfterValidator(_url)] | None = None
    enabled: bool = True
    attribution: str | None = None
    licence: str | None = None


@dataclass(frozen=True)
class CrawlerSettings:
    """Settings of the crawler; every path is absolute. ``folder`` is the config file's."""

    folder: Path
    archive_path: Path
    sources: tuple[Source, ...]

    def source(self, name: str) -> Source:
        """The configured source of that name; raises :class:`UnknownSource`."""
        for source in self.sources:
            if source.name == name:
                return source
        raise UnknownSource(name, [source.name for source in self.sources])

    def label(self, name: str) -> str:
        """How people call a source; its name where config.toml does not have it."""
        labels = {LOCAL: "Loaded files", **{source.name: source.label for source in self.sources}}
        return labels.get(name, name)

    def language(self, name: str) -> str | None:
        """The language that config.toml gives for a source."""
        return next((source.language for source in self.sources if source.name == name), None)


def load_settings(config: ConfigFile) -> CrawlerSettings:
    """Read ``[archive]`` and every ``[[source]]``; raise :class:`ConfigError` with all mistakes at once."""
    mistakes: list[str] = []
    archive = ArchiveSettings()
    try:
        archive = config.section("archive", ArchiveSettings)
    except ConfigError as error:
        mistakes += error.mistakes
    sources = tuple(_read_sources(config, mistakes))
    mistakes += _duplicates(config)
    if mistakes:
        raise ConfigError(mistakes)
    return CrawlerSettings(config.folder, config.resolve(archive.path), sources)


def _tables(config: ConfigFile) -> list[Any] | None:
    tables = config.data.get("source", [])
    return tables if isinstance(tables, list) else None


def _read_sources(config: ConfigFile, mistakes: list[str]) -> Iterator[Source]:
    tables = _tables(config)
    if tables is None:
        mistakes.append(f"{config.path}:{config.line_of(('source',))}: [source]: write [[source]], with two brackets")
    for nth, table in enumerate(tables or []):
        try:
            source = Source.model_validate(table)
        except ValidationError as error:
            mistakes += config.mistakes(("source", nth), _label(nth, table), error)
        else:
            yield source.model_copy(update={"paths": tuple(map(config.resolve, source.paths))})


def _label(nth: int, table: Any) -> str:
    name = table.get("name") if isinstance(table, dict) else None
    return f'source "{name}"' if isinstance(name, str) else f"source number {nth + 1}"


def _duplicates(config: ConfigFile) -> Iterator[str]:
    seen: dict[str, int] = {}
    for nth, table in enumerate(_tables(config) or []):
        name = table.get("name") if isinstance(table, dict) else None
        if not isinstance(name, str):
            continue
        line = config.line_of(("source", nth, "name"))
        if name in seen:
            yield f'{config.path}:{line}: source "{name}": name: line {seen[name]} has a source of that name already'
        seen.setdefault(name, line)
