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
    ],
)
def test_the_nearest_name_is_suggested_or_else_the_names_there_are(found, names, hint):
    assert suggestion(found, names) == hint
