import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.knowledge.loading.knowledge_base_file import load
from expert.knowledge.loading.table_start import start_of_table
from expert.knowledge.problems import InputError
from expert.knowledge.rules import AllOf, Citation, Compare, Is, IsNot, Unknown
from tests.knowledge.marks import problems_of, unmark

TABLE = """\
exploited,impact,score,timeline
yes,total,-,3-days
no,not total|none,>= 7,14-days
unknown,-,5..6,14-days | 60-days
-,-,,on-upgrade
"""


@pytest.fixture
def started(tmp_path, monkeypatch):
    """Start a knowledge base from the content of a CSV file, write it, and give its text and its model."""
    monkeypatch.chdir(tmp_path)

    def started(content, out="new.yaml"):
        table, out = Path("t.csv"), Path(out)
        table.write_text(content, encoding="utf-8", newline="")
        out.parent.mkdir(exist_ok=True)
        text = start_of_table("new", table, out)
        out.write_text(text, encoding="utf-8")
        return text, load(out)

    return started


def refused(started, content):
    return [str(problem) for problem in problems_of(started, content)]


def test_columns_become_questions_of_the_kind_of_their_cells_and_the_last_the_goal(started):
    _, model = started(TABLE)
    assert [(each.name, each.kind, list(each.choices), each.question) for each in model.attributes.values()] == [
        ("exploited", "yes/no", ["yes", "no"], "Is exploited the case?"),
        ("impact", "choice", ["total", "none"], "What is impact?"),
        ("score", "number", [], "What is score?"),
        ("timeline", "choice", ["3-days", "14-days", "60-days", "on-upgrade"], ""),
    ]
    assert (model.name, model.goal, model.title) == ("new", "timeline", "What is timeline?")


def test_each_row_is_a_rule_of_a_table_in_which_the_first_row_counts(started):
    _, model = started(TABLE)
    assert [(rule.name, rule.premise, rule.first) for rule in model.rules] == [
        ("new/1", AllOf((Is("exploited", "yes"), Is("impact", "total"))), True),
        (
            "new/2",
            AllOf(
                (
                    Is("exploited", "no"),
                    IsNot("impact", "total"),
                    IsNot("impact", "none"),
                    Compare("score", "at_least", 7),
                )
            ),
            True,
        ),
        (
            "new/3",
            AllOf((Unknown("exploited"), Compare("score", "at_least", 5), Compare("score", "at_most", 6))),
            True,
        ),
        ("new/4", AllOf(()), True),
    ]


def test_a_table_in_the_same_folder_is_left_where_it_is(started):
    text, model = started(TABLE)
    assert "    file: t.csv\n" in text
    assert "rows:" not in text
    assert model.rules[1].place.line == 3


@pytest.mark.parametrize(
    ("content", "out"), [(TABLE, "inner/new.yaml"), (TABLE.replace("exploited", "Exploited"), "new.yaml")]
)
def test_a_table_elsewhere_or_with_other_names_is_copied(started, content, out):
    text, model = started(content, out)
    assert "file:" not in text
    assert model.rules == started(TABLE)[1].rules


@pytest.mark.parametrize(
    ("header", "name", "question"),
    [
        ("Known exploited", "known_exploited", "Is Known exploited the case?"),
        ("Is it known?", "is_it_known", "Is it known?"),
        ("known_exploited", "known_exploited", "Is known exploited the case?"),
        ("known-exploited", "known-exploited", "Is known exploited the case?"),
        ("- a / b (%) -", "a_b", "Is - a / b (%) - the case?"),
        ("not", "not_", "Is not the case?"),
        ('"two\n ""lines"""', "two_lines", 'Is two "lines" the case?'),
        ("Größe", "größe", "Is Größe the case?"),
        ("2020", "2020", "Is 2020 the case?"),
    ],
)
def test_headers_become_names_and_questions(started, header, name, question):
    _, model = started(f"{header},g\nyes,x\n")
    assert next((each.name, each.question) for each in model.attributes.values()) == (name, question)
    assert model.rules[0].premise == Is(name, "yes")


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["yes", "NO", "-"], "yes/no"),
        (["true", "not false", "unknown"], "yes/no"),
        (["-", ""], "yes/no"),
        (["yes", "no", "maybe"], "choice"),
        (["5", "-", "unknown"], "number"),
        (['"1,000"', "not < 5", "1..2 | 7"], "number"),
        (["5", "many"], "choice"),
        (["2026-01-01", "null", "~", "[", "a: b", "#", "'", '"""q"""'], "choice"),
    ],
)
def test_the_kind_of_a_question_is_that_of_all_its_cells(started, cells, kind):
    text, model = started("a,g\n" + "".join(f"{cell},x\n" for cell in cells))
    assert model.attributes["a"].kind == kind
    assert text.count("choices") == (2 if kind == "choice" else 1)


