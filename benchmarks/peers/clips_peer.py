"""CLIPS, the Rete engine in C that experta follows, through clipspy."""

from itertools import chain
from operator import itemgetter

from clips import Environment, Symbol

from benchmarks.peers import Case, Decide
from benchmarks.peers.common import asked_attributes, clauses, complete_after
from expert.inference.ranking import TIE
from expert.knowledge.model import Model

BATCH = 100
"""Cases in one call; larger batches were no faster."""

CERTAINTY_FACTOR = """
(deffunction certainty-factor (?doubt ?counter-doubt)
  (if (= ?doubt ?counter-doubt) then 0.0 else
    (/ (- ?counter-doubt ?doubt) (max ?doubt ?counter-doubt))))"""


def clips(model: Model) -> Decide:
    """Measure CLIPS with a wide fact for the case and a small one for each derived pair that holds.

    All is done in CLIPS: matching and chaining by its rules, strata by salience, certainties in globals that the
    right-hand sides multiply and the closing rule of a stratum weighs, the winner by a function. The environment is
    built once and reset for each case. A call takes a batch, since half of the time at 100 rules goes into handing
    over values, whose symbols are made beforehand. (One fact for each attribute was as fast; texts that CLIPS parses
    were three times slower.)
    """
    environment, attributes = Environment(), asked_attributes(model)
    for construct in _constructs(model, attributes):
        environment.build(construct)
    consult = environment.find_function("consult-all")
    symbols = {value: Symbol(value) for name in attributes for value in model.attributes[name].choices}
    values = itemgetter(*attributes)

    def decide(cases: list[Case]) -> list[str | None]:
        assert environment, "it must outlive its functions"
        found: list[str | None] = []
        for start in range(0, len(cases), BATCH):
            batch = chain.from_iterable(map(values, cases[start : start + BATCH]))
            found += [None if name == "nil" else str(name) for name in consult([symbols[value] for value in batch])]
        return found

    return decide


def _constructs(model, attributes):
    """Write everything that CLIPS is to know."""
    complete = complete_after(model)
    yield f"(deftemplate case {' '.join(f'(slot {name})' for name in attributes)})"
    for attribute, value in complete:
        for kind, start in {"doubt": 1.0, "counter-doubt": 1.0, "cf": 0.0}.items():
            yield f"(defglobal ?*{kind}-{attribute}-{value}* = {start})"
    yield CERTAINTY_FACTOR
    yield from map(_rule, clauses(model))
    for stratum in range(1, max(complete.values()) + 1):
        yield _closing_rule(stratum, [pair for pair, last in complete.items() if last == stratum], model.threshold)
    yield _winner(model)
    yield from _functions(attributes)


def _rule(clause):
    """Write a rule: what it matches, and the evidence that it adds."""
    patterns = [f"({attribute} {value})" for attribute, value in clause.derived]
    if clause.asked:
        patterns.insert(0, f"(case {' '.join(f'({attribute} {value})' for attribute, value in clause.asked)})")
    left = f"{1 - abs(clause.certainty):.15g}"
    if clause.derived:
        known = " ".join(f"?*cf-{attribute}-{value}*" for attribute, value in clause.derived)
        degree = f"(min {known})" if len(clause.derived) > 1 else known
        left = f"(- 1.0 (* {abs(clause.certainty)} {degree}))"
    doubt = f"?*{'counter-doubt' if clause.certainty < 0 else 'doubt'}-{clause.pair[0]}-{clause.pair[1]}*"
    return (
        f"(defrule {clause.name} (declare (salience {-2 * clause.stratum})) {' '.join(patterns)}"
        f" => (bind {doubt} (* {doubt} {left})))"
    )


def _closing_rule(stratum, pairs, threshold):
    """Write the rule that ends a stratum: it weighs what is complete, and asserts what holds."""
    actions = [
        f"(if (or (< ?*doubt-{pair}* 1.0) (< ?*counter-doubt-{pair}* 1.0)) then"
        f" (bind ?*cf-{pair}* (certainty-factor ?*doubt-{pair}* ?*counter-doubt-{pair}*))"
        f" (if (> ?*cf-{pair}* {threshold}) then (assert ({attribute} {value}))))"
        for attribute, value in pairs
        for pair in [f"{attribute}-{value}"]
    ]
    return f"(defrule close{stratum} (declare (salience {-2 * stratum - 1})) (case) => {' '.join(actions)})"


def _winner(model):
    """Write the function that tells the winner, or nil."""
    known = {value: f"?*cf-{model.goal}-{value}*" for value in model.candidates}
    leaders = [f"(if (<= (- ?best {cf}) {TIE}) then (bind ?leaders ?leaders {value}))" for value, cf in known.items()]
    return (
        f"(deffunction winner () (bind ?best (max {' '.join(known.values())}))"
        f" (if (<= ?best {model.threshold}) then (return nil))"
        f" (bind ?leaders (create$)) {' '.join(leaders)}"
        f" (if (= (length$ ?leaders) 1) then (nth$ 1 ?leaders) else nil))"
    )


def _functions(attributes):
    """Write the functions that decide one case, and a list of the values of many."""
    slots = " ".join(f"({name} ?{name})" for name in attributes)
    yield (
        f"(deffunction consult ({' '.join(f'?{name}' for name in attributes)})"
        f" (reset) (assert (case {slots})) (run) (winner))"
    )
    width = len(attributes)
    values = " ".join(f"(nth$ (+ ?at {column}) ?values)" for column in range(1, width + 1))
    yield (
        f"(deffunction consult-all (?values) (bind ?winners (create$))"
        f" (loop-for-count (?row 0 (- (div (length$ ?values) {width}) 1))"
        f" (bind ?at (* ?row {width})) (bind ?winners ?winners (consult {values})))"
        f" ?winners)"
    )
