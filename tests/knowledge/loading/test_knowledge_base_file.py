import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert.knowledge.loading.knowledge_base_file import load, load_bytes, shipped_names
from expert.knowledge.model import Attribute, Model
from expert.knowledge.problems import InputError
from expert.knowledge.rules import Conclusion, Is, Rule
from tests.examples import examples
from tests.knowledge.marks import problems_of, unmark

ARTICLE = Path(__file__).parents[3] / "rules" / "article.yaml"
BASE = """\
knowledge_base: small-1
goal: g
attributes:
  g: {choices: [x, y]}
  s: {question: How large?, choices: [a, b]}
rules:
  r: {if: {s: a}, then: {g: x}}
  q: {if: {s: b}, then: {g: {x: 0.5, y: -0.5}}}
"""
RULES = BASE.splitlines(keepends=True)[-2:]


def read(text):
    return load_bytes(text.encode(), "b.yaml")


def test_the_smallest_knowledge_base_has_defaults():
    assert read(BASE) == Model(
        name="small-1",
        title="small-1",
        version="0",
        goal="g",
        threshold=0.2,
        attributes={
            "g": Attribute("g", choices={"x": "x", "y": "y"}),
            "s": Attribute("s", question="How large?", choices={"a": "a", "b": "b"}),
        },
        rules=(
            Rule("r", Is("s", "a"), (Conclusion("g", "x", 1.0),)),
            Rule("q", Is("s", "b"), (Conclusion("g", "x", 0.5), Conclusion("g", "y", -0.5))),
        ),
    )


def test_every_key_at_the_top_is_read():
    model = read(
        BASE + "title: A\n  title\nabout: >\n  Some\n  words.\nversion: 1.10\nthreshold: 0\n"
        "certainties: {strong: 0.8, weak: -1, same: strong}\n"
        "sources: {book: {title: T, by: B, year: 2020, url: U, accessed: 2026-01-01, kind: K, note: N}}\n"
        "cases: [{name: n, given: {}, expect: x}]\n"
    )
    assert (model.title, model.about, model.version, model.threshold) == ("A title", "Some words.", "1.10", 0)
    assert model.certainties == {"strong": 0.8, "weak": -1.0, "same": 0.8}
    assert model.sources == {
        "book": {
            "title": "T",
            "by": "B",
            "year": "2020",
            "url": "U",
            "accessed": "2026-01-01",
            "kind": "K",
            "note": "N",
        }
    }
    assert [case.name for case in model.cases] == ["n"]


