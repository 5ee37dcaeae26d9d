"""Two knowledge bases on one case: what each answers, and which rules make the difference."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.analysis.comparison import compare, takes
from expert.knowledge.model import Fact
from expert.knowledge.problems import InputError
from tests.colours import COLOURS, retiring
from tests.examples import examples
from tests.strategies import CONSTRUCTS, cases, knowledge_bases, model_of

ONE = KnowledgeBase(model_of(COLOURS))


def with_rules(**changes):
    """Change the rules of the colours; None takes one away."""
    rules = {name: rule for name, rule in (COLOURS["rules"] | changes).items() if rule}
    return KnowledgeBase(model_of(COLOURS | {"rules": rules}))


def told(differences):
    return [(each.rule.name, each.change, [evidence.strength for evidence in each.gave]) for each in differences]


BLUE = {"if": {"size": "small"}, "then": {"colour": {"blue": 0.9}}}
GREEN = {"if": {"size": "small"}, "then": {"colour": {"green": 0.1}}}
COLD = {"if": {"size": "small"}, "then": {"shape": {"square": 1}}}


@pytest.mark.parametrize(
    ("other", "answer", "only_one", "only_other"),
    [
        ({}, "green", [], []),
        ({"blue": BLUE}, "blue", [], [("blue", "absent", [0.9])]),
        ({"green": None}, "green", [("green", "absent", [0.7])], []),
        ({"green": GREEN}, "green", [("green", "changed", [0.7])], [("green", "changed", [0.1])]),
        (
            {"green": None, "cold": COLD},
            "blue",
            [("open", "not held", [-0.3, 0.3]), ("green", "absent", [0.7])],
            [("cold", "absent", [1]), ("shaped", "not held", [0.4])],
        ),
    ],
)
def test_names_the_rules_that_held_by_one_alone(other, answer, only_one, only_other):
    compared = ONE.compare_case(with_rules(**other), {"size": "small"})
    assert (compared.one.recommendation, compared.other.recommendation) == ("green", answer)
    assert compared.same_answer is (answer == "green")
    assert (told(compared.only_one), told(compared.only_other)) == (only_one, only_other)


def test_a_retired_rule_is_named_with_the_reason():
    other = KnowledgeBase(retiring(ONE.model, {"green": "Green is gone."}))
    (lost,) = ONE.compare_case(other, {"size": "small"}).only_one
    assert (lost.change, lost.reason) == ("retired", "Green is gone.")
    (gained,) = other.compare_case(ONE, {"size": "small"}).only_other
    assert (gained.change, gained.reason) == ("retired", "Green is gone.")


def test_tells_what_the_other_would_answer_with_fewer_rules_and_with_more():
    compared = ONE.compare_case(with_rules(blue=BLUE, green=None), {"size": "small"})
    answers = [compared.one, compared.other, compared.other_with_shared, compared.other_with_both]
    assert [each.recommendation for each in answers] == ["green", "blue", "green", "blue"]
    assert compared.other_with_both.certainties["colour"]["green"] == pytest.approx(0.79)


def test_a_row_that_the_other_lacks_is_put_back_in_its_place():
    rows = [["small", "red"], ["-", "green"], ["-", "blue"]]
    table = {"then": ["colour"], "hit": "first", "columns": ["size", "colour"], "rows": rows}
    one = KnowledgeBase(model_of(COLOURS | {"rules": {}, "tables": {"t": table}}))
    other = KnowledgeBase(retiring(one.model, {"t/1": "It is wrong."}))
    compared = one.compare_case(other, {"size": "small"})
    assert (compared.other.recommendation, compared.other_with_both.recommendation) == ("green", "red")


@pytest.mark.parametrize(
    "rules",
    [
        {"loop": {"if": {"glow": "yes"}, "then": {"warm": "yes"}}},  # with the other's rules, a cycle
        {"pink": {"if": {"size": "tiny"}, "then": {"colour": {"red": 0.1}}}},
        {"pink": {"if": {"size": "small"}, "then": {"colour": {"pink": 0.1}}}},
        {"pink": {"if": {"share": {"at_least": 1}}, "then": {"colour": {"red": 0.1}}}},
        {"pink": {"if": {"new": "yes"}, "then": {"colour": {"red": 0.1}}}},
        {"pink": {"if": {"size": "small"}, "then": {"worth": 3}}},
    ],
)
def test_rules_that_do_not_fit_the_other_are_not_put_there(rules):
    attributes = {name: dict(each) for name, each in COLOURS["attributes"].items()}
    attributes |= {"new": {"question": "New?"}, "worth": {"number": {}}}
    attributes["colour"] = {"choices": ["red", "green", "blue", "pink"]}
    attributes["size"] = {"question": "How large?", "choices": ["tiny", "small", "middle", "large"]}
    one = KnowledgeBase(model_of(COLOURS | {"attributes": attributes, "rules": rules}))
    changed = COLOURS["attributes"] | {"share": {"question": "Is it shared?"}, "worth": {"number": {}, "is": "1 + 1"}}
    others = {name: rule for name, rule in COLOURS["rules"].items() if name != "warm-hot"}
    others["warm-hot"] = {"if": {"warm": "yes"}, "then": {"hot": "yes"}}
    other = KnowledgeBase(model_of(COLOURS | {"attributes": changed, "rules": others}))
    assert one.compare_case(other, {"size": "small"}).other_with_both is None


def test_each_ignores_the_facts_that_only_the_other_knows():
    attributes = COLOURS["attributes"] | {
        "size": {"question": "How large?", "choices": ["small", "large", "vast"]},
        "share": {"question": "Which share?", "number": {"at_most": 5}},
        "new": {"question": "New?"},
        "hot": {"question": "Is it hot?"},
    }
    del attributes["shape"]
    rules = {"vast": {"if": {"size": "vast", "new": "yes", "hot": "no"}, "then": {"colour": "red"}}}
    other = KnowledgeBase(model_of(COLOURS | {"attributes": attributes, "rules": rules}))
    given = {"size": "vast", "share": 3, "new": True, "hot": False, "shape": "round"}
    compared = ONE.compare_case(other, given)
    assert [fact.attribute for fact in compared.ignored_by_one] == ["size", "share", "new", "hot"]
    assert [fact.attribute for fact in compared.ignored_by_other] == ["shape"]
    assert (compared.one.recommendation, compared.other.recommendation) == ("blue", "red")
    assert [fact.attribute for fact in compared.given] == list(given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"szie": "small"}, "unknown attribute 'szie'; did you mean 'size'?"),
        ({"size": "vats"}, "size has no value 'vats'; did you mean 'vast'?"),
        ({"share": 6}, "share must be a number, at most 5, not '6'"),
        ({"colour": "red"}, "'colour' is concluded by rules and cannot be given"),
        ({"double": 2}, "'double' is computed and cannot be given"),
    ],
)
def test_a_fact_that_fits_neither_is_refused(given, message):
    attributes = COLOURS["attributes"] | {
        "size": {"question": "How large?", "choices": ["small", "vast"]},
        "share": {"question": "Which share?", "number": {"at_most": 5}},
        "double": {"is": "2 * share"},
    }
    rules = {"vast": {"if": {"size": "vast"}, "then": {"colour": "red"}}}
    other = KnowledgeBase(model_of(COLOURS | {"attributes": attributes, "rules": rules}))
    with pytest.raises(InputError) as caught:
        ONE.compare_case(other, given)
    assert caught.value.problems[0].message.startswith(message)


def test_a_default_answer_and_a_recommendation_may_be_the_same():
    goal = COLOURS["attributes"]["colour"] | {"otherwise": "green"}
    data = COLOURS | {"rules": {}, "attributes": COLOURS["attributes"] | {"colour": goal}}
    compared = ONE.compare_case(KnowledgeBase(model_of(data)), {"warm": "no"})
    assert (compared.one.outcome, compared.other.outcome, compared.same_answer) == ("recommended", "default", True)


def test_ties_are_the_same_between_the_same():
    def tie(*colours):
        return with_rules(**{f"{c}-2": {"if": {"warm": "no"}, "then": {"colour": {c: 1}}} for c in colours})

    case = {"warm": "no", "shape": "round"}
    assert tie("red", "green").compare_case(tie("green", "red"), case).same_answer
    assert not tie("red", "green").compare_case(tie("red", "blue"), case).same_answer


def test_is_plain_data():
    data = ONE.compare_case(with_rules(blue=BLUE), {"size": "small"}).to_dict()
    assert json.loads(json.dumps(data)) == data
    assert list(data) == ["format", "given", "one", "other", "same_answer", "only_one", "only_other"]
    assert (data["format"], data["one"]["recommendation"], data["other"]["recommendation"]) == (
        "expert.comparison/1", "green", "blue",
    )  # fmt: skip
    assert data["only_other"] == [
        {
            "rule": "blue", "change": "absent", "gave": [{"attribute": "colour", "value": "blue", "evidence": 0.9}],
            "because": "", "source": [],
        }
    ]  # fmt: skip


@given(st.data())
@settings(max_examples=examples(60))
def test_both_sides_are_consulted_about_what_they_know(draw):
    one, other = (draw.draw(knowledge_bases(constructs=CONSTRUCTS)) for _ in range(2))
    case = draw.draw(st.sampled_from([one, other]).flatmap(cases))
    bases = [KnowledgeBase(model_of(data)) for data in (one, other)]
    facts = [Fact(name, each["value"], each["certainty"]) for name, each in case.items()]
    compared = compare(bases[0].model, bases[1].model, facts)
    for base, side in zip(bases, (compared.one, compared.other), strict=True):
        expected = base.consult([fact for fact in facts if takes(base.model, fact)])
        assert (side.outcome, side.ranking, side.firings) == (expected.outcome, expected.ranking, expected.firings)
    held = [{firing.rule for firing in side.rules_held} for side in (compared.one, compared.other)]
    rules = [base.model.rules_by_name for base in bases]
    both = {name for name in held[0] & held[1] if rules[0][name] == rules[1][name]}
    assert {each.rule.name for each in compared.only_one} == held[0] - both
    assert {each.rule.name for each in compared.only_other} == held[1] - both
