"""Reading formulas: ``weight / (height * height)``.

::

    sum      = product {("+" | "-") product}
    product  = signed {("*" | "/") signed}
    signed   = "-" signed | operand
    operand  = numeral | name | "(" sum ")" | ("min" | "max") "(" sum {"," sum} ")"

Numerals and names are those of the rest of the file, and the longer of the two is read. So a hyphen directly between
letters or digits belongs to a name (``height-cm``), and a subtraction has spaces around its sign (``height - 2``);
where such a name is no attribute, `as_subtraction` tells whether a subtraction was meant. As commas separate arguments,
numerals have none. ``min`` and ``max`` are names like any other where no parenthesis follows.
"""

import re
from collections.abc import Callable, Collection
from typing import NamedTuple, NoReturn

from expert.knowledge.attributes import NAME
from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.formulas import FUNCTIONS, Formula, Operation, Step
from expert.knowledge.numbers import NUMBER, read_number

DEEPEST = 64
"""How many parentheses, functions and signs may stand within one another."""

_NUMERAL = re.compile(rf"(?=[0-9.]){NUMBER}")
_SIGN = re.compile(r"\*\*|//|.", re.DOTALL)
_MINUS = "\u2212"

_INSTEAD = {
    "^": "there are no powers: write height * height",
    "**": "there are no powers: write height * height",
    "%": "there is no '%': write 5 % as 0.05",
    "//": "there is no division without a rest: write /",
    "×": "there is no '×': write *",
    "·": "there is no '·': write *",
    "÷": "there is no '÷': write /",
    ":": "there is no ':': write /",
    **dict.fromkeys("<>=≤≥≠", "a formula is a number: comparisons belong in rules"),
}
"""What to write instead of signs that one may expect to find."""


class FormulaError(ValueError):
    """A text is not a formula: what is wrong, and at which position, counted from 0."""

    def __init__(self, message: str, position: int):
        super().__init__(message)
        self.position = position

    def __reduce__(self) -> tuple[type["FormulaError"], tuple[str, int]]:
        return FormulaError, (str(self), self.position)


def read_formula(text: str) -> Formula:
    """Read a text as a formula, or raise a `FormulaError`."""
    reader = _Reader(_tokens(comparable(text)))
    if not reader.token.text:
        raise FormulaError("the formula is empty", 0)
    reader.sum()
    if reader.token.text:
        reader.refuse()
    return Formula(tuple(reader.steps), tuple(reader.names))


def as_subtraction(name: str, known: Collection[str]) -> str:
    """Write a name as the subtraction that it may have been meant to be; empty where it is not one of known names."""
    for hyphen in re.finditer("-", name):
        left, right = name[: hyphen.start()], name[hyphen.end() :]
        if all(half in known or _NUMERAL.fullmatch(half) for half in (left, right)):
            return f"{left} - {right}"
    return ""


class _Token(NamedTuple):
    """A numeral, a name or a sign; at the end of the text, an empty one."""

    text: str
    position: int
    kind: str = "sign"


def _tokens(text: str) -> list[_Token]:
    tokens = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        token = _token_at(text, position)
        tokens.append(token)
        position += len(token.text)
    return [*tokens, _Token("", len(text))]


def _token_at(text: str, position: int) -> _Token:
    numeral, name = (found[0] if found else "" for found in (p.match(text, position) for p in (_NUMERAL, NAME)))
    if numeral and len(numeral) >= len(name):
        if "," in numeral:
            plain = numeral.replace(",", "")
            raise FormulaError(f"commas separate arguments: write {shown(plain)}, or a space after the comma", position)
        return _Token(numeral, position, "numeral")
    if name:
        return _Token(name, position, "name")
    sign = _SIGN.match(text, position)[0]  # type: ignore[index]  # any character is one
    if sign not in [*"+-*/(),", _MINUS]:
        raise FormulaError(
            _INSTEAD.get(sign, f"unexpected '{shown(sign)}'; a formula has + - * /, min, max and parentheses"), position
        )
    return _Token(sign, position)


class _Reader:
    """Reads tokens from left to right, a method for each line of the grammar."""

    def __init__(self, tokens: list[_Token]):
        self.steps: list[Step] = []
        self.names: list[tuple[str, int]] = []
        self._coming = iter(tokens)
        self.token = next(self._coming)
        self._depth = 0

    def sum(self) -> None:
        self._chain(self._product, {"+": "+", "-": "-", _MINUS: "-"})

    def _product(self) -> None:
        self._chain(self._signed, {"*": "*", "/": "/"})

    def _chain(self, part: Callable[[], None], signs: dict[str, str]) -> None:
        part()
        while sign := signs.get(self.token.text):
            self._next()
            part()
            self.steps.append(Operation(sign, 2))

    def _signed(self) -> None:
        if self.token.text not in ("-", _MINUS):
            return self._operand()
        self._deeper(self._next())
        self._signed()
        self._depth -= 1
        self.steps.append(Operation("-", 1))
        return None

    def _operand(self) -> None:
        token = self.token
        if token.kind == "numeral":
            self._numeral(self._next())
        elif token.kind == "name":
            self._next()
            if self.token.text == "(":
                self._function(token)
            else:
                self.steps.append(token.text)
                self.names.append((token.text, token.position))
        elif token.text == "(":
            self._enclosed()
        else:
            where = f"before '{token.text}'" if token.text else "at the end"
            raise FormulaError(f"a number or a name is missing {where}", token.position)

    def _numeral(self, token: _Token) -> None:
        try:
            self.steps.append(float(read_number(token.text)))
        except ValueError as error:
            raise FormulaError(str(error), token.position) from None

    def _function(self, name: _Token) -> None:
        if name.text not in FUNCTIONS:
            message = f"there is no function '{shown(name.text)}'; expected {' or '.join(FUNCTIONS)}"
            raise FormulaError(message, name.position)
        self.steps.append(Operation(name.text, self._enclosed(several=True)))

    def _enclosed(self, several: bool = False) -> int:
        """Read a sum in parentheses, or several with commas between them; tell how many."""
        opening = self._next()
        self._deeper(opening)
        self.sum()
        count = 1
        while several and self.token.text == ",":
            self._next()
            self.sum()
            count += 1
        if not self.token.text:
            raise FormulaError("this '(' is not closed: a ')' is missing", opening.position)
        if self.token.text != ")":
            self.refuse()
        self._next()
        self._depth -= 1
        return count

    def _deeper(self, token: _Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError(f"the formula is nested more than {DEEPEST} levels deep", token.position)

    def _next(self) -> _Token:
        token, self.token = self.token, next(self._coming, self.token)
        return token

    def refuse(self) -> NoReturn:
        """Say why a token cannot follow an operand."""
        message = {
            ")": "this ')' closes nothing",
            ",": "a comma stands only between the arguments of min and max",
        }.get(self.token.text, f"an operation is missing before '{shown(self.token.text)}'")
        raise FormulaError(message, self.token.position)
