import itertools

import pytest

from expert.knowledge.model import Attribute, Model
from expert.knowledge.rules import AllOf, AnyOf, Compare, Conclusion, Is, IsNot, Known, Rule, Unknown
from expert.knowledge.strata import RuleCycleError
from tests.growth import MOST, calls


def model(**rules):
    return Model(
        name="b",
        goal="g",
        attributes={"g": Attribute("g", choices={"x": "x"})},
        rules=tuple(
            Rule(name, premise, tuple(Conclusion(*pair, 1.0) for pair in pairs))
            for name, (premise, *pairs) in rules.items()
        ),
    )


GIVEN = Is("s", "yes")
CHAIN = {
    "a": (Is("b", "p"), ("c", "p")),
    "b": (GIVEN, ("b", "p")),
    "c": (Is("c", "p"), ("g", "x")),
    "d": (GIVEN, ("g", "x")),
}


def test_a_rule_runs_after_the_rules_that_conclude_what_it_reads():
    assert model(**CHAIN).strata == {"a": 2, "b": 1, "c": 3, "d": 1}


def test_strata_do_not_depend_on_the_order_of_the_rules():
    for order in itertools.permutations(CHAIN):
        assert model(**{name: CHAIN[name] for name in order}).strata == {"a": 2, "b": 1, "c": 3, "d": 1}


@pytest.mark.parametrize(
    ("premise", "read"),
    [
        (Is("b", "p"), [("b", "p")]),
        (Is("b", "other"), []),
        (Is("n", 1), [("n", 1)]),
        (IsNot("b", "p"), [("b", "p"), ("b", "q")]),
        (Compare("n", "at_least", 5), [("n", 1)]),
        (Unknown("b"), [("b", "p"), ("b", "q")]),
        (Known("b"), [("b", "p"), ("b", "q")]),
        (IsNot("s", "yes"), []),
        (AllOf((Is("b", "q"), AnyOf((Is("b", "p"), Is("b", "q"))))), [("b", "q"), ("b", "p")]),
    ],
)
def test_equality_reads_its_own_pair_and_every_other_test_all_pairs_of_the_attribute(premise, read):
    assert model(one=(GIVEN, ("b", "p"), ("n", 1)), two=(GIVEN, ("b", "q"))).pairs_read(premise) == read


def test_attributes_may_go_in_a_circle_as_long_as_their_pairs_do_not():
    rules = {"one": (Is("a", "p"), ("b", "p")), "two": (Is("b", "q"), ("a", "q")), "three": (Is("b", "p"), ("a", "q"))}
    assert model(**rules).strata == {"one": 1, "two": 1, "three": 2}


def test_rules_that_read_all_pairs_of_an_attribute_do_not_multiply_with_its_pairs():
    def work(count):
        makers = {f"make{i}": (GIVEN, ("b", f"v{i}")) for i in range(count)}
        readers = {f"read{i}": (IsNot("b", f"v{i}"), ("g", "x")) for i in range(count)}
        return calls(lambda: model(**makers, **readers).strata)

    assert work(200) / work(100) < MOST


P, Q = ("a", "p"), ("b", "q")


@pytest.mark.parametrize(
    ("rules", "pairs", "names"),
    [
        ({"one": (Is(*P), P)}, [P, P], ["one"]),
        ({"one": (Is(*P), Q), "two": (Is(*Q), P)}, [Q, P, Q], ["two", "one"]),
        ({"one": (IsNot("a", "p"), P)}, [P, P], ["one"]),
        ({"one": (Known("a"), P)}, [P, P], ["one"]),
        ({"one": (Compare("n", "less_than", 0), Q), "two": (Is(*Q), ("n", 7))}, [Q, ("n", 7), Q], ["two", "one"]),
        (
            {"one": (GIVEN, P), "two": (IsNot("a", "z"), Q), "three": (Is(*Q), ("c", "r")), "four": (Is("c", "r"), P)},
            [P, Q, ("c", "r"), P],
            ["two", "three", "four"],
        ),
    ],
)
def test_a_cycle_of_pairs_is_an_error_with_the_whole_cycle_and_the_rules_on_it(rules, pairs, names):
    with pytest.raises(RuleCycleError) as caught:
        _ = model(**rules).strata
    assert caught.value.cycle == pairs
    assert [rule.name for rule in caught.value.rules] == names
    circle = " -> ".join(f"{attribute}={value}" for attribute, value in pairs)
    assert f"{circle} (by {', '.join(names)})" in str(caught.value)
