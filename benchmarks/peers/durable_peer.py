"""durable_rules: a Rete engine in C, whose rules and actions are Python; 2.0.28 does not import on Python 3.13."""

from functools import reduce
from itertools import count
from operator import and_

from durable import engine
from durable.lang import m, pri, ruleset, when_all

from benchmarks.peers import Case, Decide
from benchmarks.peers.common import clauses, complete_after, weigh, winner
from expert.knowledge.model import Model

_numbers = count()
FIRST, LAST = 1, 2


class Host(engine.Host):
    """Holds the rules; without the two threads that look for timers, which would only take time from it."""

    def _run(self):
        pass


class Evidence:
    """What is known of the case in hand: certainties, and the evidence that they come from."""

    def __init__(self, given, session):
        self.known = {}
        self.doubts = ({}, {})
        self.fact = {**given, "sid": session, "stratum": 1}

    def add(self, pair, opposes, strength):
        """Combine a piece of evidence with what there is."""
        doubt = self.doubts[opposes]
        doubt[pair] = doubt.get(pair, 1.0) * (1.0 - strength)

    def weigh(self, pair, threshold):
        """Weigh all evidence for a pair; put it in the fact where it is strong enough to be read."""
        support, opposition = self.doubts
        self.known[pair] = weigh(support.get(pair, 1.0), opposition.get(pair, 1.0))
        if self.known[pair] > threshold:
            self.fact[_field(pair)] = 1


def durable(model: Model) -> Decide:
    """Measure durable_rules with one wide fact a stratum, each case in a session of its own, dropped afterwards.

    In the engine: matching, and chaining by rules of lower priority that close a stratum and assert the fact of the
    next. In Python actions, since its expressions compute no more than a test: the certainties. Facts are not posted in
    batches: the engine then runs the last session alone, and leaves the others to be fetched one by one.
    """
    name = f"workload{next(_numbers)}"
    host, current = Host(), {}
    host.register_rulesets({name: _rules(model, current)})

    def decide_one(given: Case) -> str | None:
        session = str(next(_numbers))
        evidence = current["evidence"] = Evidence(given, session)
        host.assert_fact(name, evidence.fact)
        host.delete_state(name, session)
        return winner({value: evidence.known[model.goal, value] for value in model.candidates}, model.threshold)

    return lambda cases: [decide_one(case) for case in cases]


def _rules(model, current):
    """Define the rules; their actions work on the current evidence."""
    complete, rules = complete_after(model), ruleset("workload")
    last = max(complete.values())
    with rules:
        for clause in clauses(model):
            conditions = [getattr(m, attribute) == value for attribute, value in clause.asked]
            conditions += [getattr(m, _field(pair)) == 1 for pair in clause.derived]
            premise = reduce(and_, conditions, m.stratum == clause.stratum)
            when_all(pri(FIRST), premise)(_action(clause, current))
        for stratum in range(1, last + 1):
            pairs = [pair for pair, at in complete.items() if at == stratum or at < stratum == last]
            close = _closing(stratum, last, pairs, model.threshold, current)
            when_all(pri(LAST), m.stratum == stratum)(close)
    return rules.define()[1]


def _action(clause, current):
    """Make the action of a rule."""
    opposes, size = clause.certainty < 0, abs(clause.certainty)

    def act(_):
        evidence = current["evidence"]
        degree = min((evidence.known[pair] for pair in clause.derived), default=1.0)
        evidence.add(clause.pair, opposes, degree * size)

    return act


def _closing(stratum, last, pairs, threshold, current):
    """Make the action that ends a stratum."""

    def close(session):
        evidence = current["evidence"]
        for pair in pairs:
            evidence.weigh(pair, threshold)
        if stratum < last:
            evidence.fact["stratum"] = stratum + 1
            session.assert_fact(evidence.fact)

    return close


def _field(pair):
    """Name the field that tells that a pair holds."""
    return f"{pair[0]}_{pair[1]}"
