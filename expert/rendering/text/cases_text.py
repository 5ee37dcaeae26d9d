"""What came of running cases, as text for a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from expert.explanation.difference import Deviation, difference
from expert.explanation.unfired_rules import Missed
from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.case_writing import cases_section
from expert.knowledge.model import Model
from expert.knowledge.problems import MOST_NAMES
from expert.rendering.evidence import Piece, called, cited_sentence, lacking
from expert.rendering.headline import label
from expert.rendering.text.links import place_link
from expert.rendering.text.proof_text import reasons_text
from expert.rendering.text.text_page import TextPage, hanging, paragraphs, styled, wrapped
from expert.rendering.text.text_style import Style, plain
from expert.verification.coverage import Coverage
from expert.verification.mutants import Mutant
from expert.verification.mutation import Mutation
from expert.verification.scenarios import Result
from expert.verification.suggestions import Suggestions


def cases_text(
    results: Sequence[Result],
    coverage: Coverage,
    model: Model,
    mutation: Mutation | None = None,
    suggestions: Suggestions | None = None,
    width: int = 80,
    style: Style = plain,
) -> str:
    """Write how many cases pass and what they cover, why others fail, what none notices, and which cases would."""
    failed = [result for result in results if not result.passed]
    summary = [*_passed(results, failed, style), *_covered(coverage, width)]
    parts: list[Iterable[str]] = [summary, *(_failed(result, width, style) for result in failed)]
    if mutation:
        summary += _noticed(mutation, width)
        parts.append(_survivors(mutation, model, width, style))
    if suggestions:
        parts += [_suggested(suggestions, width, style), _unnoticed(suggestions, model, width, style)]
    return paragraphs(parts)


def case_text(result: Result) -> str:
    """Write why a case fails, without styles."""
    return paragraphs([_failed(result, 80, plain)])


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
    if not coverage.rules:
        yield "There are no rules."
        return
    fired = coverage.rules - len(coverage.unfired)
    held = f"{fired} of {coverage.rules} rules hold in a case ({_percent(fired, coverage.rules)})."
    yield from wrapped(held, 0, width)
    for words, names in (
        ("Hold in no case", coverage.unfired if fired else ()),
        ("Hold, but change no recommendation", coverage.idle),
    ):
        if names:
            yield from wrapped(f"{words}: {_names(names)}.", 2, width)


def _names(names: Sequence[str]) -> str:
    """List names, only the first where there are many."""
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(map(shown, names[:MOST_NAMES])) + more


def _noticed(mutation: Mutation, width: int) -> Iterator[str]:
    """Say how many changes the cases notice."""
    if mutation.tried:
        share = _percent(mutation.killed, mutation.tried)
        noticed = f"{mutation.killed} of {mutation.tried} changes to the rules are noticed by a case ({share})."
        yield from wrapped(noticed, 0, width)
    if mutation.circular:
        left_out = f"{mutation.circular} more would make rules depend on one another in a cycle, and were not tried."
        yield from wrapped(left_out, 0, width)


def _percent(part: int, whole: int) -> str:
    """Write a share, so that 100 % means all."""
    return f"{100 * part // whole} %"


def _failed(result: Result, width: int, style: Style) -> Iterator[str]:
    """Say what a case expects and does not get, and which rules made the difference."""
    page = TextPage(result.consultation, width, style)
    for line in page.heading(f"{result.case.name} ({result.case.place})"):
        yield place_link(line, result.case.place, page.knowledge_base, style)
    for unmet in result.unmet:
        yield from page.wrapped(f"{unmet}.", 2)
    for deviation in difference(result.consultation, result.lacking, result.exceeding):
        yield from _deviation(page, deviation)


def _deviation(page: TextPage, deviation: Deviation) -> Iterator[str]:
    """List the rules that gave a candidate too much certainty, or kept it from having enough."""
    name = label(page.consultation, deviation.value)
    if deviation.held:
        yield from page.wrapped(f"Held {'against' if deviation.lacks else 'for'} {name}:", 2)
        yield from reasons_text(page, deviation.held)
    if deviation.missed:
        yield from page.wrapped(f"Did not hold for {name}:", 2)
        for missed in deviation.missed:
            yield from _missed(page, missed)


def _missed(page: TextPage, missed: Missed) -> Iterator[str]:
    """Say what a rule lacked."""
    yield from page.piece(
        Piece(missed.certainty, cited_sentence(page.consultation.rules[missed.rule], page.knowledge_base))
    )
    yield from page.faint(f"{called(missed.rule)}: {lacking(missed, page.knowledge_base)}", 9)


def _survivors(mutation: Mutation, model: Model, width: int, style: Style) -> Iterator[str]:
    """List the changes that no case notices."""
    if mutation.survivors:
        yield style("Changes that no case notices", "heading")
        yield from _changes(mutation.survivors, model, width, style)
        yield from wrapped("Some may make no difference in any case: those are not told apart.", 0, width)


def _changes(mutants: Iterable[Mutant], model: Model, width: int, style: Style) -> Iterator[str]:
    """List changes by rule, each with its place."""
    for (place, rule), changes in groupby(mutants, key=lambda mutant: (mutant.place, mutant.rule)):
        for line in hanging(f"{rule} ({place.origin})", 2, width):
            yield line.replace(place.origin, place_link(place.origin, place, model, style))
        for mutant in changes:
            yield from wrapped(mutant.change, 4, width)


def _suggested(suggestions: Suggestions, width: int, style: Style) -> Iterator[str]:
    """Write cases to be pasted."""
    if not suggestions.cases:
        return
    count, noticed = len(suggestions.cases), {mutant for each in suggestions.cases for mutant in each.notices}
    yield from styled(f"{_cases(count)} that would notice {len(noticed)} of them", "heading", 0, width, style)
    yield from wrapped("Each expects what the rules say now: check that it is right, and name it well.", 0, width)
    yield from cases_section(suggestion.case for suggestion in suggestions.cases).splitlines()


def _unnoticed(suggestions: Suggestions, model: Model, width: int, style: Style) -> Iterator[str]:
    """List the changes for which no case was found."""
    if suggestions.unnoticed:
        yield style("No case was found that notices these", "heading")
        yield from _changes(suggestions.unnoticed, model, width, style)
