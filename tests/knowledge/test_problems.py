import pytest

from expert.knowledge.problems import InputError, Place, Problem, one_of, suggestion


@pytest.mark.parametrize(
    ("place", "text", "origin"),
    [
        (Place("facts.yaml", 3, 7), "facts.yaml:3:7", "facts.yaml:3"),
        (Place("--set"), "--set", "--set"),
    ],
)
def test_a_place_names_file_line_and_column_where_there_are_any(place, text, origin):
    assert (str(place), place.origin) == (text, origin)


def test_problems_are_told_in_the_order_of_their_places():
    late, early = Problem(Place("b.yaml", 10, 1), "late"), Problem(Place("b.yaml", 9, 20), "early")
    error = InputError([late, early])
    assert error.problems == (early, late)
    assert str(error) == "b.yaml:9:20: early\nb.yaml:10:1: late"


@pytest.mark.parametrize(
    ("names", "prose"),
    [([], "nothing"), (["a"], "a"), (["a", 2], "a or 2"), (["a", "b", "c"], "a, b or c")],
)
def test_names_are_listed_as_prose(names, prose):
    assert one_of(names) == prose


@pytest.mark.parametrize(
    ("found", "names", "hint"),
    [
        ("datset", ["dataset", "speed"], "; did you mean 'dataset'? (expected dataset or speed)"),
        ("DATASET", ["dataset", "speed"], "; did you mean 'dataset'? (expected dataset or speed)"),
        ("name9", [f"name{i}" for i in range(13)], "; did you mean 'name9'?"),
        ("x", [], ""),
        ("colour", ["dataset", "speed"], "; expected dataset or speed"),
        (
            "x",
            [f"name{i}" for i in range(13)],
            "; expected " + ", ".join(f"name{i}" for i in range(11)) + " or 2 others",
        ),
        ("x" * 61, ["x" * 61], f"; expected {'x' * 59}…"),
        ("colour", ["\u202ey", "a"], r"; expected \u202ey or a"),
    ],
)
def test_the_nearest_name_is_suggested_or_else_the_names_there_are(found, names, hint):
    assert suggestion(found, names) == hint


def test_of_each_file_the_first_problems_are_told_and_the_others_counted():
    problems = [Problem(Place(file, line, 1), "bad") for line in range(1, 1026) for file in ("a.yaml", "b.yaml")]
    error = InputError([*problems, Problem(Place("c.yaml"), "bad")])
    lines = str(error).split("\n")
    assert lines[:20] == [f"a.yaml:{line}:1: bad" for line in range(1, 21)]
    assert lines[20] == "a.yaml: and 1,005 more"
    assert lines[41:] == ["b.yaml: and 1,005 more", "c.yaml: bad"]
    assert len(error.problems) == 2051


def test_twenty_problems_are_all_told():
    error = InputError(Problem(Place("a.yaml", line, 1), "bad") for line in range(20))
    assert len(str(error).split("\n")) == 20


def test_a_problem_is_one_line_in_which_nothing_acts():
    problem = Problem(Place("a\x1b[2J\n.yaml", 1, 1), "no value '\u202e\u2028\x07'")
    assert str(problem) == r"a\x1b[2J\n.yaml:1:1: no value '\u202e\u2028\x07'"


def test_the_nearest_of_very_many_names_is_not_looked_for():
    names = [f"name{i}" for i in range(10_001)]
    assert "did you mean" in suggestion("nam77", names[:10_000])
    assert "did you mean" not in suggestion("nam77", names)