@pytest.mark.parametrize(
    ("values", "choices"), [("yes no", ["yes", "no"]), ("1 2", ["1", "2"]), ("<1 not-so", ["<1", "not-so"])]
)
def test_the_goal_is_never_a_number(started, values, choices):
    first, second = values.split()
    _, model = started(f"a,g\nyes,{first}\nno,{second}\n")
    assert list(model.candidates) == choices


def test_many_choices_have_a_line_each(started):
    values = [f"value number {number}" for number in range(30)]
    text, model = started("a,g\n" + "".join(f"{value},x\n" for value in values))
    assert list(model.attributes["a"].choices) == values
    assert max(map(len, text.splitlines())) <= 120


def test_columns_of_the_rows_own_keep_their_meaning_and_sources_are_declared(started):
    _, model = started("a,Source,g,Because,certainty\nyes,guide 3|list,x,So.,0.5\nno,,y,,\n")
    assert list(model.attributes) == ["a", "g"]
    assert model.sources == {"guide": {"title": "guide"}, "list": {"title": "list"}}
    first, second = model.rules
    assert (first.citations, first.because) == ((Citation("guide", "3"), Citation("list")), "So.")
    assert [rule.conclusions[0].certainty for rule in (first, second)] == [0.5, 1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("^", "the file is empty"),
        ("^a,g\n", "has no rows; a table needs a header and at least one row below it"),
        ("^g\nx\n", "expected at least two columns"),
        ("^g,because\nx,So.\n", "expected at least two columns"),
        ("a,^,g\nyes,no,x\n", "expected the name of a column, not ''"),
        ("a,^?!,g\nyes,no,x\n", "expected the name of a column, not '?!'"),
        ("a b,^A_B,g\nyes,no,x\n", "duplicate column 'A_B'"),
        ("a,g\nb,x\n^any,y\n", "'any' cannot be a value; where any value will do, write -"),
        ("a,g\nb,x\n^c |,y\n", "'' cannot be a value"),
        ("a,g\nb,x\nc,^unknown\n", "'unknown' cannot be a value"),
        ("a,g\n^b,-\n", "the row concludes nothing; expected a value of g"),
        ("a,g\n^b\n", "the row has 1 of 2 cells"),
        ("a,g\nb,x,^y\n", "the row has 3 of 2 cells"),
        ("a,g\n^7..5,x\n", "no number is in '7..5'"),
        ("a,certainty,g\nb,^strong,x\n", "unknown certainty 'strong'; expected a number in [-1, 1] other than 0"),
        ("a,source,g\nb,^https://example.org,x\n", "expected a source's name"),
        ('a,g\n^b,"x\n', "not valid CSV: unexpected end of data"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_in_the_table(started, content, message):
    text, (place,) = unmark(content, "t.csv")
    (told,) = refused(started, text)
    assert told.startswith(f"t.csv:{place.line}:{place.column}: {message}")


texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=8)


@given(st.lists(st.tuples(texts, texts, st.sampled_from(["x", "y z"])), min_size=1, max_size=4))
def test_whatever_the_cells_say_the_text_is_refused_or_means_the_same_inline_and_in_the_file(tmp_path_factory, rows):
    folder = tmp_path_factory.getbasetemp() / "starts"
    (folder / "inner").mkdir(parents=True, exist_ok=True)
    written = io.StringIO()
    csv.writer(written).writerows([["a", "because", "g"], *rows])
    (folder / "t.csv").write_text(written.getvalue(), encoding="utf-8", newline="")
    models = []
    for out in (folder / "new.yaml", folder / "inner" / "new.yaml"):
        try:
            out.write_text(start_of_table("new", folder / "t.csv", out), encoding="utf-8")
        except InputError as error:
            models.append(str(error))
        else:
            models.append(load(out))
    beside, copied = models
    assert beside == copied
