"""Every row of a dataframe decided: columns read and checked, the compiled rules run, the answers added."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, Literal, NamedTuple, TypeAlias

import narwhals as nw

from expert.inference.bounds import TIE
from expert.inference.certainty import DECIMALS
from expert.inference.columns import INTERNAL, Compiler, Crisp, Given, Graded, Program
from expert.knowledge.model import Attribute, Model, Number
from expert.knowledge.problems import InputError, Place, Problem, suggestion

OUTPUTS = ("recommendation", "outcome", "certainty", "runner_up", "margin")
ROWS = 100_000
"""How many rows of a frame in memory are decided at a time, so that intermediate columns stay small."""

EXAMPLES = 3
"""How many bad values of a column a message shows."""

Frame: TypeAlias = nw.DataFrame[Any] | nw.LazyFrame[Any]


class _Column(NamedTuple):
    """An attribute's column: how it is given, and where it holds a value that the attribute does not admit."""

    attribute: Attribute
    given: Given
    bad: nw.Expr


class Extras(NamedTuple):
    """What `Decider.decide` adds besides the answer."""

    certainties: bool = False
    derived: bool = False
    rules: bool = False


NOTHING_MORE = Extras()


class Decider:
    """Decides dataframes by the rules of a knowledge base; compiled once for each set of columns.

    Parameters
    ----------
    knowledge_base : Model
        Free of cycles.
    """

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._compiled: dict[tuple[tuple[str, nw.dtypes.DType], ...], tuple[list[_Column], Program]] = {}

    def decide(
        self, frame: Any, extras: Extras = NOTHING_MORE, prefix: str = "", invalid: Literal["raise", "mark"] = "raise"
    ) -> Any:
        """Decide every row of a frame.

        Parameters
        ----------
        frame : dataframe
            Any that Narwhals knows. A column named as an attribute is that attribute, null is unknown; a column
            ``NAME.certainty`` beside it is its certainty.
        extras : Extras
            What to add besides the answer.
        prefix : str
            What the names of the added columns start with.
        invalid : {"raise", "mark"}
            Whether a value that its attribute does not admit is an error, or gives a null recommendation and a
            reason in the column ``problem``.

        Returns
        -------
        dataframe
            Of the same kind: all columns of `frame`, then the added ones.

        Raises
        ------
        InputError
            If no column is an attribute, if added columns would clash with those of the frame, or if values are bad.
        """
        table: Frame = nw.from_native(frame)
        schema = dict(table.collect_schema())
        key = tuple((name, dtype) for name, dtype in schema.items() if self._is_ours(name))
        if key not in self._compiled:
            columns = self._read_columns(schema)
            program = Compiler(self._model, {column.attribute.name: column.given for column in columns}).compile()
            self._compiled[key] = columns, program
        columns, program = self._compiled[key]
        outputs = _outputs(self._model, program, extras)
        if invalid == "mark":
            outputs = _marked(outputs, columns)
        else:
            _refuse_bad_values(table, columns)
        names = [f"{prefix}{name}" for name in outputs[-1]]
        clashes = [name for name in names if name in schema]
        if clashes:
            raise InputError(
                [Problem(Place(f"column '{name}'"), "is in the frame already; give a prefix") for name in clashes]
            )
        stages = [*program.stages, *([expr.alias(name) for name, expr in stage.items()] for stage in outputs[:-1])]
        final = [
            *(nw.col(name) for name in schema),
            *(expr.alias(name) for name, expr in zip(names, outputs[-1].values(), strict=True)),
        ]
        return _run(table, stages, final).to_native()

    def _is_ours(self, name: str) -> bool:
        return name.removesuffix(".certainty") in self._model.attributes

    def _read_columns(self, schema: dict[str, Any]) -> list[_Column]:
        """Find the attributes among the columns, and how to read each by its type."""
        problems = []
        columns = []
        for name, dtype in schema.items():
            attribute = self._model.attributes.get(name)
            if name.endswith(".certainty") and self._is_ours(name) and name.removesuffix(".certainty") not in schema:
                problems.append(Problem(Place(f"column '{name}'"), "is a certainty without its attribute's column"))
            if attribute is None:
                continue
            if not self._model.is_askable(attribute):
                problems.append(Problem(Place(f"column '{name}'"), "is concluded by rules, so it cannot be given"))
            elif attribute.number and not (dtype.is_numeric() or dtype == nw.String):
                problems.append(Problem(Place(f"column '{name}'"), f"must hold numbers, not {dtype}"))
            else:
                columns.append(_read_column(attribute, dtype, schema.get(f"{name}.certainty")))
        if not columns and not problems:
            near = suggestion(next(iter(schema), ""), [a for a in self._model.attributes if self._is_ours(a)])
            problems.append(Problem(Place("columns"), f"none is named as an attribute{near}"))
        if problems:
            raise InputError(problems)
        return columns


