"""``expert explain``: the questions that one asks of an answer."""

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import (
    complete_conclusion,
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
from expert.knowledge.loading.facts_reading import with_settings


def _complete_attribute(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """Offer the attributes that facts can be given about."""
    knowledge_base = ctx.params["knowledge_base"]
    names = [attribute.name for attribute in knowledge_base.askable] if knowledge_base else []
    return [name for name in names if name.startswith(incomplete)]


@click.command()
@facts_argument
@click.option(
    "--why",
    "whys",
    multiple=True,
    metavar="VALUE",
    shell_complete=complete_conclusion,
    help="Prove a candidate's certainty, or that of any ATTRIBUTE=VALUE. Can be repeated.",
)
@click.option(
    "--why-not",
    "why_nots",
    multiple=True,
    metavar="VALUE",
    shell_complete=complete_conclusion,
    help="Tell why a candidate is not the answer, or any ATTRIBUTE=VALUE not concluded. Can be repeated.",
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
@click.option("--flips", is_flag=True, help="List the smallest changes of up to three facts that change the answer.")
@click.option("--robustness", is_flag=True, help="Tell how far off the certainties of rules may be.")
@click.option(
    "--fix",
    "fixed",
    multiple=True,
    metavar="ATTRIBUTE",
    shell_complete=_complete_attribute,
    help="Never change this one in --flips and --robustness. Can be repeated.",
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
    flips: bool,
    robustness: bool,
    fixed: tuple[str, ...],
    settings: tuple[str, ...],
    row: int | None,
    knowledge_base: KnowledgeBase,
    as_json: bool,
) -> None:
    """Explain the answer for the case that FACTS describes.

    FACTS is as `expert recommend` takes it. Without options, it prints the whole report: the answer, the facts given,
    the proof of the answer, the other candidates in brief, and what would change it. Each option prints its part alone.

    \b
    Examples:
      expert explain docs/examples/detector.yaml
      expert explain docs/examples/detector.yaml --why fast_execution=yes
      expert explain docs/examples/detector.yaml --why-not pytorch
      expert explain docs/examples/detector.yaml --what-if dataset_size=small --what-if debugging=yes
      expert explain docs/examples/uncertain.yaml --flips --fix rapid_prototyping
    """
    from expert.analysis.what_if import what_if
    from expert.explanation.report import Explanation, report
    from expert.rendering.text.explanation_text import explanation_text, report_text
    from expert.rendering.text.text_page import TextPage

    if fixed and (whys or why_nots or changes) and not (flips or robustness):
        raise click.UsageError("--fix goes with --flips, with --robustness, or with the whole report.")
    consultation = consult(knowledge_base, facts, settings, row)
    if whys or why_nots or changes or flips or robustness:
        facts_then = with_settings(consultation.given, changes, knowledge_base.model, "--what-if")
        explanation = Explanation(
            consultation,
            tuple(map(consultation.why, whys)) or None,
            tuple(map(consultation.why_not, why_nots)) or None,
            what_if(consultation, facts_then) if changes else None,
            consultation.flips(fixed) if flips else None,
            consultation.robustness(fixed) if robustness else None,
        )
        write = explanation_text
    else:
        explanation, write = report(consultation, fixed), report_text
    if as_json:
        print_json(explanation.to_dict())
    else:
        print_text(write(TextPage(consultation, terminal_width(), style, bars()), explanation))
