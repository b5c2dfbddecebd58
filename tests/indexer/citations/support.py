"""Documents that try the formats of citations, and running commands on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from click.testing import CliRunner, Result

from concord import main
from crawler import Archive, load_settings
from indexer import SearchRequest
from indexer.citations import FORMATS, State, Verification, cite_all, verify_file
from indexer.collection import Collection
from tests.indexer.support import Workspace

DOMAINS = """
[[domain]]
id = "economy"
name.en = "Economy"
terms.en = ["trade"]

[[domain]]
id = "judicial"
name.en = "Judicial affairs"
terms.en = ["extradition", "judicial"]
"""

TERMS = """
attribution = "The Ministry's Corpus & Co, doi:10.7910/DVN/X"
licence = "CC0 1.0"
"""

AWKWARD: tuple[dict[str, Any], ...] = (
    {
        "id": "formula",
        "title": '=HYPERLINK("http://evil.example","trade")',
        "text": "+trade of 100% {braces} & $5 for #1, a_b ~ c^d \\emph{not LaTeX} -- ``quoted'' text; \"more\", he.",
        "url": "https://www.gob.mx/sre/a_b%20c?x=1&y=~u",
        "date": "2011-02",
    },
    {
        "id": "zh%文",
        "title": "引渡条约与贸易 trade",
        "text": "中国与拉美国家签署引渡条约。双方同意扩大贸易 trade 合作。",
        "language": "zh",
        "url": "https://www.xinhuanet.com/2012/zh.htm",
        "date": "2012-05-06",
    },
    {
        "id": "long",
        "title": "A long passage on trade",
        "text": "First words of a passage. " * 20
        + "Here trade is spoken of, “between us”, at last. "
        + "Last words. " * 30,
        "url": "https://ministry.example/long",
    },
)


def concord(workspace: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--config", str(workspace.folder / "config.toml")])


def failure(result: Result) -> str:
    """The one line of an error that the user can act on."""
    assert result.exit_code == 1, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("concord: ")
    return line


def exported(workspace: Workspace, form: str, query: str = "trade", **options: Any) -> str:
    collection = Collection.open(workspace.config)
    try:
        return "".join(FORMATS[form].write(cite_all(collection, SearchRequest(query), **options)))
    finally:
        collection.close()


def verified(workspace: Workspace, content: str | bytes, name: str) -> Verification:
    path = workspace.folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return verify_file(workspace.config, path)


def states(verification: Verification) -> list[State]:
    return [verdict.state for verdict in verification.verdicts]


def archive_of(workspace: Workspace) -> Archive:
    return Archive.open(load_settings(workspace.config).archive_path)


def only(found: Iterable[Any]) -> Any:
    (one,) = found
    return one
