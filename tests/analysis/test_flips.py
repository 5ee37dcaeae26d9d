"""Flips: all smallest sets of changes that change the recommendation, and nothing else."""

import copy
import itertools
import pickle
from math import inf, nextafter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import InputError, KnowledgeBase
from expert.analysis import hypothetical
from expert.analysis.flips import flips, flips_by_size
from expert.analysis.hypothetical import Option
from expert.analysis.single_changes import single_changes
from expert.explanation.report import Explanation
from expert.inference.degrees import degree_of
from expert.knowledge.crossings import CaseRanges
from expert.knowledge.ranges import Range
from tests.examples import examples
from tests.strategies import CONSTRUCTS, cases, knowledge_bases, model_of, values_of

ATTRIBUTES = {
    "colour": {"choices": ["red", "green", "blue"]},
    "size": {"question": "How large?", "choices": ["small", "middle", "large"]},
    "share": {"question": "Which share?", "number": {"at_least": 0, "at_most": 1}},
    "warm": {"question": "Warm?"},
    "dry": {"question": "Dry?", "ask_if": {"warm": "yes"}},
    "idle": {"question": "Idle?"},
}
RULES = {
    "small": {"if": {"size": "small"}, "then": {"colour": {"red": 0.5}}},
    "large": {"if": {"size": "large"}, "then": {"colour": {"green": 0.7}}},
    "little": {"if": {"share": {"less_than": 0.5}}, "then": {"colour": {"green": 0.6}}},
    "dry": {"if": {"dry": "yes"}, "then": {"colour": {"blue": 0.9}}},
}


def build(rules=RULES, attributes=ATTRIBUTES, **changes):
    data = {"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules}
    return KnowledgeBase(model_of(data | changes))


def found(knowledge_base, case, **options):
    return [
        (dict(flip.changes), flip.recommendation, flip.outcome)
        for flip in flips(knowledge_base.consult(case), **options)
    ]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (
            {},
            [
                ({"size": "small"}, "red", "recommended"),
                ({"size": "large"}, "green", "recommended"),
                ({"share": 0.4999}, "green", "recommended"),
                ({"warm": "yes", "dry": "yes"}, "blue", "recommended"),
            ],
        ),
        (
            {"size": "small", "dry": "no", "share": 0.9},
            [
                ({"size": "middle"}, None, "undecided"),
                ({"size": "large"}, "green", "recommended"),
                ({"size": None}, None, "undecided"),
                ({"share": 0.4999}, "green", "recommended"),
                ({"dry": "yes"}, "blue", "recommended"),
            ],
        ),
        (
            {"size": "large", "share": 0.2},
            [
                ({"size": "small", "share": 0.5}, "red", "recommended"),
                ({"size": "small", "share": None}, "red", "recommended"),
                ({"size": "middle", "share": 0.5}, None, "undecided"),
                ({"size": "middle", "share": None}, None, "undecided"),
                ({"size": None, "share": 0.5}, None, "undecided"),
                ({"size": None, "share": None}, None, "undecided"),
                ({"warm": "yes", "dry": "yes"}, "blue", "recommended"),
            ],
        ),
    ],
)
def test_lists_the_smallest_changes_smallest_first_in_the_order_of_the_file(case, expected):
    # With both for green (0.7 and 0.6: 0.88), dry for blue (0.9) is enough; it is asked only where it is warm.
    assert found(build(), case) == expected


def test_what_settles_a_tie_between_those_that_are_tied_comes_first():
    rules = {
        "warm": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.5, "green": 0.5}}},
        "large": {"if": {"size": "large"}, "then": {"colour": {"blue": 0.9}}},
        "little": {"if": {"share": {"less_than": 0.5}}, "then": {"colour": {"green": 0.3}}},
    }
    assert found(build(rules), {"warm": "yes"}, most=1) == [
        ({"share": 0.4999}, "green", "recommended"),
        ({"size": "large"}, "blue", "recommended"),
    ]


def test_a_fact_in_doubt_can_become_definite_or_be_withdrawn():
    rules = {"small": {"if": {"size": "small"}, "then": {"colour": {"red": 0.5}}}}
    case = {"size": {"value": "small", "certainty": 0.3}}
    assert found(build(rules), case) == [({"size": "small"}, "red", "recommended")]
    case = {"size": {"value": "small", "certainty": 0.9}}
    assert [changes for changes, *_ in found(build(rules), case)] == [
        {"size": "middle"}, {"size": "large"}, {"size": None},
    ]  # fmt: skip


