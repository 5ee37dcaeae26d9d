import pytest

from expert import KnowledgeBase
from expert.knowledge.rules import Is

ARTICLE = KnowledgeBase.load("article")
CONCLUSION = ARTICLE.model.certainties["conclusion"]


def claims(rule):
    return {citation.where.partition(",")[0] for citation in rule.citations if citation.source == "article"}


def strength(rule):
    return max(abs(conclusion.certainty) for conclusion in rule.conclusions)


@pytest.mark.parametrize("claim", [f"C{number}" for number in range(4, 21)])
def test_every_claim_on_the_way_to_the_conclusion_is_weaker_evidence(claim):
    assert [rule.name for rule in ARTICLE.rules if claim in claims(rule) and strength(rule) < CONCLUSION]


@pytest.mark.parametrize("claim", [f"C{number}" for number in range(22, 32)])
def test_every_scenario_of_the_conclusion_is_one_rule_of_one_test_at_the_level_of_a_conclusion(claim):
    (rule,) = [rule for rule in ARTICLE.rules if claim in claims(rule)]
    (conclusion,) = rule.conclusions
    assert isinstance(rule.premise, Is)
    assert (conclusion.attribute, conclusion.certainty) == (ARTICLE.goal, CONCLUSION)
    assert claims(rule) == {claim}


def test_no_other_rule_speaks_as_strongly_about_a_framework_as_the_conclusion():
    scenarios = {f"C{number}" for number in range(22, 32)}
    others = [rule for rule in ARTICLE.rules if not claims(rule) & scenarios]
    spoken = {abs(c.certainty) for rule in others for c in rule.conclusions if c.attribute == ARTICLE.goal}
    assert max(spoken) < CONCLUSION == 0.7


def test_evidence_against_a_framework_is_what_the_article_says_against_it():
    against = [rule for rule in ARTICLE.rules if any(conclusion.certainty < 0 for conclusion in rule.conclusions)]
    assert set().union(*map(claims, against)) == {"C10", "C12", "C13", "C15"}


def test_every_rule_says_why_and_cites_a_source():
    assert [rule.name for rule in ARTICLE.rules if not (rule.because and rule.citations)] == []


def test_every_attribute_that_can_be_given_has_a_question_and_help():
    assert [attribute.name for attribute in ARTICLE.askable if not (attribute.question and attribute.help)] == []


def test_the_article_ships_with_cases():
    names = [case.name for case in ARTICLE.model.cases]
    assert len(names) >= 12
    assert len(set(names)) == len(names)


def test_every_case_comes_out_as_expected_and_together_they_use_and_hold_every_rule():
    tests = ARTICLE.test(mutate=True)
    assert tests.passed
    assert tests.coverage.unfired == ()
    assert tests.mutation.score >= 0.9, tests.mutation.survivors
