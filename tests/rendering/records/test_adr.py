"""ADRs have the form of MADR's own template, pass its own linter, and say in sentences what was decided."""

import re
import shutil
import subprocess
from datetime import date

import pytest

from expert import Decision, KnowledgeBase
from expert.rendering.records.adr import rechecked_adr
from tests import colours, nasty
from tests.needs import needs
from tests.strategies import model_of

EXAMPLES = (
    "detector.yaml",
    "prototype.yaml",
    "research.toml",
    "teaching.yaml",
    "tie.json",
    "undecided.yaml",
    "uncertain.yaml",
)
PLACEHOLDER = re.compile(r"\{.*\}")


def article(name):
    knowledge_base = KnowledgeBase.load()
    return decided(knowledge_base.consult(knowledge_base.read_facts(f"docs/examples/{name}")))


def decided(consultation):
    return Decision.of(consultation, as_of=date(2026, 5, 31), review=date(2027, 6, 1))


def adrs():
    """Write ADRs of all outcomes, of hard texts, and of rechecks."""
    texts = {name: article(name).adr() for name in EXAMPLES}
    texts |= {f"nasty-{index}": decided(nasty.consult(text)).adr() for index, text in enumerate(nasty.TEXTS)}
    texts |= {f"hard-{index}": decided(hard(text)).adr() for index, text in enumerate(HARD)}
    texts["nothing"] = decided(colours.consult({})).adr()
    texts["changed"] = rechecked_adr(article("detector.yaml").recheck(without_speed()), date(2027, 1, 1))
    texts["unchanged"] = rechecked_adr(article("detector.yaml").recheck(), date(2027, 1, 1))
    return texts


HARD = (
    "1. first", "- a dash", "# a heading", "> a quote", "_under_ score_d", "*stars* **bold**", "[link](javascript:x)",
    "<script>alert(1)</script>", "https://example.org/a_b*c, and more.", "ends with a colon:", "!", "&amp; `code`",
    "| a | b |", "***", "---", "+", "=", "\\", "![image](x)", "~~gone~~", "a  b   c", "Übung macht den Meister", "...",
)  # fmt: skip


def hard(text):
    """Decide by a knowledge base in which every text is this one."""
    data = {
        "knowledge_base": "hard",
        "title": text,
        "goal": "goal",
        "sources": {"guide": {"title": text, "by": text, "url": "https://example.org/(x)"}},
        "attributes": {
            "goal": {"about": text, "choices": {"one": text, "two": "Two"}},
            "asked": {"question": text, "choices": {"some": text, "none": "None"}},
            "step": {},
        },
        "rules": {
            "step": {"if": {"asked": "some"}, "then": {"step": "yes"}, "because": text},
            "one": {
                "if": {"step": "yes"},
                "then": {"goal": {"one": 0.6, "two": -0.3}},
                "because": text,
                "source": f"guide {text}",
            },
        },
    }
    return KnowledgeBase(model_of(data)).consult({"asked": {"value": "some", "note": text}})


def without_speed():
    model = KnowledgeBase.load().model
    from dataclasses import replace

    return KnowledgeBase(replace(model, rules=tuple(rule for rule in model.rules if "tensorflow" not in rule.name)))


@pytest.fixture(scope="module")
def madr(tmp_path_factory):
    """Install MADR's template and the linter that it names, from npm."""
    npm = needs("npm")
    folder = tmp_path_factory.mktemp("madr")
    words = [npm, "install", "--no-audit", "--no-fund", "--silent", "madr@4", "markdownlint-cli2@0.22"]
    if subprocess.run(words, cwd=folder, capture_output=True, check=False).returncode:
        pytest.skip("npm cannot install madr here")
    shutil.copy(folder / "node_modules" / "madr" / "template" / ".markdownlint.yml", folder)
    return folder


def headings(text):
    return re.findall(r"^(#+ .*)$", text, re.MULTILINE)


def test_every_heading_of_the_template_is_there_in_its_order(madr):
    template = (madr / "node_modules" / "madr" / "template" / "adr-template.md").read_text()
    wanted = [heading for heading in headings(template.split("---")[2]) if not PLACEHOLDER.search(heading)]
    assert len(wanted) == 8
    for name in ("detector.yaml", "tie.json", "undecided.yaml"):
        found = [heading for heading in headings(article(name).adr()) if heading in wanted]
        assert found == wanted
    keys = re.findall(r"^([\w-]+):", template.split("---")[1], re.MULTILINE)
    assert {"status", "date"} <= set(keys)


