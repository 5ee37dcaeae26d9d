"""An interview stops where all definite answers lead to one recommendation, though "don't know" could leave it open."""

from expert import KnowledgeBase
from tests.semantics.worked_bases import data_of
from tests.strategies import model_of


def interview(base, **options):
    return KnowledgeBase(model_of(data_of(base))).interview(**options)


def test_it_stops_and_says_what_is_left():
    found = interview("whatever")
    assert found.settled is None
    found.answer("used", "yes")
    assert found.next_question() is None
    assert (found.settled, found.certain, found.open_questions) == ("fast", False, ("open",))
    assert found.progress.left == 0
    consultation = found.consultation()
    assert (consultation.recommendation, consultation.settled) == (None, "fast")


def test_all_goes_on():
    found = interview("whatever", ask_all=True)
    found.answer("used", "yes")
    assert found.next_question().name == "open"
    found.answer("open", "no")
    assert (found.settled, found.certain, found.consultation().recommendation) == (None, True, "fast")


def test_it_goes_on_where_another_answer_leads_elsewhere():
    found = interview("whatever")
    found.answer("used", "no")
    assert (found.next_question().name, found.settled) == ("open", None)


def test_it_goes_on_where_a_default_stands_against_all_answers():
    data = data_of("asked-despite-default")
    data["attributes"]["open"] |= {"choices": ["yes", "rather", "no"]}
    data["tables"]["paces"]["rows"] = [["yes", "yes", "fast"], ["yes", "rather", "fast"], ["yes", "no", "slow"]]
    found = KnowledgeBase(model_of(data)).interview({"used": "yes"})
    assert found.consultation().recommendation == "slow"
    assert found.next_question().name == "open"
    found.answer("open", None)
    assert (found.next_question(), found.consultation().recommendation) == (None, "slow")
