"""Every reader gives a value for any bytes, or one refusal that can be shown, and never anything else."""

import platform
import sys

import pytest

from tests.fuzz.__main__ import RUNS, fuzz
from tests.fuzz.corpus import FOLDER, inputs
from tests.fuzz.readers import READERS, check

HAS_WHEEL = sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 15)
"""Whether atheris can be installed; the extra `test` says the same."""

SHARE = 0.005
"""Of the inputs that `make fuzz` tries."""


def test_every_reader_has_runs_and_kept_inputs():
    assert RUNS.keys() == READERS.keys() == {path.stem for path in FOLDER.iterdir()}
    assert sum(RUNS.values()) >= 10**6


@pytest.mark.parametrize("reader", READERS)
def test_kept_inputs_are_read_or_refused(reader):
    for data in inputs(reader):
        try:
            check(reader, data)
        except BaseException as error:
            error.add_note(f"the input was {data!r}")
            raise


@pytest.mark.skipif(not HAS_WHEEL, reason="there is no wheel of atheris for this platform")
@pytest.mark.parametrize("reader", READERS)
def test_some_thousand_new_inputs_are_read_or_refused(reader):
    ran = fuzz(reader, int(RUNS[reader] * SHARE), seed=7)
    assert ran.findings == []
    assert ran.executed >= RUNS[reader] * SHARE, ran.output
    assert ran.covered > 30, "the code of the reader is not instrumented"
