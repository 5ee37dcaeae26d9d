"""Questions until the recommendation is certain, and the time to choose the next one.

Run as ``python -m benchmarks.interview``. Where a figure depends on drawn answers, their seed is fixed. Every interview
stops by the same rule: when no answer to any open question can change which candidates lead.
"""

import random
import statistics
import time
from functools import cache
from itertools import count

from benchmarks.workload import knowledge_base as workload
from expert import KnowledgeBase
from expert.interview.question_choice import Choice
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.model import Fact
from expert.open_questions.answer_sets import KEY, AnswerSets
from expert.open_questions.gates import Gates
from expert.open_questions.ways import Ways

SAMPLES = 10_000
PARTS = 12
PART = 8
"""How many questions of the article a part of it leaves open."""


def facts_of(answers):
    return [Fact(name, value) for name, value in answers.items() if value is not None]


class Policy:
    """Asks by a rule of its own, and remembers what it chose for which answers."""

    def __init__(self, model, pick):
        self._choice = Choice(model)
        self._pick = pick
        self._known = {}
        self.seconds = []

    def next_question(self, answers):
        """Choose; None once the recommendation is certain."""
        key = frozenset(answers.items())
        if key not in self._known:
            start = time.perf_counter()
            outlook = self._choice.outlook(facts_of(answers), answers)
            self.seconds.append(time.perf_counter() - start)
            self._known[key] = self._pick(outlook)
        return self._known[key]

    def ask(self, answers):
        """Ask until the recommendation is certain; give how many questions it took."""
        said = {}
        while (name := self.next_question(said)) is not None:
            said[name] = answers[name]
        return len(said)


def best(outlook):
    return outlook.best[0] if outlook.best else None


def in_file_order(outlook):
    """Take the first question of the file that may be put, be it that it matters or not."""
    return outlook.open_questions.ready[0] if outlook.matter else None


def in_file_order_if_it_matters(outlook):
    """Take the first question of the file that still matters."""
    return next((name for name in outlook.matter if name in outlook.open_questions.ready), None)


def count_everything(gates, answers):
    """Count the questions that are put where nothing stops the interview."""
    said = {}
    while ready := gates.open_questions(facts_of(said), said).ready:
        said[ready[0]] = answers[ready[0]]
    return len(said)


def questions():
    """Mean number of questions on the article, over 10,000 complete answer sets drawn at random.

    An answer set has a definite answer to every question. Both kinds of file order stop by the same rule as the
    interview; the second leaves out questions that no longer matter.
    """
    model = KnowledgeBase.load().model
    pick = random.Random(5)
    attributes = [attribute for attribute in model.attributes.values() if attribute.question]
    answer_sets = [
        {
            a.name: pick.choice(list(a.choices)) if a.choices else pick.choice((5_000, 50_000, 5_000_000))
            for a in attributes
        }
        for _ in range(SAMPLES)
    ]
    gates = Gates(model)
    means = {"everything": statistics.mean(count_everything(gates, answers) for answers in answer_sets)}
    orders = {
        "file order": in_file_order,
        "file order, questions that matter": in_file_order_if_it_matters,
        "**expert**": best,
    }
    for name, pick_from in orders.items():
        policy = Policy(model, pick_from)
        means[name] = statistics.mean(policy.ask(answers) for answers in answer_sets)
    lines = ["| order | questions until certain, mean | of everything |", "|---|---|---|"]
    return "\n".join(
        lines + [f"| {name} | {mean:.2f} | {mean / means['everything']:.0%} |" for name, mean in means.items()]
    )


