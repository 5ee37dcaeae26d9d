"""A single consultation on experta: it concludes, and records what it takes to explain.

All that is known stands in one wide fact, ``Known``, of the stratum that is about to run. Each rule of the knowledge
base is one ``experta.Rule`` whose pattern asks that fact for the degree of its premise, and whose salience is its
stratum. When the rules of a stratum have fired, a closing rule weighs the new evidence and declares ``Known`` for the
next stratum. Evidence is collected by rule and summed in the order of the file, so that the order in which experta
fires rules of one stratum, which changes from process to process, changes nothing.

One wide fact was measured against one fact per attribute (see ``benchmarks/``): experta tests every fact against
every distinct pattern, so few facts are fast.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from expert.inference.certainty import certainty_factor, is_contradiction
from expert.inference.computed import compute
from expert.inference.degrees import Certainties, RuleDegrees, matched_facts
from expert.inference.experta_import import (
    ConflictSetNode,
    DefFacts,
    DepthStrategy,
    Fact,
    FeatureTesterNode,
    KnowledgeEngine,
    OneInputNode,
    P,
    ReteMatcher,
    Rule,
    Token,
)
from expert.knowledge import model
from expert.knowledge.model import Model
from expert.knowledge.rules import Pair, Value


class Matched(NamedTuple):
    """A fact that a rule matched; its value is None where the rule only asks whether anything is known."""

    attribute: str
    value: Value | None
    certainty: float


class Evidence(NamedTuple):
    """What one rule says of one pair: degree × certainty, in [-1, 1]. A given fact has no rule."""

    rule: str | None
    attribute: str
    value: Value
    strength: float


class Firing(NamedTuple):
    """A rule that held: to which degree, on which facts, and the evidence that it gave."""

    rule: str
    stratum: int
    degree: float
    matched: tuple[Matched, ...]
    gave: tuple[Evidence, ...]


class Findings(NamedTuple):
    """What the engine found, in the order of the file; firings by stratum, and evidence with given facts first."""

    certainties: Certainties
    evidence: dict[Pair, tuple[Evidence, ...]]
    firings: tuple[Firing, ...]
    contradictions: tuple[Pair, ...]


class Known(Fact):  # type: ignore[misc]
    """The wide fact: a ``stratum``, and the ``degrees`` of its rules, by what is known when it starts."""


class _Snapshot:
    """The degrees of a stratum's rules, which experta can hash: as themselves."""

    def __init__(self, degrees: Mapping[int, float]):
        self.degrees = degrees


class _Network(ReteMatcher):  # type: ignore[misc]
    """experta's network, laid out for the rules there are here: a branch for each stratum, in it a path for each rule.

    A fact enters the branch of its own stratum alone. In experta's own layout, each fact is tested against all strata,
    and all rules are asked after each firing whether they have become active, so the work of a chain grows with the
    square of its length; and every predicate that a process has ever met stays in a cache.
    """

    def build_network(self) -> None:
        """Lead from each stratum to the rules, through the tests of their premises."""
        self._branches: dict[int, list[tuple[OneInputNode, ConflictSetNode]]] = {}
        for rule in self.engine.get_rules():
            (pattern,) = rule
            end = entrance = ConflictSetNode(rule)
            if "degrees" in pattern:
                entrance = FeatureTesterNode(partial(_matches, pattern["degrees"].match))
                entrance.add_child(end, end.activate)
            self._branches.setdefault(pattern["stratum"], []).append((entrance, end))

    def reset(self) -> None:
        """Forget the facts."""
        for branch in self._branches.values():
            for entrance, _ in branch:
                entrance.reset()

    def changes(self, adding: Iterable[Known] = (), deleting: Iterable[Known] = ()) -> tuple[list[Any], list[Any]]:  # noqa: ARG002
        """Take in new facts, and give the activations that follow; no fact is ever taken back."""
        activations = []
        for fact in adding:
            token = Token.valid(fact)
            for entrance, end in self._branches.get(fact["stratum"], ()):
                entrance.activate(token)
                activations += end.get_activations()[0]
        return activations, []


class _Strategy(DepthStrategy):  # type: ignore[misc]
    """experta's, by salience alone, and without its cache, which the whole process shares."""

    def get_key(self, activation: Any) -> int:
        """Rank an activation."""
        return int(activation.rule.salience)


def _matches(holds: Callable[[_Snapshot], bool], fact: Known) -> bool:
    """Test a fact as a rule's pattern does."""
    return holds(fact["degrees"])


