"""``expert rules``: the knowledge base, read."""

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import json_option, print_json, rules_option
from expert.cli.terminal import print_text


@click.group()
def rules() -> None:
    """Read the knowledge base: its rules, in plain words, and where they come from.

    \b
    Examples:
      expert rules list
      expert rules show small-dataset-keras
    """


def _complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """Offer the names of the rules."""
    knowledge_base = ctx.params["knowledge_base"]
    names = [rule.name for rule in knowledge_base.rules] if knowledge_base else []
    return [name for name in names if name.startswith(incomplete)]


@rules.command("list")
@rules_option
@json_option
def list_rules(knowledge_base: KnowledgeBase, as_json: bool) -> None:
    """List the rules, a line each.

    A line tells what a rule needs, what it concludes, and how strongly.
    """
    from expert.rendering.text.rule_text import rule_list

    if as_json:
        print_json([rule.to_dict() for rule in knowledge_base.rules])
    else:
        print_text(rule_list(knowledge_base.model))


@rules.command()
@click.argument("name", shell_complete=_complete_rule)
@rules_option
@json_option
def show(name: str, knowledge_base: KnowledgeBase, as_json: bool) -> None:
    """Show one rule in plain words.

    NAME is the name of the rule; its sources are given in full.
    """
    from expert.rendering.text.rule_text import rule_text

    rule = knowledge_base.rule(name)
    if as_json:
        print_json(rule.to_dict())
    else:
        print_text(rule_text(knowledge_base.model, rule))
