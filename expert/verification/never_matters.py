"""Rules that fire, but whose removal would change no recommendation in any case.

All cases in which a rule fires are decided without it, many rules at once: each row of a frame is a case and the rule
that it does without. A rule that changes who leads in some case is let go at once, and most are in a few drawn cases.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import polars as pl

from expert.frames.adapters.polars import POLARS
from expert.frames.compiler import Compiler, Given
from expert.frames.masks import Mask
from expert.knowledge.model import Attribute, Model
from expert.knowledge.rules import AllOf, Is, Rule, Value, tests
from expert.knowledge.variants import reaching
from expert.open_questions.answer_frames import CELLS, KEY, expression, given_column, leaders, run
from expert.verification.findings import Finding
from expert.verification.looked import SAMPLE, Looked, Part
from expert.verification.survey import ROW, Survey

WITHOUT = ":without"
"""The column that says which rule a row does without."""

TRIED = 200
"""In how many cases each rule is tried before all cases are."""

MOST = 2_000_000_000
"""How many numbers are worked out, at most, to try rules in all cases."""


def never_matters(looked: Looked) -> Part:
    """Find rules that fire, but change no recommendation."""
    model, survey = looked.knowledge_base, looked.survey
    left = [rule for rule in _for_the_answer(model) if rule.name in survey.fired]
    if not left:
        return Part([])
    without = _Without(model, survey, left)
    without.try_on(survey.drawn(SAMPLE), TRIED)
    if not looked.are_all or len(without.left) * survey.looked_at * without.width > MOST:
        return Part([], len(without.left))
    for frame in survey.every():
        without.try_on(frame, len(frame))
    findings = []
    for rule in without.left.values():
        message = "This rule fires, but without it no case would have another recommendation."
        advice = "Drop it, or give it the certainty that it should have."
        findings.append(Finding.of("never-matters", rule.place, rule.name, message, advice))
    return Part(findings)


def _for_the_answer(knowledge_base: Model) -> list[Rule]:
    """List the rules that can have no other purpose than the recommendation: none that decides what is asked."""
    conditions = [attribute.ask_if for attribute in knowledge_base.attributes.values() if attribute.ask_if]
    asking = {test.attribute for condition in conditions for test in tests(condition)}
    asking |= {name for name in knowledge_base.derived if knowledge_base.attributes[name].question}
    serving = _positions(knowledge_base, asking)
    return [
        knowledge_base.all_rules[position]
        for position in sorted(_positions(knowledge_base, {knowledge_base.goal}) - serving)
        if not knowledge_base.all_rules[position].is_default
    ]


def _positions(knowledge_base: Model, aims: set[str]) -> set[int]:
    """Find the rules that attributes depend on."""
    names = reaching(knowledge_base, aims)
    return {*knowledge_base.with_rows_above(i for name in names for i in knowledge_base.rules_concluding.get(name, ()))}


class _Without:
    """Decides cases without one rule each; `left` are the rules that have changed none so far."""

    def __init__(self, knowledge_base: Model, survey: Survey, rules: list[Rule]):
        self._survey = survey
        self.left = dict(enumerate(rules))
        self._model = _with_switches(knowledge_base, self.left)
        given = {name: given_column(knowledge_base.attributes[name], False) for name in survey.names}
        given |= {_switch(number): Given(pl.col(WITHOUT), _is_not(number)) for number in self.left}
        self._program = Compiler(self._model, given, POLARS).compile()
        self.width = sum(map(len, self._program.stages)) + 4 * len(self._model.candidates)

    def try_on(self, frame: pl.DataFrame, most: int) -> None:
        """Let go of rules that change who leads in one of some decided cases; in so many in which it fires, at most."""
        masks = {str(number): expression(self._survey.holds[rule.name]) for number, rule in self.left.items()}
        fires = frame.with_columns(**masks).select(*masks)
        cases = frame.select(*self._survey.names, KEY)
        waiting: list[pl.DataFrame] = []
        for number in list(self.left):
            rows = fires[str(number)].arg_true()
            tried = rows.gather_every(max(len(rows) // most, 1)).head(most).alias(ROW)
            waiting.append(pl.DataFrame(tried).with_columns(pl.lit(number, pl.UInt16).alias(WITHOUT)))
            if sum(map(len, waiting)) * self.width > CELLS:
                self._decide(cases, pl.concat(waiting))
                waiting = []
        if waiting:
            self._decide(cases, pl.concat(waiting))

    def _decide(self, cases: pl.DataFrame, rows: pl.DataFrame) -> None:
        """Decide cases, each without a rule, and let go of the rules that change who leads."""
        for tried in rows.rechunk().iter_slices(max(CELLS // self.width, 1)):
            piece = cases[tried[ROW]].with_columns(tried[WITHOUT])
            led = leaders(self._model, self._program, run(self._program, piece.drop(KEY).to_dict()))
            for number in piece.filter(piece[KEY] != led)[WITHOUT].unique():
                self.left.pop(number, None)


def _with_switches(knowledge_base: Model, rules: Mapping[int, Rule]) -> Model:
    """Let each of some rules hold only where a hidden attribute says so."""
    numbers = {rule.name: number for number, rule in rules.items()}
    switches = {_switch(number): Attribute(_switch(number), choices={"yes": "yes"}) for number in rules}
    switched = tuple(
        replace(rule, premise=AllOf((rule.premise, Is(_switch(numbers[rule.name]), "yes"))))
        if rule.name in numbers
        else rule
        for rule in knowledge_base.rules
    )
    return replace(knowledge_base, attributes={**knowledge_base.attributes, **switches}, rules=switched)


def _switch(number: int) -> str:
    return f"rule:{number}"


def _is_not(number: int) -> Callable[[Value], Mask]:
    """Write where a row does not do without a rule."""
    return lambda _: pl.col(WITHOUT) != number
