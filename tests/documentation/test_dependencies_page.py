"""The page about dependencies lists those of the project, with the bounds that it gives."""

import configparser
import re

from tests.documentation.pages import TOP

PAGE = (TOP / "docs" / "dependencies.md").read_text(encoding="utf-8")


def declared():
    """Read the requirements from the project's settings: those to run it, and those of the extras."""
    settings = configparser.ConfigParser()
    settings.read(TOP / "setup.cfg", encoding="utf-8")
    extras = settings["options.extras_require"]
    return {
        "To run": requirements(settings["options"]["install_requires"]),
        "To run on Spark": requirements(extras["spark"]),
        "To test": requirements(extras["test"]),
        "To build the documentation": requirements(extras["docs"]),
        "To measure": requirements(extras["bench"]),
    }


def requirements(text):
    return dict(re.findall(r"^([\w-]+) *>= *([\d.]+)", text.strip(), re.MULTILINE))


def test_every_dependency_is_listed_with_its_bound_and_a_reason():
    for heading, expected in declared().items():
        section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
        assert dict(re.findall(r"^\| (\S+) \| ([\d.]+) \| \S.*\|$", section, re.MULTILINE)) == expected, heading


def test_every_requirement_has_a_lower_bound():
    settings = configparser.ConfigParser()
    settings.read(TOP / "setup.cfg", encoding="utf-8")
    for text in (settings["options"]["install_requires"], *settings["options.extras_require"].values()):
        assert len(requirements(text)) == len(text.strip().splitlines())
