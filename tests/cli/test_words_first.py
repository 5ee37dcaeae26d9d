"""People read words: no output names an attribute or a value that has a label, but where one types the name."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from expert import KnowledgeBase
from tests.named import FAR, NAMED, NEAR, NEWER, TABLE

NAME = re.compile(r"q[xv]_\w+")
BLOCKS = {
    "p",
    "li",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "div",
    "dd",
    "dt",
    "text",
    "tspan",
    "title",
    "summary",
    "option",
}
SMALL = re.compile(r"q[xv]_\w+(=\S+)?|q[xv]_\w+((, | or )q[xv]_\w+)+|If .*, then .*\.")
"""Small print in a box: a name alone, or a rule as it stands in the file."""

DECLARED = re.compile(r"qx_\w+: (?=yes/no|a number|= |.* \| )")
"""Small print, too: the name of an attribute before what it can be."""

TYPED = re.compile(
    r"--(why-not|why|set|what-if|goal) ('.*?'|\S+)|change qx_\w+|^  (if|unless|then) .*|^qx_\w+ \(|^  values .*",
    re.MULTILINE,
)
"""What one types on a terminal, and in the file of a rule that is shown."""


class Shown(HTMLParser):
    """The texts of a page that people see, each block on its own."""

    def __init__(self):
        super().__init__()
        self.texts, self._hidden = [""], 0

    def handle_starttag(self, tag, attributes):
        self._hidden += tag in ("script", "style", "code")
        self.texts += [""] * (tag in BLOCKS | {"br", "span"})
        self.texts += [value or "" for name, value in attributes if name in ("aria-label", "alt", "title")]
        self.texts += [""]

    def handle_endtag(self, tag):
        self._hidden -= tag in ("script", "style", "code")
        self.texts += [""] * (tag in BLOCKS)

    def handle_data(self, data):
        if not self._hidden:
            self.texts[-1] += data


def of_page(page):
    """List what a page shows, but for small print."""
    shown = Shown()
    shown.feed(page)
    return without_small_print(" ".join(each.split()) for each in shown.texts)


def of_labels(text):
    """List the lines of the labels in DOT or Mermaid, but for small print."""
    labels = re.findall(r'(?:label|edgetooltip)="((?:\\.|[^"\\])*)"|[\[{(|>]"(.*?)"', text)
    lines = [line for label in labels for line in re.split(r"\\n|<br>", "".join(label))]
    return without_small_print(lines)


def without_small_print(texts):
    return [DECLARED.sub("", text) for text in texts if not SMALL.fullmatch(text)]


READ = {".html": of_page, ".svg": of_page, ".dot": of_labels, ".mmd": of_labels, ".md": str.splitlines}


@pytest.fixture
def named(monkeypatch, tmp_path):
    """Be where the knowledge base and its files are."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EXPERT_RULES", "named.yaml")
    monkeypatch.setenv("EXPERT_STATE", "state")
    files = {"named.yaml": NAMED, "newer.yaml": NEWER, "far.yaml": FAR, "near.yaml": NEAR, "table.csv": TABLE}
    for name, text in files.items():
        Path(name).write_text(text)


def names_in(texts):
    return [text for text in texts if NAME.search(text)]


@pytest.mark.parametrize("facts", ["far.yaml", "near.yaml"])
@pytest.mark.parametrize(
    "words",
    [
        "recommend {}",
        "recommend {} --rules newer.yaml",
        "recommend {} --goal qx_comfort",
        "explain {}",
        "explain {} --rules newer.yaml",
        "explain {} --why qv_bus --why qv_car --why qv_ship",
        "explain {} --why-not qv_ship",
        "explain {} --flips",
        "explain {} --robustness",
        "explain {} --what-if qx_size=qv_few --what-if qx_way=700",
        "compare {} --with newer.yaml",
    ],
)
def test_an_answer_is_told_in_words(run, named, words, facts):
    result = run(*words.format(facts).split())
    assert (result.status, result.err) == (0, "")
    assert names_in(TYPED.sub("", result.out).splitlines()) == []


