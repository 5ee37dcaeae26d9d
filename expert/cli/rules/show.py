"""``expert rules show``: one rule in plain words."""

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import complete_rule, json_option, print_json, rules_option
from expert.cli.terminal import print_text


@click.command()
@click.argument("name", shell_complete=complete_rule)
@rules_option
@json_option
def show(name: str, knowledge_base: KnowledgeBase, as_json: bool) -> None:
    """Show one rule in plain words.

    NAME is the name of the rule. Its sources are given in full.
    """
    from expert.rendering.text.rule_text import rule_text

    rule = knowledge_base.rule(name)
    if as_json:
        print_json(rule.to_dict())
    else:
        print_text(rule_text(knowledge_base.model, rule))