def optimum():
    """Expected questions on parts of the article, against the optimal decision tree.

    A part leaves eight questions open, drawn at random, and answers the others likewise. The tree is found by
    dynamic programming over all states of answers, "don't know" included, weighted as the interview takes them to be
    likely.
    """
    model = KnowledgeBase.load().model
    ratios, ours_sum, optimal_sum = [], 0.0, 0.0
    for seed in count():
        if len(ratios) == PARTS:
            break
        ours, optimal = expected_questions(model, random.Random(seed))
        if optimal:
            ratios.append(ours / optimal)
            ours_sum += ours
            optimal_sum += optimal
    lines = ["| parts | optimal, mean | expert, mean | ratio | worst ratio |", "|---|---|---|---|---|"]
    figures = f"{optimal_sum / PARTS:.3f} | {ours_sum / PARTS:.3f} | {ours_sum / optimal_sum:.3f} | {max(ratios):.3f}"
    return "\n".join([*lines, f"| {PARTS} | {figures} |"])


def expected_questions(model, pick):
    """Expect the questions of the interview, and of the optimal tree, on one part of the article."""
    gates = Gates(model)
    # These two are asked under a condition, so the optimal tree would have to know of it.
    free = [name for name in gates.questions if name not in ("training_examples", "ease_of_use", "dataset_size")]
    names = sorted(pick.sample(free, PART), key=gates.questions.index)
    given = {name: pick.choice(list(model.attributes[name].choices)) for name in free if name not in names}
    given |= {"dataset_size": pick.choice(("small", "large")), "ease_of_use": "no"}
    answer_sets = AnswerSets(model, gates, Ways(model))
    options = [answer_sets.options[name] for name in names]
    frame = answer_sets.table(facts_of(given), names, (), 10**7).frame
    keys = dict(zip(frame.select(names).rows(), frame[KEY], strict=True))
    policy = Policy(model, best)

    def after(state, position):
        """List the states after each answer to a question, with how likely they are."""
        weights = options[position].weights
        return [(weight, (*state[:position], code, *state[position + 1 :])) for code, weight in enumerate(weights)]

    @cache
    def ends(state):
        """Collect the outcomes that a state can still end in."""
        if None not in state:
            return frozenset([keys[state]])
        return frozenset().union(*(ends(then) for _, then in after(state, state.index(None))))

    @cache
    def optimal(state):
        if len(ends(state)) == 1:
            return 0.0
        open_ones = [position for position in range(PART) if state[position] is None]
        return 1 + min(sum(weight * optimal(then) for weight, then in after(state, p)) for p in open_ones)

    @cache
    def ours(state):
        answered = {
            name: option.values[code]
            for name, option, code in zip(names, options, state, strict=True)
            if code is not None
        }
        name = policy.next_question({**given, **answered, "training_examples": None})
        if name is None:
            assert len(ends(state)) == 1
            return 0.0
        return 1 + sum(weight * ours(then) for weight, then in after(state, names.index(name)))

    return ours((None,) * PART), optimal((None,) * PART)


def speed():
    """Time to choose the next question, after the first, and as a multiple of one consultation.

    Thirty interviews each, with answers drawn at random; the made-up knowledge base has 200 rules in three strata and
    40 questions.
    """
    made_up = load_bytes(workload(200, questions=40).encode(), "workload.yaml")
    lines = ["| knowledge base | median, ms | longest, ms | median / one consultation |", "|---|---|---|---|"]
    for name, model in (("article", KnowledgeBase.load().model), ("200 rules, 40 questions", made_up)):
        pick = random.Random(6)
        knowledge_base, policy = KnowledgeBase(model), Policy(model, best)
        consultations = []
        for _ in range(30):
            answers = {a.name: pick.choice(list(a.choices) or [5_000]) for a in model.attributes.values() if a.question}
            policy.ask(answers)
            start = time.perf_counter()
            knowledge_base.consult(answers)
            consultations.append(time.perf_counter() - start)
        later = policy.seconds[1:]
        median = statistics.median(later)
        ratio = median / statistics.median(consultations)
        lines.append(f"| {name} | {median * 1000:.1f} | {max(later) * 1000:.1f} | {ratio:.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    for table in (questions(), optimum(), speed()):
        print(table, end="\n\n")
