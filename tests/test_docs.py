"""The documentation: complete against the code, its links lead somewhere, and what it shows happens."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
import pytest
from click.testing import CliRunner

from concord import main
from crawler import ConfigFile
from crawler.config import Settings
from crawler.settings import ArchiveSettings, CrawlSettings
from crawler.source import (
    FeedSource,
    FilesSource,
    Selectors,
    SitemapSource,
    SiteSource,
    SourceBase,
    WarcSource,
    WebSource,
)
from indexer import Collection, SearchRequest
from indexer.domains.taxonomy import SHIPPED
from indexer.settings import IndexSettings
from webui.app import create_app
from webui.collection import SearchableCollection
from webui.settings import WebSettings

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from werkzeug.routing import Rule

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
SECTIONS: dict[str, tuple[type[Settings], type[Settings] | None]] = {
    "[archive]": (ArchiveSettings, None),
    "[crawl]": (CrawlSettings, None),
    "[index]": (IndexSettings, None),
    "[web]": (WebSettings, None),
    "Keys of every kind": (SourceBase, None),
    "`[source.selectors]`": (Selectors, None),
    "Keys of kind `files`": (FilesSource, SourceBase),
    "Keys of kind `warc`": (WarcSource, SourceBase),
    "Keys of the kinds that are fetched: `feed`, `sitemap`, `site`": (WebSource, SourceBase),
    "Keys of kind `feed`": (FeedSource, WebSource),
    "Keys of kind `sitemap`": (SitemapSource, WebSource),
    "Keys of kind `site`": (SiteSource, WebSource),
}
"""Heading of the reference → the model, and the one whose keys are told elsewhere."""

_NOT_OURS = {".venv", ".git", "node_modules", "build", "data"}
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^(Save|Add) this (?:as|to) `([^`]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`]+)`")


def read(path: Path) -> str:
    return path.read_text("utf-8")


def sections(page: str) -> dict[str, str]:
    """The sections of a page, of the second and third level, by their headings."""
    parts = re.split(r"^###? (.+)$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def table_cells(text: str, column: int) -> Iterator[str]:
    """The cells of one column of every table, without headers."""
    for line in re.sub(r"^\|.*\n\|[-| ]+\|$", "", text, flags=re.MULTILINE).splitlines():
        if line.startswith("|"):
            yield line.split("|")[column + 1].strip()


def consoles(page: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of the ``console`` blocks with the lines that stand below it."""
    for _, language, block in _FENCE.findall(page):
        if language == "console":
            for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, *output = piece.rstrip("\n").split("\n")
                yield command, output


# ---------------------------------------------------------------------------------------------- complete


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command below ``command``, groups apart."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for inner in command.list_commands(context):
            yield from commands(cast(click.Command, command.get_command(context, inner)), f"{name} {inner}")
    else:
        yield name, command


COMMANDS = dict(commands(main, "concord"))
SHARED_OPTIONS = {"--config", "--json"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_the_reference(name: str) -> None:
    page = sections(read(REFERENCE / "command-line.md"))
    assert name in page
    told = [parameter for parameter in COMMANDS[name].params if not getattr(parameter, "hidden", False)]
    options = {option for parameter in told for option in parameter.opts if option.startswith("--")}
    missing = {option for option in options - SHARED_OPTIONS if not re.search(rf"`{option}[ `]", page[name])}
    assert not missing


def test_options_of_all_commands_are_in_the_reference() -> None:
    page = read(REFERENCE / "command-line.md")
    options = {option for parameter in main.params for option in parameter.opts} | SHARED_OPTIONS
    assert {option for option in options if not re.search(rf"`{option}[ `]", page)} == set()


def test_the_reference_has_no_command_that_is_not_there() -> None:
    assert {name for name in sections(read(REFERENCE / "command-line.md")) if name not in COMMANDS} == set()


def test_json_commands_tell_their_keys() -> None:
    page = sections(read(REFERENCE / "command-line.md"))
    with_json = {name for name, command in COMMANDS.items() if any("--json" in p.opts for p in command.params)}
    assert {name for name in with_json if "`--json`:" not in page[name]} == set()


@pytest.mark.parametrize("section", SECTIONS)
def test_the_settings_of_a_section_are_those_in_the_reference(section: str) -> None:
    page = sections(read(REFERENCE / "configuration.md"))
    assert {cell.strip("`") for cell in table_cells(page[section], 0)} == set(fields_of(section))


def fields_of(section: str) -> dict[str, FieldInfo]:
    """The fields that a section of the reference must tell; ``kind`` is told with the keys that all have."""
    model, base = SECTIONS[section]
    told_elsewhere = set(base.model_fields) | {"kind"} if base else set()
    fields = {name: field for name, field in model.model_fields.items() if name not in told_elsewhere}
    return fields | ({"kind": FilesSource.model_fields["kind"]} if model is SourceBase else {})


def shown(value: object) -> str:
    return f"`{str(value).lower()}`" if isinstance(value, bool | int) else f'`"{value}"`'


@pytest.mark.parametrize("section", SECTIONS)
def test_the_defaults_in_the_reference_are_those_of_the_code(section: str) -> None:
    text = sections(read(REFERENCE / "configuration.md"))[section]
    told = dict(zip((cell.strip("`") for cell in table_cells(text, 0)), table_cells(text, 1), strict=True))
    fields = fields_of(section)
    plain = {name: field.default for name, field in fields.items() if not field.is_required() and field.default}
    fixed = {name: shown(value) for name, value in plain.items() if isinstance(value, str | int | Path)}
    assert {name: told[name] for name in fixed} == fixed


def test_every_route_is_in_the_reference() -> None:
    app = create_app(WebSettings.model_validate({}), cast(SearchableCollection, None))
    page = read(REFERENCE / "http.md").replace("&lt;", "<").replace("&gt;", ">")
    routes = {_route(rule) for rule in app.url_map.iter_rules()}
    assert routes
    assert {route for route in routes if f"`{route}`" not in page and f"### {route}\n" not in page} == set()


def _route(rule: Rule) -> str:
    names = {"document_id": "id", "filename": "file"}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: f"<{names.get(match[1], match[1])}>", rule.rule)


