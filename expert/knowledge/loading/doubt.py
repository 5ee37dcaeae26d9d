"""How sure an answer is, as people write it: ``rather yes``, ``perhaps yes``, ``yes (0.8)``."""

import re

from expert.knowledge.numbers import NUMBER, read_number

SURE = {"rather": 0.7, "perhaps": 0.4}
"""Words for how sure an answer is; without one, it is certain."""

_CERTAINTY = re.compile(rf"(.*\S)\s*\(\s*({NUMBER})\s*\)", re.DOTALL)


def split_doubt(text: str) -> tuple[str, float]:
    """Split an answer from how sure it is: any number, and 1 where it does not say.

    The caller must not split what is an answer as a whole, such as ``rather not``.
    """
    if bracketed := _CERTAINTY.fullmatch(text):
        return bracketed[1], read_number(bracketed[2])
    first, _, rest = text.partition(" ")
    if rest and first.lower() in SURE:
        return rest.strip(), SURE[first.lower()]
    return text, 1
