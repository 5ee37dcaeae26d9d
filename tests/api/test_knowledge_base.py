"""The Python interface: loading, looking up, and consulting, again and again and from several threads."""

import sys
import threading
from pathlib import Path

import pytest

import expert
from expert import Consultation, InputError, KnowledgeBase
from expert.knowledge.model import Fact
from tests.strategies import make_case, make_knowledge_base, model_of, random_pick

ATTRIBUTES = {
    "colour": {"choices": ["red", "green"]},
    "size": {"question": "How large?", "choices": ["small", "large"]},
    "count": {"question": "How many?", "number": {"at_least": 0}},
    "warm": {"question": "Warm?"},
    "shape": {"choices": ["round"]},
}
RULES = {
    "small-red": {"if": {"size": "small"}, "then": {"colour": {"red": 0.7}}},
    "many-green": {"if": {"count": {"more_than": 2.5}}, "then": {"colour": {"green": 0.8}}},
    "warm-round": {"if": {"warm": "yes"}, "then": {"shape": "round"}},
}
DATA = {"knowledge_base": "test", "version": "3", "goal": "colour", "attributes": ATTRIBUTES, "rules": RULES}


@pytest.fixture(scope="module")
def knowledge_base():
    return KnowledgeBase(model_of(DATA))


def problems(raised):
    return [(problem.place.file, problem.message) for problem in raised.value.problems]


