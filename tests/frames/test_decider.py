import re

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from expert import InputError, KnowledgeBase
from expert.frames.column_names import ColumnNameWarning
from expert.frames.compiler import Compiler
from expert.frames.decider import KEPT, SLICE, Decider
from expert.knowledge.loading.knowledge_base_file import load_bytes
from tests.semantics.frame_libraries import AS_GIVEN, ByArrow, to_polars

ANSWERS = ["recommendation", "outcome", "certainty", "runner_up", "margin"]

PROJECTS = {
    "project": ["first", "second", "third", "fourth"],
    "dataset_size": ["small", "large", None, None],
    "training_examples": [None, None, 2_000_000, None],
    "flexibility": ["YES", "no", "true", "yes"],
    "flexibility.certainty": [0.3, None, 1.0, None],
    "object_detection": [None, True, False, True],
}
DECIDED = {
    "recommendation": ["keras", "tensorflow", "pytorch", None],
    "outcome": ["recommended", "recommended", "recommended", "tie"],
    "certainty": [0.82, 0.958384, 0.8041408, 0.7],
    "runner_up": ["pytorch", "pytorch", "tensorflow", "pytorch"],
    "margin": [0.61, 0.420784, 0.18280192, 0.0],
}

ON_SPARK = {"spark": 10**9, "spark in workers": -1}
"""The two ways of Spark, and up to how many rules its own expressions are taken in each."""


@pytest.fixture(scope="module")
def article():
    return KnowledgeBase.load()


def rows(columns):
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def close(found):
    """Compare numbers to 1e-12: other libraries round in other ways."""
    return [
        {key: pytest.approx(value, abs=1e-12) if isinstance(value, float) else value for key, value in row.items()}
        for row in found
    ]


@pytest.mark.parametrize(
    ("convert", "back", "kind"),
    [
        (lambda frame: frame, lambda frame: frame, pl.DataFrame),
        (lambda frame: frame.lazy(), lambda frame: frame.collect(), pl.LazyFrame),
        (lambda frame: frame.to_pandas(), pl.from_pandas, pd.DataFrame),
        (lambda frame: frame.to_arrow(), pl.from_arrow, pa.Table),
        (lambda frame: duckdb.from_arrow(frame.to_arrow()), lambda frame: frame.pl(), duckdb.DuckDBPyRelation),
    ],
    ids=["polars", "polars lazy", "pandas", "pyarrow", "duckdb"],
)
def test_any_frame_is_decided_and_comes_back_as_the_same_kind(article, convert, back, kind):
    frame = convert(pl.DataFrame(PROJECTS))
    decided = article.decide(frame)
    assert isinstance(decided, kind)
    found = back(decided)
    assert found.columns == [*PROJECTS, *ANSWERS]
    assert found.select(ANSWERS).to_dicts() == close(rows(DECIDED))
    assert found["project"].to_list() == PROJECTS["project"]


def test_columns_of_duckdb_may_have_any_names(article):
    frame = pl.DataFrame({"dataset_size": ["small"], 'the "a.b"': [1], "c`d": [2], "e.f.g": [3]})
    decided = article.decide(duckdb.from_arrow(frame.to_arrow()), certainties=True).pl()
    assert decided.columns[:4] == frame.columns
    assert decided["certainty.keras"].to_list() == [0.82]


def test_a_pandas_frame_keeps_its_index(article):
    frame = pd.DataFrame({"dataset_size": ["small", "large"]}, index=["b", "a"])
    decided = article.decide(frame)
    assert decided["recommendation"].to_dict() == {"b": "keras", "a": "tensorflow"}
    assert list(frame.columns) == ["dataset_size"]


def test_rows_beyond_one_slice_stay_in_order(article):
    sizes = ["small", "large", None] * 70_000
    decided = article.decide(pl.DataFrame({"dataset_size": sizes, "n": range(len(sizes))}))
    assert decided["n"].is_sorted()
    assert decided["recommendation"].to_list() == ["keras", "tensorflow", None] * 70_000


def test_a_frame_without_rows_is_decided(article):
    decided = article.decide(pl.DataFrame({"dataset_size": []}, schema={"dataset_size": pl.String}))
    assert (decided.height, decided.columns) == (0, ["dataset_size", *ANSWERS])