# ---------------------------------------------------------------------------------------------- links


def pages() -> list[Path]:
    found = ROOT.rglob("*.md")
    return sorted(path for path in found if _NOT_OURS.isdisjoint(path.relative_to(ROOT).parts))


def slug(heading: str) -> str:
    """The anchor that a heading gets where Markdown is shown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_files_lead_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(_FENCE.sub("", read(page))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists() or (anchor and anchor not in {slug(found) for found in _HEADING.findall(read(target))}):
            broken.append(link)
    assert not broken


def test_every_page_is_in_the_table_of_contents() -> None:
    contents = read(DOCS / "README.md")
    own = {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md") if page.parent.name != "decisions"}
    assert {page for page in own - {"README.md"} if f"({page})" not in contents} == set()


# ---------------------------------------------------------------------------------------------- examples


def query_examples() -> list[str]:
    page = sections(read(DOCS / "query-language.md"))
    tables = "".join(text for heading, text in page.items() if heading not in {"Mistakes", "Limits", "Grammar"})
    return [query for cell in table_cells(tables, 0) for query in _CODE.findall(cell)]


@pytest.fixture(scope="module")
def seeds(seed_workspace: Path) -> Iterator[Collection]:
    collection = Collection.open(ConfigFile.read(seed_workspace / "config.toml"))
    yield collection
    collection.close()


@pytest.mark.parametrize("query", query_examples())
def test_each_example_of_the_query_language_finds_something(seeds: Collection, query: str) -> None:
    results = seeds.search(SearchRequest(query))
    assert results.total
    assert results.notes == ()


def assert_shows(page: str, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the commands of ``page``; what it shows below each must be there, a line that ends in … up to there."""
    monkeypatch.setenv("CONCORD_CONFIG", str(config))
    for command, expected in consoles(page):
        program, *arguments = shlex.split(command)
        assert program == "concord"
        run = CliRunner().invoke(main, arguments)
        assert run.exit_code == 0, run.output
        assert [line for line in expected if not _is_in(line, run.output.splitlines())] == [], run.output


def _is_in(line: str, output: list[str]) -> bool:
    if line.endswith(" …"):
        return any(found.startswith(line.removesuffix("…")) for found in output)
    return line in output


READ_ONLY = (
    "tutorial/first-search.md",
    "query-language.md",
    "explanation/domains.md",
    "explanation/statistics.md",
    "how-to/cite-and-verify.md",
    "how-to/follow-a-word.md",
)


@pytest.mark.parametrize("name", READ_ONLY)
def test_the_commands_of_a_page_print_what_it_shows(
    name: str, seed_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = read(DOCS / name)
    assert list(consoles(page))
    assert_shows(page, seed_workspace / "config.toml", monkeypatch)


def test_the_tutorial_about_own_documents_works_from_top_to_bottom(
    seed_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = read(DOCS / "tutorial" / "your-own-documents.md")
    folder = tmp_path / "concord"
    shutil.copytree(seed_workspace, folder)
    (folder / "papers").mkdir()
    for part in re.split(r"(?=^## )", page, flags=re.MULTILINE):
        for verb, name, content in _FILE.findall(part):
            with (folder / name).open("a" if verb == "Add" else "w", encoding="utf-8") as file:
                file.write(content)
        assert_shows(part, folder / "config.toml", monkeypatch)
    assert len(list(consoles(page))) == 6


def test_the_guide_to_the_domains_works_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(DOCS / "how-to" / "edit-the-domains.md")
    config, domain = (content for _, language, content in _FENCE.findall(page) if language == "toml")
    (tmp_path / "config.toml").write_text(config, "utf-8")
    (tmp_path / "my-domains.toml").write_text(SHIPPED.read_text("utf-8"), "utf-8")
    (tmp_path / "one.txt").write_text("The icebreaker reached Antarctica.", "utf-8")
    monkeypatch.setenv("CONCORD_CONFIG", str(tmp_path / "config.toml"))
    for arguments in (["load", str(tmp_path / "one.txt")], ["index"]):
        assert CliRunner().invoke(main, arguments).exit_code == 0
    (tmp_path / "my-domains.toml").write_text(SHIPPED.read_text("utf-8") + domain, "utf-8")
    assert_shows(page, tmp_path / "config.toml", monkeypatch)
