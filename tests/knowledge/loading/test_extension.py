"""Knowledge bases that extend another one: what they may add, what they cannot change, and where each part stands."""

from datetime import date
from pathlib import Path

import pytest

from expert.knowledge.attributes import Start
from expert.knowledge.loading.knowledge_base_file import extension_of, load, load_bytes, shipped_names
from expert.knowledge.problems import Place
from tests.knowledge.marks import problems_of, unmark

BASE = """\
knowledge_base: base
title: The base
about: It is extended.
version: 7
goal: g
threshold: 0.3
certainties: {strong: 0.8}
sources: {book: {title: A book}}
attributes:
  g: {choices: {x: Ex, y: Why}, otherwise: x}
  s: {question: How large?, choices: [a, b]}
  f: {question: Fast?}
  n: {question: How many?, number: {}}
rules:
  r: {if: {s: a}, then: {g: x}, certainty: strong, source: book 1}
  q: {if: {s: b}, then: {g: y}}
tables:
  t:
    then: [g]
    hit: first
    columns: [f, n, g]
    rows: [[yes, "> 5", x], [yes, -, y], [-, "> 9", x]]
cases: [{name: one, given: {s: a}, expect: x}]
"""
TOP = "knowledge_base: top\nextends: base\n"


@pytest.fixture
def beside(tmp_path):
    """Load a knowledge base that stands beside the base."""
    (tmp_path / "base.yaml").write_text(BASE)
    return lambda text: load_bytes(text.encode(), "top.yaml", tmp_path)


def test_whatever_is_not_about_the_rules_is_its_own(beside, tmp_path):
    top, base = beside(TOP), load(tmp_path / "base.yaml")
    assert (top.name, top.title, top.about, top.version, top.cases) == ("top", "top", "", "0", ())
    assert (top.goal, top.threshold, top.certainties, top.sources) == ("g", 0.3, {"strong": 0.8}, base.sources)
    assert (top.attributes, top.rules) == (base.attributes, base.rules)
    assert beside(f"{TOP}title: T\nversion: 2\nreview_by: 2027-05-31\n").review_by == date(2027, 5, 31)


def test_everything_that_may_be_added_comes_after_what_is_there(beside):
    top = beside(
        f"{TOP}certainties: {{weak: 0.2}}\nsources: {{paper: {{title: A paper}}}}\n"
        "attributes:\n  m: {question: More?}\n  s: {choices: {c: See}}\n  g: {choices: [z]}\n"
        "rules:\n  u: {if: {m: yes, s: c}, then: {g: z}, certainty: weak, source: [paper, book 2]}\n"
        "  v: {if: {s: a}, then: {g: {y: strong}}}\n"
        "tables: {o: {then: [g], columns: [m, g], rows: [[no, y]]}}\n"
        "cases: [{name: two, given: {m: yes, s: c}, expect: x}]\n"
    )
    assert list(top.certainties) == ["strong", "weak"]
    assert list(top.sources) == ["book", "paper"]
    assert list(top.attributes) == ["g", "s", "f", "n", "m"]
    assert top.attributes["s"].choices == {"a": "a", "b": "b", "c": "See"}
    assert (top.attributes["s"].question, top.attributes["g"].otherwise) == ("How large?", "x")
    assert top.attributes["g"].choices == {"x": "Ex", "y": "Why", "z": "z"}
    assert [rule.name for rule in top.rules] == ["r", "q", "u", "v", "t/1", "t/2", "t/3", "o/1"]
    assert [case.name for case in top.cases] == ["two"]


def test_each_part_has_its_place_in_its_own_file(beside):
    top = beside(f"{TOP}rules:\n  u: {{if: {{f: no}}, then: {{g: x}}}}\nretire: {{q: It was never so.}}\n")
    places = {rule.name: rule.place for rule in top.rules}
    assert (places["r"], places["u"]) == (Place("base.yaml", 15, 3), Place("top.yaml", 4, 3))
    assert top.attributes["s"].place == Place("base.yaml", 11, 3)
    assert top.places["retire", "q"] == Place("top.yaml", 5, 10)
    assert top.places["attributes", "g", "choices", "x"] == Place("base.yaml", 10, 17)


