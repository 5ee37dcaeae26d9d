import pytest

from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.problems import Place
from expert.knowledge.rules import Citation, Conclusion, Is, Rule
from tests.knowledge.marks import problems_of, unmark

BASE = """
knowledge_base: b
goal: g
certainties: {strong: 0.8, against: -0.4, same: strong}
sources: {book: {title: A book}, web: {title: A page}}
attributes:
  g: {choices: [x, y, z]}
  s: {question: How large?, choices: [a, b]}
  n: {number: {at_most: 10}}
  f: {}
rules:
"""
LINE = BASE.count("\n") + 1


def rules(text, base=BASE):
    return load_bytes((base + text).encode(), "b.yaml").rules


@pytest.mark.parametrize(
    ("conclusions", "expected"),
    [
        ("then: {g: x}", [("g", "x", 1.0)]),
        ("then: {g: x}, certainty: 0.5", [("g", "x", 0.5)]),
        ("then: {g: x}, certainty: -1", [("g", "x", -1.0)]),
        ("then: {g: x}, certainty: strong", [("g", "x", 0.8)]),
        ("then: {g: x}, certainty: same", [("g", "x", 0.8)]),
        ("then: {g: [x, z]}, certainty: against", [("g", "x", -0.4), ("g", "z", -0.4)]),
        ("then: {g: {x: strong, y: -.3}, f: True}", [("g", "x", 0.8), ("g", "y", -0.3), ("f", "yes", 1.0)]),
        ("then: {n: [1, 2.5]}", [("n", 1, 1.0), ("n", 2.5, 1.0)]),
        ("then: {n: {1e0: 0.5}}", [("n", 1, 0.5)]),
    ],
)  # fmt: skip
def test_every_form_of_conclusion_is_read(conclusions, expected):
    (rule,) = rules(f"  r: {{if: {{s: a}}, {conclusions}}}")
    assert list(rule.conclusions) == [Conclusion(*one) for one in expected]


@pytest.mark.parametrize(
    ("source", "citations"),
    [
        ("", []),
        ("source: book", [Citation("book")]),
        ("source: book  page 3", [Citation("book", "page 3")]),
        ("source: [book p. 3, web, book p. 4]", [Citation("book", "p. 3"), Citation("web"), Citation("book", "p. 4")]),
        ("source: []", []),
    ],
)
def test_sources_are_cited_by_name_and_then_the_place_in_them(source, citations):
    (rule,) = rules(f"  r: {{if: {{s: a}}, then: {{g: x}}, {source}}}")
    assert list(rule.citations) == citations


