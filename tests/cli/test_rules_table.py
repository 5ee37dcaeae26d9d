import json
from pathlib import Path
from textwrap import dedent

import pytest

from expert.knowledge.loading.knowledge_base_file import load, load_bytes
from expert.rendering.decision_tables.tables import MOST_COLUMNS, decision_tables

BASE = """\
knowledge_base: b
goal: g
sources: {s: {title: S}}
attributes:
  g: {choices: [x, y]}
  d: {}
  size: {question: S?, choices: [small, large]}
  n: {question: N?, number: {}}
rules:
  both: {if: {size: small, n: {at_least: 5}}, then: {g: {x: 0.5, y: -0.3}}, because: "One | two <b>.", source: s p. 1}
  one: {if: {size: large}, then: {g: [x, y], d: yes}}
  excepted: {if: {n: 1}, unless: {size: large}, then: {d: no}}
tables:
  t:
    then: [g]
    hit: first
    columns: [d, g, certainty]
    rows: [[yes, x, 0.4], [-, y, 0.2]]
"""


@pytest.fixture
def base(write, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    return write("b.yaml", BASE)


def test_a_reason_is_said_once_below_all_rows_that_follow_one_another_with_it(run, write):
    rules = """\
      rules:
        one: {if: {d: yes}, then: {g: {x: 0.5, y: 0.3}}, because: Alike.}
        two: {if: {d: no}, then: {g: x}, because: Alike.}
        three: {if: {n: 5}, then: {g: x}, because: Other.}
        four: {if: {n: 6}, then: {g: x}}
        five: {if: {n: 7}, then: {g: x}}
    """
    head = BASE.partition("rules:\n")[0]
    out = run("rules", "table", "--rules", write("alike.yaml", head + dedent(rules))).out
    notes = ["one: Alike.", "two: as above", "three: Other.", "four", "five"]
    assert [line.strip() for line in out.splitlines() if line.startswith(" " * 6)] == notes


def test_rules_are_printed_as_tables_by_what_they_conclude_the_goal_first(run, base):
    assert run("rules", "table", "--rules", base).out == (
        "g\n"
        "  size   n    g      certainty\n"
        "  small  ≥ 5  x      +0.50\n"
        "  small  ≥ 5  y      −0.30\n"
        "      both: One | two <b>. [s p. 1]\n"
        "  large  -    x | y  +1.00\n"
        "      one\n"
        "\n"
        "g (table t: a row counts unless one above it does)\n"
        "  d    g  certainty\n"
        "  yes  x  +0.40\n"
        "      t/1\n"
        "  -    y  +0.20\n"
        "      t/2\n"
        "\n"
        "d\n"
        "  if                             d    certainty\n"
        "  size is large                  yes  +1.00\n"
        "      one\n"
        "  n is 1 (unless size is large)  no   +1.00\n"
        "      excepted\n"
    )


@pytest.mark.parametrize(("name", "headings"), [("g", ["g"]), ("t", ["t"]), ("d", ["d"])])
def test_one_attribute_or_table_can_be_named(name, headings):
    assert [table.name for table in decision_tables(load_bytes(BASE.encode(), "b.yaml"), name)] == headings


def test_markdown_escapes_what_it_would_take_for_its_own(run, base):
    out = run("rules", "table", "g", "--rules", base, "--format", "md").out
    assert out.splitlines()[:5] == [
        "## g",
        "",
        "| size | n | g | certainty | because | source | rule |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| small | ≥ 5 | x | +0.50 | One \\| two \\<b\\>. | s p. 1 | both |",
    ]


def test_html_escapes_what_it_would_take_for_its_own(run, base):
    assert run("rules", "table", "--rules", base, "--out", "t.html").out == ""
    page = Path("t.html").read_text()
    assert "<td>One | two &lt;b&gt;.</td>" in page
    assert page.count("<table>") == page.count("</table>") == 3


def test_csv_leaves_out_what_does_not_fit_into_cells_and_says_so(run, base):
    result = run("rules", "table", "d", "--rules", base, "--format", "csv")
    assert result.out == "size,d,certainty,because,source\nlarge,yes,1.0,,\n"
    assert result.err == "Left out, because they cannot be written in cells: excepted\n"


def test_a_table_keeps_what_a_terminal_would_not_show(run, tmp_path):
    value = "a\u202eb\nc"
    rules = f"{{r: {{if: {{f: yes}}, then: {{g: {json.dumps(value)}}}}}}}"
    attributes = f"{{g: {{choices: [{json.dumps(value)}, y]}}, f: {{question: F?}}}}"
    base = tmp_path / "b.yaml"
    base.write_text(f"knowledge_base: b\ngoal: g\nattributes: {attributes}\nrules: {rules}\n", encoding="utf-8")
    assert run("rules", "table", "--rules", base, "--out", tmp_path / "t.csv").status == 0
    table = "tables: {t: {then: [g], file: t.csv}}"
    base.write_text(f"knowledge_base: b\ngoal: g\nattributes: {attributes}\n{table}\n", encoding="utf-8")
    assert load(base).rules[0].conclusions[0].value == value


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "csv"], "error: CSV has one table: name g, t or d."),
        (["--out", "t.pdf"], "error: t.pdf: its ending must name the format; expected .txt, .md, .csv or .html"),
        (["G"], "error: b: no rule concludes 'G', nor is it a table where the first row counts; did you mean 'g'?"),
        (["--out", "no/t.md"], "error: no/t.md: cannot be written"),
    ],
)
def test_what_cannot_be_printed_is_refused(run, base, words, message):
    result = run("rules", "table", "--rules", base, *words)
    assert (result.status, result.out) == (2, "")
    assert message in result.err


@pytest.mark.parametrize("words", [[], ["g"], ["--format", "csv"]])
def test_a_base_without_rules_has_no_tables(run, write, words):
    base = write("none.yaml", "knowledge_base: none\ngoal: g\nattributes: {g: {choices: [x, y]}}\nrules: {}\n")
    result = run("rules", "table", "--rules", base, *words)
    assert (result.status, result.err) == (2, "error: none: no rule concludes anything, so there is no table\n")


@pytest.mark.parametrize("columns", [MOST_COLUMNS, MOST_COLUMNS + 1])
def test_premises_of_wide_tables_are_in_words(columns):
    names = [f"a{number}" for number in range(columns)]
    attributes = "".join(f"  {name}: {{question: {name}?}}\n" for name in names)
    rules = "".join(f"  {name}: {{if: {{{name}: yes}}, then: {{g: x}}}}\n" for name in names)
    base = f"knowledge_base: b\ngoal: g\nattributes:\n  g: {{choices: [x, y]}}\n{attributes}rules:\n{rules}"
    (table,) = decision_tables(load_bytes(base.encode(), "b.yaml"))
    assert (next(iter(table.shown()))[0] == "if") == (columns > MOST_COLUMNS)
