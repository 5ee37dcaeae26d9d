"""Spark decides as Polars does, in both of its ways, and whatever happens to a worker."""

import datetime
import random
import re
import threading
import time
from decimal import Decimal
from functools import partial

import polars as pl
import pyarrow as pa
import pytest
from polars import selectors
from polars.testing import assert_frame_equal

from benchmarks.workload import knowledge_base as workload
from expert import InputError, KnowledgeBase
from expert.frames.adapters import spark as on_spark
from expert.frames.decider import decide_batch
from expert.frames.invalid_values import Invalid
from expert.frames.output_columns import Extras
from expert.knowledge.loading.knowledge_base_file import load_bytes
from tests.frames.test_input_columns import NO_NUMERALS, NUMERALS
from tests.semantics.test_columns_agreement import frame_of
from tests.strategies import make_case, make_knowledge_base, model_of, random_pick

pytestmark = pytest.mark.xdist_group("spark")  # one process, so that one cluster and one session are started

EVERYTHING = {"certainties": True, "derived": True, "rules": True, "stamp": True}


COLOURS = b"""\
knowledge_base: colours
goal: colour
attributes:
  colour: {choices: [red, green, blue], otherwise: blue}
  size: {question: How large?, choices: [small, large]}
  count: {question: How many?, number: {unit: pieces, at_least: 0, integer: true}}
  soft: {question: Is it soft?}
  warm: {question: Is it warm?}
  heavy: {}
rules:
  large: {if: {size: large}, then: {heavy: yes}, certainty: 0.8}
  many: {if: {count: {at_least: 10}}, then: {heavy: yes, colour: {green: 0.4}}, certainty: 0.6}
  heavy: {if: {heavy: yes}, then: {colour: {red: 0.7, blue: -0.5}}}
  small: {if: {size: {not: large}, soft: yes}, then: {colour: {blue: 0.5}}}
  hard: {if: {any: [{soft: no}, {warm: unknown}]}, then: {colour: {green: 0.5}}}
  warm: {if: {warm: yes}, then: {colour: {red: 0.3, green: -1}}}
"""


@pytest.fixture(scope="module")
def colours():
    return KnowledgeBase(load_bytes(COLOURS, "colours.yaml"))


@pytest.fixture(params=["native", "workers"])
def way(request, monkeypatch):
    """Take one way, whatever the number of rules."""
    monkeypatch.setattr(on_spark, "NATIVE_RULES", 10**9 if request.param == "native" else -1)
    return request.param


def things(count, seed=1):
    """Make up things to decide on, of many of which little is known."""
    pick = random.Random(seed)
    columns = {
        "id": [*range(count)],
        "size": pick.choices(["small", "large", None], k=count),
        "count": pick.choices([None, 0.0, 9.0, 3e6], k=count),
        "soft": pick.choices(["yes", "NO", "True", None], k=count),
        "soft.certainty": pick.choices([None, 1.0, 0.3, -0.7, 0.0], k=count),
        "warm": pick.choices([True, False, None], k=count),
        "warm.certainty": pick.choices(["0.9", " 5e-1 ", None], k=count),
        "some.thing `else`": pick.choices(["x", None], k=count),
    }
    return pl.DataFrame(columns)


def to_spark(spark, frame):
    return spark.createDataFrame(frame.to_arrow().cast(pa.schema(map(_arrow_field, frame.to_arrow().schema))))


def _arrow_field(field):
    return pa.field(field.name, pa.string()) if pa.types.is_large_string(field.type) else field


def to_polars(frame):
    return pl.DataFrame(frame.toArrow())


def assert_same(found, expected):
    """Compare all columns, certainties to 1e-12; the texts of an answer are coded in Polars alone."""
    assert_frame_equal(found, expected.cast({selectors.enum(): pl.String}), rel_tol=0, abs_tol=1e-12)


def test_both_ways_find_what_polars_finds(spark, way, colours):
    frame = things(2_000)
    expected = colours.decide(frame, **EVERYTHING)
    assert set(expected["outcome"]) == {"recommended", "tie", "default"}
    assert_same(to_polars(colours.decide(to_spark(spark, frame), **EVERYTHING)).sort("id"), expected)


def test_made_up_rules_are_kept_too(spark, way):
    pick = random_pick(7)
    drawn = make_knowledge_base(pick)
    model = model_of(drawn)
    rows = [make_case(pick, drawn) for _ in range(100)]
    frame = frame_of(model, rows).with_row_index("id").cast({"id": pl.Int64})
    decided = KnowledgeBase(model).decide(to_spark(spark, frame), **EVERYTHING)
    assert_same(to_polars(decided).sort("id"), KnowledgeBase(model).decide(frame, **EVERYTHING))


