"""The semantics (DESIGN, 1 to 13) once more, written as plainly as possible, for the engine to be compared with.

It reads the file's own format as nested dicts and lists, calculates in exact fractions, and has neither strata nor an
engine: a certainty factor is worked out when something asks for it, from the rules that conclude its pair.
"""

from fractions import Fraction
from functools import cache, reduce
from operator import ge, gt, le, lt

from tests.semantics.reference_formulas import inputs_of, value_of
from tests.semantics.reference_rules import exact, key, rules_of

TIE = Fraction(1, 10**9)
COMPARE = {"at_least": ge, "less_than": lt, "at_most": le, "more_than": gt}
OPPOSITE = {"at_least": "less_than", "less_than": "at_least", "at_most": "more_than", "more_than": "at_most"}


def consult(knowledge_base, given, goal=None):
    """Give cf by pair, degree by rule, contradictions, outcome, leaders, recommendation, and how close the call was.

    Besides: the attributes that took their default, and what each computed number came to. Slack 0 says that doubles
    may have come out on the other side.
    """
    case = Case(knowledge_base, given)
    pairs = [(name, value) for name in case.attributes for value in case.values(name)]
    degrees = {name: case.degree(name) for name in case.rules}
    outcome = case.outcome(goal or knowledge_base["goal"])
    return {
        "certainties": {pair: case.cf(*pair) for pair in pairs},
        "fired": {rule: degree for rule, degree in degrees.items() if degree > case.threshold},
        "contradictions": {pair for pair in pairs if sums(case.evidence(pair)) == (1, 1)},
        "defaults": {name for name in case.attributes if case.takes_default(name)},
        "computed": {name: found for name in case.attributes if (found := case.computed(name))},
        **outcome,
        "slack": min([case.from_threshold(degree) for degree in degrees.values()] + case.close),
    }


