"""What-if comparisons as text for a terminal."""

from collections.abc import Iterator

from expert.analysis.what_if import FactChange, RuleChange, WhatIf
from expert.explanation.shown_certainties import Numbers, in_full
from expert.inference.consultation import Consultation
from expert.knowledge.model import Fact
from expert.rendering.text.recommendation import Page, paragraphs


def what_if_text(page: Page, what_if: WhatIf) -> str:
    """Write two results side by side, and the rules that make the difference."""
    return paragraphs([what_if_headline(page, what_if), _side_by_side(page, what_if), _rules(page, what_if)])


def what_if_headline(page: Page, what_if: WhatIf) -> Iterator[str]:
    """Say which facts change, and what becomes of the answer."""
    for change in what_if.changes:
        yield from page.wrapped(_change(change), 0)
    if not what_if.changes:
        yield "No fact changes."
    before, after = _answer(page, what_if.before), _answer(page, what_if.after)
    if before == after:
        yield f"The answer stays {page.style(after, 'answer')}."
    else:
        yield f"The answer changes from {before} to {page.style(after, 'answer')}."


def _change(change: FactChange) -> str:
    """Write the change of a fact as a sentence."""
    before, after = (fact and _fact(fact) for fact in (change.before, change.after))
    if before and after:
        return f"Changed: {before} becomes {after}."
    return f"Withdrawn: {before}." if before else f"Added: {after}."


def _fact(fact: Fact) -> str:
    """Write a fact, with its certainty where it is not definite."""
    return f"{fact.attribute} = {fact.value}" + (f" ({in_full(fact.certainty)})" if fact.certainty != 1 else "")


def _answer(page: Page, consultation: Consultation) -> str:
    """Name the answer of a consultation."""
    leaders = " and ".join(page.label(leader.value) for leader in consultation.leaders)
    if consultation.outcome == "tie":
        return f"a tie between {leaders}"
    if consultation.recommendation is None:
        return "undecided"
    default = ", the default" if consultation.outcome == "default" else ""
    return page.label(consultation.recommendation) + default


def _side_by_side(page: Page, what_if: WhatIf) -> Iterator[str]:
    """Set the rankings side by side."""
    certainties = (certainty for each in what_if.ranking for certainty in (each.before, each.after))
    numbers = Numbers(certainties, page.knowledge_base.threshold)
    rows = [
        (page.label(each.value), numbers.write(each.before, "+"), numbers.write(each.after, "+"))
        for each in what_if.ranking
    ]
    name, before, after = (max(map(len, column)) for column in zip(*rows, ("", "before", " after"), strict=True))
    yield page.style(f"  {'':{name}}  {'before':>{before}}  {'after':>{after}}", "faint")
    for row in rows:
        yield f"  {row[0]:{name}}  {row[1]:>{before}}  {row[2]:>{after}}"


def _rules(page: Page, what_if: WhatIf) -> Iterator[str]:
    """List the rules that started, stopped, or changed."""
    for kind in ("started", "stopped", "changed"):
        changes = [change for change in what_if.rules if change.kind == kind]
        if changes:
            yield page.style(f"Rules that {kind}", "heading")
        for change in changes:
            because = page.consultation.rules[change.rule].because
            yield from page.wrapped(f"{change.rule}{_degrees(page, change)}{because and f': {because}'}", 2)


def _degrees(page: Page, change: RuleChange) -> str:
    """Say to which degrees a rule held that only changed."""
    if change.kind != "changed":
        return ""
    numbers = Numbers([change.before, change.after], page.knowledge_base.threshold)
    return f" (degree {numbers.write(change.before)}, now {numbers.write(change.after)})"
