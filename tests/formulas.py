"""Hypothesis strategies: formulas as people write them, and numbers for their inputs."""

from hypothesis import strategies as st

INPUTS = ("weight", "height-cm", "min", "größe")

NUMERALS = ("0", "1", "3", "0.5", "0.1", ".25", "5.", "12_000", "1e4", "1e-5", "2e300", "1e-200", "1024")

NUMBERS = st.one_of(
    st.sampled_from([0, -0.0, 1, -1, 3, 1 / 1024, 0.1, 1e-9, 5e-10, 9_007_199, 2**53, 1e308, -1e308, 5e-324]),
    st.integers(-(10**6), 10**6),
    st.floats(-1e7, 1e7),
    st.floats(allow_nan=False, allow_infinity=False),
)


def texts(inputs=INPUTS):
    """Draw formulas with spaces and parentheses that they need and that they do not."""
    return st.recursive(st.sampled_from([*inputs, *NUMERALS]), _larger, max_leaves=8)


def _larger(parts):
    chains = st.lists(parts, min_size=1, max_size=4)
    return st.one_of(
        st.tuples(parts, st.sampled_from(["+", "-", "*", "/", " - ", " −\n"]), parts).map(_operation),
        parts.map("( {} )".format),
        parts.map("- {}".format),
        st.tuples(st.sampled_from(["min", "max"]), chains).map(lambda drawn: f"{drawn[0]} ({' , '.join(drawn[1])})"),
    )


def _operation(drawn):
    left, sign, right = drawn
    return f"{left} {sign} {right}"
