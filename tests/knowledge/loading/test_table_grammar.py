import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.knowledge.loading.knowledge_base_file import load, load_bytes
from expert.knowledge.problems import Place
from expert.knowledge.rules import AllOf, AnyOf, Citation, Compare, Conclusion, Is, IsNot, Known, Unknown
from tests.growth import MOST, calls, growth, peak
from tests.knowledge.marks import problems_of, unmark

BASE = """
knowledge_base: b
goal: g
certainties: {strong: 0.8}
sources: {book: {title: A book}, page: {title: A page}}
attributes:
  g: {choices: [x, y, x | y]}
  s: {question: How large?, choices: [a, b, c, not sure, "< 1"]}
  n: {question: How many?, number: {at_least: 0, at_most: 100}}
  far: {question: How far?, number: {unit: km}}
  f: {question: Fast?}
  d: {choices: [p, q]}
  e: {number: {}}
tables:
  t:
    then: [g, d, e]
"""
TESTS = "columns: [s, n, far, f, g]\n    rows:\n    - "
CONCLUSIONS = "columns: [f, g, d, e]\n    rows:\n    - "
OWN = "certainty: strong\n    because: So it is.\n    source: book 1\n    "


def read(text, then="[g, d, e]"):
    return load_bytes((BASE.replace("[g, d, e]", then) + f"    {text}\n").encode(), "b.yaml")


def rules_of(text, then="[g]"):
    return read(text, then).rules


def at_least(bound):
    return Compare("n", "at_least", bound)


A, B, YES = Is("s", "a"), Is("s", "b"), Is("f", "yes")
FROM_5_TO_10 = AllOf((at_least(5), Compare("n", "at_most", 10)))


@pytest.mark.parametrize(
    ("cells", "premise"),
    [
        ("a, -, -, -", A),
        ("-, -, -, TRUE", YES),
        ("a, '', ~, yes", AllOf((A, YES))),
        ("-, -, -, -", AllOf(())),
        ("'', '', '', ''", AllOf(())),
        ("a | b, -, -, -", AnyOf((A, B))),
        ("a|b, -, -, yes", AllOf((AnyOf((A, B)), YES))),
        ("not a, -, -, -", IsNot("s", "a")),
        ("' not a ', ' - ', ' ', \" \\n\"", IsNot("s", "a")),
        ("not a | b, -, -, -", AllOf((IsNot("s", "a"), IsNot("s", "b")))),
        ("not sure, -, -, -", Is("s", "not sure")),
        ("not sure | a, -, -, -", AnyOf((Is("s", "not sure"), A))),
        ("not not sure | a, -, -, -", AllOf((IsNot("s", "not sure"), IsNot("s", "a")))),
        ("'< 1', -, -, -", Is("s", "< 1")),
        ("unknown, -, -, -", Unknown("s")),
        ("unknown | a, -, -, -", AnyOf((Unknown("s"), A))),
        ("not unknown, -, -, -", Known("s")),
        ("not unknown | a, -, -, -", AllOf((Known("s"), IsNot("s", "a")))),
        ("-, 5, -, -", Is("n", 5)),
        ("-, 1e1, -, -", Is("n", 10)),
        ("-, '>= 5', -, -", at_least(5)),
        ("-, '<=5', -, -", Compare("n", "at_most", 5)),
        ("-, '> -5', -, -", Compare("n", "more_than", -5)),
        ("-, < 1000, -, -", Compare("n", "less_than", 1000)),
        ("-, 5..10, -, -", FROM_5_TO_10),
        ("-, 5 .. 10, -, -", FROM_5_TO_10),
        ("-, -1...5, -, -", AllOf((at_least(-1), Compare("n", "at_most", 0.5)))),
        ("-, 7..7, -, -", AllOf((at_least(7), Compare("n", "at_most", 7)))),
        ("-, not 5, -, -", IsNot("n", 5)),
        ("-, not 5..10, -, -", AnyOf((Compare("n", "less_than", 5), Compare("n", "more_than", 10)))),
        ("-, '3 | 5..10', -, -", AnyOf((Is("n", 3), FROM_5_TO_10))),
        ("-, not < 5 | 7, -, -", AllOf((at_least(5), IsNot("n", 7)))),
        ("-, -, '>= 1,000 km', -", Compare("far", "at_least", 1000)),
        ("-, -, 1 km..2 KM, -", AllOf((Compare("far", "at_least", 1), Compare("far", "at_most", 2)))),
        ("-, -, '1,000 km', -", Is("far", 1000)),
    ],
)  # fmt: skip
def test_every_form_of_test_is_read(cells, premise):
    (rule,) = rules_of(f"{TESTS}[{cells}, x]")
    assert rule.premise == premise


