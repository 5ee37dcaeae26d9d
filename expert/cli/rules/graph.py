"""``expert rules graph``: how the attributes of the knowledge base depend on one another."""

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import rules_option
from expert.cli.pictures import Picture, picture_options


@click.command()
@picture_options
@rules_option
def graph(out: str | None, kind: str | None, show: bool, knowledge_base: KnowledgeBase) -> None:
    """Draw how the attributes depend on one another.

    A line leads from an attribute to what is concluded from it, with the number of rules that do so. Dashed lines lead
    to questions that are asked only if another attribute allows it. The formats are those of `expert graph`.

    \b
    Examples:
      expert rules graph
      expert rules graph --out attributes.svg
      expert rules graph --rules triage.yaml --out - --format mmd
    """
    picture = Picture.wanted(out, kind, show)
    picture.put_out(knowledge_base.draw(picture.kind))
