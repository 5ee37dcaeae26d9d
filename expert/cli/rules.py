"""``expert rules``: the rules of the knowledge base, for reading; and a new one, started."""

import shlex
from pathlib import Path

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import complete_rule, json_option, print_json, rules_option
from expert.cli.terminal import print_line, print_text
from expert.knowledge.problems import InputError


@click.group()
def rules() -> None:
    """Show the rules of the knowledge base in plain words, and their sources; or start a new one.

    \b
    Examples:
      expert rules list
      expert rules show NAME
      expert rules new triage --table triage.csv
    """


@rules.command("list")
@rules_option
@json_option
def list_rules(knowledge_base: KnowledgeBase, as_json: bool) -> None:
    """List the rules, one per line.

    Each line shows what a rule needs, what it concludes, and how strongly.
    """
    from expert.rendering.text.rule_text import rule_list

    if as_json:
        print_json([rule.to_dict() for rule in knowledge_base.rules])
    else:
        print_text(rule_list(knowledge_base.model))


@rules.command()
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


@rules.command()
@click.argument("name")
@click.option(
    "--table",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    help="A decision table, as CSV: its columns become questions, the last one the answer, and each row a rule.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The YAML file to write; NAME.yaml if left out.",
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
def new(name: str, table: Path, out: Path | None, force: bool) -> None:
    """Start a knowledge base from a table.

    NAME is what it is called. It can be asked at once; its texts are made of the table's words, for you to rewrite.
    """
    from expert.knowledge.atomic_files import whole_file
    from expert.knowledge.loading.table_start import start_of_table

    out = out or Path(f"{name}.yaml")
    text = start_of_table(name, table, out)
    if out.exists() and not force:
        raise InputError.at(str(out), "already exists; use --force to replace it")
    with whole_file(out) as temporary:
        temporary.write_text(text, encoding="utf-8")
    print_line(f"The knowledge base is in {out}. Ask it: expert ask --rules {shlex.quote(str(out))}", err=True)
