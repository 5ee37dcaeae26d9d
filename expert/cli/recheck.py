"""``expert recheck``: whether today's rules still make the decisions that were kept."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from expert.cli.options import KnowledgeBaseName, as_of_option, json_option, print_json
from expert.cli.record_options import adr_option, refuse_one_file_twice, write_page
from expert.cli.terminal import hide_panics, print_text, style, terminal_width
from expert.knowledge.loading.file_formats import TABLES

if TYPE_CHECKING:
    from expert.api.knowledge_base import KnowledgeBase


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(allow_dash=True), metavar="FILE|FOLDER|TABLE...")
@click.option("--due", is_flag=True, help="List the records that should be looked at again by now.")
@adr_option
@click.option(
    "--rules",
    "knowledge_base",
    type=KnowledgeBaseName(),
    help="Decide by this knowledge base, a shipped name or a path, instead of the one that is recorded.",
)
@json_option
@as_of_option
@click.pass_context
def recheck(
    ctx: click.Context,
    files: tuple[str, ...],
    due: bool,
    adr: str | None,
    knowledge_base: "KnowledgeBase | None",
    as_json: bool,
    as_of: date,
) -> None:
    """Make decisions again under today's rules, those that `expert recommend --save` or `expert decide --stamp` kept.

    FILE is a record, FOLDER has records in files that end in .yaml, at any depth, and TABLE is a stamped table. The
    exit status is 1 if any recommendation has changed, or if any record is --due.

    \b
    Examples:
      expert recheck decision.yaml
      expert recheck decisions/
      expert recheck decisions/ --due
      expert recheck decided.parquet
    """
    tables = [file for file in files if Path(file).suffix.lower() in TABLES and not Path(file).is_dir()]
    if not tables:
        look = _due if due else _rechecked
        if due and adr:
            raise click.UsageError("--adr and --due cannot be combined")
        ctx.exit(1 if look(files, knowledge_base, as_json, as_of, adr) else 0)
    if len(tables) < len(files) or due or adr:
        raise click.UsageError("tables are rechecked without records beside them, --due and --adr")
    ctx.exit(1 if _tables(tables, knowledge_base, as_json) else 0)


def _rechecked(
    files: Iterable[str], given: "KnowledgeBase | None", as_json: bool, today: date, adr: str | None
) -> bool:
    """Print what became of decisions; tell whether any recommendation has changed."""
    from expert.api.decision_files import DecisionFiles
    from expert.rendering.text.recheck_text import rechecks_text

    decisions = DecisionFiles(files, given)
    if adr and len(decisions.paths) > 1:
        raise click.UsageError("--adr takes one decision")
    refuse_one_file_twice((*map(str, decisions.paths), adr))
    rechecks = list(decisions.each(lambda decision, base: decision.recheck(base)))
    if as_json:
        print_json({"format": "expert.recheck/1", "decisions": [each.to_dict() for each in rechecks]})
    else:
        print_text(rechecks_text(rechecks, terminal_width(), style))
    decisions.refuse_problems()
    if adr:
        from expert.rendering.records.adr import rechecked_adr

        write_page("ADR", adr, rechecked_adr(rechecks[0], today))
    return any(each.verdict == "recommendation changed" for each in rechecks)


def _tables(tables: Sequence[str], given: "KnowledgeBase | None", as_json: bool) -> bool:
    """Print how many rows are decided otherwise; tell whether any is."""
    from expert.api.stamped_tables import recheck_tables
    from expert.rendering.text.table_recheck_text import table_recheck_text

    hide_panics()
    found = recheck_tables(tables, given)
    if as_json:
        print_json(found.to_dict())
    else:
        print_text(table_recheck_text(found, terminal_width(), style))
    return found.changed > 0


def _due(files: Iterable[str], given: "KnowledgeBase | None", as_json: bool, today: date, _: str | None) -> bool:
    """Print which records should be looked at again; tell whether there are any."""
    from expert.api.decision_files import DecisionFiles
    from expert.rendering.text.recheck_text import due_text

    decisions = DecisionFiles(files, given)
    looked = list(decisions.each(lambda decision, base: decision.due(today, base)))
    found = [each for each in looked if each]
    if as_json:
        data = {"format": "expert.due/1", "as_of": today.isoformat(), "of": len(looked)}
        print_json(data | {"due": [each.to_dict() for each in found]})
    elif looked:
        print_text(due_text(found, len(looked)))
    decisions.refuse_problems()
    return bool(found)
