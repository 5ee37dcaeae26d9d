"""A case that changes answer by answer has at every moment what a consultation on its facts finds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.analysis.changing_case import ChangingCase
from expert.inference.degrees import degree_of
from tests.examples import examples
from tests.strategies import CONSTRUCTS, cases, is_askable, knowledge_bases, model_of, values_of


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_certainties_are_those_of_a_consultation_to_the_last_bit(data):
    drawn = data.draw(knowledge_bases(constructs=CONSTRUCTS))
    given = {name: fact for name, fact in data.draw(cases(drawn)).items() if data.draw(st.booleans())}
    knowledge_base = KnowledgeBase(model_of(drawn))
    now = knowledge_base.consult(given)
    case = ChangingCase(now)
    names = [name for name in drawn["attributes"] if is_askable(drawn, name) and name not in given]
    answers = {}
    for _ in range(8 if names else 0):
        name = data.draw(st.sampled_from(names))
        answers[name] = data.draw(st.sampled_from([*values_of(drawn["attributes"][name]), None]))
        case.answer(name, answers[name])
        then = knowledge_base.consult(given | {name: value for name, value in answers.items() if value is not None})
        assert case.certainties == then.certainties
        for rule in knowledge_base.rules:
            assert case.holds(rule.premise) == (
                degree_of(rule.premise)(then.certainties) > knowledge_base.model.threshold
            )
    for name in answers:
        case.answer(name, None)
    assert case.certainties == now.certainties


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_given_facts_can_be_changed_withdrawn_and_restored(data):
    drawn = data.draw(knowledge_bases(constructs=CONSTRUCTS))
    facts = data.draw(cases(drawn))
    knowledge_base = KnowledgeBase(model_of(drawn))
    now = knowledge_base.consult(facts)
    case = ChangingCase(now)
    changed = dict(facts)
    for name in data.draw(st.lists(st.sampled_from(list(facts)), max_size=6)) if facts else ():
        value = data.draw(st.sampled_from([*values_of(drawn["attributes"][name]), None]))
        changed[name] = value
        case.answer(name, value)
        assert case.certainties == knowledge_base.consult(changed).certainties
    for name in facts:
        case.restore(name)
    assert case.certainties == now.certainties


def test_a_number_moves_only_the_rules_whose_bounds_it_crosses():
    attributes = {"colour": {"choices": ["red"]}, "count": {"question": "?", "number": {}}}
    rules = {f"rule{i}": {"if": {"count": {"at_least": i}}, "then": {"colour": {"red": 0.001}}} for i in range(1000)}
    data = {"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules}
    case = ChangingCase(KnowledgeBase(model_of(data)).consult({}))
    case.answer("count", 2.5)
    for answer, looked_at in ((3.5, 1), (3.6, 0), (13.5, 10), (3.5, 10)):
        before = case.work
        case.answer("count", answer)
        weighed = 1 + 1 + round(answer + 0.5) * (looked_at > 0)
        assert case.work - before <= looked_at + weighed
