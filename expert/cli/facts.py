"""``expert facts``: the facts that can be given."""

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import json_option, print_json, rules_option
from expert.cli.terminal import is_terminal, print_text, terminal_width


@click.group()
def facts() -> None:
    """Show the facts that can be given, and make a facts file to fill in.

    \b
    Examples:
      expert facts list
      expert facts template > facts.yaml
      expert facts schema > facts.schema.json
    """


@facts.command("list")
@rules_option
@json_option
def list_facts(knowledge_base: KnowledgeBase, as_json: bool) -> None:
    """List the facts that can be given.

    Each attribute is shown with its values and its question. Numbers that are computed are listed with their formulas.
    """
    from expert.rendering.text.attribute_text import attribute_data, attribute_list

    computed = [attribute for attribute in knowledge_base.attributes.values() if attribute.formula]
    listed = [*knowledge_base.askable, *computed]
    if as_json:
        print_json([attribute_data(attribute) for attribute in listed])
    else:
        print_text(attribute_list(listed, terminal_width() if is_terminal() else None))


@facts.command()
@rules_option
@json_option
def template(knowledge_base: KnowledgeBase, as_json: bool) -> None:
    """Print a facts file to fill in.

    The file is YAML with the questions as comments; with --json, it is JSON in which every fact is null.
    """
    from expert.knowledge.loading.facts_writing import facts_template

    if as_json:
        print_json({attribute.name: None for attribute in knowledge_base.askable})
    else:
        print_text(facts_template(knowledge_base.model, knowledge_base.askable))


@facts.command()
@rules_option
def schema(knowledge_base: KnowledgeBase) -> None:
    """Print a JSON Schema of facts files.

    Editors can use it to complete and check facts files.
    """
    from expert.knowledge.loading.facts_schema import facts_schema

    print_json(facts_schema(knowledge_base.model, knowledge_base.askable))
