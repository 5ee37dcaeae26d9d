"""A facts file that is written is read back as the same facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.knowledge.model import Fact
from expert.rendering.text.facts_text import facts_file
from tests.strategies import model_of

WORDS = (
    "no",
    "1.10",
    "null",
    "~",
    "a: b",
    "#1",
    "- x",
    "{}",
    "it's",
    '"q"',
    "two words",
    " padded ",
    "ä ö",
    "*",
    "a#b",
)
DATA = {
    "knowledge_base": "test",
    "goal": "colour",
    "attributes": {
        "colour": {"choices": ["red", "green"]},
        "word": {"question": "Which: this or that?\nOr # another?", "choices": list(WORDS)},
        "share": {"question": "How much?", "number": {}},
        "warm": {"question": "Warm?"},
    },
    "rules": {},
}


@pytest.fixture(scope="module")
def knowledge_base():
    return KnowledgeBase(model_of(DATA))


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]) | st.sampled_from("\n\t\x85\u2028'\"\\"))
DETAILS = (st.sampled_from([1.0, 0.7, -1.0, 1e-07, 0.123456789]), st.just("given"), TEXT, st.booleans())


@given(
    st.builds(Fact, st.just("word"), st.sampled_from(WORDS), *DETAILS),
    st.builds(Fact, st.just("share"), st.sampled_from([0, -3, 2.5, 1e-07, 1e300, 12345678901]), *DETAILS),
)
def test_facts_survive_the_way_through_the_file(tmp_path_factory, knowledge_base, word, share):
    path = tmp_path_factory.getbasetemp() / "facts.yaml"
    path.write_text(facts_file(knowledge_base.model, knowledge_base.askable, [share, word]), encoding="utf-8")
    read = [fact._replace(origin="given") for fact in knowledge_base.read_facts(path)]
    assert [fact._replace(note="") for fact in read] == [fact._replace(note="") for fact in (word, share)]
    assert [fact.note.split() for fact in read] == [fact.note.split() for fact in (word, share)]


def test_what_is_not_known_stays_a_comment_under_its_question(knowledge_base):
    text = facts_file(knowledge_base.model, knowledge_base.askable, [Fact("warm", "yes", 0.5)])
    assert text.startswith("# Facts for test 0: test\n\n#colour: red | green\n")
    assert text.endswith("\n# How much?\n#share: a number\n\n# Warm?\nwarm: {value: yes, certainty: 0.5}\n")


def test_a_file_without_facts_can_be_read(knowledge_base, write_facts):
    assert knowledge_base.read_facts(write_facts(facts_file(knowledge_base.model, knowledge_base.askable, []))) == ()


@pytest.fixture
def write_facts(tmp_path):
    def write(text):
        path = tmp_path / "facts.yaml"
        path.write_text(text)
        return path

    return write
