"""Expected problems, marked in the text itself: ``{size: ^smal}`` expects one at the value."""

import pytest

from expert.knowledge.problems import InputError, Place


def unmark(text, file):
    """Split a marked text into the text alone and the places of its marks."""
    text, *parts = text.split("^")
    places = []
    for part in parts:
        places.append(Place(file, text.count("\n") + 1, len(text) - text.rfind("\n")))
        text += part
    return text, places


def problems_of(read, *arguments):
    """Give the problems for which a reader refuses its input."""
    with pytest.raises(InputError) as caught:
        read(*arguments)
    return caught.value.problems
