import os
import signal

import pytest
from hypothesis import settings

from tests.browser import browser, open_page  # noqa: F401
from tests.examples import examples
from tests.spark_cluster import cluster, spark  # noqa: F401

signal.signal(signal.SIGHUP, signal.SIG_DFL)  # what tests start is to end at it, even where these ignore it by `nohup`

settings.register_profile("expert", deadline=None, max_examples=examples(100), derandomize="CI" in os.environ)
settings.load_profile("expert")


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(session, items):
    """Keep the tests of a file in one process, or those of the several files that name one group.

    Coverage is that of examples: random cases are many, and to measure them doubles the time that they take.
    """
    is_measured = not session.config.getoption("no_cov", default=True)
    for item in items:
        if is_measured and getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.no_cover)
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
