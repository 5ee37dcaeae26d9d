import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.rules import AllOf, AnyOf, Compare, Is, IsNot, Known, Unknown
from tests.knowledge.marks import problems_of, unmark

BASE = """
knowledge_base: b
goal: g
attributes:
  g: {choices: [x, y]}
  s: {question: How large?, choices: [a, b, c]}
  n: {question: How many?, number: {at_least: 0, at_most: 100}}
  far: {question: How far?, number: {unit: km, at_least: 0 km}}
  f: {question: Fast?}
  d: {choices: [p, q]}
rules:
  other: {if: {s: a}, then: {d: p}}
  r:
    then: {g: x}
    if: """


def premise_of(text):
    return load_bytes((BASE + text).encode(), "b.yaml").rules[1].premise


A, B, C, F, P = Is("s", "a"), Is("s", "b"), Is("s", "c"), Is("f", "yes"), Is("d", "p")
NOT_A, NOT_B, NOT_F = IsNot("s", "a"), IsNot("s", "b"), IsNot("f", "yes")


@pytest.mark.parametrize(
    ("text", "premise"),
    [
        ("{s: a}", A),
        ("{f: TRUE}", F),
        ("{n: 1e1}", Is("n", 10)),
        ("{d: p}", P),
        ("{s: [a]}", A),
        ("{s: [a, b]}", AnyOf((A, B))),
        ("{s: unknown}", Unknown("s")),
        ("{n: 'unknown'}", Unknown("n")),
        ("{s: {not: unknown}}", Known("s")),
        ("{s: {not: a}}", NOT_A),
        ("{s: {not: [a, b]}}", AllOf((NOT_A, NOT_B))),
        ("{s: {not: {not: a}}}", A),
        ("{f: {not: No}}", IsNot("f", "no")),
        ("{n: {not: 3}}", IsNot("n", 3)),
        ("{n: {at_least: 3}}", Compare("n", "at_least", 3)),
        ("{n: {at_most: 2.5}}", Compare("n", "at_most", 2.5)),
        ("{n: {more_than: -1000}}", Compare("n", "more_than", -1000)),
        ("{far: {at_least: '1,000 km'}}", Compare("far", "at_least", 1000)),
        ("{far: {at_least: \u22123 KM}}", Compare("far", "at_least", -3)),
        ("{n: {less_than: 1_000}}", Compare("n", "less_than", 1000)),
        ("{n: {at_least: 3, less_than: 5}}", AllOf((Compare("n", "at_least", 3), Compare("n", "less_than", 5)))),
        ("{n: {at_least: 3, not: [4, 5]}}", AllOf((Compare("n", "at_least", 3), IsNot("n", 4), IsNot("n", 5)))),
        ("{n: {not: {at_least: 3}}}", Compare("n", "less_than", 3)),
        (
            "{n: {not: {more_than: 3, at_most: 5}}}",
            AnyOf((Compare("n", "at_most", 3), Compare("n", "more_than", 5))),
        ),
        ("{s: a, f: yes}", AllOf((A, F))),
        ("[{s: a}, {f: yes}]", AllOf((A, F))),
        ("[{s: a}]", A),
        ("{all: [{s: a}, {f: yes}]}", AllOf((A, F))),
        ("{any: [{s: a}, {f: yes}]}", AnyOf((A, F))),
        ("{any: [{s: a, f: yes}, {d: p}]}", AnyOf((AllOf((A, F)), P))),
        ("{any: [[{s: a}, {f: yes}], {d: p}]}", AnyOf((AllOf((A, F)), P))),
        ("{any: [{s: [a, b]}, {f: yes}]}", AnyOf((A, B, F))),
        ("{all: [{s: a}, {all: [{f: yes}, {d: p}]}]}", AllOf((A, F, P))),
        ("{f: yes, any: [{s: a}, {s: b}]}", AllOf((F, AnyOf((A, B))))),
        ("{not: {s: a}}", NOT_A),
        ("{not: {s: unknown}}", Known("s")),
        ("{not: {s: a, f: yes}}", AnyOf((NOT_A, NOT_F))),
        ("{not: [{s: a}, {f: yes}]}", AnyOf((NOT_A, NOT_F))),
        ("{not: {any: [{s: a}, {f: yes}]}}", AllOf((NOT_A, NOT_F))),
        ("{not: {not: {any: [{s: a}, {f: yes}]}}}", AnyOf((A, F))),
        (
            "{not: {all: [{s: {not: a}}, {any: [{f: yes}, {n: {at_least: 3}}]}]}}",
            AnyOf((A, AllOf((NOT_F, Compare("n", "less_than", 3))))),
        ),
        ("{f: yes, not: {any: [{s: a}, {s: b}]}}", AllOf((F, NOT_A, NOT_B))),
        ("\n      s: a\n      any:\n      - f: yes\n      - d: p\n", AllOf((A, AnyOf((F, P))))),
    ],
)  # fmt: skip
def test_every_form_of_premise_is_read(text, premise):
    assert premise_of(text) == premise


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("^s", "a premise must be a mapping or a list of premises, not 's'"),
        ("^~", "a premise must be a mapping or a list of premises, not nothing"),
        ("[^s, {f: yes}]", "a premise must be a mapping or a list of premises, not 's'"),
        ("^{}", "the premise is empty; name at least one test"),
        ("^[]", "the premise is empty; name at least one test"),
        ("[{s: a}, ^{}]", "the premise is empty; name at least one test"),
        ("{not: ^{}}", "the premise is empty; name at least one test"),
        ("{not: ^s}", "a premise must be a mapping or a list of premises, not 's'"),
        ("{all: ^[]}", "'all' is empty; name at least one premise"),
        ("{any: ^[]}", "'any' is empty; name at least one premise"),
        ("{any: ^{s: a}}", "'any' takes a list of premises, not a mapping"),
        ("{all: ^s}", "'all' takes a list of premises, not 's'"),
        ("{^t: a}", "unknown attribute 't'"),
        ("{^S: a}", "unknown attribute 'S'; did you mean 's'?"),
        ("{^unknown: s}", "unknown attribute 'unknown'"),
        ("{s: ^z}", "s has no value 'z'; expected a, b or c"),
        ("{s: [a, ^z]}", "s has no value 'z'"),
        ("{s: ^[]}", "expected at least one value of s"),
        ("{s: {not: ^[]}}", "expected at least one value of s"),
        ("{s: ^~}", "expected a value of s, not nothing"),
        ("{s: [^[a]]}", "expected a value of s, not a list"),
        ("{s: [^{not: a}]}", "expected a value of s, not a mapping"),
        ("{s: [a, ^unknown]}", "'unknown' stands alone; join it to other tests with 'any'"),
        ("{s: {not: [a, ^unknown]}}", "'unknown' stands alone"),
        ("{s: ^{}}", "the test is empty; expected a value, not, at_least, less_than, at_most or more_than"),
        ("{n: {^at_lest: 3}}", "unknown test 'at_lest'; did you mean 'at_least'?"),
        ("{n: {^unknown: yes}}", "unknown test 'unknown'"),
        ("{n: {at_least: ^few}}", "at_least must be a number, not 'few'"),
        ("{n: {at_least: ^nan}}", "at_least must be a number, not 'nan'"),
        ("{n: {at_least: ^[3]}}", "at_least must be a number, not a list"),
        ("{n: {at_least: ^~}}", "at_least must be a number, not nothing"),
        ("{n: ^101}", "n must be a number, at least 0 and at most 100, not '101'"),
        ("{n: ^few}", "n must be a number, at least 0 and at most 100, not 'few'"),
        ("{s: {at_least: ^3}}", "'at_least' compares numbers; 's' is a choice attribute"),
        ("{f: {less_than: ^3}}", "'less_than' compares numbers; 'f' is a yes/no attribute"),
        ("{f: ^maybe}", "f must be yes or no, not 'maybe'"),
        ("{d: ^unknown}", "'unknown' can be tested for asked attributes only; 'd' has no question"),
        ("{d: {not: ^unknown}}", "'unknown' can be tested for asked attributes only"),
        ("{not: {d: ^unknown}}", "'unknown' can be tested for asked attributes only"),
        ("{s: a, ^s: b}", "duplicate key 's'"),
        ("{n: {at_least: 3, ^at_least: 5}}", "duplicate key 'at_least'"),
    ],
)  # fmt: skip
def test_a_wrong_premise_is_refused_at_its_place(text, message):
    content, places = unmark(BASE + text, "b.yaml")
    (problem,) = problems_of(load_bytes, content.encode(), "b.yaml")
    assert [problem.place] == places
    assert problem.message.startswith(message)


def test_all_problems_of_a_premise_are_told_at_once():
    text = """
      any:
      - {s: ^z, ^t: a}
      - not: {n: {^at_lest: 3, at_most: ^x}}
      - {f: ^maybe}
"""
    content, places = unmark(BASE + text, "b.yaml")
    assert [problem.place for problem in problems_of(load_bytes, content.encode(), "b.yaml")] == places


single_tests = st.one_of(
    st.builds(Is, st.just("s"), st.sampled_from("abc")),
    st.builds(IsNot, st.just("n"), st.integers(0, 100)),
    st.builds(Compare, st.just("n"), st.sampled_from(["at_least", "at_most"]), st.floats(-1e9, 1e9).map(float)),
    st.builds(Unknown, st.just("f")),
    st.builds(Known, st.just("f")),
)


def groups(kind, inside):
    return st.lists(inside, min_size=2, max_size=3).map(lambda parts: kind(tuple(parts)))


alternating = groups(AllOf, single_tests | groups(AnyOf, single_tests | groups(AllOf, single_tests)))


@given(single_tests | alternating)
def test_a_premise_written_as_in_the_file_is_read_again_as_the_same(premise):
    assert premise_of(json.dumps(premise.to_dict())) == premise
