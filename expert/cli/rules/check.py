"""``expert rules check``: what is wrong with the rules."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from expert import __version__
from expert.cli.options import (
    KnowledgeBaseName,
    as_of_option,
    check_named_once,
    json_option,
    print_json,
    rules_name_option,
)
from expert.cli.terminal import print_line, print_notice, print_text, style, terminal_width
from expert.knowledge.problems import InputError
from expert.verification.findings import SEVERITIES

if TYPE_CHECKING:
    from expert.knowledge.model import Model
    from expert.verification.checks import Checked


@click.command()
@click.argument("file", type=KnowledgeBaseName(load=False), required=False)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="warning",
    show_default=True,
    help="The exit status is 1 if there is a finding of this severity or above.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(("text", "json", "github", "sarif")),
    default="text",
    show_default=True,
    help="Print text, JSON, GitHub's annotations, or SARIF 2.1.0.",
)
@json_option
@click.option("--watch", is_flag=True, help="Check again whenever a file beside it is saved, until Ctrl-C.")
@as_of_option
@rules_name_option
@click.pass_context
def check(
    context: click.Context,
    file: str | None,
    fail_on: str,
    output: str,
    as_json: bool,
    watch: bool,
    as_of: date,
    knowledge_base: str,
) -> None:
    """Tell what is wrong with the rules, where, and what to do about it.

    FILE is the knowledge base: a path, or a shipped name. A finding that is meant can be accepted in the file itself,
    with a reason.

    \b
    Examples:
      expert rules check rules.yaml
      expert rules check rules.yaml --fail-on error
      expert rules check rules.yaml --format sarif > rules.sarif
    """
    check_named_once(context, file)
    is_given = context.get_parameter_source("output") is click.core.ParameterSource.COMMANDLINE
    if as_json and is_given and output != "json":
        raise click.UsageError(f"--json and --format {output} exclude each other.")
    name, output = file or knowledge_base, "json" if as_json else output
    if watch:
        _watch(name, output, as_of)
    context.exit(_check(name, output, as_of).reaches(fail_on))


def _watch(name: str, output: str, as_of: date) -> None:
    """Check again whenever a file that may be part of the knowledge base is saved; Ctrl-C ends it."""
    import watchfiles

    path = Path(name)
    if not path.is_file():
        raise click.UsageError("--watch needs the path of a file.")
    saved = watchfiles.watch(path.parent, watch_filter=_may_be_part, rust_timeout=100, yield_on_timeout=True)
    next(saved)  # from now on, what is saved while a check runs is noticed, too
    while True:
        try:
            _check(name, output, as_of)
        except InputError as error:
            print_text(f"{error}\n", err=True)
        print_notice(f"Watching {path.parent}; Ctrl-C ends it.")
        next(filter(None, saved))
        click.clear()


def _may_be_part(_: object, path: str) -> bool:
    """Tell whether a file can be a knowledge base or one of its tables."""
    return Path(path).suffix.lower() in (".yaml", ".yml", ".json", ".toml", ".csv")


def _check(name: str, output: str, as_of: date) -> "Checked":
    """Check a knowledge base, and print what was found, and whether it has aged."""
    from expert.api.knowledge_base import KnowledgeBase
    from expert.rendering.headline import overdue

    knowledge_base = KnowledgeBase.load(name)
    checked = knowledge_base.check()
    _print(checked, knowledge_base.model, output)
    if aged := overdue(knowledge_base.model, as_of):
        print_line(aged, err=True)
    return checked


def _print(checked: "Checked", model: "Model", output: str) -> None:
    """Print what was found in one of the formats."""
    if output == "text":
        from expert.rendering.text.check_text import check_text

        print_text(check_text(checked, model, terminal_width(), style))
    elif output == "json":
        print_json(checked.to_list())
    else:
        from expert.rendering.check_formats import github_annotations, sarif_log

        if output == "sarif":
            print_json(sarif_log(checked, __version__))
        else:
            print_text(github_annotations(checked))