def test_public_names_of_the_package():
    assert set(expert.__all__) >= {"KnowledgeBase", "Consultation", "InputError", "__version__"}
    assert all(getattr(expert, name) is not None for name in expert.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        expert.nonsense  # noqa: B018


def test_load_finds_shipped_knowledge_bases_and_files():
    article = KnowledgeBase.load()
    assert (article.name, article.goal) == ("article", "framework")
    assert KnowledgeBase.load("article").digest == article.digest
    path = Path(__file__).parents[1] / "inference" / "mycin.yaml"
    assert KnowledgeBase.load(path).name == KnowledgeBase.load(str(path)).name == "mycin"


@pytest.mark.parametrize("name", ["artcle", "", "nowhere.yaml", Path("nowhere")])
def test_load_says_what_cannot_be_found(name):
    with pytest.raises(InputError):
        KnowledgeBase.load(name)


def test_a_knowledge_base_describes_itself(knowledge_base):
    assert repr(knowledge_base) == "<KnowledgeBase test 3: 3 rules>"
    assert (knowledge_base.name, knowledge_base.goal) == ("test", "colour")
    assert knowledge_base.digest == model_of(DATA).digest
    assert list(knowledge_base.attributes) == list(ATTRIBUTES)
    assert [rule.name for rule in knowledge_base.rules] == list(RULES)
    assert [attribute.name for attribute in knowledge_base.askable] == ["size", "count", "warm"]


def test_rules_are_looked_up_by_name(knowledge_base):
    assert knowledge_base.rule("many-green") == knowledge_base.rules[1]
    with pytest.raises(InputError) as raised:
        knowledge_base.rule("many-gren")
    ((where, message),) = problems(raised)
    assert where == "test"
    assert "'many-gren'" in message
    assert "did you mean 'many-green'?" in message


@pytest.mark.parametrize(
    ("given", "facts"),
    [
        ({}, []),
        ({"size": "small"}, [("size", "small", 1)]),
        ({"size": None, "warm": "unknown"}, []),
        ({"warm": True}, [("warm", "yes", 1)]),
        ({"warm": False}, [("warm", "no", 1)]),
        ({"warm": "YES"}, [("warm", "yes", 1)]),
        ({"count": 3}, [("count", 3, 1)]),
        ({"count": 2.5}, [("count", 2.5, 1)]),
        ({"count": "1e3"}, [("count", 1000, 1)]),
        ({"size": {"value": "small", "certainty": -0.5}}, [("size", "small", -0.5)]),
        ({"size": {"value": None}}, []),
        ({"warm": "no", "size": "large"}, [("size", "large", 1), ("warm", "no", 1)]),
    ],
)
def test_facts_are_given_as_python_data(knowledge_base, given, facts):
    consultation = knowledge_base.consult(given)
    assert isinstance(consultation, Consultation)
    assert [(fact.attribute, fact.value, fact.certainty) for fact in consultation.given] == facts


def test_every_problem_of_the_given_facts_is_reported(knowledge_base):
    with pytest.raises(InputError) as raised:
        knowledge_base.consult(
            {"size": "tiny", "count": -1, "nonsense": 1, "shape": "round", "warm": {"value": "yes", "certainty": 2}}
        )
    messages = [message for _, message in problems(raised)]
    assert len(messages) == 5
    for name in ("size", "count", "nonsense", "shape", "certainty"):
        assert any(name in message for message in messages), name


def test_facts_are_given_as_read_facts_reads_them(knowledge_base, tmp_path):
    path = tmp_path / "facts.yaml"
    path.write_text("size: small\ncount: {value: 3, certainty: 0.5, note: about}\n")
    facts = knowledge_base.read_facts(path)
    assert facts == (Fact("size", "small", 1, f"{path}:1"), Fact("count", 3, 0.5, f"{path}:2", "about"))
    assert knowledge_base.consult(facts).recommendation == "red"
    assert knowledge_base.consult(iter(facts)) == knowledge_base.consult(facts)
    changed = knowledge_base.read_facts(path, ["count=4", "size=", "warm=yes"])
    assert [(fact.attribute, fact.value, fact.origin) for fact in changed] == [
        ("count", 4, "--set"),
        ("warm", "yes", "--set"),
    ]
    assert knowledge_base.read_facts() == ()


def test_consultations_do_not_disturb_each_other(knowledge_base):
    first = knowledge_base.consult({"size": "small"})
    before = first.to_dict()
    assert knowledge_base.consult({"count": 3}).recommendation == "green"
    assert first.to_dict() == before == knowledge_base.consult({"size": "small"}).to_dict()


def test_a_failed_consultation_does_not_disturb_the_next(knowledge_base):
    with pytest.raises(InputError):
        knowledge_base.consult({"size": "tiny"})
    assert knowledge_base.consult({"size": "small"}).recommendation == "red"


def test_two_knowledge_bases_consulted_in_turn():
    article, mycin = KnowledgeBase.load(), KnowledgeBase.load(Path(__file__).parents[1] / "inference" / "mycin.yaml")
    for _ in range(3):
        assert article.consult({"rapid_prototyping": "yes"}).recommendation == "keras"
        assert (
            mycin.consult({"gram": "pos", "morphology": "coccus", "growth": "chains"}).recommendation == "streptococcus"
        )
        assert article.consult({"flexibility": "yes"}).recommendation == "pytorch"


@pytest.fixture
def impatient_threads():
    """Make the interpreter change threads as often as it can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("impatient_threads")
def test_one_knowledge_base_consulted_from_many_threads_at_once():
    data = make_knowledge_base(random_pick(3))
    cases = [make_case(random_pick(seed), data) for seed in range(10)]
    expected = [KnowledgeBase(model_of(data)).consult(case).to_dict() for case in cases]
    shared = KnowledgeBase(model_of(data))
    found, failures = {}, []
    together = threading.Barrier(8)

    def consult(number):
        together.wait()
        try:
            for _ in range(3):
                found[number] = [shared.consult(case).to_dict() for case in cases]
                assert found[number] == expected
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=consult, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(found) == 8


def test_facts_that_a_program_makes_are_checked(knowledge_base):
    facts = [Fact("sise", "low"), Fact("count", "many"), Fact("warm", "yes", 3.0), Fact("colour", "red")]
    for use in (knowledge_base.consult, knowledge_base.interview):
        with pytest.raises(InputError) as raised:
            use(facts)
        assert len(raised.value.problems) == 4


def test_the_name_of_a_file_is_no_facts(knowledge_base):
    for use in (knowledge_base.consult, knowledge_base.interview):
        with pytest.raises(InputError, match=r"not 'facts\.yaml'; read_facts reads a file"):
            use("facts.yaml")
