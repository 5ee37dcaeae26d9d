"""Decisive questions: one answer to them, alone, changes the recommendation."""

import itertools
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.workload import number_base
from expert import KnowledgeBase
from expert.analysis.decisive import Decisive
from expert.inference.degrees import degree_of
from expert.knowledge.crossings import CaseRanges
from expert.knowledge.distinctions import distinguishing_values
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.ranges import Ranges
from tests.examples import examples
from tests.strategies import CONSTRUCTS, cases, completions, knowledge_bases, model_of, values_of

ATTRIBUTES = {
    "colour": {"choices": ["red", "green", "blue"]},
    "size": {"question": "How large?", "choices": ["small", "middle", "large"]},
    "share": {"question": "Which share?", "number": {"at_least": 0, "at_most": 1}},
    "warm": {"question": "Warm?"},
    "shape": {"choices": ["round", "square"]},
}
RULES = {
    "small": {"if": {"size": "small"}, "then": {"colour": {"red": 0.5}}},
    "large": {"if": {"size": "large"}, "then": {"shape": "round"}},
    "round": {"if": {"shape": "round"}, "then": {"colour": {"green": 0.7}}},
    "little": {"if": {"share": {"less_than": 0.5}}, "then": {"colour": {"green": 0.6}}},
    "warm": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.1, "blue": 0.1}}},
}


def build(rules=RULES, **colour):
    attributes = ATTRIBUTES | {"colour": ATTRIBUTES["colour"] | colour}
    return KnowledgeBase(
        model_of({"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules})
    )


def decisive(knowledge_base, given):
    found = Decisive(knowledge_base.consult(given)).questions()
    return {question.attribute.name: dict(question.answers) for question in found}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"size": {"small": "red", "large": "green"}, "share": {0: "green"}}),
        ({"size": "small"}, {"share": {0: "green"}}),
        ({"size": "large"}, {}),
        ({"size": "middle"}, {"share": {0: "green"}}),
        ({"share": 0.2}, {}),
        ({"share": 0.7}, {"size": {"small": "red", "large": "green"}}),
        ({"share": {"value": 0.2, "certainty": 0.8}}, {"size": {"small": "red"}}),
        ({"share": {"value": 0.2, "certainty": 0.9}, "size": "small"}, {"warm": {"yes": "red"}}),
        (
            {"size": {"value": "small", "certainty": 0}},
            {"size": {"small": "red", "large": "green"}, "share": {0: "green"}},
        ),
    ],
)
def test_decisive_answers_lead_to_another_recommendation(given, expected):
    assert decisive(build(), given) == expected


def test_questions_come_in_the_order_of_the_file_and_answers_in_that_of_the_choices():
    knowledge_base = build()
    found = list(Decisive(knowledge_base.consult({})).questions())
    assert [question.attribute for question in found] == [
        knowledge_base.attributes["size"], knowledge_base.attributes["share"],
    ]  # fmt: skip
    assert found[0].answers == (("small", "red"), ("large", "green"))


def test_an_answer_that_only_breaks_the_recommendation_is_not_listed():
    rules = {
        "small": {"if": {"size": "small"}, "then": {"colour": {"red": 0.5}}},
        "veto": {"if": {"warm": "yes"}, "then": {"colour": {"red": -1}}},
        "tie": {"if": {"share": 1}, "then": {"colour": {"green": 0.5}}},
    }
    assert decisive(build(rules), {"size": "small"}) == {}


def test_an_answer_that_leaves_the_default_is_listed():
    rules = {
        "small": {"if": {"size": "small"}, "then": {"colour": {"red": 0.5}}},
        "veto": {"if": {"warm": "yes"}, "then": {"colour": {"red": -1}}},
        "default": {"if": {"share": 1}, "then": {"colour": {"blue": 0.3}}},
    }
    knowledge_base = build(rules, otherwise="blue")
    assert decisive(knowledge_base, {"size": "small"}) == {"warm": {"yes": "blue"}}
    assert decisive(knowledge_base, {}) == {"size": {"small": "red"}}


