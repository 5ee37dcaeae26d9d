"""Findings about all cases hold in all cases: each is confirmed by consulting them one by one."""

from dataclasses import replace

import pytest

from expert.knowledge.variants import reaching
from expert.verification.case_findings import case_findings
from tests.interview.reference import draw_knowledge_base
from tests.strategies import CONSTRUCTS, make_knowledge_base, model_of, random_pick
from tests.verification.brute_force import BruteForce, chooses_questions, ways

MOST = 150
"""How many cases are consulted one by one."""


def small_bases(seeds, constructs=CONSTRUCTS):
    """Make knowledge bases that have few cases, always the same; half of them with conditions."""
    for seed in seeds:
        pick = random_pick(seed)
        drawn = make_knowledge_base(pick, rules=10, asked=3, derived=2, constructs=constructs)
        model = model_of(draw_knowledge_base(pick, drawn) if seed % 2 else drawn)
        answers = ways(model, MOST)
        if answers and model.inputs.isdisjoint(model.attributes):
            yield model, answers


def named(findings, kind):
    return {finding.name for finding in findings if finding.kind == kind}


@pytest.mark.parametrize("part", range(4))
def test_what_never_fires_or_wins_is_found_and_nothing_else(part):
    for model, answers in small_bases(range(part * 20, part * 20 + 20)):
        found = case_findings(model)
        cases = BruteForce(model, answers)
        if cases.reference.has_circles:
            continue
        assert (found.are_all, found.not_proved) == (True, {})
        never = {rule.name for rule in model.rules} - cases.fired
        assert named(found.findings, "never-fires") == never, model.to_dict()
        if len(model.candidates) > 1:
            assert named(found.findings, "never-wins") == set(model.candidates) - cases.recommended
            assert bool(named(found.findings, "always-wins")) == (len(cases.recommended) == 1)


@pytest.mark.parametrize("part", range(2))
def test_a_rule_never_matters_where_no_case_is_recommended_otherwise_without_it(part):
    for model, answers in small_bases(range(1000 + part * 10, 1010 + part * 10), constructs=("table", "unless")):
        cases = BruteForce(model, answers)
        found = named(case_findings(model).findings, "never-matters")
        assert found <= cases.fired
        for rule in model.rules:
            if rule.name in found or (rule.name in cases.fired and is_for_the_answer(model, rule)):
                without = replace(model, rules=tuple(each for each in model.rules if each is not rule))
                assert cases.lead_alike(without) == (rule.name in found), (rule.name, model.to_dict())


def is_for_the_answer(model, rule):
    """Tell whether a rule has no other purpose than the goal; those that may serve to choose questions are left out."""
    reached = reaching(model, [model.goal])
    return not chooses_questions(model) and any(conclusion.attribute in reached for conclusion in rule.conclusions)