def test_a_fact_of_certainty_0_is_a_question_still_open():
    assert found(build(), {"size": {"value": "small", "certainty": 0}}, most=1)[0][0] == {"size": "small"}


def test_what_is_fixed_never_changes():
    case = {"size": {"value": "large", "fixed": True}, "share": 0.2}
    assert [changes for changes, *_ in found(build(), case)] == [{"warm": "yes", "dry": "yes"}]
    assert found(build(), case, fixed=["warm"]) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [("sise", "there is no attribute 'sise'; did you mean 'size'?"), ("colour", "'colour' is concluded by rules")],
)
def test_names_that_cannot_be_fixed_are_refused(name, message):
    with pytest.raises(InputError, match=message):
        flips(build().consult(), [name])


def test_the_default_answer_is_a_recommendation_like_any_other():
    attributes = ATTRIBUTES | {"colour": {"choices": ["red", "green"], "otherwise": "red"}}
    rules = {name: RULES[name] for name in ("small", "little")}
    assert found(build(rules, attributes), {"size": "small"}) == [({"share": 0.4999}, "green", "recommended")]


def test_sizes_are_searched_when_they_are_asked_for():
    by_size = flips_by_size(build().consult())
    assert [len(next(by_size)) for _ in range(3)] == [3, 1, 0]


def test_the_goal_itself_can_be_given():
    attributes = ATTRIBUTES | {"colour": ATTRIBUTES["colour"] | {"question": "Which?"}}
    assert found(build({}, attributes), {"colour": "red"}) == [
        ({"colour": "green"}, "green", "recommended"),
        ({"colour": "blue"}, "blue", "recommended"),
        ({"colour": None}, None, "undecided"),
    ]


def test_without_anything_to_change_there_is_no_flip():
    attributes = {"colour": {"choices": ["red"]}, "size": {"question": "?"}, "idle": {"question": "?"}}
    rules = {"any": {"if": {"size": "yes"}, "then": {"colour": "red"}}}
    assert found(build(rules, attributes), {"size": {"value": "yes", "fixed": True}}) == []


def options_of(now, fixed):
    """List all single changes."""
    return [
        Option(name, value)
        for name, several in single_changes(now, fixed).items()
        for alternative in several
        for value in alternative.values
    ]


def contains(within, number):
    """Tell whether a number lies in a range."""
    above = within.low < number or (within.has_low and within.low == number)
    return above and (number < within.high or (within.has_high and within.high == number))


def stands_for(flip, change, ranges):
    """Tell whether a flip is a single change, or one to a number of the same effect."""
    if [made.attribute for made in flip.changes] != [change.attribute]:
        return False
    ((name, value),), number = flip.changes, not isinstance(change.value, str)
    return value == change.value or (
        number and value is not None and ranges.of(name).effect(value) == ranges.of(name).effect(change.value)
    )


def by_brute_force(knowledge_base, case, options, most):
    """Consult about every set of changes, by increasing size."""
    now = knowledge_base.consult(case)
    threshold = knowledge_base.model.threshold
    known = {fact.attribute for fact in now.given if fact.certainty != 0}

    def consult(changes):
        return knowledge_base.consult(case | dict(changes))

    def would_be_asked(changes):
        for change in changes:
            ask_if = knowledge_base.attributes[change.attribute].ask_if
            if ask_if is not None and change.attribute not in known:
                others = consult([other for other in changes if other is not change])
                if degree_of(ask_if)(others.certainties) <= threshold:
                    return False
        return True

    flipping = {}
    for size in range(1, most + 1):
        for changes in itertools.combinations(options, size):
            if len({change.attribute for change in changes}) < size:
                continue
            parts = itertools.chain.from_iterable(itertools.combinations(changes, n) for n in range(1, size))
            if any(part in flipping for part in parts):
                continue
            then = consult(changes)
            if then.recommendation != now.recommendation and would_be_asked(changes):
                flipping[changes] = (then.recommendation, then.outcome)
    return flipping


