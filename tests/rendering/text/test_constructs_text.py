"""Defaults, exceptions, counts, sums and rows as people read them: in texts, pictures, pages and notebooks."""

import re

import pytest

from expert.api.explanation import explain
from expert.rendering.graph.formats import FORMATS
from expert.rendering.text.explanation_text import explanation_text
from expert.rendering.text.rule_text import rule_list, rule_text
from expert.rendering.text.text_page import TextPage
from tests.applications import CASE, consult

DOUBTFUL = {"guarantor": {"value": "yes", "certainty": 0.4}}


def text(given, **parts):
    consultation = consult(given)
    return explanation_text(TextPage(consultation, 1000), explain(consultation, **parts))


@pytest.mark.parametrize(
    ("given", "parts", "line"),
    [
        ({}, {"whys": ["risk=low"]}, "  +1.00  No rule concluded it: low, by default.\n"),
        (CASE, {"whys": ["ratio=0.3"]},
         "  +1.00  Computed: (debt + fees) / income = (12,000 + 0) / 40,000 = 0.3.\n"
         "         since debt: 12,000, fees: 0, income: 40,000\n"),
        (CASE, {"whys": ["step=call"]}, "         row steps/2, since ratio: 0.3 (computed)\n"),
        (CASE | DOUBTFUL, {"whys": ["risk=high"]},
         "         rule signs to degree 0.60, since young: yes, new: yes\n"
         "         held to 0.60, not 1.00: excepted by guarantor: yes (0.40, given)\n"),
        (CASE | {"guarantor": "yes"}, {"why_nots": ["risk=high"]},
         "         rule signs\n         excepted by guarantor: yes (given).\n"),
        (CASE, {"why_nots": ["step=none"]},
         "         row steps/3\n         excepted by steps/2, which holds, since ratio: 0.3 (computed).\n"),
        ({"young": "yes", "abroad": "no"}, {"why_nots": ["risk=high"]},
         "         rule signs, which has 1 of the 2 needed (young is yes) and still needs: new is yes or abroad is "
         "yes\n"
         "         new is yes: not known. Is the applicant new?\n"
         "         abroad is yes: known not to hold, since abroad: no (given).\n"),
        (CASE | {"new": "no"}, {"why_nots": ["risk=high"]},
         "         ratio is at least 0.5: known not to hold, since ratio = (debt + fees) / income = (12,000 + 0) / "
         "40,000 = 0.3.\n"),
        ({"debt": 1, "fees": 0}, {"why_nots": ["ratio=1"]},
         "ratio is 1: not known (ratio = (debt + fees) / income: income is unknown). What is earned?\n"),
        ({"debt": 1, "fees": 0, "income": 0}, {"why_nots": ["ratio=1"]},
         "ratio is 1: not known (ratio = (debt + fees) / income = (1 + 0) / 0: a division by zero).\n"),
        (CASE, {"why_nots": ["risk=low"]}, "         It does not apply, since risk: high (derived).\n"),
        ({}, {"why_nots": ["watched=yes"]},
         "watched is yes: known not to hold, since watched: no (default). Is the account watched?\n"),
        (CASE, {"changes": ["income=20000", "watched=yes"]},
         "Computed, or by default\n  ratio: 0.3, now 0.6\n  watched: no by default, now yes\n"),
    ],
)  # fmt: skip
def test_constructs_are_told_in_plain_words(given, parts, line):
    assert line in text(given, **parts)


def test_rules_are_listed_with_what_excepts_them():
    base = consult({}).knowledge_base
    listed = rule_list(base).splitlines()
    assert (
        "signs       at least 2 of these hold: young is yes; new is yes; abroad is yes (unless guarantor is yes) "
        "→ risk: high +1.00" in listed
    )
    assert "steps/2     else ratio is at least 0.3 → step: call +1.00" in listed
    assert "steps/1     late is yes → step: letter +1.00" in listed
    assert "steps/3     else → step: none +1.00" in listed
    assert "\n  unless   guarantor = yes\n" in rule_text(base, base.rules_by_name["signs"])


def test_where_a_line_is_too_narrow_rules_are_broken_beside_their_names_or_below():
    base = consult({}).knowledge_base
    beside = "steps/2     else ratio is at least 0.3\n            → step: call +1.00\n"
    assert beside in rule_list(base, 40)
    assert "steps/2\n    else ratio is at\n    least 0.3\n    → step: call +1.00\n" in rule_list(base, 19)


@pytest.mark.parametrize("given", [{}, CASE, CASE | DOUBTFUL, CASE | {"guarantor": "yes"}])
def test_no_face_shows_the_name_that_programs_have_for_a_default(given):
    consultation = consult(given)
    faces = [str(consultation), consultation._repr_html_()]
    faces += [consultation.draw(kind, everything=True, not_fired=True).decode() for kind in FORMATS
              if kind not in ("png", "json", "graphml")]  # fmt: skip
    pairs = ["risk=low", "risk=high", "step=none", "watched=yes", "ratio=0.5", "approve", "refer", "decline"]
    for pair in pairs:
        why = consultation.why(pair)
        faces += [text(given, whys=[pair]), why._repr_html_()]
        if consultation.certainties.get(why.conclusion.attribute, {}).get(why.conclusion.value, 0) <= 0.2:
            faces += [text(given, why_nots=[pair]), consultation.why_not(pair)._repr_html_()]
    faces.append(text(given, changes=["income=20000", "watched=yes"]))
    shown = (re.sub(r'<script type="application/json".*?</script>', "", face, flags=re.DOTALL) for face in faces)
    assert not any("default of" in face for face in shown)


def test_pictures_show_defaults_sums_and_exceptions():
    consultation = consult({"debt": 11_900, "income": 40_000, "young": "yes", "new": "yes"} | DOUBTFUL)
    dot = consultation.draw("dot", everything=True).decode()
    assert '"guarantor=yes" -> "rule:signs" [penwidth=1.8, arrowhead=tee]' in dot
    assert "(debt + fees) / income = (11,900 + 100) / 40,000 = 0.3" in dot
    assert 'label="Nothing says what fees is; by default it is 100.\\ndefault"' in dot
    assert "held to degree 0.60, excepted by guarantor is yes" in dot
    assert '"fees=100" -> "ratio=0.3"' in dot
    assert ">excepts</text>" in consultation.draw("svg", everything=True).decode()


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_can_draw_all_of_it(kind):
    assert consult(CASE | DOUBTFUL).draw(kind, everything=True, not_fired=True)
    assert consult(CASE).draw(kind, ["ratio=0.3", "watched=no", "risk=high"])