@pytest.mark.parametrize(
    ("cells", "conclusions"),
    [
        ("x, -, -", [("g", "x")]),
        ("'', p, ~", [("d", "p")]),
        ("x, p, 5", [("g", "x"), ("d", "p"), ("e", 5)]),
        ("y | x, p|q, 1 | 2.5", [("g", "y"), ("g", "x"), ("d", "p"), ("d", "q"), ("e", 1), ("e", 2.5)]),
        ("x | y, -, -", [("g", "x | y")]),
    ],
)
def test_every_form_of_conclusion_is_read(cells, conclusions):
    (rule,) = rules_of(f"certainty: -0.3\n    {CONCLUSIONS}[yes, {cells}]", "[g, d, e]")
    assert rule.conclusions == tuple(Conclusion(*pair, -0.3) for pair in conclusions)


def test_rows_are_rules_of_their_table_after_the_rules_of_the_file():
    text = BASE.replace("tables:\n", "rules: {t: {if: {s: a}, then: {g: y}}}\ntables:\n").replace("[g, d, e]", "[g]")
    rows = "    hit: first\n    columns: [s, g]\n    rows: [[a, x],\n      [b, y]]\n"
    other = "  u:\n    then: [d]\n    columns: [d, f]\n    rows: [[p, yes]]\n"
    rules = load_bytes((text + rows + other).encode(), "b.yaml").rules
    assert [(rule.name, rule.table, rule.first) for rule in rules] == [
        ("t", "", False), ("t/1", "t", True), ("t/2", "t", True), ("u/1", "u", False),
    ]  # fmt: skip
    assert [rule.place.line for rule in rules[1:]] == [20, 21, 25]


def test_hit_can_say_what_is_so_anyway():
    assert [rule.first for rule in rules_of("hit: all\n    columns: [s, g]\n    rows: [[a, x]]")] == [False]


def test_a_row_has_what_the_table_has_unless_it_says_otherwise():
    rows = "columns: [s, source, g, because, certainty]\n    rows:\n" + "".join(
        f"    - {row}\n"
        for row in (
            "[a, -, x, '', ~]",
            '[a, page 3 | book 2, x, "It\\n is  so.", -0.5]',
            "[a, page, x, -, strong]",
        )
    )
    first, second, third = rules_of(OWN.replace("strong", "0.1") + rows)
    assert (first.because, first.citations) == ("So it is.", (Citation("book", "1"),))
    assert (second.because, second.citations) == ("It is so.", (Citation("page", "3"), Citation("book", "2")))
    assert third.citations == (Citation("page", ""),)
    assert [rule.conclusions[0].certainty for rule in (first, second, third)] == [0.1, -0.5, 0.8]


def test_a_column_of_the_rows_own_is_not_about_an_attribute_of_that_name():
    text = BASE.replace("  f: {question", "  because: {question: Why?}\n  f: {question").replace("[g, d, e]", "[g]")
    (rule,) = load_bytes(f"{text}    columns: [because, g]\n    rows: [[no, x]]\n".encode(), "b.yaml").rules
    assert (rule.premise, rule.because) == (AllOf(()), "no")


