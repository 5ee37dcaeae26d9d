"""The command line: parse, call, print."""

import gc
import io
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from expert import __version__
from expert.cli.lazy_group import LazyGroup
from expert.cli.signals import tidy_endings

_COMMANDS = {
    "ask": "Answer as few questions as possible, and get a recommendation.",
    "recommend": "Recommend a candidate for the case that a facts file describes.",
    "explain": "Explain the answer: why, why not another, and what if.",
    "graph": "Draw the explanation: as a picture, as an interactive page, or as a file for programs.",
    "page": "Write a page that asks, answers and proves: one file that needs no server and no network.",
    "decide": "Decide every row of a table.",
    "recheck": "Make kept decisions again: do today's rules still make them?",
    "compare": "Compare two knowledge bases, on one case or over all.",
    "facts": "List the facts that can be given, or make a facts file to fill in.",
    "rules": "Show the rules of the knowledge base and their sources.",
    "certainty": "Say what a certainty factor is, what it is not, and how far to trust it.",
    "completion": "Print a script for command completion in a shell.",
}
"""Each command with its line in the help."""


@click.group(
    cls=LazyGroup,
    lines=_COMMANDS,
    package=__name__,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="expert")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to use colours; auto: on a terminal, unless NO_COLOR or FORCE_COLOR says otherwise.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print no notices and no progress on standard error.")
@click.pass_context
def cli(context: click.Context, color: str, quiet: bool) -> None:
    """Ask a rule-based expert system, and see the proof of its answer.

    \b
    Start here:
      expert ask                          answer as few questions as possible
      expert facts template > facts.yaml  a facts file to fill in
      expert recommend facts.yaml         the recommendation, with its reasons
      expert graph facts.yaml --open      its proof, as a page in the browser
      expert rules show NAME              one rule, in plain words
    """
    from expert.cli.terminal import QUIET

    context.color = {"always": True, "never": False}.get(color)
    context.meta[QUIET] = quiet


def main(arguments: list[str] | None = None) -> None:
    """Run the command line, and leave with its exit status."""
    # What a command allocates lives until it ends: collecting garbage takes a fifth of the time of a short command.
    gc.set_threshold(100_000)
    _replace_closed_streams()
    with tidy_endings() as endings:
        try:
            status = _run(arguments)
            sys.stdout.flush()
        except KeyboardInterrupt:  # while the last output was written
            status = 130
        except OSError as error:
            # Nothing must be written when the interpreter closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = 0  # for a reader that has read enough, such as `head`
            if not isinstance(error, BrokenPipeError):
                status = _failed(2, f"error: standard output: cannot be written: {error.strerror}\n")
    gc.freeze()
    sys.exit(endings.status or status)


def _replace_closed_streams() -> None:
    """Make closed streams read as empty; writing to a closed standard output fails, as the output would be lost."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull)  # noqa: PTH123, SIM115
    if sys.stdout is None:
        raw = io.FileIO(os.open(os.devnull, os.O_RDONLY), "w")
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115


def _run(arguments: list[str] | None) -> Any:
    """Run the command line; return its exit status."""
    from expert.knowledge.foreign_text import visible
    from expert.knowledge.problems import InputError

    if "_EXPERT_COMPLETE" in os.environ:
        import_module("expert.cli.completion")
    try:
        return cli.main(arguments, prog_name="expert", standalone_mode=False)
    except InputError as error:
        return _failed(2, "".join(f"error: {line}\n" for line in str(error).splitlines()))
    except click.exceptions.NoArgsIsHelpError as error:
        from expert.cli.terminal import print_text

        print_text(f"{error.ctx.get_help() if error.ctx else ''}\n")
        return 2
    except click.ClickException as error:
        help_ = f"Try '{error.ctx.command_path} --help'.\n" if isinstance(error, click.UsageError) and error.ctx else ""
        said = visible(_message(error))
        return _failed(2, f"error: {said}{'' if said.endswith(('.', '?', ')')) else '.'}\n{help_}")
    except SystemExit:  # how click leaves when the reader of a pipe has gone
        return 0
    except (click.Abort, KeyboardInterrupt):
        return _failed(130, "interrupted\n")
    except BaseException as error:  # a panic of Polars is not an Exception
        if isinstance(error, OSError) and error.filename is None:  # from a stream
            raise
        from expert.cli.unforeseen import report

        return _failed(70, f"{report(error)}\n")


def _message(error: click.ClickException) -> str:
    """Say what is wrong: of an option as of everything else that one may have meant otherwise."""
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        meant = " or ".join(f"'{name}'" for name in error.possibilities)
        return f"No such option '{error.option_name}'; did you mean {meant}?"
    return error.format_message()


def _failed(status: int, text: str) -> int:
    """Print why a command failed to standard error, if that can be written; return the exit status."""
    from expert.cli.terminal import print_line

    with suppress(OSError):
        for line in text.splitlines():
            print_line(line, err=True)
    return status
