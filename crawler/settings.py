"""The crawler's part of ``config.toml``: where the archive is, the sources, and how politely they are fetched."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

from crawler import checks
from crawler.config import ConfigFile, Settings, SettingsT, in_order
from crawler.errors import ConfigError, UnknownSource
from crawler.source import KINDS, LOCAL, FetchedSource, FilePath, LocalSource, Source, SourceKind, kinds_with

_TELLING = ("feeds", "sitemaps", "start")
"""Keys that one kind alone has and can't do without: who writes one has that kind in mind."""


class ArchiveSettings(Settings):
    """``[archive]``."""

    path: FilePath = Path("data/archive.sqlite")


class CrawlSettings(Settings):
    """``[crawl]``: who is fetching, and what holds for all sources.

    ``contact`` is an address (mail or web) at which a site's keeper can reach whoever crawls; it stands in the
    User-Agent, and nothing beyond this computer is fetched without it.
    """

    contact: Annotated[str, AfterValidator(checks.contact)] | None = None
    user_agent: Annotated[str, AfterValidator(checks.user_agent)] = "Concord"
    retries: Annotated[int, Field(ge=0, le=10, strict=True)] = 2


@dataclass(frozen=True)
class CrawlerSettings:
    """Settings of the crawler; every path is absolute. ``folder`` is the config file's."""

    folder: Path
    archive_path: Path
    sources: tuple[Source, ...]
    crawl: CrawlSettings

    def source(self, name: str) -> Source:
        """The configured source of that name; raises :class:`UnknownSource`."""
        for source in self.sources:
            if source.name == name:
                return source
        raise UnknownSource(name, [source.name for source in self.sources])

    @property
    def local_sources(self) -> tuple[LocalSource, ...]:
        """The sources whose documents are files on this computer."""
        return tuple(source for source in self.sources if isinstance(source, LocalSource))

    def local_source(self, name: str) -> LocalSource:
        """The source of files of that name; raises :class:`UnknownSource`, or ``ConfigError`` for a fetched one."""
        source = self.source(name)
        if not isinstance(source, LocalSource):
            raise ConfigError([f"source \"{name}\" is of kind {source.kind}: fetch it with 'concord crawl {name}'"])
        return source

    @property
    def fetched_sources(self) -> tuple[FetchedSource, ...]:
        """The sources that are crawled."""
        return tuple(source for source in self.sources if isinstance(source, FetchedSource))

    def fetched_source(self, name: str) -> FetchedSource:
        """The crawled source of that name; raises :class:`UnknownSource`, or ``ConfigError`` for one of files."""
        source = self.source(name)
        if not isinstance(source, FetchedSource):
            raise ConfigError(
                [f"source \"{name}\" is of kind {source.kind}: load it with 'concord load --source {name}'"]
            )
        return source

    def label(self, name: str) -> str:
        """How people call a source; its name where config.toml does not have it."""
        labels = {LOCAL: "Loaded files", **{source.name: source.label for source in self.sources}}
        return labels.get(name, name)

    def language(self, name: str) -> str | None:
        """The language that config.toml gives for a source."""
        return next((source.language for source in self.sources if source.name == name), None)


def load_settings(config: ConfigFile) -> CrawlerSettings:
    """Read ``[archive]``, ``[crawl]`` and all ``[[source]]``; raise :class:`ConfigError` with every mistake at once."""
    mistakes = list(config.unknown_sections)
    archive = _section(config, "archive", ArchiveSettings, mistakes)
    crawl = _section(config, "crawl", CrawlSettings, mistakes)
    sources = tuple(_read_sources(config, mistakes))
    mistakes += _duplicates(config)
    if mistakes:
        raise ConfigError(in_order(mistakes))
    return CrawlerSettings(config.folder, config.resolve(archive.path), sources, crawl)


def _section(config: ConfigFile, name: str, model: type[SettingsT], mistakes: list[str]) -> SettingsT:
    try:
        return config.section(name, model)
    except ConfigError as error:
        mistakes += error.mistakes
        return model()


def _tables(config: ConfigFile) -> list[Any] | None:
    tables = config.data.get("source", [])
    return tables if isinstance(tables, list) else None


def _read_sources(config: ConfigFile, mistakes: list[str]) -> Iterator[Source]:
    tables = _tables(config)
    if tables is None:
        mistakes.append(config.mistake(("source",), "[source]", "write [[source]], with two brackets", 1))
    for nth, table in enumerate(tables or []):
        source = _read_source(config, nth, table, mistakes)
        if source is not None:
            yield source


def _read_source(config: ConfigFile, nth: int, table: Any, mistakes: list[str]) -> Source | None:
    label = _label(nth, table)
    if not isinstance(table, dict):
        mistakes.append(config.mistake(("source", nth), label, "write it as a table, below [[source]]", 2))
        return None
    told = len(mistakes)
    kind = _kind(config, nth, table, mistakes)
    if kind is None:
        return None
    model = KINDS[kind]
    try:
        source = model.model_validate({**table, "kind": kind})
    except ValidationError as error:
        mistakes += config.mistakes(("source", nth), label, error, model, _elsewhere(kind))
        return None
    return _resolved(config, source) if len(mistakes) == told else None


def _kind(config: ConfigFile, nth: int, table: dict[str, Any], mistakes: list[str]) -> str | None:
    """The kind that a table says or is left to mean; ``None`` where there is none of that name."""
    keys, label = ("source", nth, "kind"), _label(nth, table)
    kind = table.get("kind")
    if kind is None:
        meant = next((kinds_with(key)[0] for key in _TELLING if key in table), None)
        if meant is not None:
            mistakes.append(config.mistake(keys, label, f'is missing: write kind = "{meant}"', 2))
        return meant or SourceKind.FILES
    if not isinstance(kind, str) or kind not in KINDS:
        known = ", ".join(f'"{name}"' for name in KINDS)
        mistakes.append(config.mistake(keys, label, f"there is {known}", 2))
        return None
    return kind


def _elsewhere(kind: str) -> dict[str, str]:
    """For each key that only sources of other kinds have: what to say of it."""
    others = {key: kinds_with(key) for model in KINDS.values() for key in model.model_fields}
    return {
        key: f"is for kind {' or '.join(kinds)}, and this source is of kind {kind}"
        for key, kinds in others.items()
        if kind not in kinds
    }


def _resolved(config: ConfigFile, source: Source) -> Source:
    if isinstance(source, LocalSource):
        return source.model_copy(update={"paths": tuple(map(config.resolve, source.paths))})
    return source


def _label(nth: int, table: Any) -> str:
    name = table.get("name") if isinstance(table, dict) else None
    return f'source "{name}"' if isinstance(name, str) else f"source number {nth + 1}"


def _duplicates(config: ConfigFile) -> Iterator[str]:
    seen: dict[str, int] = {}
    for nth, table in enumerate(_tables(config) or []):
        name = table.get("name") if isinstance(table, dict) else None
        if not isinstance(name, str):
            continue
        keys = ("source", nth, "name")
        if name in seen:
            reason = f"line {seen[name]} has a source of that name already"
            yield config.mistake(keys, f'source "{name}"', reason, 2)
        seen.setdefault(name, config.line_of(keys))
