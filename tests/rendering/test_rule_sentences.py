import pytest

from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.rendering.rule_sentences import rule_sentence

BASE = """\
knowledge_base: b
goal: g
attributes:
  g: {choices: [x, y]}
  s_t: {question: S?, choices: [a, b, c]}
  n: {question: N?, number: {unit: km}}
  f: {question: F?}
rules:
  r: %s
"""


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{if: {f: yes}, then: {g: x}}", "If f is yes, g is x."),
        ("{if: {f: yes}, then: {g: {x: -1}}}", "If f is yes, g is not x."),
        (
            "{if: {f: yes}, then: {g: {x: 0.5, y: -0.25}}}",
            "If f is yes, this speaks for g being x (+0.50) and this speaks against g being y (−0.25).",
        ),
        ("{if: {s_t: [a, b, c], f: no}, then: {g: x}}", "If s t is a, b or c and f is no, g is x."),
        ("{if: {s_t: {not: a}}, then: {g: x}}", "If s t is known not to be a, g is x."),
        ("{if: {s_t: unknown, f: {not: unknown}}, then: {g: x}}", "If s t is unknown and f is known, g is x."),
        (
            "{if: {n: {at_least: 1, less_than: 5}}, then: {g: x}}",
            "If n is at least 1 km and n is less than 5 km, g is x.",
        ),
        ("{if: {n: {at_most: 1}}, then: {g: x}}", "If n is at most 1 km, g is x."),
        ("{if: {n: {more_than: 1}}, then: {g: x}}", "If n is more than 1 km, g is x."),
        (
            "{if: [{f: yes}, {any: [{n: 1}, {s_t: a}]}], then: {g: x}}",
            "If f is yes and (n is 1 km or s t is a), g is x.",
        ),
        ("{if: {any: [{f: yes}, {n: 1, s_t: a}]}, then: {g: x}}", "If f is yes or (n is 1 km and s t is a), g is x."),
        (
            "{if: [{f: no}, {at_least: 2, of: [{f: yes}, {n: 1}, {s_t: a}]}], then: {g: x}}",
            "If f is no and (at least 2 of these hold: f is yes; n is 1 km; s t is a), g is x.",
        ),
        ("{if: {f: yes}, unless: {s_t: a}, then: {g: x}}", "If f is yes, g is x, but not if s t is a."),
    ],
)
def test_a_rule_is_told_as_a_sentence(rule, sentence):
    model = load_bytes((BASE % rule).encode(), "b.yaml")
    assert rule_sentence(model, model.rules[0]) == sentence


def test_rows_are_told_with_those_above_them():
    table = "{then: [g], hit: first, columns: [f, g], rows: [[yes, x], [no, y], [-, y]]}"
    model = load_bytes((BASE % "{if: {f: yes}, then: {g: x}}" + f"tables: {{t: {table}}}").encode(), "b.yaml")
    assert [rule_sentence(model, rule) for rule in model.rules[1:]] == [
        "If f is yes, g is x.",
        "If no row above it holds and f is no, g is y.",
        "If no row above it holds, g is y.",
    ]


def test_a_row_without_tests_holds_whatever_is_known():
    table = "{then: [g], columns: [g], rows: [[y]]}"
    model = load_bytes((BASE % "{if: {f: yes}, then: {g: x}}" + f"tables: {{t: {table}}}").encode(), "b.yaml")
    assert rule_sentence(model, model.rules[1]) == "Whatever is known, g is y."
