"""The rules of a knowledge base as decision tables: what each row tests, concludes, and cites."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from expert.explanation.shown_certainties import in_full
from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.loading.table_writing import cells_of, values_cell
from expert.knowledge.model import Model
from expert.knowledge.problems import InputError, suggestion
from expert.knowledge.rules import Rule, Value
from expert.rendering.cell_words import tests_words, values_words
from expert.rendering.text.rule_text import premise

MOST_COLUMNS = 6
"""How many attributes are shown as columns; the premises of tables that test more are shown as texts."""


class Row(NamedTuple):
    """A rule, or as much of it as it concludes with one certainty.

    `cells` are its tests and `value` what it concludes as a file has them; None where they cannot be written so.
    """

    rule: Rule
    values: tuple[Value, ...]
    value: str | None
    certainty: float
    cells: dict[str, str] | None


class DecisionTable(NamedTuple):
    """Rules that conclude an attribute; of a table of the file where the first row counts, those alone."""

    model: Model
    name: str
    attribute: str
    is_first: bool
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def heading(self) -> str:
        """Say what it is about."""
        about = f" (table {self.name}: a row counts unless one above it does)" if self.is_first else ""
        return f"{self._words(self.attribute)}{about}"

    def shown(self) -> Iterator[tuple[str, ...]]:
        """Write its header and its rows: tests in cells, or premises as texts; then value and certainty."""
        in_cells = len(self.columns) <= MOST_COLUMNS and all(row.cells is not None for row in self.rows)
        yield (*(map(self._words, self.columns) if in_cells else ["if"]), self._words(self.attribute), "certainty")
        for row in self.rows:
            cells = [self._cell(row, column) for column in self.columns]
            own = cells if in_cells else [premise(self.model, row.rule)]
            yield (*own, self._concluded(row), in_full(row.certainty, "+"))

    def sentence(self, row: Row) -> str:
        """Write a row as a text."""
        return f"{premise(self.model, row.rule)} → {self._concluded(row)} {in_full(row.certainty, '+')}"

    def _concluded(self, row: Row) -> str:
        return values_words(self.model.attributes[self.attribute], row.values)

    def _cell(self, row: Row, column: str) -> str:
        return tests_words(self.model.attributes[column], row.rule.premise) or "-"

    def _words(self, attribute: str) -> str:
        return self.model.attributes[attribute].words


def decision_tables(model: Model, name: str | None = None) -> list[DecisionTable]:
    """Group the rules by what they conclude, the goal first; or take those of one table or attribute."""
    derived = [model.goal, *(each for each in model.attributes if each in model.derived and each != model.goal)]
    tables = [table for attribute in derived for table in _tables(model, attribute)]
    if not tables:
        raise InputError.at(model.name, "no rule concludes anything, so there is no table")
    if name is None:
        return tables
    called = [table for table in tables if table.name == comparable(name)]
    found = called or [table for table in tables if table.attribute == comparable(name)]
    if not found:
        known = dict.fromkeys([*(table.attribute for table in tables), *(table.name for table in tables)])
        message = f"no rule concludes '{shown(name)}', nor is it a table where the first row counts"
        raise InputError.at(model.name, f"{message}{suggestion(name, known)}")
    return found


def _tables(model: Model, attribute: str) -> Iterator[DecisionTable]:
    """Group the rules that conclude an attribute: those of each table where the first row counts, and all others."""
    groups: dict[str, list[Rule]] = {}
    for rule in model.rules:
        if any(conclusion.attribute == attribute for conclusion in rule.conclusions):
            groups.setdefault(rule.table if rule.first else "", []).append(rule)
    for table, rules in groups.items():
        rows = tuple(row for rule in rules for row in _rows(model, attribute, rule))
        tested = {test.attribute for rule in rules for test in rule.tests()}
        columns = tuple(name for name in model.attributes if name in tested)
        yield DecisionTable(model, table or attribute, attribute, bool(table), columns, rows)


def _rows(model: Model, attribute: str, rule: Rule) -> Iterator[Row]:
    """Write a rule as rows, one for each certainty with which it concludes values of the attribute."""
    cells = cells_of(rule, model)
    can_be_read = cells is not None and attribute not in cells  # a column is either a test or a conclusion
    own = [conclusion for conclusion in rule.conclusions if conclusion.attribute == attribute]
    for certainty, group in groupby(own, key=lambda conclusion: conclusion.certainty):
        values = tuple(conclusion.value for conclusion in group)
        cell = values_cell(model.attributes[attribute], values)
        yield Row(rule, values, cell, certainty, cells if cell and can_be_read else None)
