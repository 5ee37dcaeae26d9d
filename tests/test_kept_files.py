"""What an earlier version wrote or read is read by this one, and means the same."""

import json
from pathlib import Path

import pytest

from expert import KnowledgeBase

VERSIONS = sorted((Path(__file__).parent / "kept").iterdir())

every_version = pytest.mark.parametrize("folder", VERSIONS, ids=lambda folder: folder.name)


def answer(consultation):
    best = consultation.ranking[0]
    return consultation.recommendation, best.value, best.certainty


@every_version
def test_knowledge_bases_still_load_and_pass_their_cases(folder):
    knowledge_base = KnowledgeBase.load(folder / "bicycle.yaml")
    for case in knowledge_base.model.cases:
        assert knowledge_base.consult(case.given).recommendation == case.expect.recommendation, case.name


@every_version
@pytest.mark.parametrize(
    ("name", "row"), [("facts.yaml", None), ("facts.json", None), ("facts.toml", None), ("facts.csv", 0)]
)
def test_facts_still_mean_the_same(folder, name, row):
    knowledge_base = KnowledgeBase.load(folder / "bicycle.yaml")
    facts = knowledge_base.read_facts(folder / name, row=row)
    read = {fact.attribute: (fact.value, fact.certainty) for fact in facts}
    assert read == {"distance": (80, 1), "hills": ("no", 0.9), "load": ("1.10", 1)}
    assert answer(knowledge_base.consult(facts)) == ("road", "road", 0.648)


@every_version
@pytest.mark.parametrize("adopt", [False, True])
def test_saved_interviews_go_on(folder, adopt):
    saved = json.loads((folder / "interview.json").read_text(encoding="utf-8"))
    interview = KnowledgeBase.load(folder / "bicycle.yaml").interview(state=saved, adopt=adopt)
    assert interview.next_question() is None
    assert answer(interview.consultation()) == ("road", "road", 0.648)
