"""``expert rules docs``: the whole knowledge base as a page to browse."""

from pathlib import Path

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import rules_option
from expert.cli.terminal import print_notice
from expert.knowledge.problems import InputError


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="The folder for the page, index.html; it is made if it is not there.",
)
@rules_option
def docs(out: Path, knowledge_base: KnowledgeBase) -> None:
    """Write a page about everything in the knowledge base.

    It has every attribute, rule, decision table, source and case, linked with one another and with the graph of the
    attributes, and a search. It is one file that needs no network.

    \b
    Example:
      expert rules docs --out site
    """
    from expert.knowledge.atomic_files import whole_file

    content = knowledge_base.site()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError.at(str(out), f"cannot be made a folder: {error.strerror}") from None
    with whole_file(out / "index.html") as temporary:
        temporary.write_bytes(content)
    print_notice(f"The page is {out / 'index.html'}.")
