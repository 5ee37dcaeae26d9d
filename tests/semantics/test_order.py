"""The result depends neither on the order of rules and facts, nor on hashes."""

import json
import os
import subprocess
import sys
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from expert.api.knowledge_base import KnowledgeBase
from expert.explanation.report import Explanation
from expert.rendering.text.explanation_text import explanation_text
from expert.rendering.text.recommendation_text import recommendation_text
from expert.rendering.text.text_page import TextPage
from tests.examples import examples
from tests.strategies import cases, knowledge_bases, make_case, make_knowledge_base, model_of, random_pick


def written(consultation):
    return json.dumps(consultation.to_dict())


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_order_of_facts(data):
    drawn = data.draw(knowledge_bases())
    facts = data.draw(cases(drawn))
    shuffled = {name: facts[name] for name in data.draw(st.permutations(list(facts)))}
    knowledge_base = KnowledgeBase(model_of(drawn))
    assert written(knowledge_base.consult(shuffled)) == written(knowledge_base.consult(facts))


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_order_of_rules(data):
    drawn = data.draw(knowledge_bases())
    facts = data.draw(cases(drawn))
    names = data.draw(st.permutations(list(drawn["rules"])))
    shuffled = drawn | {"rules": {name: drawn["rules"][name] for name in names}}
    one = KnowledgeBase(model_of(drawn)).consult(facts)
    other = KnowledgeBase(model_of(shuffled)).consult(facts)

    assert one.certainties.keys() == other.certainties.keys()
    for attribute, by_value in one.certainties.items():
        assert by_value.keys() == other.certainties[attribute].keys()
        for value, certainty in by_value.items():
            assert abs(certainty - other.certainties[attribute][value]) <= 1e-12, (attribute, value)
    assert (one.outcome, one.recommendation) == (other.outcome, other.recommendation)
    assert {candidate.value for candidate in one.leaders} == {candidate.value for candidate in other.leaders}
    assert one.contradictions == other.contradictions
    assert one.open_questions == other.open_questions
    matched = {firing.rule: (firing.stratum, set(firing.matched)) for firing in one.firings}
    assert matched.keys() == {firing.rule for firing in other.firings}


def test_order_of_facts_in_texts_and_drawings():
    article = KnowledgeBase.load()
    facts = {"dataset_size": "large", "object_detection": "yes", "debugging": "no", "flexibility": "yes"}
    shown = set()
    for names in list(permutations(facts))[::4]:
        consultation = article.consult({name: facts[name] for name in names})
        page = TextPage(consultation)
        explanation = Explanation(consultation, (consultation.why("tensorflow"),), (consultation.why_not("keras"),))
        texts = recommendation_text(consultation), explanation_text(page, explanation)
        shown.add((*texts, *(consultation.draw(kind, everything=True, not_fired=True) for kind in ("html", "dot"))))
    assert len(shown) == 1


MANY = """
import json, sys
from expert.api.knowledge_base import KnowledgeBase
from expert.knowledge.loading.knowledge_base_file import load_bytes
for text, facts in json.load(sys.stdin):
    print(json.dumps(KnowledgeBase(load_bytes(text.encode(), "drawn.yaml")).consult(facts).to_dict()))
"""


def test_hash_seed():
    drawn = [make_knowledge_base(random_pick(seed)) for seed in range(40)]
    many = json.dumps([(json.dumps(data), make_case(random_pick(1), data)) for data in [*drawn, EVEN]])
    printed = {
        subprocess.run(
            [sys.executable, "-c", MANY],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            input=many,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(5)
    }
    assert len(printed) == 1
    assert len(printed.pop().splitlines()) == 41


EVEN = {
    "knowledge_base": "even",
    "goal": "colour",
    "attributes": {
        "colour": {"choices": ["red", "green"]},
        "size": {"question": "How large?", "choices": ["small"]},
        "shape": {"choices": ["round", "square", "flat", "long"]},
    },
    "rules": {
        "shapes": {"if": {"size": "small"}, "then": {"shape": {"square": 0.5, "flat": 0.5, "long": 0.5}}},
        "colours": {"if": {"shape": {"not": "round"}}, "then": {"colour": ["red", "green"]}},
    },
}
"""Several facts that a rule could have matched are equally strong here."""
