"""Texts from outside that would act on a terminal, through every command and into every option, on a terminal."""

import json
import os
import re
import shlex
import sys
from io import StringIO
from pathlib import Path

import pexpect
import pytest

from expert import KnowledgeBase
from expert.cli import cli

HOSTILE = "a\x1b]0;title\x07b\x1b[31mc\x9b2Jd\u202ee\u2066f\rg\x7fh\u200bi\u2028j\tk\x1b[1ml"
"""It sets the title, colours, clears the screen, turns the direction of reading, goes back to the start of the line."""

ON_LINES = f"first{HOSTILE}\nsecond"

ADMITTED = "a\u202ed\u2066e\rf\u200bg\u2028h\u0085i\nsecond"
"""What files may have in their texts: nothing that they would be refused for as no text at all."""

HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069]")
OWN = re.compile(r"\x1b\[(0|1|2|3[12])m")
"""The codes of our own looks."""

ADDRESS = r"(?:https://example\.org/[A-Za-z0-9%]+|file:///[A-Za-z0-9_%./-]+)"
LINK = re.compile(rf"\x1b]8;;{ADDRESS}\x1b\\([^\x1b]*)\x1b]8;;\x1b\\")
"""Our own links: to the address of a source, or to the file of a place, and at once closed after their text."""


