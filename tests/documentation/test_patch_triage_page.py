"""The example of patch triage has the published table, and the page says the truth about it."""

from itertools import product

import pytest

from expert import KnowledgeBase
from tests.documentation.pages import TOP

PUBLISHED = """\
no,no,no,partial,fix-on-system-upgrade
yes,no,no,partial,14-days
no,yes,no,partial,60-days
no,no,yes,partial,60-days
no,no,no,total,fix-on-system-upgrade
yes,yes,no,partial,14-days
yes,no,yes,partial,14-days
no,yes,yes,partial,14-days
yes,no,no,total,14-days
no,yes,no,total,14-days
no,no,yes,total,60-days
yes,yes,yes,partial,3-days
yes,yes,no,total,3-days-forensic-investigation
yes,no,yes,total,3-days-forensic-investigation
no,yes,yes,total,3-days
yes,yes,yes,total,3-days-forensic-investigation
"""
QUESTIONS = ("exploited", "exposed", "automatable", "impact")
TRIAGE = KnowledgeBase.load(TOP / "docs" / "examples" / "patch-triage.yaml")


def table():
    """Give the timeline of each case, by its four answers."""
    rows = [line.split(",") for line in PUBLISHED.splitlines()]
    return {tuple(answers): timeline for *answers, timeline in rows}


@pytest.mark.parametrize(("answers", "timeline"), table().items(), ids=map(",".join, table()))
def test_each_row_comes_out_as_published(answers, timeline):
    consultation = TRIAGE.consult(dict(zip(QUESTIONS, answers, strict=True)))
    assert consultation.recommendation == timeline
    assert consultation.ranking[0].certainty == 1
    (firing,) = consultation.firings
    assert TRIAGE.rule(firing.rule).because
    assert [citation.source for citation in TRIAGE.rule(firing.rule).citations] == ["directive", "ssvc"]


def test_the_rows_are_all_cases_in_the_order_of_the_publication():
    assert [attribute.name for attribute in TRIAGE.askable] == list(QUESTIONS)
    assert set(table()) == set(product(*(attribute.choices for attribute in TRIAGE.askable)))
    assert [rule.conclusions[0].value for rule in TRIAGE.rules] == list(table().values())


def settled_cases(unanswered):
    """Count the cases with so many open questions, and those of them in which every answer gives the same timeline."""
    timelines = {}
    for answers, timeline in table().items():
        for kept in product((True, False), repeat=len(QUESTIONS)):
            if kept.count(False) == unanswered:
                case = tuple(answer if is_kept else None for answer, is_kept in zip(answers, kept, strict=True))
                timelines.setdefault(case, set()).add(timeline)
    return len(timelines), sum(len(found) == 1 for found in timelines.values())


def test_with_one_question_open_seven_of_32_cases_are_settled():
    assert [settled_cases(number) for number in range(5)] == [(16, 16), (32, 7), (24, 0), (8, 0), (1, 0)]
