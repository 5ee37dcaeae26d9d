"""A made-up knowledge base of any size, chained in three strata, with certainty factors and three candidates."""

import random

CANDIDATES = ("red", "green", "blue")
CHOICES = ("low", "middle", "high")


def knowledge_base(rules: int, seed: int = 4, questions: int | None = None) -> str:
    """Write a knowledge base with this many rules, in the file format; with as many questions as suit them if left out.

    Half of the rules conclude derived attributes of two kinds, the second from the first; the other half conclude
    the goal from derived and asked attributes.
    """
    pick = random.Random(seed)
    lines = ["knowledge_base: workload", "goal: colour", "threshold: 0.2", "attributes:"]
    lines.append(f"  colour: {{choices: [{', '.join(CANDIDATES)}]}}")
    asked_count, derived_count = _counts(rules)
    asked_count = questions or asked_count
    lines += [
        f"  asked{i}: {{question: 'How much of {i}?', choices: [{', '.join(CHOICES)}]}}" for i in range(asked_count)
    ]
    lines += [
        f"  {kind}{i}: {{choices: [{', '.join(CHOICES)}]}}"
        for kind in ("first", "second")
        for i in range(derived_count)
    ]
    lines.append("rules:")
    for number in range(rules):
        asked = pick.sample(range(asked_count), 2 if number % 3 else 1)
        tests = {f"asked{i}": pick.choice(CHOICES) for i in asked}
        kind = ("first", "goal", "second", "goal")[number % 4]
        if kind != "first":
            if len(tests) > 1:
                tests.popitem()
            before = "first" if kind == "second" else pick.choice(("first", "second"))
            tests[f"{before}{pick.randrange(derived_count)}"] = pick.choice(CHOICES)
        target = "colour" if kind == "goal" else f"{kind}{pick.randrange(derived_count)}"
        value = pick.choice(CANDIDATES if kind == "goal" else CHOICES)
        certainty = pick.choice((0.3, 0.5, 0.7, -0.3)) if kind == "goal" else pick.choice((0.6, 0.8, 0.9))
        premise = ", ".join(f"{name}: {wanted}" for name, wanted in tests.items())
        lines.append(f"  rule{number}: {{if: {{{premise}}}, then: {{{target}: {{{value}: {certainty}}}}}}}")
    return "\n".join(lines) + "\n"


def _counts(rules: int) -> tuple[int, int]:
    """Choose how many attributes are asked, and derived of each kind: few for few rules, so that some fire."""
    return (3, 1) if rules <= 10 else (12, 6)


def cases(rules: int, count: int, seed: int = 2) -> list[dict[str, str]]:
    """Make this many cases for a knowledge base of this size, with every question answered."""
    pick = random.Random(seed)
    return [{f"asked{i}": pick.choice(CHOICES) for i in range(_counts(rules)[0])} for _ in range(count)]


def number_base(rules: int, numbers: int, seed: int = 4, candidates: int = 3) -> str:
    """Write a knowledge base with this many rules over this many number attributes, in the file format.

    Each rule compares one or two numbers with bounds of its own. A third of the rules conclude one of a few derived
    attributes; the others conclude the goal, from numbers alone or from a number and a derived attribute.
    """
    pick = random.Random(seed)
    derived = max(1, numbers // 5)
    lines = ["knowledge_base: numbers", "goal: colour", "attributes:"]
    lines.append(f"  colour: {{choices: [{', '.join(f'c{i}' for i in range(candidates))}]}}")
    lines += [f"  number{i}: {{question: 'How many of {i}?', number: {{unit: pieces}}}}" for i in range(numbers)]
    lines += [f"  derived{i}: {{choices: [{', '.join(CHOICES)}]}}" for i in range(derived)]
    lines.append("rules:")
    for number in range(rules):
        tests = {
            f"number{i}": f"{{{pick.choice(('at_least', 'less_than'))}: {pick.randrange(1000)}}}"
            for i in pick.sample(range(numbers), min(numbers, 1 + number % 2))
        }
        if number % 3 == 0:
            target, value = f"derived{pick.randrange(derived)}", pick.choice(CHOICES)
        else:
            target, value = "colour", f"c{pick.randrange(candidates)}"
            if number % 3 == 1:
                tests[f"derived{pick.randrange(derived)}"] = pick.choice(CHOICES)
        certainty = pick.choice((0.02, 0.05, 0.1, -0.05)) if target == "colour" else pick.choice((0.6, 0.8, 0.9))
        premise = ", ".join(f"{name}: {test}" for name, test in tests.items())
        lines.append(f"  rule{number}: {{if: {{{premise}}}, then: {{{target}: {{{value}: {certainty}}}}}}}")
    return "\n".join(lines) + "\n"
