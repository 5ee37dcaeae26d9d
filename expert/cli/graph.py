"""``expert graph``: the explanation as a picture, a page, or a file for other programs."""

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import (
    complete_conclusion,
    consult,
    facts_argument,
    goal_option,
    row_option,
    rules_option,
    set_option,
)
from expert.cli.pictures import Picture, picture_options


@click.command()
@facts_argument
@picture_options
@click.option(
    "--of",
    "conclusions",
    multiple=True,
    metavar="VALUE",
    shell_complete=complete_conclusion,
    help="Draw the proof of a candidate, or of any ATTRIBUTE=VALUE. Can be repeated.  [default: the leaders]",
)
@click.option("--all", "everything", is_flag=True, help="Draw everything that was given or concluded.")
@click.option("--not-fired", is_flag=True, help="Add the rules that did not hold, with the tests that failed.")
@set_option
@row_option
@goal_option
@rules_option
def graph(
    facts: str | None,
    out: str | None,
    kind: str | None,
    show: bool,
    conclusions: tuple[str, ...],
    everything: bool,
    not_fired: bool,
    settings: tuple[str, ...],
    row: int | None,
    goal: str | None,
    knowledge_base: KnowledgeBase,
) -> None:
    """Draw the explanation graph for the case that FACTS describes.

    FACTS is the same as for `expert recommend`. The graph shows the facts, the rules that held, what they concluded,
    and how strongly. The formats are svg, png, html (an interactive page), dot (Graphviz), mmd (Mermaid), graphml and
    json (for programs). Without --out, the page opens in the browser from a temporary file.

    \b
    Examples:
      expert graph facts.yaml
      expert graph facts.yaml --out proof.svg
      expert graph facts.yaml --out everything.png --all
      expert graph facts.yaml --of VALUE --not-fired --out - --format mmd
    """
    if everything and conclusions:
        raise click.UsageError("--all and --of cannot be combined")
    picture = Picture.wanted(out, kind, show)
    consultation = consult(knowledge_base, facts, settings, row, goal)
    picture.put_out(consultation.draw(picture.kind, conclusions, everything=everything, not_fired=not_fired))
