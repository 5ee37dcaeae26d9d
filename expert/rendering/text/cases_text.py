"""What came of running cases, as text for a terminal."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from expert.explanation.difference import Standing, difference
from expert.explanation.unfired_rules import Missed
from expert.knowledge.foreign_text import shown
from expert.knowledge.problems import MOST_NAMES
from expert.rendering.evidence import Piece, called, cited_sentence, lacking
from expert.rendering.headline import label
from expert.rendering.text.proof_text import reasons_text
from expert.rendering.text.text_page import Style, TextPage, paragraphs, plain, wrapped
from expert.verification.coverage import Coverage
from expert.verification.mutation import Mutation
from expert.verification.scenarios import Result


def cases_text(
    results: Sequence[Result], coverage: Coverage, mutation: Mutation | None, width: int = 80, style: Style = plain
) -> str:
    """Write how many cases pass and what they cover, then why cases fail, and what none notices."""
    failed = [result for result in results if not result.passed]
    summary = [*_passed(results, failed, style), *_covered(coverage, width)]
    survivors: list[Iterator[str]] = []
    if mutation:
        summary += _noticed(mutation, width)
        survivors = [_survivors(mutation, width, style)]
    return paragraphs([summary, *(_failed(result, width, style) for result in failed), *survivors])


def _passed(results: Sequence[Result], failed: Sequence[Result], style: Style) -> Iterator[str]:
    """Count the cases that pass."""
    if not results:
        yield "There are no cases."
    elif failed:
        yield style(f"{len(failed)} of {_cases(len(results))} fail{'s' * (len(failed) == 1)}.", "against")
    else:
        yield style(f"{_cases(len(results))} pass{'es' * (len(results) == 1)}.", "answer")


def _cases(count: int) -> str:
    return f"{count} case{'s' * (count != 1)}"


def _covered(coverage: Coverage, width: int) -> Iterator[str]:
    """Say which rules the cases use."""
    fired = coverage.rules - len(coverage.unfired)
    yield f"{fired} of {coverage.rules} rules hold in a case ({_percent(fired, coverage.rules)})."
    for words, names in (
        ("Hold in no case", coverage.unfired),
        ("Hold, but change no recommendation", coverage.idle),
    ):
        if names:
            yield from wrapped(f"{words}: {_names(names)}.", width, 2)


def _names(names: Sequence[str]) -> str:
    """List names, only the first where there are many."""
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(map(shown, names[:MOST_NAMES])) + more


def _noticed(mutation: Mutation, width: int) -> Iterator[str]:
    """Say how many changes the cases notice."""
    share = _percent(mutation.killed, mutation.tried)
    yield f"{mutation.killed} of {mutation.tried} changes to the rules are noticed by a case ({share})."
    if mutation.circular:
        left_out = f"{mutation.circular} more would make rules depend on one another in a cycle, and were not tried."
        yield from wrapped(left_out, width, 0)


def _percent(part: int, whole: int) -> str:
    """Write a share, so that 100 % means all."""
    return f"{100 * part // whole if whole else 100} %"


def _failed(result: Result, width: int, style: Style) -> Iterator[str]:
    """Say what a case expects and does not get, and which rules made the difference."""
    page = TextPage(result.consultation, width, style)
    yield from (style(line, "heading") for line in page.wrapped(f"{result.case.name} ({result.case.place})", 0))
    for unmet in result.unmet:
        yield from page.wrapped(f"{unmet}.", 2)
    for standing in difference(result.consultation, result.lacking, result.exceeding):
        yield from _standing(page, standing)


def _standing(page: TextPage, standing: Standing) -> Iterator[str]:
    """List the rules that gave a candidate too much certainty, or kept it from having enough."""
    name = label(page.consultation, standing.value)
    if standing.held:
        yield f"  Held {'against' if standing.lacks else 'for'} {name}:"
        yield from reasons_text(page, standing.held)
    if standing.missed:
        yield f"  Did not hold for {name}:"
        for missed in standing.missed:
            yield from _missed(page, missed)


def _missed(page: TextPage, missed: Missed) -> Iterator[str]:
    """Say what a rule lacked."""
    yield from page.piece(Piece(missed.certainty, cited_sentence(page.consultation.rules[missed.rule])))
    yield from page.faint(f"{called(missed.rule)}: {lacking(missed)}", 9)


def _survivors(mutation: Mutation, width: int, style: Style) -> Iterator[str]:
    """List the changes that no case notices, by rule."""
    if not mutation.survivors:
        return
    yield style("Changes that no case notices", "heading")
    for (place, rule), changes in groupby(mutation.survivors, key=lambda mutant: (mutant.place, mutant.rule)):
        yield f"  {place.origin} {rule}"
        for mutant in changes:
            yield from wrapped(mutant.change, width, 4)
    yield from wrapped(
        "Some of them may change no answer at all: those that do are not told apart from those that do not.", width, 0
    )
