"""The ways to answer questions that the rules can tell apart, each with how likely it is taken to be."""

from collections.abc import Iterable
from typing import NamedTuple

from expert.knowledge.distinctions import distinguishing_values
from expert.knowledge.model import Attribute, Model
from expert.knowledge.rules import Value

DONT_KNOW = 0.1
"""How likely "don't know" is taken to be, for the choice of a question; what can be proved does not depend on it."""


class Options(NamedTuple):
    """The answers to a question that can be told apart, the last being "don't know", each with how likely it is."""

    values: tuple[Value | None, ...]
    weights: tuple[float, ...]


def options(knowledge_base: Model, attribute: Attribute) -> Options:
    """List the answers to a question that can be told apart.

    Answers that have the same effect as "don't know" count with it. Those to a number that others are computed from are
    a sample, since where it is decisive depends on the other inputs.
    """
    values = distinguishing_values(knowledge_base, attribute)
    share = (1 - DONT_KNOW) / max(len(attribute.choices), len(values), 1)
    return Options((*values, None), (*[share] * len(values), 1 - share * len(values)))


class Ways:
    """The answers to the questions of a knowledge base, worked out when they are first wanted."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._options: dict[str, Options] = {}

    def __getitem__(self, name: str) -> Options:
        """List the answers to a question."""
        if name not in self._options:
            self._options[name] = options(self._model, self._model.attributes[name])
        return self._options[name]

    def definite(self, name: str) -> int:
        """Count the answers to a question but "don't know"; they come first.

        The last counts only where it stands for a choice, too, that has the same effect as no answer.
        """
        values = len(self[name].values)
        return values - (values > max(len(self._model.attributes[name].choices), 1))

    def are_within(self, names: Iterable[str], most: int) -> bool:
        """Tell whether there are at most so many ways to answer these questions; never of those with a sample."""
        count = 1
        for name in names:
            count *= len(self[name].values)
            if count > most or name in self._model.inputs:
                return False
        return True
