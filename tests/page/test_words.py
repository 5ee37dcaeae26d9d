"""The page says what the other faces say, in the same words."""

import pytest

from expert.explanation.shown_certainties import number
from expert.explanation.why import arithmetic, exact
from expert.inference.consultation import Consultation, consult
from expert.knowledge import rules
from expert.knowledge.loading.facts_reading import facts_from_python
from expert.page.compiled import compiled
from expert.page.page import SCRIPTS
from expert.rendering.headline import headline, still_possible_or_unknown
from expert.rendering.words import premise_words
from tests.examples import examples
from tests.page.node import running
from tests.page.test_evaluator import case_of
from tests.page.test_questions import draw
from tests.strategies import make_case, model_of

RESPOND = """
function respond({ data, facts, certainties }) {
  if (certainties) return [certainties.map((each) => number(each, true)), certainties.map(exact), arithmetic(certainties)];
  const base = prepared(data);
  const given = new Map(facts);
  const state = consult(base, given);
  const certain = scores(base, state);
  const leaders = leading(base, certain);
  return {
    headline: headline(base, certain).join(""),
    possible: stillPossible(base, outlook(base, given, new Set(given.keys())), leaders.length),
    tests: base.rules.map((rule) => [...testsOf(rule.if)].map((test) => testText(base, test))),
    matched: base.rules.map((rule, i) => (state.degree[i] > 0 ? groundsOf(base, state, rule.if).map((each) => [each.attribute, each.value]) : null)),
  };
}
"""  # noqa: E501


@pytest.fixture(scope="module")
def ask():
    with running(SCRIPTS[: SCRIPTS.index("facts.js")], RESPOND) as ask:
        yield ask


@pytest.mark.parametrize("seed", range(2_000, 2_000 + examples(100)))
def test_an_answer_is_stated_as_on_the_terminal(ask, seed):
    pick, data, _ = draw(seed)
    model = model_of(data)
    facts = [fact for fact in facts_from_python(make_case(pick, data), model) if fact.certainty]
    consultation = consult(model, facts, Consultation)
    said = ask({"data": compiled(model), "facts": case_of(model, facts)})
    assert said["headline"] == headline(consultation).text
    assert said["tests"] == [
        [premise_words(model, test) for test in rules.tests(rule.premise)] for rule in model.all_rules
    ]
    if "too many ways" not in said["possible"]:
        assert said["possible"] == still_possible_or_unknown(consultation)
    names = list(model.attributes)
    for rule, matched in zip(model.all_rules, said["matched"], strict=True):
        firing = consultation.held.get(rule.name)
        assert (matched is None) == (firing is None)
        named = {(names[i], value) for i, value in matched or ()}
        assert {(m.attribute, m.value) for m in firing.matched if m.value is not None} <= named if firing else True


def test_numbers_are_written_alike(ask):
    for certainties in (
        [0.125, 0.375, -0.625, 0.005, 0.015, 0.995], [0.9999999, 1e-12, -0.99999, 1.0, 0.0], [0.7, 0.7, 0.63, 0.384],
        [1, -1], [-0.4, -0.25], [0.82, -0.5], [0.1 + 0.2, 0.3], [],
    ):  # fmt: skip
        written, exactly, sums = ask({"certainties": certainties})
        assert written == [number(each, "+") for each in certainties]
        assert exactly == [exact(each) for each in certainties]
        assert sums == list(arithmetic(certainties))
