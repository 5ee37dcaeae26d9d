"""What other facts would have led to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import Consultation, InputError, KnowledgeBase
from expert.analysis.what_if import FactChange, RuleChange, Standing
from expert.knowledge.model import Fact
from tests.colours import consult
from tests.examples import examples
from tests.strategies import cases, knowledge_bases, model_of

SMALL = Fact("size", "small")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"size": "small"}, ()),
        ({"size": None}, (FactChange("size", SMALL, None),)),
        ({"size": "large"}, (FactChange("size", SMALL, Fact("size", "large")),)),
        ({"size": {"value": "small", "certainty": 0.5}}, (FactChange("size", SMALL, Fact("size", "small", 0.5)),)),
        ({"warm": True}, (FactChange("warm", None, Fact("warm", "yes")),)),
        (
            {"warm": "no", "size": None},
            (FactChange("size", SMALL, None), FactChange("warm", None, Fact("warm", "no"))),
        ),
    ],
)
def test_facts_are_changed_added_and_withdrawn(changes, expected):
    assert consult({"size": "small"}).what_if(**changes).changes == expected


def test_both_rankings_stand_side_by_side_and_rules_that_make_the_difference_are_named():
    compared = consult({"size": "small", "glow": "yes"}).what_if(size=None, glow={"value": "yes", "certainty": 0.5})
    assert (compared.before.recommendation, compared.after.recommendation) == ("green", "green")
    assert compared.ranking == (
        Standing("green", 0.79, 0.3),
        Standing("red", 0.428571428571428, 0),
        Standing("blue", 0, 0),
    )
    assert compared.rules == (
        RuleChange("small-cold", "stopped", 1, 0),
        RuleChange("glow-red", "changed", 1, 0.5),
        RuleChange("green", "stopped", 1, 0),
    )


def test_what_was_found_can_be_questioned_further():
    after = consult({}).what_if(size="small").after
    assert type(after) is Consultation
    assert after.what_if(size=None).after.ranking == consult({}).ranking


def test_a_fact_that_does_not_fit_is_refused():
    with pytest.raises(InputError, match="did you mean 'size'"):
        consult({}).what_if(sise="small")


@settings(max_examples=examples(40))
@given(st.data())
def test_is_what_consulting_about_the_changed_facts_gives(data):
    drawn = data.draw(knowledge_bases())
    given, changes = data.draw(cases(drawn)), data.draw(cases(drawn))
    knowledge_base = KnowledgeBase(model_of(drawn))
    compared = knowledge_base.consult(given).what_if(**changes)
    assert compared.before == knowledge_base.consult(given)
    assert compared.after == knowledge_base.consult(given | changes)
    held = {firing.rule for firing in compared.after.firings} - {firing.rule for firing in compared.before.firings}
    assert {change.rule for change in compared.rules if change.kind == "started"} == held
