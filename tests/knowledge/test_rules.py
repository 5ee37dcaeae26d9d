import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.inference.degrees import degree_of
from expert.knowledge import rules as premises
from expert.knowledge.rules import AllOf, AnyOf, Compare, Is, IsNot, Known, Unknown, negate

A, B, C = Is("s", "a"), Is("s", "b"), Compare("n", "at_most", 3)
OPERATORS = ("at_least", "less_than", "at_most", "more_than")

single_tests = st.one_of(
    st.builds(Is, st.just("s"), st.sampled_from("ab")),
    st.builds(IsNot, st.just("s"), st.sampled_from("ab")),
    st.builds(Compare, st.just("n"), st.sampled_from(OPERATORS), st.integers(0, 4)),
    st.builds(Unknown, st.sampled_from("sn")),
    st.builds(Known, st.sampled_from("sn")),
)
any_premise = st.recursive(
    single_tests,
    lambda parts: st.builds(
        lambda kind, premises: kind(tuple(premises)), st.sampled_from((AllOf, AnyOf)), st.lists(parts, min_size=1)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("premise", "negated"),
    [
        (A, IsNot("s", "a")),
        (Compare("n", "at_least", 3), Compare("n", "less_than", 3)),
        (Compare("n", "at_most", 3), Compare("n", "more_than", 3)),
        (Unknown("s"), Known("s")),
        (AllOf((A, C)), AnyOf((IsNot("s", "a"), Compare("n", "more_than", 3)))),
        (AnyOf((A, AllOf((B, C)))), AllOf((IsNot("s", "a"), AnyOf((IsNot("s", "b"), Compare("n", "more_than", 3)))))),
    ],
)
def test_negation_is_pushed_inward(premise, negated):
    assert (negate(premise), negate(negated)) == (negated, premise)


@given(any_premise)
def test_negating_twice_changes_nothing(premise):
    assert negate(negate(premise)) == premise


@given(any_premise)
def test_negation_swaps_all_and_any_and_keeps_every_test_in_its_place(premise):
    def shape(premise, swapped):
        if isinstance(premise, AllOf | AnyOf):
            return isinstance(premise, AllOf) != swapped, [shape(part, swapped) for part in premise.premises]
        return premise.attribute

    assert shape(negate(premise), swapped=True) == shape(premise, swapped=False)


@given(any_premise, st.sampled_from("ab"), st.integers(0, 4))
def test_where_all_is_known_for_certain_exactly_one_of_a_premise_and_its_negation_holds(premise, value, number):
    known = {"s": {value: 1.0}, "n": {number: 1.0}}
    assert degree_of(negate(premise))(known) == 1 - degree_of(premise)(known)


@pytest.mark.parametrize(
    ("premise", "text", "data"),
    [
        (A, "s = a", {"s": "a"}),
        (IsNot("s", "a"), "s is not a", {"s": {"not": "a"}}),
        (Compare("n", "at_least", 3), "n ≥ 3", {"n": {"at_least": 3}}),
        (Compare("n", "at_most", 3), "n ≤ 3", {"n": {"at_most": 3}}),
        (Compare("n", "more_than", 0.5), "n > 0.5", {"n": {"more_than": 0.5}}),
        (Compare("n", "less_than", 3), "n < 3", {"n": {"less_than": 3}}),
        (Unknown("s"), "s is unknown", {"s": "unknown"}),
        (Known("s"), "s is known", {"s": {"not": "unknown"}}),
        (
            AllOf((A, AnyOf((B, C)))),
            "s = a and (s = b or n ≤ 3)",
            {"all": [{"s": "a"}, {"any": [B.to_dict(), C.to_dict()]}]},
        ),
        (
            AnyOf((AllOf((A, C)), B)),
            "(s = a and n ≤ 3) or s = b",
            {"any": [{"all": [A.to_dict(), C.to_dict()]}, {"s": "b"}]},
        ),
    ],
)
def test_a_premise_is_written_for_people_and_as_in_the_file(premise, text, data):
    assert (str(premise), premise.to_dict()) == (text, data)


def test_single_tests_are_walked_in_the_order_of_the_file():
    assert list(premises.tests(AllOf((A, AnyOf((B, AllOf((C, Unknown("s"))))), A)))) == [A, B, C, Unknown("s"), A]
