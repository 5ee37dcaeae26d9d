"""Stamped tables decided again: how many rows today's rules decide otherwise, and by which rules."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from expert.frames.column_names import base_name
from expert.frames.decider import Decider
from expert.frames.files import reporting, scan
from expert.frames.invalid_values import Invalid, InvalidValuesError
from expert.frames.output_columns import STAMP, Extras
from expert.inference.ranking import TIE
from expert.knowledge.foreign_text import shown, visible
from expert.knowledge.model import Model
from expert.knowledge.problems import InputError
from expert.knowledge.variants import Goals

ANSWER = ("recommendation", "outcome", "certainty")

THEN, NOW = "then.", "now."
"""The prefixes of columns while they are compared; a name of an attribute has no dot."""


class Stamp(NamedTuple):
    """By which knowledge base rows of a table were decided, and what was asked for."""

    name: str
    version: str
    digest: str
    goal: str


class TableRecheck(NamedTuple):
    """Tables, decided again.

    Parameters
    ----------
    stamps : tuple of Stamp
        By which knowledge bases the rows were decided.
    today : Model
        By which they were decided again.
    rows, changed, moved : int
        How many rows there are, how many are decided otherwise, and how many others have another certainty.
    answers : mapping of tuple to int
        What the answers were, and what they are today, with how many rows; only those that differ.
    rules_known : bool
        Whether the tables say which rules held.
    lost, gained : mapping of str to int
        In how many changed rows each rule held and does not today, and the other way round; where the tables do not
        say which rules held, all that hold today.
    same : mapping of str to int
        The rules of changed rows in which the same rules held, so that these give other evidence today.
    """

    stamps: tuple[Stamp, ...]
    today: Model
    rows: int
    changed: int
    moved: int
    answers: dict[tuple[str, str], int]
    rules_known: bool
    lost: dict[str, int]
    gained: dict[str, int]
    same: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Write it as ``expert recheck TABLE --json`` does."""
        base = self.today
        return {
            "format": "expert.table-recheck/1",
            "then": [stamp._asdict() for stamp in self.stamps],
            "today": {"name": base.name, "version": base.version, "digest": base.digest},
            "rows": self.rows,
            "changed": self.changed,
            "certainty_changed": self.moved,
            "answers": [{"then": then, "today": now, "rows": rows} for (then, now), rows in self.answers.items()],
            "lost": self.lost if self.rules_known else None,
            "gained": self.gained,
            "same": self.same,
        }


class StampedTables:
    """Tables that ``expert decide --stamp`` wrote."""

    def __init__(self, paths: Sequence[str | Path]):
        self._paths = paths
        self._frame = scan(paths)
        self._names = self._frame.collect_schema().names()
        self._prefix = self._find_prefix()
        with reporting(paths):
            found = self._frame.select(self._column(name) for name in STAMP).unique(maintain_order=True).collect()
        self.stamps = tuple(Stamp(*map(str, row)) for row in found.iter_rows())

    def _find_prefix(self) -> str:
        """Find the prefix of the added columns: the one with which all are there."""
        for name in self._names:
            prefix = name.removesuffix("digest")
            if name.endswith("digest") and {f"{prefix}{each}" for each in (*ANSWER, *STAMP)} <= set(self._names):
                return prefix
        message = "does not say by which rules its rows were decided; `expert decide --stamp` writes tables that do"
        raise InputError.at(visible(self._paths[0]), message)

    def _column(self, name: str) -> pl.Expr:
        return pl.col(f"{self._prefix}{name}").alias(name)

    def _asked_as_then(self, model: Model) -> Model:
        """Ask a knowledge base for what was asked for then."""
        file = visible(self._paths[0])
        goals = {stamp.goal for stamp in self.stamps} or {model.goal}
        if len(goals) > 1:
            listed = ", ".join(map(shown, sorted(goals)))
            raise InputError.at(file, f"was decided for several goals: {listed}; recheck one at a time")
        try:
            return model.once(Goals).asking_for(*goals)
        except InputError as error:
            raise InputError.at(file, f"does not fit {model.name}: {error.problems[0].message}") from None

    def recheck(self, model: Model) -> TableRecheck:
        """Decide all rows again, asking for what was asked for then."""
        model = self._asked_as_then(model)
        has_rules, has_problems = (f"{self._prefix}{name}" in self._names for name in ("rules", "problem"))
        own = {f"{self._prefix}{name}" for name in (*ANSWER, *STAMP, "rules", "problem")}
        kept = [name for name in self._names if base_name(name) in model.attributes and name not in own]
        then = [pl.col(f"{self._prefix}{n}").alias(f"{THEN}{n}") for n in (*ANSWER, *(["rules"] if has_rules else []))]
        frame = self._frame.select(*map(pl.col, kept), *then)
        # A value that was marked then is marked again; any other that is not admitted is an error.
        invalid = Invalid.MARK if has_problems else Invalid.RAISE
        with reporting(self._paths):
            decider = model.once(Decider)
            decided = decider.decide(frame, Extras(rules=True), NOW, invalid)
            try:
                return self._counted(model, decided, has_rules)
            except InvalidValuesError:
                decider.check(frame)
                raise

    def _counted(self, model: Model, decided: pl.LazyFrame, has_rules: bool) -> TableRecheck:
        """Count the rows that differ, by what they were and are."""
        before, after = ([_text(f"{when}{name}") for name in ANSWER[:2]] for when in (THEN, NOW))
        differs = pl.any_horizontal(*(old.ne_missing(new) for old, new in zip(before, after, strict=True)))
        off = (pl.col(f"{THEN}certainty").cast(pl.Float64) - pl.col(f"{NOW}certainty")).abs() > TIE
        rules = {when: _text(f"{when}rules").fill_null("") for when in ((THEN, NOW) if has_rules else (NOW,))}
        groups = (
            decided.select(
                differs=differs,
                moved=off.fill_null(False),
                then=_answer(*before),
                now=_answer(*after),
                lost=rules[THEN] if has_rules else pl.lit(""),
                gained=rules[NOW],
            )
            .with_columns(pl.when("differs").then(pl.col("then", "now", "lost", "gained")))
            .group_by("differs", "moved", "then", "now", "lost", "gained")
            .len()
            .collect(engine="streaming")
        )
        answers = Counter[tuple[str, str]]()
        lost, gained, same = Counter[str](), Counter[str](), Counter[str]()
        rows = moved = 0
        for differing, is_moved, then, now, held, holds, count in groups.iter_rows():
            rows += count
            moved += count * (is_moved and not differing)
            if differing:
                was, is_ = set(held.split()), set(holds.split())
                answers[then, now] += count
                lost.update(dict.fromkeys(was - is_, count))
                gained.update(dict.fromkeys(is_ - was, count))
                same.update(dict.fromkeys(was if was == is_ else (), count))
        changed = sum(answers.values())
        counts = (dict(sorted(each.items(), key=lambda item: (-item[1], item[0]))) for each in (lost, gained, same))
        ordered = dict(sorted(answers.items(), key=lambda item: (-item[1], item[0])))
        return TableRecheck(self.stamps, model, rows, changed, moved, ordered, has_rules, *counts)


def _text(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String)


def _answer(recommendation: pl.Expr, outcome: pl.Expr) -> pl.Expr:
    """Name an answer: the recommendation, or else the outcome; neither where a value was marked as invalid."""
    return pl.coalesce(recommendation, outcome, pl.lit("invalid"))
