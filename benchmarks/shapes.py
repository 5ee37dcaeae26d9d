"""Made-up knowledge bases of three shapes and any size, each with facts: choices, numbers, and one long chain."""

import random
from typing import NamedTuple

from benchmarks.workload import CANDIDATES, CHOICES, knowledge_base


class Shape(NamedTuple):
    """A knowledge base in the file format, and a facts file that answers half of its questions."""

    rules: str
    facts: str


def choices(rules: int) -> Shape:
    """Make the knowledge base that the other benchmarks use, with a question for each ten rules."""
    questions = max(3, rules // 10)
    pick = random.Random(rules)
    facts = "".join(f"asked{number}: {pick.choice(CHOICES)}\n" for number in range(0, questions, 2))
    return Shape(knowledge_base(rules, questions=questions), facts)


def numbers(rules: int) -> Shape:
    """Make rules that compare numbers, a number for each ten rules; a quarter of them on the way to the goal."""
    pick = random.Random(rules)
    count = max(3, rules // 10)
    lines = ["knowledge_base: numbers", "goal: colour", "attributes:"]
    lines.append(f"  colour: {{choices: [{', '.join(CANDIDATES)}]}}")
    lines += [f"  count{i}: {{question: 'How many of {i}?', number: {{at_least: 0}}}}" for i in range(count)]
    lines += [f"  flag{i}: {{about: 'Whether {i} is high'}}" for i in range(count)]
    lines.append("rules:")
    for number in range(rules):
        one, other = pick.sample(range(count), 2)
        tests = f"count{one}: {{more_than: {pick.randrange(100)}}}, count{other}: {{at_most: {pick.randrange(100)}}}"
        then = f"colour: {{{pick.choice(CANDIDATES)}: {pick.choice((0.3, 0.5, -0.3))}}}"
        if number % 4 == 0:
            then = f"flag{pick.randrange(count)}: {{yes: 0.8}}"
        elif number % 4 == 1:
            tests = f"flag{pick.randrange(count)}: yes, count{one}: {{less_than: {pick.randrange(100)}}}"
        lines.append(f"  rule{number}: {{if: {{{tests}}}, then: {{{then}}}}}")
    facts = "".join(f"count{i}: {pick.randrange(100)}\n" for i in range(0, count, 2))
    return Shape("\n".join(lines) + "\n", facts)


def chain(rules: int) -> Shape:
    """Make rules that each read what the one before concluded, from the only question to the goal."""
    lines = [
        "knowledge_base: chain",
        "goal: colour",
        "attributes:",
        f"  colour: {{choices: [{', '.join(CANDIDATES)}]}}",
    ]
    lines.append("  step0: {question: 'Does it start?'}")
    lines += [f"  step{number}: {{about: 'Step {number}'}}" for number in range(1, rules)]
    lines.append("rules:")
    for number in range(rules):
        then = f"step{number + 1}: yes" if number < rules - 1 else "colour: red"
        lines.append(f"  rule{number}: {{if: {{step{number}: yes}}, then: {{{then}}}}}")
    return Shape("\n".join(lines) + "\n", "step0: yes\n")


def candidates(count: int) -> Shape:
    """Make a goal of this many choices, each with a rule for it and, of every other, one against it."""
    lines = ["knowledge_base: candidates", "goal: colour", "attributes:"]
    lines.append(f"  colour: {{choices: [{', '.join(f'shade{number}' for number in range(count))}]}}")
    lines += [f"  asked{i}: {{question: 'How much of {i}?', choices: [{', '.join(CHOICES)}]}}" for i in range(10)]
    lines.append("rules:")
    for number in range(count):
        wanted = CHOICES[number % 3]
        then = f"colour: {{shade{number}: {0.3 + number % 7 / 10:.1f}}}"
        lines.append(f"  for{number}: {{if: {{asked{number % 10}: {wanted}}}, then: {{{then}}}}}")
        if number % 2:
            then = f"colour: {{shade{number}: -0.4}}"
            lines.append(f"  against{number}: {{if: {{asked{number % 7}: {{not: {wanted}}}}}, then: {{{then}}}}}")
    facts = "".join(f"asked{i}: {CHOICES[i % 3]}\n" for i in range(0, 10, 2))
    return Shape("\n".join(lines) + "\n", facts)


def rows(count: int) -> Shape:
    """Make a decision table of this many rows, of which the first that holds counts, and an else row."""
    pick = random.Random(count)
    columns = [f"asked{i}" for i in range(8)]
    lines = ["knowledge_base: rows", "goal: colour", "attributes:"]
    lines.append(f"  colour: {{choices: [{', '.join(CANDIDATES)}]}}")
    lines += [f"  {name}: {{question: 'How much of it?', choices: [{', '.join(CHOICES)}]}}" for name in columns]
    lines += ["tables:", "  table:", "    then: [colour]", "    hit: first"]
    lines += [f"    columns: [{', '.join(columns)}, colour]", "    rows:"]
    for number in range(count):
        cells = [pick.choice(CHOICES) if pick.random() < 0.6 and number < count - 1 else "'-'" for _ in columns]
        lines.append(f"      - [{', '.join([*cells, pick.choice(CANDIDATES)])}]")
    facts = "".join(f"{name}: {pick.choice(CHOICES)}\n" for name in columns)
    return Shape("\n".join(lines) + "\n", facts)


def computed(count: int) -> Shape:
    """Make a chain of computed numbers, each with a default and read by a rule that an exception can stop."""
    lines = ["knowledge_base: computed", "goal: colour", "attributes:"]
    lines.append(f"  colour: {{choices: [{', '.join(CANDIDATES)}]}}")
    lines += [
        "  number0: {question: 'How many?', number: {at_least: 0}}",
        "  stopped: {question: 'Is it?', otherwise: no}",
    ]
    lines += [f"  number{i + 1}: {{is: number{i} / 2 + {i % 7}, otherwise: 1}}" for i in range(count)]
    lines.append("rules:")
    for number in range(1, count + 1):
        then = f"colour: {{{CANDIDATES[number % len(CANDIDATES)]}: 0.3}}"
        tests = f"if: {{number{number}: {{more_than: {number % 9}}}}}, unless: {{stopped: yes}}"
        lines.append(f"  rule{number}: {{{tests}, then: {{{then}}}}}")
    return Shape("\n".join(lines) + "\n", "number0: 12\n")
