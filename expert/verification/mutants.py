"""Mutants: the knowledge base with one small change in one rule, such as a mistake would make."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Model
from expert.knowledge.problems import Place
from expert.knowledge.rules import AllOf, AnyOf, AtLeastOf, Compare, Premise, Rule, Test, negate
from expert.knowledge.strata import RuleCycleError

KINDS = ("dropped", "sign", "negated", "bound")

NEVER = AnyOf(())
"""The premise of a rule that is dropped."""


@dataclass(frozen=True)
class Mutant:
    """One rule, changed in one place.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    rule : str
        The rule's name.
    place : Place
        Where the rule is written.
    change : str
        What was changed, in words.
    changed : Rule
        What the rule has become.
    """

    kind: str
    rule: str
    place: Place
    change: str
    changed: Rule

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {"kind": self.kind, "rule": self.rule, "where": str(self.place), "change": self.change}

    def of(self, knowledge_base: Model) -> Model | None:
        """Change the rule in its knowledge base; None where rules would then depend on one another in a cycle."""
        rules = list(knowledge_base.rules)
        rules[knowledge_base.positions[self.rule]] = self.changed
        variant = replace(knowledge_base, rules=tuple(rules))
        try:
            _ = variant.strata
        except RuleCycleError:
            return None
        return variant


def dropped(rule: Rule) -> Mutant:
    """Drop a rule: it never holds."""
    return _mutant("dropped", rule, "the rule is dropped", premise=NEVER)


def mutants(knowledge_base: Model) -> Iterator[Mutant]:
    """Change each rule in every way, one at a time, in the order of the file."""
    for rule in knowledge_base.rules:
        yield dropped(rule)
        yield from _with_a_sign_turned(rule)
        yield from _with_a_test_changed(rule, "negated", negate)
        for step in (-1, 1):
            yield from _with_a_test_changed(rule, "bound", partial(_moved, step))


def _mutant(kind: str, rule: Rule, change: str, **changes: Any) -> Mutant:
    return Mutant(kind, rule.name, rule.place, change, replace(rule, **changes))


def _with_a_sign_turned(rule: Rule) -> Iterator[Mutant]:
    """Turn the sign of each certainty."""
    for position, conclusion in enumerate(rule.conclusions):
        turned = conclusion._replace(certainty=-conclusion.certainty)
        conclusions = (*rule.conclusions[:position], turned, *rule.conclusions[position + 1 :])
        pair = f"{shown(conclusion.attribute)} = {shown(conclusion.value)}"
        change = f"{pair}: certainty {turned.certainty} instead of {conclusion.certainty}"
        yield _mutant("sign", rule, change, conclusions=conclusions)


def _with_a_test_changed(rule: Rule, kind: str, change: Callable[[Test], Premise | None]) -> Iterator[Mutant]:
    """Change each test of the premise, and of the exception, in the same way, where that is possible."""
    for part in ("premise", "unless"):
        whole: Premise | None = getattr(rule, part)
        for test, changed, variant in _changed(whole, change) if whole is not None else ():
            yield _mutant(kind, rule, f"'{shown(changed)}' instead of '{shown(test)}'", **{part: variant})


def _changed(premise: Premise, change: Callable[[Test], Premise | None]) -> Iterator[tuple[Test, Premise, Premise]]:
    """Change each test of a premise; give it, what it becomes, and the premise with that in its place."""
    if isinstance(premise, AllOf | AnyOf | AtLeastOf):
        parts = premise.premises
        for position, part in enumerate(parts):
            for test, changed, variant in _changed(part, change):
                yield test, changed, replace(premise, premises=(*parts[:position], variant, *parts[position + 1 :]))
        return
    other = change(premise)
    if other is not None:
        yield premise, other, other


def _moved(step: int, test: Test) -> Test | None:
    """Move a bound by one in the last decimal that it is written with; None where a test has none."""
    if not isinstance(test, Compare):
        return None
    bound = Decimal(repr(test.bound))
    exponent = int(bound.as_tuple().exponent)
    moved = bound + step * Decimal(1).scaleb(min(exponent, 0))
    return replace(test, bound=float(moved) if exponent < 0 else int(moved))