def quoted(text):
    """Write a text as YAML and JSON take it, with nothing in it that they do not."""
    return json.dumps(text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Make files whose names and texts are hostile, as far as files can have them."""
    folder = tmp_path_factory.mktemp("hostile")
    text = quoted(ADMITTED)
    (folder / "base.yaml").write_text(f"""\
knowledge_base: hostile
title: {text}
version: {text}
goal: goal
sources: {{guide: {{title: {text}, by: {text}, note: {text}, url: {quoted("https://example.org/" + ADMITTED)}}}}}
attributes:
  goal: {{choices: {{one: {text}, {quoted(ADMITTED + "2")}: {text}, third: Third}}, about: {text}}}
  asked: {{question: {text}, help: {text}, choices: {{{text}: {text}, plain: {text}}}}}
  weight: {{question: {text}, number: {{unit: {text}}}}}
  made: {{about: {text}}}
rules:
  asked: {{if: {{asked: {text}}}, then: {{goal: {{one: 0.7, third: -0.3}}}}, because: {text}, source: [guide {text}]}}
  plain: {{if: {{asked: plain}}, then: {{goal: {quoted(ADMITTED + "2")}, made: yes}}, certainty: 0.6}}
  made: {{if: {{made: yes, weight: {{at_least: 2}}}}, then: {{goal: one}}, because: {text}}}
""")
    (folder / "other.yaml").write_text(f"""\
knowledge_base: other
title: {text}
version: {text}
review_by: 2001-01-01
extends: base
attributes: {{goal: {{choices: {{new: {{label: {text}, start: {{install: {text}, read: {text}}}}}}}}}}}
rules:
  other: {{if: {{asked: {text}}}, then: {{goal: new}}, because: {text}, source: [guide {text}]}}
retire: {{asked: {text}, made: {text}}}
""")
    (folder / "facts.yaml").write_text(f"asked: {{value: {text}, certainty: 0.9, note: {text}}}\n")
    (folder / f"facts{HOSTILE}.yaml").write_text((folder / "facts.yaml").read_text())
    (folder / "wrong.yaml").write_text(f"{text}: {text}\nweight: {text}\n")
    (folder / "no text.yaml").write_text(f"asked: {quoted(HOSTILE)}\n")
    (folder / "wrong.json").write_text(json.dumps({ON_LINES: HOSTILE, "asked": ON_LINES}))
    cells = f'asked,weight,"{ON_LINES}"\n"{ON_LINES}",2,3\n"plain","{HOSTILE}",3\nplain,2,3\n'
    (folder / "table.csv").write_bytes(cells.encode())
    keep_decisions(folder)
    return folder


def keep_decisions(folder):
    """Keep a decision by rules that have changed since, and one whose content is not what was written."""
    base = (folder / "base.yaml").read_text()
    (folder / "changed.yaml").write_text(base.replace("one: 0.7", "one: 0.6").replace("  asked: {if:", "  had: {if:"))
    knowledge_base = KnowledgeBase.load(folder / "changed.yaml")
    knowledge_base.consult({"asked": {"value": ADMITTED, "note": ADMITTED}}).save(folder / "kept.yaml")
    (folder / "changed.yaml").write_text(base)
    (folder / f"kept{HOSTILE}.yaml").write_text((folder / "kept.yaml").read_text())
    (folder / "broken.yaml").write_text((folder / "kept.yaml").read_text().replace("outcome:", f"{quoted(ADMITTED)}:"))


FACTS = f"facts{HOSTILE}.yaml"
COMMANDS = [
    ["recommend", "facts.yaml"],
    ["recommend", FACTS],
    ["recommend", FACTS, "--json"],
    ["recommend", "wrong.yaml"],
    ["recommend", "wrong.json"],
    ["recommend", "no text.yaml"],
    ["recommend", f"missing{ON_LINES}"],
    ["recommend", "table.csv", "--row", "0"],
    ["recommend", "table.csv", "--row", "1"],
    ["recommend", "table.csv", "--row", "2"],
    ["recommend", "table.csv", "--row", ON_LINES],
    ["recommend", "--set", ON_LINES],
    ["recommend", "--set", f"asked={ON_LINES}"],
    ["recommend", "--set", f"{ON_LINES}=yes"],
    ["recommend", "--set", f"weight={ON_LINES}"],
    ["recommend", "--set", f"asked={ADMITTED}"],
    ["recommend", "--rules", ON_LINES, "--set", "asked=plain"],
    ["recommend", f"--{ON_LINES}"],
    ["explain", FACTS],
    ["explain", FACTS, "--why", "one", "--why", f"goal={ADMITTED}2", "--why-not", "third"],
    ["explain", FACTS, "--why", ON_LINES],
    ["explain", FACTS, "--why", f"asked={ON_LINES}"],
    ["explain", FACTS, "--why-not", ON_LINES],
    ["explain", FACTS, "--why-not", f"{ON_LINES}=yes"],
    ["explain", FACTS, "--what-if", "asked=plain", "--what-if", "weight=3", "--flips", "--robustness"],
    ["explain", FACTS, "--what-if", ON_LINES],
    ["explain", FACTS, "--flips", "--fix", ON_LINES],
    ["explain", FACTS, "--json", "--why", "one", "--why-not", "third", "--what-if", "asked=plain"],
    *(["graph", FACTS, "--all", "--not-fired", "--out", "-", "--format", kind]
      for kind in ("svg", "html", "dot", "mmd", "graphml", "json")),
    ["graph", FACTS, "--of", ON_LINES, "--out", "-", "--format", "svg"],
    ["graph", FACTS, "--out", f"no{ON_LINES}/x.svg"],
    ["graph", FACTS, "--out", f"x.{ON_LINES}"],
    ["graph", FACTS, "--out", f"x.{ON_LINES}", "--format", "svg"],
    ["graph", FACTS, "--out", f"{HOSTILE}.svg"],
    ["graph", FACTS, "--format", ON_LINES],
    ["decide", "table.csv", "--out", "decided.csv"],
    ["decide", "table.csv", "--out", ON_LINES],
    ["decide", f"missing{ON_LINES}", "--out", "decided.csv"],
    ["recommend", FACTS, "--rules", "other.yaml"],
    ["explain", FACTS, "--rules", "other.yaml"],
    ["graph", FACTS, "--rules", "other.yaml", "--out", "-", "--format", "html"],
    ["rules", "show", "asked", "--rules", "other.yaml"],
    ["rules", "show", "asked", "--rules", "other.yaml", "--json"],
    ["compare", FACTS, "--with", "other.yaml"],
    ["compare", FACTS, "--with", "other.yaml", "--json"],
    ["compare", "--with", "other.yaml"],
    ["compare", "--with", "other.yaml", "--json"],
    ["compare", "--with", ON_LINES],
    ["compare", "--with", f"HEAD:{ON_LINES}"],
    ["compare", "--with", "other.yaml", "--set", f"asked={ON_LINES}"],
    ["recheck", f"kept{HOSTILE}.yaml"],
    ["recheck", "kept.yaml", "--json"],
    ["recheck", "kept.yaml", "--adr", f"{HOSTILE}.md", "--as-of", "2026-05-31"],
    ["recheck", "broken.yaml"],
    ["recheck", f"missing{ON_LINES}"],
    ["facts", "list"],
    ["facts", "list", "--json"],
    ["facts", "template"],
    ["page", "--out", f"{HOSTILE}.html"],
    ["page", "--out", f"no{ON_LINES}/x.html"],
    ["page", "--facts", f"missing{ON_LINES}", "--out", "x.html"],
    ["facts", "template", "--json"],
    ["facts", "schema"],
    ["facts", ON_LINES],
    ["rules", "list"],
    ["rules", "list", "--json"],
    ["rules", "show", "asked"],
    ["rules", "show", "asked", "--json"],
    ["rules", "show", ON_LINES],
    ["rules", "show", "goal"],
    ["rules", "table"],
    ["rules", "table", "--format", "md"],
    ["rules", "table", "goal", "--format", "csv"],
    ["rules", "table", ON_LINES],
    ["rules", "new", "made", "--title", ON_LINES, "--candidates", "a, b", "--question", "Is it?"],
    ["rules", "new", "made", "--title", "T", "--candidates", ON_LINES, "--question", "Is it?"],
    ["rules", "new", "made", "--table", "table.csv"],
    ["rules", "new", "made", "--table", f"missing{ON_LINES}.csv"],
    ["rules", "new", "made", "--table", f"missing{ON_LINES}"],
    ["rules", "new", "made", "--table", "table.csv", "--out", f"{ON_LINES}.yaml"],
    ["rules", "new", ON_LINES, "--table", "table.csv"],
    ["certainty"],
    ["certainty", ON_LINES],
    ["completion", "bash"],
    ["completion", ON_LINES],
    [ON_LINES],
    ["ask", "--facts", f"missing{ON_LINES}"],
    ["ask", "--set", ON_LINES],
    ["ask", "--out", f"no{ON_LINES}/x.yaml"],
    ["ask", "--resume"],
]  # fmt: skip


ANSWERED = [
    words for words in COMMANDS
    if words[:2] in (["recommend", "facts.yaml"], ["recommend", FACTS], ["facts", "list"], ["facts", "template"],
                     ["facts", "schema"], ["rules", "list"], ["certainty"], ["completion", "bash"])
    or (words[:2] in (["rules", "show"], ["rules", "table"]) and ON_LINES not in words)
    or (words[0] == "graph" and words[2] == "--all")
    or (words[-1] in (f"asked={ADMITTED}", f"{HOSTILE}.svg", f"{HOSTILE}.html", "2") and "--why" not in words)
    or (words[0] == "recheck" and words[1].startswith("kept"))
    or words == ["explain", FACTS] or "third" in words or "--robustness" in words
    or ("other.yaml" in words and "--set" not in words)
]  # fmt: skip
"""Those that are no error."""


def test_every_command_is_tried():
    assert {words[0] for words in COMMANDS} - {ON_LINES} == set(cli.lines)


@pytest.fixture
def start(folder, tmp_path):
    """Start the program on a terminal, whose own handling of what is written is off."""

    def start(words, **variables):
        environment = {
            **os.environ, "EXPERT_RULES": "base.yaml", "EXPERT_STATE": str(tmp_path), "TERM": "xterm", "PAGER": "cat",
            "PYTHONPATH": str(Path.cwd()), "PROMPT_TOOLKIT_NO_CPR": "1", **variables,
        }  # fmt: skip
        line = f"stty -onlcr -echo; exec {shlex.join([sys.executable, '-m', 'expert', *words])}"
        return pexpect.spawn(
            "bash", ["-c", line], cwd=folder, env=environment, encoding="utf-8", timeout=60, dimensions=(40, 100)
        )

    return start


def hidden(screen):
    """Find what acts on a terminal, with what stands around it, but for ends of lines, our own colours and links."""
    text = LINK.sub(r"\1", OWN.sub("", screen))
    return [text[max(found.start() - 30, 0) : found.end() + 10] for found in HIDDEN.finditer(text)]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words).encode("unicode_escape").decode()[:60])
def test_nothing_but_ends_of_lines_and_our_own_colours_and_links_reaches_the_terminal(start, words):
    child = start(words)
    screen = child.read()
    child.close()
    assert child.exitstatus == (0 if words in ANSWERED else 2), screen
    assert screen
    assert "Traceback" not in screen
    # A bar of progress has controls of its own.
    assert (
        hidden(re.sub(r"\r(\x1b\[\?25[lh])?|\x1b\[K|\x1b\[\?25h", "", screen) if words[0] == "decide" else screen) == []
    )
    # What a text has on several lines does not begin a line of its own. In markup and in CSV, lines mean nothing; a
    # comparison, and the page on certainty factors, have texts in paragraphs, which are broken anywhere.
    means_nothing = words[0] in ("graph", "compare", "certainty") or "csv" in words
    assert means_nothing or not [line for line in screen.splitlines() if line.startswith("second")]


def test_an_interview_on_lines_shows_texts_written_out(start):
    child = start(["ask"], TERM="dumb")
    child.logfile_read = StringIO()
    for line in ("?", "more", "nonsense\u202e\x9b2J", "explain", "1", "1", "stop"):
        child.expect("> ")
        child.sendline(line)
    child.expect(pexpect.EOF)
    said = child.logfile_read.getvalue()
    assert "is recommended" in said
    assert hidden(said) == []


def test_an_interview_with_arrow_keys_shows_texts_written_out(start):
    child = start(["ask"])
    child.logfile_read = StringIO()
    at_end = ((r"\? help", "\r"), ("What next", ""), (r"\? help", "\r"))
    for shown, keys in (("less sure", "?"), ("Which way", ""), ("less sure", "\r"), *at_end):
        child.expect(shown)
        child.send(keys)
    child.expect(pexpect.EOF)
    said = child.logfile_read.getvalue()
    assert "is recommended" in said
    # The prompt's own controls are those that move the cursor and erase what stands there.
    assert hidden(re.sub(r"\x1b\[[0-9;? ]*[A-HJKhlmq]|[\r\x08]", "", said)) == []


def test_a_saved_interview_about_other_rules_is_told_of_in_what_can_be_read(start, tmp_path):
    child = start(["ask"], TERM="dumb")
    child.expect("> ")
    child.sendline("2")
    child.expect("> ")
    child.close(force=True)
    (saved,) = tmp_path.glob("**/*.json")
    state = json.loads(saved.read_text())
    state["knowledge_base"] |= {"name": HOSTILE, "version": ON_LINES, "digest": "another"}
    saved.write_text(json.dumps(state))
    child = start(["ask", "--resume"], TERM="dumb")
    child.expect("other rules")
    child.expect("> ")
    said = child.before
    child.close(force=True)
    assert hidden(said) == []
