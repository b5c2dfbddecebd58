"""``sources add``, ``check``, ``list`` and ``remove`` against a small ministry on this computer."""

from __future__ import annotations

import json
import socket
import subprocess
import sys

import pytest

from crawler import ConfigFile, load_settings
from tests.crawler.sources.ministry import ministry, statement

pytestmark = pytest.mark.usefixtures("at_once")

PRIVATE = "--allow-private"


def _source(config, name: str = "127-0-0-1"):
    return load_settings(ConfigFile.read(config)).source(name)


@pytest.mark.parametrize(
    ("has", "kind"), [({"feed": True}, "feed"), ({"sitemap": True}, "sitemap"), ({}, "site")], ids=str
)
def test_a_site_is_added_in_the_way_that_suits_it(concord, site, config, has, kind):
    before = config.read_text("utf-8")
    result = concord("sources", "add", ministry(site, **has), "--yes", PRIVATE)
    assert result.exit_code == 0, result.output
    source = _source(config)
    assert (source.kind, source.label, source.language, source.allow_private) == (
        kind,
        "Ministry of Examples",
        "en",
        True,
    )
    assert config.read_text("utf-8").startswith(before)


@pytest.mark.parametrize("has", [{"feed": True}, {"sitemap": True}, {}], ids=str)
def test_what_was_added_can_be_checked(concord, site, config, has):
    concord("sources", "add", ministry(site, **has), "--yes", PRIVATE)
    result = concord("sources", "check", "127-0-0-1", "--json")
    assert result.exit_code == 0, result.output
    first, *rest = json.loads(result.stdout)
    assert (first["url"], len(rest)) == (site.url + statement(0), 2)
    assert (first["title"], first["date"], first["date_precision"]) == (
        "Ministers discuss extradition",
        "2008-11-03",
        "day",
    )
    assert (first["language"], first["charset"], first["paragraphs"]) == ("en", "utf-8", 3)
    assert first["first_paragraph"].startswith("The two ministers exchanged views on extradition")
    assert first["problems"] == []


def test_what_was_added_can_be_crawled(concord, site, config):
    concord("sources", "add", ministry(site), "--yes", PRIVATE)
    with config.open("a", encoding="utf-8") as file:
        file.write("delay = 0\ndepth = 1\n")
    program = "from crawler.spider.commands import crawl; crawl()"
    command = [sys.executable, "-c", program, "--json", "--config", str(config)]
    crawled = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    (told,) = json.loads(crawled.stdout)["sources"]
    assert (told["new"], told["source"]) == (4, "127-0-0-1")
    row = next(row for row in json.loads(concord("sources", "list", "--json").stdout) if row["kind"] == "site")
    assert (row["documents"], row["first"], row["last"]) == (4, "2008-11-03", "2008-11-06")
    assert row["last_crawl"]["finished"]


def test_general_rules_are_left_to_do_what_they_can(concord, site, config):
    concord("sources", "add", ministry(site), "--yes", PRIVATE)
    assert "[source.selectors]" not in config.read_text("utf-8")


def test_adding_shows_the_section_and_what_would_be_stored(concord, site):
    result = concord("sources", "add", ministry(site), "--dry-run", PRIVATE)
    assert "[[source]]" in result.stdout
    assert "  title      Ministers discuss extradition\n" in result.stdout
    assert "  date       2008-11-03 (day, from " in result.stdout


def test_a_dry_run_writes_nothing(concord, site, config):
    before = config.read_bytes()
    assert concord("sources", "add", ministry(site), "--dry-run", PRIVATE).exit_code == 0
    assert config.read_bytes() == before


def test_adding_prints_json_and_nothing_else(concord, site):
    found = json.loads(concord("sources", "add", ministry(site), "--name", "mfa", "--yes", "--json", PRIVATE).stdout)
    assert (found["name"], found["kind"], found["written"], len(found["previews"])) == ("mfa", "site", True, 3)


def test_nothing_is_fetched_where_nobody_can_be_asked(concord, site):
    result = concord("sources", "add", ministry(site), PRIVATE)
    assert (result.exit_code, site.asked) == (1, [])
    assert "give --yes to change it without being asked" in result.stderr


def test_nothing_is_fetched_without_a_contact(concord, site):
    result = concord("sources", "add", ministry(site), "--yes")
    assert (result.exit_code, site.asked) == (1, [])
    assert 'under [crawl], write contact = "you@your-institute.org"' in result.stderr
    assert "--allow-private" in result.stderr


def test_what_is_no_web_address_is_wrong_usage(concord):
    result = concord("sources", "add", "ftp://x.example/", "--yes")
    assert result.exit_code == 2
    assert "is not a web address" in result.stderr


def test_an_address_in_the_own_network_needs_permission(concord, site):
    result = concord("sources", "add", ministry(site), "--yes", "--contact", "me@example.org")
    assert (result.exit_code, site.asked) == (1, [])
    assert "--allow-private" in result.stderr


def test_a_contact_is_written_and_sent(concord, site, config):
    concord("sources", "add", ministry(site), "--yes", "--contact", "me@example.org", PRIVATE)
    assert load_settings(ConfigFile.read(config)).crawl.contact == "me@example.org"
    assert site.headers[-1]["user-agent"].endswith("(+me@example.org)")


