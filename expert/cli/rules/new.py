"""``expert rules new``: a knowledge base, started."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click

from expert.cli.terminal import print_line, print_notice, print_text, style
from expert.knowledge.problems import InputError


@click.command()
@click.argument("name")
@click.option("--title", metavar="TEXT", help="What is decided, such as: How do I get to work?")
@click.option("--candidates", metavar="A,B,…", help="Between which candidates, separated by commas.")
@click.option(
    "--question",
    metavar="TEXT",
    help="What you would ask first. Its answers can stand behind the question mark, separated by commas; if none do, "
    "it is answered by yes or no.",
)
@click.option(
    "--table",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Start from a decision table instead, as CSV: its columns become questions, the last one the answer, and each "
    "row a rule.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The YAML file to write; NAME.yaml if left out.",
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
def new(name: str, table: Path | None, out: Path | None, force: bool, **answers: str | None) -> None:
    """Start a knowledge base from three answers, or from a table.

    NAME is what it is called. What is decided, between which candidates, and what you would ask first is asked on a
    terminal, unless options say it. The knowledge base can be asked at once; its texts are for you to rewrite.
    """
    from expert.knowledge.atomic_files import whole_file
    from expert.knowledge.loading.question_start import check_target
    from expert.knowledge.loading.table_start import start_of_table

    given = [f"--{option}" for option, answer in answers.items() if answer is not None]
    if table and given:
        raise click.UsageError(f"{given[0]} cannot be used together with --table.")
    out = out or Path(f"{name}.yaml")
    check_target(name, out)
    if table:
        text = start_of_table(name, table, out)
    if out.exists() and not force:
        raise InputError.at(str(out), "already exists; use --force to replace it")
    if not table:
        text = _start(name, answers)
    with whole_file(out) as temporary:
        temporary.write_text(text, encoding="utf-8")
    print_notice(f"The knowledge base is in {out}. Ask it: expert ask --rules {shlex.quote(str(out))}")


class _Asked(NamedTuple):
    """What is asked for an option, with an example, and how the answer is read."""

    question: str
    example: str
    read: Callable[[str], Any]


def _start(name: str, answers: dict[str, str | None]) -> str:
    """Write a knowledge base from three answers; ask for those that no option gives."""
    from expert.knowledge.loading.question_start import (
        read_candidates,
        read_line_of_text,
        read_question,
        start_of_question,
    )

    asked = {
        "title": _Asked("What is decided?", "How do I get to work?", read_line_of_text),
        "candidates": _Asked("Between which candidates?", "bicycle, bus, car", read_candidates),
        "question": _Asked("What would you ask first?", "Does it rain?  or  How far is it? near, far", read_question),
    }
    missing = [f"--{option}" for option in asked if answers[option] is None]
    if missing and not sys.stdin.isatty():
        raise click.UsageError(f"Missing {', '.join(missing)}: what no option says can be asked on a terminal only.")
    read = {}
    for option, each in asked.items():
        answer = answers[option]
        try:
            read[option] = _ask(each) if answer is None else each.read(answer)
        except ValueError as error:
            raise InputError.at(f"--{option}", str(error)) from None
    return start_of_question(name, **read)


def _ask(asked: _Asked) -> Any:
    """Ask on the terminal, until the answer can be read."""
    from expert.cli.interview.line_prompt import read_line

    print_text(f"{style(asked.question, 'heading')} {style(f'Such as: {asked.example}', 'faint')}\n", err=True)
    while True:
        print_text("> ", err=True)
        line = read_line()
        if not line:
            raise click.Abort
        try:
            return asked.read(line)
        except ValueError as error:
            print_line(error, err=True)
