"""``expert rules test``: the cases, run."""

from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import KnowledgeBaseName, check_named_once, json_option, print_json, rules_option
from expert.cli.terminal import print_text, style, terminal_width

if TYPE_CHECKING:
    from expert.api.rule_tests import RuleTests


@click.command()
@click.argument("file", type=KnowledgeBaseName(), required=False)
@click.option(
    "--cases",
    metavar="CASES",
    type=click.Path(allow_dash=True),
    help="Run the cases of this file instead: a list, or a mapping whose 'cases' is one.",
)
@click.option("--mutate", is_flag=True, help="Change each rule in small ways, and tell which changes no case notices.")
@click.option("--suggest", is_flag=True, help="Suggest cases that notice them, ready to be pasted; implies --mutate.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Fail if fewer of these changes are noticed; implies --mutate.",
)
@click.option("--junit", type=click.Path(path_type=Path), metavar="FILE", help="Write the results as JUnit XML, too.")
@rules_option
@json_option
@click.pass_context
def test(
    ctx: click.Context,
    file: KnowledgeBase | None,
    cases: str | None,
    mutate: bool,
    suggest: bool,
    fail_under: float | None,
    junit: Path | None,
    knowledge_base: KnowledgeBase,
    as_json: bool,
) -> None:
    """Run the cases of a knowledge base.

    FILE is the knowledge base: a shipped name or a path; if left out, the one that --rules chooses. The exit status is
    1 if a case fails, or too few changes are noticed for --fail-under.
    """
    from expert.rendering.text.cases_text import cases_text

    if fail_under is not None and isnan(fail_under):
        raise click.UsageError("--fail-under must be a number from 0 to 100, not nan")
    check_named_once(ctx, file)
    tests = (file or knowledge_base).test(cases, mutate=mutate or fail_under is not None, suggest=suggest)
    if junit:
        _write(junit, tests)
    if as_json:
        print_json(tests.to_dict())
    else:
        found = (tests.results, tests.coverage, tests.knowledge_base, tests.mutation, tests.suggestions)
        print_text(cases_text(*found, terminal_width(), style))
    enough = not tests.mutation or 100 * tests.mutation.score >= (fail_under or 0)
    ctx.exit(0 if tests.passed and enough else 1)


def _write(path: Path, tests: "RuleTests") -> None:
    """Write the results as JUnit XML, all of the file or nothing."""
    from expert.knowledge.atomic_files import whole_file
    from expert.rendering.junit import junit

    with whole_file(path) as temporary:
        temporary.write_bytes(junit(tests.knowledge_base.name, tests.results))
