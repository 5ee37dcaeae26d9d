"""Attributes: what one can know about a case, and how texts are read as their values."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.formulas import Formula
from expert.knowledge.numbers import digits_hint, read_number
from expert.knowledge.problems import NOWHERE, Place, suggestion
from expert.knowledge.rules import Premise, Value

NAME = re.compile(r"\w+(?:-\w+)*")
"""The names of attributes, rules, levels and sources: a word, with single hyphens inside."""

_TEXTS = ("label", "about", "question", "help")

RESERVED = ("all", "any", "not", "unknown")
"""Words of the rule language; no attribute or choice may have one as its name."""


class Number(NamedTuple):
    """What a numeric attribute admits.

    Parameters
    ----------
    unit : str
        What is counted, for people.
    at_least, at_most : float or None
        Bounds, both included.
    integer : bool
        Whether only whole numbers are admitted.
    """

    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    integer: bool = False

    def describe(self) -> str:
        """Say what is admitted.

        Examples
        --------
        >>> Number("examples", at_least=0, integer=True).describe()
        'a whole number of examples, at least 0'
        """
        text = "a whole number" if self.integer else "a number"
        if self.unit:
            text += f" of {shown(self.unit)}"
        sides = {"least": self.at_least, "most": self.at_most}
        bounds = [f"at {side} {bound}" for side, bound in sides.items() if bound is not None]
        return ", ".join([text, " and ".join(bounds)] if bounds else [text])


class Start(NamedTuple):
    """How to begin with a choice.

    Parameters
    ----------
    install : str
        The command that installs it; empty if none is given.
    read : str
        The first document to read, such as an address; empty if none is given.
    """

    install: str = ""
    read: str = ""


@dataclass(frozen=True)
class Attribute:
    """A named thing one can know about the case.

    Parameters
    ----------
    name : str
        Its name in rules and facts files.
    about, question, help : str
        What it is; the question that asks for it (empty: it is never asked); a longer explanation.
    label : str
        Two or three words for it; empty where its name says as much.
    choices : mapping of str to str
        Value to label, in the order of the file; ``yes`` and ``no`` for a yes/no attribute, empty for a number.
    long_labels : mapping of str to str
        Labels as they are where one chooses, for those choices that have a longer one there.
    yes_no : bool
        Whether it is a yes/no attribute.
    number : Number or None
        What a numeric attribute admits; None for the other kinds.
    ask_if : Premise or None
        The question is asked only where this premise holds.
    otherwise : Value or None
        Of the goal: the answer when no candidate exceeds the threshold.
    default : Value or None
        Of any other attribute: what it is where nothing says so.
    formula : Formula or None
        Of a computed number: what it is computed from.
    starts : mapping of str to Start
        How to begin with a choice, for those of which the file says so.
    place : Place
        Where it is declared.
    """

    name: str
    about: str = ""
    question: str = ""
    help: str = ""
    label: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    long_labels: Mapping[str, str] = field(default_factory=dict)
    yes_no: bool = False
    number: Number | None = None
    ask_if: Premise | None = None
    otherwise: Value | None = None
    default: Value | None = None
    formula: Formula | None = None
    starts: Mapping[str, Start] = field(default_factory=dict)
    place: Place = field(default=NOWHERE, compare=False)

    @property
    def kind(self) -> str:
        """``number``, ``yes/no`` or ``choice``."""
        return "number" if self.number else "yes/no" if self.yes_no else "choice"

    @property
    def words(self) -> str:
        """Its name for people.

        Examples
        --------
        >>> Attribute("dataset_size").words
        'dataset size'
        """
        return self.label or self.name.replace("_", " ")

    def value_label(self, value: Value) -> str:
        """Name a value for people.

        Examples
        --------
        >>> Attribute("size", choices={"small": "up to 10,000 examples"}).value_label("small")
        'up to 10,000 examples'
        """
        if self.number:
            return f"{value:,} {self.number.unit}".rstrip()
        return self.choices.get(str(value), str(value))

    def long_label(self, value: str) -> str:
        """Describe a choice to someone who is about to choose."""
        return self.long_labels.get(value, self.choices[value])

    def read(self, text: str, suggest: Callable[[str, Collection[object]], str] = suggestion) -> Value:
        """Understand a text as a value of this attribute.

        Parameters
        ----------
        text : str
            As it stands in a file or on the command line.
        suggest : callable
            Ends the message about a text that is not one of the choices.

        Returns
        -------
        str, int or float
            The choice; ``yes`` or ``no``; or the number, an int where it is whole.

        Raises
        ------
        ValueError
            If it is not a value; the message says what was expected.

        Examples
        --------
        >>> Attribute("on_device", choices={"yes": "yes", "no": "no"}, yes_no=True).read("True")
        'yes'
        >>> Attribute("examples", number=Number(integer=True)).read("1e4")
        10000
        """
        text = comparable(text)
        if self.number:
            return self._read_number(text, self.number)
        if self.yes_no:
            value = {"true": "yes", "false": "no"}.get(text.lower(), text.lower())
            if value in self.choices:
                return value
            raise ValueError(f"{shown(self.name)} must be yes or no, not '{shown(text)}'")
        if text in self.choices:
            return text
        raise ValueError(f"{shown(self.name)} has no value '{shown(text)}'{suggest(text, self.choices)}")

    def _read_number(self, text: str, number: Number) -> int | float:
        expected = f"{shown(self.name)} must be {number.describe()}, not '{shown(text)}'"
        try:
            value = read_number(text, number.unit)
        except ValueError:
            raise ValueError(f"{expected}{digits_hint(text)}") from None
        if (
            (number.integer and value % 1)
            or (number.at_least is not None and value < number.at_least)
            or (number.at_most is not None and value > number.at_most)
        ):
            raise ValueError(expected)
        return value

    def _choice(self, value: str) -> str | dict[str, Any]:
        """Write a choice as in the file: its label, with a longer one and how to begin where these are given."""
        data: dict[str, Any] = {"label": self.choices[value]}
        if value in self.long_labels:
            data["long"] = self.long_labels[value]
        if value in self.starts:
            data["start"] = {key: text for key, text in self.starts[value]._asdict().items() if text}
        return data if len(data) > 1 else self.choices[value]

    def to_dict(self) -> dict[str, Any]:
        """Write it as in the file, normalised."""
        data: dict[str, Any] = {key: text for key in _TEXTS if (text := getattr(self, key))}
        if self.number:
            details = self.number._asdict().items()
            data["number"] = {key: value for key, value in details if value is not False and value not in ("", None)}
        elif not self.yes_no:
            data["choices"] = {value: self._choice(value) for value in self.choices}
        if self.ask_if:
            data["ask_if"] = self.ask_if.to_dict()
        if self.formula:
            data["is"] = str(self.formula)
        otherwise = self.default if self.otherwise is None else self.otherwise
        if otherwise is not None:
            data["otherwise"] = otherwise
        return data
