from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.knowledge.loading.facts_reading import facts_from_file, facts_from_python, facts_from_row, with_settings
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.model import Fact
from expert.knowledge.problems import InputError
from tests.knowledge.marks import problems_of, unmark

MODEL = load_bytes(
    b"""
knowledge_base: b
goal: g
attributes:
  g: {choices: [x, y]}
  size: {question: How large?, choices: [small, large]}
  odd: {question: Which?, choices: [no, on, "1.10", 2026-01-01, "null", "a b", "\xe2\x9c\x93"]}
  rows: {question: How many?, number: {unit: rows, at_least: 1, at_most: 1000000, integer: true}}
  share: {question: What share?, number: {at_most: 1}}
  fast: {question: Fast?}
  calm: {about: neither asked nor derived}
  derived: {about: concluded alone}
  both: {question: Both?}
rules:
  r1: {if: {size: small}, then: {g: x, derived: yes, both: yes}}
""",
    "b.yaml",
)


@pytest.fixture
def read(tmp_path, monkeypatch):
    def read(data, file="f.yaml"):
        (tmp_path / file).write_bytes(data if isinstance(data, bytes) else data.encode())
        return facts_from_file(file, MODEL)

    monkeypatch.chdir(tmp_path)
    return read


def pairs(facts):
    return {fact.attribute: fact.value for fact in facts}


def test_facts_carry_value_certainty_origin_and_note(read):
    data = 'size: small\nfast: {value: yes, certainty: -0.8, note: "perhaps\n  next year"}\nrows: 12e3\n'
    assert read(data) == (
        Fact("size", "small", 1.0, "f.yaml:1"),
        Fact("fast", "yes", -0.8, "f.yaml:2", "perhaps next year"),
        Fact("rows", 12000, 1.0, "f.yaml:4"),
    )


def test_facts_can_be_fixed(read):
    data = "size: {value: small, fixed: yes}\nfast: {value: yes, fixed: false}\nrows: 12\n"
    assert [fact.fixed for fact in read(data)] == [True, False, False]
    assert [fact.to_dict().get("fixed") for fact in read(data)] == [True, None, None]
    assert facts_from_python({"size": {"value": "small", "fixed": True}}, MODEL)[0].fixed


SAME = (
    Fact("size", "small"),
    Fact("fast", "yes", 0.8, note="perhaps 😀"),
    Fact("rows", 12000),
    Fact("share", 0.25),
    Fact("odd", "1.10"),
    Fact("calm", "no", 0.0),
)


@pytest.mark.parametrize(
    ("file", "data"),
    [
        (
            "f.yaml",
            "size: small\nfast: {value: yes, certainty: 0.8, note: perhaps 😀}\nrows: 12000\nshare: .25\n"
            "odd: 1.10\ncalm: {value: false, certainty: 0}\nboth:\n",
        ),
        (
            "f.json",
            '{"size": "small", "fast": {"value": true, "certainty": 0.8, "note": "perhaps \\ud83d\\ude00"},\n'
            '\t"rows": 1.2e4, "share": 0.25, "odd": 1.10, "calm": {"value": "No", "certainty": -0.0}, "both": null}',
        ),
        (
            "f.toml",
            'size = "small"\nrows = 12_000\nshare = 2.5e-1\nodd = 1.10\nboth = "unknown"\n'
            "calm = {value = false, certainty = 0}\n"
            '[fast]\nvalue = true\ncertainty = 0.8\nnote = "perhaps \\U0001F600"\n',
        ),
    ],
)
@pytest.mark.parametrize(("start", "newline"), [("", "\n"), ("\ufeff", "\r\n")])
def test_the_same_facts_are_the_same_in_every_format(read, file, data, start, newline):
    facts = {fact.attribute: fact._replace(origin="given") for fact in read(start + data.replace("\n", newline), file)}
    assert facts == {fact.attribute: fact for fact in SAME}


@pytest.mark.parametrize("value", ["no", "1.10", '"null"', "✓"])
def test_choices_are_safe_from_what_yaml_makes_of_them(read, value):
    assert pairs(read(f"odd: {value}")) == {"odd": value.strip('"')}


def test_a_date_in_toml_can_be_a_choice(read):
    assert pairs(read("odd = 2026-01-01", "f.toml")) == {"odd": "2026-01-01"}


@pytest.mark.parametrize(
    ("text", "value"),
    [("TRUE", "yes"), ('"yes"', "yes"), ("nO", "no")],
)
def test_yes_no_and_true_false_are_read_in_any_case(read, text, value):
    assert pairs(read(f"fast: {text}")) == {"fast": value}


@pytest.mark.parametrize("nothing", ["", "Unknown", "{value: }", "{value: unknown, note: n}"])
def test_what_is_unknown_or_null_or_empty_is_not_given(read, nothing):
    assert pairs(read(f"size: {nothing}\nrows: {nothing}\nfast: yes\n")) == {"fast": "yes"}