def decide_by_one_rule(goal, conclusion):
    """Decide where one rule holds, and where it does not."""
    attributes = f"attributes: {{g: {goal}, t: {{}}}}"
    rules = f"rules: {{r: {{if: {{t: yes}}, then: {{g: {conclusion}}}}}}}"
    text = f"knowledge_base: k\ngoal: g\n{attributes}\n{rules}\n"
    return KnowledgeBase(load_bytes(text.encode(), "k.yaml")).decide(pl.DataFrame({"t": [True, False]}))


def test_the_default_answer_is_marked():
    decided = decide_by_one_rule("{choices: [a], otherwise: a}", "a")
    assert decided.select(ANSWERS).rows() == [("a", "recommended", 1.0, None, 1.0), ("a", "default", 0.0, None, 0.0)]


def test_the_only_candidate_has_no_runner_up():
    decided = decide_by_one_rule("{choices: [a]}", "{a: 0.6}")
    assert decided.select(ANSWERS).rows() == [("a", "recommended", 0.6, None, 0.6), (None, "undecided", 0.0, None, 0.0)]


def test_certainties_derived_facts_and_rules_are_added_on_request(article):
    decided = article.decide(pl.DataFrame({"dataset_size": ["large"]}), certainties=True, derived=True, rules=True)
    assert decided.to_dicts()[0] == {
        "dataset_size": "large",
        "recommendation": "tensorflow",
        "outcome": "recommended",
        "certainty": 0.86128,
        "runner_up": "pytorch",
        "margin": 0.32368,
        "certainty.keras": -0.32,
        "certainty.tensorflow": 0.86128,
        "certainty.pytorch": 0.5376,
        "derived.dataset_size.small": 0.0,
        "derived.dataset_size.large": 1.0,
        "derived.fast_execution.yes": 0.8,
        "rules": "large-dataset-tensorflow large-data-needs-speed fast-tensorflow-and-pytorch slow-keras "
        "large-fast-tensorflow large-fast-pytorch",
    }


def test_a_clash_of_names_is_an_error_and_a_prefix_settles_it(article):
    frame = pl.DataFrame({"dataset_size": ["small"], "outcome": ["mine"]})
    with pytest.raises(InputError, match="column 'outcome': already exists; choose a prefix"):
        article.decide(frame)
    decided = article.decide(frame, prefix="expert_")
    assert decided.select("outcome", "expert_outcome").rows() == [("mine", "recommended")]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (
            {"dataset_size": ["small", "smal", "x", None, "y", "z"]},
            "column 'dataset_size': 4 invalid values: row 1: dataset_size has no value 'smal'; did you mean 'small'? "
            "(expected small or large); row 2: dataset_size has no value 'x'; expected small or large; "
            "row 4: dataset_size has no value 'y'; expected small or large; and 1 more",
        ),
        (
            {"training_examples": [1.5, -1, float("nan"), float("inf"), 7, None]},
            "column 'training_examples': 4 invalid values: row 0: training_examples must be a whole number of "
            "examples, at least 0, not '1.5'; row 1: ",
        ),
        ({"training_examples": ["12", "lots"]}, "column 'training_examples': 1 invalid value: row 1: "),
        ({"training_examples": [True]}, "column 'training_examples': must hold numbers, not Boolean"),
        ({"flexibility": ["maybe"]}, "flexibility must be yes or no, not 'maybe'"),
        ({"flexibility": [1]}, "flexibility must be yes or no, not '1'"),
        (
            {"flexibility": ["yes", "no"], "flexibility.certainty": [0.5, -1.5]},
            "column 'flexibility': 1 invalid value: row 1: certainty must be in [-1, 1], not -1.5",
        ),
        ({"fast_execution": ["yes"]}, "column 'fast_execution': is concluded by rules, so it cannot be given"),
        ({"framework": ["keras"]}, "column 'framework': is concluded by rules, so it cannot be given"),
        (
            {"dataset_size": ["small"], "flexibility.certainty": [1.0]},
            "column 'flexibility.certainty': is a certainty without its attribute's column",
        ),
        ({"datasetsize": ["small"]}, "columns: no column matches an attribute; did you mean 'dataset_size'?"),
    ],
)
@pytest.mark.parametrize("lazy", [False, True])
def test_bad_columns_are_refused_with_the_first_of_their_values(article, columns, message, lazy):
    frame = pl.DataFrame(columns, strict=False)
    if lazy:  # the first of them stops it
        message = re.sub(r"\d+ invalid values?: (row \d+: )?|row \d+: .*|; row \d+: .*", "", message)
    with pytest.raises(InputError) as error:
        article.decide(frame.lazy() if lazy else frame).lazy().collect()
    assert message in str(error.value)