def _read_column(attribute: Attribute, dtype: Any, certainty_dtype: Any) -> _Column:
    """Say how a column gives its attribute; the certainty's type is None where all facts are definite."""
    column = nw.col(attribute.name)
    if attribute.number:
        value, bad = _as_number(column, dtype)
        bad = bad | _out_of_bounds(attribute.number, value)
        given = Given(value, lambda wanted: value == wanted)
    elif dtype == nw.Boolean and attribute.yes_no:
        bad = nw.lit(False)
        given = Given(column, lambda wanted: column if wanted == "yes" else ~column)
    else:
        spellings: dict[str, tuple[str, ...]] = {value: (value,) for value in attribute.choices}
        text = column if dtype in (nw.String, nw.Categorical, nw.Enum) else column.cast(nw.String)
        if attribute.yes_no:
            text = text.cast(nw.String).str.to_lowercase()
            spellings = {"yes": ("yes", "true"), "no": ("no", "false")}
        bad = ~text.is_in([spelling for several in spellings.values() for spelling in several])
        given = Given(column, lambda wanted: reduce(or_, [text == spelling for spelling in spellings[str(wanted)]]))
    if certainty_dtype is not None:
        certainty, wrong = _as_number(nw.col(f"{attribute.name}.certainty"), certainty_dtype)
        bad = bad | (~certainty.is_null() & ~certainty.is_between(-1.0, 1.0)) | wrong
        given = given._replace(certainty=certainty.fill_null(1.0))
    return _Column(attribute, given, ~column.is_null() & bad.fill_null(False))


def _as_number(column: nw.Expr, dtype: Any) -> tuple[nw.Expr, nw.Expr]:
    """Give a column as numbers, and say where its text is none."""
    if dtype != nw.String:
        return column.cast(nw.Float64), nw.lit(False)
    is_number = column.str.contains(r"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$")
    number = nw.when(is_number).then(column.str.strip_chars()).cast(nw.Float64)
    return number, (~is_number).fill_null(False)


def _out_of_bounds(number: Number, value: nw.Expr) -> nw.Expr:
    """Say where a column holds no number that its attribute admits."""
    bad = ~value.is_finite()
    if number.at_least is not None:
        bad = bad | (value < number.at_least)
    if number.at_most is not None:
        bad = bad | (value > number.at_most)
    if number.integer:
        bad = bad | (value.floor() != value)
    return bad


def _outputs(knowledge_base: Model, program: Program, extras: Extras) -> list[dict[str, nw.Expr]]:
    """Write the ranking's expressions: two stages of intermediate columns, then the added ones by name."""
    values = [str(value) for value in knowledge_base.candidates]
    goal = knowledge_base.goal
    first = {f"{INTERNAL}c{i}": _number(program.certainties.get((goal, v))) for i, v in enumerate(values)}
    scores = [nw.col(name) for name in first]
    best = nw.col(f"{INTERNAL}best")
    second = {f"{INTERNAL}best": nw.max_horizontal(*scores)}
    winner = nw.col(f"{INTERNAL}winner")
    third = {f"{INTERNAL}winner": _first_equal(scores, best)}
    fourth = {f"{INTERNAL}o{i}": nw.when(winner == i).then(-2.0).otherwise(score) for i, score in enumerate(scores)}
    rest = [nw.col(name) for name in fourth]
    runner_up = nw.col(f"{INTERNAL}second")
    fifth = {f"{INTERNAL}second": nw.max_horizontal(*rest)}
    decided = best > knowledge_base.threshold
    tied = best - runner_up <= TIE
    otherwise = knowledge_base.attributes[goal].otherwise
    default = nw.lit(None if otherwise is None else str(otherwise), nw.String)
    only_one = len(values) == 1
    recommendation = (
        nw.when(decided & ~tied)
        .then(_chosen(values, winner))
        .otherwise(nw.when(decided).then(nw.lit(None, nw.String)).otherwise(default))
    )
    outcome = (
        nw.when(decided & ~tied)
        .then(nw.lit("recommended"))
        .otherwise(
            nw.when(decided).then(nw.lit("tie")).otherwise(nw.lit("undecided" if otherwise is None else "default"))
        )
    )
    added = {
        "recommendation": recommendation,
        "outcome": outcome,
        "certainty": best,
        "runner_up": nw.lit(None, nw.String) if only_one else _chosen(values, _first_equal(rest, runner_up)),
        "margin": best if only_one else (best - runner_up).round(DECIMALS),
    }
    if extras.certainties:
        added |= {f"certainty.{value}": score for value, score in zip(values, scores, strict=True)}
    if extras.derived:
        added |= {
            f"derived.{attribute}.{value}": _number(amount)
            for (attribute, value), amount in program.certainties.items()
            if attribute in knowledge_base.derived and attribute != goal
        }
    if extras.rules:
        held = program.holds
        names = [
            nw.lit(name) if isinstance(mask, bool) else nw.when(mask).then(nw.lit(name)) for name, mask in held.items()
        ]
        added["rules"] = nw.concat_str(*names, separator=" ", ignore_nulls=True) if names else nw.lit("")
    return [first, second, third, fourth, fifth, added]


