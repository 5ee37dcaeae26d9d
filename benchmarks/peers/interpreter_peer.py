"""A dictionary interpreter in plain Python: rules as tuples, a dictionary in, the winner out."""

from benchmarks.peers import Case, Decide
from benchmarks.peers.common import clauses, complete_after, weigh, winner
from expert.knowledge.model import Model
from expert.knowledge.rules import Pair


def interpreter(model: Model) -> Decide:
    """Measure what the rules cost without any engine: a loop over tuples, stratum after stratum.

    Everything is plain Python, certainties included, written out where a call would cost more than the work. (An
    index of the rules by their first test was tried: no faster at 10 and 100 rules, 1.5 times at 1,000.)
    """
    strata, threshold = _strata(model), model.threshold
    candidates = [(model.goal, value) for value in model.candidates]

    def decide_one(given: Case) -> str | None:
        known: dict[Pair, float] = {}
        doubts: tuple[dict[Pair, float], dict[Pair, float]] = ({}, {})
        support, opposition = doubts
        get = known.get
        for rules, completed in strata:
            for asked, derived, opposes, size, pair in rules:
                for attribute, value in asked:
                    if given[attribute] != value:
                        break
                else:
                    degree = 1.0
                    for read in derived:
                        strength = get(read, 0.0)
                        if strength <= threshold:
                            break
                        if strength < degree:
                            degree = strength
                    else:
                        doubt = doubts[opposes]
                        doubt[pair] = doubt.get(pair, 1.0) * (1.0 - degree * size)
            for pair in completed:
                if pair in opposition:
                    known[pair] = weigh(support.get(pair, 1.0), opposition[pair])
                elif pair in support:
                    known[pair] = 1.0 - support[pair]
        return winner({pair[1]: known.get(pair, 0.0) for pair in candidates}, threshold)

    return lambda cases: [decide_one(case) for case in cases]


def _strata(model: Model):
    """Give for each stratum its rules, and the pairs of which all evidence is then in."""
    complete, rules = complete_after(model), clauses(model)
    return [
        (
            [
                (rule.asked, rule.derived, rule.certainty < 0, abs(rule.certainty), rule.pair)
                for rule in rules
                if rule.stratum == stratum
            ],
            [pair for pair, last in complete.items() if last == stratum],
        )
        for stratum in range(1, max(complete.values()) + 1)
    ]