@settings(max_examples=examples(12), deadline=None)
@given(st.data())
def test_flips_are_exactly_the_smallest_sets_that_change_the_recommendation(data):
    drawn = data.draw(knowledge_bases(asked=3, derived=2, constructs=CONSTRUCTS))
    names = list(drawn["attributes"])
    for name in names:
        if "question" in drawn["attributes"][name] and data.draw(st.booleans()):
            asked = [other for other in names if "question" in drawn["attributes"][other] and other != name]
            if asked:
                test = data.draw(st.sampled_from(["unknown", {"not": "unknown"}]))
                drawn["attributes"][name]["ask_if"] = {data.draw(st.sampled_from(asked)): test}
    knowledge_base = KnowledgeBase(model_of(drawn))
    case = {name: fact for name, fact in data.draw(cases(drawn)).items() if data.draw(st.booleans())}
    fixed = [attribute.name for attribute in knowledge_base.askable if data.draw(st.integers(0, 4)) == 4]
    now = knowledge_base.consult(case)
    options = sum(len(each.values) for several in single_changes(now, fixed).values() for each in several)
    most = 3 if options <= 9 else 2  # since the sets of three are very many
    listed = flips(now, fixed, most)
    movable = {option.attribute for option in options_of(now, fixed)}
    full = 1 if any(len(movable & base) > 1 for base in knowledge_base.model.computed_from.values()) else most
    ranges = CaseRanges(knowledge_base.model, now.given)
    is_whole = all(ranges.of(name).is_whole for name in movable & knowledge_base.model.inputs)
    assert is_whole * full <= listed.searched <= most
    assert listed.is_complete == (listed.searched == most)
    with pytest.MonkeyPatch.context() as patch:  # in pieces of a case or two
        patch.setattr(hypothetical, "CELLS", 40)
        patch.setattr("expert.analysis.flips.TOGETHER", 20)
        assert flips(now, fixed, most) == listed
        patch.setattr("expert.analysis.flips.TABLE", -1e9)  # single changes as a table, too
        assert flips(now, fixed, most) == listed
    for flip in listed:
        for (name, value), within in zip(flip.changes, flip.ranges, strict=True):
            for other in values_of(drawn["attributes"][name]) if within and value is not None else ():
                if contains(within, other):
                    then = knowledge_base.consult(case | dict(flip.changes) | {name: other})
                    assert (then.recommendation, then.outcome) == (flip.recommendation, flip.outcome)
    expected = by_brute_force(knowledge_base, case, options_of(now, fixed), most)
    assert {flip.changes: (flip.recommendation, flip.outcome) for flip in listed} == expected
    assert [len(flip.changes) for flip in listed] == sorted(len(flip.changes) for flip in listed)
    assert not {change.attribute for flip in listed for change in flip.changes} & set(fixed)
    every = [Option(name, value) for name in movable for value in values_of(drawn["attributes"][name])]
    for changes, then in by_brute_force(knowledge_base, case, every, 1).items():
        (change,) = changes
        if knowledge_base.attributes[change.attribute].number and not ranges.of(change.attribute).is_whole:
            continue  # not all crossings of this input are known, which is told
        alike = [flip[1:3] for flip in listed if stands_for(flip, change, ranges)]
        assert alike == [then] or case.get(change.attribute, {}).get("value") == change.value


def test_a_size_of_too_many_sets_is_not_searched_and_that_is_told(monkeypatch):
    # The values of size, share, warm and dry that change anything: 2, 1, 1 and 1.
    whole = flips(build().consult())
    assert (whole.searched, whole.is_complete, len(whole)) == (3, True, 4)
    monkeypatch.setattr("expert.analysis.flips.SETS", 3)
    ended = flips(build().consult())
    assert (ended.searched, ended.is_complete) == (1, False)
    assert ended == tuple(flip for flip in whole if len(flip.changes) == 1)
    assert flips(build().consult(), most=1).is_complete
    told = Explanation(build().consult(), flips=ended).to_dict()
    assert (len(told["flips"]), told["flips_searched_up_to"]) == (3, 1)
    assert "flips_searched_up_to" not in Explanation(build().consult(), flips=whole).to_dict()
    assert copy.copy(ended).searched == pickle.loads(pickle.dumps(ended)).searched == 1
    monkeypatch.setattr("expert.analysis.flips.SETS", 250_000)
    monkeypatch.setattr("expert.analysis.flips.WORK", 100)
    assert flips(build().consult()).searched == 1


