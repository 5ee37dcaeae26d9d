"""``expert rules``: the knowledge base, to be read, verified, tested, printed and started."""

import click

from expert.cli.lazy_group import LazyGroup

_COMMANDS = {
    "list": "List the rules, one per line.",
    "show": "Show one rule or attribute in plain words.",
    "check": "Tell what is wrong with the rules, where, and what to do about it.",
    "test": "Run the cases: which pass, and what they would notice.",
    "table": "Print the rules as decision tables.",
    "graph": "Draw how the attributes depend on one another.",
    "docs": "Write a page about everything in the knowledge base.",
    "schema": "Print a JSON Schema of knowledge bases.",
    "new": "Start a knowledge base.",
}
"""Each command with its line in the help."""


@click.group(cls=LazyGroup, lines=_COMMANDS, package=__name__)
def rules() -> None:
    """Read, verify, test and print the knowledge base, or start a new one.

    \b
    Examples:
      expert rules list
      expert rules show NAME
      expert rules check rules.yaml
      expert rules test
      expert rules new triage --table triage.csv
    """
