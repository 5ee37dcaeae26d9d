"""The schema of knowledge bases admits all that the loader takes, and refuses all that it refuses but for names."""

import copy
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from expert.knowledge.loading import attribute_grammar, case_grammar, facts_reading, knowledge_base_file, rule_grammar
from expert.knowledge.loading import table_grammar as tables
from expert.knowledge.loading.file_formats import KNOWLEDGE_BASES, parse
from expert.knowledge.loading.knowledge_base_file import load_bytes, model_of
from expert.knowledge.loading.knowledge_base_schema import MODELINE, knowledge_base_schema
from expert.knowledge.loading.yaml_format import parse_yaml
from expert.knowledge.problems import InputError
from tests.documentation.pages import PAGES, fences
from tests.examples import examples
from tests.fuzz.corpus import inputs
from tests.strategies import CONSTRUCTS, knowledge_bases

TOP = Path(__file__).parents[3]
SCHEMA = knowledge_base_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

ONLY_THE_LOADER_REFUSES = {
    "names that are not declared": (
        "unknown (attribute|certainty|source|column) ", "the goal '.*' is not an attribute",
        "'.*' is not a valid name",  # letters that are not ASCII: a schema's pattern cannot tell them from signs
    ),
    "what an attribute's declaration forbids": (
        ".* has no value '", ".* must be (a|a whole) number", ".* must be yes or no, not '", "the goal must have",
        "'.*' compares numbers", "'unknown' can be tested for asked attributes only", "'.*' is computed, so no rule",
        "'.*' is (computed|concluded by rules) and cannot be given", "'.*' is a .* attribute; a formula takes",
    ),
    "what is said twice": ("duplicate ", "'.*' is accepted twice", "the rule concludes .* twice"),
    "numbers that do not fit one another, or that are in quotes": (
        "no number is ", "at_least must be a whole number from 1 to", "threshold must be at least",
        r"(a )?certainty must be in \[-1, 1\]",
    ),
    "numbers as names": ("a knowledge base's name has .* not '(0.25|Infinity)'",),
    "knowledge bases that extend others": ("there is no knowledge base '", "'.*' must be beside", "unknown rule "),
    "dates": ("'review_by' must be a date",),
    "cells and rows": ("the row has ", "the row concludes nothing"),
    "the words of counts, which may be attributes": (
        "'.*' cannot stand beside 'at_least'", "'at_least' needs 'of'", "a premise must be a mapping .*, not 'a'"
    ),
    "formulas": (
        "the formula is ", "a number or a name is missing", "there (is|are) no ", "unexpected ", "commas ",
        "a comma stands", "an operation is",
    ),
    "facts that are fixed, but unknown": ("only a known fact can be fixed",),
    "cycles": (".* depend on one another", ".*cycle", ".* -> "),
    "files that are not there": (
        "'file' is found beside", "'.*' is not in the folder", "'.*' cannot be read", "'file' must be",
    ),
    "YAML that is not in use": (
        "not valid YAML", "'.*' is an alias", "the tag '", "a second document", "a key must be a single word",
        "the file is empty", "is not a text",
    ),
}  # fmt: skip
"""What a schema cannot say, or only at the price of being unreadable, by what the loader says of it."""

ALLOWED = re.compile("|".join(pattern for patterns in ONLY_THE_LOADER_REFUSES.values() for pattern in patterns))

