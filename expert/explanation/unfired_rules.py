"""Rules that did not hold, and which of their tests failed."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

from expert.explanation.computations import Computation, computations
from expert.explanation.exceptions import Excepting, Exceptions
from expert.explanation.grounds import Ground, grounds_of
from expert.explanation.missing import Count, Missing
from expert.inference.certainty import rounded
from expert.inference.consultation import Consultation
from expert.inference.degrees import degree_of, matched_facts
from expert.knowledge.rules import (
    COMPARE,
    AllOf,
    Compare,
    Conclusion,
    Is,
    IsNot,
    Known,
    Lacking,
    Pair,
    Premise,
    Rule,
    Test,
    negate,
    tests,
)

Kind: TypeAlias = Literal["contrary", "unknown", "weak"]


class Failure(NamedTuple):
    """A test that did not hold.

    Parameters
    ----------
    test : Test
        The test.
    kind : {"contrary", "unknown", "weak"}
        It is known not to hold; it is not known whether it holds; or it holds, but not strongly enough.
    degree : float
        The degree to which it holds.
    short : float
        What the degree falls short of the threshold, which it would have to exceed.
    grounds : tuple of Ground
        What is known of its attribute: the facts that contradict it, or that are too weak.
    question : str
        The question that asks for the attribute, if no more than its default is known of it and it may be asked; for a
        computed number the questions that ask for what it is computed from.
    derivable : bool
        Whether rules could have made it hold; then it is one of the aims of the explanation.
    attainable : bool
        Whether it can hold at all: rules could make it, or facts can be given about its attribute.
    computed : tuple of Computation
        How the attribute was computed, or why it could not be, with all that it is computed from.
    """

    test: Test
    kind: Kind
    degree: float
    short: float
    grounds: tuple[Ground, ...]
    question: str
    derivable: bool
    attainable: bool
    computed: tuple[Computation, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data; of computing only where there is some."""
        data = self._asdict() | {"test": str(self.test), "grounds": [ground._asdict() for ground in self.grounds]}
        del data["computed"]
        return data | ({"computed": [each.to_dict() for each in self.computed]} if self.computed else {})


