"""Two knowledge bases on one case: both rankings, and the rules that make the difference."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal, NamedTuple, TypeAlias

from expert.inference.consultation import Consultation, consult
from expert.inference.engine import Evidence
from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import Rule, Value
from expert.knowledge.strata import RuleCycleError

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
    lost : tuple of Difference
        Rules that held by the one, and not so by the other.
    gained : tuple of Difference
        Rules that held by the other, and not so by the one.
    not_carried : tuple of Fact
        Given facts that the other does not know.
    without_gained : Consultation
        The case by the other with no rules but those that the one has too.
    with_lost : Consultation or None
        The case by the other with the rules besides that it took away; None where these do not fit.
    """

    one: Consultation
    other: Consultation
    lost: tuple[Difference, ...]
    gained: tuple[Difference, ...]
    not_carried: tuple[Fact, ...]
    without_gained: Consultation
    with_lost: Consultation | None

    def __repr__(self) -> str:
        return f"<Comparison of {self.one!r} and {self.other!r}>"

    @property
    def same_answer(self) -> bool:
        """Whether both give the same answer."""
        return _answer(self.one) == _answer(self.other)

    def to_dict(self) -> dict[str, Any]:
        """Write it as ``expert compare --json`` does."""
        return {
            "format": "expert.comparison/1",
            "one": _side(self.one),
            "other": _side(self.other),
            "given": [fact.to_dict() for fact in self.one.given],
            "same_answer": self.same_answer,
            "lost": [each.to_dict() for each in self.lost],
            "gained": [each.to_dict() for each in self.gained],
            "not_carried": [fact.to_dict() for fact in self.not_carried],
        }


def compare(one: Model, other: Model, given: Iterable[Fact]) -> Comparison:
    """Consult two knowledge bases about one case, and tell which rules make the difference."""
    facts = tuple(given)
    carried = tuple(fact for fact in facts if admits(other, fact))
    before, after = consult(one, facts, Consultation), consult(other, carried, Consultation)
    kept = tuple(rule for rule in other.rules if _is_same(one, rule))
    return Comparison(
        before,
        after,
        tuple(_differences(before, after)),
        tuple(_differences(after, before)),
        tuple(fact for fact in facts if fact not in carried),
        consult(replace(other, rules=kept), carried, Consultation),
        _with_rules_of(one, other, carried),
    )


def _with_rules_of(one: Model, other: Model, facts: tuple[Fact, ...]) -> Consultation | None:
    """Consult a knowledge base with the rules besides that the one has and it has not; None where they do not fit."""
    rules = [rule for rule in one.rules if rule.name not in other.rules_by_name]
    if not all(_fits(other, rule) for rule in rules):
        return None
    try:
        return consult(replace(other, rules=(*other.rules, *rules)), facts, Consultation)
    except RuleCycleError:
        return None


def admits(model: Model, fact: Fact) -> bool:
    """Tell whether a knowledge base takes a fact."""
    attribute = model.attributes.get(fact.attribute)
    if attribute is None or not model.is_askable(attribute):
        return False
    try:
        return attribute.read(str(fact.value)) == fact.value
    except ValueError:
        return False


def _is_same(model: Model, rule: Rule) -> bool:
    """Tell whether a knowledge base has a rule as it is."""
    return model.rules_by_name.get(rule.name) == rule


def _fits(model: Model, rule: Rule) -> bool:
    """Tell whether a rule of another knowledge base could stand in this one."""
    pairs = [(test.attribute, getattr(test, "value", None)) for test in rule.tests()]
    pairs += [(conclusion.attribute, conclusion.value) for conclusion in rule.conclusions]
    return all(_has(model, name, value) for name, value in pairs)


def _has(model: Model, name: str, value: Value | None) -> bool:
    """Tell whether a knowledge base has an attribute, with this choice if that is one."""
    attribute = model.attributes.get(name)
    return attribute is not None and (value is None or not attribute.choices or value in attribute.choices)


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


def _answer(consultation: Consultation) -> tuple[Any, ...]:
    """Give what is the answer: of a tie, all leaders."""
    return consultation.outcome, consultation.recommendation, *(leader.value for leader in consultation.leaders)


def _side(consultation: Consultation) -> dict[str, Any]:
    """Write one of the two."""
    base = consultation.knowledge_base
    return {
        "knowledge_base": {"name": base.name, "version": base.version, "digest": base.digest},
        "outcome": consultation.outcome,
        "recommendation": consultation.recommendation,
        "ranking": [{"value": each.value, "certainty": each.certainty} for each in consultation.ranking],
    }
