"""What the commands of all packages share: the config option, errors in one line, progress."""

from __future__ import annotations

import errno
import io
import json
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from crawler.errors import ConcordError

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    default="config.toml",
    show_default=True,
    envvar="CONCORD_CONFIG",
    help="Which config file to use (or CONCORD_CONFIG).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")


def json_text(value: object, *, ascii_only: bool = False, in_a_line: bool = False) -> str:
    """JSON for other programs, in which people can find their way too."""
    return json.dumps(value, ensure_ascii=ascii_only, indent=None if in_a_line else 2)


def print_json(value: object, *, in_a_line: bool = False) -> None:
    """Print JSON: readable where the output can have every character, else with escapes."""
    click.echo(json_text(value, ascii_only=not writes("█"), in_a_line=in_a_line))


def writes(text: str) -> bool:
    """Whether standard output can have these characters."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


class TextCommand(click.Command):
    """A command whose first argument is a text of several words: it says what to do where quotation marks are missing.

    To a shell the words are several arguments without them, and ``"human rights"`` is one without its marks.
    """

    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as every command does; more words than arguments are wrong usage."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            argument = next(param for param in self.params if isinstance(param, click.Argument))
            text = shlex.quote(" ".join((str(ctx.params[argument.name or ""]), *rest)))
            name = argument.human_readable_name
            raise click.UsageError(f"put the {name} into quotation marks: {ctx.command_path} {text}", ctx)
        return rest


class ConcordGroup(click.Group):
    """The group of all commands: whatever goes wrong ends in one clear line, unless ``--debug`` asks for more.

    ``lazy`` is name → (``"module:attribute"``, one line of help): a command's module is imported when it is called, so
    that ``concord --help`` and ``concord load`` don't wait for the web interface.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported if need be."""
        if cmd_name in self.lazy and cmd_name not in self.commands:
            module, _, attribute = self.lazy[cmd_name][0].partition(":")
            self.add_command(getattr(import_module(module), attribute), cmd_name)
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, without importing them."""
        rows = [(name, line) for name, (_, line) in self.lazy.items()]
        rows += [(name, found.get_short_help_str()) for name, found in self.commands.items() if name not in self.lazy]
        with formatter.section("Commands"):
            formatter.write_dl(sorted(rows))

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
                stream.reconfigure(errors="replace")  # what a terminal of another character set can't show is a "?"
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except ConcordError as error:
            self._fail(ctx, str(error))
        except BrokenPipeError:
            # The reader of our output (`| head`) has gone; nothing is wrong and nobody is left to tell.
            sys.stderr.close()
            ctx.exit(0)
        except Exception as error:
            self._fail(ctx, _reason(error))

    @staticmethod
    def _fail(ctx: click.Context, message: str) -> None:
        if ctx.params.get("debug"):
            raise
        for line in message.splitlines():
            click.echo(f"concord: {line}", err=True)
        ctx.exit(1)


def _reason(error: Exception) -> str:
    """Of an error that is none of ours: a full disk below our output, else a bug, with its traceback for --debug."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full: make room and run the command again"
    return f"internal error: {type(error).__name__}: {error} (run 'concord --debug …' for the details)"


@contextmanager
def progress(description: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show how far long work is: a bar on a terminal, a plain line at the start and the end elsewhere.

    Yields a function that takes the number of units done since it was last called.
    """
    if not sys.stderr.isatty():
        done = 0

        def count(step: int) -> None:
            nonlocal done
            done += step

        click.echo(f"{description} ...", err=True)
        yield count
        click.echo(f"{description}: {done:,} done", err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(description, total=total)
        yield lambda step: bar.advance(task, step)
