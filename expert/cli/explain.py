"""``expert explain``: the questions that one asks of an answer."""

import click

from expert.api import KnowledgeBase
from expert.cli.options import (
    complete_candidate,
    complete_setting,
    consult,
    facts_argument,
    json_option,
    print_json,
    row_option,
    rules_option,
    set_option,
)
from expert.cli.terminal import bars, print_text, style, terminal_width
from expert.knowledge.loading.facts import with_settings


@click.command()
@facts_argument
@click.option(
    "--why",
    "whys",
    multiple=True,
    metavar="VALUE",
    shell_complete=complete_candidate,
    help="Prove a candidate's certainty, or that of any ATTRIBUTE=VALUE. Can be repeated.",
)
@click.option(
    "--why-not",
    "why_nots",
    multiple=True,
    metavar="VALUE",
    shell_complete=complete_candidate,
    help="Tell why a candidate is not the answer. Can be repeated.",
)
@click.option(
    "--what-if",
    "changes",
    multiple=True,
    metavar="ATTRIBUTE=VALUE",
    shell_complete=complete_setting,
    help="Compare with the case in which this fact is added or changed; an empty value withdraws it. "
    "All that are repeated change together.",
)
@set_option
@row_option
@rules_option
@json_option
def explain(
    facts: str | None,
    whys: tuple[str, ...],
    why_nots: tuple[str, ...],
    changes: tuple[str, ...],
    settings: tuple[str, ...],
    row: int | None,
    knowledge_base: KnowledgeBase,
    as_json: bool,
) -> None:
    """Explain the answer for the case that FACTS describes.

    FACTS is as `expert recommend` takes it. Without options, the whole story is told: the answer, the facts given, the
    proof of the answer, and the other candidates in brief. Each option prints its part alone.

    \b
    Examples:
      expert explain docs/examples/detector.yaml
      expert explain docs/examples/detector.yaml --why fast_execution=yes
      expert explain docs/examples/detector.yaml --why-not pytorch
      expert explain docs/examples/detector.yaml --what-if dataset_size=small --what-if debugging=yes
    """
    from expert.explanation.rendering.explanations import explanation_text, story_text
    from expert.explanation.rendering.text import Page
    from expert.explanation.story import Explanation, story
    from expert.explanation.what_if import what_if

    consultation = consult(knowledge_base, facts, settings, row)
    if whys or why_nots or changes:
        facts_then = with_settings(consultation.given, changes, knowledge_base.model, "--what-if")
        explanation = Explanation(
            consultation,
            tuple(map(consultation.why, whys)),
            tuple(map(consultation.why_not, why_nots)),
            what_if(consultation, facts_then) if changes else None,
        )
        write = explanation_text
    else:
        explanation, write = story(consultation), story_text
    if as_json:
        print_json(explanation.to_dict())
    else:
        print_text(write(Page(consultation, terminal_width(), style, bars()), explanation))
