"""What cases show, looked at in columns: which rules fire, who leads, what is asked, and what contradicts itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, reduce
from operator import and_
from typing import NamedTuple

import polars as pl

from expert.frames.masks import Mask
from expert.knowledge.model import Attribute, Model
from expert.knowledge.numbers import without_fraction
from expert.knowledge.rules import Conclusion, Pair, Rule, Value
from expert.open_questions.answer_frames import KEY, AnswerFrames, expression, leaders, run
from expert.open_questions.gates import Gates
from expert.verification.case_axes import CaseAxes

ROW, RANK, COMPLETE, COUNT = ":row", ":rank", ":complete", ":count"
"""Columns for which case it is, how small, whether it has all that can be given, and how many are alike."""

MOST_ROWS = 2**40
"""More than there are cases; the rank of a case is its number of facts, times this, and its number."""


class Seen(NamedTuple):
    """How many cases show something, and the smallest of them: fewest facts, then the order of the file.

    `idle` has what else can be given then without any effect.
    """

    cases: int
    rank: int
    case: Mapping[str, Value]
    idle: Mapping[str, Value]

    def joined(self, other: "Seen") -> "Seen":
        """Add what other cases showed."""
        return min(self, other, key=lambda seen: seen.rank)._replace(cases=self.cases + other.cases)


class Survey:
    """Looks at cases of a knowledge base, some after others, and remembers what they show.

    `leading` has what was seen of each set of leaders, by its key and by whether all was given that can be.
    """

    def __init__(self, knowledge_base: Model, cases: CaseAxes):
        self._model, self._ruled_out = _with_pairs_ruled_out(knowledge_base)
        self._cases = cases
        gates = Gates(self._model)
        self._levels = {axis.name: _level(self._model, gates, axis.name) for axis in cases.axes}
        self._frames = AnswerFrames(self._model, gates, [axis.name for axis in cases.axes])
        self._program = self._frames.program({})
        self._constant = self._frames.constants({})
        self._asked = gates.questions
        self.names = [axis.name for axis in cases.axes]
        self.holds = self._program.holds
        self.looked_at = self.counted = 0
        self.fired: set[str] = set()
        self.opened: set[str] = set()
        self.leading: dict[tuple[str, bool], Seen] = {}
        self.contradictions: dict[Pair, Seen] = {}

    @property
    def contradictable(self) -> Iterable[Pair]:
        """The pairs that certain evidence speaks for, and other against."""
        return self._ruled_out

    @cached_property
    def rows(self) -> int:
        """How many cases are best looked at together."""
        return self._frames.most_rows(self._program, self._constant)

    def look_at_all(self) -> None:
        """Look at every case."""
        for frame in self.every():
            self._note(frame, counted=True)

    def every(self) -> Iterator[pl.DataFrame]:
        """Decide every case, in pieces."""
        for start in range(0, self._cases.size, self.rows):
            yield self.decided(self._cases.counted(start, self.rows), start)

    def drawn(self, rows: int) -> pl.DataFrame:
        """Decide some cases, always the same."""
        return self.decided(self._cases.drawn(min(rows, self.rows)), closing=True)

    def look_at_some(self, rows: int) -> None:
        """Look at the cases with the fewest facts, and at cases drawn, of which some have all that can be given."""
        start = 0
        few = [(codes, False, False) for codes in self._cases.few_facts(rows)]
        many = ((self._cases.drawn(rows), True, True), (self._cases.drawn_definite(rows), False, True))
        for codes, counted, closing in (*few, *many):
            height = len(next(iter(codes.values()), ()))
            for offset in range(0, height, self.rows):
                piece = {name: code.slice(offset, self.rows) for name, code in codes.items()}
                self._note(self.decided(piece, start + offset, closing=closing), counted)
            start += height

    def shrunk(self, seen: Seen, shows: pl.Expr) -> Seen:
        """Leave out facts of a case as long as it shows the same without them."""
        while True:
            smaller = _without_parts(seen.case)
            rows = self.decided(self._cases.of(smaller)).filter(shows)[ROW].to_list() if smaller else []
            if not rows:
                return seen
            seen = seen._replace(case=min((smaller[row] for row in rows), key=len))

    def _note(self, frame: pl.DataFrame, counted: bool) -> None:
        """Note what decided cases show, and count them for shares, or not."""
        self.looked_at += len(frame)
        self.counted += len(frame) * counted
        self._note_what_holds(frame)
        facts = pl.sum_horizontal(pl.lit(0), *(pl.col(name).is_not_null() for name in self.names))
        rank = (facts.cast(pl.Int64) * MOST_ROWS + pl.col(ROW)).alias(RANK)
        frame = frame.with_columns(rank, self._is_complete().alias(COMPLETE))
        self._note_leaders(frame, counted)
        for pair in self._ruled_out:
            self._note_contradiction(frame, pair, counted)

    def decided(self, codes: Mapping[str, pl.Series], start: int = 0, *, closing: bool = False) -> pl.DataFrame:
        """Decide cases; where some answers close the question of another, drop that answer, or else the case."""
        height = len(next(iter(codes.values()))) if codes else 1
        answers = {name: self._frames.column(name, self._cases.by_name[name].values).gather(code)
                   for name, code in codes.items()}  # fmt: skip
        constant = {name: one.new_from_index(0, height) for name, one in self._constant.items()}
        kept = self._frames.close(self._program, constant, answers, self._levels)
        fits = [answers[name].is_null() | kept[name].is_not_null() for name, level in self._levels.items() if level]
        number = pl.int_range(start, start + height, dtype=pl.Int64, eager=True).alias(ROW)
        rows = pl.DataFrame([number, *(column.alias(name) for name, column in kept.items())])
        rows = rows.filter(reduce(and_, fits)) if fits and not closing else rows
        frame = run(self._program, rows.to_dict())
        return frame.with_columns(leaders(self._model, self._program, frame))

    def _note_what_holds(self, frame: pl.DataFrame) -> None:
        """Note rules that fire, and questions that are open, for the first time."""
        holds = {name: mask for name, mask in self.holds.items() if name not in self.fired}
        is_open = {name: self._frames.is_open(self._program, name) for name in self._asked if name not in self.opened}
        self.fired.update(_found(frame, holds))
        self.opened.update(_found(frame, is_open))

    def _is_complete(self) -> pl.Expr:
        """Write whether all is given that can be."""
        lacking = [
            pl.col(axis.name).is_null() & self._can_be_given(axis.name)
            for axis in self._cases.axes
            if axis.like_none is None
        ]
        return ~pl.any_horizontal(pl.lit(False), *lacking)

    def _can_be_given(self, name: str) -> pl.Expr:
        """Write whether an attribute may be given: its question is open, or it has none."""
        return self._frames.is_open(self._program, name) if name in self._asked else pl.lit(True)

    def _note_leaders(self, frame: pl.DataFrame, counted: bool) -> None:
        """Note who leads, and the smallest case of each sort."""
        sorts = frame.group_by(KEY, COMPLETE).agg(pl.len().alias(COUNT), pl.col(RANK).min())
        for key, complete, count, rank in sorts.iter_rows():
            before = self.leading.get((key, complete))
            self.leading[key, complete] = self._seen(frame, count * counted, rank, before)

    def contradicts(self, pair: Pair) -> pl.Expr:
        """Write where a pair is ruled out for certain, but not at -1, since there is certain evidence for it."""
        certainties = self._program.certainties
        ruled_out = certainties.get((self._ruled_out[pair], "yes"))
        if ruled_out is None:
            return pl.lit(False)
        return pl.all_horizontal(ruled_out.number == 1.0, certainties[pair].number == 0.0)

    def _note_contradiction(self, frame: pl.DataFrame, pair: Pair, counted: bool) -> None:
        """Note where a pair is contradicted."""
        found = frame.filter(self.contradicts(pair))
        if not found.is_empty():
            rank, before = int(found[RANK].min()), self.contradictions.get(pair)  # type: ignore[arg-type]
            self.contradictions[pair] = self._seen(found, len(found) * counted, rank, before)

    def _seen(self, frame: pl.DataFrame, count: int, rank: int, before: Seen | None) -> Seen:
        """Add what cases show to what earlier ones did; the case is read only where it is the smallest so far."""
        if before and before.rank <= rank:
            return before._replace(cases=before.cases + count)
        row = frame.filter(pl.col(ROW) == rank % MOST_ROWS).head(1)
        return Seen(count + (before.cases if before else 0), rank, *self._facts(row))

    def _facts(self, row: pl.DataFrame) -> tuple[dict[str, Value], dict[str, Value]]:
        """Read the facts of a row, and what else can be given without any effect."""
        case: dict[str, Value] = {}
        idle: dict[str, Value] = {}
        for axis in self._cases.axes:
            value = row[axis.name][0]
            attribute = self._model.attributes[axis.name]
            if value is not None:
                case[axis.name] = without_fraction(value) if attribute.number else list(attribute.choices)[value]
            elif axis.like_none is not None and row.select(self._can_be_given(axis.name)).item():
                idle[axis.name] = axis.like_none
        return case, idle


def _without_parts(case: Mapping[str, Value]) -> list[dict[str, Value]]:
    """List what is left of a case without each half of its facts, each quarter and so on, down to single facts."""
    facts = list(case.items())
    left: list[dict[str, Value]] = []
    size = len(facts)
    while size > 1 or (size == 1 and not left):
        size = max(size // 2, 1)
        left += [dict(facts[:start] + facts[start + size :]) for start in range(0, len(facts), size)]
    return left


def _level(knowledge_base: Model, gates: Gates, name: str) -> int:
    """Number the questions that something settles: 1 where nothing but themselves does, else after those that do."""
    if gates.behind.get(name):
        return 1 + gates.levels[name] if name in gates.levels else 0
    return int(knowledge_base.attributes[name].ask_if is not None or name in knowledge_base.derived)


def _found(frame: pl.DataFrame, masks: Mapping[str, Mask]) -> list[str]:
    """Name the masks that hold in any row."""
    any_row = frame.select(expression(mask).any().alias(name) for name, mask in masks.items())
    return [name for name, holds in zip(any_row.columns, any_row.row(0), strict=True) if holds] if masks else []


def _with_pairs_ruled_out(knowledge_base: Model) -> tuple[Model, dict[Pair, str]]:
    """Add hidden attributes that tell where rules rule out certain pairs to degree 1.

    Only pairs that other rules, or a default, give certain evidence for get one.
    """
    certain: dict[Pair, set[float]] = {}
    for rule in knowledge_base.all_rules:
        for attribute, value, certainty in rule.conclusions:
            certain.setdefault((attribute, value), set()).add(certainty)
    pairs = [pair for pair, certainties in certain.items() if {1, -1} <= certainties]
    hidden = {pair: f"ruled out:{number}" for number, pair in enumerate(pairs)}
    attributes = {name: Attribute(name, choices={"yes": "yes"}) for name in hidden.values()}
    rules = tuple(_with_what_it_rules_out(rule, hidden) for rule in knowledge_base.rules)
    return replace(knowledge_base, attributes={**knowledge_base.attributes, **attributes}, rules=rules), hidden


def _with_what_it_rules_out(rule: Rule, hidden: Mapping[Pair, str]) -> Rule:
    more = tuple(
        Conclusion(hidden[attribute, value], "yes", 1.0)
        for attribute, value, certainty in rule.conclusions
        if (attribute, value) in hidden and certainty == -1
    )
    return replace(rule, conclusions=(*rule.conclusions, *more)) if more else rule
