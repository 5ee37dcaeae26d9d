"""Hypothesis strategies: random knowledge bases, in the file's format as plain data, and random cases for them.

Rules go in no circle because every concluded pair has a rank: a rule of rank n concludes pairs of rank n or higher and
reads pairs below n alone. Attributes may well go in circles.
"""

import itertools
import random

import yaml
from hypothesis import strategies as st

from expert.knowledge.loading.knowledge_base_file import load_bytes

COLOURS = ("red", "green", "blue")
SIZES = ("low", "middle", "high")
NUMBERS = (-1, 0, 0.25, 1, 1.5, 2, 2.25, 2.5, 3, 3.5, 4, 5, 7)
CONCLUDED_NUMBERS = (1, 2, 2.5, 3, 4)
BOUNDS = (0, 1, 1.5, 2, 2.5, 3, 3.75, 6)
OPERATORS = ("at_least", "at_most", "more_than", "less_than")
LIMITS = ({}, {}, {"at_least": 0}, {"at_least": 1, "at_most": 4}, {"integer": True}, {"at_most": 3.5})
THRESHOLDS = (0.2, 0.2, 0, 0.4, 0.55)
LEVELS = {"strong": 0.8, "weak": 0.3, "against": -0.5}
CERTAINTIES = (1, "strong", 0.6, -1, 0.7, 1, -0.6, 0.5, "weak", "against", 0.25, 0.1, -0.8, 0.95, -0.95)
GIVEN = (1, 1, 1, 1, 1, 0.9, 0.7, 0.45, 0.3, 0.15, 0, -0.25, -0.6, -1)


def model_of(data):
    """Load a drawn knowledge base, by way of its YAML text."""
    return load_bytes(yaml.dump(data, sort_keys=False, Dumper=_DUMPER).encode(), "drawn.yaml")


def is_askable(data, name):
    """Tell whether facts can be given about an attribute."""
    concluded = {attribute for rule in data["rules"].values() for attribute in rule["then"]}
    return "question" in data["attributes"][name] or name not in concluded


def values_of(declared):
    """List the values of a declared attribute; of a number, some."""
    if "number" not in declared:
        return declared.get("choices", ["yes", "no"])
    declared = declared["number"]
    low, high = declared.get("at_least", -10), declared.get("at_most", 10)
    return [n for n in NUMBERS if low <= n <= high and (n == int(n) or not declared.get("integer"))]


class Pick:
    """Makes choices from a function that picks an integer from 0 to a highest.

    Integers alone are several times as fast to draw as a strategy built for every choice.
    """

    def __init__(self, number):
        self._number = number

    def number(self, highest):
        return self._number(highest) if highest > 0 else 0

    def one(self, values):
        return values[self.number(len(values) - 1)]

    def rarely(self):
        return self.number(4) == 4

    def some(self, values, most):
        return self.shuffled(values)[: 1 + self.number(min(most, len(values)) - 1)]

    def shuffled(self, values):
        rest = list(values)
        return [rest.pop(self.number(len(rest) - 1)) for _ in values]


def random_pick(seed):
    """Pick without Hypothesis, always the same."""
    generator = random.Random(seed)
    return Pick(lambda highest: generator.randint(0, highest))


@st.composite
def knowledge_bases(draw, rules=12, asked=4, derived=3):
    """Draw a knowledge base as plain data, free of cycles, with at most so many rules and attributes."""
    return make_knowledge_base(Pick(lambda highest: draw(st.integers(0, highest))), rules, asked, derived)


@st.composite
def cases(draw, data, certainties=GIVEN):
    """Draw given facts for a knowledge base, as Python data."""
    return make_case(Pick(lambda highest: draw(st.integers(0, highest))), data, certainties)