@pytest.mark.parametrize(
    "words",
    [
        "explain far.yaml --why qx_hours=6.666666667",
        "explain near.yaml --why-not qx_comfort=qv_high",
        "compare --with newer.yaml",
        "recommend table.csv --row 0",
        "rules list",
        "rules show crowd-bus",
        "rules show rain-car",
        "rules show fares/2",
        "rules show qx_hours",
        "rules show qx_comfort",
        "rules show qx_luggage",
        "rules test",
        "rules table",
    ],
)
def test_a_knowledge_base_is_told_in_words(run, named, words):
    result = run(*words.split())
    assert result.status == (words == "rules test")
    assert names_in(TYPED.sub("", result.out).splitlines()) == []


def test_an_interview_asks_and_answers_in_words(run, named):
    result = run("ask", stdin=b"?\nmore\n2\n600\nexplain\n90\nyes\nreview\n1\nyes\nno\n")
    assert "is recommended" in result.out
    assert names_in((result.out + result.err).splitlines()) == []


@pytest.mark.parametrize("facts", ["far.yaml", "near.yaml"])
@pytest.mark.parametrize(
    ("words", "file"),
    [
        *(("graph {} --all --not-fired --out", f"graph.{kind}") for kind in ("svg", "html", "dot", "mmd")),
        ("page --facts {} --out", "page.html"),
        ("rules docs --out", "site/index.html"),
        *(("rules graph --out", f"rules.{kind}") for kind in ("svg", "html", "dot", "mmd")),
        *(("rules table --out", f"table.{kind}") for kind in ("html", "md")),
        ("recommend {} --report", "report.html"),
        ("recommend {} --adr", "adr.md"),
    ],
)
def test_files_for_people_are_written_in_words(run, named, words, file, facts):
    assert run(*words.format(facts).split(), file.partition("/")[0]).status == 0
    texts = READ[Path(file).suffix](Path(file).read_text())
    assert any("motor car" in text for text in texts)
    assert names_in(texts) == []


def test_a_changed_decision_is_told_in_words(run, named):
    assert run("recommend", "far.yaml", "--save", "decision.yaml").status == 0
    Path("named.yaml").write_text(NAMED.replace("certainty: 0.9,", "certainty: 0.5,"))
    result = run("recheck", "decision.yaml", "--adr", "new.md")
    assert "omnibus" in result.out
    assert names_in([*result.out.splitlines(), *Path("new.md").read_text().splitlines()]) == []


@pytest.mark.parametrize("facts", ["far.yaml", "near.yaml"])
@pytest.mark.parametrize(
    "shown",
    [
        lambda _, case: case,
        lambda base, _: base,
        lambda _, case: case.why("qv_car"),
        lambda _, case: case.why("qv_low", "qx_comfort"),
        lambda _, case: case.why_not("qv_ship"),
        lambda _, case: case.what_if(qx_size="qv_few" if case.facts else None, qx_way=700),
    ],
)
def test_notebooks_show_words(named, shown, facts):
    base = KnowledgeBase.load("named.yaml")
    texts = of_page(shown(base, base.consult(base.read_facts(facts)))._repr_html_())
    assert any(texts)
    assert names_in(texts) == []


@pytest.mark.parametrize(
    "words", ["facts list", "facts template", "recommend far.yaml --json", "rules table fares --format csv"]
)
def test_names_stand_where_one_types_them(run, named, words):
    """And are found: the tests above can fail."""
    assert names_in(run(*words.split()).out.splitlines())


@pytest.mark.parametrize(
    ("text", "read", "found"),
    [
        ("<p>qx_rain</p><p>is qx_rain so?</p>", of_page, ["is qx_rain so?"]),
        ("<p title='qx_rain too'><script>qx_rain</script></p>", of_page, ["qx_rain too"]),
        ('n0["a lot<br>qx_rain<br>since qx_rain"] -->|"qv_no"|', of_labels, ["since qx_rain"]),
        ('"qx_rain" [label="a lot\\nqx_rain\\nsince qx_rain"]', of_labels, ["since qx_rain"]),
    ],
)
def test_names_are_found_in_what_people_see_and_nowhere_else(text, read, found):
    assert names_in(read(text)) == found