def test_a_tie_is_decided_by_either_candidate():
    rules = {
        "both": {"if": {"size": "small"}, "then": {"colour": ["red", "green"]}, "certainty": 0.5},
        "warm": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.1}}},
        "cold": {"if": {"warm": "no"}, "then": {"colour": {"green": 0.1}}},
    }
    assert decisive(build(rules), {"size": "small"}) == {"warm": {"yes": "red", "no": "green"}}


def test_numbers_with_the_same_effect_are_told_once():
    rules = {"much": {"if": {"share": {"at_least": 0.5}}, "then": {"colour": {"green": 0.5}}}}
    assert decisive(build(rules), {}) == {"share": {0.5: "green"}}


def test_the_goal_itself_may_be_decisive():
    assert decisive(build({}, question="Which?"), {}) == {"colour": {"red": "red", "green": "green", "blue": "blue"}}


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_decisive_questions_are_all_those_and_only_those_that_change_the_recommendation(data):
    drawn = data.draw(knowledge_bases())
    facts = {name: fact for name, fact in data.draw(cases(drawn)).items() if data.draw(st.booleans())}
    knowledge_base = KnowledgeBase(model_of(drawn))
    now = knowledge_base.consult(facts)
    expected = {}
    for name, attribute in knowledge_base.attributes.items():
        if attribute.question and name not in now.certainties:
            key = Ranges(knowledge_base.model, attribute).of if attribute.number else str
            first = {key(value): value for value in reversed(distinguishing_values(knowledge_base.model, attribute))}
            for value in first.values():
                then = knowledge_base.consult(facts | {name: value}).recommendation
                if then not in (None, now.recommendation):
                    expected.setdefault(name, {})[value] = then
    assert decisive(knowledge_base, facts) == expected


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_whatever_rules_are_made_of_each_answer_that_changes_the_recommendation_is_in_a_range(data):
    drawn = data.draw(knowledge_bases(asked=3, derived=2, constructs=CONSTRUCTS))
    facts = {name: fact for name, fact in data.draw(cases(drawn)).items() if data.draw(st.booleans())}
    knowledge_base = KnowledgeBase(model_of(drawn))
    now = knowledge_base.consult(facts)
    search = Decisive(now)
    case_ranges = CaseRanges(knowledge_base.model, now.given)
    found = {question.attribute.name: question for question in search.questions()}
    for name in search.open_questions:
        question = found.get(name)
        answers = question.answers if question else ()
        for value, then in answers:
            assert knowledge_base.consult(facts | {name: value}).recommendation == then != now.recommendation
        for value in values_of(drawn["attributes"][name]):
            then = knowledge_base.consult(facts | {name: value}).recommendation
            ranges = question.ranges if question else ()
            told = [
                answer for (given, answer), within in zip(answers, ranges, strict=True)
                if given == value or (within and contains(within, value))
            ]  # fmt: skip
            expected = [then] if then not in (None, now.recommendation) else []
            # Where an input's crossings are not all known, its ranges may overlap or leave numbers out.
            is_whole = not knowledge_base.attributes[name].number or case_ranges.of(name).is_whole
            assert told == expected if is_whole else set(told) <= set(expected)
    joint = search.together()
    if joint is not None:
        taken = {attribute.name: value for attribute, value in joint.answers}
        then = knowledge_base.consult(facts | taken)
        assert (then.recommendation, then.outcome) == joint.then
    elif search.is_exhausted:
        values = {name: values_of(drawn["attributes"][name]) for name in search.open_questions}
        for answers in itertools.islice(completions({}, values), 30):
            assert knowledge_base.consult(facts | answers).recommendation == now.recommendation