def test_a_retired_rule_is_kept_apart_with_its_reason(beside):
    top = beside(f"{TOP}retire:\n  q: >\n    It was\n    so once.\n  t/2: Nobody knows.\n")
    assert [(each.rule.name, each.reason) for each in top.retired] == [
        ("q", "It was so once."),
        ("t/2", "Nobody knows."),
    ]
    assert [rule.name for rule in top.rules] == ["r", "t/1", "t/3"]
    assert top.row_above == {1: None, 2: 1}


def test_an_added_choice_may_say_how_to_begin_with_it(beside):
    start = "{install: pip install zed, read: 'https://zed.org'}"
    top = beside(
        f"{TOP}attributes: {{g: {{choices: {{z: {{label: Zed, start: {start}}}, w: {{start: {{read: W}}}}}}}}}}"
    )
    assert top.attributes["g"].choices == {"x": "Ex", "y": "Why", "z": "Zed", "w": "w"}
    assert top.attributes["g"].starts == {"z": Start("pip install zed", "https://zed.org"), "w": Start(read="W")}


THERE = "already exists at base.yaml:"
ONLY_ADDS = "an extending knowledge base only adds"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("^goal: g", "'goal' is that of the extended knowledge base, and cannot be changed"),
        ("^threshold: 0.3", "'threshold' is that of the extended knowledge base, and cannot be changed"),
        ("certainties: {^strong: 0.9}", f"'strong' {THERE}7:15; {ONLY_ADDS}"),
        ("sources: {^book: {title: B}}", f"'book' {THERE}8:11; {ONLY_ADDS}"),
        ("rules: {^r: {if: {s: a}, then: {g: y}}}", f"'r' {THERE}15:3; {ONLY_ADDS}"),
        ("tables: {^t: {then: [g], columns: [s, g], rows: [[a, x]]}}", f"'t' {THERE}18:3; {ONLY_ADDS}"),
        ("attributes: {^s: {question: How big?}}", f"'s' {THERE}11:3; only choices can be added to it"),
        ("attributes: {^s: {question: Q, choices: [c]}}", f"'s' {THERE}11:3; only choices can be added to it"),
        ("attributes: {^s: [c]}", f"'s' {THERE}11:3; only choices can be added to it"),
        ("attributes: {^s: }", f"'s' {THERE}11:3; only choices can be added to it"),
        ("attributes: {^f: {choices: [c]}}", f"'f' {THERE}12:3; only choices can be added to it, and it has none"),
        ("attributes: {^n: {choices: [c]}}", f"'n' {THERE}13:3; only choices can be added to it, and it has none"),
        ("attributes: {s: {choices: [^a]}}", f"'a' {THERE}11:39; {ONLY_ADDS}"),
        ("attributes: {g: {choices: {^x: X}}}", f"'x' {THERE}10:17; {ONLY_ADDS}"),
        ("attributes: {g: {choices: {^x: {start: {read: Y}}}}}", f"'x' {THERE}10:17; {ONLY_ADDS}"),
        ("attributes: {g: {choices: {z: {start: ^{}}}}}", "'start' needs 'install', 'read' or both; found neither"),
        ("attributes: {g: {choices: {z: {start: {^u: Y, read: X}}}}}",
            "unknown key 'u' in 'start'; expected install or read"),
        ("attributes: {s: {choices: [c, ^[d]]}}", "a choice must be a single text, not a list"),
        ("attributes: {s: {choices: [c, ^c]}}", "duplicate choice 'c'"),
        ("attributes: {s: {choices: ^c}}", "'choices' must be a list, or a mapping of value to label, not 'c'"),
        ("attributes: {s: {choices: [c, ^any]}}", "'any' is a word of the rule language; choose another name"),
        ("attributes: ^[s]", "'attributes' must be a mapping, not a list"),
        ("rules: ^nothing", "'rules' must be a mapping, not 'nothing'"),
        ("retire: ^[q]", "'retire' must be a mapping, not a list"),
        ("retire: {^qq: It is wrong.}", "unknown rule 'qq'; did you mean 'q'? (expected r, q, t/1, t/2 or t/3)"),
        ("retire: {^t: It is wrong.}", "unknown rule 't'; expected r, q, t/1, t/2 or t/3"),
        ("retire: {^t/4: It is wrong.}", "unknown rule 't/4'; did you mean 't/3'? (expected r, q, t/1, t/2 or t/3)"),
        ("retire: {^q: }", "say why 'q' no longer counts; users are shown the reason"),
        ("retire: {^q: ''}", "say why 'q' no longer counts; users are shown the reason"),
        ("retire: {q: ^[no]}", "'q' must be a text, not a list"),
        (
            "rules: {u: {if: {s: a}, then: {g: y}}}\nretire: {^u: It is wrong.}",
            "'u' is a rule of this file; take it out instead",
        ),
        (
            "tables: {o: {then: [g], columns: [s, g], rows: [[a, x]]}}\nretire: {^o/1: It is wrong.}",
            "'o/1' is a rule of this file; take it out instead",
        ),
        ("rules: {u: {if: {s: ^d}, then: {g: y}}}", "s has no value 'd'; expected a or b"),
        ("cases: [{name: two, given: {s: a}, expect: ^z}]", "g has no value 'z'; expected x or y"),
    ],
)  # fmt: skip
def test_all_else_is_refused_at_its_place(beside, text, message):
    content, places = unmark(f"{TOP}{text}\n", "top.yaml")
    (problem,) = problems_of(beside, content)
    assert ([problem.place], problem.message) == (places, message)


