"""A single consultation on experta: it concludes, and records what it takes to explain.

All that is known stands in one wide fact, ``Known``, of the stratum that is about to run. Each rule of the knowledge
base is one ``experta.Rule`` whose pattern asks that fact for the degree of its premise, and whose salience is its
stratum. When the rules of a stratum have fired, a closing rule weighs the new evidence and declares ``Known`` for the
next stratum. Evidence is collected by rule and summed in the order of the file, so that the order in which experta
fires rules of one stratum, which changes from process to process, changes nothing.

One wide fact was measured against one fact per attribute (see ``benchmarks/``): experta tests every fact against
every distinct pattern, so few facts are fast.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from expert.inference.certainty import certainty_factor, is_contradiction
from expert.inference.degrees import Certainties, Degree, degree_of, matched_facts
from expert.inference.experta_import import DefFacts, Fact, KnowledgeEngine, P, ReteMatcher, Rule
from expert.knowledge import model
from expert.knowledge.model import Model, Pair
from expert.knowledge.premises import Value


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
    """What the engine found.

    Parameters
    ----------
    certainties : mapping
        Attribute to value to certainty factor, for every pair with evidence.
    evidence : mapping of Pair to tuple of Evidence
        What each certainty factor was combined from, given facts first, then in the order of the rules.
    firings : tuple of Firing
        By stratum, then in the order of the rules.
    contradictions : tuple of Pair
        Pairs that are both certain and certainly not so.
    """

    certainties: Certainties
    evidence: dict[Pair, tuple[Evidence, ...]]
    firings: tuple[Firing, ...]
    contradictions: tuple[Pair, ...]


class Known(Fact):  # type: ignore[misc]
    """The wide fact: its ``stratum``, and all ``certainties`` that are known when it starts."""


class _Snapshot:
    """Certainties that experta can hash: as themselves."""

    def __init__(self, certainties: Certainties):
        self.certainties = certainties


class _Matcher(ReteMatcher):  # type: ignore[misc]
    """experta's own, spared two things that take most of its time and change nothing here.

    Rules of a single pattern have no normal form to be brought into, and a firing that changed no fact leaves the
    conflict set as it is.
    """

    @staticmethod
    def prepare_ruleset(engine: Any) -> set[Rule]:
        return set(engine.get_rules())

    def changes(self, adding: Any = None, deleting: Any = None) -> tuple[list[Any], list[Any]]:
        return super().changes(adding, deleting) if adding or deleting else ([], [])


class Engine(KnowledgeEngine):  # type: ignore[misc]
    """The rules of a knowledge base, ready to be consulted, one consultation at a time.

    Parameters
    ----------
    knowledge_base : Model
        Free of cycles.
    """

    __matcher__ = _Matcher

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._strata = knowledge_base.strata
        self._degrees = [degree_of(rule.premise) for rule in knowledge_base.rules]
        self._rules = [self._rule(index) for index in range(len(knowledge_base.rules))]
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
        """Run the rules on given facts.

        Parameters
        ----------
        given : sequence of Fact
            At most one for each pair.

        Returns
        -------
        Findings
            The same for any order of the facts.
        """
        self._firings: dict[int, Firing] = {}
        self._evidence: dict[Pair, dict[int, Evidence]] = {}
        self._certainties: dict[str, dict[Value, float]] = {}
        self._contradictions: set[Pair] = set()
        for fact in given:
            if fact.certainty != 0:
                pair = (fact.attribute, fact.value)
                self._evidence[pair] = {-1: Evidence(None, *pair, fact.certainty)}
        self._weigh(self._evidence)
        self.reset()
        self.run()
        return self._findings()

    def _rule(self, index: int) -> Rule:
        """Make the experta rule of one rule of the knowledge base."""
        threshold = self._model.threshold
        degree: Degree = self._degrees[index]
        stratum = self._strata[self._model.rules[index].name]

        def holds(snapshot: _Snapshot) -> bool:
            return degree(snapshot.certainties) > threshold

        def fire(engine: Engine) -> None:
            engine._fire(index, stratum)

        return Rule(Known(stratum=stratum, certainties=P(holds)), salience=-2 * stratum)(fire)

    def _closing_rule(self, stratum: int) -> Rule:
        """Make the rule that ends a stratum, after all its other rules have fired."""

        def close(engine: Engine) -> None:
            engine._close(stratum)

        return Rule(Known(stratum=stratum), salience=-2 * stratum - 1)(close)

    def _fire(self, index: int, stratum: int) -> None:
        """Record a firing and the evidence that it gives."""
        rule = self._model.rules[index]
        degree = self._degrees[index](self._certainties)
        gave = tuple(
            Evidence(rule.name, conclusion.attribute, conclusion.value, degree * conclusion.certainty)
            for conclusion in rule.conclusions
        )
        matched = dict.fromkeys(Matched(*fact) for fact in matched_facts(rule.premise, self._certainties))
        self._firings[index] = Firing(rule.name, stratum, degree, tuple(matched), gave)
        for evidence in gave:
            self._evidence.setdefault((evidence.attribute, evidence.value), {})[index] = evidence

    def _close(self, stratum: int) -> None:
        """Weigh the evidence that a stratum gave, and open the next."""
        fired = [firing for firing in self._firings.values() if firing.stratum == stratum]
        self._weigh({(evidence.attribute, evidence.value) for firing in fired for evidence in firing.gave})
        if stratum < self._last_stratum:
            self.declare(self._known(stratum + 1))

    def _known(self, stratum: int) -> Known:
        """Make the wide fact."""
        return Known(stratum=stratum, certainties=_Snapshot(self._certainties))

    def _initial_facts(self) -> Iterator[Known]:
        yield self._known(stratum=1)

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

        def order(pair: Pair) -> tuple[int, Any]:
            values = list(self._model.attributes[pair[0]].choices)
            return position[pair[0]], values.index(str(pair[1])) if values else pair[1]

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