def _number(amount: Crisp | Graded | None) -> nw.Expr:
    """Write a certainty factor as a number; 0 where there is never any evidence."""
    if amount is None:
        return nw.lit(0.0)
    if isinstance(amount, Graded):
        return amount.number
    if isinstance(amount.mask, bool):
        return nw.lit(float(amount.mask))
    return nw.when(amount.mask).then(1.0).otherwise(0.0)


def _first_equal(scores: Sequence[nw.Expr], best: nw.Expr) -> nw.Expr:
    """Give the position of the first score that equals the best."""
    position: nw.Expr = nw.lit(len(scores) - 1)
    for index in reversed(range(len(scores) - 1)):
        position = nw.when(scores[index] == best).then(nw.lit(index)).otherwise(position)
    return position


def _chosen(values: Sequence[str], position: nw.Expr) -> nw.Expr:
    """Give the value at a position."""
    chosen: nw.Expr = nw.lit(values[-1])
    for index in reversed(range(len(values) - 1)):
        chosen = nw.when(position == index).then(nw.lit(values[index])).otherwise(chosen)
    return chosen


def _marked(outputs: list[dict[str, nw.Expr]], columns: Sequence[_Column]) -> list[dict[str, nw.Expr]]:
    """Void the answer in rows with bad values, and say which columns are bad."""
    bad = reduce(or_, [column.bad for column in columns])
    added: dict[str, nw.Expr] = {name: nw.when(~bad).then(expression) for name, expression in outputs[-1].items()}
    names = [nw.when(column.bad).then(nw.lit(f"{column.attribute.name} is invalid")) for column in columns]
    added["problem"] = nw.when(bad).then(nw.concat_str(*names, separator="; ", ignore_nulls=True))
    return [*outputs[:-1], added]


def _run(table: Any, stages: Sequence[Sequence[nw.Expr]], final: Sequence[nw.Expr]) -> Any:
    """Add all stages to a frame; one in memory goes in slices."""
    if isinstance(table, nw.LazyFrame):
        return _add(table, stages, final)
    slices = range(0, max(len(table), 1), ROWS)
    done = [_add(table[start : start + ROWS], stages, final) for start in slices]
    return done[0] if len(done) == 1 else nw.concat(done)


def _add(table: Any, stages: Sequence[Sequence[nw.Expr]], final: Sequence[nw.Expr]) -> Any:
    for stage in stages:
        table = table.with_columns(*stage)
    return table.select(*final)


def _refuse_bad_values(table: Frame, columns: Sequence[_Column]) -> None:
    """Raise if a column holds values that its attribute does not admit."""
    counts = table.select(*(column.bad.sum().alias(column.attribute.name) for column in columns))
    counted = (counts.collect() if isinstance(counts, nw.LazyFrame) else counts).row(0)
    problems = []
    for column, count in zip(columns, counted, strict=True):
        if count:
            problems.append(_problem(table, column, count))
    if problems:
        raise InputError(problems)


def _problem(table: Frame, column: _Column, count: int) -> Problem:
    """Describe the bad values of a column: how many, the first of them, and what was expected."""
    attribute = column.attribute
    name = attribute.name
    shown = [name, f"{name}.certainty"] if column.given.certainty is not None else [name]
    bad: Any = table
    rows = isinstance(table, nw.DataFrame)
    if isinstance(table, nw.DataFrame):
        bad = table.with_row_index(f"{INTERNAL}row")
        shown = [f"{INTERNAL}row", *shown]
    found = bad.filter(column.bad).select(*shown).head(EXAMPLES)
    described = []
    for row in (found.collect() if isinstance(found, nw.LazyFrame) else found).iter_rows():
        place = f"row {row[0]}: " if rows else ""
        value = row[1] if rows else row[0]
        try:
            attribute.read(str(value))
            message = f"certainty must be in [-1, 1], not {row[-1]}"
        except ValueError as error:
            message = str(error)
        described.append(f"{place}{message}")
    rest = f"; and {count - len(described)} more" if count > len(described) else ""
    return Problem(Place(f"column '{name}'"), f"{count} bad value{'s' * (count > 1)}: {'; '.join(described)}{rest}")
