"""The cases that a knowledge base can be asked about, as far as its rules tell them apart.

A case is a definite answer, or none, to each question that may be put then, and to whatever else can be given. Each
attribute is an axis; its values that have the same effect are one point of it.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from typing import NamedTuple

import polars as pl

from expert.knowledge.distinctions import groups_told_apart
from expert.knowledge.model import Model
from expert.knowledge.rules import Value

Codes = Mapping[str, pl.Series]
"""For each axis, the position of each case on it."""


class Axis(NamedTuple):
    """The points of an attribute: a value for each, then None for no answer.

    A value that has the effect of no answer is in `like_none`.
    """

    name: str
    values: tuple[Value | None, ...]
    like_none: Value | None

    @property
    def definite(self) -> range:
        """The points at which the attribute can have a value."""
        return range(len(self.values) - (self.like_none is None))


class CaseAxes:
    """The axes of some attributes, and the cases that they span, in the order of the file."""

    def __init__(self, knowledge_base: Model, names: Collection[str]):
        self.axes = [_axis(knowledge_base, name) for name in knowledge_base.attributes if name in names]
        self.size = prod(len(axis.values) for axis in self.axes)
        self.is_exact = knowledge_base.inputs.isdisjoint(names)

    def counted(self, start: int, rows: int) -> dict[str, pl.Series]:
        """Count through some of all cases; the last axis changes fastest."""
        index = pl.int_range(start, min(start + rows, self.size), eager=True)
        stride = self.size
        codes = {}
        for axis in self.axes:
            stride //= len(axis.values)
            codes[axis.name] = (index // stride % len(axis.values)).cast(pl.UInt16)
        return codes

    def few_facts(self, most: int) -> Iterator[dict[str, pl.Series]]:
        """List the cases without facts and with one, and those with two if they are not too many."""
        yield self.of([{}])
        points = [{axis.name: value} for axis in self.axes for value in axis.values if value is not None]
        yield self.of(points)
        pairs = ({**one, **other} for number, one in enumerate(points) for other in points[:number])
        two = [pair for pair in pairs if len(pair) > 1] if len(points) ** 2 <= 2 * most else []
        if two:
            yield self.of(two)

    def of(self, cases: Sequence[Mapping[str, Value]]) -> dict[str, pl.Series]:
        """Write cases that are made of facts."""
        codes = {}
        for axis in self.axes:
            position = {value: code for code, value in enumerate(axis.values)}
            codes[axis.name] = pl.Series([position[case.get(axis.name)] for case in cases], dtype=pl.UInt16)
        return codes

    def drawn(self, rows: int) -> dict[str, pl.Series]:
        """Draw cases, always the same."""
        return self._drawn(rows, {axis.name: range(len(axis.values)) for axis in self.axes})

    def drawn_definite(self, rows: int) -> dict[str, pl.Series]:
        """Draw cases in which everything has a value, always the same."""
        return self._drawn(rows, {axis.name: axis.definite for axis in self.axes})

    @cached_property
    def by_name(self) -> dict[str, Axis]:
        """The axes, by their attributes."""
        return {axis.name: axis for axis in self.axes}

    def _drawn(self, rows: int, points: Mapping[str, range]) -> dict[str, pl.Series]:
        return {
            name: pl.Series(random.Random(name).choices(among, k=rows), dtype=pl.UInt16)
            for name, among in points.items()
        }


def attributes_read(knowledge_base: Model) -> list[str]:
    """List what can be given and is read, by rules, conditions, formulas or the ranking."""
    read = {*knowledge_base.tests_by_attribute, *knowledge_base.inputs, knowledge_base.goal}
    return [name for name, a in knowledge_base.attributes.items() if name in read and knowledge_base.is_askable(a)]


def _axis(knowledge_base: Model, name: str) -> Axis:
    *groups, like_none = groups_told_apart(knowledge_base, knowledge_base.attributes[name])
    return Axis(name, (*(group[0] for group in groups), None), like_none[0])
