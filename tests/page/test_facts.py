"""Facts files: the page reads what Python writes, and writes what Python reads; nothing else is taken in silence."""

import pytest

from expert import KnowledgeBase
from expert.knowledge.loading.facts_reading import facts_from_python
from expert.knowledge.loading.facts_writing import facts_file, facts_template
from expert.page.compiled import compiled
from tests import nasty
from tests.examples import examples
from tests.page.node import running
from tests.strategies import CONSTRUCTS, make_case, make_knowledge_base, model_of, random_pick

RESPOND = """
function respond({ data, text }) {
  const base = prepared(data);
  const { facts, told } = readFacts(base, text);
  const address = readAddress(base, writeAddress(base, facts));
  return {
    told, shared: address.told, written: writeFacts(base, facts),
    facts: [...facts].map(([position, fact]) => [base.attributes[position].name, fact]),
    linked: [...address.facts].map(([position, fact]) => [base.attributes[position].name, fact]),
  };
}
"""


@pytest.fixture(scope="module")
def ask():
    with running(["evaluator.js", "facts.js"], RESPOND) as ask:
        yield ask


def agree(ask, model, given, tmp_path):
    """Write facts by Python, read and write them by the page, and read them by Python."""
    knowledge_base = KnowledgeBase(model)
    facts = facts_from_python(given, model)
    found = ask({"data": compiled(model), "text": facts_file(model, knowledge_base.askable, facts)})
    assert (found["told"], found["shared"]) == ([], [])
    taken = {name: (fact["value"], fact["certainty"], fact.get("note", "")) for name, fact in found["facts"]}
    assert taken == {fact.attribute: (fact.value, fact.certainty, fact.note) for fact in facts}
    linked = {name: (fact["value"], fact["certainty"]) for name, fact in found["linked"]}
    assert linked == {name: (value, certainty) for name, (value, certainty, _) in taken.items()}
    file = tmp_path / "facts.yaml"
    file.write_text(found["written"], encoding="utf-8")
    read = knowledge_base.read_facts(file)
    assert {fact._replace(origin="") for fact in read} == {fact._replace(origin="") for fact in facts}


@pytest.mark.parametrize("seed", range(3_000, 3_000 + examples(80)))
def test_facts_go_from_python_to_the_page_and_back(ask, seed, tmp_path):
    pick = random_pick(seed)
    data = make_knowledge_base(pick, constructs=CONSTRUCTS)
    agree(ask, model_of(data), make_case(pick, data), tmp_path)


@nasty.every_text
def test_texts_of_all_kinds_do_so_too(ask, text, tmp_path):
    agree(ask, model_of(nasty.NASTY), {"asked": {"value": text, "certainty": -0.35, "note": text}}, tmp_path)


def test_a_template_says_nothing(ask):
    article = KnowledgeBase.load()
    found = ask({"data": compiled(article.model), "text": facts_template(article.model, article.askable)})
    assert (found["facts"], found["told"]) == ([], [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dataset_size: huge", "dataset_size is one of: small, large; not “huge”"),
        ("dataset_sise: large", "there is no attribute “dataset_sise”"),
        ("fast_execution: yes", "fast_execution is concluded by rules and cannot be given"),
        ("flexibility: maybe", "flexibility must be yes or no; not “maybe”"),
        ("flexibility: {value: yes, certainty: 2}", "the certainty of flexibility must be in [-1, 1], not “2”"),
        ("flexibility: {value: yes, sure: 1}", "the fact flexibility has an unknown key “sure”"),
        ("training_examples: 1.5", "training_examples must be a whole number of examples, at least 0, not “1.5”"),
        ("flexibility:\n  value: yes", "line 2 is not a fact of the form “attribute: value”"),
        ("flexibility: [yes]", "line 1 is not a fact of the form “attribute: value”"),
        ('{"flexibility": [1]}', "flexibility has more than one value"),
        ('{"flexibility": ', "it is not valid JSON"),
        ("[1, 2]", "it is not a mapping of attributes to values"),
        ('{"__proto__": {"value": "yes"}}', "there is no attribute “__proto__”"),
    ],
)
def test_what_does_not_fit_is_told(ask, text, told):
    found = ask({"data": compiled(KnowledgeBase.load().model), "text": text})
    assert (found["facts"], found["told"]) == ([], [told])
