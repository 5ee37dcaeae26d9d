"""Every reader of bytes from outside, and what is asked of it: a value, or one refusal that can be shown."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from warnings import catch_warnings

from expert import ColumnNameWarning, Decision, InputError, KnowledgeBase
from expert.cli.interview.typed import understand
from expert.frames import files as tables
from expert.knowledge.foreign_text import visible
from expert.knowledge.loading.facts_reading import facts_from_file, facts_from_row, with_settings
from expert.knowledge.loading.file_formats import decode
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.loading.tree import MappingNode
from expert.knowledge.loading.yaml_format import parse_yaml
from expert.knowledge.model import Attribute, Number
from expert.records.record_file import checksum

LONGEST = 8_000
"""How many characters all that is said about one input may have."""

MODEL = load_bytes(
    b"""
knowledge_base: read
goal: colour
attributes:
  colour: {choices: {red: Red, green: Green}}
  size: {question: How large?, choices: {small: up to ten, large: more, "1": one, "\xe2\x9c\x93": checked}}
  rows: {question: How many?, number: {unit: rows, at_least: 1, at_most: 1000000, integer: true}}
  share: {question: What share?, number: {at_most: 1}}
  fast: {question: Fast?, ask_if: {size: large}}
  calm: {about: given alone}
  warm: {about: concluded alone}
rules:
  small: {if: {size: small}, then: {colour: {red: 0.7}, warm: yes}}
  many: {if: {rows: {more_than: 1000}, fast: yes}, then: {colour: {green: 0.8}}}
  share: {if: {share: {less_than: 0.5}, calm: no}, then: {colour: {red: -0.4}}}
  warm: {if: {warm: yes}, then: {colour: {green: 0.3}}}
""",
    "read.yaml",
)
KNOWLEDGE_BASE = KnowledgeBase(MODEL)
ABOUT_NOTHING = Attribute("", choices={"yes": "Yes, resume", "no": "No"}, yes_no=True)
NUMBERS = [Number(), Number("rows", 1, 10**6, integer=True), Number("€", -0.5, 0.5)]

_folder = TemporaryDirectory()


def _file(data, ending):
    path = Path(_folder.name, f"f{ending}")
    path.write_bytes(data)
    return path


def _text(data):
    """Decode bytes as Python does the words of a command line."""
    return data.replace(b"\0", b"").decode(errors="surrogateescape")


def knowledge_base(data):
    load_bytes(data, "b.yaml")


def facts_yaml(data):
    facts_from_file(_file(data, ".yaml"), MODEL)


def facts_json(data):
    facts_from_file(_file(data, ".json"), MODEL)


def facts_toml(data):
    facts_from_file(_file(data, ".toml"), MODEL)


def settings(data):
    with_settings((), _text(data).split("\n"), MODEL)


def number(data):
    """Read a text by each kind of number: one that its bounds refuse may be another's."""
    for kind in NUMBERS:
        _answering(Attribute("n", question="How many?", number=kind).read, _text(data))


def typed(data):
    """Read an answer to the question that the first byte chooses."""
    questions = [ABOUT_NOTHING, *KNOWLEDGE_BASE.askable]
    attribute = questions[data[0] % len(questions) if data else 0]
    _answering(understand, _text(data[1:]), attribute)


def _answering(read, *arguments):
    """Take the ValueError that refuses an answer as the command line does."""
    try:
        read(*arguments)
    except ValueError as error:
        raise InputError.at("answer", str(error)) from None


def state(data):
    """Go on with a saved interview; the command line takes what is no JSON mapping for broken before it does."""
    try:
        saved = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(saved, dict):
        for adopt in (True, False):
            KNOWLEDGE_BASE.interview(state=saved, adopt=adopt).next_question()


def decision(data):
    """Read a record whose checksum fits, as most would be refused by it alone, and make the decision again."""
    tree, _ = parse_yaml(decode(data, "f.yaml"), "f.yaml")
    sum_ = f"\nchecksum: {checksum(tree)}\n" if isinstance(tree, MappingNode) else ""
    loaded = Decision.load(_file(data + sum_.encode(), ".yaml"))
    loaded.recheck(KNOWLEDGE_BASE).to_dict()
    loaded.adr()


def row_csv(data):
    _row(_file(data, ".csv"))


def row_ndjson(data):
    _row(_file(data, ".ndjson"))


def _row(path):
    facts_from_row(tables.row(path, 0), "row 0", MODEL)


def table_csv(data):
    _decide(_file(data, ".csv"))


def _decide(path):
    for invalid in ("raise", "mark"):
        with catch_warnings(action="ignore", category=ColumnNameWarning):
            tables.decide(MODEL, tables.scan([path]), path.with_name("out.ndjson"), invalid=invalid)


READERS = {
    read.__name__: read
    for read in (
        knowledge_base, facts_yaml, facts_json, facts_toml, settings, number, typed, state, row_csv, row_ndjson,
        table_csv, decision,
    )
}  # fmt: skip


def check(name, data):
    """Let a reader read bytes; raise what it raises but a refusal in words, and an AssertionError about bad words."""
    try:
        READERS[name](data)
    except InputError as error:
        said = str(error)
        assert len(said) <= LONGEST, f"a message of {len(said)} characters"
        for problem in error.problems:
            assert visible(problem) == str(problem), f"a message with control characters: {str(problem)!a}"
