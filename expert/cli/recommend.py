"""``expert recommend``: from a facts file to a ranked answer with its reasons."""

from datetime import date

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import (
    as_of_option,
    consult,
    facts_argument,
    goal_option,
    json_option,
    print_json,
    print_recommendation,
    row_option,
    rules_option,
    set_option,
)
from expert.cli.record_options import Kept, keep, record_options


@click.command()
@facts_argument
@set_option
@row_option
@goal_option
@rules_option
@json_option
@as_of_option
@record_options
def recommend(
    facts: str | None,
    settings: tuple[str, ...],
    row: int | None,
    goal: str | None,
    knowledge_base: KnowledgeBase,
    as_json: bool,
    as_of: date,
    kept: Kept,
) -> None:
    """Recommend a candidate for the case that FACTS describes.

    FACTS is a YAML, JSON or TOML file, or - for standard input (YAML or JSON). `expert facts list` shows what it can
    contain. With --row, it is a table, as for `expert decide`.

    \b
    Examples:
      expert recommend facts.yaml
      expert recommend facts.yaml --set ATTRIBUTE=VALUE
      expert recommend --set ATTRIBUTE=VALUE --json
      expert recommend facts.yaml --goal ATTRIBUTE
      expert recommend facts.yaml --save decision.yaml --adr decision.md
    """
    consultation = consult(knowledge_base, facts, settings, row, goal)
    keep(consultation, kept, as_of, facts)
    if as_json:
        print_json(consultation.to_dict())
        return
    print_recommendation(consultation, as_of)
