"""``expert rules list``: the rules, one per line."""

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import json_option, print_json, rules_option
from expert.cli.terminal import is_terminal, print_text, terminal_width


@click.command("list")
@rules_option
@json_option
def list(knowledge_base: KnowledgeBase, as_json: bool) -> None:  # noqa: A001
    """List the rules, one per line.

    Each line shows what a rule needs, what it concludes, and how strongly.
    """
    from expert.rendering.text.rule_text import rule_list

    if as_json:
        print_json([rule.to_dict() for rule in knowledge_base.rules])
    else:
        print_text(rule_list(knowledge_base.model, terminal_width() if is_terminal() else None))