def test_the_linter_of_the_template_finds_nothing(madr):
    for name, text in adrs().items():
        (madr / f"{name}.md").write_text(text)
    words = [needs("node"), "node_modules/markdownlint-cli2/markdownlint-cli2-bin.mjs", "*.md"]
    done = subprocess.run(words, cwd=madr, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def section(text, name):
    return re.search(rf"^#+ {name}\n\n(.*?)(?=\n#|\Z)", text, re.MULTILINE | re.DOTALL)[1].rstrip()


def test_it_reads_as_a_team_would_write_it():
    text = article("detector.yaml").adr()
    assert text.startswith('---\nstatus: "accepted"\ndate: 2026-05-31\n---\n\n# Which deep learning framework')
    assert section(text, "Considered Options") == "* TensorFlow\n* PyTorch\n* Keras"
    assert section(text, "Decision Outcome").startswith(
        'Chosen option: "TensorFlow", because it comes out clearly ahead, with certainty 0.996 against 0.62 for PyTorch'
    )
    facts = section(text, "Context and Problem Statement")
    assert "* Must the project detect objects in pictures or video? Yes, with certainty 0.90 (unless the" in facts
    assert section(text, "Keras") == (
        "Its certainty is −0.38.\n\n"
        "* Bad, because Keras is slower than TensorFlow and PyTorch (article C10, speed), with evidence −0.38."
    )
    assert "The decision is to be reviewed on 2027-06-01." in section(text, "Confirmation")


@pytest.mark.parametrize(
    ("given", "status", "title", "outcome"),
    [
        ({"object_detection": "yes", "flexibility": "yes"}, "proposed", "A tie between TensorFlow and PyTorch",
         "No option was chosen, because TensorFlow and PyTorch are tied, with certainty 0.70 each."),
        ({}, "proposed", "Undecided", "No option was chosen, because the certainty of none exceeds 0.20."),
    ],
)  # fmt: skip
def test_what_is_open_is_proposed(given, status, title, outcome):
    text = decided(KnowledgeBase.load().consult(given)).adr()
    assert f'status: "{status}"' in text
    assert f"? {title}\n" in text
    assert section(text, "Decision Outcome") == outcome
    assert "the question stays open until more is known" in section(text, "Consequences")


def test_what_spoke_against_is_a_consequence():
    text = article("detector.yaml").adr()
    assert section(text, "Consequences").startswith("* Good, because nothing that is known speaks against it.")
    against = decided(colours.consult({"warm": "yes", "share": 1})).adr()
    assert "* Bad, because the rule open says so." in section(against, "Consequences")


def test_a_default_says_that_it_is_one():
    data = colours.COLOURS["attributes"]["colour"] | {"otherwise": "blue"}
    attributes = colours.COLOURS["attributes"] | {"colour": data}
    rules = {"round": {"if": {"shape": "round"}, "then": {"colour": "red"}}}
    text = decided(colours.consult({"warm": "yes"}, attributes=attributes, rules=rules)).adr()
    assert 'Chosen option: "Blue", because the certainty of no option exceeds 0.20, and it is the default then.' in text


@pytest.mark.parametrize("text", HARD)
def test_no_text_acts(text):
    from markdown_it import MarkdownIt

    tokens = MarkdownIt().parse(decided(hard(text)).adr())
    inner = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inner} <= {"text", "softbreak", "link_open", "link_close", "code_inline"}
    links = {str(token.attrs["href"]) for token in inner if token.type == "link_open"}
    assert all(link.startswith("https://example.org/") for link in links)
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_block", "blockquote_open", "ordered_list_open", "fence", "code_block", "table_open"}
    assert all(token.level < 4 for token in tokens)


def test_after_a_recheck_it_says_which_rules_made_the_difference():
    text = rechecked_adr(article("detector.yaml").recheck(without_speed()), date(2027, 1, 1))
    context = section(text, "Context and Problem Statement")
    assert "This record replaces that of 2026-05-31, which by article 1.0 came to another: TensorFlow." in context
    assert (
        '* The rule performance-tensorflow ("TensorFlow is the choice for high performance") is not there any more.'
        in context
    )
    assert "date: 2027-01-01" in text
