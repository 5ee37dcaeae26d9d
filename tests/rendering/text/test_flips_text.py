"""Flips as text."""

from math import inf

from expert.analysis.flip_sets import Flip, Flips
from expert.analysis.hypothetical import Option
from expert.knowledge.ranges import Range
from expert.rendering.text.flips_text import few_flips, first_flip, flips_text
from expert.rendering.text.text_page import TextPage
from tests.colours import COLOURS, consult


def page():
    return TextPage(consult({"size": "small"}))


def flip(recommendation="blue", outcome="recommended", **changes):
    return Flip(tuple(Option(*change) for change in changes.items()), recommendation, outcome)


def test_values_with_the_same_answer_are_on_as_few_lines_as_say_no_more():
    flips = [
        flip(size="middle", warm="yes"),
        flip(size="middle", warm=None),
        flip(size=None, warm="yes"),
        flip(size="small", warm="yes"),
    ]
    assert flips_text(page(), Flips(flips, 3)).splitlines() == [
        "The answer is Green. What would change it:",
        "",
        "Two changes together",
        "  size: middle or small or not known; warm: yes → Blue",
        "  size: middle; warm: not known → Blue",
    ]
    flips += [flip(size=None, warm=None), flip(size="small", warm=None)]
    assert flips_text(page(), Flips(flips, 3)).endswith(
        "\n\nTwo changes together\n  size: middle or small or not known; warm: yes or not known → Blue\n"
    )


def test_no_answer_is_broken():
    warm = {"question": "?", "label": "warm on the whole, and in the evenings"}
    labelled = {"choices": {"green": "Green", "red": "Red", "blue": "Blue as the sky at noon"}}
    wide = TextPage(consult({}, attributes=COLOURS["attributes"] | {"colour": labelled, "warm": warm}))
    assert flips_text(wide, Flips([flip(warm="yes", size="small")], 2)).splitlines()[-2:] == [
        "  warm on the whole, and in the evenings: yes; size: small",
        "    → Blue as the sky at noon",
    ]


def test_the_first_single_change_is_named_and_the_others_counted():
    flips = [
        *(flip(size=each) for each in ("small", "middle", "large", None)),
        flip("red", warm="yes"),
        flip("red", warm="no"),
    ]
    assert list(first_flip(page(), Flips(flips, 1))) == [
        "What would change it: size: small or middle or 2 others",
        "  → Blue; 2 more: expert explain --flips",
    ]
    assert list(first_flip(page(), Flips(flips[:1], 1))) == ["What would change it: size: small → Blue"]
    assert list(first_flip(page(), Flips([], 1))) == ["No single fact would change it."]


def test_few_flips_point_to_the_others():
    assert list(few_flips(page(), Flips([flip(warm="yes")], 1))) == [
        "What would change it", "  warm: yes → Blue", "  --flips looks for larger sets of changes, too.",
    ]  # fmt: skip
    many = [flip(**{f"a{i}": "yes", "b": "no", "c": "no"}) for i in range(7)]
    asked = {name: {"question": "?"} for name in ["b", "c", *(f"a{i}" for i in range(7))]}
    wide = TextPage(consult({"size": "small"}, attributes=COLOURS["attributes"] | asked))
    first, *_, last = few_flips(wide, Flips(many, 3))
    assert (first, last) == ("What would change it (3 changes together; no fewer do)", "  2 more: see --flips.")
    assert list(few_flips(wide, Flips(many[:1], 3)))[1:] == ["  a0: yes; b: no; c: no → Blue"]


def test_numbers_are_said_as_what_they_stand_for_and_neighbours_as_one():
    def share(value, low, high, has_low=False, has_high=False):
        return Flip((Option("share", value),), "blue", "recommended", (Range(low, high, has_low, has_high),))

    low, half, high = share(0.4, -inf, 0.5), share(0.5, 0.5, 0.5, True, True), share(0.6, 0.5, inf)
    unknown = flip(share=None)._replace(ranges=(None,))
    for flips, line in [
        ([low], "share: below 0.5"),
        ([half], "share: 0.5"),
        ([low, high], "share: below 0.5 or more than 0.5"),
        ([low, half], "share: at most 0.5"),
        ([half, high, unknown], "share: at least 0.5 or not known"),
        ([low, half, high], "share: any number"),
    ]:
        assert flips_text(page(), Flips(flips, 3)).endswith(f"\n\nOne change\n  {line} → Blue\n")


def test_it_is_said_where_the_search_ended():
    found = Flips([flip(warm="yes")], 1, is_complete=False)
    assert flips_text(page(), found).splitlines()[-1] == "Sets of 2 changes or more are too many to be searched."
    nothing = Flips([], 1, is_complete=False)
    assert flips_text(page(), nothing).splitlines() == [
        "No single fact changes the answer.", "", "Sets of 2 changes or more are too many to be searched.",
    ]  # fmt: skip
    assert list(few_flips(page(), nothing)) == [
        "No single fact would change it.", "Sets of 2 changes or more are too many to be searched.",
    ]  # fmt: skip