def test_what_tables_conclude_is_derived():
    model = read("columns: [s, d]\n    rows: [[a, p]]", "[d]")
    assert model.derived == {"d"}
    text = "columns: [s, d]\n    rows: [[a, p]]\n  u: {then: [g], columns: [d, g], rows: [[unknown, x]]}"
    (problem,) = problems_of(read, text, "[d]")
    assert "'unknown' can be tested for asked attributes only" in problem.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("columns: [s, g]\n    rows: [[^z, x]]", "s has no value 'z'; expected"),
        ("columns: [s, g]\n    rows: [[^a | z, x]]", "s has no value 'z'"),
        ("columns: [s, g]\n    rows: [[^not a | z, x]]", "s has no value 'z'"),
        ("columns: [s, g]\n    rows: [[^a |, x]]", "s has no value ''"),
        ("columns: [s, g]\n    rows: [[^'>= 5', x]]", "s has no value '>= 5'"),
        ("columns: [s, g]\n    rows: [[a, ^z]]", "g has no value 'z'"),
        ("columns: [s, g]\n    rows: [[a, ^not x]]", "g has no value 'not x'"),
        ("columns: [s, g]\n    rows: [[a, ^unknown]]", "g has no value 'unknown'"),
        ("columns: [s, g]\n    rows: [[a, ^x | x]]", "the rule concludes g = x twice"),
        ("columns: [s, g]\n    rows: [^[a, -]]", "the row concludes nothing; expected a value of g"),
        ("columns: [s, g]\n    rows: [^[a]]", "the row has 1 of 2 cells; expected one for each column"),
        ("columns: [s, g]\n    rows: [[a, x, ^y, z]]", "the row has 4 of 2 cells; expected one for each column"),
        ("columns: [s, g]\n    rows: [^a]", "a row must be a list of cells, not 'a'"),
        ("columns: [s, g]\n    rows: [[^[a, b], x]]", "a cell must be a single text, not a list"),
        ("columns: [s, g]\n    rows: [[^{not: a}, x]]", "a cell must be a single text, not a mapping"),
        ("columns: [s, g]\n    rows: ^[]", "'rows' is empty; a table needs at least one row"),
        ("columns: [s, g]\n    rows: ^a", "'rows' must be a list of rows, not 'a'"),
        ("columns: ^s\n    rows: [[a, x]]", "'columns' must be a list of columns, not 's'"),
        ("columns: ^[]\n    rows: [[a, x]]", "'columns' is empty; name at least one column"),
        ("columns: [^[s], g]\n    rows: [[a, x]]", "expected the name of a column, not a list"),
        ("columns: [^'', g]\n    rows: [[a, x]]", "expected the name of a column, not ''"),
        ("columns: [^z, g]\n    rows: [[a, x], [b, y]]", "unknown attribute 'z'"),
        ("columns: [s, g, ^s]\n    rows: [[a, x, b]]", "duplicate column 's'"),
        ("hit: ^any\n    columns: [s, g]\n    rows: [[a, x]]", "'hit' must be first or all, not 'any'"),
        ("hit: ^[first]\n    columns: [s, g]\n    rows: [[a, x]]", "'hit' must be a text, not a list"),
        ("^hits: all\n    columns: [s, g]\n    rows: [[a, x]]", "unknown key 'hits' in the table 't'; did you mean"),
        ("certainty: ^strng\n    columns: [s, g]\n    rows: [[a, x], [b, y]]", "unknown certainty 'strng'"),
        ("source: ^bok\n    columns: [s, g]\n    rows: [[a, x], [b, y]]", "unknown source 'bok'"),
        ("columns: [s, certainty, g]\n    rows: [[a, ^2, x]]", "a certainty must be in [-1, 1]"),
        ("columns: [s, source, g]\n    rows: [[a, ^bok 3, x]]", "unknown source 'bok'"),
        ("columns: [n, g]\n    rows: [[^'>= few', x]]", "n must be a number, at least 0 and at most 100, not '>= few'"),
        ("columns: [n, g]\n    rows: [[^5.., x]]", "n must be a number, at least 0 and at most 100, not '5..'"),
        ("columns: [n, g]\n    rows: [[^101, x]]", "n must be a number, at least 0 and at most 100, not '101'"),
        ("columns: [n, g]\n    rows: [[^10..5, x]]", "no number is in '10..5'; the lower end comes first"),
        ("columns: [f, g]\n    rows: [[^5..6, x]]", "f must be yes or no, not '5..6'"),
        ("file: ^5\n    ", "'file' must be the name of a CSV file, such as table.csv, not '5'"),
        ("file: ^t.csv\n    ", "'file' is found beside a knowledge base's own file, and this one has none"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_refused_at_its_place(text, message):
    content, places = unmark(f"{BASE}    {text}\n".replace("[g, d, e]", "[g]"), "b.yaml")
    (problem,) = problems_of(load_bytes, content.encode(), "b.yaml")
    assert [problem.place] == places
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ("^t", "'tables' must be a mapping, not 't'"),
        ("{^t/1: {then: [g], columns: [s, g], rows: [[a, x]]}}", "'t/1' is not a valid name"),
        ("{t: ^[g]}", "the table 't' must be a mapping, not a list"),
        ("{^t: {columns: [s, g], rows: [[a, x]]}}", "the table 't' needs 'then', which is missing"),
        ("{^t: {then: [g]}}", "the table 't' needs 'file', or 'columns' and 'rows'; found no 'columns' and no 'rows'"),
        ("{^t: {then: [g], rows: [[a, x]]}}", "the table 't' needs 'file', or 'columns' and 'rows'; found no"),
        ("{t: {then: ^g, columns: [s, g], rows: [[a, x]]}}", "'then' must be a list of columns, not 'g'"),
        ("{t: {then: ^[], columns: [s, g], rows: [[a, x]]}}", "'then' is empty; name at least one column"),
        ("{t: {then: [g, ^dd], columns: [s, d, g], rows: [[a, p, x]]}}", "unknown column 'dd'; did you mean 'd'?"),
        ("{t: {then: [g, ^g], columns: [s, g], rows: [[a, x]]}}", "duplicate column 'g'"),
        ("{t: {then: [^z], columns: [s, g], rows: [[a, x], [b, y]]}}", "unknown column 'z'; expected s or g"),
        ("{t: {then: [z], columns: [s, ^z], rows: [[a, x], [b, y]]}}", "unknown attribute 'z'"),
        ("{t: {then: [^source], columns: [s, source], rows: [[a, x]]}}", "'source' is about the row itself"),
    ],
)  # fmt: skip
def test_wrong_tables_are_refused_at_their_place(tables, message):
    content, places = unmark(f"{BASE.partition('tables:')[0]}tables: {tables}\n", "b.yaml")
    (problem,) = problems_of(load_bytes, content.encode(), "b.yaml")
    assert [problem.place] == places
    assert problem.message.startswith(message)


