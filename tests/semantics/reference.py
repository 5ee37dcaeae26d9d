"""The semantics (DESIGN, 1 to 7) once more, written as plainly as possible, for the engine to be compared with.

It reads the file's own format as nested dicts and lists, calculates in exact fractions, and has neither strata nor an
engine: a certainty factor is worked out when something asks for it, from the rules that conclude its pair.
"""

from fractions import Fraction
from functools import cache, reduce
from operator import ge, gt, le, lt

TIE = Fraction(1, 10**9)
COMPARE = {"at_least": ge, "less_than": lt, "at_most": le, "more_than": gt}
OPPOSITE = {"at_least": "less_than", "less_than": "at_least", "at_most": "more_than", "more_than": "at_most"}


def consult(knowledge_base, given):
    """Give cf by pair, degree by rule, contradictions, outcome, leaders, recommendation, and how close the call was."""
    attributes, threshold = knowledge_base["attributes"], exact(knowledge_base.get("threshold", 0.2))
    levels = knowledge_base.get("certainties", {})
    facts = {name: fact if isinstance(fact, dict) else {"value": fact} for name, fact in given.items()}
    facts = {name: (key(fact["value"]), exact(fact.get("certainty", 1))) for name, fact in facts.items()}
    conclusions = {name: conclusions_of(rule, levels) for name, rule in knowledge_base["rules"].items()}
    pairs = [(name, value) for name, (value, certainty) in facts.items() if certainty != 0]
    pairs = list(dict.fromkeys(pairs + [pair for concluded in conclusions.values() for pair in concluded]))

    @cache
    def strength(rule):  # 3: the degree, where it exceeds the threshold
        degree = group(knowledge_base["rules"][rule]["if"], negated=False)
        return degree if degree > threshold else Fraction(0)

    @cache
    def evidence(pair):  # 1 and 3
        own = [facts[pair[0]][1]] if facts.get(pair[0], (None, 0))[0] == pair[1] else []
        own += [strength(rule) * certainties[pair] for rule, certainties in conclusions.items() if pair in certainties]
        return [piece for piece in own if piece != 0]

    def values(attribute):
        return [value for name, value in pairs if name == attribute and evidence((name, value))]

    def cf(attribute, value):  # 4
        plus, minus = sums(evidence((attribute, value)))
        return Fraction(0) if plus == minus == 1 else (plus - minus) / (1 - min(plus, minus))

    def group(premise, negated):  # 2: minimum, maximum, and De Morgan
        if isinstance(premise, list):
            return join(all, [group(part, negated) for part in premise], negated)
        parts = []
        for name, body in premise.items():
            if name == "not":
                parts.append(group(body, not negated))
            elif name in ("all", "any"):
                parts.append(join({"all": all, "any": any}[name], [group(part, negated) for part in body], negated))
            else:
                parts.append(test(name, body, negated))
        return join(all, parts, negated)

    def test(attribute, body, negated):  # 2
        if isinstance(body, list):
            return join(any, [test(attribute, value, negated) for value in body], negated)
        if isinstance(body, dict):
            parts = [
                test(attribute, bound, not negated) if name == "not" else compare(attribute, name, bound, negated)
                for name, bound in body.items()
            ]
            return join(all, parts, negated)
        if body == "unknown":
            return Fraction(bool(values(attribute)) == negated)
        if not negated:
            return max(cf(attribute, key(body)), Fraction(0))
        others = [cf(attribute, value) for value in values(attribute) if value != key(body)]
        return max([Fraction(0), -cf(attribute, key(body)), *others])

    def compare(attribute, operator, bound, negated):
        holds = COMPARE[OPPOSITE[operator] if negated else operator]
        return max([Fraction(0)] + [cf(attribute, v) for v in values(attribute) if holds(v, exact(bound))])

    goal = attributes[knowledge_base["goal"]]
    ranked = {value: cf(knowledge_base["goal"], value) for value in goal.get("choices", ["yes", "no"])}
    best = max(ranked.values())
    leaders = [value for value, certainty in ranked.items() if best - certainty <= TIE] if best > threshold else []
    degrees = {rule: group(knowledge_base["rules"][rule]["if"], negated=False) for rule in conclusions}
    otherwise = goal.get("otherwise")
    return {
        "certainties": {pair: cf(*pair) for pair in pairs if evidence(pair)},
        "fired": {rule: degree for rule, degree in degrees.items() if degree > threshold},
        "contradictions": {pair for pair in pairs if sums(evidence(pair)) == (1, 1)},
        "leaders": leaders,
        "outcome": ("recommended" if len(leaders) == 1 else "tie")
        if leaders
        else ("undecided" if otherwise is None else "default"),
        "recommendation": leaders[0] if len(leaders) == 1 else None if leaders else otherwise,
        "slack": min(
            [abs(degree - threshold) for degree in [*degrees.values(), best]]
            + [abs(best - certainty - TIE) for certainty in ranked.values() if best != certainty]
        ),
    }


def join(quantifier, degrees, negated):
    return min(degrees) if (quantifier is all) != negated else max(degrees)


def sums(evidence):
    def add(p, q):
        return p + q - p * q

    support = reduce(add, [piece for piece in evidence if piece > 0], Fraction(0))
    return support, reduce(add, [-piece for piece in evidence if piece < 0], Fraction(0))


def conclusions_of(rule, levels):
    """Read ``then``: pair to certainty."""

    def level(certainty):
        return exact(levels.get(certainty, certainty) if isinstance(certainty, str) else certainty)

    own = level(rule.get("certainty", 1))
    found = {}
    for attribute, said in rule["then"].items():
        with_own = said.items() if isinstance(said, dict) else []
        found |= {(attribute, key(value)): level(certainty) for value, certainty in with_own}
        listed = said if isinstance(said, list) else [] if isinstance(said, dict) else [said]
        found |= {(attribute, key(value)): own for value in listed}
    return found


def exact(number):
    return Fraction(str(number))


def key(value):
    return value if isinstance(value, str) else exact(value)
