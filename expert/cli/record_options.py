"""Options that keep a decision: as a record, as an ADR, as a page."""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from expert.cli.options import Day
from expert.cli.terminal import print_notice
from expert.knowledge.foreign_text import visible

if TYPE_CHECKING:
    from expert.api.consultation import Consultation

adr_option = click.option(
    "--adr", type=click.Path(), metavar="FILE", help="Write an Architecture Decision Record, in the form of MADR 4."
)
_OPTIONS = (
    click.option(
        "--save", type=click.Path(), metavar="FILE", help="Keep the decision in this YAML file, for `expert recheck`."
    ),
    click.option(
        "--review",
        type=Day(),
        metavar="DATE",
        help="The day, such as 2027-06-01, on which the decision that is kept should be looked at again.",
    ),
    adr_option,
    click.option(
        "--report", type=click.Path(), metavar="FILE", help="Write one page of HTML to send or print, with all reasons."
    ),
)


class Kept(NamedTuple):
    """Where a decision is to be kept, and when to look at it again."""

    save: str | None
    review: date | None
    adr: str | None
    report: str | None


def record_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which takes their values together as ``kept``."""

    @wraps(command)
    def with_kept(**options: Any) -> Any:
        return command(kept=Kept(**{name: options.pop(name) for name in Kept._fields}), **options)

    for option in reversed(_OPTIONS):
        with_kept = option(with_kept)
    return with_kept


def keep(consultation: "Consultation", kept: Kept, today: date, facts: str | None = None) -> None:
    """Write what is asked for, each file beside the others and beside that of the facts."""
    if not (kept.save or kept.adr or kept.report):
        if kept.review:
            raise click.UsageError("--review needs --save, --adr or --report, which keep the decision")
        return
    refuse_one_file_twice((facts, kept.save, kept.adr, kept.report))
    from expert.api.decision import Decision

    decision = Decision.of(consultation, review=kept.review, as_of=today)
    if kept.save:
        decision = decision.save(kept.save)
        print_notice(f"The decision is in {kept.save}.")
    if kept.adr:
        write_page("ADR", kept.adr, decision.adr())
    if kept.report:
        from expert.rendering.records.report_page import report_page

        write_page("report", kept.report, report_page(consultation, decision))


def refuse_one_file_twice(paths: Iterable[str | None]) -> None:
    """Make sure that no file is written over another that is read or written."""
    named = [path for path in paths if path is not None]
    twice = [path for path, count in Counter(map(os.path.realpath, named)).items() if count > 1]
    if twice:
        path = next(path for path in reversed(named) if os.path.realpath(path) in twice)
        raise click.UsageError(f"{visible(path)} is named twice, and would be written over; choose another file")


def write_page(what: str, path: str, text: str) -> None:
    """Write a text for people, and say where it is."""
    from expert.knowledge.atomic_files import whole_file

    with whole_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    print_notice(f"The {what} is in {path}.")