def test_one_text_that_is_wrong_in_several_cells_is_told_of_each():
    content, places = unmark(
        f"{BASE}    columns: [s, n, g]\n    rows: [[^z, ^5..3, x], [^z, ^5..3, ^w]]\n".replace("[g, d, e]", "[g]"),
        "b.yaml",
    )
    assert [problem.place for problem in problems_of(load_bytes, content.encode(), "b.yaml")] == places


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """Write a knowledge base and a CSV file beside it; give what loads them."""
    monkeypatch.chdir(tmp_path)

    def beside(content, name="t.csv", file="b.yaml"):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "t.csv").write_bytes(data)
        (tmp_path / "b.yaml").write_text(BASE.replace("[g, d, e]", "[g]") + f"    file: {json.dumps(name)}\n")
        return load(file)

    return beside


@pytest.mark.parametrize(
    "content",
    [
        "s,f,g\na,yes,x\nb,-,y\n",
        "s,f,g\r\na,yes,x\r\nb,-,y",
        "\ufeffs,f,g\na,yes,x\n\n   \n,,\nb,,y\n\n",
        "\ns;f;g\na;yes;x\nb;-;y\n",
        "s\tf\tg\na\tyes\tx\nb\t\ty\n",
        '"s","f","g"\n"a","yes","x"\n"b","",y\n',
        " s , f , g \n a , yes , x \n b , - , y \n",
        "s,f,g\ra,yes,x\rb,-,y\r",
    ],
)
def test_csv_is_read_however_it_is_written(beside, content):
    rules = beside(content).rules
    assert [(rule.name, rule.premise, rule.conclusions[0].value) for rule in rules] == [
        ("t/1", AllOf((A, YES)), "x"),
        ("t/2", B, "y"),
    ]


