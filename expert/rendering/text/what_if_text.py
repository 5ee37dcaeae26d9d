"""What-if comparisons as text for a terminal."""

from collections.abc import Iterator

from expert.analysis.what_if import RuleChange, WhatIf
from expert.explanation.shown_certainties import Numbers
from expert.rendering.headline import found_text, label, what_if_headline
from expert.rendering.text.text_page import TextPage, paragraphs


def what_if_text(page: TextPage, what_if: WhatIf) -> str:
    """Write two results side by side, and the rules that make the difference."""
    return paragraphs(
        [_headline(page, what_if), _side_by_side(page, what_if), _found(page, what_if), _rules(page, what_if)]
    )


def _headline(page: TextPage, what_if: WhatIf) -> Iterator[str]:
    """Say which facts change, and what becomes of the answer."""
    changes, becomes, answer = what_if_headline(what_if)
    for change in changes:
        yield from page.hanging(change, 0)
    *lines, last = page.wrapped(f"{becomes} {answer}.", 0)
    before, found, after = last.rpartition(answer)
    yield from (*lines, before + page.style(found, "answer") + after)


def _side_by_side(page: TextPage, what_if: WhatIf) -> Iterator[str]:
    """Set the rankings side by side."""
    certainties = (certainty for each in what_if.ranking for certainty in (each.before, each.after))
    numbers = Numbers(certainties, page.knowledge_base.threshold)
    rows = [
        (label(page.consultation, each.value), numbers.write(each.before, "+"), numbers.write(each.after, "+"))
        for each in what_if.ranking
    ]
    name, before, after = (max(map(len, column)) for column in zip(*rows, ("", "before", " after"), strict=True))
    yield page.style(f"  {'':{name}}  {'before':>{before}}  {'after':>{after}}", "faint")
    for row in rows:
        yield f"  {row[0]:{name}}  {row[1]:>{before}}  {row[2]:>{after}}"


def _found(page: TextPage, what_if: WhatIf) -> Iterator[str]:
    """List the computed numbers and the defaults that differ."""
    if what_if.found:
        yield page.style("Computed, or by default", "heading")
    for change in what_if.found:
        before, after = (found_text(change.attribute, value, each) for value, each in
                         ((change.before, what_if.before), (change.after, what_if.after)))  # fmt: skip
        words = page.knowledge_base.attributes[change.attribute].words
        yield from page.wrapped(f"{words}: {before}, now {after}", 2)


def _rules(page: TextPage, what_if: WhatIf) -> Iterator[str]:
    """List the rules that started, stopped, or changed."""
    for kind in ("started", "stopped", "changed"):
        changes = [change for change in what_if.rules if change.kind == kind]
        if changes:
            yield page.style(f"Rules that {kind}", "heading")
        for change in changes:
            because = page.consultation.rules[change.rule].because
            yield from page.wrapped(f"{change.rule}{_degrees(page, change)}{because and f': {because}'}", 2)


def _degrees(page: TextPage, change: RuleChange) -> str:
    """Say to which degrees a rule held that only changed."""
    if change.kind != "changed":
        return ""
    numbers = Numbers([change.before, change.after], page.knowledge_base.threshold)
    return f" (degree {numbers.write(change.before)}, now {numbers.write(change.after)})"
