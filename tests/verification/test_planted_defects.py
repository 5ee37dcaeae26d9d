"""A defect planted in a random knowledge base is found, each time, and what a sample shows is never told as a proof."""

import copy

import pytest

from expert import KnowledgeBase
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.verification.case_findings import case_findings
from expert.verification.checks import check
from tests.interview.reference import draw_knowledge_base
from tests.strategies import CONSTRUCTS, concluded_by, make_knowledge_base, model_of, random_pick
from tests.verification.brute_force import BruteForce, chooses_questions, leaders, ways

QUESTIONS = {
    "pa": {"question": "?"},
    "pb": {"question": "?", "number": {"at_least": 0}},
    "pc": {"question": "?", "ask_if": {"pa": True}},
    "pd": {},
}


def rule(premise, certainty=1, value="red", **more):
    return {"if": premise, "then": {"colour": {value: certainty}}, **more}


PD = {"if": {"pa": True}, "then": {"pd": True}}

PLANTED = {
    "tests-exclude": ("never-fires", "planted", {"planted": rule({"pb": {"more_than": 5, "less_than": 3}})}),
    "out-of-bounds": ("never-fires", "planted", {"planted": rule({"pb": {"at_most": -5}})}),
    "shut-gate": ("never-fires", "planted", {"planted": rule({"pa": False, "pc": True})}),
    "nothing-concludes": ("never-fires", "planted", {"planted": rule({"pd": False}), "pd": PD}),
    "always-excepted": ("never-fires", "planted", {"planted": rule({"pa": True}, unless={"pa": {"not": "unknown"}})}),
    "contradiction": ("contradiction", "colour=red", {"p1": rule({"pa": True}), "p2": rule({"pb": 3}, -1)}),
    "never-matters": ("never-matters", "planted", {"planted": rule({"pa": True}, 0.3), "veto": rule({"pa": True}, -1)}),
    "never-wins": ("never-wins", "plain", {}),
}  # fmt: skip


def drawn_bases(seeds, rules=8):
    """Draw knowledge bases whose goal is concluded and not asked, always the same."""
    for seed in seeds:
        pick = random_pick(seed)
        drawn = draw_knowledge_base(
            pick, make_knowledge_base(pick, rules, asked=3, derived=2, constructs=CONSTRUCTS[:3])
        )
        if "colour" in concluded_by(drawn) and "question" not in drawn["attributes"]["colour"]:
            yield drawn


def planted(drawn, kind, rules):
    data = copy.deepcopy(drawn)
    data["attributes"] |= QUESTIONS
    data["rules"] |= rules
    if kind == "never-wins":
        data["attributes"]["colour"]["choices"] = [*data["attributes"]["colour"]["choices"], "plain"]
    return model_of(data)


def found_in(model):
    return {(finding.kind, finding.name): finding for finding in case_findings(model).findings}


@pytest.mark.parametrize("defect", PLANTED)
def test_a_planted_defect_is_found_and_was_not_there_before(defect):
    kind, name, rules = PLANTED[defect]
    for drawn in drawn_bases(range(200, 206)):
        if kind == "never-matters" and chooses_questions(model_of(drawn)):
            continue  # a rule that may decide what is asked is not looked at
        assert (kind, name) not in found_in(model_of(drawn)) or kind == "contradiction"
        assert (kind, name) in found_in(planted(drawn, kind, rules)), drawn


def test_a_condition_that_cannot_hold_is_found():
    for drawn in drawn_bases(range(220, 228)):
        data = copy.deepcopy(drawn)
        data["attributes"] |= QUESTIONS
        data["attributes"]["pc"] = {"question": "?", "ask_if": [{"pa": True}, {"pa": False}]}
        assert ("never-asked", "pc") in found_in(model_of(data))


def test_examples_show_what_they_are_told_to_show():
    for drawn in drawn_bases(range(240, 260)):
        model = model_of(drawn)
        for finding in case_findings(model).findings:
            if finding.example is not None:
                consultation = KnowledgeBase(model).consult(dict(finding.example))
                lead = leaders(consultation)
                if finding.kind == "tie":
                    assert finding.name == ", ".join(c for c in model.candidates if c in lead)
                elif finding.kind == "undecided":
                    assert consultation.outcome == "undecided"
                else:
                    assert tuple(finding.name.split("=")) in consultation.contradictions


@pytest.mark.parametrize("part", range(2))
def test_a_sample_is_never_told_as_a_proof(part, monkeypatch):
    monkeypatch.setattr("expert.verification.looked.CASES", 0)
    monkeypatch.setattr("expert.verification.looked.SAMPLE", 6)
    for drawn in drawn_bases(range(300 + part * 20, 310 + part * 20)):
        model = model_of(drawn)
        answers = ways(model, 150)
        if not answers:
            continue
        found, cases = case_findings(model), BruteForce(model, answers)
        assert not found.are_all
        never = {finding.name for finding in found.findings if finding.kind == "never-fires"}
        assert not never & cases.fired
        assert not {finding.name for finding in found.findings if finding.kind == "never-wins"} & cases.recommended
        assert not [finding for finding in found.findings if finding.kind == "never-matters"]
        assert not any(finding.proved for finding in found.findings if finding.example is not None)


def rare(certainty, more=""):
    """Write a base in which two rules meet in so few cases that no sample has one."""
    questions = "".join(f"  q{i}: {{question: Is it {i}?}}\n" for i in range(24))
    first, second = (", ".join(f"q{i}: yes" for i in part) for part in (range(12), range(12, 24)))
    return load_bytes(
        f"""
knowledge_base: rare
goal: colour
attributes:
  colour: {{choices: [red, blue]}}
{questions}rules:
  one: {{if: {{{first}}}, then: {{colour: red}}}}
  other: {{if: {{{second}}}, then: {{colour: {{red: {certainty}}}}}}}
{more}""".encode(),
        "rare.yaml",
    )


def test_what_no_sampled_case_shows_is_not_ruled_out_unless_it_is_proved():
    assert case_findings(rare(-1)).not_proved["contradiction"] == 1
    assert "contradiction" not in case_findings(rare(-0.9)).not_proved
    assert "tie" not in case_findings(rare(-1)).not_proved  # blue cannot lead


def test_an_acceptance_of_what_may_be_there_nevertheless_may_be_needed():
    accepted = "accept: {contradiction colour=red: So, always-wins red: So}"
    assert "not-needed" not in {each.kind for each in check(rare(-1, accepted)).findings}
    assert "not-needed" in {each.kind for each in check(rare(-0.9, accepted)).findings}


def test_it_says_the_same_each_time():
    for drawn in drawn_bases(range(280, 284)):
        assert case_findings(model_of(drawn)) == case_findings(model_of(drawn))


def test_a_sampled_case_has_no_fact_too_many(monkeypatch):
    monkeypatch.setattr("expert.verification.looked.CASES", 0)
    model = KnowledgeBase.load().model
    found = case_findings(model)
    ties = {finding.name: finding.example for finding in found.findings if finding.kind == "tie"}
    assert len(ties["tensorflow, pytorch"]) == 2
    for name, example in ties.items():
        for fact in example:
            less = {key: value for key, value in example.items() if key != fact}
            assert ", ".join(c for c in model.candidates if c in leaders(KnowledgeBase(model).consult(less))) != name