def test_rows_of_a_csv_file_are_placed_there(beside):
    assert [rule.place for rule in beside('s,because,g\na,"one\ntwo",x\n\nb,,y\n').rules] == [
        Place("t.csv", 2, 1),
        Place("t.csv", 5, 1),
    ]


def test_a_table_is_found_beside_the_knowledge_base_and_not_where_one_stands(beside, tmp_path, monkeypatch):
    beside("s,g\na,x\n")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert str(load("../b.yaml").rules[0].place) == "../t.csv:2:1"
    assert str(load(tmp_path / "b.yaml").rules[0].place) == f"{tmp_path}/t.csv:2:1"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("s,f,g\n^z,yes,x\n", "s has no value 'z'"),
        ("s,f,g\na,^maybe,x\n", "f must be yes or no, not 'maybe'"),
        ('s,f,g\n"a",^"maybe",x\n', "f must be yes or no, not 'maybe'"),
        ('because,f,g\n"a ""b"", c",^maybe,x\n', "f must be yes or no, not 'maybe'"),
        ('because,f,g\n"a\n""\r\nc",^maybe,x\n', "f must be yes or no, not 'maybe'"),
        ('because,s,f,g\n"a\nb","a",^maybe,x\n', "f must be yes or no, not 'maybe'"),
        ('because,because2,f,g\n"\n",,,x\n'.replace("because2", "^because"), "duplicate column 'because'"),
        ("s,f,g\na,yes,^z\n", "g has no value 'z'"),
        ("s,f,g\n^a,yes\n", "the row has 2 of 3 cells"),
        ("s,f,g\na,yes,x,^,\n", "the row has 5 of 3 cells"),
        ("s,f,g\n^a,yes,-\n", "the row concludes nothing"),
        ("s,^z,g\na,yes,x\n", "unknown attribute 'z'"),
        ("s,^,g\na,yes,x\n", "expected the name of a column, not ''"),
        ("s,^s,g\na,b,x\n", "duplicate column 's'"),
        ("^s,f,g\n\n,,\n", "has no rows; a table needs a header and at least one row below it"),
        ("^", "the file is empty"),
        ("^\n\n", "the file is empty"),
        ('s,f,g\na,yes,x\n^a,"yes,x\na,yes,x\n', "not valid CSV: unexpected end of data"),
        ('s,f,g\n^a,"yes"no,x\n', "not valid CSV: ',' expected after '\"'"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_csv_file_is_refused_at_its_place(beside, content, message):
    text, places = unmark(content.replace("\r\n", "\n"), "t.csv")
    (problem,) = problems_of(beside, text)
    assert [problem.place] == places
    assert problem.message.startswith(message)


def test_what_is_no_text_is_refused_at_its_place(beside):
    assert str(problems_of(beside, b"s,g\na,\xff\n")[0]) == "t.csv:2:3: is not a text file in UTF-8"
    assert "it contains the character U+0000" in str(problems_of(beside, b"s,g\na,\0\n")[0])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.csv", "'none.csv' cannot be read: No such file or directory"),
        ("t.txt", "'file' must be the name of a CSV file, such as table.csv, not 't.txt'"),
        ("-", "'file' must be the name of a CSV file"),
        ("/etc/t.csv", "'/etc/t.csv' is not in the folder of the knowledge base, where tables must be"),
        ("../t.csv", "'../t.csv' is not in the folder"),
        ("inner/../t.csv", "'inner/../t.csv' is not in the folder"),
        ("..\\t.csv", "'..\\t.csv' is not in the folder"),
        ("C:\\t.csv", "'C:\\t.csv' is not in the folder"),
        ("out.csv", "'out.csv' is not in the folder"),
        ("round.csv", "'round.csv' "),
        ("outside/t.csv", "'outside/t.csv' is not in the folder"),
        (f"{'x' * 5000}.csv", f"'{'x' * 59}…' "),
        ("folder.csv", "'folder.csv' cannot be read: Is a directory"),
    ],
)
def test_only_a_csv_file_in_the_folder_is_read(beside, tmp_path, name, message):
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "t.csv").write_text("s,g\na,x\n")
    (tmp_path / "out.csv").symlink_to(outside / "t.csv")
    (tmp_path / "outside").symlink_to(outside)
    (tmp_path / "round.csv").symlink_to("round.csv")
    (tmp_path / "folder.csv").mkdir()
    (problem,) = problems_of(beside, "s,g\na,x\n", name)
    assert problem.place.file == "b.yaml"
    assert problem.message.startswith(message)


