"""Why a candidate is not the answer, or a conclusion not drawn: what it lacked, and which tests failed in its rules."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

from expert.explanation.why import Ground, Reason, arithmetic, grounds_of, named_pair, reason_of
from expert.inference.certainty import rounded
from expert.inference.consultation import Consultation
from expert.inference.degrees import COMPARE, degree_of, matched_facts
from expert.inference.ranking import Candidate
from expert.knowledge.foreign_text import shown
from expert.knowledge.problems import InputError, Place, Problem
from expert.knowledge.rules import (
    AllOf,
    AnyOf,
    Compare,
    Conclusion,
    Is,
    IsNot,
    Known,
    Pair,
    Premise,
    Rule,
    Test,
    Value,
    negate,
    tests,
)

Kind: TypeAlias = Literal["contrary", "unknown", "weak"]


class Failure(NamedTuple):
    """A test that did not hold.

    Parameters
    ----------
    test : str
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
        The question that asks for the attribute, if nothing is known of it and it may be asked.
    derivable : bool
        Whether rules could have made it hold; then it is one of the aims of the explanation.
    attainable : bool
        Whether it can hold at all: rules could make it, or facts can be given about its attribute.
    """

    test: str
    kind: Kind
    degree: float
    short: float
    grounds: tuple[Ground, ...]
    question: str
    derivable: bool
    attainable: bool

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return self._asdict() | {"grounds": [ground._asdict() for ground in self.grounds]}


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
    needed : str
        What is missing of its premise: all parts that do not hold of ``all``, every part of an ``any``.
    failures : tuple of Failure
        The tests in that.
    """

    rule: str
    certainty: float
    because: str
    sources: tuple[str, ...]
    needed: str
    failures: tuple[Failure, ...]

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        failures = [failure.to_dict() for failure in self.failures]
        return self._asdict() | {"sources": list(self.sources), "failures": failures}


class Aim(NamedTuple):
    """What was to hold, and the rules that would have supported it but did not hold."""

    test: str
    missed: tuple[Missed, ...]

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return {"test": self.test, "missed": [missed.to_dict() for missed in self.missed]}


