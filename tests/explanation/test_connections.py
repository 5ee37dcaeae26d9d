from expert.explanation.connections import Read, Readers, attribute_connections, rule_connections
from expert.knowledge.loading.knowledge_base_file import load_bytes

MODEL = load_bytes(
    b"""\
knowledge_base: b
goal: g
attributes:
  g: {choices: [x, y]}
  d: {choices: [a, b]}
  n: {number: {}, question: N?}
  twice: {is: 2 * n}
  f: {question: F?, ask_if: {d: a}}
rules:
  a: {if: {n: {more_than: 1}}, then: {d: a}}
  b: {if: {f: yes}, then: {d: b}, unless: {twice: 4}}
  g: {if: {d: a}, then: {g: x}}
  h: {if: {d: {not: a}}, then: {g: y}}
cases:
  - {name: one, given: {n: 2}, expect: x}
  - {name: two, given: {n: 0}, expect: {undecided: yes}}
""",
    "b.yaml",
)


def of_rule(name):
    return rule_connections(MODEL, MODEL.rules_by_name[name])


def test_a_rule_reads_what_others_conclude_and_what_is_asked_or_computed():
    assert of_rule("g").reads == (Read("d", "", "", ("a",)),)
    assert of_rule("h").reads == (Read("d", "", "", ("a", "b")),)
    assert of_rule("b").reads == (Read("f", "F?", "", ()), Read("twice", "", "2 * n", ()))


def test_a_rule_feeds_what_reads_its_pairs():
    assert of_rule("a").feeds == (Readers("d", False, ("g", "h"), ("f",), ()),)
    assert of_rule("b").feeds == (Readers("d", False, ("h",), (), ()),)
    assert of_rule("g").feeds == (Readers("g", True, (), (), ()),)


def test_a_rule_names_the_cases_in_which_it_holds():
    assert [of_rule(name).cases for name in ("a", "b", "g")] == [("one",), (), ("one",)]


def test_an_attribute_is_read_by_rules_conditions_and_computed_numbers():
    assert attribute_connections(MODEL, "n") == ((), Readers("n", False, ("a", "b"), (), ("twice",)))
    assert attribute_connections(MODEL, "d") == (("a", "b"), Readers("d", False, ("g", "h"), ("f",), ()))
