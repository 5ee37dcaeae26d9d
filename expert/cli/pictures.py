"""Where pictures go: options, checks and output of the commands that draw."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click

from expert.cli.terminal import is_terminal, print_line, print_notice
from expert.knowledge.foreign_text import shown
from expert.knowledge.problems import InputError
from expert.rendering.graph.formats import FORMATS, format_of


def picture_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --out, --format and --open."""
    out = click.option(
        "--out",
        type=click.Path(allow_dash=True),
        help="The file to write; its extension determines the format. - is standard output.",
    )
    kind = click.option(
        "--format",
        "kind",
        type=click.Choice(list(FORMATS)),
        help="The format, if the file has no extension to determine it.",
    )
    show = click.option(
        "--open", "show", is_flag=True, help="Show the graph in the browser; the default on a terminal without --out."
    )
    return out(kind(show(command)))


class Picture(NamedTuple):
    """What is wanted: a file, or None for a temporary one; the format; and whether the browser shows it."""

    out: str | None
    kind: str
    show: bool

    @classmethod
    def wanted(cls, out: str | None, kind: str | None, show: bool) -> "Picture":
        """Check the options, before anything is drawn, and complete them."""
        if out is None and not (show or is_terminal()):
            raise click.UsageError("Missing --out FILE, or --open to show a page in the browser.")
        if out == "-" and show:
            raise click.UsageError("--open cannot show standard output: name a file with --out, or leave it out")
        if out == "-" and kind is None:
            raise click.UsageError("--out - needs --format")
        if kind and out and Path(out).suffix.lower() not in ("", f".{kind}"):
            raise click.UsageError(
                f"--format {kind} contradicts the extension of {shown(out)}: leave it out, or choose another file"
            )
        return cls(out, kind or (format_of(out) if out else "html"), show or out is None)

    def put_out(self, content: bytes) -> None:
        """Write it where it is wanted, and show it."""
        if self.out == "-":
            sys.stdout.buffer.write(content)
            return
        path = _written(self.out, content) if self.out else _written_to_show(self.kind, content)
        print_notice(f"The graph is in {path}.")
        if self.show:
            _show(path)


def _written(out: str, content: bytes) -> Path:
    """Write a file, all of it or nothing."""
    from expert.knowledge.atomic_files import whole_file

    with whole_file(out) as temporary:
        temporary.write_bytes(content)
    return Path(out)


def _written_to_show(kind: str, content: bytes) -> Path:
    """Write a temporary file that only the user may read, and that stays for the browser."""
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(prefix="expert-", suffix=f".{kind}", delete=False) as file:
        path = Path(file.name)
    try:
        return _written(str(path), content)
    except InputError:
        path.unlink()
        raise


def _show(path: Path) -> None:
    """Show a file in the browser, or say that none could be started."""
    import webbrowser

    if not webbrowser.open(path.absolute().as_uri()):
        print_line("No browser could be started to show it.", err=True)
