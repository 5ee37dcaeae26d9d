"""Findings about all cases hold in all cases: each is confirmed by consulting them one by one."""

from dataclasses import replace

import pytest

from expert import KnowledgeBase
from expert.verification.case_findings import case_findings
from tests.interview.reference import draw_knowledge_base
from tests.strategies import CONSTRUCTS, make_case, make_knowledge_base, model_of, random_pick
from tests.verification.brute_force import BruteForce, ways

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
        assert found.are_all and not found.not_proved
        never = {rule.name for rule in model.rules} - cases.fired
        assert named(found.findings, "never-fires") == never, model.to_dict()
        if len(model.candidates) > 1:
            assert named(found.findings, "never-wins") == set(model.candidates) - cases.recommended
            assert bool(named(found.findings, "always-wins")) == (len(cases.recommended) == 1)
