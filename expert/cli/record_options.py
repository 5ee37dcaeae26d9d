"""Options that keep a decision: as a record, as an ADR, as a page."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from expert.cli.terminal import print_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from expert.api.consultation import Consultation

save_option = click.option(
    "--save", type=click.Path(), metavar="FILE", help="Keep the decision in this YAML file, for `expert recheck`."
)
review_option = click.option(
    "--review",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day, such as 2027-06-01, from which the decision should be looked at again.",
)
adr_option = click.option(
    "--adr", type=click.Path(), metavar="FILE", help="Write an Architecture Decision Record, in the form of MADR 4."
)
report_option = click.option(
    "--report", type=click.Path(), metavar="FILE.html", help="Write one page to send or print, with all explanations."
)


class Kept(NamedTuple):
    """Where to keep a decision, and when to look at it again."""

    save: str | None
    review: datetime | None
    adr: str | None
    report: str | None


def record_options(command: "Callable[..., Any]") -> "Callable[..., Any]":
    """Add the options to a command, which gets their values as ``kept``."""
    from functools import wraps

    @wraps(command)
    def with_kept(
        *arguments: Any,
        save: str | None,
        review: datetime | None,
        adr: str | None,
        report: str | None,
        **options: Any,
    ) -> Any:
        return command(*arguments, kept=Kept(save, review, adr, report), **options)

    return save_option(review_option(adr_option(report_option(with_kept))))


def keep(consultation: "Consultation", kept: Kept, today: date) -> None:
    """Write what is asked for."""
    if kept.review and not (kept.save or kept.adr or kept.report):
        raise click.UsageError("--review needs --save, --adr or --report.")
    if kept.save or kept.adr or kept.report:
        from expert.api.decision import Decision

        decision = Decision.of(consultation, review=kept.review and kept.review.date(), as_of=today)
        if kept.save:
            decision = decision.save(kept.save)
            print_line(f"The decision is in {kept.save}.", err=True)
        if kept.adr:
            write_adr(kept.adr, decision.adr())
        if kept.report:
            ...


def write_adr(path: str, text: str) -> None:
    """Write an ADR."""
    from expert.knowledge.atomic_files import whole_file

    with whole_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    print_line(f"The ADR is in {path}.", err=True)
