"""Files that mean harm, or are none at all: what is said of them is short, harmless, and soon said."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.knowledge import problems as problems_module
from expert.knowledge.foreign_text import visible
from expert.knowledge.loading.facts_reading import facts_from_file, facts_from_python, with_settings
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.problems import InputError, suggestion

BASE = {
    "knowledge_base": "b",
    "goal": "g",
    "threshold": 0.2,
    "certainties": {"strong": 0.8},
    "sources": {"book": {"title": "A book"}},
    "attributes": {
        "g": {"choices": ["x", "y"], "otherwise": "x"},
        "size": {"question": "How large?", "choices": {"small": "a few", "large": "many"}},
        "rows": {"question": "How many?", "number": {"unit": "rows", "at_least": 1, "integer": True}},
        "fast": {"ask_if": {"size": "small"}},
    },
    "rules": {
        "r": {
            "if": {"any": [{"size": ["small"]}, {"rows": {"at_least": 5}}, {"not": {"fast": "yes"}}]},
            "then": {"g": {"x": "strong"}},
            "because": "So it is.",
            "source": "book 3",
        }
    },
    "tables": {
        "t": {
            "then": ["g"],
            "hit": "first",
            "columns": ["size", "rows", "source", "g"],
            "rows": [["not small | large", "5..10 | > 20", "book 3", "x | y"]],
            "because": "So it is.",
        }
    },
    "cases": [{"name": "n", "given": {"size": {"value": "small", "certainty": 1, "fixed": True}}, "expect": "x"}],
}
HOSTILE = ["\u202egnp.exe", "\u2028\u2066", "x" * 100_000, "\u200f" * 200, "a\nb\nc", "\u0301" * 500]


def places(node, path=()):
    """List the paths of all keys and scalars."""
    if isinstance(node, dict):
        return [(*path, name) for name in node] + [at for name in node for at in places(node[name], (*path, name))]
    if isinstance(node, list):
        return [at for index, item in enumerate(node) for at in places(item, (*path, index))]
    return [path]


def replaced(node, path, text, is_key):
    """Copy a document with one of its keys or values replaced."""
    if not path:
        return text
    first, rest = path[0], path[1:]
    if isinstance(node, list):
        return [replaced(item, rest, text, is_key) if index == first else item for index, item in enumerate(node)]
    if not rest and is_key:
        return {text if name == first else name: value for name, value in node.items()}
    return {name: replaced(value, rest, text, is_key) if name == first else value for name, value in node.items()}


@given(st.sampled_from(places(BASE)), st.integers(0, len(HOSTILE) - 1), st.booleans())
def test_what_is_said_of_a_knowledge_base_is_short_and_harmless(path, number, is_key):
    text = HOSTILE[number]
    is_key = is_key and isinstance(path[-1], str)
    try:
        load_bytes(json.dumps(replaced(BASE, path, text, is_key)).encode(), "b.json")
    except InputError as error:
        for line in str(error).split("\n"):
            assert line == visible(line)
            assert len(line) < 1000


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_said_of_facts_is_short_and_harmless(text):
    model = load_bytes(json.dumps(BASE).encode(), "b.json")
    facts = {text: 1, "size": text, "fast": text, "rows": {"value": 1, "certainty": text, text: 2}}
    with pytest.raises(InputError) as from_python:
        facts_from_python(facts, model)
    with pytest.raises(InputError) as from_settings:
        with_settings((), [text, f"{text}={text}", f"rows={text}"], model)
    for line in f"{from_python.value}\n{from_settings.value}".split("\n"):
        assert line == visible(line)
        assert len(line) < 1000


def test_a_file_that_is_no_facts_file_does_not_print_itself(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_text("lorem ipsum " * 10_000)
    with pytest.raises(InputError) as raised:
        facts_from_file(path, load_bytes(json.dumps(BASE).encode(), "b.json"))
    assert len(str(raised.value)) < len(str(path)) + 150


def misspelt(rules, choices):
    """Write a knowledge base all of whose rules misspell an attribute, a source, a level and a value."""
    base = BASE | {"cases": [], "tables": {}}
    base["attributes"] = BASE["attributes"] | {"g": {"choices": [f"choice{i}" for i in range(choices)]}}
    base["rules"] = {
        f"r{i}": {"if": {f"siz{i}": "small"}, "then": {"g": {f"chois{i}": f"stron{i}"}}, "source": f"boo{i}"}
        for i in range(rules)
    }
    return json.dumps(base).encode()


def test_names_are_compared_up_to_a_limit_however_many_are_misspelt(monkeypatch):
    compared = []

    def counting(found, names):
        compared.append(len(names))
        return suggestion(found, names)

    monkeypatch.setattr("expert.knowledge.loading.fields.suggestion", counting)
    for rules in (100, 1000):
        with pytest.raises(InputError) as raised:
            load_bytes(misspelt(rules, choices=50), "b.json")
        assert len(raised.value.problems) == 4 * rules
        assert len(str(raised.value).split("\n")) == problems_module.MOST_TOLD + 1
        assert str(raised.value).endswith(f"b.json: and {4 * rules - 20:,} more")
        assert sum(compared) <= problems_module.MOST_COMPARED
        compared.clear()
