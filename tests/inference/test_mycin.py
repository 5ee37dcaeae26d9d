"""MYCIN's published case: the organisms that PAIP's EMYCIN finds, with its certainty factors."""

from pathlib import Path

import pytest

from expert import KnowledgeBase

BURN_PATIENT = {
    "site": "blood",
    "gram": "neg",
    "morphology": "rod",
    "aerobicity": "aerobic",
    "burn": "serious",
    "compromised_host": "yes",
}


@pytest.fixture(scope="module")
def mycin():
    return KnowledgeBase.load(Path(__file__).with_name("mycin.yaml"))


def certainties(consultation):
    return {
        candidate.value: round(candidate.certainty, 12) for candidate in consultation.ranking if candidate.certainty
    }


def test_the_published_case(mycin):
    consultation = mycin.consult(BURN_PATIENT)
    assert certainties(consultation) == {"enterobacteriaceae": 0.8, "pseudomonas": 0.76}
    assert consultation.recommendation == "enterobacteriaceae"
    assert [firing.rule for firing in consultation.firings] == ["rule-52", "rule-75", "rule-107"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"aerobicity": "anaerobic"}, {"bacteroides": 0.9, "pseudomonas": 0.76}),
        ({"burn": "mild"}, {"enterobacteriaceae": 0.8, "pseudomonas": 0.6}),
        ({"compromised_host": "no", "burn": None}, {"enterobacteriaceae": 0.8}),
        ({"gram": "pos", "morphology": "coccus", "growth": "clumps"}, {"staphylococcus": 0.7}),
        ({"gram": "pos", "morphology": "coccus", "growth": "chains"}, {"streptococcus": 0.7}),
        ({"gram": "pos", "morphology": "coccus", "growth": "pairs"}, {}),
        ({"gram": None}, {}),
        # The least certain premise decides, and at the threshold of 0.2 a rule does not hold.
        ({"morphology": {"value": "rod", "certainty": 0.5}}, {"enterobacteriaceae": 0.4, "pseudomonas": 0.44}),
        ({"morphology": {"value": "rod", "certainty": 0.2}}, {}),
        ({"burn": {"value": "serious", "certainty": 0.2}}, {"enterobacteriaceae": 0.8, "pseudomonas": 0.6}),
    ],
)
def test_other_patients(mycin, changes, expected):
    assert certainties(mycin.consult(BURN_PATIENT | changes)) == expected


def test_a_patient_of_whom_nothing_is_known(mycin):
    consultation = mycin.consult({})
    assert consultation.outcome == "undecided"
    assert len(consultation.ranking) == 5
    assert consultation.open_questions == (
        "site", "gram", "morphology", "aerobicity", "growth", "burn", "compromised_host",
    )  # fmt: skip