class Case:
    """A knowledge base and given facts. What is asked for is worked out once; `close` collects how close calls were."""

    def __init__(self, knowledge_base, given):
        self.attributes = knowledge_base["attributes"]
        self.threshold = exact(knowledge_base.get("threshold", 0.2))
        self.rules = rules_of(knowledge_base)
        facts = {name: fact if isinstance(fact, dict) else {"value": fact} for name, fact in given.items()}
        self.facts = {name: (key(fact["value"]), exact(fact.get("certainty", 1))) for name, fact in facts.items()}
        self.concluded = {name for rule in self.rules.values() for name, _ in rule.conclusions}
        self.goal = knowledge_base["goal"]
        self.close = [Fraction(1)]
        for name in ("degree", "evidence", "evidence_without_default", "takes_default", "computed", "values"):
            setattr(self, name, cache(getattr(self, name)))

    def degree(self, rule):  # 2, 9 and 12
        found = self.rules[rule]
        excepted = [self.group(premise) for premise in found.exceptions]
        return min(self.group(found.premise), 1 - max(excepted, default=Fraction(0)))

    def evidence(self, pair):
        attribute, value = pair
        is_default = key(self.attributes[attribute].get("otherwise", "")) == value
        by_default = [Fraction(1)] if is_default and self.takes_default(attribute) else []
        return self.evidence_without_default(pair) + by_default

    def evidence_without_default(self, pair):  # 1, 3 and 11
        attribute, value = pair
        if computed := self.computed(attribute):
            return [computed[1]] if computed[0] == value else []
        own = [self.facts[attribute][1]] if self.facts.get(attribute, (None, 0))[0] == value else []
        for name, rule in self.rules.items():
            if pair in rule.conclusions and self.degree(name) > self.threshold:
                own.append(self.degree(name) * rule.conclusions[pair])
        return [piece for piece in own if piece != 0]

    def takes_default(self, attribute):  # 8
        if attribute == self.goal or "otherwise" not in self.attributes[attribute]:
            return False
        evidence = [self.evidence_without_default((attribute, value)) for value in self._values_spoken_of(attribute)]
        if "number" in self.attributes[attribute] and attribute not in self.concluded:
            return not any(evidence)
        certainties = [combined(pieces) for pieces in evidence if pieces]
        self.close += [self.from_threshold(certainty) for certainty in certainties]
        return all(certainty <= self.threshold for certainty in certainties)

    def computed(self, attribute):  # 11
        """Give the value of a computed number and its certainty; None where it is unknown."""
        if "is" not in self.attributes[attribute]:
            return None
        numbers = {name: self._number(name) for name in inputs_of(self.attributes[attribute]["is"])}
        if None in numbers.values():
            return None
        value, is_sure = value_of(self.attributes[attribute]["is"], {name: n for name, (n, _) in numbers.items()})
        if not is_sure:
            self.close.append(Fraction(0))
        if value is None:
            return None
        return value, min((certainty for _, certainty in numbers.values()), default=Fraction(1))

    def _number(self, attribute):
        """Take the value that a formula reads, with its certainty: the surest, of equally sure ones the smallest."""
        ranked = sorted((-self.cf(attribute, value), value) for value in self.values(attribute))
        if not ranked:
            return None
        (surest, value), *others = ranked
        for certainty, other in others:
            same = sorted(self.evidence((attribute, other))) == sorted(self.evidence((attribute, value)))
            self.close += [] if same else [certainty - surest]
        self.close += [abs(surest)] if surest else []
        return (value, -surest) if surest else None

    def values(self, attribute):
        """List the values for or against which there is evidence."""
        spoken_of = self._values_spoken_of(attribute)
        if self.takes_default(attribute):
            spoken_of = {**spoken_of, key(self.attributes[attribute]["otherwise"]): None}
        return [value for value in spoken_of if self.evidence((attribute, value))]

    def _values_spoken_of(self, attribute):
        computed = [self.computed(attribute)] if self.computed(attribute) else []
        given = [self.facts[attribute]] if attribute in self.facts else []
        concluded = [(v, c) for rule in self.rules.values() for (n, v), c in rule.conclusions.items() if n == attribute]
        return dict.fromkeys(value for value, _ in [*computed, *given, *concluded])

    def cf(self, attribute, value):
        evidence = self.evidence((attribute, value))
        if evidence and combined(evidence) == 0 and len(evidence) > 2 and sums(evidence) != (1, 1):
            self.close.append(Fraction(0))  # doubles may come to a little more or less
        return combined(evidence)

    def from_threshold(self, certainty):
        """Measure how close a call was; nothing at all is exact in doubles, too."""
        return Fraction(1) if certainty == self.threshold == 0 else abs(certainty - self.threshold)

    def group(self, premise, negated=False):  # 2: minimum, maximum, and De Morgan; 10
        if isinstance(premise, list):
            return join(all, [self.group(part, negated) for part in premise], negated)
        parts = []
        for name, body in premise.items():
            if name == "not":
                parts.append(self.group(body, not negated))
            elif name in ("all", "any"):
                parts.append(join({"all": all, "any": any}[name], [self.group(p, negated) for p in body], negated))
            elif name == "of":
                needed = int(premise["at_least"])
                greatest_first = sorted((self.group(part, negated) for part in body), reverse=True)
                parts.append(greatest_first[len(body) - needed if negated else needed - 1])
            elif name != "at_least":
                parts.append(self.test(name, body, negated))
        return join(all, parts, negated)

    def test(self, attribute, body, negated):  # 2
        if isinstance(body, list):
            return join(any, [self.test(attribute, value, negated) for value in body], negated)
        if isinstance(body, dict):
            parts = [
                self.test(attribute, bound, not negated)
                if name == "not"
                else self.compare(attribute, name, bound, negated)
                for name, bound in body.items()
            ]
            return join(all, parts, negated)
        if body == "unknown":
            return Fraction(bool(self.values(attribute)) == negated)
        if not negated:
            return max(self.cf(attribute, key(body)), Fraction(0))
        others = [self.cf(attribute, value) for value in self.values(attribute) if value != key(body)]
        return max([Fraction(0), -self.cf(attribute, key(body)), *others])

    def compare(self, attribute, operator, bound, negated):
        holds = COMPARE[OPPOSITE[operator] if negated else operator]
        return max([Fraction(0)] + [self.cf(attribute, v) for v in self.values(attribute) if holds(v, exact(bound))])

    def outcome(self, goal):  # 7, and the end of 8
        ranked = {value: self.cf(goal, value) for value in choices_of(self.attributes[goal])}
        best = max(ranked.values())
        leaders = [value for value, cf in ranked.items() if best - cf <= TIE] if best > self.threshold else []
        otherwise = self.attributes[goal].get("otherwise") if goal == self.goal else None
        self.close.append(self.from_threshold(best))
        self.close += [abs(best - certainty - TIE) for certainty in ranked.values() if best != certainty]
        if len(leaders) > 1:
            outcome = "tie"
        elif leaders:
            for_it = [piece for piece in self.evidence_without_default((goal, leaders[0])) if piece > 0]
            outcome = "default" if self.takes_default(goal) and not for_it else "recommended"
        else:
            outcome = "undecided" if otherwise is None else "default"
        recommendation = leaders[0] if len(leaders) == 1 else None if leaders else otherwise
        return {"leaders": leaders, "outcome": outcome, "recommendation": recommendation}

    def is_put(self, question):
        """Tell whether a question may be put now: nothing but a default makes it known, and its condition holds."""
        condition = self.attributes[question].get("ask_if")
        known = [self.evidence_without_default((question, value)) for value in self._values_spoken_of(question)]
        if condition is None or any(known):
            return not any(known)
        self.close.append(self.from_threshold(self.group(condition)))
        return self.group(condition) > self.threshold


def choices_of(declared):
    return list(declared.get("choices", ["yes", "no"]))


def join(quantifier, degrees, negated):
    if (quantifier is all) != negated:
        return min(degrees, default=Fraction(1))
    return max(degrees, default=Fraction(0))


def combined(evidence):  # 4
    plus, minus = sums(evidence)
    return Fraction(0) if plus == minus == 1 else (plus - minus) / (1 - min(plus, minus))


def sums(evidence):
    def add(p, q):
        return p + q - p * q

    support = reduce(add, [piece for piece in evidence if piece > 0], Fraction(0))
    return support, reduce(add, [-piece for piece in evidence if piece < 0], Fraction(0))
