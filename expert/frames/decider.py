"""Every row of a dataframe decided: columns read and checked, the compiled rules run, the answers added."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from expert.frames.adapters import Opened, check_names, column_place, opened
from expert.frames.compiler import INTERNAL, Compiler, Expr, Mask, Program, either
from expert.frames.input_columns import Column, base_name, check_columns, read_columns
from expert.frames.lookup import BadValuesError, Lookup, Plan
from expert.frames.output_columns import Extras, answer_stages
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Attribute, Model
from expert.knowledge.problems import InputError, Problem

SLICE = 50_000
"""How many rows in memory are decided at a time, so that intermediate columns stay small."""

KEPT = 16
"""For how many sets of columns rules stay compiled."""

EXAMPLES = 3
"""How many bad values of a column a message shows."""

NOTHING_MORE = Extras()


class _Compiled(NamedTuple):
    columns: list[Column]
    program: Program
    lookup: Lookup | None


class Decider:
    """Decides dataframes by the rules of a knowledge base; compiled once for each set of columns, the last of them."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._compiled = lru_cache(KEPT)(self._compile)

    def decide(
        self,
        frame: Any,
        extras: Extras = NOTHING_MORE,
        prefix: str = "",
        invalid: Literal["raise", "mark", "stop", "ignore"] = "raise",
    ) -> Any:
        """Decide every row of a frame."""
        given = opened(frame)
        check_names([f"{prefix}recommendation"])
        _refuse_names(
            (name for name in given.schema if name.startswith(INTERNAL)),
            f"must have another name: '{INTERNAL}…' is for columns on the way",
        )
        if not given.is_foreign:
            decided = self._decide(given, given.schema, given.schema, extras, prefix, invalid)
            return decided if given.table is frame else decided.to_native()
        import polars as pl

        from expert.frames.eager_frames import taken, with_answers

        check_columns(self._model, given.schema, given.library)
        table = taken(given.table, self._ours(given.schema))
        shared = Opened(pl, table, dict(table.schema))
        return with_answers(given.table, self._decide(shared, given.schema, (), extras, prefix, invalid))

    def _decide(
        self, given: Opened, names: Iterable[str], kept: Iterable[str], extras: Extras, prefix: str, invalid: str
    ) -> Any:
        """Decide a frame that has these names; of its columns, some are kept before the answers."""
        library, table, schema, _ = given
        compiled = self._compiled(library, tuple((self._ours(schema) or schema).items()))
        plan = self._plan(table, compiled, extras, library, invalid)
        added = plan.added
        if invalid == "mark":
            added = added | {"problem": _reason(plan.bad, compiled.columns, library)}
        clashing = {f"{prefix}{name}" for name in added}.intersection(names)
        _refuse_names(clashing, "is there already; give a prefix")
        if invalid == "raise" and plan.bad is not False:
            _refuse_bad_values(table, compiled.columns, library)
        final = [*map(library.col, kept), *(expr.alias(f"{prefix}{name}") for name, expr in added.items())]
        return _run(plan.table, plan.stages, final, library)

    def check(self, frame: Any) -> None:
        """Raise an `InputError` if values of a frame are bad, as `decide` does."""
        library, table, schema, _ = opened(frame)
        _refuse_bad_values(table, read_columns(self._model, schema, library), library)

    def _ours(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Choose the columns that are attributes, or certainties of such."""
        return {name: dtype for name, dtype in schema.items() if base_name(name) in self._model.attributes}

    def _compile(self, library: Any, types: tuple[tuple[str, Any], ...]) -> _Compiled:
        """Compile the rules for columns of these types."""
        schema = dict(types)
        columns = read_columns(self._model, schema, library)
        given = {column.attribute.name: column.given for column in columns}
        program = Compiler(self._model, given, library).compile()
        is_polars = library.__name__ == "polars"
        lookup = Lookup(self._model, columns, schema, self._decide_cases) if is_polars else None
        return _Compiled(columns, program, lookup)

    def _plan(self, table: Any, compiled: _Compiled, extras: Extras, library: Any, invalid: str) -> Plan:
        """Choose to look the answers up, where a large table has few cases, or to run the rules over all rows."""
        most = SLICE if _is_lazy(table) else len(table)
        if compiled.lookup and most >= SLICE:
            found = compiled.lookup.plan(table, most, extras, marks=invalid == "mark")
            if found:
                return found
        plan = self._by_rules(table, compiled, extras, library)
        if invalid == "mark":
            return plan._replace(added=_voided(plan.added, plan.bad, library))
        return plan._replace(added=_stopping(plan.added, plan.bad, library)) if invalid == "stop" else plan

    def _by_rules(self, table: Any, compiled: _Compiled, extras: Extras, library: Any) -> Plan:
        stages, added = answer_stages(self._model, compiled.program, extras, library)
        bad = either(column.bad for column in compiled.columns)
        return Plan(table, [*compiled.program.stages, *stages], added, bad)

    def _decide_cases(self, cases: Any, extras: Extras) -> Any:
        """Decide cases for `Lookup`."""
        library, table, schema, _ = opened(cases)
        plan = self._by_rules(table, self._compiled(library, tuple(schema.items())), extras, library)
        return _run(table, plan.stages, [expr.alias(name) for name, expr in plan.added.items()], library)


def _is_lazy(table: Any) -> bool:
    return hasattr(table, "collect")


def _refuse_names(names: Iterable[str], reason: str) -> None:
    """Raise if there are any such columns."""
    problems = [Problem(column_place(name), reason) for name in names]
    if problems:
        raise InputError(problems)


def _voided(added: dict[str, Expr], bad: Mask, library: Any) -> dict[str, Expr]:
    """Void the answer in rows with bad values."""
    if isinstance(bad, bool):
        return added
    return {name: library.when(~bad).then(expression).otherwise(None) for name, expression in added.items()}


def _reason(bad: Mask, columns: Sequence[Column], library: Any) -> Expr:
    """Write which columns have bad values."""
    nothing = library.lit(None, dtype=library.String)
    if isinstance(bad, bool):
        return nothing
    reasons = [
        library.when(column.bad).then(library.lit(f"{column.attribute.name} is invalid")).otherwise(nothing)
        for column in _checked(columns)
    ]
    problem = library.concat_str(*reasons, separator="; ", ignore_nulls=True)
    return library.when(bad).then(problem).otherwise(nothing)


def _stopping(added: dict[str, Expr], bad: Mask, library: Any) -> dict[str, Expr]:
    """Raise as soon as a batch of rows has a bad value."""
    if isinstance(bad, bool):
        return added

    def stop(batch: Any) -> Any:
        if batch.struct.field("bad").any():
            raise BadValuesError
        return batch.struct.field("certainty")

    both = library.struct(added["certainty"].alias("certainty"), bad.alias("bad"))
    return added | {"certainty": both.map_batches(stop, return_dtype=library.Float64, is_elementwise=True)}


def _run(table: Any, stages: Sequence[Sequence[Expr]], final: Sequence[Expr], library: Any) -> Any:
    """Add all stages to a frame, in slices where it is in memory, so that intermediate columns stay small."""
    if _is_lazy(table) or not stages:
        return _add(table, stages, final)
    if len(table) > SLICE and library.__name__ == "polars":
        return _add(table.lazy(), stages, final).collect(engine="streaming")
    slices = [table[start : start + SLICE] for start in range(0, max(len(table), 1), SLICE)]
    done = [_add(part, stages, final) for part in slices]
    return done[0] if len(done) == 1 else library.concat(done)


def _add(table: Any, stages: Sequence[Sequence[Expr]], final: Sequence[Expr]) -> Any:
    for stage in stages:
        table = table.with_columns(*stage)
    return table.select(*final)


def _checked(columns: Sequence[Column]) -> list[Column]:
    """Choose the columns whose types admit bad values."""
    return [column for column in columns if column.bad is not False]


def _refuse_bad_values(table: Any, columns: Sequence[Column], library: Any) -> None:
    """Raise if a column holds values that its attribute does not admit."""
    checked = _checked(columns)
    if not checked:
        return
    masks: list[tuple[str, Expr]] = [(column.attribute.name, column.bad) for column in checked]
    counts = table.select(*(bad.cast(library.Int64).sum().alias(name) for name, bad in masks))
    counted = (counts.collect() if _is_lazy(counts) else counts).row(0)
    bad = [(column, count) for column, count in zip(checked, counted, strict=True) if count]
    problems = [_problem(table, column, count, library) for column, count in bad]
    if problems:
        raise InputError(problems)


def _problem(table: Any, column: Column, count: int, library: Any) -> Problem:
    """Describe the bad values of a column: how many, the first of them, and what was expected."""
    name = column.attribute.name
    wanted = [column.shown.alias(name)]
    if column.given.certainty is not None:
        wanted.append(library.col(f"{name}.certainty"))
    if not _is_lazy(table):
        table = table.with_row_index(f"{INTERNAL}row")
        wanted.append(library.col(f"{INTERNAL}row"))
    found = table.filter(column.bad).select(*wanted).head(EXAMPLES)
    described = []
    for row in (found.collect() if _is_lazy(found) else found).rows(named=True):
        place = f"row {row[f'{INTERNAL}row']}: " if f"{INTERNAL}row" in row else ""
        described.append(f"{place}{_expected(column.attribute, row[name], row.get(f'{name}.certainty'))}")
    rest = f"; and {count - len(described)} more" if count > len(described) else ""
    return Problem(column_place(name), f"{count} bad value{'s' * (count > 1)}: {'; '.join(described)}{rest}")


def _expected(attribute: Attribute, value: Any, certainty: Any) -> str:
    """Say what was expected instead of a value, or of its certainty where the value is as it should be."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    try:
        attribute.read(text)
    except ValueError:
        try:
            attribute.read(shown(text))
        except ValueError as error:
            return str(error)
    if certainty is None:
        return f"{attribute.name} cannot be '{shown(text)}'"
    return f"certainty must be in [-1, 1], not {shown(certainty)}"