BASE = {
    "knowledge_base": "every-part",
    "title": "Every part",
    "about": "All of the format.",
    "version": 1.1,
    "review_by": "2027-05-31",
    "retire": {},
    "goal": "g",
    "threshold": 0.1,
    "certainties": {"strong": 0.8, "same": "strong", "against": -1},
    "sources": {
        "book": {"title": "T", "by": "B", "year": 2020, "url": "U", "accessed": "now", "kind": "K", "note": None},
    },
    "attributes": {
        "g": {
            "choices": {
                "x": "X",
                "y": None,
                "z": {"label": "Z", "long": "a Z", "start": {"install": "pip", "read": "z.org"}},
            },
            "otherwise": "y",
        },
        "s": {"label": "L", "about": "A", "question": "Q?", "help": "H", "choices": ["a", "b", 1, 1.5]},
        "n": {"question": "N?", "number": {"unit": "km", "at_least": 0, "at_most": "1,000 km", "integer": "no"}},
        "f": {"question": "F?", "ask_if": {"s": "a"}, "otherwise": "no"},
        "d": None,
        "c": {"number": None, "is": "2 * n - 1", "otherwise": 0},
    },
    "rules": {
        "r": {
            "if": {"s": ["a", 1], "n": {"at_least": 2, "less_than": "5 km", "not": 3}},
            "unless": [{"f": True}],
            "then": {"g": "x"},
            "certainty": "strong",
            "because": "So.",
            "source": ["book p. 1", "book"],
        },
        "q": {"if": {"any": [{"s": "unknown"}, {"not": {"f": "yes"}}]}, "then": {"g": {"x": -0.5, "y": "same"}}},
        "p": {
            "if": {"at_least": 2, "of": [{"s": "a"}, {"f": {"not": "unknown"}}, {"all": [{"c": 1}]}]},
            "then": {"d": True},
        },
        "o": {"if": {"d": "yes"}, "then": {"g": ["x", "y"]}, "certainty": 0.3, "source": "book p. 2"},
    },
    "tables": {
        "t": {
            "then": ["g"],
            "hit": "first",
            "columns": ["s", "n", "g", "because"],
            "rows": [["a | b", ">= 2", "x", "So."], ["-", "1..3", "y", None], [1, 5, "x", ""]],
            "certainty": "same",
            "because": None,
            "source": "book",
        }
    },
    "accept": {"no-source q": "It is plain.", "tie  x, y": "They are equal."},
    "cases": [
        {
            "name": "first",
            "given": {"s": "a", "n": None, "f": {"value": "yes", "certainty": 0.5, "fixed": "no"}},
            "expect": "x",
        },
        {
            "name": None,
            "given": {"f": "unknown", "n": {"value": 3, "note": "about"}},
            "expect": {
                "recommendation": "y",
                "ranking": ["y", "x"],
                "certainty": {"x": 0},
                "tie": [],
                "undecided": "yes",
            },
        },
    ],
}  # fmt: skip

ODD = (
    None, True, "no", 0, 1, -2, 0.25, 1e400, "", " ", "a", "x", "n", "unknown", "Unknown", "all", "0.5", "2", "1,5 km",
    "strong", "a-b", "a--b", "not a name", "t.csv", [], {}, ["a"], [None], ["a", "a"], [["a"]], {"a": "b"}, {"s": "a"},
    {"x": 0.5}, {"all": []}, {"at_least": 1}, {"at_least": 1, "of": [{"s": "a"}]}, {"value": "a"}, {"title": "T"},
)  # fmt: skip
"""What is put in the place of something else."""

RENAMED = (
    "a",
    "x",
    "s",
    "not",
    "all",
    "unknown",
    "of",
    "at_least",
    "a b",
    "",
    "0.5",
    "if",
    "then",
    "file",
    "choices",
    "is",
)


def problems(data):
    """List what the loader says of data as JSON has it."""
    try:
        load_bytes(json.dumps(data).encode(), "base.json")
    except InputError as error:
        return [problem.message for problem in error.problems]
    return []


def disagreement(found, data):
    """Say in which way loader and schema differ, unless it is one that may be."""
    refused = None if VALIDATOR.is_valid(data) else jsonschema.exceptions.best_match(VALIDATOR.iter_errors(data))
    if refused and not found:
        return f"only the schema refuses it: {refused.json_path}: {refused.message}"
    left = [] if refused else [message for message in found if not ALLOWED.match(message)]
    return f"only the loader refuses it: {left}" if left else None


def paths(data, path=()):
    """Walk over the places of data."""
    yield path
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from paths(value, (*path, key))


def mutations(path):
    """List what can be done to a place."""
    yield from (("replace", odd) for odd in ODD)
    yield "remove", None
    yield "repeat", None
    yield from (("rename", name) for name in RENAMED if isinstance(path[-1], str))


def mutated(path, kind, new):
    """Change one place of the knowledge base that has every part."""
    data = copy.deepcopy(BASE)
    parent = data
    for step in path[:-1]:
        parent = parent[step]
    last = path[-1]
    if kind == "replace":
        parent[last] = new
    elif kind == "remove":
        del parent[last]
    elif kind == "rename":
        parent[new] = parent.pop(last)
    elif isinstance(parent, list):
        parent.append(parent[last])
    else:
        parent[f"{last}2"] = parent[last]
    return data


PLACES = [path for path in paths(BASE) if path]


