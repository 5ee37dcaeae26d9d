"""``expert page``: the page that answers."""

from pathlib import Path

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import rules_option
from expert.cli.terminal import print_notice
from expert.knowledge.problems import InputError


@click.command()
@click.option(
    "--facts",
    type=click.Path(allow_dash=True),
    metavar="FILE",
    help="A facts file: the page starts with its answers.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", required=True, help="The file of HTML to write."
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@rules_option
def page(facts: str | None, out: Path, force: bool, knowledge_base: KnowledgeBase) -> None:
    """Write a page that asks, answers and proves, in one file.

    It runs the rules in the browser: it needs no server and no network, and nothing that is answered leaves it. Open it
    from disk, send it by mail, or put it on any web site.

    \b
    Examples:
      expert page --out framework.html
      expert page --facts facts.yaml --out case.html
    """
    from expert.knowledge.atomic_files import whole_file

    content = knowledge_base.page(knowledge_base.read_facts(facts) if facts else ())
    if out.exists() and not force:
        raise InputError.at(str(out), "already exists; use --force to replace it")
    with whole_file(out) as temporary:
        temporary.write_bytes(content)
    print_notice(f"The page is {out}.")
