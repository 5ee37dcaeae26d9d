"""How a conclusion that is not drawn stands, and what would have supported it, in sentences for every face."""

from expert.explanation.shown_certainties import Numbers, in_full, ranking_numbers
from expert.explanation.unfired_rules import Aim
from expert.explanation.why_not import WhyNot
from expert.rendering.headline import label, named
from expert.rendering.words import premise_words


def standing(lost: WhyNot) -> str:
    """Say how far a conclusion is from being drawn, or a candidate from being the answer."""
    consultation = lost.consultation
    base, best = consultation.knowledge_base, consultation.ranking[0].certainty
    is_candidate = lost.attribute == base.goal
    numbers = ranking_numbers(consultation) if is_candidate else Numbers([lost.certainty], base.threshold)
    others = [label(consultation, leader) for leader in lost.leaders if leader != lost.value]
    if not lost.leaders:
        rest = f"and would have to exceed {in_full(base.threshold)}"
    elif lost.value in lost.leaders:
        rest = f"the same as {' and '.join(others)}: a tie"
    else:
        rest = f"{numbers.difference(best, lost.certainty)} behind {' and '.join(others)}"
    certainty = numbers.write(lost.certainty)
    return f"{named(consultation, lost.attribute, lost.value)} has certainty {certainty}, {rest}."


def aimed_at(lost: WhyNot, aim: Aim) -> str:
    """Name what the rules of an aim would have supported."""
    base = lost.consultation.knowledge_base
    if aim is lost.aims[0]:
        return named(lost.consultation, lost.attribute, lost.value)
    if aim.is_other:
        return f"that {base.attributes[aim.test.attribute].words} is not left to its default"
    return f"that {premise_words(base, aim.test)}"