def test_a_yes_no_attribute_may_be_the_goal():
    model = read("knowledge_base: b\ngoal: g\nattributes: {g: {otherwise: FALSE}}\nrules: {}")
    assert (model.candidates, model.attributes["g"].otherwise) == (("yes", "no"), "no")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("^[]", "a knowledge base must be a mapping, not a list"),
        ("^article", "a knowledge base must be a mapping, not 'article'"),
        ("^# nothing", None),
        (f"{BASE}^tilte: T", "unknown key 'tilte' in a knowledge base; did you mean 'title'?"),
        (f"{BASE}extends: ^articel", "there is no knowledge base 'articel' beside this one, nor is it shipped"),
        (f"{BASE}retire: {{^s: wrong}}", "unknown rule 's'"),
        (f"{BASE}review_by: ^soon", "'review_by' must be a date such as 2027-05-31, not 'soon'"),
        (f"{BASE}^goal: g", "duplicate key 'goal'; the first is on line 2"),
        (f"{BASE}title: ^[T]", "'title' must be a text, not a list"),
        (f"{BASE}threshold: ^1", "threshold must be at least 0 and less than 1, not '1'"),
        (f"{BASE}threshold: ^-0.1", "threshold must be at least 0 and less than 1, not '-0.1'"),
        (f"{BASE}threshold: ^nan", "threshold must be a number, not 'nan'"),
        (f"{BASE}threshold: ^low", "threshold must be a number, not 'low'"),
        (f"{BASE}threshold: ^~", "threshold must be a number, not nothing"),
        (f"{BASE}certainties: ^[strong]", "'certainties' must be a mapping, not a list"),
        (f"{BASE}certainties: {{strong: ^1.5}}", "a certainty must be in [-1, 1] and other than 0, not '1.5'"),
        (f"{BASE}certainties: {{strong: ^0}}", "a certainty must be in [-1, 1] and other than 0, not '0'"),
        (f"{BASE}certainties: {{strong: ^high}}", "unknown certainty 'high'"),
        (f"{BASE}certainties: {{strong: ^~}}", "a certainty must be a level or a number, not nothing"),
        (f"{BASE}certainties: {{^very strong: 1}}", "'very strong' is not a valid name"),
        (f"{BASE}sources: ^book", "'sources' must be a mapping, not 'book'"),
        (f"{BASE}sources: {{book: ^Title}}", "the source 'book' must be a mapping, not 'Title'"),
        (f"{BASE}sources: {{book: ^{{by: B}}}}", "the source 'book' needs a title"),
        (f"{BASE}sources: {{book: {{title: T, ^yaer: 1}}}}", "unknown key 'yaer' in the source 'book'"),
        (f"{BASE}sources: {{book: {{title: T, by: ^[B]}}}}", "'by' must be a text, not a list"),
        (BASE.replace("small-1", "^Small One"), "a knowledge base's name has lower-case letters, digits"),
        (BASE.replace("small-1", "^~"), "a knowledge base's name has lower-case letters, digits"),
        (BASE.replace("small-1", "^[b]"), "'knowledge_base' must be a text, not a list"),
        (BASE.replace("knowledge_base: small-1\n", "^"), "a knowledge base needs 'knowledge_base', which is missing"),
        (BASE.replace("goal: g\n", "").replace("kn", "^kn", 1), "a knowledge base needs 'goal', which is missing"),
        (BASE.replace("goal: g", "goal: ^h"), "the goal 'h' is not an attribute; expected g or s"),
        (BASE.replace("goal: g", "goal: ^G"), "the goal 'G' is not an attribute; did you mean 'g'?"),
        (BASE.replace("goal: g", "goal: ^~"), "the goal '' is not an attribute"),
        (BASE.replace("goal: g", "goal: ^[g]"), "'goal' must be a text, not a list"),
        (BASE.replace("g: {ch", "g: &a {ch") + "title: ^*a", "'*a' is an alias, which is not supported; write it out"),
        (BASE.replace("{question", "^!!python/object/apply:os.abort {question"), "the tag 'tag:yaml.org,2002:python/"),
        (BASE + "^---\n" + BASE, "a second document starts here; expected one"),
        (BASE + "title: a^\0", "is not a text file: it contains the character U+0000"),
        (BASE + 'title: ^"\\x1b"', "contains the character U+001B, which is not text"),
    ],
)  # fmt: skip
def test_a_wrong_knowledge_base_is_refused_at_its_place(text, message):
    content, places = unmark(text, "b.yaml")
    (problem,) = problems_of(read, content)
    assert [problem.place] == places
    assert problem.message.startswith(message or "the file is empty")


def test_a_goal_cannot_be_a_number():
    text = "knowledge_base: b\ngoal: ^g\nattributes: {g: {number: {}}, s: }\nrules: {r: {if: {s: yes}, then: {g: 1}}}"
    content, places = unmark(text, "b.yaml")
    (problem,) = problems_of(read, content)
    assert [problem.place] == places
    assert problem.message == "the goal must have choices; 'g' is a number"


def test_everything_missing_is_told_at_once():
    assert [str(problem) for problem in problems_of(read, "{}")] == [
        *(
            f"b.yaml:1:1: a knowledge base needs '{key}', which is missing"
            for key in ("attributes", "goal", "knowledge_base")
        ),
        "b.yaml:1:1: a knowledge base needs 'rules' or 'tables'",
    ]


def test_all_problems_of_all_sections_are_told_at_once_in_order():
    text = """\
knowledge_base: ^B
cases: [{name: n, given: {^t: a}, expect: ^z}]
goal: g
threshold: ^2
rules:
  r: {if: {s: ^c}, then: {g: ^z}, certainty: ^weak, source: ^book}
  p: {^iff: {s: a}, if: {g: {not: x}}, then: {s: a}}
  ^q: {if: {s: a}, then: {g: x}}
sources: {paper: ^{}}
attributes:
  s: {choices: [a, ^a]}
  g: {choices: [x, ^any], ^helb: h}
^extend: article
certainties: {strong: ^0}
^goal: h
"""
    content, places = unmark(text, "b.yaml")
    problems = problems_of(read, content)
    assert [problem.place for problem in problems] == places


