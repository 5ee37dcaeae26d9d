"""What some tests need besides Python."""

import os
import shutil

import pytest


def needs(program):
    """Skip where a program is missing; in continuous integration, fail."""
    path = shutil.which(program)
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"not installed: {program}")
    return path
