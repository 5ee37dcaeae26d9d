"""Two knowledge bases on one case: both rankings, and the rules that make the difference."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal, NamedTuple, TypeAlias

from expert.inference.consultation import Consultation, consult, same_answer
from expert.inference.engine import Evidence
from expert.knowledge.model import Attribute, Fact, Model
from expert.knowledge.rules import Rule, Value
from expert.knowledge.strata import RuleCycleError
from expert.knowledge.variants import with_rules

Change: TypeAlias = Literal["retired", "absent", "changed", "not held"]
"""What became of a rule in the other knowledge base: it is retired or absent there, says otherwise, or did not hold."""


class Difference(NamedTuple):
    """A rule that held in one knowledge base, and not so in the other.

    Parameters
    ----------
    rule : Rule
        As it stands where it held.
    gave : tuple of Evidence
        What it gave.
    change : str
        What became of it in the other: ``retired``, ``absent``, ``changed`` or ``not held``.
    reason : str
        Why it is retired; empty for all else.
    """

    rule: Rule
    gave: tuple[Evidence, ...]
    change: Change
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        gave = [{"attribute": each.attribute, "value": each.value, "evidence": each.strength} for each in self.gave]
        data = {"rule": self.rule.name, "change": self.change, "gave": gave, "because": self.rule.because}
        data |= {"source": [str(citation) for citation in self.rule.citations]}
        return data | ({"reason": self.reason} if self.reason else {})


class Comparison(NamedTuple):
    """Two knowledge bases on one case.

    Parameters
    ----------
    one, other : Consultation
        The case by each.
    given : tuple of Fact
        The case.
    ignored_by_one, ignored_by_other : tuple of Fact
        Those of the given facts that each does not know.
    only_one : tuple of Difference
        Rules that held by the one, and not so by the other.
    only_other : tuple of Difference
        Rules that held by the other, and not so by the one.
    other_with_shared : Consultation
        The case by the other with no rules but those that the one has, too.
    other_with_both : Consultation or None
        The case by the other with the rules besides that the one alone has; None where these do not fit.
    """

    one: Consultation
    other: Consultation
    given: tuple[Fact, ...]
    ignored_by_one: tuple[Fact, ...]
    ignored_by_other: tuple[Fact, ...]
    only_one: tuple[Difference, ...]
    only_other: tuple[Difference, ...]
    other_with_shared: Consultation
    other_with_both: Consultation | None

    def __repr__(self) -> str:
        return f"<Comparison of {self.one!r} and {self.other!r}>"

    @property
    def same_answer(self) -> bool:
        """Whether both give the same answer."""
        return same_answer(self.one, self.other)

    def to_dict(self) -> dict[str, Any]:
        """Write it as ``expert compare --json`` does."""
        return {
            "format": "expert.comparison/1",
            "given": [fact.to_dict() for fact in self.given],
            "one": _side(self.one, self.ignored_by_one),
            "other": _side(self.other, self.ignored_by_other),
            "same_answer": self.same_answer,
            "only_one": [each.to_dict() for each in self.only_one],
            "only_other": [each.to_dict() for each in self.only_other],
        }


def compare(one: Model, other: Model, given: Iterable[Fact]) -> Comparison:
    """Consult two knowledge bases about one case, and tell which rules make the difference."""
    facts = tuple(given)
    taken, taken_by_other = (tuple(fact for fact in facts if takes(each, fact)) for each in (one, other))
    before, after = consult(one, taken, Consultation), consult(other, taken_by_other, Consultation)
    shared = tuple(rule for rule in other.rules if one.rules_by_name.get(rule.name) == rule)
    return Comparison(
        before,
        after,
        facts,
        tuple(fact for fact in facts if fact not in taken),
        tuple(fact for fact in facts if fact not in taken_by_other),
        tuple(_differences(before, after)),
        tuple(_differences(after, before)),
        consult(replace(other, rules=shared), taken_by_other, Consultation),
        _with_rules_of(one, other, taken_by_other),
    )


def _with_rules_of(one: Model, other: Model, facts: tuple[Fact, ...]) -> Consultation | None:
    """Consult a knowledge base with the rules besides that the one alone has; None where these do not fit."""
    rules = [rule for rule in one.rules if rule.name not in other.rules_by_name]
    if not all(_fits(rule, one, other) for rule in rules):
        return None
    try:
        return consult(with_rules(other, rules), facts, Consultation)
    except RuleCycleError:
        return None


def _fits(rule: Rule, one: Model, other: Model) -> bool:
    """Tell whether a rule of one knowledge base could stand in the other."""
    pairs = [(test.attribute, getattr(test, "value", None)) for test in rule.tests()]
    pairs += [(conclusion.attribute, conclusion.value) for conclusion in rule.conclusions]
    return all(_has(other, one.attributes[name], value) for name, value in pairs)


def _has(model: Model, attribute: Attribute, value: Value | None) -> bool:
    """Tell whether a knowledge base has an attribute of the same kind, with this choice if it has choices."""
    own = model.attributes.get(attribute.name)
    if own is None or own.kind != attribute.kind or bool(own.formula) != bool(attribute.formula):
        return False
    return value is None or not own.choices or value in own.choices


def takes(model: Model, fact: Fact) -> bool:
    """Tell whether a knowledge base takes a fact."""
    attribute = model.attributes.get(fact.attribute)
    if attribute is None or not model.is_askable(attribute):
        return False
    try:
        return attribute.read(str(fact.value)) == fact.value
    except ValueError:
        return False


def _differences(one: Consultation, other: Consultation) -> Iterator[Difference]:
    """List the rules that held by the one, and not so by the other."""
    retired = other.knowledge_base.why_retired
    for firing in one.rules_held:
        rule = one.rules[firing.rule]
        if rule.name in retired:
            yield Difference(rule, firing.gave, "retired", retired[rule.name])
        elif rule.name not in other.rules:
            yield Difference(rule, firing.gave, "absent")
        elif other.rules[rule.name] != rule:
            yield Difference(rule, firing.gave, "changed")
        elif rule.name not in other.held:
            yield Difference(rule, firing.gave, "not held")


def _side(consultation: Consultation, ignored: Iterable[Fact]) -> dict[str, Any]:
    """Write one of the two."""
    base = consultation.knowledge_base
    return {
        "knowledge_base": {"name": base.name, "version": base.version, "digest": base.digest},
        "outcome": consultation.outcome,
        "recommendation": consultation.recommendation,
        "ranking": [{"value": each.value, "certainty": each.certainty} for each in consultation.ranking],
        "ignored": [fact.attribute for fact in ignored],
    }
