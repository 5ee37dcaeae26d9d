"""What ``expert explain`` prints: the whole report, or the explanations that were asked for."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from expert.explanation.grounds import Ground
from expert.explanation.report import Explanation
from expert.explanation.retired import RetiredReason
from expert.explanation.shown_certainties import number
from expert.explanation.why import Step, Why
from expert.knowledge.model import Fact
from expert.rendering.evidence import RETIRED, ground_text, pieces, retired_pieces
from expert.rendering.headline import named, still_possible_or_unknown
from expert.rendering.losing import standing
from expert.rendering.text.flips_text import few_flips, first_flip, flips_text
from expert.rendering.text.links import with_origins
from expert.rendering.text.proof_text import arithmetic_text, reasons_text
from expert.rendering.text.robustness_text import robustness_sentence, robustness_text
from expert.rendering.text.text_page import NOT_PROBABILITIES, SUM, TextPage, paragraphs
from expert.rendering.text.what_if_text import what_if_text
from expert.rendering.text.why_not_text import in_brief, why_not_text

STRONGEST = 2
"""How many reasons on each side the summary gives."""


def report_text(page: TextPage, explanation: Explanation) -> str:
    """Tell a whole consultation: the answer, the facts given, the proof, the others in brief, what would change it."""
    steps = dict.fromkeys(step for why in explanation.whys or () for step in why.steps)
    proofs = [_step(page, step) for step in steps]
    others = [[*page.heading(standing(lost)), *in_brief(page, lost)] for lost in explanation.why_nots or ()]
    parts = [
        _summary(page, explanation),
        [*page.ranking(), *page.faint(NOT_PROBABILITIES, 2)],
        page.wrapped(still_possible_or_unknown(page.consultation), 0),
        _given(page, page.consultation.given),
        *proofs,
        page.contradictions(),
        *others,
        _retired(page, explanation.retired or ()),
        few_flips(page, explanation.flips) if explanation.flips is not None else (),
        page.basis(reason.retired.rule for reason in explanation.retired or ()),
    ]
    return _finished(page, paragraphs(parts))


def _summary(page: TextPage, explanation: Explanation) -> Iterator[str]:
    """Say in five sentences what is recommended, the strongest reasons for and against it, and what would change it."""
    yield from page.headline()
    for why in explanation.whys or ():
        name = named(page.consultation, why.conclusion.attribute, why.conclusion.value)
        for word, is_for in (("for", True), ("against", False)):
            reasons = (each for each in why.conclusion.reasons if (each.strength > 0) is is_for)
            strongest = pieces(islice(reasons, STRONGEST), page.knowledge_base, with_sources=False)
            said = " ".join(f"({number(piece.strength, '+')}) {piece.sentence}" for piece in strongest)
            yield from page.hanging(
                f"Most of all {word} {name}: {said}" if said else f"Nothing speaks {word} {name}.", 0
            )
    if explanation.flips:
        yield from first_flip(page, explanation.flips, "")
    if explanation.robustness:
        yield from page.hanging(robustness_sentence(page, explanation.robustness), 0)


def _finished(page: TextPage, text: str) -> str:
    """Link from origins of facts to their files, and say what sums mean, where there are any."""
    linked = with_origins(text, (fact.origin for fact in page.consultation.given), page.style)
    return "\n".join([linked, paragraphs([page.faint(SUM, 0)])]) if "⊕" in text else linked


def explanation_text(page: TextPage, explanation: Explanation) -> str:
    """Write explanations one below the other."""
    texts = [why_text(page, why) for why in explanation.whys or ()]
    texts += [why_not_text(page, lost) for lost in explanation.why_nots or ()]
    texts += [what_if_text(page, explanation.what_if)] if explanation.what_if else []
    texts += [flips_text(page, explanation.flips)] if explanation.flips is not None else []
    texts += [robustness_text(page, explanation.robustness)] if explanation.robustness else []
    return _finished(page, "\n".join(texts))


def why_text(page: TextPage, why: Why) -> str:
    """Write a proof: the conclusion, each derived fact that it rests on, and the given facts behind them."""
    reasons = [reason for step in why.steps for reason in step.reasons]
    matched = {(ground.attribute, ground.value) for reason in reasons for ground in reason.all_grounds}
    given = (fact for fact in page.consultation.given if (fact.attribute, fact.value) in matched)
    return paragraphs([*(_step(page, step) for step in why.steps), _given(page, given)])


def _given(page: TextPage, facts: Iterable[Fact]) -> Iterator[str]:
    """List given facts with where they come from."""
    for index, fact in enumerate(facts):
        if index == 0:
            yield page.style("Given", "heading")
        origin = f"{fact.origin}, fixed" if fact.fixed else fact.origin
        ground = Ground(fact.attribute, fact.value, fact.certainty, origin)
        yield from page.hanging(ground_text(ground, page.knowledge_base) + (f": {fact.note}" if fact.note else ""), 2)


def _retired(page: TextPage, reasons: Sequence[RetiredReason]) -> Iterator[str]:
    """List rules that would have held and no longer count."""
    if reasons:
        yield page.style(RETIRED, "heading")
    for reason, piece in zip(reasons, retired_pieces(reasons, page.knowledge_base), strict=True):
        concluded = named(page.consultation, reason.attribute, reason.value)
        word = "for" if reason.strength > 0 else "against"
        yield from page.hanging(f"({number(reason.strength, '+')} {word} {concluded})", 2)
        yield from page.wrapped(piece.sentence, 9)
        yield from page.faint(piece.held, 9)


def _step(page: TextPage, step: Step) -> Iterator[str]:
    """Write a conclusion with its evidence."""
    certainty = page.numbers.write(step.certainty) if step.attribute == page.goal.name else number(step.certainty)
    yield from page.heading(f"{named(page.consultation, step.attribute, step.value)} has certainty {certainty}.")
    if not step.reasons:
        yield "  Nothing speaks for it or against it."
    yield from reasons_text(page, step.reasons)
    yield from arithmetic_text(page, step.reasons, step.arithmetic)