def test_what_is_wrong_with_the_extended_one_is_told_with_it_at_its_place(beside, tmp_path):
    (tmp_path / "base.yaml").write_text(BASE.replace("certainty: strong", "certainty: storng"))
    assert [str(each) for each in problems_of(beside, f"{TOP}rules: {{u: {{if: {{z: a}}, then: {{g: y}}}}}}\n")] == [
        "base.yaml:15:44: unknown certainty 'storng'; did you mean 'strong'? (expected strong)",
        "top.yaml:3:18: unknown attribute 'z'; expected g, s, f or n",
    ]
    (tmp_path / "base.yaml").write_text("- no mapping")
    assert [str(each) for each in problems_of(beside, TOP)] == [
        "base.yaml:1:1: a knowledge base must be a mapping, not a list"
    ]
    (tmp_path / "base.yaml").write_bytes(b"\xff")
    assert [str(each) for each in problems_of(beside, TOP)] == ["base.yaml:1:1: is not a text file in UTF-8"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("^[base]", "'extends' must be the name of a knowledge base, not a list"),
        ("^~", "'extends' must be the name of a knowledge base, not nothing"),
        ("^''", "'extends' must be the name of a knowledge base, not ''"),
        ("^bsae", "there is no knowledge base 'bsae' beside this one, nor is it shipped; did you mean 'base'?"),
        ("^inner", "there is no knowledge base 'inner' beside this one, nor is it shipped"),
        ("^../base", "'../base' must be beside this knowledge base, or shipped"),
        ("^inner/base", "'inner/base' must be beside this knowledge base, or shipped"),
        ("^/etc/passwd", "'/etc/passwd' must be beside this knowledge base, or shipped"),
        ("^..\\base", "'..\\base' must be beside this knowledge base, or shipped"),
        ("^C:base", "'C:base' must be beside this knowledge base, or shipped"),
        ("^..", "there is no knowledge base '..' beside this one, nor is it shipped"),
        (f"^{'long' * 100}", f"there is no knowledge base '{'long' * 14}"),
    ],
)
def test_only_what_is_beside_or_shipped_is_extended(beside, tmp_path, text, message):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "base.yaml").write_text(BASE)
    content, places = unmark(f"knowledge_base: top\nextends: {text}\n", "top.yaml")
    (problem,) = problems_of(beside, content)
    assert [problem.place] == places
    assert problem.message.startswith(message)