def test_a_shipped_knowledge_base_is_loaded_by_name_or_path():
    assert "article" in shipped_names()
    assert load() == load("article") == load(ARTICLE) == load(str(ARTICLE))
    assert load().rules[0].place.file == load(ARTICLE).rules[0].place.file == "article.yaml"


def test_a_file_is_loaded_by_its_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.yaml", "bare"):
        Path(name).write_text(BASE)
        assert load(name).rules[0].place.file == name
    assert load(tmp_path / "bare") == read(BASE)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("artcle", "artcle: neither a file nor a shipped knowledge base; did you mean 'article'?"),
        ("", "'': neither a file nor a shipped knowledge base"),
        ("a" * 300, f"{'a' * 300}: neither a file nor a shipped knowledge base"),
        ("missing.yaml", "missing.yaml: cannot be read: No such file or directory"),
        ("./article", "./article: neither a file nor a shipped knowledge base; did you mean 'article'?"),
        (Path("missing"), "missing: cannot be read: No such file or directory"),
        ("folder", "folder: cannot be read: Is a directory"),
    ],
)
def test_what_is_no_knowledge_base_is_refused_by_its_name(tmp_path, monkeypatch, name, message):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    (problem,) = problems_of(load, name)
    assert str(problem).startswith(message)


@pytest.mark.parametrize(
    "changed",
    [
        "# a comment\n" + BASE,
        BASE.replace("\n", "\r\n"),
        BASE.replace("x", "'x'").replace(" s:", ' "s":').replace(": a}", ': "a"}'),
        BASE.replace("goal: g\n", "") + "goal: g\n",
        BASE.replace("How large?", "'How\n    large?'"),
        BASE.replace("{s: a}", "[{s: a}]").replace("0.5", "5e-1").replace("{g: x}", "{g: {x: 1.0}}"),
        BASE + "threshold: 0.20\n",
        BASE + "cases: []\n",
    ],
)
def test_the_digest_stays_when_layout_comments_or_quoting_change(changed):
    assert read(changed).digest == read(BASE).digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("r: {", "p: {"),
        ("small-1", "small-2"),
        ("{s: a}", "{s: b}"),
        ("{s: a}", "{s: {not: b}}"),
        ("x: 0.5", "x: 0.6"),
        ("{x: 0.5, y", "{y: 0.5, x"),
        ("{x: 0.5, y: -0.5}", "{y: -0.5, x: 0.5}"),
        ("[x, y]", "[y, x]"),
        ("[x, y]", "[x, y], otherwise: x"),
        ("How large?", "How big?"),
        ("{g: x}}", "{g: x}, because: So.}"),
        ("rules:\n", "threshold: 0.3\nrules:\n"),
        ("rules:\n", "version: 2\nrules:\n"),
        ("rules:\n", "cases: [{name: n, given: {}, expect: x}]\nrules:\n"),
        ("rules:\n", "sources: {book: {title: T}}\nrules:\n"),
        ("  r: {if: {s: a}, then: {g: x}}\n", ""),
        ("".join(RULES), "".join(reversed(RULES))),
    ],
)
def test_the_digest_changes_with_what_the_knowledge_base_says(old, new):
    assert old in BASE
    changed = read(BASE.replace(old, new))
    assert changed.digest != read(BASE).digest
    assert changed.digest.startswith("sha256:")


def refused_or_read(data, file):
    """Read content that may be anything; tell the problems, if there are any."""
    try:
        load_bytes(data, file)
    except InputError as error:
        return error.problems
    return ()


FILES = st.sampled_from(["b.yaml", "b.json", "b.toml"])


@given(st.binary(max_size=80), FILES)
def test_any_content_is_read_or_refused_at_a_place(data, file):
    assert all(problem.place.line and problem.place.column for problem in refused_or_read(data, file))


PIECES = re.findall(rb"\w+|[^\w\s]|\s+", ARTICLE.read_bytes())
OTHERS = [*"{}[]:,-#'\"~0|>?\t\0\x85", "-1", "unknown", "not", "any", "&a ", "*a", "!t ", "---\n", "\ud800"]


