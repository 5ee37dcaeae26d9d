"""Large tables, whose answers are looked up, get the same answers as small ones, where the rules run over all rows."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from expert import InputError, KnowledgeBase
from expert.frames import decider as deciding
from expert.frames.decider import Decider
from expert.frames.lookup import Lookup
from expert.knowledge.loading.knowledge_base_file import load_bytes
from tests.examples import examples
from tests.semantics.test_columns_agreement import ALL, draw_definite

EVERYTHING = {"certainties": True, "derived": True, "rules": True}
LARGE = 3_000


@pytest.fixture(scope="module", autouse=True)
def _tables_are_large_sooner():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deciding, "SLICE", LARGE)
        yield


@pytest.fixture(scope="module")
def article():
    return KnowledgeBase.load()


def enlarged(frame):
    """Repeat the rows of a frame until answers are looked up."""
    return pl.concat([frame] * -(-LARGE // len(frame)))


def knowledge_base_of(attributes, rules):
    lines = ["knowledge_base: k", "goal: g", "attributes:", "  g: {choices: [a, b]}", *attributes, "rules:", *rules]
    return KnowledgeBase(load_bytes("\n".join(lines).encode(), "k.yaml"))


def assert_same(knowledge_base, frame, **options):
    """Decide a frame, its repetition in memory, and that again as a stream."""
    expected = enlarged(knowledge_base.decide(frame, **options))
    large = enlarged(frame)
    assert_frame_equal(knowledge_base.decide(large, **options), expected, check_exact=True)
    assert_frame_equal(knowledge_base.decide(large.lazy(), **options).collect(), expected, check_exact=True)


def coded(model, frame):
    """Give choices, yes and no among them, a type of their own."""
    choices = {name: list(model.attributes[name].choices) for name in frame.columns}
    return frame.cast({name: pl.Enum(values) for name, values in choices.items() if values})


@ALL
@settings(max_examples=examples(30), deadline=None)
@given(st.data())
def test_any_rules(constructs, data):
    model, _, frame = draw_definite(data, constructs)
    if frame.width:
        assert_same(KnowledgeBase(model), frame, **EVERYTHING)
        assert_same(KnowledgeBase(model), coded(model, frame), **EVERYTHING)


@pytest.mark.parametrize(
    "columns",
    [
        {"dataset_size": ["small", "large", None]},
        {"training_examples": [None, 1, 9_999, 10_000, 10_001, 999_999, 1_000_000, 1_000_001]},
        {"training_examples": ["1", " 1e6 ", None, "2000000"], "debugging": ["Yes", "TRUE", "no", None]},
        {"flexibility": [True, False, None], "api_level": ["both", "low", None], "debugging": [True, True, True]},
        {"debugging": ["yes", "no", None], "popularity": ["no", "no", "yes"]},
    ],
)
def test_the_article(article, columns):
    frame = pl.DataFrame(columns).with_columns(project=pl.int_range(pl.len()))
    assert_same(article, frame, **EVERYTHING)
    assert_same(article, frame.drop_nulls())


@pytest.mark.parametrize(
    "dtype", [pl.String, pl.Categorical, pl.Enum(["no", "yes"]), pl.Enum(["yes", "no"]), pl.Enum(["No", "TRUE", "yes"])]
)
def test_texts_may_be_coded_in_any_way(article, dtype):
    spellings = [*getattr(dtype, "categories", ["yes", "no"]), None]
    frame = pl.DataFrame({"debugging": spellings}, schema={"debugging": dtype})
    assert_same(article, frame)
    assert_same(article, frame.drop_nulls())


def test_numbers_of_which_rules_ask_only_whether_they_are_known():
    knowledge_base = knowledge_base_of(
        ["  n: {question: How many?, number: {}}"], ["  r: {if: {n: unknown}, then: {g: a}}"]
    )
    assert_same(knowledge_base, pl.DataFrame({"n": [1.0, None, 3.0]}))
    assert_same(knowledge_base, pl.DataFrame({"n": [None, None]}, schema={"n": pl.Float64}))


@pytest.mark.parametrize("bound", [1e20, 1e308, -1.5e308, 2**53])
def test_huge_numbers(bound):
    knowledge_base = knowledge_base_of(
        ["  n: {question: How many?, number: {}}"],
        [
            f"  r: {{if: {{n: {{at_least: {bound}}}}}, then: {{g: a}}}}",
            "  s: {if: {n: {at_most: 1.7e308}}, then: {g: b}}",
        ],
    )
    assert_same(knowledge_base, pl.DataFrame({"n": [0.0, bound, bound * (1 - 1e-9), bound * (1 + 1e-9), 1.75e308]}))


def test_a_coded_type_without_a_value_that_rules_read():
    knowledge_base = knowledge_base_of(
        ["  y: {question: Is it?}", "  d: {}"],
        ["  r: {if: {y: yes}, then: {d: yes}}", "  s: {if: {d: yes}, then: {g: a}}"],
    )
    for dtype in (pl.Enum(["no"]), pl.Enum(["no", "yes"]), pl.String):
        assert_same(knowledge_base, pl.DataFrame({"y": ["no", None]}, schema={"y": dtype}), **EVERYTHING)


def test_columns_that_no_rule_reads_may_be_bad():
    knowledge_base = knowledge_base_of(
        ["  y: {question: Is it?}", "  z: {question: Or this?}"], ["  r: {if: {y: yes}, then: {g: a}}"]
    )
    frame = pl.DataFrame({"y": ["yes", "no", "yes"], "z": ["yes", None, "maybe"]})
    assert_same(knowledge_base, frame, invalid="mark")
    assert_same(knowledge_base, frame.select("z"), invalid="mark")


@pytest.mark.parametrize("bad", [{"z": ["yes", "maybe"]}, {"n": [1.0, -1.0]}, {"y.certainty": [1.0, 2.0]}], ids=str)
def test_columns_that_no_answer_depends_on_are_checked_all_the_same(bad):
    knowledge_base = knowledge_base_of(
        ["  y: {question: Is it?}", "  z: {question: Or this?}", "  n: {question: How many?, number: {at_least: 0}}"],
        ["  r: {if: {y: yes}, then: {g: a}}"],
    )
    coded = pl.Series("y", ["yes", "no"], dtype=pl.Enum(["yes", "no"]))
    for frame in (pl.DataFrame(bad).with_columns(coded), enlarged(pl.DataFrame(bad).with_columns(coded))):
        for table in (frame, frame.lazy()):
            with pytest.raises(InputError, match=r"'maybe'|not '-1\.0'|not 2\.0"):
                knowledge_base.decide(table).lazy().collect()


def test_a_table_in_many_pieces_is_read_without_one_piece_waiting_within_another(article):
    frame = pl.concat([pl.DataFrame({"debugging": ["Yes", "no", None]})] * 900)
    assert frame.n_chunks() == 900
    for table in (frame, enlarged(frame)):
        assert table.n_chunks() >= 900
        for decided in (article.decide(table), article.decide(table.lazy()).collect()):
            assert decided["recommendation"].to_list() == ["pytorch", None, None] * (len(table) // 3)


def test_some_choices_of_which_rules_read_one():
    choices = [f"c{number}" for number in range(20)]
    knowledge_base = knowledge_base_of(
        [f"  some: {{question: Which?, choices: [{', '.join(choices)}]}}"], ["  r: {if: {some: c7}, then: {g: a}}"]
    )
    frame = pl.DataFrame({"some": [*choices, None]})
    assert "python_udf" in knowledge_base.decide(frame.lazy()).explain()
    for options in ({}, {"invalid": "mark"}):
        assert_same(knowledge_base, frame, **options)
        assert_same(knowledge_base, frame.cast(pl.Enum(choices[::-1])), **options)
    assert_same(knowledge_base, pl.DataFrame({"some": ["c7", "c70", None]}), invalid="mark")


@pytest.mark.parametrize("named", [range(7, 8), range(0, 200, 2)], ids=["one", "many"])
def test_many_choices(named):
    choices = [f"c{number}" for number in range(200)]
    rules = [f"  r{n}: {{if: {{many: c{n}}}, then: {{g: {{{'ab'[n % 3 % 2]}: 0.5}}}}}}" for n in named]
    knowledge_base = knowledge_base_of([f"  many: {{question: Which?, choices: [{', '.join(choices)}]}}"], rules)
    frame = pl.DataFrame({"many": [*choices, None]})
    assert "expert_answer" in knowledge_base.decide(frame.lazy()).explain()
    for dtype in (pl.String, pl.Categorical, pl.Enum(choices), pl.Enum(choices[::-1])):
        assert_same(knowledge_base, frame.cast(dtype))
    assert_same(knowledge_base, pl.DataFrame({"many": ["c7", "c700", None]}), invalid="mark")


BAD = pl.DataFrame({"dataset_size": ["small", "huge", None], "training_examples": [5, 5, -5]})


def test_bad_values_are_marked(article):
    assert_same(article, BAD, invalid="mark")
    assert_same(article, pl.DataFrame({"training_examples": ["5", "x", None, "NaN", "-5"]}), invalid="mark")
    assert_same(article, pl.DataFrame({"training_examples": [5.0, float("nan"), None, -5.0]}), invalid="mark")


def test_bad_values_are_refused_with_their_count(article):
    with pytest.raises(
        InputError, match=r"column 'dataset_size': 1000 invalid values: row 1: .*'huge'.*; row 4: "
    ) as refused:
        article.decide(enlarged(BAD))
    assert "'training_examples': 1000 invalid values: row 2: " in str(refused.value)


@pytest.mark.parametrize("certainty", [{}, {"dataset_size.certainty": 0.5}], ids=["looked up", "by rules"])
def test_a_stream_stops_at_bad_values(article, certainty, tmp_path):
    decider = Decider(article.model)
    # Polars may run every row as a batch of its own, in any order: all that is invalid stands in one row.
    bad = {"dataset_size": ["small", "huge"], "training_examples": [5, -5]}
    frame = pl.LazyFrame(bad).with_columns(**certainty)
    decided = decider.decide(frame)
    for run in (
        decided.collect,
        lambda: decided.collect(engine="streaming"),
        lambda: decided.sink_parquet(tmp_path / "t.parquet"),
        lambda: decided.sink_csv(tmp_path / "t.csv"),
        lambda: decided.sink_ndjson(tmp_path / "t.ndjson"),
    ):
        with pytest.raises(InputError) as stopped:
            run()
        assert str(stopped.value) == "column 'dataset_size': dataset_size has no value 'huge'; expected small or large"
    good = frame.head(1)
    assert_frame_equal(decider.decide(good).collect(), decider.decide(good.collect()))


def test_answers_are_looked_up_where_cases_are_few(article, monkeypatch):
    found = []
    cases = Lookup.cases
    monkeypatch.setattr(Lookup, "cases", lambda *args: found.append(cases(*args)) or found[-1])

    def looks_up(columns, is_lazy):
        frame = enlarged(pl.DataFrame(columns))
        found.clear()
        article.decide(frame.lazy() if is_lazy else frame)
        return [space is not None for space in found] == [True]

    few = {"dataset_size": ["small"], "training_examples": [5], "flexibility": ["yes"]}
    for is_lazy in (True, False):
        assert looks_up(few, is_lazy)
        assert not looks_up(few | {"flexibility.certainty": [0.5]}, is_lazy)
        assert not looks_up({attribute.name: ["yes"] for attribute in article.askable if attribute.yes_no}, is_lazy)
    article.decide(pl.DataFrame(few))
    assert len(found) == 1


def test_certainties_in_columns_are_heeded(article):
    frame = pl.DataFrame({"dataset_size": ["small", "large", "large"], "dataset_size.certainty": [1.0, 0.5, None]})
    assert_same(article, frame)


def test_the_same_table_with_unknown_values_and_without(article):
    sizes = enlarged(pl.DataFrame({"dataset_size": ["small", "large", None]}))
    for frame in (sizes.drop_nulls(), sizes, sizes.drop_nulls()):
        decided = article.decide(enlarged(frame))
        assert decided["recommendation"].unique().sort().to_list() == sorted(
            {"keras", "tensorflow", None} if frame["dataset_size"].null_count() else {"keras", "tensorflow"}, key=str
        )
