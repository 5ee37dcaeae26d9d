"""What the engine concludes: sections 1 to 6 of the semantics, one by one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert.inference.engine import Engine, Evidence, Matched
from expert.knowledge.model import Fact
from tests.examples import examples
from tests.strategies import cases, knowledge_bases, model_of

ATTRIBUTES = {
    "colour": {"choices": ["red", "green", "blue"]},
    "size": {"question": "How large?", "choices": ["small", "large"]},
    "fast": {"question": "Fast?"},
    "count": {"question": "How many?", "number": {}},
    "shape": {"choices": ["round", "square", "flat"]},
    "weight": {"choices": ["light", "heavy"]},
    "warm": {"question": "Warm?"},
}


def model(*rules, **top):
    """Make a knowledge base; each rule is a premise and conclusions."""
    named = {f"rule{i}": {"if": premise, "then": then} for i, (premise, then) in enumerate(rules)}
    return model_of({"knowledge_base": "test", "goal": "colour", "attributes": ATTRIBUTES, "rules": named} | top)


def find(*rules, facts=(), **top):
    return Engine(model(*rules, **top)).find([Fact(*fact) for fact in facts])


def fired(findings):
    return [firing.rule for firing in findings.firings]


SMALL = ("size", "small")


@pytest.mark.parametrize(
    ("premise", "facts", "degree"),
    [
        ({"size": "small"}, [SMALL], 1),
        ({"size": "small"}, [("size", "small", 0.7)], 0.7),
        ({"size": "small"}, [("size", "large")], None),
        ({"size": "small"}, [("size", "small", -1)], None),
        ({"size": ["small", "large"]}, [("size", "large", 0.6)], 0.6),
        ({"size": {"not": "small"}}, [("size", "large", 0.6)], 0.6),
        ({"size": {"not": "small"}}, [("size", "small", -0.6)], 0.6),
        ({"size": {"not": "small"}}, [("size", "large", -0.6)], None),
        ({"size": {"not": ["small", "large"]}}, [("size", "small")], None),
        ({"size": {"not": "small"}}, [], None),
        ({"not": {"size": "small"}}, [], None),
        ({"size": "unknown"}, [], 1),
        ({"size": "unknown"}, [("size", "small", 0)], 1),
        ({"size": "unknown"}, [("size", "small", -0.1)], None),
        ({"size": {"not": "unknown"}}, [("size", "small", -0.1)], 1),
        ({"size": {"not": "unknown"}}, [], None),
        ({"count": {"at_least": 2, "less_than": 5}}, [("count", 2, 0.9)], 0.9),
        ({"count": {"at_least": 2, "less_than": 5}}, [("count", 5)], None),
        ({"count": {"at_least": 2}}, [("count", 2, -1)], None),
        ({"not": {"count": {"at_least": 2, "less_than": 5}}}, [("count", 5, 0.9)], 0.9),
        ({"not": {"count": {"at_least": 5}}}, [("count", 5)], None),
        ({"not": {"count": {"at_most": 5}}}, [("count", 5)], None),
        ({"not": {"count": {"more_than": 5}}}, [("count", 5)], 1),
        ({"not": {"count": {"less_than": 5}}}, [("count", 5)], 1),
        ({"count": 2.5}, [("count", 2.5)], 1),
        ({"size": "small", "fast": "yes"}, [("size", "small", 0.7), ("fast", "yes", 0.4)], 0.4),
        ({"size": "small", "fast": "yes"}, [SMALL], None),
        ([{"size": "small"}, {"fast": "no"}], [SMALL, ("fast", "no")], 1),
        ({"any": [{"size": "small"}, {"fast": "yes"}]}, [("size", "small", 0.7), ("fast", "yes", 0.4)], 0.7),
        ({"any": [{"size": "small"}, {"fast": "yes"}]}, [("fast", "yes", 0.4)], 0.4),
        ({"not": {"any": [{"size": "small"}, {"fast": "yes"}]}}, [("size", "large", 0.8), ("fast", "no")], 0.8),
        ({"not": {"any": [{"size": "small"}, {"fast": "yes"}]}}, [("size", "large", 0.8)], None),
        ({"not": {"all": [{"size": "small"}, {"fast": "yes"}]}}, [("size", "large", 0.8)], 0.8),
        ({"not": {"not": {"size": "small"}}}, [("size", "small", 0.8)], 0.8),
    ],
)
def test_a_rule_gives_degree_times_certainty_where_its_premise_holds(premise, facts, degree):
    findings = find((premise, {"colour": {"red": 0.5, "green": -0.4}}), facts=facts)
    expected = {} if degree is None else {"red": degree * 0.5, "green": degree * -0.4}
    assert findings.certainties.get("colour", {}) == pytest.approx(expected)
    assert [firing.degree for firing in findings.firings] == ([] if degree is None else [degree])


@pytest.mark.parametrize(
    ("threshold", "certainty", "holds"),
    [(0.2, 0.2, False), (0.2, 0.2000001, True), (0.5, 0.5, False), (0.5, 0.6, True), (0, 1e-9, True), (0.99, 1, True)],
)
def test_the_degree_must_exceed_the_threshold(threshold, certainty, holds):
    findings = find(({"size": "small"}, {"colour": "red"}), facts=[(*SMALL, certainty)], threshold=threshold)
    assert fired(findings) == (["rule0"] if holds else [])


def test_the_threshold_is_held_against_the_premise_not_the_evidence():
    findings = find(({"size": "small"}, {"colour": {"red": 0.01}}), facts=[(*SMALL, 0.3)])
    assert findings.certainties["colour"] == {"red": pytest.approx(0.003)}


@pytest.mark.parametrize(
    ("given", "concluded", "expected"),
    [
        (0.5, 0.6, 0.8),
        (0.5, -0.6, -0.2),
        (-0.5, 0.6, 0.2),
        (-0.5, -0.6, -0.8),
        (0, 0.6, 0.6),
        (1, -0.6, 1),
        (-1, 0.6, -1),
        (1, -1, 0),
    ],
)
def test_given_facts_combine_with_what_rules_conclude(given, concluded, expected):
    findings = find(({"size": "small"}, {"warm": {"yes": concluded}}), facts=[SMALL, ("warm", "yes", given)])
    assert findings.certainties["warm"] == {"yes": pytest.approx(expected)}


def test_a_given_fact_about_another_value_stands_beside_what_rules_conclude():
    findings = find(({"size": "small"}, {"warm": {"yes": 0.6}}), facts=[SMALL, ("warm", "no", 0.7)])
    assert findings.certainties["warm"] == {"yes": 0.6, "no": 0.7}


def test_a_fact_of_certainty_0_says_nothing():
    findings = find(({"warm": {"not": "yes"}}, {"colour": "red"}), facts=[("warm", "no", 0)])
    assert (findings.certainties, findings.evidence, findings.firings) == ({}, {}, ())


def test_evidence_that_balances_out_makes_an_attribute_known_all_the_same():
    rules = [
        ({"size": "small"}, {"warm": {"yes": 0.5}}),
        ({"size": "small"}, {"warm": {"yes": -0.5}}),
        ({"warm": {"not": "unknown"}}, {"colour": "red"}),
        ({"warm": "unknown"}, {"colour": "blue"}),
    ]
    findings = find(*rules, facts=[SMALL])
    assert findings.certainties == {"colour": {"red": 1}, "size": {"small": 1}, "warm": {"yes": 0}}


@pytest.mark.parametrize(
    ("certainties", "expected", "contradictions"),
    [
        ([0.9, 0.9, -1], -1, ()),
        ([1, -0.9, -0.9], 1, ()),
        ([1, -1], 0, (("colour", "red"),)),
        ([1, 1, -1, -0.5], 0, (("colour", "red"),)),
        ([0.9] * 40 + [-1], -1, ()),
        ([-0.9] * 40 + [1], 1, ()),
    ],
)
def test_vetoes_definites_and_contradictions(certainties, expected, contradictions):
    findings = find(*(({"size": "small"}, {"colour": {"red": certainty}}) for certainty in certainties), facts=[SMALL])
    assert findings.certainties["colour"] == {"red": expected}
    assert findings.contradictions == contradictions


def test_a_veto_at_less_than_full_degree_is_only_strong_evidence():
    findings = find(({"size": "small"}, {"colour": {"red": -1}}), facts=[(*SMALL, 0.8)])
    assert findings.certainties["colour"] == {"red": -0.8}


def test_a_contradiction_on_the_way_satisfies_no_test_of_its_value():
    rules = [
        ({"size": "small"}, {"shape": {"round": 1, "flat": 0.5}}),
        ({"fast": "yes"}, {"shape": {"round": -1}}),
        ({"shape": "round"}, {"colour": "red"}),
        ({"shape": {"not": "round"}}, {"colour": "green"}),
        ({"shape": {"not": "flat"}}, {"colour": "blue"}),
    ]
    findings = find(*rules, facts=[SMALL, ("fast", "yes")])
    assert findings.contradictions == (("shape", "round"),)
    assert findings.certainties["colour"] == {"green": 0.5}


def test_a_rule_gives_each_conclusion_once_however_many_ways_its_premise_holds():
    premise = {"any": [{"size": "small"}, {"size": ["small", "large"]}, {"fast": "yes"}, {"count": {"at_least": 1}}]}
    findings = find((premise, {"colour": {"red": 0.5, "green": 0.3}}), facts=[SMALL, ("fast", "yes"), ("count", 3)])
    assert findings.evidence["colour", "red"] == (Evidence("rule0", "colour", "red", 0.5),)
    assert findings.certainties["colour"] == {"red": 0.5, "green": 0.3}
    assert findings.firings[0].matched == (
        Matched("size", "small", 1.0), Matched("fast", "yes", 1.0), Matched("count", 3, 1.0),
    )  # fmt: skip


def test_all_evidence_is_in_before_a_rule_reads_it():
    rules = [
        ({"shape": "round"}, {"colour": {"red": 0.5}}),  # before the rules that it depends on
        ({"weight": "light"}, {"shape": {"round": 0.5}}),
        ({"size": "small"}, {"weight": {"light": 0.8}}),
        ({"size": "small"}, {"shape": {"round": 0.6}}),
        ({"fast": "yes"}, {"weight": {"light": -0.5}}),
    ]
    findings = find(*rules, facts=[SMALL, ("fast", "yes")])
    assert fired(findings) == ["rule2", "rule3", "rule4", "rule1", "rule0"]
    assert [firing.stratum for firing in findings.firings] == [1, 1, 1, 2, 3]
    assert findings.certainties["weight"]["light"] == pytest.approx(0.6)
    assert findings.certainties["shape"]["round"] == pytest.approx(0.3 + 0.6 - 0.18)
    assert findings.certainties["colour"]["red"] == pytest.approx(0.36)


def test_attributes_may_go_in_circles_where_their_values_do_not():
    rules = [
        ({"size": "small"}, {"shape": {"round": 0.9}}),
        ({"shape": "round"}, {"weight": {"light": 0.8}}),
        ({"weight": "light"}, {"shape": {"flat": 0.7}}),
        ({"shape": "flat"}, {"weight": {"heavy": 0.6}}),
        ({"weight": {"not": "light"}}, {"colour": {"red": 1}}),
        ({"colour": "red"}, {"colour": {"green": 0.5}}),
    ]
    findings = find(*rules, facts=[SMALL])
    assert [firing.stratum for firing in findings.firings] == [1, 2, 3, 4, 5, 6]
    assert findings.certainties["shape"] == pytest.approx({"round": 0.9, "flat": 0.504})
    assert findings.certainties["weight"] == pytest.approx({"light": 0.72, "heavy": 0.3024})
    assert findings.certainties["colour"] == pytest.approx({"red": 0.3024, "green": 0.1512})


def test_unknown_is_asked_only_after_every_rule_that_could_make_it_known():
    rules = [
        ({"warm": "unknown"}, {"colour": "blue"}),
        ({"shape": "round"}, {"warm": {"yes": 0.1}}),
        ({"size": "small"}, {"shape": "round"}),
    ]
    assert fired(find(*rules, facts=[SMALL])) == ["rule2", "rule1"]
    assert fired(find(*rules, facts=[("size", "large")])) == ["rule0"]


def test_a_rule_may_conclude_several_attributes_in_different_strata():
    rules = [
        ({"size": "small"}, {"shape": "round", "colour": {"red": 0.5}, "weight": {"light": -0.3, "heavy": 0.4}}),
        ({"shape": "round", "weight": "heavy"}, {"colour": {"red": 0.5}}),
    ]
    findings = find(*rules, facts=[SMALL])
    assert findings.certainties["weight"] == {"light": -0.3, "heavy": 0.4}
    assert findings.certainties["colour"] == {"red": pytest.approx(0.6)}


def test_rules_may_conclude_numbers():
    rules = [
        ({"size": "small"}, {"count": {3: 0.5}}),
        ({"count": {"more_than": 2}}, {"colour": {"red": 1}}),
    ]
    findings = find(*rules, facts=[SMALL, ("count", 3, 0.6)])
    assert findings.certainties == {"colour": {"red": 0.8}, "size": {"small": 1}, "count": {3: 0.8}}


def test_evidence_is_listed_with_given_facts_first_then_in_the_order_of_the_rules():
    rules = [
        ({"shape": "round"}, {"warm": {"yes": 0.1}}),
        ({"size": "small"}, {"warm": {"yes": 0.2}, "shape": "round"}),
        ({"size": "small"}, {"warm": {"yes": -0.3}}),
    ]
    findings = find(*rules, facts=[("warm", "yes", 0.4), SMALL])
    assert findings.evidence["warm", "yes"] == (
        Evidence(None, "warm", "yes", 0.4),
        Evidence("rule0", "warm", "yes", 0.1),
        Evidence("rule1", "warm", "yes", 0.2),
        Evidence("rule2", "warm", "yes", -0.3),
    )


def test_a_firing_says_what_it_matched_and_gave():
    rules = [({"size": "small", "fast": "unknown"}, {"colour": {"red": 0.5}, "shape": "round"})]
    (firing,) = find(*rules, facts=[(*SMALL, 0.8)]).firings
    assert (firing.rule, firing.stratum, firing.degree) == ("rule0", 1, 0.8)
    assert firing.matched == (Matched("size", "small", 0.8), Matched("fast", None, 1.0))
    assert firing.gave == (Evidence("rule0", "colour", "red", 0.4), Evidence("rule0", "shape", "round", 0.8))


@pytest.mark.parametrize("facts", [[], [SMALL], [("count", 7)]])
def test_a_knowledge_base_without_rules_concludes_nothing(facts):
    findings = find(facts=facts)
    assert (findings.firings, findings.contradictions) == ((), ())
    assert list(findings.certainties) == [name for name, _ in facts]


@settings(max_examples=examples(20), deadline=None)
@given(st.data())
def test_one_consultation_leaves_nothing_behind_for_the_next(data):
    drawn = data.draw(knowledge_bases())
    loaded = model_of(drawn)
    engine = Engine(loaded)
    for _ in range(3):
        facts = [Fact(name, **fact) for name, fact in data.draw(cases(drawn)).items()]
        assert engine.find(facts) == Engine(loaded).find(facts)


def test_findings_outlive_the_consultations_that_follow():
    engine = Engine(model(({"size": "small"}, {"colour": "red"}), ({"size": "large"}, {"colour": "blue"})))
    first = engine.find([Fact(*SMALL)])
    engine.find([Fact("size", "large")])
    assert first.certainties == {"colour": {"red": 1}, "size": {"small": 1}}
    assert fired(first) == ["rule0"]
