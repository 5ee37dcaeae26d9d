"""``expert rules new``: a knowledge base, started."""

import shlex
from pathlib import Path

import click

from expert.cli.terminal import print_line
from expert.knowledge.problems import InputError


@click.command()
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
