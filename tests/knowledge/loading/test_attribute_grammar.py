import pytest

from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.model import Attribute, Number
from expert.knowledge.problems import Place
from expert.knowledge.rules import AllOf, Is, IsNot, Unknown
from tests.knowledge.marks import problems_of, unmark

BASE = """
knowledge_base: b
goal: g
rules: {}
attributes:
  g: {choices: [x, y]}
"""
LINE = BASE.count("\n") + 1
YES_NO = {"yes": "yes", "no": "no"}


def attribute(declaration):
    return load_bytes(f"{BASE}  t: {declaration}\n  u: {{question: Which?}}".encode(), "b.yaml").attributes["t"]


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        ("", Attribute("t", choices=YES_NO, yes_no=True)),
        ("{}", Attribute("t", choices=YES_NO, yes_no=True)),
        (
            "{about: 'a  b', question: 'c\n    d?', help: e}",
            Attribute("t", "a b", "c d?", "e", choices=YES_NO, yes_no=True),
        ),
        (
            "{choices: [no, on, 1.10, 2026-01-01, 'null']}",
            Attribute("t", choices={name: name for name in ("no", "on", "1.10", "2026-01-01", "null")}),
        ),
        ("{choices: {no: None, on: , 1.10: '1'}}", Attribute("t", choices={"no": "None", "on": "on", "1.10": "1"})),
        ("{choices: [yes, no]}", Attribute("t", choices=YES_NO)),
        ("{number: }", Attribute("t", number=Number())),
        ("{number: {}}", Attribute("t", number=Number())),
        (
            "{number: {unit: rows, at_least: 0, at_most: 1e3, integer: True}}",
            Attribute("t", number=Number("rows", 0, 1000, True)),
        ),
        ("{number: {at_least: -.5, at_most: -.5, integer: no}}", Attribute("t", number=Number("", -0.5, -0.5))),
        ("{ask_if: {u: yes}}", Attribute("t", choices=YES_NO, yes_no=True, ask_if=Is("u", "yes"))),
        (
            "{ask_if: {g: {not: x}, u: unknown}}",
            Attribute("t", choices=YES_NO, yes_no=True, ask_if=AllOf((IsNot("g", "x"), Unknown("u")))),
        ),
    ],
)  # fmt: skip
def test_every_kind_of_attribute_is_read(declaration, expected):
    assert attribute(declaration) == expected


def test_attributes_are_kept_in_the_order_of_the_file_with_their_places():
    attributes = load_bytes(f"{BASE}  z: \n  a-b_c: {{}}\n  été: ".encode(), "b.yaml").attributes
    assert {name: attribute.place.line - LINE for name, attribute in attributes.items()} == {
        "g": -1,
        "z": 0,
        "a-b_c": 1,
        "été": 2,
    }
    assert attributes["z"].place == Place("b.yaml", LINE, 3)


def test_labels_are_read_short_and_long():
    choices = "{a: {label: A, long: an A}, b: B, c: , d: {long: a D}}"
    data = BASE.replace("[x, y]", f"[x, y]}}\n  t: {{label: Tea time, choices: {choices}")
    attribute = load_bytes(data.encode(), "b.yaml").attributes["t"]
    assert attribute.words == "Tea time"
    assert attribute.choices == {"a": "A", "b": "B", "c": "c", "d": "d"}
    assert attribute.long_labels == {"a": "an A", "d": "a D"}


@pytest.mark.parametrize(("text", "value"), [("x", "x"), ("y", "y")])
def test_the_goal_may_have_a_default(text, value):
    data = BASE.replace("[x, y]", f"[x, y], otherwise: {text}")
    assert load_bytes(data.encode(), "b.yaml").attributes["g"].otherwise == value


