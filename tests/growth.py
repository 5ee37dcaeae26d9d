"""How work and memory grow with the size of an input: counted, never timed."""

import gc
import sys
import tracemalloc
from functools import partial

MOST = 2.3
"""How many times as much work and memory twice the input may take."""


def calls(work):
    """Count the calls of functions, Python's own among them; what a single one of those does is not seen."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def peak(work):
    """Measure the most memory that Python's objects take at a time, in bytes, beyond what is there before."""
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def growth(measure, make, work, size):
    """Tell how many times as much `work` takes where its input is twice as large: 2 where it is linear.

    `make` builds an input of a size, unmeasured; a small one is worked on first, so that imports and caches are there.
    """
    work(make(2))
    once, twice = (measure(partial(work, make(n))) for n in (size, 2 * size))
    return twice / once


def many_rules(size):
    """Write a knowledge base of as many rules, each about a question of its own."""
    return {
        "knowledge_base": "many",
        "goal": "colour",
        "attributes": {
            "colour": {"choices": ["red", "green"]},
            **{f"asked{i}": {"question": "Is it so?"} for i in range(size)},
        },
        "rules": {
            f"rule{i}": {"if": {f"asked{i}": "yes"}, "then": {"colour": {"red": 0.1}}, "because": "It is so."}
            for i in range(size)
        },
    }
