"""The parser of console blocks, and how outputs are compared with what is shown."""

import pytest

from tests.documentation.console import Command, commands, fits, run


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("$ one\n", [Command("one", "", 0)]),
        ("$ one\nout\n\nput\n\n$ two\n", [Command("one", "out\n\nput", 0), Command("two", "", 5)]),
        ("$ cat << END\n> a\n>\n> END\nout\n> put\n", [Command("cat << END\na\n\nEND", "out\n> put", 0)]),
    ],
)
def test_a_block_is_taken_apart_into_commands_and_outputs(block, expected):
    assert commands(block) == expected


@pytest.mark.parametrize("block", ["output\n$ one\n", "$  \n"])
def test_a_block_without_a_command_is_refused(block):
    with pytest.raises(ValueError, match="command"):
        commands(block)


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        ("", "", True),
        ("", "more\n", False),
        ("one", "one\n", True),
        ("one", "one  \n\n", True),
        ("one", "\none\n", True),
        ("one", "one more\n", False),
        ("one.", "onex\n", False),
        ("one\nthree", "one\ntwo\nthree\n", False),
        ("one\n...\nthree", "one\ntwo\n\nthree\n", True),
        ("one\n...\nthree", "one\nthree\n", True),
        ("one\n...", "one\n", True),
        ("...\nthree", "one\ntwo\nthree\n", True),
        ("one ... three", "one two three\n", True),
        ("one ... three", "one\nthree\n", False),
        ("one...", "one\n", True),
    ],
)
def test_dots_stand_for_anything_and_nothing_else_does(shown, printed, expected):
    assert fits(shown, printed) is expected


@pytest.mark.parametrize(
    ("command", "shown", "complaint"),
    [
        ("echo one; echo two >&2", "one\ntwo", ""),
        ("echo one", "two", "-two\n+one"),
        ("false", "", "exit status 1"),
        ("false | cat", "", "exit status 1"),
        ("false; echo $?", "1", ""),
    ],
)
def test_a_command_must_succeed_and_print_what_is_shown(tmp_path, command, shown, complaint):
    found = run(Command(command, shown, 0), tmp_path, {"PATH": "/usr/bin:/bin"})
    assert complaint in found if complaint else found == ""
