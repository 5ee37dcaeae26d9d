"""What is said of the outcomes that are still possible."""

import pytest

from expert import KnowledgeBase
from expert.open_questions import prospects
from expert.rendering.headline import still_possible, still_possible_or_unknown
from tests.semantics.worked_bases import data_of
from tests.strategies import model_of

WHATEVER = "Whatever the answer to the open question, it is fast."


def consult(base, **facts):
    return KnowledgeBase(model_of(data_of(base))).consult(facts)


@pytest.mark.parametrize(
    ("base", "facts", "said"),
    [
        ("whatever", {"used": "yes"}, WHATEVER),
        ("whatever", {"used": "no"}, "Still possible: fast, slow."),
        ("whatever", {}, "Still possible: fast, slow."),
        ("gated", {}, "Still possible: fast, or no recommendation."),
        ("gated", {"used": "no"}, ""),
        ("whatever", {"used": "yes", "open": "no"}, ""),
    ],
)
def test_it_is_said_where_the_rules_do_not_decide(base, facts, said):
    data = data_of(base)
    if base == "gated" and not facts:
        data["tables"]["paces"]["rows"] = [["yes", "-", "fast"], ["no", "yes", "slow"]]
    found = KnowledgeBase(model_of(data)).consult(facts)
    assert still_possible(found) == said
    assert found.possible is not None
    assert str(found).splitlines()[1] == said


def test_more_questions_are_plural():
    data = data_of("whatever")
    data["tables"]["paces"]["rows"] = [[one, other, "fast"] for one in ("yes", "no") for other in ("yes", "no")]
    found = KnowledgeBase(model_of(data)).consult()
    assert still_possible(found) == "Whatever the answers to the 2 open questions, it is fast."


def test_what_leads_nowhere():
    data = data_of("tied")
    data["rules"] = {"both": {"if": {"a": "yes", "b": "yes"}, "then": {"advice": {"go": 0.5, "stop": 0.5}}}}
    data["rules"]["a"] = {"if": {"a": "no"}, "then": {"advice": {"go": 0.5, "stop": 0.5}}}
    found = KnowledgeBase(model_of(data)).consult({"a": "yes"})
    assert still_possible(found) == "No answer to the open question leads to a recommendation."


def test_too_many_ways_are_said_where_there_is_room(monkeypatch):
    monkeypatch.setattr(prospects, "PROOF", 3)
    found = consult("whatever")
    assert found.possible is None
    assert found.to_dict()["possible"] is None
    said = "The 2 open questions can be answered in too many ways to say what is still possible."
    assert (still_possible(found), still_possible_or_unknown(found)) == (None, said)
    assert "possible" not in str(found)


def test_the_page_says_it():
    assert f"<p>{WHATEVER}</p>" in consult("whatever", used="yes").draw("html").decode()