def test_rules_are_kept_in_the_order_of_the_file_with_their_places():
    text = "  z-2: {then: {g: x}, if: {s: a}}\n  a_1: {if: {s: b}, then: {g: y}, because: 'Two\n    lines.'}\n"
    assert rules(text) == (
        Rule("z-2", Is("s", "a"), (Conclusion("g", "x", 1.0),)),
        Rule("a_1", Is("s", "b"), (Conclusion("g", "y", 1.0),), "Two lines."),
    )
    assert [rule.place for rule in rules(text)] == [Place("b.yaml", LINE, 3), Place("b.yaml", LINE + 1, 3)]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("^r: {then: {g: x}}", "the rule 'r' needs 'if', which is missing"),
        ("^r: {if: {s: a}}", "the rule 'r' needs 'then', which is missing"),
        ("r: ^x", "the rule 'r' must be a mapping, not 'x'"),
        ("r: ^~", "the rule 'r' must be a mapping, not nothing"),
        ("r: ^[{if: {s: a}, then: {g: x}}]", "the rule 'r' must be a mapping, not a list"),
        ("^r r: {if: {s: a}, then: {g: x}}", "'r r' is not a valid name"),
        ("^'': {if: {s: a}, then: {g: x}}", "'' is not a valid name"),
        ("r: {if: {s: a}, then: {g: x}, ^becuase: y}", "unknown key 'becuase' in the rule 'r'; did you mean"),
        ("r: {if: {s: a}, then: {g: x}, ^retire: y}", "unknown key 'retire' in the rule 'r'"),
        ("r: {if: {s: a}, then: {g: x}, because: ^[y]}", "'because' must be a text, not a list"),
        ("r: {if: {s: a}, then: ^g}", "'then' must be a mapping, not 'g'"),
        ("r: {if: {s: a}, then: ^[g]}", "'then' must be a mapping, not a list"),
        ("r: {if: {s: a}, then: ^{}}", "'then' is empty; a rule needs at least one conclusion"),
        ("r: {if: {s: a}, then: {^h: x}}", "unknown attribute 'h'"),
        ("r: {if: {s: a}, then: {g: ^w}}", "g has no value 'w'; expected x, y or z"),
        ("r: {if: {s: a}, then: {g: ^~}}", "expected a value of g, not nothing"),
        ("r: {if: {s: a}, then: {g: ^[]}}", "expected at least one value of g"),
        ("r: {if: {s: a}, then: {g: ^{}}}", "expected at least one value of g"),
        ("r: {if: {s: a}, then: {g: [^[x]]}}", "expected a value of g, not a list"),
        ("r: {if: {s: a}, then: {g: [x, ^x]}}", "the rule concludes g = x twice"),
        ("r: {if: {s: a}, then: {f: {yes: 1, ^TRUE: 0.5}}}", "the rule concludes f = yes twice"),
        ("r: {if: {s: a}, then: {g: {x: 1, ^x: 0.5}}}", "duplicate key 'x'"),
        ("r: {if: {s: a}, then: {g: {^w: 1}}}", "g has no value 'w'"),
        ("r: {if: {s: a}, then: {n: ^11}}", "n must be a number, at most 10, not '11'"),
        ("r: {if: {s: a}, then: {g: {x: ^0}}}", "a certainty must be in [-1, 1] and other than 0, not '0'"),
        ("r: {if: {s: a}, then: {g: {x: ^~}}}", "a certainty must be a level or a number, not nothing"),
        ("r: {if: {s: a}, then: {g: {x: ^[1]}}}", "a certainty must be a level or a number, not a list"),
        ("r: {if: {s: a}, then: {g: x}, certainty: ^0.0}", "a certainty must be in [-1, 1] and other than 0"),
        ("r: {if: {s: a}, then: {g: x}, certainty: ^1.1}", "a certainty must be in [-1, 1] and other than 0"),
        ("r: {if: {s: a}, then: {g: x}, certainty: ^-1.1}", "a certainty must be in [-1, 1] and other than 0"),
        ("r: {if: {s: a}, then: {g: x}, certainty: ^nan}", "unknown certainty 'nan'; expected strong"),
        ("r: {if: {s: a}, then: {g: x}, certainty: ^stong}", "unknown certainty 'stong'; did you mean 'strong'?"),
        ("r: {if: {s: a}, then: {g: x}, certainty: ^~}", "a certainty must be a level or a number, not nothing"),
        ("r: {if: {s: a}, then: {g: x}, source: ^bok 3}", "unknown source 'bok'; did you mean 'book'?"),
        ("r: {if: {s: a}, then: {g: x}, source: [book, ^bok]}", "unknown source 'bok'"),
        ("r: {if: {s: a}, then: {g: x}, source: [^[book]]}", "expected a source's name and where in it, not a list"),
        ("r: {if: {s: a}, then: {g: x}, source: ^' '}", "expected a source's name and where in it, not ' '"),
        ("r: {if: {s: a}, then: {g: x}, source: ^{book: 3}}", "expected a source's name and where in it, not a map"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_refused_at_its_place(rule, message):
    content, places = unmark(f"{BASE}  {rule}", "b.yaml")
    (problem,) = problems_of(load_bytes, content.encode(), "b.yaml")
    assert [problem.place] == places
    assert problem.message.startswith(message)


def test_a_named_level_is_refused_where_no_levels_are_declared():
    base = BASE.replace("certainties: {strong: 0.8, against: -0.4, same: strong}", "")
    (problem,) = problems_of(rules, "  r: {if: {s: a}, then: {g: x}, certainty: strong}", base)
    assert problem.message == "unknown certainty 'strong'; expected a number in [-1, 1] other than 0"


def test_a_rule_cannot_have_the_name_of_another():
    (problem,) = problems_of(rules, "  r: {if: {s: a}, then: {g: x}}\n  r: {if: {s: b}, then: {g: y}}")
    assert problem.place == Place("b.yaml", LINE + 1, 3)
    assert problem.message == f"duplicate key 'r'; the first is on line {LINE}"


def test_all_problems_of_all_rules_are_told_at_once_in_order():
    text = """
  r: {if: {^t: a}, then: {g: ^w}, certainty: ^2}
  ^q: {then: {g: x}, source: ^z}
  p: {if: {s: ^c}, then: ^{}, ^foo: 1}
"""
    content, places = unmark(BASE + text, "b.yaml")
    assert [problem.place for problem in problems_of(load_bytes, content.encode(), "b.yaml")] == places


@pytest.mark.parametrize(
    ("one", "two", "circle", "changes"),
    [
        ("{f: yes}", "{f: yes}", "f=yes -> f=yes (by two)", "'f = yes' out of two"),
        ("{f: yes}", "{f: {not: no}}", "f=yes -> f=yes (by two)", "'f is not no' out of two"),
        (
            "{f: yes}",
            "{f: {not: no}, s: a, any: [{f: {not: yes}}]}",
            "f=yes -> f=yes (by two)",
            "all tests of f out of two",
        ),
        (
            "{f: yes, s: a}",
            "{g: x, s: a}",
            "g=x -> f=yes -> g=x (by two, one)",
            "'g = x' out of two or 'f = yes' out of one",
        ),
    ],
)
def test_rules_that_go_in_a_circle_are_refused_with_the_whole_circle(one, two, circle, changes):
    text = f"  one: {{if: {one}, then: {{g: x}}}}\n  two: {{if: {two}, then: {{f: yes}}}}"
    (problem,) = problems_of(rules, text)
    assert problem.place == Place("b.yaml", LINE + 1, 3)
    assert problem.message == f"rules depend on one another in a cycle: {circle}; to break it, take {changes}"


def test_attributes_may_go_in_a_circle_as_long_as_their_pairs_do_not():
    text = "  one: {if: {f: yes}, then: {g: x}}\n  two: {if: {g: x}, then: {f: no}}"
    assert [rule.name for rule in rules(text)] == ["one", "two"]


def test_a_test_for_unknown_reads_every_pair_of_its_attribute():
    base = BASE.replace("f: {}", "f: {question: Fast?}")
    (problem,) = problems_of(rules, "  r: {if: {f: unknown}, then: {f: no}}", base)
    assert "f=no -> f=no (by r)" in problem.message


def test_a_circle_is_told_along_with_the_other_problems():
    text = "  ^one: {if: {f: yes}, then: {f: yes}}\n  two: {if: {s: a}, then: {g: ^w}}"
    content, places = unmark(BASE + text, "b.yaml")
    assert [problem.place for problem in problems_of(load_bytes, content.encode(), "b.yaml")] == places