@pytest.mark.parametrize("option", [("--contact", "me"), ("--name", "My Source")])
def test_a_wrong_option_is_wrong_usage(concord, site, option):
    assert concord("sources", "add", ministry(site), "--yes", PRIVATE, *option).exit_code == 2


def test_a_name_that_is_taken_is_told(concord, site):
    concord("sources", "add", ministry(site), "--yes", PRIVATE, "--name", "mfa")
    result = concord("sources", "add", ministry(site, feed=True), "--yes", PRIVATE, "--name", "mfa")
    assert 'concord: there is a source "mfa" already: choose another name with --name' in result.stderr


def test_a_site_that_is_a_source_already_is_told(concord, site):
    page = ministry(site)
    concord("sources", "add", page, "--yes", PRIVATE)
    result = concord("sources", "add", page, "--yes", PRIVATE)
    assert (result.exit_code, f'source "127-0-0-1" has {page} already' in result.stderr) == (1, True)


def test_a_site_that_cannot_be_reached_is_one_line(concord):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    result = concord("sources", "add", f"http://127.0.0.1:{port}/", "--yes", PRIVATE)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].endswith("no connection: the host refuses it or can't be reached")


def test_a_feed_whose_pages_cannot_be_had_is_taken_whole(concord, site, config):
    content = "<p>" + "The treaty was signed in the capital today by both ministers. " * 8 + "</p>"
    items = "".join(
        f"<item><title>Signed {n}</title><link>{site.url}/{n}</link>"
        f"<description><![CDATA[{content}]]></description></item>"
        for n in range(3)
    )
    body = f'<rss version="2.0"><channel>{items}</channel></rss>'
    feed = site.page("/rss.xml", body.encode(), Content_Type="text/xml")
    assert concord("sources", "add", feed, "--yes", PRIVATE).exit_code == 0
    assert _source(config).full_content


def test_a_selector_that_matches_nothing_is_told(concord, site, config):
    concord("sources", "add", ministry(site), "--yes", PRIVATE)
    with config.open("a", encoding="utf-8") as file:
        file.write('\n[source.selectors]\ndate = ".nowhere"\n')
    result = concord("sources", "check", "127-0-0-1", "--limit", "1")
    assert "  note       selectors.date: .nowhere matched nothing\n" in result.stdout


def test_a_page_that_would_not_be_stored_says_why(concord, site, config):
    concord("sources", "add", ministry(site), "--yes", PRIVATE)
    site.page(statement(0), status=403)
    result = concord("sources", "check", "127-0-0-1", "--limit", "1")
    assert (result.exit_code, "  not stored the server forbids it (HTTP 403)\n" in result.stdout) == (1, True)


def test_lists_that_name_nothing_to_keep_are_told(concord, site, config):
    config.write_text(
        f'[[source]]\nname = "a"\nkind = "site"\nstart = ["{ministry(site)}"]\nkeep = ["nothing"]\n', "utf-8"
    )
    with config.open("a", encoding="utf-8") as file:
        file.write("allow_private = true\n")
    result = concord("sources", "check", "a")
    assert (result.exit_code, "its lists name no page that keep and skip let through" in result.stderr) == (1, True)


def test_lists_that_cannot_be_had_are_told(concord, site, config):
    config.write_text(
        f'[[source]]\nname = "a"\nkind = "feed"\nfeeds = ["{site.url}/gone"]\nallow_private = true\n', "utf-8"
    )
    result = concord("sources", "check", "a")
    assert result.exit_code == 1
    assert f'concord: source "a": {site.url}/gone: not there (HTTP 404)\n' in result.stderr


def test_a_source_of_files_is_checked_by_loading_it(concord, config):
    config.write_text('[[source]]\nname = "a"\npaths = ["a"]\n', "utf-8")
    assert "load it with 'concord load --source a'" in concord("sources", "check", "a").stderr


def test_a_removed_source_leaves_the_file_as_it_was_before(concord, site, config):
    before = config.read_bytes()
    concord("sources", "add", ministry(site), "--yes", PRIVATE)
    result = concord("sources", "remove", "127-0-0-1", "--yes")
    assert (result.exit_code, config.read_bytes()) == (0, before)
    assert 'source "127-0-0-1": it has no documents\n' in result.stdout


def test_removing_says_that_documents_stay(concord, config, tmp_path):
    config.write_text('[[source]]\nname = "a"\npaths = ["a"]\n', "utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.txt").write_text("It was signed.", "utf-8")
    concord("load")
    result = concord("sources", "remove", "a", "--yes", "--json")
    assert json.loads(result.stdout) == {"name": "a", "removed": True, "documents": 1}
    listed = json.loads(concord("sources", "list", "--json").stdout)
    assert [(row["name"], row["kind"], row["documents"]) for row in listed] == [("local", None, 0), ("a", None, 1)]


def test_removing_needs_somebody_to_ask(concord, config):
    config.write_text('[[source]]\nname = "a"\npaths = ["a"]\n', "utf-8")
    result = concord("sources", "remove", "a")
    assert (result.exit_code, "give --yes" in result.stderr) == (1, True)
    assert "[[source]]" in config.read_text("utf-8")


def test_an_unknown_source_is_one_line(concord):
    result = concord("sources", "remove", "nope", "--yes")
    assert (result.exit_code, 'unknown source "nope"' in result.stderr) == (1, True)
