"""The pictures in the documentation are what the tool draws."""

from docs.interview_picture import FILE, interview_picture
from expert import KnowledgeBase
from tests.documentation.pages import TOP


def test_the_picture_in_the_readme_is_up_to_date(monkeypatch):
    monkeypatch.chdir(TOP)
    knowledge_base = KnowledgeBase.load()
    consultation = knowledge_base.consult(knowledge_base.read_facts("docs/examples/detector.yaml"))
    assert (TOP / "docs" / "images" / "detector.svg").read_bytes() == consultation.draw("svg")


def test_the_picture_of_the_interview_is_up_to_date():
    assert FILE.read_text(encoding="utf-8") == interview_picture()  # write it by: python -m docs.interview_picture
