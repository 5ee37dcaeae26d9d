"""What can be typed in an interview: an answer, how sure it is, or a command word."""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from expert.interview.question import DONT_KNOW
from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.loading.doubt import SURE, split_doubt
from expert.knowledge.model import Attribute
from expert.knowledge.problems import one_of, suggestion
from expert.knowledge.rules import Value

WORDS = ("why", "more", "back", "skip", "explain", "review", "done", "quit")
"""The words that can be typed instead of an answer to a question; elsewhere, some of them."""

LONGEST = 1000
"""The maximum length of an answer, in characters."""

LEVELS = (("", 1.0), *SURE.items())
"""How sure an answer can be: the word to say so, and the certainty."""

_ALIKE = {"?": "why", "help": "why", "dont know": DONT_KNOW, "unknown": DONT_KNOW}


class Item(NamedTuple):
    """An answer that can be picked; the value of "don't know" is None."""

    value: Value | None
    label: str


class Typed(NamedTuple):
    """What was typed: one of `WORDS`, or else an answer."""

    word: str = ""
    value: Value | None = None
    certainty: float = 1.0


def items(attribute: Attribute) -> list[Item]:
    """List the answers that can be picked; for a number, only "don't know".

    A question about the interview itself has an attribute without a name, and must be answered.
    """
    choices = [Item(value, attribute.long_label(value)) for value in attribute.choices]
    return [*choices, Item(None, DONT_KNOW)] if attribute.name else choices


def understand(text: str, attribute: Attribute, words: Collection[str] = WORDS) -> Typed:
    """Read what was typed; raise ValueError, with a message for the user, if it is not valid here."""
    if len(text) > LONGEST:
        raise ValueError(f"an answer has at most {LONGEST:,} characters")
    text = " ".join(comparable(text).split())
    if not text:
        raise ValueError(f"expected {_expected(attribute)}")
    found = _find(text, attribute, words)
    if found is not None:
        return found
    if text.lower() in WORDS:
        raise ValueError(f"'{text.lower()}' does nothing here; type ? to see what does")
    text, certainty = split_doubt(text)
    if not -1 <= certainty <= 1:
        raise ValueError(f"certainty must be in [-1, 1], not {certainty}")
    found = _find(text, attribute)  # a command word is not an answer, however sure
    if found is not None:
        return found._replace(certainty=certainty) if certainty else Typed()  # that says nothing
    if attribute.number:
        replace(attribute, name="the answer").read(text)  # raises with what is wrong
    known = [_name(item.value) for item in items(attribute)]
    raise ValueError(f"'{shown(text)}' is not an answer{suggestion(text, known)}")


def _find(text: str, attribute: Attribute, words: Collection[str] = ()) -> Typed | None:
    """Find the word or the answer that a text is, or begins; None if there is none."""
    lower = text.lower().replace("’", "'")
    lower = _ALIKE.get(lower, lower)
    if lower in words:
        return Typed(lower)
    if attribute.number:
        with suppress(ValueError):
            return Typed(value=attribute.read(text))
    numbered = items(attribute)
    # Only ASCII digits: int() accepts others, too.
    is_position = re.fullmatch("[0-9]{1,6}", lower) and 1 <= int(lower) <= len(numbered)
    if is_position and not attribute.number and lower not in attribute.choices:
        return Typed(value=numbered[int(lower) - 1].value)
    meanings: dict[str, Typed] = {}
    # A label may be another answer's value; the value takes precedence, since facts files have values.
    for name, value in [(_name(item.value), item.value) for item in numbered] + [(i.label, i.value) for i in numbered]:
        meanings.setdefault(comparable(name).lower(), Typed(value=value))
    if lower in meanings:
        return meanings[lower]
    # What begins an answer is that answer, even if it begins a word, too.
    for known in (meanings, {word: Typed(word) for word in words}):
        begun = {meaning for name, meaning in known.items() if name.startswith(lower)}
        if len(begun) > 1:
            raise ValueError(
                f"'{shown(text)}' could be {one_of(sorted(one.word or _name(one.value) for one in begun))}"
            )
        if begun:
            return begun.pop()
    return None


def begun_answers(text: str, attribute: Attribute) -> list[Value | None]:
    """List the answers whose name or label begins so, in the order of the file."""
    lower = " ".join(comparable(text).split()).lower()
    named = [(item.value, (_name(item.value), item.label)) for item in items(attribute)]
    return [v for v, names in named if lower and any(comparable(name).lower().startswith(lower) for name in names)]


def _expected(attribute: Attribute) -> str:
    """List the valid answers."""
    if attribute.number:
        return f"{attribute.number.describe()}, or {DONT_KNOW}"
    return one_of(f"{index} ({shown(_name(item.value))})" for index, item in enumerate(items(attribute), start=1))


def _name(value: Value | None) -> str:
    """Name an answer."""
    return DONT_KNOW if value is None else str(value)
