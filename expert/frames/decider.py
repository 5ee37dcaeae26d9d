"""Every row of a dataframe decided: columns read and checked, the compiled rules run, the answers added."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple
from warnings import warn

from expert.frames.adapters import Dialect, Frame, Workers, opened
from expert.frames.case_space import CaseSpace
from expert.frames.column_names import INTERNAL, ColumnNameWarning, base_name, check_names, near_names, refuse
from expert.frames.compiler import Compiler, Program
from expert.frames.input_columns import Column, check_columns, read_columns
from expert.frames.invalid_values import (
    ROW,
    Invalid,
    InvalidValuesError,
    doubtful,
    reason,
    refuse_invalid,
    stop_at_invalid,
    voided,
)
from expert.frames.lookup import Answers, Lookup, Plan
from expert.frames.masks import Expr, either
from expert.frames.output_columns import Extras, Ranking, stamp
from expert.frames.readings import FirstStages, first_stages
from expert.frames.stages import added_to
from expert.knowledge.model import Model

if TYPE_CHECKING:
    import polars as pl

SLICE = 50_000
"""How many rows in memory are decided at once; more go by as a stream, so that intermediate columns stay small."""

KEPT = 16
"""For how many sets of columns rules stay compiled."""

KEPT_IN_WORKERS = 8
"""How many deciders a worker keeps."""

NOTHING_MORE = Extras()


class _Compiled(NamedTuple):
    dialect: Dialect
    columns: list[Column]
    program: Program
    lookup: Lookup | None


class Decider:
    """Decides dataframes by the rules of a knowledge base; compiled once for each set of columns, the last of them."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._compiled = lru_cache(KEPT)(self._compile)
        self._near_names = lru_cache(KEPT)(self._find_near_names)

    def decide(
        self, frame: Any, extras: Extras = NOTHING_MORE, prefix: str = "", invalid: Invalid = Invalid.RAISE
    ) -> Any:
        """Decide every row of a frame."""
        given = opened(frame)
        attributes = self._model.attributes
        check_names([f"{prefix}recommendation"])
        reserved = [name for name in given.schema if name.startswith(INTERNAL)]
        refuse(reserved, f"choose another name: those that start with '{INTERNAL}' are reserved")
        check_columns(self._model, given.schema, given.dialect)
        for near in self._near_names(tuple(name for name in given.schema if base_name(name) not in attributes)):
            warn(near, ColumnNameWarning, stacklevel=3)
        if given.workers and len(self._model.all_rules) > given.workers.most_rules:
            return given.give_back(self._by_workers(given, given.workers, extras, prefix, invalid))
        if given.to_polars is None:
            return given.give_back(self.decide_checked(given, given.schema, given.schema, extras, prefix, invalid))
        columns = opened(given.to_polars(self._ours(given.schema)))
        return given.give_back(self.decide_checked(columns, given.schema, (), extras, prefix, invalid))

    def _find_near_names(self, names: tuple[str, ...]) -> list[str]:
        """Find what to warn of among the names of columns that are not attributes."""
        attributes = self._model.attributes.values()
        return near_names(names, [each.name for each in attributes if self._model.is_askable(each)])

    def check(self, frame: Any) -> None:
        """Raise an `InputError` if values of a frame are invalid; of one of Polars, with their rows."""
        given = opened(frame)
        self._check(given, read_columns(self._model, given.schema, given.dialect))

    def _check(self, given: Frame, columns: Sequence[Column]) -> None:
        table = given.table.with_row_index(ROW) if given.dialect.calls_python else given.table  # others have no order
        table = added_to(table, _reading(columns, given.dialect, stops=False).stages)
        refuse_invalid(table, columns, given.dialect)

    def _by_workers(self, given: Frame, workers: Workers, extras: Extras, prefix: str, invalid: Invalid) -> Any:
        """Decide a frame in the workers of its library; values are checked before, by the library's expressions."""
        checked = Invalid.CHECKED if invalid is Invalid.RAISE else invalid
        decide = partial(decide_batch, self._model, self._model.digest, extras, prefix, checked)
        decided = workers.map(decide, self._ours(given.schema))
        if invalid is Invalid.RAISE:
            self._check(given, read_columns(self._model, given.schema, given.dialect))
        return decided

    def decide_checked(
        self, given: Frame, names: Iterable[str], kept: Iterable[str], extras: Extras, prefix: str, invalid: Invalid
    ) -> Any:
        """Decide a frame that has these names, which have been checked; some columns are kept before the answers."""
        compiled = self._compiled(given.dialect, tuple(self._ours(given.schema).items()))
        if invalid is Invalid.RAISE and not given.dialect.calls_python:
            self._check(given, compiled.columns)
        with self._refusing(given, compiled.columns):
            plan = self._plan(given, compiled, extras, invalid)
            added = plan.added
            if invalid is Invalid.MARK:
                added = added | {"problem": reason(plan.invalid, compiled.columns, given.dialect)}
            if extras.stamp:
                added = added | stamp(self._model, given.dialect)
            clashing = {f"{prefix}{name}" for name in added}.intersection(names)
            refuse(clashing, "already exists; choose a prefix")
            final = [*map(given.dialect.col, kept), *(expr.alias(f"{prefix}{name}") for name, expr in added.items())]
            return _run(given, plan, final)

    @contextmanager
    def _refusing(self, given: Frame, columns: Sequence[Column]) -> Iterator[None]:
        """Where invalid values stop a frame that runs at once, refuse it with all of them instead of the first."""
        try:
            yield
        except InvalidValuesError:
            self._check(given, columns)
            raise

    def _ours(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Choose the columns that are attributes, or certainties of such."""
        return {name: dtype for name, dtype in schema.items() if base_name(name) in self._model.attributes}

    def _compile(self, dialect: Dialect, types: tuple[tuple[str, Any], ...]) -> _Compiled:
        """Compile the rules for columns of these types."""
        schema = dict(types)
        columns = read_columns(self._model, schema, dialect)
        given = {column.attribute.name: column.given for column in columns}
        program = Compiler(self._model, given, dialect).compile()
        lookup = Lookup(self._model, columns, self._answers) if dialect.calls_python else None
        return _Compiled(dialect, columns, program, lookup)

    def _plan(self, given: Frame, compiled: _Compiled, extras: Extras, invalid: Invalid) -> Plan:
        """Choose to look the answers up, where a large table has few cases, or to run the rules over all rows."""
        marks = invalid is Invalid.MARK
        reading = _reading(compiled.columns, given.dialect, stops=invalid is Invalid.RAISE)
        most = SLICE if given.is_lazy else len(given.table)
        if compiled.lookup and most >= SLICE:
            space = compiled.lookup.cases(given.table, most)
            if space:
                answers = compiled.lookup.answers(space, extras)
                return compiled.lookup.plan(given.table, reading, space, answers, marks)
        plan = self._by_rules(given.table, reading, compiled, extras)
        if marks:
            return plan._replace(added=voided(plan.added, plan.invalid, given.dialect))
        return plan._replace(added=plan.added | {"certainty": reading.before(plan.added["certainty"])})

    def _answers(self, space: CaseSpace, extras: Extras) -> Answers:
        """Decide all cases."""
        cases = opened(space.cases())
        compiled = self._compiled(cases.dialect, tuple(cases.schema.items()))
        reading = _reading(compiled.columns, cases.dialect, stops=False)
        plan = self._by_rules(cases.table, reading, compiled, extras)
        return Answers(_run(cases, plan, [expr.alias(name) for name, expr in plan.added.items()]))

    def _by_rules(self, table: Any, reading: FirstStages, compiled: _Compiled, extras: Extras) -> Plan:
        stages, added = Ranking(self._model, compiled.program, compiled.dialect).answer(extras)
        invalid = either(column.invalid for column in compiled.columns)
        return Plan(table, [*reading.stages, *compiled.program.stages, *stages], added, invalid)


def _reading(columns: Sequence[Column], dialect: Dialect, stops: bool) -> FirstStages:
    """Write the stages that read columns; where they are to stop at an invalid value, and the library can."""
    readings = [reading for column in columns for reading in column.readings]
    doubted = doubtful(columns)
    stop = partial(stop_at_invalid, doubted) if doubted and stops and dialect.calls_python else None
    return first_stages(readings, stop, [name for column in doubted for name in column.sources])


def _run(given: Frame, plan: Plan, final: Sequence[Expr]) -> Any:
    """Add all stages to a table, and take what is wanted; a large table in memory goes by as a stream."""
    if given.is_lazy or not plan.stages:
        return added_to(plan.table, plan.stages).select(*final)
    if len(plan.table) > SLICE:
        return added_to(plan.table.lazy(), plan.stages).select(*final).collect(engine="streaming")
    # Of pieces, each would be read by itself; and by Python within Python, as threads wait for one another.
    return added_to(plan.table.rechunk(), plan.stages).select(*final)


_deciders: dict[str, Decider] = {}
"""Those of this worker, by the digests of their knowledge bases."""


def decide_batch(
    knowledge_base: Model, digest: str, extras: Extras, prefix: str, invalid: Invalid, batch: "pl.DataFrame"
) -> "pl.DataFrame":
    """Decide a batch of rows in a worker."""
    # What is used goes to the end: the first has not been used for longest.
    _deciders[digest] = _deciders.pop(digest) if digest in _deciders else Decider(knowledge_base)
    if len(_deciders) > KEPT_IN_WORKERS:
        del _deciders[next(iter(_deciders))]
    given = opened(batch)
    decided: pl.DataFrame = _deciders[digest].decide_checked(
        given, batch.columns, batch.columns, extras, prefix, invalid
    )
    return decided