@pytest.mark.parametrize(
    ("declaration", "message"),
    [
        ("t: ^x", "'t' must be a mapping, not 'x'"),
        ("t: ^[x]", "'t' must be a mapping, not a list"),
        ("^t t: {}", "'t t' is not a valid name: use letters, digits, '_' and '-' only"),
        ("^-t: {}", "'-t' is not a valid name"),
        ("^t--t: {}", "'t--t' is not a valid name"),
        ("^'': {}", "'' is not a valid name"),
        ("^all: {}", "'all' is a word of the rule language; choose another name"),
        ("^any: {}", "'any' is a word of the rule language"),
        ("^not: {}", "'not' is a word of the rule language"),
        ("^unknown: {}", "'unknown' is a word of the rule language"),
        ("^g: {}", "duplicate key 'g'"),
        ("t: {^qestion: a}", "unknown key 'qestion' in 't'; did you mean 'question'?"),
        ("t: {question: ^[a]}", "'question' must be a text, not a list"),
        ("t: {choices: ^}", "'choices' must be a list, or a mapping of value to label, not nothing"),
        ("t: {choices: ^a}", "'choices' must be a list, or a mapping of value to label, not 'a'"),
        ("t: {choices: ^[]}", "'t' needs at least one choice"),
        ("t: {choices: ^{}}", "'t' needs at least one choice"),
        ("t: {choices: [a, ^a]}", "duplicate choice 'a'"),
        ("t: {choices: {a: 1, ^a: 2}}", "duplicate key 'a'"),
        ("t: {choices: {a: ^[b]}}", "'a' must be a label, or a mapping with one, not a list"),
        ("t: {choices: {a: {long: ^[b]}}}", "'long' must be a text, not a list"),
        ("t: {choices: {a: {^lang: b}}}", "unknown key 'lang' in the choice 'a'; did you mean 'long'?"),
        ("t: {label: ^[a]}", "'label' must be a text, not a list"),
        ("t: {choices: [a, ^[b]]}", "a choice must be a single text, not a list"),
        ("t: {choices: [a, ^~]}", "a choice must be a single text, not nothing"),
        ("t: {choices: {^~: a}}", "a choice must be a single text, not nothing"),
        ("t: {choices: [^'']}", "a choice must be a single text, not ''"),
        ("t: {choices: {^' ': a}}", "a choice must be a single text, not ' '"),
        ("t: {choices: [a, ^all]}", "'all' is a word of the rule language; choose another name"),
        ("t: {choices: {^any: a}}", "'any' is a word of the rule language"),
        ("t: {choices: [^'not']}", "'not' is a word of the rule language"),
        ("t: {choices: [^Unknown]}", "'Unknown' is a word of the rule language"),
        ("t: {^choices: [a], number: {}}", "'t' cannot have both choices and a number"),
        ("t: {number: ^5}", "'number' must be a mapping, not '5'"),
        ("t: {number: {^at_lest: 5}}", "unknown key 'at_lest' in 'number'; did you mean 'at_least'?"),
        ("t: {number: {at_least: ^few}}", "at_least must be a number, not 'few'"),
        ("t: {number: {at_most: ^inf}}", "at_most must be a number, not 'inf'"),
        ("t: {number: {at_most: ^~}}", "at_most must be a number, not nothing"),
        ("t: {number: ^{at_least: 1234567, at_most: 1234566}}", "no number is at least 1234567 and at most 1234566"),
        ("t: {number: {integer: ^maybe}}", "'integer' must be yes or no, not 'maybe'"),
        ("t: {number: {unit: ^[a]}}", "'unit' must be a text, not a list"),
        ("t: {otherwise: ^maybe}", "t must be yes or no, not 'maybe'"),
        ("t: {is: 2 * ^h}", "unknown attribute 'h'"),
        ("t: {is: ^g + 1}", "'g' is a choice attribute; a formula takes numbers"),
        ("t: {is: 1 +^}", "a number or a name is missing at the end"),
        ("t: {is: ^[1]}", "'is' must be a formula, such as weight / 2, not a list"),
        ("t: {is: 1, ^question: T?}", "'t' is computed, so it is not asked"),
        ("t: {is: 1, ^choices: [a]}", "'t' is computed, so it is a number and has no choices"),
        ("n: {is: 1 + m}\n  ^m: {is: n * 2}", "computed numbers depend on one another in a cycle: m -> n -> m"),
        ("t: {ask_if: ^x}", "a premise must be a mapping or a list of premises, not 'x'"),
        ("t: {ask_if: ^{}}", "the premise is empty"),
        ("t: {ask_if: {g: ^z}}", "g has no value 'z'"),
        ("t: {ask_if: {^h: z}}", "unknown attribute 'h'"),
    ],
)  # fmt: skip
def test_a_wrong_attribute_is_refused_at_its_place(declaration, message):
    content, places = unmark(f"{BASE}  {declaration}", "b.yaml")
    (problem,) = problems_of(load_bytes, content.encode(), "b.yaml")
    assert [problem.place] == places
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    ("default", "message"), [("^z", "g has no value 'z'"), ("^~", "expected a value of g, not nothing")]
)
def test_a_default_must_be_a_candidate(default, message):
    content, places = unmark(BASE.replace("[x, y]", f"[x, y], otherwise: {default}"), "b.yaml")
    (problem,) = problems_of(load_bytes, content.encode(), "b.yaml")
    assert [problem.place] == places
    assert problem.message.startswith(message)


def test_all_problems_of_all_attributes_are_told_at_once_in_order():
    text = """
  ^all:
  t: {choices: [^not, ^~], ask_if: {u: ^z}, ^helb: a}
  u: {number: {at_least: ^x, at_most: ^y}}
"""
    content, places = unmark(BASE + text, "b.yaml")
    assert [problem.place for problem in problems_of(load_bytes, content.encode(), "b.yaml")] == places
