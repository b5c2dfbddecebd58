"""The crawler's part of ``config.toml``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler import ConfigError, ConfigFile, SourceKind, UnknownSource, load_settings

SHIPPED = Path(__file__).parents[2] / "config.toml"


def test_an_empty_file_has_defaults(configure, tmp_path):
    settings = configure("")
    assert (settings.archive_path, settings.sources) == (tmp_path / "data/archive.sqlite", ())


def test_a_source_has_defaults(configure):
    (source,) = configure('[[source]]\nname = "mfa"\npaths = ["a"]').sources
    assert (source.label, source.kind, source.language, source.enabled) == ("mfa", SourceKind.FILES, None, True)


def test_paths_are_relative_to_the_config_file(configure, tmp_path):
    settings = configure('[archive]\npath = "x/y.sqlite"\n[[source]]\nname = "mfa"\npaths = ["a", "/b"]')
    assert settings.archive_path == tmp_path / "x/y.sqlite"
    assert settings.source("mfa").paths == (tmp_path / "a", Path("/b"))


def test_the_config_file_that_ships_is_right():
    settings = load_settings(ConfigFile.read(SHIPPED))
    assert [source.name for source in settings.sources if source.enabled] == ["xinhua", "un-general-debate"]


def test_the_public_sources_that_ship_wait_to_be_enabled_and_are_polite():
    fetched = load_settings(ConfigFile.read(SHIPPED)).fetched_sources
    assert len(fetched) >= 15
    assert not any(source.enabled or source.allow_private for source in fetched)
    assert all(source.delay >= 3 and source.concurrency == 1 for source in fetched)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("mfa-cn", "https://www.mfa.gov.cn/eng/xw/zyxw/202507/t20250729_11679232.html"),
        ("scio-white-papers", "http://english.scio.gov.cn/whitepapers/2022-08/10/content_78365819_6.htm"),
        ("state-council-cn", "https://english.www.gov.cn/news/202407/26/content_WS66a2d827c6d0868f4e8e975c.html"),
        ("xinhua-english", "https://english.news.cn/20260415/e1f4925dac254e9e89aef70ddf4fa4d9/c.html"),
        ("eclac", "https://www.cepal.org/en/pressreleases/latin-america-and-caribbean-accelerate"),
        ("oas", "https://www.oas.org/en/media_center/press_release.asp?sCodigo=E-001/24"),
        ("mre-br", "https://www.gov.br/mre/pt-br/canais_atendimento/imprensa/notas-a-imprensa/v-cupula-brasil"),
        ("sre-mx", "https://www.gob.mx/sre/prensa/comunicado-no-198"),
        ("minrel-cl", "https://www.minrel.gob.cl/sala-de-prensa/comunicado-por-inventario-nacional"),
        ("cancilleria-ar", "https://www.cancilleria.gob.ar/es/actualidad/noticias/argentina-ingresa-al-programa"),
        ("rree-pe", "https://www.gob.pe/institucion/rree/noticias/4701-declaracion-de-lima"),
        ("cancilleria-co", "https://www.cancilleria.gov.co/newsroom/news/semana-paz-memoria"),
        ("minrex-cu", "https://cubaminrex.cu/es/declaracion-del-ministerio-de-relaciones-exteriores"),
    ],
)
def test_the_public_sources_that_ship_keep_documents_and_not_lists(name, kept):
    source = load_settings(ConfigFile.read(SHIPPED)).fetched_source(name)
    found = [url for url in (kept, *source.start) if any(re.search(pattern, url) for pattern in source.keep)]
    assert found == [kept]


def test_a_source_can_be_asked_for_by_name(settings):
    assert settings.source("papers").name == "papers"
    with pytest.raises(UnknownSource, match=r'unknown source "nope": config\.toml has papers'):
        settings.source("nope")


def test_a_source_has_a_label_wherever_it_comes_from(configure):
    settings = configure('[[source]]\nname = "mfa"\nlabel = "Foreign Ministry"\npaths = ["a"]')
    assert [settings.label(name) for name in ("mfa", "local", "un")] == ["Foreign Ministry", "Loaded files", "un"]


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ('name = "Foreign Ministry"', "name: write a short name of small letters, digits and hyphens"),
        ('name = "local"', 'name: "local" is built in'),
        ("paths = []", "paths: name at least one"),
        ('paths = [""]', "paths.0: names no file or folder"),
        ('kind = "web"', 'kind: there is "files", "warc", "feed", "sitemap", "site"'),
        ('language = "English"', 'language: "English" is not a language code'),
        ('url = "example.org"', 'url: "example.org" is not a web address'),
        ('enabled = "perhaps"', "enabled: "),
        ('role = "ministry"', "role: Input should be 'official', 'agency' or 'press'"),
        ('label = ""', "label: "),
        ('colour = "red"', "colour: unknown key"),
        ('lable = "red"', 'lable: unknown key: did you mean "label"?'),
        ("depth = 2", "depth: is for kind site, and this source is of kind files"),
        ('keep = ["a"]', "keep: is for kind warc or feed or sitemap or site, and this source is of kind files"),
        ('url = "https://"', 'url: "https://" is not a web address'),
        ('url = "ftp://example.org"', 'url: "ftp://example.org" is not a web address'),
        ('url = "https://[::1"', "url: is not a web address: its host or port"),
        ('url = "https://example.org:x"', "url: is not a web address: its host or port"),
        ('domains = ["Judicial"]', 'domains.0: "Judicial" is no domain\'s id'),
        ('date_format = "%d/%m"', 'date_format: "%d/%m" says no year'),
        ('date_format = "%Y-%q"', 'date_format: "%Y-%q" is not a date format of strptime'),
        ('selectors = { title = "h1[" }', 'selectors.title: "h1[" is not a CSS selector: '),
        ('selectors = { titel = "h1" }', 'selectors.titel: unknown key: did you mean "title"?'),
        ('selectors = "h1"', "selectors: write it as a section of its own"),
        ('paths = "a"', "paths: write a list"),
    ],
)
def test_a_mistake_in_a_source_is_told_with_its_line(configure, line, mistake, tmp_path):
    lines = {"name": 'name = "mfa"', "paths": 'paths = ["a"]'}
    lines[line.split()[0]] = line
    text = "\n\n[[source]]\n" + "\n".join(lines.values())
    with pytest.raises(ConfigError) as caught:
        configure(text)
    (told,) = caught.value.mistakes
    number = text.splitlines().index(line) + 1
    name = line.split('"')[1] if line.startswith("name") else "mfa"
    assert told.startswith(f'{tmp_path / "config.toml"}:{number}: source "{name}": {mistake}')


def test_a_missing_key_is_told_at_the_header(configure):
    with pytest.raises(ConfigError, match=r'config\.toml:2: source "mfa": paths: is missing: files and folders'):
        configure('\n[[source]]\nname = "mfa"\n')


def test_a_source_without_a_name_is_told_by_its_number(configure):
    with pytest.raises(ConfigError, match=r"config\.toml:4: source number 2: name: is missing: a short one"):
        configure('[[source]]\nname = "a"\npaths = ["a"]\n[[source]]\npaths = ["b"]\n')


def test_a_name_that_stands_twice_is_told(configure):
    with pytest.raises(ConfigError, match=r'config\.toml:5: source "a": name: line 2 has a source of that name'):
        configure('[[source]]\nname = "a"\npaths = ["a"]\n[[source]]\nname = "a"\npaths = ["b"]\n')


def test_single_brackets_are_told(configure):
    with pytest.raises(ConfigError, match=r"config\.toml:1: \[source\]: write \[\[source\]\], with two brackets"):
        configure('[source]\nname = "a"\n')


def test_a_source_that_is_no_table_is_told(configure):
    with pytest.raises(ConfigError, match="source number 1"):
        configure('source = ["a"]\n')


WEB = {
    "feed": 'feeds = ["https://www.example.org/rss"]',
    "sitemap": 'sitemaps = ["https://www.example.org/sitemap.xml"]',
    "site": 'start = ["https://www.example.org/"]\nkeep = ["/news/"]',
}


@pytest.mark.parametrize("kind", WEB)
def test_six_lines_are_enough_for_a_source_of_the_web(configure, kind):
    text = f'[[source]]\nname = "a"\nkind = "{kind}"\n{WEB[kind]}\n'
    assert len(text.splitlines()) <= 6
    (source,) = configure(text).sources
    assert (source.kind, source.label, source.enabled, source.allow_private, source.concurrency) == (
        SourceKind(kind),
        "a",
        True,
        False,
        1,
    )
    assert source.delay >= 1


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("delay = -1", "delay: "),
        ("delay = nan", "delay: "),
        ("max_pages = 0", "max_pages: "),
        ('max_pages = "10"', "max_pages: write a whole number"),
        ("max_pages = 1.5", "max_pages: write a whole number"),
        ("timeout = 0", "timeout: "),
        ("concurrency = 99", "concurrency: "),
        ("keep = []", "keep: name at least one"),
        ('keep = ["a", "("]', 'keep.1: "(" is not a regular expression: '),
        ('keep = [""]', "keep.0: is empty"),
        ('skip = ["*"]', 'skip.0: "*" is not a regular expression: '),
        ("depth = -1", "depth: "),
        ('feeds = ["https://a.example"]', "feeds: is for kind feed, and this source is of kind site"),
        ("allow_private = 3", "allow_private: write true or false"),
    ],
)
def test_a_mistake_in_a_source_of_the_web_is_told_with_its_line(configure, line, mistake):
    text = f'[[source]]\nname = "a"\nkind = "site"\nstart = ["https://www.example.org/"]\n{line}\n'
    text += "" if line.startswith("keep") else 'keep = ["/news/"]\n'
    with pytest.raises(ConfigError) as caught:
        configure(text)
    assert f'config.toml:5: source "a": {mistake}' in str(caught.value)


def test_an_element_of_a_long_list_is_told_with_its_own_line(configure):
    with pytest.raises(ConfigError, match=r'config\.toml:6: source "a": keep\.1: "\(" is not'):
        configure('[[source]]\nname = "a"\nkind = "site"\nkeep = [\n  "a",\n  "(",\n]\nstart = ["https://a.example"]\n')


def test_a_mistake_in_a_section_below_a_source_is_told_with_its_line(configure):
    with pytest.raises(ConfigError, match=r'config\.toml:6: source "a": selectors\.date: "\.\." is not a CSS selector'):
        configure('[[source]]\nname = "a"\npaths = ["a"]\n[source.selectors]\ntitle = "h1"\ndate = ".."\n')


def test_a_password_in_an_address_is_not_repeated(configure):
    with pytest.raises(ConfigError, match="take it out") as caught:
        configure('[[source]]\nname = "a"\nkind = "feed"\nfeeds = ["https://me:secret@www.example.org/"]\n')
    assert "secret" not in str(caught.value)


def test_a_site_without_keep_is_told_what_to_write(configure):
    with pytest.raises(ConfigError, match=r'config\.toml:1: source "a": keep: is missing: .*keep = \["/news/"\]'):
        configure('[[source]]\nname = "a"\nkind = "site"\nstart = ["https://www.example.org/"]\n')


def test_a_kind_that_was_forgotten_is_told(configure):
    with pytest.raises(ConfigError) as caught:
        configure('[[source]]\nname = "a"\nfeeds = ["https://www.example.org/rss"]\n')
    (told,) = caught.value.mistakes
    assert told.endswith('config.toml:1: source "a": kind: is missing: write kind = "feed"')


@pytest.mark.parametrize("contact", ["me@example.org", "mailto:me@example.org", "https://www.example.org/crawler"])
def test_a_contact_is_a_mail_or_web_address(configure, contact):
    assert configure(f'[crawl]\ncontact = "{contact}"\n').crawl.contact == contact


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ('contact = "me"', "contact: write a mail address or a web address"),
        ('contact = "me@example.org\\nX: y"', "contact: write a mail address or a web address"),
        ('user_agent = "Con cord"', "user_agent: write one word"),
        ("retries = -1", "retries: "),
    ],
)
def test_a_mistake_about_crawling_is_told(configure, line, mistake):
    with pytest.raises(ConfigError, match=r"config\.toml:2: \[crawl\]: ") as caught:
        configure(f"[crawl]\n{line}\n")
    assert mistake in str(caught.value)


@pytest.mark.parametrize("format", ["%d/%m/%Y", "%Y年%m月%d日", "%B %Y", "%Y", "Fecha: %d-%m-%y", "%d %b %Y"])
def test_a_date_format_may_say_less_than_a_day(configure, format):
    (source,) = configure(f'[[source]]\nname = "a"\npaths = ["a"]\ndate_format = "{format}"\n').sources
    assert source.date_format == format


def test_all_mistakes_are_told_at_once(configure):
    text = (
        '[archive]\npath = 5\n[[source]]\nname = "a"\nkind = "web"\n[[source]]\nname = "a"\npaths = ["b"]\nx = 1\n'
        "[crawl]\nretries = 99\n[wbe]\n"
    )
    with pytest.raises(ConfigError) as caught:
        configure(text)
    assert [mistake.split(":")[1] for mistake in caught.value.mistakes] == ["2", "5", "7", "9", "11", "12"]
