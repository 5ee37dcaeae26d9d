"""``expert explain``: why, why not, what if, and what would change the answer."""

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import (
    complete_attribute,
    complete_conclusion,
    complete_setting,
    consult,
    facts_argument,
    goal_option,
    json_option,
    print_json,
    row_option,
    rules_option,
    set_option,
)
from expert.cli.terminal import bars, page_text, print_text, style, terminal_width


@click.command()
@facts_argument
@click.option(
    "--why",
    "whys",
    multiple=True,
    metavar="VALUE",
    shell_complete=complete_conclusion,
    help="Prove the certainty of a candidate, or of any ATTRIBUTE=VALUE. Can be repeated.",
)
@click.option(
    "--why-not",
    "why_nots",
    multiple=True,
    metavar="VALUE",
    shell_complete=complete_conclusion,
    help="Explain why a candidate is not the answer, or an ATTRIBUTE=VALUE is not concluded. Can be repeated.",
)
@click.option(
    "--what-if",
    "changes",
    multiple=True,
    metavar="ATTRIBUTE=VALUE",
    shell_complete=complete_setting,
    help="Compare with the case in which this fact is added or changed; an empty value withdraws it. "
    "Can be repeated; all changes apply together.",
)
@click.option("--flips", is_flag=True, help="List the smallest changes, of up to three facts, that change the answer.")
@click.option("--robustness", is_flag=True, help="Show how far off the certainties of rules may be.")
@click.option(
    "--fix",
    "fixed",
    multiple=True,
    metavar="ATTRIBUTE",
    shell_complete=complete_attribute,
    help="Do not change this attribute in --flips and --robustness. Can be repeated.",
)
@set_option
@row_option
@goal_option
@rules_option
@json_option
@click.option("--no-pager", is_flag=True, help="Print all at once, even if it is longer than the screen.")
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
    goal: str | None,
    knowledge_base: KnowledgeBase,
    as_json: bool,
    no_pager: bool,
) -> None:
    """Explain the answer for the case that FACTS describes.

    FACTS is the same as for `expert recommend`. Without options, a full report is printed: the answer, the facts given,
    the proof of the answer, the other candidates in brief, and what would change it. Each option prints only its part.

    \b
    Examples:
      expert explain facts.yaml
      expert explain facts.yaml --why ATTRIBUTE=VALUE
      expert explain facts.yaml --why-not VALUE
      expert explain facts.yaml --what-if ATTRIBUTE=VALUE
      expert explain facts.yaml --flips --fix ATTRIBUTE
    """
    from expert.api.explanation import explain as explained
    from expert.api.explanation import report
    from expert.rendering.text.explanation_text import explanation_text, report_text
    from expert.rendering.text.text_page import TextPage

    if fixed and (whys or why_nots or changes) and not (flips or robustness):
        raise click.UsageError("--fix needs --flips, --robustness or the full report.")
    consultation = consult(knowledge_base, facts, settings, row, goal)
    if whys or why_nots or changes or flips or robustness:
        explanation = explained(consultation, whys, why_nots, changes, flips=flips, robustness=robustness, fixed=fixed)
        write = explanation_text
    else:
        explanation, write = report(consultation, fixed), report_text
    if as_json:
        print_json(explanation.to_dict())
    else:
        text = write(TextPage(consultation, terminal_width(), style, bars()), explanation)
        (print_text if no_pager else page_text)(text)
