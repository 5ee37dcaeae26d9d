"""Explanations as text for a terminal."""

from collections.abc import Iterable, Iterator, Sequence

from expert.explanation.report import Explanation
from expert.explanation.shown_certainties import Numbers, in_full, number
from expert.explanation.why import Ground, Reason, Step, Why
from expert.explanation.why_not import Aim, Failure, Missed, WhyNot
from expert.knowledge.model import Fact
from expert.rendering.text.flips_text import few_flips, flips_text, robustness_sentence, robustness_text
from expert.rendering.text.recommendation import Page, paragraphs
from expert.rendering.text.rule_text import cited_sentence
from expert.rendering.text.what_if_text import what_if_text

NEVER = "never to be: no rule concludes it, and it is not asked"
"""Said of what is not known where no facts can be given about it either."""


def story_text(page: Page, explanation: Explanation) -> str:
    """Tell a whole consultation: the answer, the facts given, the proof, the others in brief, what would change it."""
    steps = dict.fromkeys(step for why in explanation.whys or () for step in why.steps)
    proofs = [_step(page, step) for step in steps]
    others = [[*_standing(page, lost), *_in_brief(page, lost)] for lost in explanation.why_nots or ()]
    robust = explanation.robustness
    parts = (
        page.headline(),
        page.ranking(),
        _given(page, page.consultation.given),
        *proofs,
        page.contradictions(),
        *others,
        page.wrapped(robustness_sentence(page, robust), 0) if robust else (),
        few_flips(page, explanation.flips) if explanation.flips is not None else (),
        page.basis(),
    )
    return paragraphs(parts)


def explanation_text(page: Page, explanation: Explanation) -> str:
    """Write explanations one below the other."""
    texts = [why_text(page, why) for why in explanation.whys or ()]
    texts += [why_not_text(page, lost) for lost in explanation.why_nots or ()]
    texts += [what_if_text(page, explanation.what_if)] if explanation.what_if else []
    texts += [flips_text(page, explanation.flips)] if explanation.flips is not None else []
    texts += [robustness_text(page, explanation.robustness)] if explanation.robustness else []
    return "\n".join(texts)


def why_text(page: Page, why: Why) -> str:
    """Write a proof: the conclusion, each derived fact that it rests on, and the given facts behind them."""
    reasons = [reason for step in why.steps for reason in step.reasons]
    matched = {(ground.attribute, ground.value) for reason in reasons for ground in reason.grounds}
    given = (fact for fact in page.consultation.given if (fact.attribute, fact.value) in matched)
    return paragraphs([*(_step(page, step) for step in why.steps), _given(page, given)])


def why_not_text(page: Page, lost: WhyNot) -> str:
    """Write why a candidate is not the answer."""
    questions: set[str] = set()
    aims = [_aim(page, lost, aim, questions) for aim in lost.aims]
    return paragraphs([_standing(page, lost), _evidence_of(page, lost), *aims])


def _given(page: Page, facts: Iterable[Fact]) -> Iterator[str]:
    """List given facts with where they come from."""
    for index, fact in enumerate(facts):
        if index == 0:
            yield page.style("Given", "heading")
        origin = f"{fact.origin}, fixed" if fact.fixed else fact.origin
        ground = Ground(fact.attribute, fact.value, fact.certainty, origin)
        yield from page.wrapped(ground_text(ground) + (f": {fact.note}" if fact.note else ""), 2)


def _step(page: Page, step: Step) -> Iterator[str]:
    """Write a conclusion with its evidence."""
    certainty = page.numbers.write(step.certainty) if step.attribute == page.goal.name else number(step.certainty)
    yield page.style(f"{page.named(step.attribute, step.value)} has certainty {certainty}.", "heading")
    if not step.reasons:
        yield "  Nothing speaks for it or against it."
    yield from _reasons(page, step.reasons)
    yield from _arithmetic(page, step.reasons, step.arithmetic)


def _arithmetic(page: Page, reasons: Sequence[Reason], sums: Iterable[str]) -> Iterator[str]:
    """Write how evidence was combined, where there is more than one piece."""
    for line in sums if len(reasons) > 1 else ():
        yield from page.wrapped(line, 2)


def _reasons(page: Page, reasons: Iterable[Reason]) -> Iterator[str]:
    """List evidence, each piece with its rule and the facts that it matched."""
    for reason in reasons:
        if reason.rule is None:
            sentence = f"It was given ({reason.origin})" + (f": {reason.because}" if reason.because else ".")
            yield from _evidence(page, reason.strength, sentence)
            continue
        yield from _evidence(page, reason.strength, cited_sentence(page.consultation.rules[reason.rule]))
        degree = "" if reason.degree == 1 else f" to degree {number(reason.degree)}"
        since = ", ".join(ground_text(ground._replace(origin="")) for ground in reason.grounds)
        yield from page.faint(f"rule {reason.rule}{degree}, since {since}", 9)


