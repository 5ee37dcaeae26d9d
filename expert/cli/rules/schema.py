"""``expert rules schema``: what a knowledge base may contain, for editors."""

import click

from expert.cli.options import print_json


@click.command()
def schema() -> None:
    """Print a JSON Schema of knowledge bases.

    Editors can use it to complete, explain and check knowledge bases.
    """
    from expert.knowledge.loading.knowledge_base_schema import knowledge_base_schema

    print_json(knowledge_base_schema())
