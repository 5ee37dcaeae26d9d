"""``expert recommend``: a facts file in, a ranked answer with its reasons out."""

import os
import sys
from typing import Any

import click

from expert.api import KnowledgeBase
from expert.cli.options import json_option, print_json, rules_option

_LOOKS: dict[str, dict[str, Any]] = {
    "answer": {"bold": True, "fg": "green"},
    "heading": {"bold": True},
    "for": {"fg": "green"},
    "against": {"fg": "red"},
    "faint": {"dim": True},
}


def _complete_setting(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """Offer ``attribute=value``."""
    knowledge_base = ctx.params["knowledge_base"]
    settings = [
        f"{attribute.name}={value}"
        for attribute in (knowledge_base.attributes.values() if knowledge_base else ())
        for value in attribute.choices or [""]
        if attribute.question
    ]
    return [setting for setting in settings if setting.startswith(incomplete)]


@click.command()
@click.argument("facts", type=click.Path(allow_dash=True), required=False)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="ATTRIBUTE=VALUE",
    shell_complete=_complete_setting,
    help="Add a fact, or change one of the file; an empty value withdraws it. Can be repeated.",
)
@click.option("--row", type=int, metavar="N", help="Take the facts from row N of a table; rows count from 0.")
@rules_option
@json_option
def recommend(
    facts: str | None, settings: tuple[str, ...], row: int | None, knowledge_base: KnowledgeBase, as_json: bool
) -> None:
    """Recommend a candidate for the case that FACTS describes.

    FACTS is a YAML, JSON or TOML file, or - for standard input (YAML or JSON). `expert facts list` tells what can
    stand in it. With --row, it is a table as `expert decide` takes it.

    \b
    Examples:
      expert recommend docs/examples/prototype.yaml
      expert recommend docs/examples/prototype.yaml --set dataset_size=large
      expert recommend --set object_detection=yes --json
    """
    if facts is None and row is not None and settings:
        raise click.UsageError("--row goes with a table: name it as FACTS.")
    if facts is None and not settings:
        raise click.UsageError("Missing FACTS: name a facts file, or give facts with --set ATTRIBUTE=VALUE.")
    consultation = knowledge_base.consult(knowledge_base.read_facts(facts, settings, row=row))
    if as_json:
        print_json(consultation.to_dict())
        return
    from expert.explanation.decisive import decisive_questions
    from expert.explanation.rendering.text import recommendation_text

    text = recommendation_text(
        consultation,
        decisive_questions(consultation, knowledge_base.consult),
        width=_terminal_width(),
        style=lambda text, role: click.style(text, **_LOOKS[role]),
        bars="█░▒" if _can_show("█░▒") else "#.-",
    )
    click.echo(text, nl=False, color=False if "NO_COLOR" in os.environ else None)


def _terminal_width() -> int:
    """Take the terminal's width, up to what reads well; 80 where there is none, so that files are alike everywhere."""
    if not sys.stdout.isatty():
        return 80
    from shutil import get_terminal_size

    return min(get_terminal_size().columns, 100)


def _can_show(characters: str) -> bool:
    """Tell whether standard output can show these characters."""
    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
