"""What is said of a decision that was made again: what became of it, and of the rules behind it."""

from collections.abc import Iterator, Sequence
from datetime import date

from expert.explanation.shown_certainties import Numbers, number
from expert.knowledge.foreign_text import visible
from expert.records.decision import RecordedEvidence
from expert.records.recheck import Due, Recheck, RuleChange
from expert.rendering.evidence import called, cited
from expert.rendering.headline import answer_of, label
from expert.rendering.records.decision_words import answer_then
from expert.rendering.records.markdown import clause, escaped


def verdict(recheck: Recheck) -> str:
    """Say what became of a decision, in a few words."""
    then, now = visible(answer_then(recheck.decision)), answer_of(recheck.today)
    if recheck.verdict == "recommendation changed":
        return f"recommendation changed from {then} to {now}"
    if recheck.verdict == "unchanged":
        return f"unchanged, {then}"
    before = {option.value: option.certainty for option in recheck.decision.ranking}
    after = {str(each.value): each.certainty for each in recheck.today.ranking}
    numbers = Numbers((*before.values(), *after.values()), recheck.decision.threshold)
    moved = [name for name in after if name in before and numbers.write(before[name]) != numbers.write(after[name])]
    named = {str(each.value): label(recheck.today, each.value) for each in recheck.today.ranking}
    moves = [f"{named[name]} {numbers.write(before[name])} → {numbers.write(after[name])}" for name in moved]
    return f"certainty changed, still {then}" + (f" ({', '.join(moves)})" if moves else "")


def bases(recheck: Recheck) -> str:
    """Name the knowledge base of then, and that of today where it is another."""
    then, now = recheck.decision.knowledge_base, recheck.today.knowledge_base
    before = f"{then.name} {then.version}"
    if then.digest == now.digest:
        return visible(before)
    after = f"{now.name} {now.version}" if (then.name, then.version) != (now.name, now.version) else "changed since"
    return visible(f"{before} → {after}")


def fate(recheck: Recheck, change: RuleChange) -> str:
    """Say what became of a rule."""
    return {
        "retired": f"retired: {change.reason}",
        "absent": "is not there any more",
        "changed": f"says otherwise today: {_evidence(recheck, change.now) or 'it does not hold'}",
        "not held": "does not hold any more",
        "new": "holds today, and did not then",
    }[change.change]


def said(recheck: Recheck, change: RuleChange) -> str:
    """Write what a rule gave, and what it says."""
    evidence = _evidence(recheck, change.before or change.now)
    return cited(f"{evidence}: {change.because}" if change.because else evidence, change.sources)


def _evidence(recheck: Recheck, gave: Sequence[RecordedEvidence]) -> str:
    """Write what a rule gave: of a candidate its label, that of today where it was none then."""
    goal, then = recheck.decision.goal, {each.value: each.label for each in recheck.decision.ranking}
    named = (
        then.get(each.value) or label(recheck.today, each.value)
        if each.attribute == goal
        else _fact(recheck, each.attribute, each.value)
        for each in gave
    )
    return ", ".join(f"{number(each.evidence, '+')} {name}" for each, name in zip(gave, named, strict=True))


def _fact(recheck: Recheck, name: str, value: str) -> str:
    """Write a fact in the words of today, or of then where it is not there any more."""
    today, then = recheck.today.knowledge_base.attributes.get(name), recheck.decision
    if today is None:
        return f"{then.words(name)}: {then.value_words(name, value)}"
    return f"{today.words}: {today.choices.get(value, value)}"


def overdue(found: Due) -> str:
    """Say which days have passed."""
    base = found.decision.knowledge_base.name
    parts = (
        f"was to be reviewed on {found.review}" if found.review else "",
        f"its knowledge base {base} was to be reviewed by {found.review_by}" if found.review_by else "",
    )
    return visible("; ".join(filter(None, parts)))


def confirmed(recheck: Recheck, on: date) -> Iterator[str]:
    """Say in an ADR that a decision was made again, and stands."""
    base = recheck.today.knowledge_base
    yield f"On {on}, it was made again under {escaped(base.name)} {escaped(base.version)}, and nothing has changed."


def replaced(recheck: Recheck) -> Iterator[str]:
    """Say in an ADR which decision it replaces, and which rules made the difference."""
    then = recheck.decision
    base = f"{escaped(then.knowledge_base.name)} {escaped(then.knowledge_base.version)}"
    same = "came to the same answer with other certainties" if recheck.verdict == "certainty changed" else ""
    other = same or f"came to another: {clause(answer_then(then))}"
    rules = " These rules make the difference:" if recheck.rules else ""
    yield f"This record replaces that of {then.date}, which by {base} {other}.{rules}"
    if recheck.rules:
        yield "\n".join(f"* {_changed(recheck, change)}" for change in recheck.rules)


def _changed(recheck: Recheck, change: RuleChange) -> str:
    """Write what became of a rule as a sentence."""
    quoted = f' ("{clause(change.because)}")' if change.because else ""
    became = f"is {fate(recheck, change)}" if change.change == "retired" else fate(recheck, change)
    return f"The {escaped(called(change.rule))}{quoted} {clause(became)}."