def test_links_within_the_folder_and_folders_below_it_are_followed(beside, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "u.csv").write_text("s,g\na,x\n")
    (tmp_path / "v.csv").symlink_to("data/u.csv")
    for name in ("data/u.csv", "v.csv"):
        assert str(beside("", name).rules[0].place) == f"{name}:2:1"


def test_a_csv_file_that_is_too_large_is_refused(beside, monkeypatch):
    monkeypatch.setattr("expert.knowledge.loading.file_formats.MAXIMUM_BYTES", 2**20)
    (problem,) = problems_of(beside, b"s,g\n" + b"a,x\n" * 2**18)
    assert str(problem) == "b.yaml:17:11: 't.csv' is larger than 1 MiB"


def test_file_and_rows_exclude_each_other(beside, tmp_path):
    beside("s,g\na,x\n")
    with (tmp_path / "b.yaml").open("a") as file:
        file.write("    rows: [[a, x]]\n    columns: [s, g]\n")
    assert [problem.message for problem in problems_of(load, tmp_path / "b.yaml")] == [
        "a table has either 'file' or 'rows', not both",
        "a table has either 'file' or 'columns', not both",
    ]


def test_problems_of_both_files_are_told_together(beside, tmp_path):
    beside("s,g\na,x\n")
    (tmp_path / "t.csv").write_text("s,g\nz,x\n")
    text = (tmp_path / "b.yaml").read_text().replace("certainties: {strong: 0.8}", "certainties: {strong: 8}")
    (tmp_path / "b.yaml").write_text(text)
    assert [problem.place.file for problem in problems_of(load, "b.yaml")] == ["b.yaml", "t.csv"]


def choices_cell(values):
    """Draw a test's cell of a column with these values, with the premise that a rule would have."""
    several = st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)
    return st.one_of(
        st.sampled_from([("-", None), ("", None)]),
        several.map(lambda found: (" | ".join(found), found)),
        several.map(lambda found: ("not " + "|".join(found), {"not": found})),
        st.just(("unknown", "unknown")),
        st.just(("not unknown", {"not": "unknown"})),
    )


