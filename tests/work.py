"""How much work something is: counted, so that it does not depend on the machine."""

import gc
import sys
import tracemalloc

MOST = 2.3
"""How many times the work may grow where the input doubles."""


def calls(job):
    """Count the functions that a job calls."""
    count = 0

    def note(_frame, event, _what):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        job()
    finally:
        sys.setprofile(None)
    return count


def peak(job):
    """Measure the most bytes that a job holds at once."""
    gc.collect()
    tracemalloc.start()
    try:
        job()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
