"""How many random examples a property is tried on: few in each run, more where ``EXPERT_EXAMPLES`` multiplies them."""

import os

SHARE = 0.25 * float(os.environ.get("EXPERT_EXAMPLES", "1"))


def examples(count):
    """Give a quarter of a number of examples, or as many times that as wanted."""
    return max(5, round(count * SHARE))
