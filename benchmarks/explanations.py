"""Explanations of a consultation with 1,000 rules, of which about 300 hold, against that consultation itself.

Run as ``python -m benchmarks.explanations``. The figures are medians over cases that end in a recommendation, in one
process. Flips are also compared with consulting about every set of changes, one by one.
"""

import statistics
import time
from functools import partial, reduce
from itertools import islice, pairwise

from benchmarks.workload import cases, knowledge_base, number_base
from expert import KnowledgeBase
from expert.analysis.decisive import Decisive
from expert.analysis.single_changes import single_changes
from expert.explanation.report import report
from expert.knowledge.loading.knowledge_base_file import load_bytes

RULES = 1000
CASES = 5
NUMBER_BASES = ((10, 3), (100, 3), (1000, 3), (1000, 150), (1000, 500), (5000, 3))


def seconds(call):
    """Time one call."""
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def questions(consultation):
    """List what can be asked of a consultation, each with its name."""
    best, *_, last = consultation.ranking
    yield "graph", consultation.graph
    yield "why the best", partial(consultation.why, best.value)
    yield "why not the last", partial(consultation.why_not, last.value)
    yield "what if", partial(consultation.what_if, asked0="low")
    yield "flips of one change", partial(consultation.flips, most=1)
    yield "flips of up to three changes", consultation.flips
    yield "robustness", consultation.robustness
    yield "the whole report", partial(report, consultation)


def count_sets(consultation):
    """Count the sets of one to three changes, each of another attribute."""
    counts = [sum(len(each.values) for each in several) for several in single_changes(consultation).values()]

    def with_one_more(sets, count):
        return [1, *(more + fewer * count for fewer, more in pairwise(sets))]

    return sum(reduce(with_one_more, counts, [1, 0, 0, 0])[1:])


def numbers():
    """Analyses of knowledge bases over 50 numbers, with three of them given.

    The time that each takes after the consultation, and the largest size of sets of changes that is still tried.
    """
    lines = [
        "| rules | candidates | decisive answers, ms | flips, ms | up to | robustness, ms |",
        "|---|---|---|---|---|---|",
    ]
    for rules, candidates in NUMBER_BASES:
        text = number_base(rules, min(50, max(3, rules // 10)), candidates=candidates)
        base = KnowledgeBase(load_bytes(text.encode(), "numbers.yaml"))
        consultation = base.consult({"number0": 500, "number1": 500, "number2": 100})
        consultation.open_questions  # noqa: B018  (not a part of what is measured)
        decisive = seconds(lambda about=consultation: list(Decisive(about).questions()))[0]
        flipping, found = seconds(consultation.flips)
        robust = seconds(consultation.robustness)[0]
        times = [f"{taken * 1000:.0f}" for taken in (decisive, flipping, robust)]
        lines.append(f"| {rules:,} | {candidates} | {times[0]} | {times[1]} | {found.searched} | {times[2]} |")
    return "\n".join(lines)


def table():
    """Measure, and write the table."""
    base = KnowledgeBase(load_bytes(knowledge_base(RULES).encode(), "workload.yaml"))
    base.consult({}).flips(most=1)
    times = {}
    fired, sets = [], []
    recommended = (given for given in cases(RULES, 100) if base.consult(given).recommendation)
    for given in islice(recommended, CASES):
        time_taken, consultation = seconds(partial(base.consult, given))
        times.setdefault("the consultation", []).append(time_taken)
        fired.append(len(consultation.firings))
        for name, ask in questions(consultation):
            times.setdefault(name, []).append(seconds(ask)[0])
        sets.append(count_sets(consultation))
    medians = {name: statistics.median(several) for name, several in times.items()}
    consultation = medians["the consultation"]
    lines = [f"{statistics.mean(fired):.0f} of {RULES:,} rules held.", ""]
    lines += ["| question | ms | in consultations |", "|---|---|---|"]
    lines += [f"| {name} | {taken * 1000:.0f} | {taken / consultation:.1f} |" for name, taken in medians.items()]
    every = statistics.median(sets)
    ratio = every * consultation / medians["flips of up to three changes"]
    lines += [
        "",
        f"Consulting about all {every:,.0f} sets of up to three changes would take {ratio:,.0f} times as long.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(), numbers(), sep="\n\n")
