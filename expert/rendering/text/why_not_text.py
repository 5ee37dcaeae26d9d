"""Why a candidate is not the answer, or a conclusion not drawn, as text for a terminal."""

from collections.abc import Iterator

from expert.explanation.shown_certainties import Numbers, in_full, number
from expert.explanation.unfired_rules import Aim, Failure, Missed
from expert.explanation.why_not import WhyNot
from expert.knowledge.rules import AllOf
from expert.rendering.evidence import NEVER, called, cited_sentence, counted, excepting_text, known_of
from expert.rendering.headline import named
from expert.rendering.losing import aimed_at, standing
from expert.rendering.text.proof_text import arithmetic_text, reasons_text, strongest_text
from expert.rendering.text.text_page import TextPage, paragraphs, whole
from expert.rendering.value_text import GLUE
from expert.rendering.words import premise_words


def why_not_text(page: TextPage, lost: WhyNot) -> str:
    """Write why a candidate is not the answer."""
    questions: set[str] = set()
    aims = [_aim(page, lost, aim, questions) for aim in lost.aims]
    known = page.wrapped(_failure(page, lost.failure, questions), 0) if lost.failure else []
    return paragraphs([page.heading(standing(lost)), _evidence_of(page, lost), known, *aims])


def in_brief(page: TextPage, lost: WhyNot) -> Iterator[str]:
    """Give what speaks most for and against a candidate, and count the rules that would have supported it."""
    reasons = (*lost.supporting, *lost.opposing)
    if not reasons:
        yield "  Nothing speaks for it or against it."
    yield from strongest_text(page, reasons)
    if unfired := len(lost.aims[0].missed):
        see = f"see --why-not {lost.value}.".replace(" ", GLUE)
        more = f"{unfired} {'more ' * bool(reasons)}rule{'s' * (unfired > 1)} would have supported it; {see}"
        yield from page.hanging(more, 2)


def _evidence_of(page: TextPage, lost: WhyNot) -> Iterator[str]:
    """Write what spoke for and against a conclusion."""
    label = named(page.consultation, lost.attribute, lost.value)
    for word, reasons in (("for", lost.supporting), ("against", lost.opposing)):
        none = page.wrapped(f"Nothing speaks {word} {label}.", 0)
        yield from page.heading(f"{word.title()} {label}") if reasons else none
        yield from reasons_text(page, reasons)
    yield from arithmetic_text(page, lost.supporting + lost.opposing, lost.arithmetic)


def _aim(page: TextPage, lost: WhyNot, aim: Aim, questions: set[str]) -> Iterator[str]:
    """List the rules that would have supported something, with what kept them from it."""
    is_first = aim is lost.aims[0]
    what = aimed_at(lost, aim)
    if aim.missed:
        yield from page.heading(f"Would have supported {what}")
    elif is_first and lost.failure and not lost.failure.derivable:
        return
    elif is_first and not any(reason.rule for reason in lost.supporting):
        yield from page.wrapped(f"No rule supports {what}.", 0)
    else:
        yield from page.wrapped(f"Every rule that supports {what} held.", 0)
    for unfired in aim.missed:
        yield from _would_say(page, unfired)
        if unfired.is_default:
            yield from page.wrapped(
                f"It does not apply, since {known_of(unfired.failures[0], page.knowledge_base)}.", 9
            )
            continue
        yield from _gap(page, unfired)
        for failure in unfired.failures:
            yield from page.wrapped(_failure(page, failure, questions), 9)
        for excepting in unfired.exceptions:
            yield from page.wrapped(f"excepted by {excepting_text(excepting, page.knowledge_base)}.", 9)


def _would_say(page: TextPage, unfired: Missed) -> Iterator[str]:
    """Write what a rule would have said, in brackets and of little emphasis: it is no evidence."""
    rule = page.consultation.rules[unfired.rule]
    first, *rest = page.wrapped(cited_sentence(rule, page.knowledge_base), 9)
    strength = f"({number(unfired.certainty, '+')})"
    yield f" {page.style(strength, 'faint')} {first.strip()}"
    yield from rest


def _gap(page: TextPage, unfired: Missed) -> Iterator[str]:
    """Name a rule, and what it lacks where that is not simply all that failed, which is listed below."""
    has = counted(unfired, page.knowledge_base)
    tests = [failure.test for failure in unfired.failures]
    is_listed = isinstance(unfired.needed, AllOf) and all(part in tests for part in unfired.needed.premises)
    needed = unfired.needed if len(tests) > 1 and not is_listed else None
    lacks = f"still needs: {premise_words(page.knowledge_base, needed)}" if needed else ""
    which = " and ".join(filter(None, (has and f"has {has}", lacks)))
    yield from page.faint(f"{called(unfired.rule)}{which and f', which {which}'}", 9)


def _failure(page: TextPage, failure: Failure, questions: set[str]) -> str:
    """Say in which way a test failed; each question is asked once."""
    said = f"{premise_words(page.knowledge_base, failure.test)}: {_way(page, failure)}"
    if failure.question and failure.question in questions:
        return said if failure.grounds else said.removesuffix(".") + ", as above."
    questions.add(failure.question)
    return f"{said} {failure.question}".rstrip()


def _way(page: TextPage, failure: Failure) -> str:
    """Say in which way a test failed, and what is known."""
    known = whole(known_of(failure, page.knowledge_base))
    if failure.kind == "contrary":
        return f"known not to hold, since {known}."
    if failure.kind == "weak":
        threshold = page.knowledge_base.threshold
        numbers = Numbers([failure.degree, threshold], threshold)
        short = f" (short by {numbers.difference(threshold, failure.degree)})" if failure.short else ""
        weak = f"too weak, {numbers.write(failure.degree)} where more than {in_full(threshold)} is needed{short}"
        return f"{weak}, since {known}."
    never = "" if failure.attainable else f", and {NEVER}"
    if failure.grounds:
        return f"not known{never}; all that is known is {known}."
    if known:
        return f"not known ({known})."
    concluded = ", and no rule concluded it" if failure.derivable and not failure.question else ""
    return f"not known{concluded or never}."