def test_bad_values_can_be_marked_instead(article):
    frame = pl.DataFrame({"dataset_size": ["small", "smal", "x"], "flexibility": ["no", "no", "perhaps"]})
    decided = article.decide(frame, invalid="mark")
    assert decided["recommendation"].to_list() == ["keras", None, None]
    assert decided["outcome"].to_list() == ["recommended", None, None]
    assert decided["problem"].to_list() == [
        None,
        "dataset_size has no value 'smal'; expected small or large",
        "dataset_size has no value 'x'; expected small or large; flexibility must be yes or no, not 'perhaps'",
    ]


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum(["small", "large"]), pl.Enum(["small", "huge"])])
def test_texts_may_be_coded(article, dtype):
    frame = pl.DataFrame({"dataset_size": ["small", None]}, schema={"dataset_size": dtype})
    assert article.decide(frame)["recommendation"].to_list() == ["keras", None]


@pytest.mark.parametrize("categories", [["yes", "no"], ["no", "yes", "other"], [True, False]])
def test_ordered_categories_of_pandas(article, categories):
    values = pd.Categorical([categories[0], categories[1], None], categories=categories, ordered=True)
    decided = article.decide(pd.DataFrame({"debugging": values}), derived=True)
    expected = article.decide(pl.DataFrame({"debugging": [str(v) for v in categories[:2]] + [None]}), derived=True)
    assert list(decided.columns) == expected.columns
    assert decided["outcome"].tolist() == expected["outcome"].to_list()


def test_a_frame_that_arrow_can_read_comes_back_as_its_own_kind_or_as_a_table_of_arrow(article):
    frame = ByArrow(pa.table({"dataset_size": ["small", None], "x": [1, 2]}))
    decided = article.decide(frame)
    assert isinstance(decided, ByArrow)
    assert decided.table.column_names == ["dataset_size", "x", *ANSWERS]

    class Reader:
        __arrow_c_stream__ = frame.__arrow_c_stream__

    assert article.decide(Reader()) == decided.table
    with pytest.raises(InputError, match="is not a dataframe that can be decided: its type is ChunkedArray"):
        article.decide(pa.chunked_array([["small"]]))


@pytest.mark.parametrize(
    "library", [*AS_GIVEN, *(pytest.param(way, marks=pytest.mark.xdist_group("spark")) for way in ON_SPARK)]
)
def test_a_column_almost_named_as_an_attribute_is_warned_of_once_where_it_is_decided(
    article, library, request, monkeypatch
):
    frame = pl.DataFrame({"debugging": ["yes"], "Dataset Size": ["small"], "flexibilty.certainty": [1.0], "x": [1]})
    if library in ON_SPARK:
        monkeypatch.setattr("expert.frames.adapters.spark.NATIVE_RULES", ON_SPARK[library])
        given = request.getfixturevalue("spark").createDataFrame(frame.rows(), frame.columns)
    else:
        given = AS_GIVEN[library](frame)
    with pytest.warns(ColumnNameWarning) as warned:
        article.decide(given)
    ours = [each for each in warned if each.category is ColumnNameWarning]  # PySpark warns of pandas
    assert {each.filename for each in ours} == {__file__}
    assert [str(each.message) for each in ours] == [
        "column 'Dataset Size' matches no attribute and has no effect; did you mean 'dataset_size'?",
        "column 'flexibilty.certainty' matches no attribute and has no effect; did you mean 'flexibility'?",
    ]


@pytest.mark.parametrize("library", ["narwhals", "narwhals lazy"])
def test_what_narwhals_wraps_is_decided_as_its_own_kind_and_wrapped_again(article, library):
    given = AS_GIVEN[library](pl.DataFrame({"dataset_size": ["small", None]}))
    decided = article.decide(given)
    assert type(decided) is type(given)
    assert type(decided.to_native()) is type(given.to_native())
    assert decided.collect_schema().names() == ["dataset_size", *ANSWERS]