class Missed(NamedTuple):
    """A rule that would have helped, had it held.

    Parameters
    ----------
    rule : str
        Its name.
    certainty : float
        The evidence that it would have given, had it held with degree 1.
    because : str
        Its sentence.
    sources : tuple of str
        What it cites.
    needed : Premise or None
        What is missing of its premise: all parts that do not hold of ``all``, every part of an ``any``; None where that
        is nothing.
    failures : tuple of Failure
        The tests in that; none where exceptions alone keep the rule from holding.
    exceptions : tuple of Excepting
        The exceptions that keep the rule from holding.
    counts : tuple of Count
        How far groups are of which so many must hold.
    is_default : bool
        Whether it is the attribute's default, which no rule of the file gives.
    """

    rule: str
    certainty: float
    because: str
    sources: tuple[str, ...]
    needed: Premise | None
    failures: tuple[Failure, ...]
    exceptions: tuple[Excepting, ...] = ()
    counts: tuple[Count, ...] = ()
    is_default: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data; of exceptions, counts and defaults only where there are some."""
        keys = ("rule", "certainty", "because", "sources", "needed", "failures", "exceptions", "counts")
        data = {key: getattr(self, key) for key in keys} | {"needed": str(self.needed or "")}
        data |= {key: [each.to_dict() for each in data[key]] for key in ("failures", "exceptions", "counts")}
        data = {key: value for key, value in data.items() if value or key not in ("exceptions", "counts")}
        origin = {"rule": None, "origin": "default"} if self.is_default else {}
        return data | {"sources": list(self.sources)} | origin


class Aim(NamedTuple):
    """What was to hold, and the rules that would have supported it but did not hold.

    Where `is_other`, they are those that would have kept the attribute from its default by any other value.
    """

    test: Test
    missed: tuple[Missed, ...]
    is_other: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        said = f"{self.test.attribute} is not left to its default" if self.is_other else str(self.test)
        return {"test": said, "missed": [unfired.to_dict() for unfired in self.missed]}


def unfired_rules(consultation: Consultation, pairs: Iterable[Pair] | None = None) -> tuple[Missed, ...]:
    """List rules that did not hold, each with the tests that failed."""
    gaps = Gaps(consultation)
    if pairs is None:
        return gaps.all()
    by_rule: dict[str, Missed] = {}
    for attribute, value in pairs:
        for unfired in (unfired for aim in gaps.aims(Is(attribute, value)) for unfired in aim.missed):
            by_rule.setdefault(unfired.rule, unfired)
    return tuple(by_rule[rule.name] for rule in consultation.knowledge_base.rules if rule.name in by_rule)


class Gaps:
    """What is missing, in one consultation."""

    def __init__(self, consultation: Consultation):
        self._consultation = consultation
        self._model = consultation.knowledge_base
        self._known = consultation.certainties
        self._exceptions = consultation.once(Exceptions)
        self._missing = Missing(self._known, self._model.threshold)

    def aims(self, test: Test) -> tuple[Aim, ...]:
        """Collect the rules that would have made a test hold, then those behind each of their tests that failed."""
        waiting = [test]
        aims: dict[Test, Aim] = {}
        while waiting:
            test = waiting.pop()
            if test in aims:
                continue
            rules = dict(self._rules_for(test))
            unmet = {name: self._missing.of(self._model.rules_by_name[name].premise) for name in rules}
            unfired = [
                self._unfired(name, certainty, unmet[name])
                for name, certainty in rules.items()
                if name not in self._consultation.held
            ]
            aims[test] = Aim(test, tuple(sorted(unfired, key=lambda each: -abs(each.certainty))))
            missing = [each for premise in unmet.values() if premise is not None for each in tests(premise)]
            waiting += [each for each in self._behind(reversed(missing)) if any(self._rules_for(each))]
        return tuple(aims.values())

    def all(self) -> tuple[Missed, ...]:
        """Collect all written rules that did not hold, each with its first conclusion's certainty."""
        return tuple(self.of(rule) for rule in self._model.rules if rule.name not in self._consultation.held)

    def of(self, rule: Rule) -> Missed:
        """Describe a rule that did not hold, with its first conclusion's certainty."""
        return self._unfired(rule.name, rule.conclusions[0].certainty, self._missing.of(rule.premise))

    def failure(self, test: Test) -> Failure:
        """Say in which way a test does not hold."""
        attribute = self._model.attributes[test.attribute]
        degree = degree_of(test)(self._known)
        short = rounded(self._model.threshold - degree)
        derivable = any(self._rules_for(test))
        computed = tuple(computations(self._consultation, attribute.name)) if attribute.formula else ()
        asked = dict.fromkeys(each for each in self._sources(test.attribute) if self._is_open(each))
        question = " ".join(filter(None, (self._model.attributes[each].question for each in asked)))
        attainable = derivable or self._model.is_askable(attribute) or self._is_computable(attribute.name)
        if test.attribute not in self._known:
            return Failure(test, "unknown", degree, short, (), question, derivable, attainable, computed)
        kind, shown = self._kind_and_shown(test, degree)
        matched = [(attribute, value) for attribute, value, _ in matched_facts(shown, self._known)]
        grounds = tuple(dict.fromkeys(grounds_of(self._consultation, matched)))
        return Failure(test, kind, degree, short, grounds, question, derivable, attainable, computed)

    def _kind_and_shown(self, test: Test, degree: float) -> tuple[Kind, Premise]:
        """Tell how a test on a known attribute fails, and by which test that is shown."""
        if isinstance(test, Lacking):
            above = (value for value, cf in self._known[test.attribute].items() if cf > test.threshold)
            return "contrary", AllOf(tuple(Is(test.attribute, value) for value in above))
        shown: Premise = test if degree > 0 else negate(test)
        if degree_of(shown)(self._known) == 0:
            return "unknown", Known(test.attribute)
        return ("weak" if degree > 0 else "contrary"), shown

    def _sources(self, name: str) -> list[str]:
        """List an attribute, or what a computed number is computed from in the end."""
        if name not in self._model.formulas:
            return [name]
        inputs = self._model.computed_from[name]
        return [each for each in self._model.attributes if each in inputs and each not in self._model.formulas]

    def _is_open(self, name: str) -> bool:
        """Tell whether facts can be given of an attribute of which no more than its default is known."""
        attribute = self._model.attributes[name]
        return self._model.is_askable(attribute) and not self._consultation.is_known(name)

    def _is_computable(self, name: str) -> bool:
        """Tell whether anything that a number is computed from can be given or concluded."""
        sources = self._sources(name) if name in self._model.formulas else []
        return any(
            each in self._model.derived or self._model.is_askable(self._model.attributes[each]) for each in sources
        )

    def _behind(self, failed: Iterable[Test]) -> Iterator[Test]:
        """Give tests; in place of one of a computed number, that each number is known that it is computed from."""
        for test in failed:
            if test.attribute in self._model.formulas:
                unknown = (name for name in self._sources(test.attribute) if name not in self._known)
                yield from map(Known, unknown)
            else:
                yield test

    def _rules_for(self, test: Test) -> Iterator[tuple[str, float]]:
        """Name the rules that can make a test hold, each with the certainty of the conclusion that would."""
        for position in self._model.rules_concluding.get(test.attribute, ()):
            rule = self._model.all_rules[position]
            for conclusion in rule.conclusions:
                if conclusion.attribute == test.attribute and _helps(conclusion, test):
                    yield rule.name, conclusion.certainty

    def _unfired(self, name: str, certainty: float, missing: Premise | None) -> Missed:
        """Describe a rule that did not hold, because of what is missing of its premise, or of exceptions."""
        rule = self._model.rules_by_name[name]
        failures = () if missing is None else tuple(dict.fromkeys(map(self.failure, tests(missing))))
        return Missed(
            name,
            certainty,
            rule.because,
            tuple(map(str, rule.citations)),
            missing,
            failures,
            self._exceptions.bar(name),
            tuple(self._missing.counts(rule.premise)),
            rule.is_default,
        )


def _helps(conclusion: Conclusion, test: Test) -> bool:
    """Tell whether a conclusion is evidence that a test on its attribute holds."""
    _, value, certainty = conclusion
    match test:
        case Is():
            return value == test.value and certainty > 0
        case IsNot():
            return (certainty < 0) if value == test.value else (certainty > 0)
        case Compare():
            return COMPARE[test.operator](value, test.bound) and certainty > 0
    return isinstance(test, Known)
