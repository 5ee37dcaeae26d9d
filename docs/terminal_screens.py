"""The screens of the terminal that are looked at: what is run, at which widths, and which keys are pressed."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from docs.terminal import Terminal, picture
from expert import KnowledgeBase

COLUMNS = (60, 80, 120)
LINES = 24

TALL = 2000
"""Lines of a terminal on which everything stays in sight."""

COMMANDS = ("", "ask", "recommend", "explain", "graph", "page", "compare", "recheck", "facts", "rules", "rules check")

FAULTS = {
    "no-file": ["recommend", "nowhere.yaml"],
    "no-attribute": ["recommend", "--set", "dataset_sise=large"],
    "no-value": ["recommend", "--set", "dataset_size=huge"],
    "no-candidate": ["explain", "--set", "dataset_size=small", "--why-not", "kerass"],
    "no-command": ["recomend"],
    "no-option": ["recommend", "--jsn"],
    "no-rule": ["rules", "show", "slow-kears"],
    "no-base": ["recommend", "--rules", "artcle", "--set", "dataset_size=small"],
    "bad-base": ["rules", "check", "{bad}"],
    "bad-facts": ["recommend", "{bad}"],
}
BAD = """\
knowledge_base: bad
goal: colour
attributes: {colour: {choices: [red]}}
rules: {one: {if: {warm: yes}, than: {colour: red}}}
"""
"""A file that is neither facts nor a knowledge base, written for `{bad}`."""

INTERVIEW = (
    ("question", ""),
    ("why", "?"),
    ("more", "more\r"),
    ("second-question", "q\x15\r"),
    ("unsure", "\x1b[D"),
    ("wrong", "\x15blah\r"),
    ("third-question", "\x15\x1b[B\r"),
    ("explain", "explain\r"),
    ("review", "q\x15review\r"),
    ("end", "\r\x15done\r"),
)
"""The name of each screen of an interview, and the keys that lead to it from the one before.

A `q` leaves the pager, if there is one; on a prompt, it is deleted.
"""


class Case(NamedTuple):
    """A facts file that the rules of a knowledge base decide."""

    name: str
    rules: str
    facts: str


class Written(NamedTuple):
    """A picture of a screen."""

    name: str
    svg: str


def screens(cases: Sequence[Case], wanted: str) -> Iterator[Written]:
    """Draw every screen whose name contains what is wanted, at each width."""
    with TemporaryDirectory() as folder:
        for name, words in (*_of_cases(cases, Path(folder)), *_of_bases(cases), *_of_all(Path(folder))):
            for columns in COLUMNS:
                if wanted in (full := f"terminal-{name}-{columns}"):
                    terminal = Terminal(words, columns=columns, lines=TALL, state=folder)
                    terminal.until_quiet(60)
                    terminal.close()
                    yield Written(full, picture(terminal.screen))
        for base, rules in _bases(cases).items():
            for columns in COLUMNS:
                if wanted in f"terminal-{base}-ask-{columns}":
                    yield from _interview(base, rules, columns, folder)


def _bases(cases: Sequence[Case]) -> dict[str, str]:
    return {Path(case.rules).stem: case.rules for case in cases}


def _by(rules: str) -> list[str]:
    return [] if rules == "article" else ["--rules", rules]


def _of_cases(cases: Sequence[Case], folder: Path) -> Iterator[tuple[str, list[str]]]:
    """List what can be asked about a case."""
    for name, rules, facts in cases:
        knowledge_base = KnowledgeBase.load(rules)
        consultation = knowledge_base.consult(knowledge_base.read_facts(facts))
        second = str(consultation.ranking[1].value)
        about = [facts, *_by(rules)]
        yield f"{name}-recommend", ["recommend", *about]
        yield f"{name}-explain", ["explain", *about, "--no-pager"]
        yield f"{name}-why-not", ["explain", *about, "--no-pager", "--why-not", second]
        yield f"{name}-flips", ["explain", *about, "--no-pager", "--flips"]
        yield f"{name}-robustness", ["explain", *about, "--no-pager", "--robustness"]
        record = folder / f"{name}.yaml"
        consultation.save(record)
        yield f"{name}-recheck", ["recheck", str(record)]
        if rules in ("article", "current"):
            other = {"article": "current", "current": "article"}[rules]
            yield f"{name}-compare", ["compare", *about, "--with", other]
            yield f"{name}-recheck-{other}", ["recheck", str(record), "--rules", other]


def _of_bases(cases: Sequence[Case]) -> Iterator[tuple[str, list[str]]]:
    """List what can be asked about a knowledge base."""
    for base, rules in _bases(cases).items():
        knowledge_base = KnowledgeBase.load(rules)
        for part in ("facts list", "rules list", "rules check", "rules test", "rules table"):
            yield f"{base}-{part.replace(' ', '-')}", [*part.split(), *_by(rules)]
        for name in (knowledge_base.rules[0].name, knowledge_base.askable[0].name):
            yield f"{base}-rules-show-{re.sub('[^a-z0-9]', '_', name)}", ["rules", "show", name, *_by(rules)]


def _of_all(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """List the help of commands, the page on certainty factors, and what goes wrong."""
    yield "certainty", ["certainty", "--no-pager"]
    for command in COMMANDS:
        yield f"help-{command.replace(' ', '-')}", [*command.split(), "--help"]
    bad = folder / "bad.yaml"
    bad.write_text(BAD)
    for name, words in FAULTS.items():
        yield f"fault-{name}", [word.format(bad=bad) for word in words]


def _interview(base: str, rules: str, columns: int, state: str) -> Iterator[Written]:
    terminal = Terminal(["ask", *_by(rules)], columns=columns, lines=LINES, state=state)
    for name, keys in INTERVIEW:
        terminal.press(keys)
        terminal.until_quiet(0.8)
        yield Written(f"terminal-{base}-ask-{name}-{columns}", picture(terminal.screen))
    terminal.close()