def test_other_columns_keep_their_types(spark, way, colours):
    from pyspark.sql import functions as f

    frame = spark.range(3).select(
        "id",
        f.lit("large").alias("size"),
        f.lit(Decimal("1.50")).alias("price"),
        f.lit(datetime.datetime(2026, 11, 22, 9, 30)).alias("seen"),
        f.array(f.lit(1), f.lit(None)).alias("list"),
        f.struct(f.lit(b"x").alias("bytes")).alias("struct"),
        f.lit("x").alias("a.b"),
    )
    decided = colours.decide(frame, prefix="expert.")
    assert decided.schema.fields[:-5] == frame.schema.fields
    names_and_types = [(field.name, field.dataType.simpleString()) for field in decided.schema.fields[-5:]]
    assert names_and_types == [
        ("expert.recommendation", "string"),
        ("expert.outcome", "string"),
        ("expert.certainty", "double"),
        ("expert.runner_up", "string"),
        ("expert.margin", "double"),
    ]
    rows = [row.asDict() for row in decided.collect()]
    assert [{name: row[name] for name in frame.columns} for row in rows] == [row.asDict() for row in frame.collect()]
    assert [row["expert.recommendation"] for row in rows] == ["red"] * 3


def test_bad_values_are_refused_or_marked_as_in_other_frames(spark, way, colours):
    frame = pl.DataFrame({"size": ["small", "smal", None], "soft": ["yes"] * 3, "count": [None, None, 1.5]})
    frame = frame.with_columns(pl.Series("soft.certainty", [0.5, 2.0, 2.0]))
    given = to_spark(spark, frame)
    with pytest.raises(InputError) as expected:
        colours.decide(frame)
    with pytest.raises(InputError) as found:
        colours.decide(given)
    assert str(found.value) == re.sub(r"row \d+: ", "", str(expected.value))
    assert len(found.value.problems) == 3
    marked = colours.decide(frame, invalid="mark")
    assert marked["problem"].null_count() == 1
    assert_same(to_polars(colours.decide(given, invalid="mark")), marked)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("size string, outcome int", "column 'outcome': already exists; choose a prefix"),
        ("sizes string", "columns: no column matches an attribute; did you mean 'size'?"),
        ("size string, `soft.certainty` double", "is a certainty without its attribute's column"),
        ("count boolean", "column 'count': must hold numbers, not Boolean"),
    ],
)
def test_bad_columns_are_refused(spark, way, colours, columns, message):
    with pytest.raises(InputError, match=message):
        colours.decide(spark.createDataFrame([], columns))


@pytest.mark.parametrize("invalid", ["raise", "mark"])
@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("size array<string>", "column 'size': must hold texts, not List"),
        ("size struct<a: int>", "column 'size': must hold texts, not Struct"),
        ("size map<string, int>", "column 'size': must hold texts, not "),
        ("size binary", "column 'size': must hold texts, not Binary"),
        ("size timestamp", "column 'size': must hold texts, not Datetime"),
        ("size interval day to second", "column 'size': must hold texts, not "),
        ("count date", "column 'count': must hold numbers, not Date"),
        ("soft string, `soft.certainty` boolean", "column 'soft.certainty': must hold numbers, not Boolean"),
        ("size string, x int, x int", "column 'x': duplicate name of a column"),
    ],
)
def test_types_and_names_are_checked_before_anything_runs(spark, way, colours, columns, message, invalid):
    with pytest.raises(InputError, match=message):
        colours.decide(spark.createDataFrame([], columns), invalid=invalid)


def test_numbers_and_words_for_no_answer_are_read_as_in_other_frames(spark, way, colours):
    counts = [*NUMERALS, *NO_NUMERALS, "unKNOWN", None]
    frame = pl.DataFrame({"count": counts, "id": [*range(len(counts))]})
    frame = frame.with_columns(size=pl.Series(["Unknown", "large", "small", None, "x"] * 9).head(len(counts)))
    found = colours.decide(to_spark(spark, frame), **EVERYTHING, invalid="mark")
    assert_same(to_polars(found).sort("id"), colours.decide(frame, **EVERYTHING, invalid="mark"))