def make_knowledge_base(pick, rules=12, asked=4, derived=3):
    attributes = {"colour": {"choices": list(COLOURS[: 1 + pick.number(2)])}}
    if pick.rarely():
        attributes["colour"]["question"] = "Which?"
    if pick.number(1):
        attributes["colour"]["otherwise"] = pick.one(attributes["colour"]["choices"])
    for i in range(1 + pick.number(asked - 1)):
        attributes[f"asked{i}"] = {"question": "How?", **_declaration(pick)}
    for i in range(pick.number(derived)):
        attributes[f"derived{i}"] = ({"question": "How?"} if pick.number(1) else {}) | _declaration(pick)
    order = pick.shuffled(list(attributes))
    threshold = pick.one(THRESHOLDS)
    ranks = {
        (name, value): 1 + pick.number(2)
        for name, declared in attributes.items()
        if not name.startswith("asked")
        for value in values_of(declared)
        if "number" not in declared or value in CONCLUDED_NUMBERS
    }
    return {
        "knowledge_base": "drawn",
        "goal": "colour",
        "threshold": threshold,
        "certainties": LEVELS,
        "attributes": {name: attributes[name] for name in order},
        "rules": {
            f"rule{i}": _rule(pick, attributes, ranks) for i in range(max(pick.number(rules), pick.number(rules)))
        },
    }


def make_case(pick, data, certainties=GIVEN):
    names = [name for name in data["attributes"] if is_askable(data, name)]
    return {
        name: {"value": pick.one(values_of(data["attributes"][name])), "certainty": pick.one(certainties)}
        for name in pick.shuffled(names)
        if not pick.rarely()
    }


def completions(given, values):
    """Complete given facts in all ways: each of the other attributes with one of its values, or not at all."""
    names = [name for name in values if name not in given]
    for answers in itertools.product(*([None, *values[name]] for name in names)):
        yield given | {name: answer for name, answer in zip(names, answers, strict=True) if answer is not None}


_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _declaration(pick):
    kind = pick.number(3)
    if kind == 2:
        return {}
    return {"number": dict(pick.one(LIMITS))} if kind == 3 else {"choices": list(SIZES[: 2 + pick.number(1)])}


def _rule(pick, attributes, ranks):
    rank = 1 + pick.number(2)
    pairs = [pair for pair in ranks if ranks[pair] >= rank]
    if not pairs:
        rank, pairs = 1, list(ranks)
    readable = {}
    for name, declared in attributes.items():
        values = [value for value in values_of(declared) if ranks.get((name, value), 0) < rank]
        if values:
            whole = all(r < rank for (n, _), r in ranks.items() if n == name)
            readable[name] = (declared, values, whole)
    premise = _premise(pick, readable, depth=2)
    concluded = pick.some(pairs, most=3)
    form = pick.number(3)
    rule = {"if": premise, "then": {}}
    for attribute, value in concluded:
        if form == 3:
            rule["then"].setdefault(attribute, []).append(value)
        else:
            rule["then"].setdefault(attribute, {})[value] = pick.one(CERTAINTIES)
    if form == 3 and pick.number(2):
        rule["certainty"] = pick.one(CERTAINTIES)
    if form == 2 and len(concluded) == 1:
        rule["then"] = dict(concluded)
    return rule


def _premise(pick, readable, depth, negated=False):
    kind = pick.one(("tests", "tests", "tests", "any", "all", "not", "list")) if depth else "tests"
    if kind == "tests":
        return {name: _test(pick, *readable[name], negated) for name in pick.some(list(readable), most=2)}
    if kind == "not":
        return {"not": _premise(pick, readable, depth - 1, not negated)}
    parts = [_premise(pick, readable, depth - 1, negated) for _ in range(1 + pick.number(2))]
    return parts if kind == "list" else {kind: parts}


def _test(pick, declared, values, whole, negated):
    """Make a test; where rules conclude pairs of the attribute later, one that reads a single pair in the end."""
    form = pick.number(9)
    value = pick.some(values, most=3) if form == 1 else pick.one(values)
    if not whole:
        return {"not": value} if negated else value
    if form in (2, 3):
        return {"not": pick.some(values, most=2) if form == 3 else value}
    if form == 4:
        return {"not": {"not": value}}
    if "number" in declared and form > 4:
        compare = {operator: pick.one(BOUNDS) for operator in pick.some(OPERATORS, most=2)}
        return {"not": compare} if form == 5 else {"not": value} | compare if form == 6 else compare
    if form in (5, 6) and "question" in declared:
        return "unknown" if form == 5 else {"not": "unknown"}
    return value
