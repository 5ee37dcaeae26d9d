"""Cases are judged by each part of their expectation, and what is amiss names the candidates concerned."""

import pytest

from expert import InputError, KnowledgeBase
from expert.knowledge.loading.case_grammar import cases_from_file
from expert.verification.scenarios import run
from tests.strategies import model_of

ATTRIBUTES = {
    "colour": {"choices": ["red", "green", "blue"]},
    "warm": {"question": "Warm?"},
    "cold": {"question": "Cold?"},
    "grass": {"question": "Grass?"},
}
RULES = {
    "warm-red": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.6}}},
    "grass-green": {"if": {"grass": "yes"}, "then": {"colour": {"green": 0.6}}},
    "cold-not-red": {"if": {"cold": "yes"}, "then": {"colour": {"red": -0.5, "blue": 0.1}}},
}


def model(given, expect, otherwise=None):
    colour = ATTRIBUTES["colour"] | ({"otherwise": otherwise} if otherwise else {})
    return model_of(
        {
            "knowledge_base": "colours",
            "goal": "colour",
            "attributes": ATTRIBUTES | {"colour": colour},
            "rules": RULES,
            "cases": [{"name": "a case", "given": given, "expect": expect}],
        }
    )


def judged(given, expect, otherwise=None):
    knowledge_base = model(given, expect, otherwise)
    return run(knowledge_base, knowledge_base.cases)[0].unmet


WARM, GRASS, BOTH, COLD = {"warm": "yes"}, {"grass": "yes"}, {"warm": "yes", "grass": "yes"}, {"cold": "yes"}


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        (WARM, "red"),
        (WARM, {"ranking": ["red", "green", "blue"]}),
        (WARM, {"ranking": ["red"]}),
        (WARM, {"certainty": {"red": 0.6, "green": 0}}),
        (WARM, {"undecided": "no"}),
        (BOTH, {"tie": ["green", "red"]}),
        (COLD, {"undecided": "yes", "certainty": {"red": -0.5}}),
        ({}, {"undecided": "yes"}),
    ],
)
def test_a_case_passes_if_all_is_as_expected(given, expect):
    assert judged(given, expect) == ()


@pytest.mark.parametrize(
    ("given", "expect", "said", "lacking", "exceeding"),
    [
        (WARM, "green", "expected green, but red is recommended", ["green"], ["red"]),
        (BOTH, "green", "expected green, but red, green are tied", ["green"], ["red"]),
        (COLD, "red", "expected red, but no candidate exceeds 0.2", ["red"], []),
        (COLD, {"ranking": ["red", "blue"]}, "expected the order red, blue, but it is blue, green, red", ["red"],
         ["blue"]),
        (WARM, {"certainty": {"red": 0.7}}, "expected certainty 0.7 for red, but it is 0.6", ["red"], []),
        (WARM, {"certainty": {"red": 0.5}}, "expected certainty 0.5 for red, but it is 0.6", [], ["red"]),
        (WARM, {"tie": ["red", "blue"]}, "expected a tie between red, blue, but red is recommended", ["blue"], []),
        (BOTH, {"tie": ["red", "blue"]}, "expected a tie between red, blue, but red, green are tied", ["blue"],
         ["green"]),
        (WARM, {"undecided": "yes"}, "expected no candidate above 0.2, but red is recommended", [], ["red"]),
        (COLD, {"undecided": "no"}, "expected a candidate above 0.2, but no candidate exceeds 0.2", [], []),
    ],
)  # fmt: skip
def test_what_is_not_as_expected_is_said_with_the_candidates_that_it_concerns(given, expect, said, lacking, exceeding):
    (unmet,) = judged(given, expect)
    assert (str(unmet), list(unmet.lacking), list(unmet.exceeding)) == (said, lacking, exceeding)


def test_each_part_of_an_expectation_is_judged():
    keys = [
        unmet.key for unmet in judged(WARM, {"recommendation": "blue", "undecided": "yes", "certainty": {"red": 1}})
    ]
    assert keys == ["recommendation", "certainty", "undecided"]


def test_the_default_answer_is_a_recommendation_though_undecided():
    assert judged({}, {"recommendation": "blue", "undecided": "yes"}, otherwise="blue") == ()
    (unmet,) = judged({}, "red", otherwise="blue")
    assert str(unmet) == "expected red, but no candidate exceeds 0.2, so blue is the default"


def test_cases_of_another_file_are_run_instead(tmp_path):
    knowledge_base = KnowledgeBase(model(WARM, "green"))
    case = "{name: other, given: {warm: yes}, expect: red}"
    for name, text in (("list.yaml", f"- {case}"), ("mapping.yaml", f"cases: [{case}]")):
        path = tmp_path / name
        path.write_text(text)
        tests = knowledge_base.test(path)
        assert (tests.passed, [result.case.name for result in tests.results]) == (True, ["other"])
    assert knowledge_base.test(cases_from_file(path, knowledge_base.model)).passed
    assert not knowledge_base.test().passed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {name: x, given: {worm: yes}, expect: red}", ":1:21: unknown attribute 'worm'; did you mean 'warm'?"),
        ("- {name: x, given: {}}", ":1:3: a case needs 'expect', which is missing"),
        ("- {name: x, given: {}, expect: rad}", ":1:32: colour has no value 'rad'; did you mean 'red'?"),
        ("case: []", ":1:1: unknown key 'case' in a file of cases; did you mean 'cases'?"),
        ("cases: yes", ":1:8: 'cases' must be a list, not 'yes'"),
        ("red", ":1:1: 'cases' must be a list, not 'red'"),
    ],
)
def test_what_is_wrong_with_a_file_of_cases_is_told_with_its_place(tmp_path, text, message):
    path = tmp_path / "cases.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        KnowledgeBase(model({}, "red")).test(path)
    assert f"{path}{message}" in str(error.value)


def test_coverage_tells_which_rules_hold_in_no_case_and_which_change_no_recommendation():
    covered = KnowledgeBase(model(WARM | COLD, {"undecided": "yes"})).test().coverage
    assert (covered.unfired, covered.idle) == (("grass-green",), ("warm-red",))
    covered = KnowledgeBase(model(BOTH | COLD, "green")).test().coverage
    assert (covered.unfired, covered.idle) == ((), ("warm-red",))


def test_a_knowledge_base_without_cases_passes_and_covers_nothing():
    tests = KnowledgeBase(model_of({"knowledge_base": "x", "goal": "colour", "attributes": ATTRIBUTES,
                                    "rules": RULES})).test(mutate=True)  # fmt: skip
    assert (tests.passed, tests.coverage.share, tests.mutation.score) == (True, 0, 0)


def test_its_repr_says_in_a_line_what_came_of_the_tests():
    tests = KnowledgeBase(model(WARM, "green")).test(mutate=True)
    assert repr(tests) == (
        "<RuleTests colours: 0 of 1 cases pass, 1 of 3 rules hold in a case, 0 of 10 changes are noticed>"
    )
