import pytest

from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.model import Case, Expectation, Fact
from expert.knowledge.problems import Place
from tests.knowledge.marks import problems_of, unmark

BASE = """
knowledge_base: b
goal: g
attributes:
  g: {choices: [x, y, z]}
  s: {question: How large?, choices: [a, b]}
  d: {}
rules:
  r: {if: {s: a}, then: {g: x, d: yes}}
cases: """
LINE = BASE.count("\n") + 1


def cases(text):
    return load_bytes((BASE + text).encode(), "b.yaml").cases


@pytest.mark.parametrize(
    ("expect", "expectation"),
    [
        ("x", Expectation(recommendation="x")),
        ("{recommendation: x}", Expectation(recommendation="x")),
        ("{ranking: [x, y]}", Expectation(ranking=("x", "y"))),
        ("{certainty: {x: 0.50, y: -1}}", Expectation(certainty={"x": 0.5, "y": -1})),
        ("{tie: [z, x]}", Expectation(tie=("z", "x"))),
        ("{undecided: Yes}", Expectation(undecided=True)),
        ("{undecided: false}", Expectation(undecided=False)),
        ("{recommendation: x, ranking: [x]}", Expectation(recommendation="x", ranking=("x",))),
    ],
)
def test_every_form_of_expectation_is_read(expect, expectation):
    assert [case.expect for case in cases(f"[{{name: n, given: {{}}, expect: {expect}}}]")] == [expectation]


def test_a_case_has_a_name_and_given_facts_as_a_facts_file_has():
    text = "\n- name: a  small\n    one\n  given: {s: {value: a, certainty: 0.5, note: n}}\n  expect: x\n"
    assert cases(text) == (
        Case("a small one", (Fact("s", "a", 0.5, f"b.yaml:{LINE + 3}", "n"),), Expectation(recommendation="x")),
    )
    assert cases(text)[0].place == Place("b.yaml", LINE + 1, 3)


def test_cases_are_optional():
    assert load_bytes(BASE.removesuffix("cases: ").encode(), "b.yaml").cases == cases("[]") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("^x", "'cases' must be a list, not 'x'"),
        ("^{name: n}", "'cases' must be a list, not a mapping"),
        ("^~", "'cases' must be a list, not nothing"),
        ("[^x]", "a case must be a mapping, not 'x'"),
        ("[^{given: {}, expect: x}]", "a case needs 'name', which is missing"),
        ("[^{name: n, expect: x}]", "a case needs 'given', which is missing"),
        ("[^{name: n, given: {}}]", "a case needs 'expect', which is missing"),
        ("[{name: n, given: {}, expect: x, ^why: y}]", "unknown key 'why' in a case; expected name, given or expect"),
        ("[{name: ^[n], given: {}, expect: x}]", "'name' must be a text, not a list"),
        ("[{name: n, given: ^~, expect: x}]", "'given' must be a mapping, not nothing"),
        ("[{name: n, given: ^[s], expect: x}]", "'given' must be a mapping, not a list"),
        ("[{name: n, given: {^t: a}, expect: x}]", "unknown attribute 't'"),
        ("[{name: n, given: {s: ^c}, expect: x}]", "s has no value 'c'; expected a or b"),
        ("[{name: n, given: {^d: yes}, expect: x}]", "'d' is concluded by rules and cannot be given"),
        ("[{name: n, given: {}, expect: ^w}]", "g has no value 'w'; expected x, y or z"),
        ("[{name: n, given: {}, expect: ^~}]", "expected a value of g, not nothing"),
        ("[{name: n, given: {}, expect: ^[x]}]", "'expect' must be a mapping, not a list"),
        ("[{name: n, given: {}, expect: ^{}}]", "'expect' is empty; it needs at least one of recommendation, ranking,"),
        ("[{name: n, given: {}, expect: {^ranks: [x]}}]", "unknown key 'ranks' in 'expect'; did you mean 'ranking'?"),
        ("[{name: n, given: {}, expect: {recommendation: ^w}}]", "g has no value 'w'"),
        ("[{name: n, given: {}, expect: {ranking: ^x}}]", "expected a list of values of g, not 'x'"),
        ("[{name: n, given: {}, expect: {tie: [x, ^w]}}]", "g has no value 'w'"),
        ("[{name: n, given: {}, expect: {undecided: ^perhaps}}]", "'undecided' must be yes or no, not 'perhaps'"),
        ("[{name: n, given: {}, expect: {undecided: ^[yes]}}]", "'undecided' must be yes or no, not a list"),
        ("[{name: n, given: {}, expect: {certainty: ^x}}]", "'certainty' must be a mapping, not 'x'"),
        ("[{name: n, given: {}, expect: {certainty: {^w: 1}}}]", "g has no value 'w'"),
        ("[{name: n, given: {}, expect: {certainty: {x: ^high}}}]", "a certainty must be a number, not 'high'"),
    ],
)  # fmt: skip
def test_a_wrong_case_is_refused_at_its_place(text, message):
    content, places = unmark(BASE + text, "b.yaml")
    (problem,) = problems_of(load_bytes, content.encode(), "b.yaml")
    assert [problem.place] == places
    assert problem.message.startswith(message)


def test_all_problems_of_all_cases_are_told_at_once_in_order():
    text = """
- {name: n, given: {^t: a, s: ^c}, expect: ^w}
- ^{given: {}, expect: x}
- {name: n, given: {}, expect: {tie: [^v, ^w]}}
"""
    content, places = unmark(BASE + text, "b.yaml")
    assert [problem.place for problem in problems_of(load_bytes, content.encode(), "b.yaml")] == places
