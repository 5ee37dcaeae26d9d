"""Hypothesis strategies: random knowledge bases, in the file's format as plain data, and random cases for them.

Rules go in no circle because every concluded pair has a rank: a rule of rank n concludes pairs of rank n or higher and
reads pairs below n alone. Attributes may well go in circles. The pair of a default has a rank above all other pairs of
its attribute; a computed number is read where all pairs of its inputs may be.
"""

import itertools
import random

import yaml
from hypothesis import strategies as st

from expert.knowledge.loading.knowledge_base_file import load_bytes
from tests.rule_strategies import make_rule, make_table, values_of

COLOURS = ("red", "green", "blue")
SIZES = ("low", "middle", "high")
CONCLUDED_NUMBERS = (1, 2, 2.5, 3, 4)
LIMITS = ({}, {}, {"at_least": 0}, {"at_least": 1, "at_most": 4}, {"integer": True}, {"at_most": 3.5})
THRESHOLDS = (0.2, 0.2, 0, 0.4, 0.55)
LEVELS = {"strong": 0.8, "weak": 0.3, "against": -0.5}
CONSTRUCTS = ("default", "unless", "at_least", "computed", "table")
"""What a drawn knowledge base can have beyond plain rules."""

FORMULAS = (
    "{0} / {1}",
    "{0} + {1}",
    "{0} - {1}",
    "{0} * {1}",
    "-{0} + 2 * {1}",
    "min({0}, {1}, 2.5)",
    "max({0}, {1})",
    "{0} / ({1} * {1})",
    "({0} - {1}) / ({0} + {1})",
    "{0} / 4 - 1",
)
GIVEN = (1, 1, 1, 1, 1, 0.9, 0.7, 0.45, 0.3, 0.15, 0, -0.25, -0.6, -1)


def model_of(data):
    """Load a drawn knowledge base, by way of its YAML text."""
    return load_bytes(yaml.dump(data, sort_keys=False, Dumper=_DUMPER).encode(), "drawn.yaml")


def is_askable(data, name):
    """Tell whether facts can be given about an attribute."""
    declared = data["attributes"][name]
    return "is" not in declared and ("question" in declared or name not in concluded_by(data))


def concluded_by(data):
    """Collect the attributes that rules or the rows of tables conclude."""
    said = [*data["rules"].values(), *data.get("tables", {}).values()]
    return {attribute for rule_or_table in said for attribute in rule_or_table["then"]}


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
def knowledge_bases(draw, rules=12, asked=4, derived=3, constructs=()):
    """Draw a knowledge base as plain data, free of cycles, with at most so many rules and attributes.

    Each of the `constructs` is in some of them; see `CONSTRUCTS`.
    """
    return make_knowledge_base(Pick(lambda highest: draw(st.integers(0, highest))), rules, asked, derived, constructs)


@st.composite
def cases(draw, data, certainties=GIVEN):
    """Draw given facts for a knowledge base, as Python data."""
    return make_case(Pick(lambda highest: draw(st.integers(0, highest))), data, certainties)


def make_knowledge_base(pick, rules=12, asked=4, derived=3, constructs=()):
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
    if "computed" in constructs:
        for name in _add_computed(pick, attributes):
            order.insert(pick.number(len(order)), name)
    if "default" in constructs:
        _add_defaults(pick, attributes, ranks)
    data = {
        "knowledge_base": "drawn",
        "goal": "colour",
        "threshold": threshold,
        "certainties": LEVELS,
        "attributes": {name: attributes[name] for name in order},
        "rules": {
            f"rule{i}": make_rule(pick, attributes, ranks, constructs)
            for i in range(max(pick.number(rules), pick.number(rules)))
        },
    }
    if "table" in constructs and pick.number(2):
        data["tables"] = {f"table{i}": make_table(pick, attributes, ranks) for i in range(1 + pick.number(1))}
    return data


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


def _add_computed(pick, attributes):
    """Declare computed numbers of the numbers that there are; give their names."""
    names = []
    for i in range(pick.number(2)):
        numbers = [name for name, declared in attributes.items() if "number" in declared]
        if numbers:
            formula = pick.one(FORMULAS).format(pick.one(numbers), pick.one(numbers))
            attributes[f"computed{i}"] = {"number": {}, "is": formula}
            names.append(f"computed{i}")
    return names


def _add_defaults(pick, attributes, ranks):
    """Give some attributes a default, whose pair comes after all others of its attribute."""
    for name, declared in attributes.items():
        if name != "colour" and values_of(declared) and pick.number(2) == 2:
            declared["otherwise"] = pick.one(values_of(declared))
            others = [pair for pair in ranks if pair[0] == name and pair[1] != declared["otherwise"]]
            if name.startswith("derived"):
                highest = pick.one((1, 1, 2))
                ranks |= {pair: min(ranks[pair], highest) for pair in others}
                ranks[name, declared["otherwise"]] = highest + 1
