"""Flips and robustness as text."""

from math import inf

import pytest

from expert.analysis.flips import Flip, Flips
from expert.analysis.hypothetical import Option
from expert.analysis.robustness import Counterexample, Move, Robustness
from expert.knowledge.ranges import Range
from expert.rendering.text.flips_text import few_flips, flips_text, robustness_sentence, robustness_text
from expert.rendering.text.recommendation import Page
from tests.colours import COLOURS, consult

BLUE = Counterexample(0.15 + 1e-8, (), "blue", "recommended")


def page():
    return Page(consult({"size": "small"}))


@pytest.mark.parametrize(
    ("robust", "sentence"),
    [
        (Robustness(0.15 - 1e-9, BLUE, 9, 7), "off by more than 0.15, and after 7 of the 9 changes of a single fact."),
        (
            Robustness(0.15 - 1e-9, BLUE, 9, 9),
            "off by more than 0.15, and after each of the 9 changes of a single fact.",
        ),
        (
            Robustness(0.15 - 1e-9, BLUE, 0, 0),
            "Green stays the answer while no rule's certainty is off by more than 0.15.",
        ),
        (Robustness(0.1498, BLUE._replace(delta=0.1498), 0, 0), "off by more than 0.149."),
        (Robustness(0.00126, BLUE._replace(delta=0.00126), 0, 0), "off by more than 0.0012."),
        (
            Robustness(1e-10, BLUE._replace(delta=1e-8), 9, 7),
            "Green stays the answer only as long as no rule's certainty is off at all, "
            "and after 7 of the 9 changes of a single fact.",
        ),
        (Robustness(0.0, BLUE, 0, 0), "more than 0 (perhaps up to 0.15; the search was given up)."),
        (Robustness(2.0, None, 0, 0), "Green stays the answer whatever the certainties of the rules."),
        (Robustness(0.1, BLUE, 0, 0), "more than 0.1 (perhaps up to 0.15; the search was given up)."),
        (Robustness(0.1, None, 0, 0), "more than 0.1 (perhaps up to any amount; the search was given up)."),
        (
            Robustness(None, None, 9, 7),
            "no recommendation to lose; 2 of the 9 changes of a single fact would give one.",
        ),
    ],
)
def test_robustness_is_said_in_one_sentence(robust, sentence):
    assert robustness_sentence(page(), robust).endswith(sentence)


def test_the_default_is_named_as_such_within_the_sentence():
    colour = {"choices": {"red": "Red", "blue": "Blue"}, "otherwise": "blue"}
    attributes = COLOURS["attributes"] | {"colour": colour}
    consultation = consult({}, attributes=attributes, rules={})
    assert robustness_sentence(Page(consultation), Robustness(2.0, None, 0, 0)) == (
        "Blue, the default, stays the answer whatever the certainties of the rules."
    )


def test_moved_certainties_are_listed_up_to_a_screen():
    moves = tuple(Move(f"rule{i}", "hot", "yes", 0.5, 0.4) for i in range(30))
    lines = robustness_text(page(), Robustness(0.1, BLUE._replace(delta=0.1, moves=moves), 0, 0)).splitlines()
    assert lines[2:4] == ["Just beyond, with these certainties, the answer is Blue", "  0.5 → 0.4  hot = yes by rule0"]
    assert lines[-1] == "  10 more: --json lists them."


def flip(recommendation="blue", outcome="recommended", **changes):
    return Flip(tuple(Option(*change) for change in changes.items()), recommendation, outcome)


def test_values_with_the_same_answer_are_on_one_line_if_all_go_with_one_another():
    flips = [flip(size="middle", warm="yes"), flip(size="middle", warm=None), flip(size=None, warm="yes")]
    assert flips_text(page(), Flips(flips, 3)).splitlines()[1:] == [
        "  size = middle, warm = yes → Blue",
        "  size = middle, warm withdrawn → Blue",
        "  size withdrawn, warm = yes → Blue",
    ]
    flips.append(flip(size=None, warm=None))
    assert flips_text(page(), Flips(flips, 3)) == (
        "Two changes together\n  size = middle or withdrawn, warm = yes or withdrawn → Blue\n"
    )


def test_few_flips_point_to_the_others():
    assert list(few_flips(page(), Flips([flip(warm="yes")], 1))) == [
        "What would change it", "  warm = yes → Blue", "  --flips looks for larger sets, too.",
    ]  # fmt: skip
    many = [flip(**{f"a{i}": "yes", "b": "no", "c": "no"}) for i in range(7)]
    asked = {name: {"question": "?"} for name in ["b", "c", *(f"a{i}" for i in range(7))]}
    wide = Page(consult({"size": "small"}, attributes=COLOURS["attributes"] | asked))
    first, *_, last = few_flips(wide, Flips(many, 3))
    assert (first, last) == ("What would change it (3 changes together; no fewer do)", "  2 more: see --flips.")
    assert list(few_flips(wide, Flips(many[:1], 3)))[1:] == ["  a0 = yes, b = no, c = no → Blue"]


def test_numbers_are_said_as_what_they_stand_for_and_neighbours_as_one():
    def share(value, low, high, has_low=False, has_high=False):
        return Flip((Option("share", value),), "blue", "recommended", (Range(low, high, has_low, has_high),))

    low, half, high = share(0.4, -inf, 0.5), share(0.5, 0.5, 0.5, True, True), share(0.6, 0.5, inf)
    withdrawn = flip(share=None)._replace(ranges=(None,))
    for flips, line in [
        ([low], "share below 0.5"),
        ([half], "share = 0.5"),
        ([low, high], "share below 0.5 or more than 0.5"),
        ([low, half], "share at most 0.5"),
        ([half, high, withdrawn], "share at least 0.5 or withdrawn"),
        ([low, half, high], "share any number"),
    ]:
        assert flips_text(page(), Flips(flips, 3)) == f"One change\n  {line} → Blue\n"


def test_it_is_said_where_the_search_ended():
    found = Flips([flip(warm="yes")], 1, is_complete=False)
    assert flips_text(page(), found).splitlines()[-1] == "Sets of 2 changes or more are too many to be searched."
    nothing = Flips([], 1, is_complete=False)
    assert flips_text(page(), nothing).splitlines() == [
        "No change of a single fact changes the answer.", "", "Sets of 2 changes or more are too many to be searched.",
    ]  # fmt: skip
    assert list(few_flips(page(), nothing)) == [
        "No change of a single fact would change it.", "Sets of 2 changes or more are too many to be searched.",
    ]  # fmt: skip
