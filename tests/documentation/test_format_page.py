"""The page about the knowledge-base format: what its tables list is what the loader takes."""

import json
import re

import pytest

from expert import InputError
from expert.knowledge.attributes import RESERVED
from expert.knowledge.loading import attribute_grammar as attributes
from expert.knowledge.loading import case_grammar as cases
from expert.knowledge.loading import file_formats as reading
from expert.knowledge.loading import knowledge_base_file as knowledge_base
from expert.knowledge.loading import rule_grammar as rules
from expert.knowledge.loading import table_grammar as tables
from expert.knowledge.loading import tree
from expert.knowledge.loading.formula_grammar import read_formula
from expert.knowledge.loading.knowledge_base_file import load_bytes
from tests.documentation.pages import TOP, fences

PATH = TOP / "docs" / "knowledge-base-format.md"
PAGE = PATH.read_text(encoding="utf-8")
EXAMPLE, WITH_FORMULA = (fence.source for fence in fences(PATH) if fence.language == "yaml")


def cells(heading):
    """List the code in the first column of the tables below a heading."""
    section = re.search(rf"^#+ {heading}\n((?:(?!#).*\n)*)", PAGE, re.MULTILINE)
    rows = re.findall(r"^\| (`.+?`) \|", section[1], re.MULTILINE)
    return [code for row in rows for code in re.findall("`(.+?)`", row)]


def with_rule(premise, conclusion):
    """Load the example with one more rule."""
    rule = f"rules:\n  probe: {{if: {premise}, then: {conclusion}}}\n"
    return load_bytes(EXAMPLE.replace("rules:\n", rule, 1).encode(), "probe.yaml").rules[0]


@pytest.mark.parametrize("premise", [*cells("Premises"), *cells("Tests")])
def test_every_form_of_premise_that_is_shown_can_be_written(premise):
    assert with_rule(premise, "{transport: car}").premise


@pytest.mark.parametrize("then", cells("Conclusions"))
def test_every_form_of_conclusion_that_is_shown_can_be_written(then):
    assert with_rule("{weather: dry}", then).conclusions


@pytest.mark.parametrize("cell", cells("Cells of tests"))
def test_every_form_of_cell_that_is_shown_can_be_written(cell):
    column = "distance" if re.search("[0-9]", cell) else "weather"
    row = json.dumps([cell.replace("\\|", "|"), "car"])
    table = f"tables: {{probe: {{then: [transport], columns: [{column}, transport], rows: [{row}]}}}}\n"
    rule = load_bytes(f"{EXAMPLE}{table}".encode(), "probe.yaml").rules[-1]
    assert rule.name == "probe/1"
    assert (str(rule.premise) == "always") == (cell == "-")


@pytest.mark.parametrize("formula", cells("Computed numbers"))
def test_every_form_of_formula_that_is_shown_can_be_written(formula):
    probe = f"attributes:\n  probe: {{is: '{formula}'}}\n"
    model = load_bytes(WITH_FORMULA.replace("attributes:\n", probe, 1).encode(), "probe.yaml")
    assert str(model.attributes["probe"].formula) == str(read_formula(formula))


@pytest.mark.parametrize("word", RESERVED)
def test_reserved_words_are_listed_and_refused(word):
    assert f"`{word}`" in PAGE
    with pytest.raises(InputError, match="word of the rule language"):
        load_bytes(EXAMPLE.replace("  weather:\n", f"  {word}: {{}}\n  weather:\n", 1).encode(), "probe.yaml")


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("The parts of the file", knowledge_base._KEYS),
        ("Attributes", attributes._ATTRIBUTE_KEYS),
        ("Rules", rules._RULE_KEYS),
        ("Decision tables", tables._TABLE_KEYS),
        ("Cases", cases._EXPECT_KEYS),
    ],
)
def test_every_key_is_listed(heading, keys):
    assert sorted(cells(heading)) == sorted(keys)


@pytest.mark.parametrize("key", [*attributes._NUMBER_KEYS, *knowledge_base._SOURCE_KEYS, *cases._CASE_KEYS])
def test_every_smaller_key_is_mentioned(key):
    assert f"`{key}`" in PAGE


def test_the_limits_are_those_of_the_reader():
    assert f"at most {reading.MAXIMUM_BYTES // 2**20} MiB" in PAGE
    assert f"at most {tree.MAXIMUM_DEPTH} levels" in PAGE


@pytest.mark.parametrize("example", [EXAMPLE, WITH_FORMULA])
def test_the_examples_have_cases(example):
    assert len(load_bytes(example.encode(), "example.yaml").cases) >= 3
