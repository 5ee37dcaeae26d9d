"""Facts that rules matched, in words, as boxes and the page show them."""

from expert.explanation.grounds import Ground
from expert.explanation.shown_certainties import number
from expert.knowledge.model import Model
from expert.rendering.words import fact_words


def ground_words(base: Model, ground: Ground) -> str:
    """Write a fact that a rule matched, with its certainty where that is not 1, and whether it is derived."""
    attribute = base.attributes[ground.attribute]
    if ground.value is None:
        return f"{attribute.words} is unknown"
    certainty = "" if ground.certainty == 1 else number(ground.certainty)
    made = ground.origin if ground.origin in ("computed", "default") else "derived"
    details = ", ".join(filter(None, (certainty, made if ground.derived else "")))
    return fact_words(attribute, ground.value) + (f" ({details})" if details else "")