numbers = st.integers(0, 100) | st.floats(0, 100).map(lambda number: round(number, 2))
number_cell = st.one_of(
    st.just(("-", None)),
    numbers.map(lambda number: (str(number), number)),
    numbers.map(lambda number: (f"not {number}", {"not": number})),
    st.builds(
        lambda limit, number: (f"{limit[0]} {number}", {limit[1]: number}),
        st.sampled_from([(">=", "at_least"), ("<=", "at_most"), (">", "more_than"), ("<", "less_than")]),
        numbers,
    ),
    st.tuples(numbers, numbers)
    .map(sorted)
    .map(lambda ends: (f"{ends[0]}..{ends[1]}", {"at_least": ends[0], "at_most": ends[1]})),
)  # fmt: skip
rows = st.lists(
    st.tuples(
        choices_cell(["a", "b", "c"]),
        number_cell,
        choices_cell(["yes", "no"]),
        st.sampled_from(["", "strong", "-0.5"]),
        st.sampled_from(["", "-", 'Because of "it", so.', "Two\nlines"]),
        st.sampled_from([("x", ["x"]), ("y", ["y"]), ("y|x", ["y", "x"])]),
    ).filter(lambda row: any(test is not None for _, test in row[:3])),
    min_size=1,
    max_size=6,
)


@given(rows, st.sampled_from(",;\t"))
def test_a_table_inline_in_csv_and_rules_by_hand_are_the_same(tmp_path_factory, drawn, separator):
    folder = tmp_path_factory.getbasetemp() / "tables"
    folder.mkdir(exist_ok=True)
    columns = ["s", "n", "f", "certainty", "because", "g"]
    cells = [[*(cell for cell, _ in row[:3]), *row[3:5], row[5][0]] for row in drawn]
    by_hand = {
        f"r{number}": {
            "if": {name: test for name, (_, test) in zip("snf", row[:3], strict=True) if test is not None},
            "then": {"g": row[5][1]},
            "certainty": row[3] or 0.7,
            "because": "So." if row[4] in ("", "-") else row[4],
        }
        for number, row in enumerate(drawn)
    }
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows([columns, *cells])
    (folder / "t.csv").write_text(written.getvalue(), encoding="utf-8", newline="")
    base = BASE.partition("tables:")[0]
    table = {"then": ["g"], "certainty": 0.7, "because": "So."}
    inline = load_bytes(f"{base}tables: {json.dumps({'t': table | {'columns': columns, 'rows': cells}})}".encode(), "b")
    beside = load_bytes(f"{base}tables: {json.dumps({'t': table | {'file': 't.csv'}})}".encode(), "b", folder)
    hand = load_bytes(f"{base}rules: {json.dumps(by_hand)}".encode(), "b")
    assert inline.rules == beside.rules
    own = {"name", "table", "hit"}
    rows, rules = (
        [{key: value for key, value in rule.to_dict().items() if key not in own} for rule in base.rules]
        for base in (inline, hand)
    )
    assert rows == rules


@pytest.mark.parametrize("measure", [calls, peak])
@pytest.mark.parametrize("is_file", [True, False])
def test_reading_takes_work_and_memory_in_proportion_to_the_rows(tmp_path, measure, is_file):
    def make(size):
        cells = [["abc"[i % 3], f"{i % 100}..100", "yes | no", "xy"[i % 2]] for i in range(size)]
        columns = ["s", "n", "f", "g"]
        table = {"columns": columns, "rows": cells}
        if is_file:
            table = {"file": f"{size}.csv"}
            (tmp_path / table["file"]).write_text("\n".join(map(",".join, [columns, *cells])))
        return f"{BASE.partition('tables:')[0]}tables: {json.dumps({'t': {'then': ['g'], **table}})}".encode()

    assert growth(measure, make, lambda data: load_bytes(data, "b.yaml", tmp_path), 200) <= MOST


@pytest.mark.parametrize("measure", [calls, peak])
def test_refusing_takes_work_and_memory_in_proportion_to_the_rows(measure):
    def make(size):
        table = {"then": ["g"], "columns": ["s", "g"], "rows": [[f"z{i}", "w"] for i in range(size)]}
        return f"{BASE.partition('tables:')[0]}tables: {json.dumps({'t': table})}".encode()

    assert growth(measure, make, lambda data: problems_of(load_bytes, data, "b.yaml"), 60) <= MOST
