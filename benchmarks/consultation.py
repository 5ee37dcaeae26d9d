"""One consultation, trace included, against a hand-written experta engine with one wide fact, on the same rules.

Run as ``python -m benchmarks.consultation``. Both find the same certainty factors, which is checked; the figures are
medians over cases, in one process, alternating.
"""

import statistics
import time
from functools import partial

from benchmarks.workload import cases, knowledge_base
from expert import KnowledgeBase
from expert.inference.certainty import certainty_factor
from expert.inference.experta_import import Fact, KnowledgeEngine, Rule
from expert.knowledge.loading.knowledge_base_file import load_bytes


class Project(Fact):
    """The wide fact: its stratum, and the values that the rules of that stratum can read."""


def hand_written(model):
    """Write the experta engine that one would write by hand: a class with a method for each rule, and no trace."""
    levels = model.strata
    last = max(levels.values())
    body = {}
    for position, rule in enumerate(model.rules):
        premises = getattr(rule.premise, "premises", (rule.premise,))
        (conclusion,) = rule.conclusions
        level = levels[rule.name]

        def method(self, premises=premises, conclusion=conclusion, position=position):
            degree = min(self.known[test.attribute, test.value] for test in premises)
            pair = (conclusion.attribute, conclusion.value)
            self.evidence.setdefault(pair, []).append((position, degree * conclusion.certainty))

        # Derived values stand in fields of their own, so that one attribute can have several.
        fields = {f"{test.attribute}_{test.value}": True for test in premises}
        body[rule.name] = Rule(Project(stratum=level, **fields), salience=-2 * level)(method)
    for level in range(1, last + 1):

        def close(self, level=level):
            fields = {name: value for name, value in self.project.items() if not name.startswith("__")}
            for pair, pieces in self.evidence.items():
                cf = certainty_factor(strength for _, strength in sorted(pieces))
                self.known[pair] = cf
                fields[f"{pair[0]}_{pair[1]}"] = cf > model.threshold
            fields["stratum"] = level + 1
            self.project = self.declare(Project(**fields))

        body[f"close{level}"] = Rule(Project(stratum=level), salience=-2 * level - 1)(close)

    def consult(self, given):
        self.evidence = {}
        self.known = dict.fromkeys(given.items(), 1.0)
        self.reset()
        self.project = self.declare(Project(stratum=1, **{f"{name}_{value}": True for name, value in given.items()}))
        self.run()
        return {value: self.known.get((model.goal, value), 0.0) for value in model.candidates}

    return type("HandWritten", (KnowledgeEngine,), body | {"consult": consult})()


def seconds(call):
    """Time one call."""
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def table():
    """Measure, and write the table."""
    lines = ["| rules | rules that held | hand-written, ms | expert, ms | ratio |", "|---|---|---|---|---|"]
    for rules, count in [(10, 200), (100, 100), (1000, 15)]:
        model = load_bytes(knowledge_base(rules).encode(), "workload.yaml")
        ours, theirs = KnowledgeBase(model), hand_written(model)
        ours.consult({})
        theirs.consult({})
        times, fired = [], []
        for given in cases(rules, count):
            our_time, consultation = seconds(partial(ours.consult, given))
            their_time, found = seconds(partial(theirs.consult, given))
            assert {c.value: c.certainty for c in consultation.ranking} == found
            times.append((our_time, their_time))
            fired.append(len(consultation.firings))
        our_median, their_median = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
        figures = (
            f"{statistics.mean(fired):.0f} | {their_median:.2f} | {our_median:.2f} | {their_median / our_median:.1f}"
        )
        lines.append(f"| {rules:,} | {figures} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
