"""The pictures in the documentation are what the tool draws."""

from expert import KnowledgeBase
from tests.documentation.pages import TOP


def test_the_picture_in_the_readme_is_up_to_date(monkeypatch):
    monkeypatch.chdir(TOP)
    knowledge_base = KnowledgeBase.load()
    consultation = knowledge_base.consult(knowledge_base.read_facts("docs/examples/detector.yaml"))
    assert (TOP / "docs" / "images" / "detector.svg").read_bytes() == consultation.draw("svg")
