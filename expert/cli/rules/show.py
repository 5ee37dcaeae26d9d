"""``expert rules show``: one rule or attribute in plain words."""

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import complete_rule, json_option, print_json, rules_option
from expert.cli.terminal import print_text, style, terminal_width
from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.problems import InputError, suggestion


@click.command()
@click.argument("name", shell_complete=complete_rule)
@rules_option
@json_option
def show(name: str, knowledge_base: KnowledgeBase, as_json: bool) -> None:
    """Show one rule or attribute in plain words.

    NAME is the name of the rule or the attribute. A rule is shown with its sources in full, what it reads and feeds,
    and the cases of the file in which it holds; or, if it is retired, the reason. An attribute is shown with the rules
    that conclude it, and what reads it.
    """
    from expert.explanation.connections import attribute_connections, rule_connections
    from expert.rendering.rule_sentences import rule_sentence
    from expert.rendering.text.attribute_text import attribute_data
    from expert.rendering.text.rule_text import attribute_text, rule_text

    model = knowledge_base.model
    attribute = model.attributes.get(comparable(name))
    if attribute and all(rule.name != attribute.name for rule in model.rules):
        if as_json:
            print_json(attribute_data(attribute) | attribute_connections(model, attribute.name).to_dict())
        else:
            print_text(attribute_text(model, attribute, terminal_width(), style))
        return
    known = [*(rule.name for rule in model.rules), *model.why_retired, *model.attributes]
    if comparable(name) not in known:
        raise InputError.at(model.name, f"there is no rule or attribute '{shown(name)}'{suggestion(name, known)}")
    rule = knowledge_base.rule(name)
    if as_json:
        reason = model.why_retired.get(rule.name)
        more = {"retired": reason} if reason else rule_connections(model, rule).to_dict()
        print_json(rule.to_dict() | {"sentence": rule_sentence(model, rule)} | more)
    else:
        print_text(rule_text(model, rule, terminal_width(), style))