def test_a_change_to_a_number_tells_which_numbers_it_stands_for():
    (flip,) = [flip for flip in flips(build().consult(), most=1) if flip.changes[0].attribute == "share"]
    assert flip.ranges == (Range(-inf, 0.5),)
    assert flip.to_dict() == {
        "changes": {"share": 0.4999}, "ranges": {"share": {"less_than": 0.5}},
        "recommendation": "green", "outcome": "recommended",
    }  # fmt: skip


def computing(rules, **attributes):
    """Build a knowledge base with numbers, red being the answer unless a rule says green."""
    numbers = {name: {"question": "?", "number": limits} for name, limits in attributes.pop("asked").items()}
    goal = {"choices": ["red", "green"], "otherwise": "red"}
    rules = {f"rule{i}": {"if": premise, "then": {"colour": "green"}} for i, premise in enumerate(rules)}
    return build(rules, {"colour": goal} | numbers | attributes)


def test_inputs_of_a_computed_number_are_moved_to_where_it_crosses_a_bound():
    knowledge_base = computing([{"part": {"at_least": 0.3}}], asked={"n": {}}, part={"number": {}, "is": "n / 8"})
    (flip,) = flips(knowledge_base.consult({"n": 2}))
    assert (flip.changes, flip.recommendation) == ((("n", 2.4),), "green")
    (within,) = flip.ranges
    assert (within.high, within.has_low) == (inf, True)
    assert within.low == pytest.approx(2.4, abs=1e-8)
    assert knowledge_base.consult({"n": within.low}).recommendation == "green"
    assert knowledge_base.consult({"n": nextafter(within.low, 0)}).recommendation == "red"
    back = flips(knowledge_base.consult({"n": 3}))
    assert [(dict(flip.changes), flip.ranges) for flip in back] == [
        ({"n": 2.399}, (Range(-inf, within.low),)), ({"n": None}, (None,)),
    ]  # fmt: skip
    assert back.is_complete


def test_crossings_are_found_through_several_levels_defaults_and_what_rules_conclude():
    attributes = {
        "asked": {"n": {"at_least": 0, "at_most": 100}},
        "base": {"number": {}, "otherwise": 2},
        "twice": {"number": {}, "is": "n * base"},
        "share": {"number": {}, "is": "twice / (twice + 10)", "otherwise": 0},
    }
    knowledge_base = computing([{"share": {"more_than": 0.5}}], **attributes)
    (flip,) = flips(knowledge_base.consult({"n": 1}), fixed=["base"])
    assert 5 < dict(flip.changes)["n"] < 5.01
    assert flip.ranges[0].low == pytest.approx(5)


def test_where_two_inputs_move_together_no_claim_of_all_sets_and_no_range_is_made():
    sides = {"wide": {"at_least": 0, "at_most": 10}, "long": {"at_least": 0, "at_most": 10}}
    attributes = {"asked": sides, "area": {"number": {}, "is": "wide * long"}}
    knowledge_base = computing([{"area": {"at_least": 60}}], **attributes)
    listed = flips(knowledge_base.consult({"wide": 5, "long": 5}))
    assert (list(listed), listed.searched, listed.is_complete) == ([], 1, False)
    listed = flips(knowledge_base.consult({"wide": 7, "long": 7}))
    assert [dict(flip.changes) for flip in listed] == [{"wide": 8.57143}, {"long": 8.57143}]
    assert (listed.searched, listed.is_complete) == (1, False)


def test_an_exception_that_goes_and_a_default_that_comes_change_the_answer():
    attributes = {"colour": {"choices": ["red", "green"], "otherwise": "red"}, "ill": {"question": "?"}}
    attributes |= {"old": {"question": "?"}, "safe": {"otherwise": "yes"}}
    rules = {
        "unsafe": {"if": {"old": "yes"}, "then": {"safe": "no"}},
        "go": {"if": {"safe": "yes"}, "unless": {"ill": "yes"}, "then": {"colour": "green"}},
    }
    knowledge_base = build(rules, attributes)
    assert [changes for changes, *_ in found(knowledge_base, {"ill": "yes"})] == [{"ill": "no"}, {"ill": None}]
    assert [changes for changes, *_ in found(knowledge_base, {"old": "yes"})] == [{"old": "no"}, {"old": None}]
    assert [changes for changes, *_ in found(knowledge_base, {})] == [{"ill": "yes"}, {"old": "yes"}]
