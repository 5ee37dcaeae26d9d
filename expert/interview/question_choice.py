"""Which question to ask next: the one that is the first of the fewest, or else whose answer tells most.

Where the ways to answer are few, the expected number of questions until the end is worked out for each question.
Otherwise it is the one whose answer leaves the least expected entropy of the outcome.
"""

from collections.abc import Collection, Iterable, Sequence
from math import log
from typing import NamedTuple

import polars as pl

from expert.interview.decision_tree import WORK, DecisionTree, Leaders, work
from expert.knowledge.model import Fact, Model
from expert.knowledge.rules import Value
from expert.open_questions.answer_frames import KEY
from expert.open_questions.answer_sets import WEIGHT, Table
from expert.open_questions.gates import OpenQuestions
from expert.open_questions.prospects import Prospects


class Outlook(NamedTuple):
    """What is still open, and what to ask next.

    Parameters
    ----------
    open_questions : OpenQuestions
        All that may still be asked.
    matter : tuple of str
        Those whose answers may still change the recommendation, in the order of the file; none once it is certain.
    best : tuple of str
        Those that may be asked now to make it certain, the best first.
    left : frozenset of str
        Those that may be asked until it is certain: all that the bounds leave, and what those wait for.
    one_left : Value or None
        The recommendation that all definite answers lead to, where only "don't know" could still change it; `best` and
        `left` are empty then.
    """

    open_questions: OpenQuestions
    matter: tuple[str, ...]
    best: tuple[str, ...]
    left: frozenset[str]
    one_left: Value | None = None


class Choice:
    """Chooses the questions about a knowledge base."""

    def __init__(self, knowledge_base: Model):
        self._prospects = knowledge_base.once(Prospects)
        self.gates = self._prospects.gates

    def outlook(self, given: Iterable[Fact], settled: Collection[str]) -> Outlook:
        """Find what is still open, and which question to ask next."""
        facts = tuple(given)
        prospect = self._prospects.prospect(facts, settled)
        found, bounded, table = prospect
        if not bounded:
            return Outlook(found, (), (), frozenset())
        if table is None:  # too many ways to answer for a proof; a sample will do
            table = self._prospects.answer_sets.table(facts, bounded, found.waiting, 0)
        matter = self._prospects.answer_sets.that_matter(table, bounded) if table.complete else bounded
        one_left = self._prospects.one_left(facts, prospect, table)
        if one_left is not None:
            return Outlook(found, matter, (), frozenset(), one_left)
        before = {name for waits in matter if waits in found.waiting for name in self.gates.behind[waits] & found.all}
        left = frozenset(before.union(bounded))
        ready = [name for name in matter if name in found.ready]
        if not ready:  # the questions that they wait for do not matter themselves
            return Outlook(found, matter, tuple(name for name in found.ready if name in before), left)
        if table.complete and len(ready) == len(matter) and self._is_small(matter):
            cost = self._expected_questions(table, bounded, matter)
        else:
            cost = _expected_entropy(table.frame, ready)
        return Outlook(found, matter, tuple(sorted(ready, key=lambda name: round(cost[name], 12))), left)

    def _is_small(self, names: Sequence[str]) -> bool:
        """Tell whether all orders of questions can be looked at."""
        return work([len(self._prospects.answer_sets.options[name].values) for name in names]) <= WORK

    def _expected_questions(self, table: Table, names: Sequence[str], matter: Sequence[str]) -> dict[str, float]:
        """Compute, for each question that matters, the expected number of questions if it comes first."""
        options = self._prospects.answer_sets.options
        tree = DecisionTree([options[name].weights for name in matter], [options.definite(name) for name in matter])
        fixed = [pl.col(name) == 0 for name in names if name not in matter]
        ends = table.frame.filter(pl.all_horizontal(pl.lit(True), *fixed))[KEY].to_list()
        keys = sorted({*ends})
        number = {key: position for position, key in enumerate(keys)}
        leaders = [self._prospects.answer_sets.leaders(key) for key in keys]
        told = [Leaders(values, self._prospects.recommended(values)) for values in leaders]
        return dict(zip(matter, tree.expected([number[end] for end in ends], told), strict=True))


def _expected_entropy(frame: pl.DataFrame, names: Sequence[str]) -> dict[str, float]:
    """Compute, for each question, the expected entropy of the final leaders once it is answered."""
    return {
        name: _entropy(
            frame.group_by(name, KEY, maintain_order=True).agg(pl.col(WEIGHT).sum()).select(name, WEIGHT).iter_rows()
        )
        for name in names
    }


def _entropy(rows: Iterable[tuple[int, float]]) -> float:
    """Compute the conditional entropy of the outcome given the answer, from weights of answers and outcomes."""
    by_answer: dict[int, list[float]] = {}
    for answer, weight in rows:
        by_answer.setdefault(answer, []).append(weight)
    total = sum(map(sum, by_answer.values()))
    return -sum(w / total * log(w / sum(weights)) for weights in by_answer.values() for w in weights)