class WhyNot(NamedTuple):
    """Why a candidate is not the answer, or another conclusion was not drawn.

    Parameters
    ----------
    attribute : str
        The goal, or another attribute.
    value : Value
        The candidate, or the other attribute's value.
    certainty : float
        Its certainty factor.
    leaders : tuple of Value
        The candidates that lead; none where no candidate exceeds the threshold, or the attribute is not the goal.
    behind : float
        What it falls short of the leaders, or of the threshold where there are none; 0 for one of several leaders.
    supporting, opposing : tuple of Reason
        What spoke for it and against it, strongest first.
    arithmetic : tuple of str
        How its certainty factor came about.
    aims : tuple of Aim
        The conclusion with the rules that would have supported it; then each derivable test that failed in them, once.
    """

    attribute: str
    value: Value
    certainty: float
    leaders: tuple[Value, ...]
    behind: float
    supporting: tuple[Reason, ...]
    opposing: tuple[Reason, ...]
    arithmetic: tuple[str, ...]
    aims: tuple[Aim, ...]

    def __repr__(self) -> str:
        from expert.explanation.shown_certainties import number

        ahead = shown(", ".join(str(leader) for leader in self.leaders if leader != self.value) or "the threshold")
        standing = f"tied with {ahead}" if self.value in self.leaders else f"{number(self.behind)} behind {ahead}"
        return f"<WhyNot {shown(self.value)} {number(self.certainty)}, {standing}>"

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from expert.rendering.graph.notebook import why_not_html

        return why_not_html(self)

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain data."""
        return self._asdict() | {
            "leaders": list(self.leaders),
            "supporting": [reason.to_dict() for reason in self.supporting],
            "opposing": [reason.to_dict() for reason in self.opposing],
            "arithmetic": list(self.arithmetic),
            "aims": [aim.to_dict() for aim in self.aims],
        }


def why_not(consultation: Consultation, value: Value, attribute: str | None = None) -> WhyNot:
    """Explain why a candidate is not the answer, or another conclusion was not drawn."""
    base = consultation.knowledge_base
    attribute, value = pair = named_pair(consultation, value, attribute)
    certainty = consultation.certainties.get(attribute, {}).get(value, 0.0)
    leaders: tuple[Candidate, ...] = ()
    if attribute == base.goal:
        leaders = consultation.leaders
        holds = "is the recommendation; ask why it is, or why not another" * (value == consultation.recommendation)
    else:
        holds = "holds; ask why it does, or why not another" * (certainty > base.threshold)
    if holds:
        raise InputError([Problem(Place(base.name), f"{attribute} = {shown(value)} {holds}")])
    evidence = sorted(consultation.evidence.get(pair, ()), key=lambda piece: -abs(piece.strength))
    supporting, opposing = ([e for e in evidence if (e.strength > 0) is positive] for positive in (True, False))
    is_leader = any(leader.value == value for leader in leaders)
    mark = leaders[0].certainty if leaders else base.threshold
    return WhyNot(
        attribute,
        value,
        certainty,
        tuple(leader.value for leader in leaders),
        0.0 if is_leader else rounded(mark - certainty),
        tuple(reason_of(consultation, piece) for piece in supporting),
        tuple(reason_of(consultation, piece) for piece in opposing),
        arithmetic(piece.strength for piece in supporting + opposing),
        _Gaps(consultation).aims(Is(attribute, value)),
    )


def missed_rules(consultation: Consultation, pairs: Iterable[Pair] | None = None) -> tuple[Missed, ...]:
    """List rules that did not hold, each with the tests that failed."""
    gaps = _Gaps(consultation)
    if pairs is None:
        return gaps.all()
    by_rule: dict[str, Missed] = {}
    for attribute, value in pairs:
        for missed in (missed for aim in gaps.aims(Is(attribute, value)) for missed in aim.missed):
            by_rule.setdefault(missed.rule, missed)
    return tuple(by_rule[rule.name] for rule in consultation.knowledge_base.rules if rule.name in by_rule)


class _Gaps:
    """What is missing, in one consultation."""

    def __init__(self, consultation: Consultation):
        self._consultation = consultation
        self._model = consultation.knowledge_base
        self._known = consultation.certainties
        self._concluding: dict[str, list[tuple[Rule, Conclusion]]] = {}
        for rule in self._model.rules:
            for conclusion in rule.conclusions:
                self._concluding.setdefault(conclusion.attribute, []).append((rule, conclusion))

    def aims(self, test: Test) -> tuple[Aim, ...]:
        """Collect the rules that would have made a test hold, then those behind each of their tests that failed."""
        waiting = [test]
        aims: dict[Test, Aim] = {}
        while waiting:
            test = waiting.pop()
            if test in aims:
                continue
            unmet = {
                rule.name: (rule, certainty, premise)
                for rule, certainty in self._rules_for(test)
                if (premise := self._unmet(rule.premise)) is not None
            }
            missed = [self._missed(*each) for each in unmet.values()]
            aims[test] = Aim(str(test), tuple(sorted(missed, key=lambda each: -abs(each.certainty))))
            missing = [each for _, _, premise in unmet.values() for each in tests(premise)]
            waiting += [each for each in reversed(missing) if any(self._rules_for(each))]
        return tuple(aims.values())

    def all(self) -> tuple[Missed, ...]:
        """Collect all rules that did not hold, each with its first conclusion's certainty."""
        unmet = ((rule, self._unmet(rule.premise)) for rule in self._model.rules)
        return tuple(
            self._missed(rule, rule.conclusions[0].certainty, premise) for rule, premise in unmet if premise is not None
        )

    def _rules_for(self, test: Test) -> Iterator[tuple[Rule, float]]:
        """List the rules that can make a test hold, each with the certainty of the conclusion that would."""
        for rule, conclusion in self._concluding.get(test.attribute, ()):
            if _helps(conclusion, test):
                yield rule, conclusion.certainty

    def _unmet(self, premise: Premise) -> Premise | None:
        """Keep what is missing of a premise; None if it holds."""
        if degree_of(premise)(self._known) > self._model.threshold:
            return None
        if not isinstance(premise, AllOf | AnyOf):
            return premise
        parts = tuple(unmet for part in premise.premises if (unmet := self._unmet(part)) is not None)
        return parts[0] if len(parts) == 1 else type(premise)(parts)

    def _missed(self, rule: Rule, certainty: float, premise: Premise) -> Missed:
        """Describe a rule that did not hold because of what is missing of its premise."""
        failures = dict.fromkeys(map(self._failure, tests(premise)))
        sources = tuple(map(str, rule.citations))
        return Missed(rule.name, certainty, rule.because, sources, str(premise), tuple(failures))

    def _failure(self, test: Test) -> Failure:
        """Say in which way a test does not hold."""
        attribute = self._model.attributes[test.attribute]
        degree = degree_of(test)(self._known)
        short = rounded(self._model.threshold - degree)
        derivable = any(self._rules_for(test))
        is_askable = self._model.is_askable(attribute)
        attainable = derivable or is_askable
        if test.attribute not in self._known:
            question = attribute.question if is_askable else ""
            return Failure(str(test), "unknown", degree, short, (), question, derivable, attainable)
        kind: Kind = "weak" if degree > 0 else "contrary"
        shown: Premise = test if degree > 0 else negate(test)
        if degree_of(shown)(self._known) == 0:
            kind, shown = "unknown", Known(test.attribute)
        matched = [(attribute, value) for attribute, value, _ in matched_facts(shown, self._known)]
        grounds = tuple(grounds_of(self._consultation, matched))
        return Failure(str(test), kind, degree, short, grounds, "", derivable, attainable)


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