def test_an_empty_mapping_gives_no_facts(read):
    assert read("{}") == read("{}", "f.json") == read("# nothing\n[size]\nvalue = 'unknown'", "f.toml") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("^sise: small", "unknown attribute 'sise'; did you mean 'size'?"),
        ("\n  size: ^smal", "size has no value 'smal'; did you mean 'small'?"),
        ("size: ^[small]", "expected a value of size, not a list"),
        ("size: {value: ^{value: small}}", "expected a value of size, not a mapping"),
        ("size: ^{certainty: 1}", "the fact 'size' needs a 'value', which is missing"),
        ("size: {value: small, ^certanty: 1}", "unknown key 'certanty' in the fact 'size'; did you mean"),
        ("rows: ^0", "at least 1 and at most 1000000, not '0'"),
        ("share: ^0x10", "not '0x10'"),
        ("fast: {value: yes, certainty: ^1.01}", "certainty must be in [-1, 1], not '1.01'"),
        ("fast: {value: yes, certainty: ^nan}", "certainty must be a number, not 'nan'"),
        ("fast: {value: yes, certainty: ^~}", "certainty must be a number, not nothing"),
        ("fast: {value: yes, certainty: ^[1]}", "certainty must be a number, not a list"),
        ("fast: {value: unknown, certainty: ^3}", "certainty must be in [-1, 1], not '3'"),
        ("fast: {value: yes, note: ^[a]}", "'note' must be a text, not a list"),
        ("fast: {value: yes, fixed: ^maybe}", "'fixed' must be yes or no, not 'maybe'"),
        ("fast: ^{value: unknown, fixed: yes}", "only a known fact can be fixed, and fast is unknown"),
        ("^derived: yes", "'derived' is concluded by rules and cannot be given"),
        ("^derived: unknown", "'derived' is concluded by rules and cannot be given"),
        ("size: small\nfast: yes\n^size: small", "duplicate key 'size'; the first is on line 1"),
        ("^- size: small", "a facts file must be a mapping, not a list"),
        ("^extends: other", "unknown attribute 'extends'"),
        ("^<<: {size: small}", "unknown attribute '<<'"),
    ],
)  # fmt: skip
def test_a_wrong_fact_is_refused_at_its_place(read, text, message):
    content, places = unmark(text, "f.yaml")
    (problem,) = problems_of(read, content)
    assert [problem.place] == places
    assert message in problem.message


@pytest.mark.parametrize(
    ("file", "data", "problem"),
    [
        ("f.json", '{"fast":\n\t"maybe"}', "f.json:2:2: fast must be yes or no, not 'maybe'"),
        ("f.json", '{"share": NaN}', "f.json:1:11: share must be a number, at most 1, not 'NaN'"),
        ("f.toml", "size = 'small'\nfast = 1", "f.toml:2:1: fast must be yes or no, not '1'"),
        ("f.toml", "fast = 1979-05-27", "f.toml:1:1: fast must be yes or no, not '1979-05-27'"),
        ("f.toml", "[fast]\nvalue = true\ncertainty = 2\n", "f.toml:1:2: certainty must be in [-1, 1], not '2'"),
        ("f.toml", "[[size]]\nvalue = 'small'", "f.toml:1:3: expected a value of size, not a list"),
    ],
)  # fmt: skip
def test_a_wrong_fact_in_json_or_toml_is_refused_at_its_place(read, file, data, problem):
    assert list(map(str, problems_of(read, data, file))) == [problem]


def test_all_problems_of_a_file_are_told_at_once_in_order(read):
    text = """
^speed: 1
rows: ^few
size: {value: ^huge, certainty: ^2, ^colour: red}
^derived: yes
^rows: 3
"""
    content, places = unmark(text, "f.yaml")
    assert [problem.place for problem in problems_of(read, content)] == places


def test_a_long_list_of_names_is_told_once():
    names = "".join(f"  a{number}: {{question: Which?}}\n" for number in range(20))
    wide = load_bytes(
        f"knowledge_base: b\ngoal: g\nattributes:\n  g: {{choices: [x, y]}}\n{names}"
        "rules: {r1: {if: {a1: yes}, then: {g: x}}}".encode(),
        "b.yaml",
    )
    problems = problems_of(facts_from_python, {"quux": 1, "zzz": 1, "a22": 1}, wide)
    assert sorted(problem.message.partition("; ")[::2] for problem in problems) == [
        ("unknown attribute 'a22'", "did you mean 'a2'?"),
        ("unknown attribute 'quux'", "expected a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10 or 9 others"),
        ("unknown attribute 'zzz'", ""),
    ]


def test_what_is_no_text_is_refused(read):
    assert list(map(str, problems_of(read, b"size: \xff"))) == ["f.yaml:1:7: is not a text file in UTF-8"]


def test_a_missing_file_is_refused_by_its_name(tmp_path):
    path = tmp_path / "missing.yaml"
    (problem,) = problems_of(facts_from_file, path, MODEL)
    assert str(problem) == (f"{path}: cannot be read: No such file or directory")


GIVEN = (Fact("size", "small", 0.5, "f.yaml:1"), Fact("fast", "yes", 1.0, "f.yaml:2"))