def _evidence(page: Page, strength: float, sentence: str) -> Iterator[str]:
    """Write a sentence behind its strength."""
    first, *rest = page.wrapped(sentence, 9)
    yield f"  {page.style(number(strength, '+'), 'for' if strength > 0 else 'against')}  {first.strip()}"
    yield from rest


def ground_text(ground: Ground) -> str:
    """Write a fact with its certainty where it is not definite, and where it comes from."""
    if ground.value is None:
        return f"{ground.attribute} is unknown"
    certainty = "" if ground.certainty == 1 else number(ground.certainty)
    details = ", ".join(filter(None, (certainty, ground.origin, "derived" if ground.derived else "")))
    return f"{ground.attribute} = {ground.value}" + (f" ({details})" if details else "")


def _standing(page: Page, lost: WhyNot) -> Iterator[str]:
    """Say how far a conclusion is from being drawn, or a candidate from being the answer."""
    threshold, best = page.knowledge_base.threshold, page.consultation.ranking[0].certainty
    is_candidate = lost.attribute == page.goal.name
    numbers = page.numbers if is_candidate else Numbers([lost.certainty], threshold)
    others = [page.label(leader) for leader in lost.leaders if leader != lost.value]
    if not lost.leaders:
        rest = f"and would have to exceed {in_full(threshold)}"
    elif lost.value in lost.leaders:
        rest = f"as ha{'s' if len(others) == 1 else 've'} {' and '.join(others)}: a tie"
    else:
        rest = f"{numbers.difference(best, lost.certainty)} behind {' and '.join(others)}"
    certainty = numbers.write(lost.certainty)
    yield page.style(f"{page.named(lost.attribute, lost.value)} has certainty {certainty}, {rest}.", "heading")


def _in_brief(page: Page, lost: WhyNot) -> Iterator[str]:
    """Name the rules for and against a candidate, and count those that would have supported it."""
    for word, reasons in (("For", lost.supporting), ("Against", lost.opposing)):
        pieces = [f"{number(reason.strength, '+')} {reason.rule or 'given'}" for reason in reasons]
        yield from page.wrapped(f"{word} it: {', '.join(pieces) or 'nothing'}.", 2)
    if missed := len(lost.aims[0].missed):
        yield f"  {missed} more rule{'s' * (missed > 1)} would have supported it: --why-not {lost.value} tells."


def _evidence_of(page: Page, lost: WhyNot) -> Iterator[str]:
    """Write what spoke for and against a conclusion."""
    label = page.named(lost.attribute, lost.value)
    for word, reasons in (("for", lost.supporting), ("against", lost.opposing)):
        yield page.style(f"{word.title()} {label}", "heading") if reasons else f"Nothing speaks {word} {label}."
        yield from _reasons(page, reasons)
    yield from _arithmetic(page, lost.supporting + lost.opposing, lost.arithmetic)


def _aim(page: Page, lost: WhyNot, aim: Aim, questions: set[str]) -> Iterator[str]:
    """List the rules that would have supported something, with what kept them from it."""
    is_first = aim is lost.aims[0]
    what = page.named(lost.attribute, lost.value) if is_first else f"that {aim.test}"
    if aim.missed:
        yield page.style(f"Would have supported {what}", "heading")
    elif is_first and not any(reason.rule for reason in lost.supporting):
        yield f"No rule supports {what}."
    else:
        yield f"Every rule that supports {what} held."
    for missed in aim.missed:
        yield from _evidence(page, missed.certainty, cited_sentence(page.consultation.rules[missed.rule]))
        yield from _gap(page, missed)
        for failure in missed.failures:
            yield from page.wrapped(_failure(page, failure, questions), 9)


def _gap(page: Page, missed: Missed) -> Iterator[str]:
    """Name a rule, and what it lacks where that is more than one test."""
    lacks = f", which lacks {missed.needed}" if len(missed.failures) > 1 else ""
    yield from page.faint(f"rule {missed.rule}{lacks}", 9)


def _failure(page: Page, failure: Failure, questions: set[str]) -> str:
    """Say in which way a test failed; each question is put once."""
    grounds = ", ".join(map(ground_text, failure.grounds))
    if failure.kind == "contrary":
        return f"{failure.test}: known not to hold, since {grounds}."
    if failure.kind == "weak":
        threshold = page.knowledge_base.threshold
        numbers = Numbers([failure.degree, threshold], threshold)
        short = f" (short by {numbers.difference(threshold, failure.degree)})" if failure.short else ""
        weak = f"too weak, {numbers.write(failure.degree)} where more than {in_full(threshold)} is needed{short}"
        return f"{failure.test}: {weak}, since {grounds}."
    never = "" if failure.attainable else f", and {NEVER}"
    if grounds:
        return f"{failure.test}: not known{never}; all that is known is {grounds}."
    if failure.question in questions:
        return f"{failure.test}: not known, as above."
    if failure.question:
        questions.add(failure.question)
        return f"{failure.test}: not known. {failure.question}"
    concluded = ", and no rule concluded it" if failure.derivable else ""
    return f"{failure.test}: not known{concluded or never}."
