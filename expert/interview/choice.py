"""Which question to put next, and when to stop.

The recommendation is *certain* once it is the same for every way to answer what is still open, "don't know" included:
the same candidates lead, or none does. The bounds of the certainty factors prove that, or a table of all ways to answer
where it is small enough; never a sample. Answers still to come are taken as definite, or as not known.

The question to put is the one after whose answer the expected entropy of the outcome is least.
"""

from collections.abc import Collection, Iterable, Sequence
from math import log
from typing import NamedTuple

import polars as pl

from expert.interview.answer_sets import KEY, WEIGHT, AnswerSets, Table
from expert.interview.gates import Gates, OpenQuestions
from expert.knowledge.model import Fact, Model

CHOICE = 20_000
"""Up to so many ways to answer are all looked at to choose a question."""

PROOF = 200_000
"""Up to so many are, to prove that the recommendation is certain when a sample says so."""

WORK = 8_000_000
"""But no more than this in ways to answer times rules, so that nobody waits long where rules are many."""


class Outlook(NamedTuple):
    """What is still open.

    Parameters
    ----------
    open_questions : OpenQuestions
        All that may still be put.
    matter : tuple of str
        Those whose answers may still change the recommendation, in the order of the file; none once it is certain.
    best : tuple of str
        Those of them that may be put now, the best first.
    """

    open_questions: OpenQuestions
    matter: tuple[str, ...]
    best: tuple[str, ...]


class Choice:
    """Chooses questions about a knowledge base.

    Parameters
    ----------
    knowledge_base : Model
        Free of cycles.
    """

    def __init__(self, knowledge_base: Model):
        self.gates = Gates(knowledge_base)
        self._answer_sets = AnswerSets(knowledge_base, self.gates)
        allowed = WORK // max(len(knowledge_base.rules), 1)
        self._choice, self._proof = min(CHOICE, allowed), min(PROOF, allowed)

    def outlook(self, given: Iterable[Fact], settled: Collection[str]) -> Outlook:
        """Tell what is still open, and which question to put next.

        Parameters
        ----------
        given : iterable of Fact
            What is known so far.
        settled : collection of str
            The questions that are not put any more: answered, or not known.

        Returns
        -------
        Outlook
            The same at every call.
        """
        facts = tuple(given)
        found = self.gates.open_questions(facts, settled)
        matter = self._may_matter(found)
        if not matter:
            return Outlook(found, (), ())
        table = self._answer_sets.table(facts, matter, found.waiting, self._choice)
        if not table.complete and _is_certain(table) and self._answer_sets.count(matter) <= self._proof:
            table = self._answer_sets.table(facts, matter, found.waiting, self._proof)
        if table.complete:
            matter = self._answer_sets.that_matter(table, matter)
        ready = [name for name in matter if name in found.ready]
        if matter and not ready:  # what they wait for does not matter itself
            behind = {before for name in matter for before in self.gates.behind[name]}
            return Outlook(found, matter, tuple(name for name in found.ready if name in behind) or found.ready)
        entropy = _expected_entropy(table.frame, ready)
        return Outlook(found, matter, tuple(sorted(ready, key=lambda name: round(entropy[name], 12))))

    def _may_matter(self, found: OpenQuestions) -> tuple[str, ...]:
        """List the open questions that the bounds leave, and those that tell whether these may be put."""
        open_ones = {*found.ready, *found.waiting}
        wanted = open_ones.intersection(found.bounds.open_questions())
        behind = {before for name in wanted.intersection(found.waiting) for before in self.gates.behind[name]}
        wanted |= behind & open_ones
        return tuple(name for name in self.gates.questions if name in wanted)


def _is_certain(table: Table) -> bool:
    """Tell whether all rows end alike."""
    return table.frame[KEY].n_unique() == 1


def _expected_entropy(frame: pl.DataFrame, names: Sequence[str]) -> dict[str, float]:
    """Work out the entropy of what leads in the end that is to be expected after the answer to each question."""
    counted = {
        name: frame.group_by(name, KEY, maintain_order=True)
        .agg(pl.col(WEIGHT).sum())
        .select(pl.col(name), pl.col(WEIGHT))
        .rows()
        for name in names
    }
    return {name: _entropy(rows) for name, rows in counted.items()}


def _entropy(rows: Iterable[tuple[int, float]]) -> float:
    """Work out the entropy of outcomes given the answer, from the weights of each answer's outcomes."""
    by_answer: dict[int, list[float]] = {}
    for answer, weight in rows:
        by_answer.setdefault(answer, []).append(weight)
    total = sum(map(sum, by_answer.values()))
    return -sum(w / total * log(w / sum(weights)) for weights in by_answer.values() for w in weights)
