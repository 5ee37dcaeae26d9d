"""A whole knowledge base, started from a decision table: its columns become questions, the last one the goal."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from expert.knowledge.attributes import NAME, RESERVED
from expert.knowledge.foreign_text import comparable, visible
from expert.knowledge.loading.facts_writing import yaml_scalar
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.file_formats import parse
from expert.knowledge.loading.knowledge_base_file import model_of
from expert.knowledge.loading.knowledge_base_schema import MODELINE
from expert.knowledge.loading.question_start import check_target
from expert.knowledge.loading.table_cells import NEGATION, is_number, limits, parts, says_nothing
from expert.knowledge.loading.table_content import ENDING, read_csv
from expert.knowledge.loading.table_grammar import OWN_COLUMNS
from expert.knowledge.loading.tree import MappingNode, ScalarNode, SequenceNode, describe
from expert.knowledge.problems import InputError

_ONE_LINE = 100
"""How many characters of choices stand on one line."""


class _Column(NamedTuple):
    """A column: its name, its header, and its cells that say something."""

    name: str
    header: ScalarNode
    cells: tuple[ScalarNode, ...]

    def values(self, is_goal: bool) -> dict[str, ScalarNode]:
        """List the values that the cells name, each where it is first met."""
        found: dict[str, ScalarNode] = {}
        for cell in self.cells:
            named = cell if is_goal else cell._replace(text=cell.text.removeprefix(NEGATION))
            for part in parts(None, named):
                if is_goal or part.text != "unknown":
                    found.setdefault(part.name, part)
        return found

    @property
    def wording(self) -> str:
        """Say what it is about: its header, as words."""
        text = " ".join(self.header.text.split())
        return re.sub("[_-]", " ", text) if text == self.name else text


def start_of_table(name: str, table: Path, out: Path) -> str:
    """Write a knowledge base around a CSV file, to be kept in the file `out`; whatever is wrong is found here."""
    check_target(name, out)
    if table.suffix.lower() != ENDING:
        raise InputError.at(str(table), f"is not a CSV file; expected a name that ends in {ENDING}")
    header, *rows = (row for row in read_csv(table, str(table)) if isinstance(row, SequenceNode))
    fields = Fields([])
    columns = list(_columns(header, rows, fields))
    about = [column for column in columns if column.name not in OWN_COLUMNS]
    if len(about) < 2:
        fields.problem(header, "expected at least two columns: the last is the answer, the others are asked about")
    declarations = [line for column in about for line in _declaration(column, column is about[-1], fields)]
    sources = list(_sources(columns, fields))
    if fields.problems:
        raise InputError(fields.problems)
    goal = about[-1]
    can_be_read = all(column.name == column.header.text for column in columns)
    is_beside = table.resolve().parent == out.resolve().parent
    lines = [
        MODELINE,
        f"# Made of {visible(table.name)}: each row of the table is a rule, which counts unless one above it does.",
        "# The title, the questions and the sources are made of the table's words: rewrite them in your own.",
        "",
        f"knowledge_base: {name}",
        f"title: {yaml_scalar(_question(goal, 'What is {}?'))}",
        f"goal: {goal.name}",
        *sources,
        "",
        "attributes:",
        *declarations,
        "",
        "tables:",
        f"  {name}:",
        f"    then: [{goal.name}]",
        "    hit: first             # a row counts unless one above it does; all: every row that holds counts",
        *([f"    file: {yaml_scalar(table.resolve().name)}"] if can_be_read and is_beside else _content(columns, rows)),
    ]
    text = "".join(f"{line}\n" for line in lines)
    _check(text, str(out), name, columns, rows)
    return text


def _columns(header: SequenceNode, rows: list[SequenceNode], fields: Fields) -> Iterator[_Column]:
    """Name the columns as attributes can be named."""
    seen = set()
    for index, cell in enumerate(header.items):
        assert isinstance(cell, ScalarNode)
        words = re.findall(NAME, comparable(cell.text.lower()))
        name = "_".join(words)
        if not words:
            fields.problem(cell, f"expected the name of a column, not {describe(cell)}")
        elif name in seen:
            fields.problem(cell, f"duplicate column {describe(cell)}")
        seen.add(name)
        below = (row.items[index] for row in rows if index < len(row.items))
        cells = tuple(each for each in below if isinstance(each, ScalarNode) and not says_nothing(each))
        yield _Column(f"{name}_" if name in RESERVED else name, cell, cells)


def _declaration(column: _Column, is_goal: bool, fields: Fields) -> Iterator[str]:
    """Declare an attribute: yes/no, a number or one with choices, whichever all its values are."""
    values = column.values(is_goal)
    yield f"  {column.name}:"
    is_yes_no = all(value.lower() in ("yes", "no", "true", "false") for value in values)
    if not is_goal:
        question = _question(column, "Is {} the case?" if is_yes_no else "What is {}?")
        yield f"    question: {yaml_scalar(question)}"
    if is_yes_no:
        return
    if not is_goal and all(is_number(value) or limits(value) for value in values):
        yield "    number: {}"
        return
    for value, part in values.items():
        if not value or value.lower() in RESERVED:
            fields.problem(part, f"{describe(part)} cannot be a value; where any value will do, write -")
    written = [yaml_scalar(value) for value in values]
    if sum(map(len, written)) <= _ONE_LINE:
        yield f"    choices: [{', '.join(written)}]"
    else:
        yield "    choices:"
        yield from (f"      - {value}" for value in written)


def _question(column: _Column, pattern: str) -> str:
    """Make a question of a header, unless it is one."""
    return column.wording if column.wording.endswith("?") else pattern.format(column.wording)


def _sources(columns: Iterable[_Column], fields: Fields) -> Iterator[str]:
    """Declare the sources that rows cite, each by the first word."""
    cited: dict[str, ScalarNode] = {}
    for column in columns:
        if column.name == "source":
            for part in (part for cell in column.cells for part in parts(None, cell)):
                cited.setdefault(part.name.partition(" ")[0], part)
    if cited:
        yield "sources:"
    for source, part in cited.items():
        if not NAME.fullmatch(source):
            fields.problem(part, f"expected a source's name, of letters, digits, '_' and '-', not {describe(part)}")
        yield f"  {source}: {{title: {yaml_scalar(source)}}}"


def _content(columns: Iterable[_Column], rows: Iterable[SequenceNode]) -> Iterator[str]:
    """Write the table into the knowledge base."""
    yield f"    columns: [{', '.join(column.name for column in columns)}]"
    yield "    rows:"
    for row in rows:
        yield f"      - [{', '.join(yaml_scalar(cell.text) for cell in row.items if isinstance(cell, ScalarNode))}]"


def _check(text: str, out: str, name: str, columns: Iterable[_Column], rows: Iterable[SequenceNode]) -> None:
    """Load what has been written, with the cells of the CSV file, so that what is wrong has its place there."""
    tree, problems = parse(text.encode(), out, {})
    tables = tree.get("tables") if isinstance(tree, MappingNode) else None
    table = tables.get(name) if isinstance(tables, MappingNode) else None
    assert isinstance(table, MappingNode)
    table.fields.pop("file", None)
    header = tuple(column.header._replace(text=column.name) for column in columns)
    table.fields["columns"] = SequenceNode(header, table.place)
    table.fields["rows"] = SequenceNode(tuple(rows), table.place)
    model_of(tree, problems)