def test_names_of_intermediate_columns_are_refused(article):
    frame = pl.DataFrame({"dataset_size": ["small"], "__expert_answer": [1], "__expert_answer.recommendation": [1]})
    for table in (frame, frame.lazy(), pl.concat([frame] * SLICE)):
        with pytest.raises(InputError, match="column '__expert_answer': choose another name"):
            article.decide(table)


def test_a_frame_of_other_types_is_compiled_anew(article):
    assert article.decide(pl.DataFrame({"debugging": ["yes"]}))["recommendation"].to_list() == ["pytorch"]
    assert article.decide(pl.DataFrame({"debugging": [True]}))["recommendation"].to_list() == ["pytorch"]


def test_more_evidence_than_one_product_holds_is_weighed_the_same(tmp_path):
    rules = "\n".join(
        f"  r{n}: {{if: {{t{n % 7}: yes}}, then: {{g: {{a: {(n % 9 - 3) / 37 or 0.01}}}}}}}" for n in range(300)
    )
    attributes = ", ".join(f"t{n}: {{}}" for n in range(7))
    file = tmp_path / "k.yaml"
    file.write_text(
        f"knowledge_base: k\ngoal: g\nattributes: {{g: {{choices: [a, b]}}, {attributes}}}\nrules:\n{rules}\n"
    )
    knowledge_base = KnowledgeBase.load(file)
    row = {f"t{n}": n % 3 != 1 for n in range(7)}
    decided = knowledge_base.decide(pl.DataFrame([row]), certainties=True)
    assert decided["certainty.a"].to_list() == [knowledge_base.consult(row).ranking[0].certainty]


def test_rules_stay_compiled_for_the_last_sets_of_columns_alone(article, monkeypatch):
    decider = Decider(article.model)
    for number in range(3 * KEPT):
        decider.decide(
            pl.DataFrame({"dataset_size": ["small"]}, schema={"dataset_size": pl.Enum(["small", f"x{number}"])})
        )
    assert decider._compiled.cache_info().currsize == KEPT
    compiled = []
    compile_rules = Compiler.compile
    monkeypatch.setattr(Compiler, "compile", lambda compiler: compiled.append(compiler) or compile_rules(compiler))
    decider.decide(pl.DataFrame({"dataset_size": ["small"]}))
    assert len(compiled) == 1
    decider.decide(pl.DataFrame({"dataset_size": ["large"], "other": [1]}))
    assert len(compiled) == 1


@pytest.mark.parametrize("library", AS_GIVEN)
def test_a_stamp_names_the_rules_in_every_kind_of_frame(article, library):
    frame = AS_GIVEN[library](pl.DataFrame({"dataset_size": ["small", "large"]}))
    decided = to_polars(article.decide(frame, stamp=True, prefix="x."))
    stamp = {"x.knowledge_base": "article", "x.version": "1.0", "x.digest": article.digest, "x.goal": "framework"}
    assert decided.columns[-4:] == list(stamp)
    assert decided.select(pl.col(list(stamp)).cast(pl.String)).unique().to_dicts() == [stamp]
    assert decided["x.recommendation"].to_list() == ["keras", "tensorflow"]


def test_rows_with_invalid_values_are_stamped_too(article):
    frame = pl.DataFrame({"dataset_size": ["smal"] * 2})
    decided = article.decide(frame, stamp=True, invalid="mark")
    assert decided["outcome"].null_count() == 2
    assert decided["digest"].to_list() == [article.digest] * 2
    large = article.decide(
        pl.concat([frame, pl.DataFrame({"dataset_size": ["large"] * SLICE})]), stamp=True, invalid="mark"
    )
    assert large["version"].unique().to_list() == ["1.0"]
    assert article.decide(frame.clear(), stamp=True).height == 0


def test_columns_of_the_stamp_clash_as_others_do(article):
    frame = pl.DataFrame({"dataset_size": ["small"], "version": ["7"]})
    with pytest.raises(InputError, match="column 'version': already exists; choose a prefix"):
        article.decide(frame, stamp=True)
    assert "version" in article.decide(frame).columns