@st.composite
def damaged(draw):
    """Delete, insert, replace, cut or swap pieces of the article."""
    pieces = list(PIECES)
    news = st.sampled_from(PIECES) | st.sampled_from([new.encode("utf-8", "surrogatepass") for new in OTHERS])
    indices = st.integers(0, len(pieces) - 1)
    for _ in range(draw(st.integers(1, 5))):
        at, new, other = draw(indices), draw(news | st.binary(max_size=3)), draw(indices)
        change = draw(st.sampled_from(["delete", "insert", "replace", "cut", "swap"]))
        if change == "swap":
            pieces[at], pieces[other] = pieces[other], pieces[at]
        else:
            piece = pieces[at]
            pieces[at] = {"delete": b"", "insert": piece + new, "replace": new, "cut": piece[: len(new)]}[change]
    return b"".join(pieces)


@settings(max_examples=examples(60))
@given(damaged())
def test_a_damaged_knowledge_base_is_read_or_refused_at_a_place(data):
    problems = refused_or_read(data, "b.yaml")
    assert all(problem.place.line and problem.place.column for problem in problems)
    assert list(problems) == sorted(problems)


def in_both_spellings(text):
    """Write a text once with composed characters, once with combining ones."""
    return unicodedata.normalize("NFC", text).encode(), unicodedata.normalize("NFD", text).encode()


def test_names_and_values_mean_the_same_however_their_characters_are_composed():
    text = """
knowledge_base: b
goal: gerät
certainties: {stärke: 0.8}
sources: {büchlein: {title: A book}}
attributes:
  gerät: {choices: [rührer, säge]}
  müde: {question: q, choices: {früh: early, spät: late}}
  länge: {question: q, number: {unit: Ångström, at_least: 1 Ångström}}
rules:
  prüfung: {if: {müde: früh, länge: {at_least: 2 ångström}}, then: {gerät: {rührer: stärke}}, source: büchlein 3}
cases:
  - {name: n, given: {müde: {value: früh}, länge: 3 Ångström}, expect: rührer}
"""
    composed, combining = in_both_spellings(text)
    one, other = load_bytes(composed, "b.yaml"), load_bytes(combining, "b.yaml")
    assert composed != combining
    assert one == other
    assert one.digest == other.digest
    assert one.rules[0].conclusions == (("gerät", "rührer", 0.8),)


def test_labels_stay_as_they_are_written():
    label = "mu\u0308de"
    text = f"{{knowledge_base: b, goal: g, rules: {{}}, attributes: {{g: {{choices: {{x: {label}}}}}}}}}"
    model = load_bytes(text.encode(), "b.yaml")
    assert model.attributes["g"].choices == {"x": label}


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ("attributes: {g: {about: the young, the old, choices: [x]}}", "unknown key 'the old' in 'g'"),
        ("attributes: {g: {choices: [x]}, n: {number: {at_most: 12,000}}}", "unknown key '000' in 'number'"),
        ("attributes: {g: {choices: [x]}, s: {otherwise: a, b}}", "unknown key 'b' in 's'"),
        ("attributes: {g: {choices: [x]}}, sources: {s: {title: Rules, 1984}}", "unknown key '1984' in the source 's'"),
    ],
)
def test_a_text_that_an_unquoted_comma_cut_off_is_told_to_be_quoted(part, problem):
    with pytest.raises(InputError) as raised:
        load_bytes(f"{{knowledge_base: b, goal: g, rules: {{}}, {part}}}".encode(), "b.yaml")
    hint = "; if it belongs to the text before the comma, put that text in quotes"
    assert f"{problem}{hint}" in [each.message for each in raised.value.problems]


def test_an_unknown_key_with_a_value_is_not_told_to_be_quoted():
    with pytest.raises(InputError, match=r"unknown key 'abuot' in 'g'; did you mean 'about'\?"):
        load_bytes(b"{knowledge_base: b, goal: g, rules: {}, attributes: {g: {choices: [x], abuot: }}}", "b.yaml")


def test_a_shipped_file_with_problems_has_the_same_ones_each_time(monkeypatch, tmp_path):
    monkeypatch.setattr("expert.knowledge.loading.knowledge_base_file._SHIPPED", tmp_path)
    (tmp_path / "broken.yaml").write_text(
        "knowledge_base: broken\ngoal: g\nattributes: {g: {}}\nrules: {}\nrules: {}\n"
    )
    told = []
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            load("broken")
        told.append(caught.value.problems)
    assert len(told[0]) == 1
    assert told[0] == told[1]
