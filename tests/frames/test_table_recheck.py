"""Stamped tables decided again by other rules."""

import polars as pl
import pytest

from expert import InputError, KnowledgeBase
from expert.api.stamped_tables import recheck_tables
from tests.strategies import model_of

BASE = {
    "knowledge_base": "paint",
    "goal": "colour",
    "attributes": {
        "colour": {"choices": ["red", "green"]},
        "warm": {"question": "Warm?"},
        "share": {"question": "Which share?", "number": {"at_least": 0}},
    },
    "rules": {
        "warm-red": {"if": {"warm": "yes"}, "then": {"colour": "red"}, "certainty": 0.6},
        "half-green": {"if": {"share": {"at_least": 0.5}}, "then": {"colour": "green"}, "certainty": 0.4},
    },
}
ROWS = pl.DataFrame({"id": [1, 2, 3, 4], "warm": ["yes", "yes", None, None], "share": [0.75, None, 1.0, None]})


def base(**rules):
    return KnowledgeBase(model_of(BASE | {"rules": BASE["rules"] | rules, "version": "2" if rules else "1"}))


@pytest.fixture
def decided(tmp_path):
    """Write a decided table of a kind."""

    def decided(name, frame=ROWS, **options):
        path = tmp_path / name
        made = base().decide(frame, stamp=True, **options)
        {".csv": made.write_csv, ".parquet": made.write_parquet, ".ndjson": made.write_ndjson}[path.suffix](path)
        return path

    return decided


@pytest.mark.parametrize("name", ["t.csv", "t.parquet", "t.ndjson"])
@pytest.mark.parametrize("prefix", ["", "x_", "a.b "])
def test_nothing_has_changed_under_the_same_rules(decided, name, prefix):
    found = recheck_tables([decided(name, prefix=prefix)], base())
    assert (found.rows, found.changed, found.moved, found.answers) == (4, 0, 0, {})
    assert found.stamps == (("paint", "1", base().digest, "colour"),)


@pytest.mark.parametrize("name", ["t.csv", "t.parquet", "t.ndjson"])
def test_rows_that_differ_are_counted_with_the_rules_that_made_the_difference(decided, name):
    today = base(**{"warm-red": BASE["rules"]["warm-red"] | {"if": {"warm": "no"}}, "green": {
        "if": {"share": {"more_than": 0.9}}, "then": {"colour": "green"}, "certainty": 0.1}})  # fmt: skip
    found = recheck_tables([decided(name, rules=True)], today)
    assert (found.rows, found.changed, found.moved) == (4, 2, 1)
    assert found.answers == {("red", "green"): 1, ("red", "undecided"): 1}
    assert (found.rules_known, found.lost, found.gained) == (True, {"warm-red": 2}, {})
    assert found.to_dict()["lost"] == {"warm-red": 2}


def test_rules_that_held_all_the_same_are_named_where_they_give_other_evidence(decided):
    today = base(**{"warm-red": BASE["rules"]["warm-red"] | {"certainty": 0.3}})
    found = recheck_tables([decided("t.csv", rules=True)], today)
    assert (found.changed, found.lost, found.gained) == (1, {}, {})
    assert found.same == {"half-green": 1, "warm-red": 1}


def test_without_their_names_the_rules_of_today_are_told(decided):
    found = recheck_tables([decided("t.csv")], base(**{"warm-red": BASE["rules"]["warm-red"] | {"certainty": 0.3}}))
    assert (found.changed, found.answers) == (1, {("red", "green"): 1})
    assert (found.rules_known, found.lost, found.gained) == (False, {}, {"half-green": 1, "warm-red": 1})
    assert found.to_dict()["lost"] is None


def test_what_was_asked_for_is_asked_again(tmp_path):
    article, frame = KnowledgeBase.load(), pl.DataFrame({"dataset_size": ["large", "small"]})
    for goal in ("fast_execution", "framework"):
        article.decide(frame, stamp=True, goal=goal).write_csv(tmp_path / f"{goal}.csv")
        assert recheck_tables([tmp_path / f"{goal}.csv"]).changed == 0
    with pytest.raises(InputError, match="was decided for several goals: fast_execution, framework; recheck one"):
        recheck_tables([tmp_path / "fast_execution.csv", tmp_path / "framework.csv"])
    with pytest.raises(InputError, match=r"framework.csv: does not fit paint: there is no attribute 'framework'"):
        recheck_tables([tmp_path / "framework.csv"], base())


def test_a_table_without_rows_does_not_say_by_which_rules(decided):
    with pytest.raises(InputError, match="has no rows, so nothing to decide again"):
        recheck_tables([decided("t.parquet", ROWS.clear())])


def test_several_tables_are_one(decided):
    found = recheck_tables([decided("a.csv"), decided("b.csv")], base())
    assert (found.rows, len(found.stamps)) == (8, 1)


def test_a_table_without_rows_has_nothing_to_recheck(decided):
    found = recheck_tables([decided("t.parquet", ROWS.clear())], base())
    assert (found.rows, found.stamps) == (0, ())


def test_values_that_were_marked_may_be_marked_again(decided):
    frame = ROWS.with_columns(pl.lit("perhaps").alias("warm"))
    assert recheck_tables([decided("t.csv", frame, invalid="mark")], base()).changed == 0


def test_values_that_todays_rules_do_not_admit_are_refused(decided):
    attributes = BASE["attributes"] | {"warm": {"choices": ["no", "maybe"]}}
    rules = {"maybe": {"if": {"warm": "maybe"}, "then": {"colour": "red"}}}
    today = KnowledgeBase(model_of(BASE | {"attributes": attributes, "rules": rules}))
    with pytest.raises(InputError, match=r"column 'warm': 2 invalid values: row [0-9]+: warm has no value 'yes'"):
        recheck_tables([decided("t.csv")], today)


def test_a_column_of_the_answer_may_have_the_name_of_an_attribute_of_today(decided):
    attributes = BASE["attributes"] | {"outcome": {"question": "Which?", "choices": ["good", "bad"]}}
    rules = BASE["rules"] | {"bad": {"if": {"outcome": "bad"}, "then": {"colour": {"red": -1}}}}
    today = KnowledgeBase(model_of(BASE | {"attributes": attributes, "rules": rules}))
    assert recheck_tables([decided("t.csv")], today).changed == 0


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"warm": ["yes"]}, "does not say by which rules its rows were decided; `expert decide --stamp` writes"),
        ({"digest": ["yes"]}, "does not say by which rules its rows were decided"),
    ],
)
def test_a_table_without_a_stamp_is_refused(tmp_path, columns, message):
    pl.DataFrame(columns).write_csv(tmp_path / "t.csv")
    with pytest.raises(InputError, match=message):
        recheck_tables([tmp_path / "t.csv"])


def test_a_knowledge_base_that_is_not_shipped_has_to_be_named(decided):
    with pytest.raises(InputError, match="was decided by paint, and does not say where to find today's rules"):
        recheck_tables([decided("t.csv")])
