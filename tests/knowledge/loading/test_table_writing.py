import json

import pytest
from hypothesis import assume, given, settings

from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.loading.table_writing import cells_of
from expert.knowledge.rules import AllOf
from expert.rendering.decision_tables.formats import as_csv, not_in_cells
from expert.rendering.decision_tables.tables import decision_tables
from tests.examples import examples
from tests.strategies import CONSTRUCTS, knowledge_bases

BASE = """\
knowledge_base: b
goal: g
attributes:
  g: {choices: [x, y]}
  s: {question: S?, choices: [a, b, c, not sure, "d | e", 5..6]}
  n: {question: N?, number: {unit: km}}
  f: {question: F?}
  source: {question: Where?}
rules:
  r: %s
"""


def cells(rule):
    model = load_bytes((BASE % rule).encode(), "b.yaml")
    return cells_of(model.rules[0], model)


@pytest.mark.parametrize(
    ("premise", "expected"),
    [
        ("{s: a}", {"s": "a"}),
        ("{s: [a, b], f: yes}", {"s": "a | b", "f": "yes"}),
        ("{s: {not: a}}", {"s": "not a"}),
        ("{s: {not: [a, b]}}", {"s": "not a | b"}),
        ("{s: unknown}", {"s": "unknown"}),
        ("{s: {not: unknown}}", {"s": "not unknown"}),
        ("{any: [{s: unknown}, {s: b}]}", {"s": "unknown | b"}),
        ("{s: not sure}", {"s": "not sure"}),
        ("{s: d | e}", {"s": "d | e"}),
        ("{s: 5..6}", {"s": "5..6"}),
        ("{s: [a, d | e]}", None),
        ("{n: 5}", {"n": "5"}),
        ("{n: {at_least: 5}}", {"n": ">= 5"}),
        ("{n: {less_than: 0.5}}", {"n": "< 0.5"}),
        ("{n: {at_most: 9, at_least: -5}}", {"n": "-5..9"}),
        ("{not: {n: {at_least: 5, at_most: 9}}}", {"n": "< 5 | > 9"}),
        ("{any: [{n: {at_least: 5, at_most: 6}}, {n: 9}]}", {"n": "5..6 | 9"}),
        ("{n: {more_than: 5, less_than: 9}}", None),
        ("{n: {at_least: 5, not: 9}}", None),
        ("{any: [{s: a}, {f: yes}]}", None),
        ("{any: [{s: a}, {s: {not: b}}]}", None),
        ("{at_least: 2, of: [{s: a}, {f: yes}, {n: 1}]}", None),
        ("{source: yes}", None),
    ],
)
def test_tests_are_written_as_cells_that_are_read_as_the_same_tests(premise, expected):
    assert cells(f"{{if: {premise}, then: {{g: x}}}}") == expected


def test_neither_exceptions_nor_conclusions_about_the_row_itself_have_cells():
    assert cells("{if: {s: a}, unless: {f: yes}, then: {g: x}}") is None
    assert cells("{if: {s: a}, then: {source: yes}}") is None


def evidence(rules, attribute):
    """List what rules give an attribute, whatever their names and the order of their tests."""
    return [
        (parts_of(rule.premise), *conclusion, rule.because, rule.citations)
        for rule in rules
        for conclusion in rule.conclusions
        if conclusion.attribute == attribute
    ]


def parts_of(premise):
    return set(premise.premises) if isinstance(premise, AllOf) else {premise}


@settings(max_examples=examples(60), deadline=None)
@given(knowledge_bases(constructs=CONSTRUCTS))
def test_a_table_in_csv_is_read_as_the_rules_that_it_was_written_from(tmp_path_factory, data):
    assume(data["rules"])
    model = load_bytes(json.dumps(data).encode(), "b.json")
    for table in decision_tables(model):
        folder = tmp_path_factory.mktemp("table")
        (folder / "t.csv").write_text(as_csv(table), encoding="utf-8")
        kept = [row.rule for row in table.rows if not not_in_cells(row)]
        if not kept:
            continue
        hit = "first" if table.is_first else "all"
        others = {key: part for key, part in data.items() if key not in ("rules", "tables", "cases")}
        read = others | {"tables": {"t": {"then": [table.attribute], "hit": hit, "file": "t.csv"}}}
        again = load_bytes(json.dumps(read).encode(), "b.json", folder)
        assert evidence(again.rules, table.attribute) == evidence(dict.fromkeys(kept), table.attribute)