def test_the_schema_is_one():
    VALIDATOR.check_schema(SCHEMA)


def test_loader_and_schema_take_the_knowledge_base_that_has_every_part():
    assert problems(BASE) == []
    assert VALIDATOR.is_valid(BASE)


@hypothesis_settings(max_examples=examples(500), deadline=None)
@given(st.sampled_from(PLACES).flatmap(lambda path: st.tuples(st.just(path), st.sampled_from(list(mutations(path))))))
def test_loader_and_schema_agree_on_every_mutation_of_it(mutation):
    path, (kind, new) = mutation
    data = mutated(path, kind, new)
    assert disagreement(problems(data), data) is None


@hypothesis_settings(max_examples=examples(40), deadline=None)
@given(knowledge_bases(constructs=CONSTRUCTS))
def test_the_schema_takes_random_knowledge_bases(data):
    assert problems(data) == []
    assert disagreement([], data) is None


class Editor(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Reads YAML 1.1 as an editor does; every key is a text."""

    def construct_mapping(self, node, deep=False):
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


class Editor12(Editor):
    """Reads YAML 1.2, where yes and no are texts."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


NUMERAL = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
for tag, pattern in {"null": "~|null|Null|NULL|", "bool": "true|True|TRUE|false|False|FALSE", "float": NUMERAL}.items():
    Editor12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)
for each in (Editor, Editor12):
    each.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)

FILES = {
    path.name: (path.read_text(encoding="utf-8"), path.parent)
    for path in (TOP / "rules" / "article.yaml", TOP / "docs" / "examples" / "patch-triage.yaml")
} | {
    f"{page.name}:{fence.first}": (fence.source, None)
    for page in PAGES
    for fence in fences(page)
    if fence.language == "yaml" and fence.source.startswith("knowledge_base:")
}  # fmt: skip


@pytest.mark.parametrize("version", [Editor, Editor12])
@pytest.mark.parametrize("name", FILES)
def test_the_schema_takes_what_is_shipped_and_shown_as_editors_read_it(name, version):
    text, folder = FILES[name]
    model_of(*parse_yaml(text, name), folder)
    assert disagreement([], yaml.load(text, Loader=version)) is None


@pytest.mark.parametrize("version", [Editor, Editor12])
def test_loader_and_schema_agree_on_what_the_fuzzer_has_kept(version):
    for data in inputs("knowledge_base"):
        try:
            found = []
            model_of(*parse(data, "base.yaml", KNOWLEDGE_BASES))
        except InputError as error:
            found = [problem.message for problem in error.problems]
        try:
            read = yaml.load(data, Loader=version)
        except (yaml.YAMLError, ValueError):
            assert found
            continue
        assert disagreement(found, read) is None, data


ROOT, DEFS = SCHEMA["properties"], SCHEMA["$defs"]


@pytest.mark.parametrize(
    ("schema", "keys"),
    [
        (SCHEMA, knowledge_base_file._KEYS),
        (ROOT["sources"]["additionalProperties"], knowledge_base_file._SOURCE_KEYS),
        (DEFS["declaration"], attribute_grammar._ATTRIBUTE_KEYS),
        (DEFS["declaration"]["properties"]["number"], attribute_grammar._NUMBER_KEYS),
        (DEFS["rule"], rule_grammar._RULE_KEYS),
        (DEFS["table"], tables._TABLE_KEYS),
        (DEFS["case"], case_grammar._CASE_KEYS),
        (DEFS["case"]["properties"]["expect"]["anyOf"][1], case_grammar._EXPECT_KEYS),
        (DEFS["fact"]["anyOf"][-1], facts_reading._FACT_KEYS),
    ],
)
def test_the_schema_explains_each_key_that_the_loader_knows(schema, keys):
    assert set(schema["properties"]) == set(keys)
    for key, value in schema["properties"].items():
        assert "description" in value or "description" in DEFS.get(value.get("$ref", "")[8:], {}) or key in (
            "certainty", "value"
        ), key  # fmt: skip


def test_shipped_files_say_where_their_schema_is():
    for path in (TOP / "rules").glob("*.yaml"):
        assert path.read_text(encoding="utf-8").splitlines()[0] == MODELINE
    kept = (TOP / "rules" / "knowledge-base.schema.json").read_text(encoding="utf-8")
    assert json.loads(kept) == SCHEMA