@pytest.mark.parametrize(
    ("settings", "facts"),
    [
        (["size=large"], (GIVEN[1], Fact("size", "large", 1.0, "--set"))),
        ([" rows = 1e3 "], (*GIVEN, Fact("rows", 1000, 1.0, "--set"))),
        (["size="], (GIVEN[1],)),
        (["size=unknown"], (GIVEN[1],)),
        (["size=large", "size=small"], (GIVEN[1], Fact("size", "small", 1.0, "--set"))),
        (["size=large", "size="], (GIVEN[1],)),
    ],
)
def test_settings_replace_add_and_withdraw_facts(settings, facts):
    assert with_settings(GIVEN, settings, MODEL) == facts


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("size", "--set: expected ATTRIBUTE=VALUE, not 'size'"),
        ("=small", "--set: unknown attribute ''"),
        ("sise=", "--set: unknown attribute 'sise'; did you mean 'size'?"),
        ("size=small=large", "--set: size has no value 'small=large'"),
        ("derived=", "--set: 'derived' is concluded by rules and cannot be given"),
    ],
)
def test_a_wrong_setting_is_refused(setting, problem):
    (found,) = problems_of(with_settings, GIVEN, [setting], MODEL)
    assert str(found).startswith(problem)


def test_all_wrong_settings_are_told_at_once():
    assert len(problems_of(with_settings, (), ["size", "rows=0", "sise=small"], MODEL)) == 3


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"fast": True}, "yes"),
        ({"rows": 12.0}, 12),
        ({"share": Decimal("0.5")}, 0.5),
        ({"size": None}, None),
        ({"size": {"value": None}}, None),
    ],
)
def test_facts_are_read_from_python_values(given, value):
    facts = facts_from_python(given, MODEL)
    assert [(type(fact.value), fact.value) for fact in facts] == ([] if value is None else [(type(value), value)])


def test_a_fact_from_python_carries_certainty_and_note():
    given = {"both": {"value": True, "certainty": 0.5, "note": "n"}}
    assert facts_from_python(given, MODEL) == (Fact("both", "yes", 0.5, "given", "n"),)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"share": float("nan")}, "given: share must be a number, at most 1, not 'nan'"),
        ({"rows": True}, "given: rows must be a whole number of rows"),
        ({"size": ["small"]}, "given: expected a value of size, not a list"),
        ({"size": b"small"}, "given: size: expected a text, a number, yes or no, not bytes"),
        ({"size": {"value": "small", "certainty": float("inf")}}, "given: certainty must be a number, not 'inf'"),
        ({"odd": 1.10}, "given: odd has no value '1.1'"),
        ({1: "small"}, "given: unknown attribute '1'"),
    ],
)
def test_a_wrong_fact_from_python_is_refused(given, problem):
    (found,) = problems_of(facts_from_python, given, MODEL)
    assert str(found).startswith(problem)


def test_facts_are_read_from_the_columns_of_a_row_that_are_named_as_attributes():
    row = {"id": 7, "size": "small", "rows": 12, "fast": None, "fast.certainty": 0.5, "size.certainty": 0.5}
    assert facts_from_row(row, "t.csv row 3", MODEL) == (
        Fact("size", "small", 0.5, "t.csv row 3"),
        Fact("rows", 12, 1.0, "t.csv row 3"),
    )


def test_all_problems_of_a_row_are_told_at_once():
    row = {"size": "smal", "rows": 0, "fast": "yes", "fast.certainty": 2}
    assert [str(problem).split(" ")[:4] for problem in problems_of(facts_from_row, row, "t.csv row 3", MODEL)] == [
        ["t.csv", "row", "3:", "certainty"],
        ["t.csv", "row", "3:", "rows"],
        ["t.csv", "row", "3:", "size"],
    ]


@pytest.mark.parametrize("file", ["t.parquet", "t.CSV"])
def test_a_table_is_no_facts_file(read, file):
    assert list(map(str, problems_of(read, "size\nsmall\n", file))) == [
        f"{file}: is a table; name one of its rows with --row"
    ]


fragments = st.sampled_from(
    [b"size", b"fast", b"rows", b"value", b"certainty", b"small", b"true", b"0.5", b": ", b"\n", b"  ", b" = ", b'"']
    + [bytes([code]) for code in b"{}[],:-?&*!|>'\"%@`#=\\\t\r\n\x00\xff~<"]
)
contents = st.binary(max_size=60) | st.lists(fragments, max_size=30).map(b"".join)


@given(contents, st.sampled_from(["f.yaml", "f.json", "f.toml"]))
def test_any_content_is_read_or_refused_at_a_place(tmp_path_factory, data, file):
    path = tmp_path_factory.getbasetemp() / file
    path.write_bytes(data)
    facts, found = (), ()
    try:
        facts = facts_from_file(path, MODEL)
    except InputError as error:
        found = error.problems
    assert {fact.attribute for fact in facts} <= MODEL.attributes.keys()
    assert all(problem.place.line and problem.place.column for problem in found)