class Engine(KnowledgeEngine):  # type: ignore[misc]
    """The rules of a knowledge base, ready to be consulted, one consultation at a time."""

    __matcher__ = _Network
    __strategy__ = _Strategy

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._strata = knowledge_base.strata
        self._rule_degrees = knowledge_base.once(RuleDegrees)
        self._rules = [self._rule(index) for index in range(len(knowledge_base.all_rules))]
        self._last_stratum = max(self._strata.values(), default=0)
        self._rules += [self._closing_rule(stratum + 1) for stratum in range(self._last_stratum)]
        self._initial = DefFacts()(self._initial_facts)
        super().__init__()

    def get_rules(self) -> list[Rule]:
        """Give experta the rules, which are data here, not methods."""
        return self._rules

    def get_deffacts(self) -> list[DefFacts]:
        """Give experta the facts to start from."""
        return [self._initial]

    def find(self, given: Sequence[model.Fact]) -> Findings:
        """Run the rules on given facts."""
        self._firings: dict[int, Firing] = {}
        self._evidence: dict[Pair, dict[int, Evidence]] = {}
        self._certainties: dict[str, dict[Value, float]] = {}
        self._contradictions: set[Pair] = set()
        self._covered: dict[int, float] = {}
        for fact in given:
            if fact.certainty != 0:
                pair = (fact.attribute, fact.value)
                self._evidence[pair] = {-1: Evidence(None, *pair, fact.certainty)}
        self._weigh(self._evidence)
        self._compute(after=0)
        self._new: set[Pair] = set()
        self.reset()
        self.run()
        return self._findings()

    def _rule(self, index: int) -> Rule:
        """Make the experta rule of one rule of the knowledge base."""
        threshold = self._model.threshold
        stratum = self._strata[self._model.all_rules[index].name]

        def holds(snapshot: _Snapshot) -> bool:
            return snapshot.degrees[index] > threshold

        def fire(engine: Engine) -> None:
            engine._fire(index, stratum)

        return Rule(Known(stratum=stratum, degrees=P(holds)), salience=-2 * stratum)(fire)

    def _closing_rule(self, stratum: int) -> Rule:
        """Make the rule that ends a stratum, after all its other rules have fired."""

        def close(engine: Engine) -> None:
            engine._close(stratum)

        return Rule(Known(stratum=stratum), salience=-2 * stratum - 1)(close)

    def _fire(self, index: int, stratum: int) -> None:
        """Record a firing and the evidence that it gives."""
        rule = self._model.all_rules[index]
        degree = self._degrees[index]
        gave = tuple(
            Evidence(rule.name, conclusion.attribute, conclusion.value, degree * conclusion.certainty)
            for conclusion in rule.conclusions
        )
        matched = dict.fromkeys(Matched(*fact) for fact in matched_facts(rule.premise, self._certainties))
        self._firings[index] = Firing(rule.name, stratum, degree, tuple(matched), gave)
        for evidence in gave:
            pair = (evidence.attribute, evidence.value)
            self._evidence.setdefault(pair, {})[index] = evidence
            self._new.add(pair)

    def _close(self, stratum: int) -> None:
        """Weigh the evidence that a stratum gave, and open the next."""
        self._weigh(self._new)
        self._compute(after=stratum)
        self._new = set()
        if stratum < self._last_stratum:
            self.declare(self._known(stratum + 1))

    def _known(self, stratum: int) -> Known:
        """Make the wide fact."""
        rules = self._model.rules_by_stratum[stratum - 1] if stratum <= self._last_stratum else ()
        self._degrees = {index: self._rule_degrees.of(index, self._certainties, self._covered) for index in rules}
        return Known(stratum=stratum, degrees=_Snapshot(self._degrees))

    def _initial_facts(self) -> Iterator[Known]:
        yield self._known(stratum=1)

    def _compute(self, after: int) -> None:
        """Compute the numbers whose inputs are known once a stratum has run."""
        for name in self._model.computed.get(after, ()):
            found = compute(self._model.formulas[name], self._certainties)
            if found:
                pair = (name, found.value)
                self._evidence[pair] = {-1: Evidence(None, *pair, found.certainty)}
                self._weigh([pair])

    def _weigh(self, pairs: Any) -> None:
        """Combine all evidence for these pairs, in the order of the rules."""
        for pair in pairs:
            pieces = self._evidence[pair]
            strengths = [pieces[index].strength for index in sorted(pieces)]
            attribute, value = pair
            self._certainties.setdefault(attribute, {})[value] = certainty_factor(strengths)
            if is_contradiction(strengths):
                self._contradictions.add(pair)

    def _findings(self) -> Findings:
        """Put everything in an order that does not depend on how the engine went."""
        position = {name: index for index, name in enumerate(self._model.attributes)}
        places = {
            name: {value: index for index, value in enumerate(self._model.attributes[name].choices)}
            for name in self._certainties
        }

        def order(pair: Pair) -> tuple[int, Any]:
            attribute, value = pair
            return position[attribute], places[attribute].get(str(value), value)

        pairs = sorted(self._evidence, key=order)
        certainties: dict[str, dict[Value, float]] = {}
        for attribute, value in pairs:
            certainties.setdefault(attribute, {})[value] = self._certainties[attribute][value]
        firings = [self._firings[index] for index in sorted(self._firings)]
        return Findings(
            certainties=certainties,
            evidence={pair: tuple(self._evidence[pair][i] for i in sorted(self._evidence[pair])) for pair in pairs},
            firings=tuple(sorted(firings, key=lambda firing: firing.stratum)),
            contradictions=tuple(pair for pair in pairs if pair in self._contradictions),
        )
