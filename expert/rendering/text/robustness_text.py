"""Robustness as text for a terminal."""

from collections.abc import Iterator

from expert.analysis.robustness import Counterexample, Robustness
from expert.explanation.why import exact
from expert.rendering.evidence import called
from expert.rendering.firmness import firmness
from expert.rendering.headline import answer, named
from expert.rendering.text.text_page import TextPage, beside, paragraphs

LINES = 20
"""How many moved certainties are listed."""


def robustness_text(page: TextPage, robust: Robustness) -> str:
    """Say how much it takes to change the recommendation, and show certainties that do."""
    moves = _moves(page, robust.counterexample) if robust.counterexample else ()
    return paragraphs([page.wrapped(robustness_sentence(page, robust), 0), moves])


def robustness_sentence(page: TextPage, robust: Robustness) -> str:
    """Say in a sentence how much it takes to change the recommendation."""
    stays = answer(page.goal, page.consultation.recommendation, page.consultation.outcome)
    return firmness(f"{stays}," if page.consultation.outcome == "default" else stays, robust)


def _moves(page: TextPage, counterexample: Counterexample) -> Iterator[str]:
    """List the certainties of a counterexample."""
    then = answer(page.goal, counterexample.recommendation, counterexample.outcome)
    yield from page.heading(f"Just beyond, with these certainties, the answer is {then}")
    shown = counterexample.moves[:LINES]
    longest = max(len(exact(move.before)) for move in shown)
    moved = [f"{exact(move.before):<{longest}} → {exact(move.after)}" for move in shown]
    for numbers, move in zip(moved, shown, strict=True):
        pair = named(page.consultation, move.attribute, move.value)
        yield from beside(numbers, max(map(len, moved)), f"{pair} by {called(move.rule)}", page.width)
    if len(counterexample.moves) > LINES:
        yield f"  {len(counterexample.moves) - LINES} more: see --json."
