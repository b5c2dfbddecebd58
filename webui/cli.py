"""The commands ``concord serve`` and ``concord run``."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.console import config_option

if TYPE_CHECKING:
    from crawler import ConfigFile
    from webui.server import Serving

_host_option = click.option("--host", help="Listen at this address of the machine (default: [web] host, 127.0.0.1).")
_port_option = click.option("--port", type=click.IntRange(0, 65535), help="Listen at this port; 0 takes a free one.")


@click.command()
@config_option
@_host_option
@_port_option
def serve(config_path: Path, host: str | None, port: int | None) -> None:
    """Serve the pages and the API from the index."""
    config = _read(config_path)
    _answer(_server(config, host, port))


@click.command()
@config_option
@_host_option
@_port_option
def run(config_path: Path, host: str | None, port: int | None) -> None:
    """Load the seeds if nothing is loaded, bring the index up to date, serve."""
    from webui.preparation import prepare

    config = _read(config_path)
    server = _server(config, host, port)
    try:
        prepare(config)
    except BaseException:
        server.close()
        raise
    _answer(server)


def _read(config_path: Path) -> ConfigFile:
    from crawler import ConfigFile

    return ConfigFile.read(config_path)


def _server(config: ConfigFile, host: str | None, port: int | None) -> Serving:
    """What serves at the address that the command line gives, or else the config file."""
    from indexer import load_index_settings
    from webui.app import open_app
    from webui.server import Server
    from webui.settings import WebSettings
    from webui.workers import Workers

    config.check(load_index_settings, WebSettings.load)
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = WebSettings.load(config).model_copy(update=given)
    if settings.processes > 1:
        return Workers(partial(open_app, config, settings), settings)
    return Server(open_app(config, settings), settings)


def _answer(server: Serving) -> None:
    click.echo(f"Concord is serving on {server.url} (Ctrl-C stops it)")
    server.run()
