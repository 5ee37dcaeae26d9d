"""Every command and every option of the command line is documented, and nothing else is."""

import re

import click
import pytest

from docs.man_pages import commands
from tests.documentation.pages import TOP

PAGE = (TOP / "docs" / "commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (expert .*)\n((?:(?!## ).*\n)*)", PAGE, re.MULTILINE))


COMMANDS = list(commands())
LEAVES = [entry for entry in COMMANDS if not isinstance(entry[1], click.Group)]


def options(command, context):
    """List all names of all options that ``--help`` shows."""
    parameters = [parameter for parameter in command.get_params(context) if isinstance(parameter, click.Option)]
    return {name for option in parameters if not option.hidden for name in (*option.opts, *option.secondary_opts)}


@pytest.mark.parametrize(("name", "command", "context"), COMMANDS, ids=[name for name, *_ in COMMANDS])
def test_every_option_is_on_the_page(name, command, context):
    documented = SECTIONS.get(name, "") + PAGE.partition("\n## ")[0]
    for option in options(command, context):
        assert re.search(rf"`{option}[ `]", documented), f"{name} {option}"


def test_every_command_has_a_section_and_every_section_a_command():
    assert sorted(SECTIONS) == sorted(name for name, *_ in LEAVES)


@pytest.mark.parametrize(("name", "command", "context"), LEAVES, ids=[name for name, *_ in LEAVES])
def test_a_section_lists_only_options_that_the_command_has(name, command, context):
    listed = set(re.findall(r"^\| `(--?[\w-]+)", SECTIONS[name], re.MULTILINE))
    assert listed == options(command, context) - {"--help", "-h"}


@pytest.mark.parametrize("name", [name for name, *_ in LEAVES])
def test_every_command_is_shown_at_work(name):
    pages = [path.read_text(encoding="utf-8") for path in (TOP / "docs").glob("*.md")]
    assert any(f"$ {name}" in page or f"`{name}" in page for page in pages)


def test_environment_variables_are_on_the_page():
    names = {"NO_COLOR"}
    for _, command, _ in COMMANDS:
        names |= {parameter.envvar for parameter in command.params if parameter.envvar}
    assert all(f"`{name}`" in PAGE for name in names)