def test_two_open_inputs_of_a_computed_number_are_never_called_impossible():
    attributes = {
        "colour": {"choices": ["red", "green"]},
        "weight": {"question": "?", "number": {"at_least": 1, "at_most": 400}},
        "height": {"question": "?", "number": {"at_least": 0.5, "at_most": 2.5}},
        "ratio": {"number": {}, "is": "weight / (height * height)"},
    }
    rules = {"heavy": {"if": {"ratio": {"at_least": 1599}}, "then": {"colour": "red"}}}
    data = {"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules}
    knowledge_base = KnowledgeBase(model_of(data))
    search = Decisive(knowledge_base.consult({}))
    assert list(search.questions()) == []
    joint = search.together()
    assert {attribute.name: value for attribute, value in joint.answers} == {"weight": 400, "height": 0.5}
    assert joint.ranges == (None, None)  # since they depend on one another
    rules["heavy"]["if"] = [{"ratio": {"at_least": 20}}, {"ratio": {"less_than": 21}}]  # between what is tried
    search = Decisive(KnowledgeBase(model_of(data)).consult({}))
    assert (list(search.questions()), search.together()) == ([], None)
    assert (search.size, search.is_exhausted) == (1, False)


def contains(within, number):
    """Tell whether a number lies in a range."""
    above = within.low < number or (within.has_low and within.low == number)
    return above and (number < within.high or (within.has_high and within.high == number))


def smallest_by_brute_force(knowledge_base, facts):
    """Consult about all sets of answers to open questions, by size; give the smallest that has any, and these."""
    now = knowledge_base.consult(facts)
    threshold = knowledge_base.model.threshold
    answers = {
        name: distinguishing_values(knowledge_base.model, knowledge_base.attributes[name])
        for name in now.open_questions
    }

    def would_be_asked(name, others):
        ask_if = knowledge_base.attributes[name].ask_if
        return ask_if is None or degree_of(ask_if)(knowledge_base.consult(facts | others).certainties) > threshold

    for size in range(1, len(answers) + 1):
        changing = {}
        for names in itertools.combinations(answers, size):
            for values in itertools.product(*(answers[name] for name in names)):
                taken = dict(zip(names, values, strict=True))
                then = knowledge_base.consult(facts | taken)
                if then.recommendation != now.recommendation and all(
                    would_be_asked(name, {other: taken[other] for other in taken if other != name}) for name in taken
                ):
                    changing[tuple(taken.items())] = (then.recommendation, then.outcome)
        if changing:
            return size, changing
    return None, {}


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_the_smallest_number_of_answers_is_that_of_all_sets(data):
    drawn = data.draw(knowledge_bases(rules=8, asked=3, derived=2))
    names = [name for name, declared in drawn["attributes"].items() if "question" in declared]
    for name in names:
        others = [other for other in names if other != name]
        if others and data.draw(st.integers(0, 2)) == 2:
            test = data.draw(st.sampled_from(["unknown", {"not": "unknown"}]))
            drawn["attributes"][name]["ask_if"] = {data.draw(st.sampled_from(others)): test}
    facts = {name: fact for name, fact in data.draw(cases(drawn)).items() if data.draw(st.booleans())}
    knowledge_base = KnowledgeBase(model_of(drawn))
    consultation = knowledge_base.consult(facts)
    if (
        prod(
            1 + len(distinguishing_values(knowledge_base.model, knowledge_base.attributes[name]))
            for name in consultation.open_questions
        )
        > 300
    ):
        return  # too many sets to try them all
    search = Decisive(consultation)
    found = list(search.questions())
    joint = search.together()
    size, changing = smallest_by_brute_force(knowledge_base, facts)
    if joint is None:
        assert (size, search.is_exhausted) == (None, True)
        return
    answers = tuple((attribute.name, value) for attribute, value in joint.answers)
    assert (len(answers), joint.then) == (size, changing[answers])
    if size > 1:
        assert search.size == size - 1
        assert not found
    for (attribute, _), within in zip(joint.answers, joint.ranges, strict=True):
        for other in values_of(drawn["attributes"][attribute.name]) if within else ():
            if within.low < other < within.high:
                then = knowledge_base.consult(facts | dict(answers) | {attribute.name: other})
                assert (then.recommendation, then.outcome) == joint.then


@pytest.mark.parametrize("rules", [200, 400])
def test_the_work_for_single_answers_grows_with_the_rules_alone(rules):
    def work(rules):
        knowledge_base = KnowledgeBase(load_bytes(number_base(rules, 20).encode(), "numbers.yaml"))
        search = Decisive(knowledge_base.consult({"number0": 500, "number1": 10}))
        list(search.questions())
        return search.work

    # The answers to try are as many as the rules, and each moves a share of the rules.
    assert work(2 * rules) <= 2.3**2 * work(rules)


def test_a_search_without_work_left_says_how_far_it_went():
    search = Decisive(build().consult({}), alone=0)
    assert (list(search.questions()), search.together(), search.searched, search.size) == ([], None, 0, 0)