@pytest.mark.parametrize("name", ["base.yaml", "other.json", "other.toml", "other.v1"])
def test_the_file_can_be_named_with_its_ending(beside, tmp_path, name):
    other = {
        "other.json": '{"knowledge_base": "b", "goal": "g", "attributes": {"g": null, "s": null}, "rules": {}}',
        "other.toml": 'knowledge_base = "b"\ngoal = "g"\nattributes = {g = {}, s = {}}\nrules = {}\n',
        "other.v1.yaml": BASE,
    }
    for file, text in other.items():
        (tmp_path / file).write_text(text)
    assert beside(f"knowledge_base: top\nextends: {name}\n").goal == "g"


def test_one_beside_wins_over_a_shipped_one_of_the_same_name(beside, tmp_path):
    text = "knowledge_base: top\nextends: article\n"
    assert beside(text).goal == "framework"
    (tmp_path / "article.yaml").write_text(BASE)
    assert beside(text).goal == "g"


def test_one_from_standard_input_extends_shipped_ones_alone():
    assert load_bytes(b"knowledge_base: top\nextends: article\n", "<stdin>").goal == "framework"
    (problem,) = problems_of(load_bytes, TOP.encode(), "<stdin>")
    assert str(problem).startswith("<stdin>:2:10: there is no knowledge base 'base' beside this one, nor is it shipped")


def chain(folder, length):
    """Write knowledge bases each of which extends the next."""
    (folder / f"b{length}.yaml").write_text(BASE)
    for number in range(1, length):
        text = f"knowledge_base: b{number}\nextends: b{number + 1}\nattributes: {{a{number}: {{question: Q}}}}\n"
        (folder / f"b{number}.yaml").write_text(text)
    return folder / "b1.yaml"


def test_an_extending_one_can_be_extended(tmp_path):
    model = load(chain(tmp_path, 8))
    assert list(model.attributes) == ["g", "s", "f", "n", *(f"a{number}" for number in range(7, 0, -1))]
    assert model.attributes["a3"].place.file == str(tmp_path / "b3.yaml")


def test_no_more_than_eight_extend_one_another(tmp_path):
    (problem,) = problems_of(load, chain(tmp_path, 9))
    assert str(problem) == f"{tmp_path}/b8.yaml:2:10: no more than 8 knowledge bases can extend one another"


@pytest.mark.parametrize("length", [1, 2, 3])
def test_none_extends_itself(tmp_path, length):
    path = chain(tmp_path, length)
    (tmp_path / f"b{length}.yaml").write_text("knowledge_base: last\nextends: b1\n")
    (problem,) = problems_of(load, path)
    message = "a knowledge base cannot extend itself, nor one that extends it"
    assert str(problem) == f"{tmp_path}/b{length}.yaml:2:10: {message}"


def test_what_one_retires_stays_retired_in_those_that_extend_it(beside, tmp_path):
    (tmp_path / "middle.yaml").write_text(
        "knowledge_base: middle\nextends: base\nrules: {u: {if: {f: no}, then: {g: x}}}\nretire: {q: It was so once.}\n"
    )
    text = "knowledge_base: top\nextends: middle\nretire: {r: It is wrong., u: It is no better.}\n"
    assert [(each.rule.name, each.reason) for each in beside(text).retired] == [
        ("r", "It is wrong."),
        ("q", "It was so once."),
        ("u", "It is no better."),
    ]
    (problem,) = problems_of(beside, text.replace("{r:", "{q:"))
    assert str(problem) == f"top.yaml:3:10: 'q' already exists at middle.yaml:4:10; {ONLY_ADDS}"


