"""Write the man pages from the help of the commands: ``python docs/man_pages.py``."""

import re
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from expert import __version__
from expert.cli import cli
from expert.cli.lazy_group import LazyGroup

FOLDER = Path(__file__).parent / "man"


def commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """List all commands, each with its name and its context."""
    yield from _walk(cli, click.Context(cli, info_name="expert", **cli.context_settings))


def _walk(command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Walk over a command and those below it."""
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _walk(below, click.Context(below, parent=context, info_name=name))


def man_pages() -> dict[str, str]:
    """Make all pages, each with the name of its file."""
    return {
        f"{_page_name(name)}.1": "".join(f"{line}\n" for line in _page(name, command, context))
        for name, command, context in commands()
    }


def _page(name: str, command: click.Command, context: click.Context) -> Iterator[str]:
    """Write the page of a command."""
    title = _page_name(name)
    brief, *rest = cleandoc(command.help or "").split("\n\n")
    yield f'.TH "{_roff(title.upper())}" 1 "" "expert {__version__}" "expert"'
    yield ".SH NAME"
    yield rf"{_roff(title)} \- {_roff(brief.removesuffix('.'))}"
    yield ".SH SYNOPSIS"
    yield rf"\fB{_roff(name)}\fR {_roff(' '.join(command.collect_usage_pieces(context)))}"
    yield ".SH DESCRIPTION"
    for paragraph in [brief, *rest]:
        yield from _paragraph(paragraph)
    yield ".SH OPTIONS"
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)):
            yield from _item(_bold(record[0]), record[1])
    if isinstance(command, LazyGroup):
        yield ".SH COMMANDS"
        for below, line in command.lines.items():
            yield from _item(f"{_bold(_page_name(f'{name} {below}'))}(1)", line)
    if context.parent:
        yield ".SH SEE ALSO"
        yield f"{_bold(_page_name(context.parent.command_path))}(1)"


def _paragraph(text: str) -> Iterator[str]:
    """Write a paragraph of help; one that click is told to leave as it is keeps its lines."""
    kept = text.startswith("\b\n")
    yield ".PP"
    yield from [".nf"] * kept
    yield from map(_roff, text.removeprefix("\b\n").splitlines())
    yield from [".fi"] * kept


def _item(name: str, text: str) -> Iterator[str]:
    """Write an item of a list behind its name."""
    yield from (".TP", name, _roff(" ".join(text.split())))


def _bold(text: str) -> str:
    return rf"\fB{_roff(text)}\fR"


def _page_name(command: str) -> str:
    return command.replace(" ", "-")


def _roff(text: str) -> str:
    """Write a line, so that nothing in it is a request or an escape."""
    return re.sub(r"^(?=[.'])", r"\\&", text.replace("\\", r"\e").replace("-", r"\-"))


def main() -> None:
    """Write the pages into their folder, and nothing else."""
    for old in FOLDER.glob("*.1"):
        old.unlink()
    for name, text in man_pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