def test_numbers_of_single_precision_and_columns_of_nothing(spark, way, colours):
    frame = pl.DataFrame({"soft": ["yes"] * 3, "soft.certainty": [0.74, 0.4, 0.1], "size": [None] * 3, "id": [0, 1, 2]})
    frame = frame.cast({"soft.certainty": pl.Float32, "id": pl.Int64})
    arrow = frame.cast({"size": pl.String}).to_arrow()
    given = spark.createDataFrame(arrow.cast(pa.schema(map(_arrow_field, arrow.schema)))).selectExpr(
        "soft", "`soft.certainty`", "null AS size", "id"
    )
    assert given.schema["soft.certainty"].dataType.simpleString() == "float"
    found = to_polars(colours.decide(given, certainties=True)).sort("id").drop("size")
    assert_same(found, colours.decide(frame, certainties=True).drop("size"))


def test_a_single_candidate_is_enough(spark, way):
    model = load_bytes(
        b"knowledge_base: k\ngoal: g\nattributes: {g: {choices: [a]}, t: {}}\nrules: {r: {if: {t: yes}, then: {g: a}}}",
        "k.yaml",
    )
    decided = KnowledgeBase(model).decide(spark.createDataFrame([(True,), (False,)], "t boolean"))
    assert [tuple(row)[1:] for row in decided.collect()] == [
        ("a", "recommended", 1.0, None, 1.0),
        (None, "undecided", 0.0, None, 0.0),
    ]


@pytest.mark.parametrize(("rules", "in_workers"), [(0, False), (1, True)])
def test_the_number_of_rules_decides_the_way(spark, rules, in_workers):
    model = load_bytes(workload(on_spark.NATIVE_RULES + rules).encode(), "workload.yaml")
    decided = KnowledgeBase(model).decide(spark.createDataFrame([("low",)], "asked0 string"), invalid="mark")
    assert ("MapInArrow" in decided._jdf.queryExecution().analyzed().toString()) == in_workers


def test_a_worker_decides_batches_as_they_come(monkeypatch, colours):
    monkeypatch.setenv("POLARS_MAX_THREADS", "1")
    monkeypatch.setattr(on_spark, "BATCH", 250)
    frame = things(1_000)
    batches = pa.table(frame).to_batches(max_chunksize=100)
    decide = partial(decide_batch, colours.model, colours.digest, Extras(rules=True), "x.", Invalid.MARK)
    ours = [name for name in frame.columns if name.removesuffix(".certainty") in colours.attributes]
    done = list(on_spark.decide_batches(decide, frame.columns, ours, iter(batches)))
    assert [len(batch) for batch in done] == [100] * 10
    expected = colours.decide(frame, rules=True, prefix="x.", invalid="mark")
    assert_same(pl.DataFrame(pa.Table.from_batches(done)), expected)
    assert list(on_spark.decide_batches(decide, frame.columns, ours, iter([]))) == []


def test_a_job_outlives_a_worker(cluster, spark):
    from pyspark.sql import functions as f

    model = load_bytes(workload(on_spark.NATIVE_RULES + 50).encode(), "workload.yaml")
    asked = [name for name in model.attributes if name.startswith("asked")]
    levels = f.array(*map(f.lit, ("low", "middle", "high", None)))
    cases = spark.range(0, 40_000, numPartitions=20).select(
        "id", *(f.element_at(levels, f.pmod(f.hash("id", f.lit(name)), f.lit(4)) + 1).alias(name) for name in asked)
    )

    def slowly(batches):
        for batch in batches:
            time.sleep(0.3)
            yield batch

    decided = KnowledgeBase(model).decide(cases.mapInArrow(slowly, cases.schema), invalid="mark")
    found = []
    job = threading.Thread(target=lambda: found.append(to_polars(decided)))
    job.start()
    stage = wait_for_tasks(spark, 4)
    cluster.kill_worker()
    job.join(120)
    assert found, "the job did not finish"
    assert spark.sparkContext.statusTracker().getStageInfo(stage).numFailedTasks > 0
    assert_same(found[0].sort("id"), KnowledgeBase(model).decide(to_polars(cases).sort("id"), invalid="mark"))


def wait_for_tasks(spark, count):
    """Wait until so many tasks of a stage are done, and give its number."""
    tracker = spark.sparkContext.statusTracker()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for stage in tracker.getActiveStageIds():
            if (info := tracker.getStageInfo(stage)) and info.numCompletedTasks >= count:
                assert info.numCompletedTasks < info.numTasks
                return stage
        time.sleep(0.02)
    raise TimeoutError