def test_tables_are_found_beside_the_file_that_names_them(tmp_path):
    folder = tmp_path / "of the base"
    folder.mkdir()
    (folder / "t.csv").write_text("s,g\na,x\n")
    (folder / "base.yaml").write_text(
        "knowledge_base: b\ngoal: g\nattributes: {g: {choices: [x, y]}, s: {choices: [a, b]}}\n"
        "tables: {t: {then: [g], file: t.csv}}\n"
    )
    (folder / "top.yaml").write_text(
        f"{TOP}tables: {{u: {{then: [g], file: u.csv}}}}\nretire: {{t/1: It was so once.}}\n"
    )
    (folder / "u.csv").write_text("s,g\nb,y\nb,x\n")
    model = load(folder / "top.yaml")
    assert [str(rule.place) for rule in model.rules] == [f"{folder}/u.csv:2:1", f"{folder}/u.csv:3:1"]
    assert [str(each.rule.place) for each in model.retired] == [f"{folder}/t.csv:2:1"]
    (folder / "top.yaml").write_text(f"{TOP}tables: {{u: {{then: [g], file: u.csv}}}}\nretire: {{u/1: So it is.}}\n")
    (problem,) = problems_of(load, folder / "top.yaml")
    assert problem.message == "'u/1' is a rule of this file; take it out instead"


def test_the_digest_changes_with_either_file_and_not_with_their_layout(beside, tmp_path):
    text = f"{TOP}retire: {{q: It was so once.}}\n"
    digests = [beside(text).digest, beside(text.replace("once", "never")).digest, beside(TOP).digest]
    (tmp_path / "base.yaml").write_text(BASE.replace("strong: 0.8", "strong: 0.9"))
    digests += [beside(text).digest, beside(f"{text}review_by: 2027-05-31\n").digest]
    assert len(set(digests)) == 5
    (tmp_path / "base.yaml").write_text(BASE.replace("version: 7", "version: 8") + "# of no consequence\n")
    assert beside(text).digest == digests[0]


@pytest.mark.parametrize("text", ["2027-5-31", "20270531", "2027-W22-1", "31.05.2027", "2027-02-30", "~", "[2027]"])
def test_a_date_for_the_review_is_written_in_one_way(beside, text):
    (problem,) = problems_of(beside, f"{TOP}review_by: {text}\n")
    assert problem.place == Place("top.yaml", 3, 12)
    assert problem.message.startswith("'review_by' must be a date such as 2027-05-31, not ")


@pytest.fixture
def shipped(monkeypatch, tmp_path):
    """Ship a base, one that extends it, and nothing else."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "base.yaml").write_text(BASE)
    (folder / "newer.yaml").write_text("knowledge_base: newer\nextends:   base # with the evidence of today\n")
    (folder / "other.yaml").write_text("knowledge_base: other\nabout: >\n extends base\nextends: base-2\n")
    monkeypatch.setattr("expert.knowledge.loading.knowledge_base_file._SHIPPED", folder)
    return folder


def test_a_shipped_one_knows_the_shipped_one_that_extends_it(shipped):
    assert shipped_names() == ["base", "newer", "other"]
    assert extension_of(load("base")) == "newer"
    assert extension_of(load("newer")) is None


def test_a_file_of_the_same_name_is_not_taken_for_the_shipped_one(shipped, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("base.yaml").write_text(BASE)
    assert extension_of(load("base.yaml")) is None
    assert extension_of(load("base")) == "newer"


def test_two_files_of_one_name_are_told_apart(shipped, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("base.yaml").write_text("knowledge_base: mine\nextends: newer\nretire: {r: It is wrong.}\n")
    model = load("base.yaml")
    assert [str(each.rule.place) for each in model.retired] == [f"{shipped}/base.yaml:15:3"]
