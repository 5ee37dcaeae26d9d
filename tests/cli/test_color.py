"""Colours, notices and errors: what the options before every command, and the environment, do to them."""

import pytest

FACTS = "docs/examples/prototype.yaml"


@pytest.mark.parametrize(
    ("words", "variables", "is_coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "0"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_the_option_goes_before_the_environment_and_that_before_the_terminal(
    run, monkeypatch, words, variables, is_coloured
):
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run(*words, "recommend", FACTS).out) == is_coloured


def test_faint_text_is_dim_so_that_it_is_seen_on_every_background(run):
    out = run("--color", "always", "recommend", FACTS).out
    assert "\x1b[2m" in out
    assert "\x1b[90m" not in out


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ("graph {} --out", "proof.svg"),
        ("page --force --out", "page.html"),
        ("recommend {} --save", "decision.yaml"),
        ("recommend {} --adr", "decision.md"),
        ("recommend {} --report", "decision.html"),
        ("rules docs --out", "site"),
    ],
)
def test_notices_can_be_left_out(run, tmp_path, words, file):
    command = (*words.format(FACTS).split(), tmp_path / file)
    assert run(*command).err.startswith("The ")
    assert run("--quiet", *command).err == ""


@pytest.mark.parametrize("words", [(), ("facts",), ("rules",)])
def test_without_a_command_the_help_is_shown(run, words):
    result = run(*words)
    assert (result.status, result.err) == (2, "")
    assert result.out == run(*words, "--help").out


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["recomend"], "error: No such command 'recomend'; did you mean 'recommend'?\nTry 'expert --help'.\n"),
        (["recommend", "--xqzw"], "error: No such option '--xqzw'.\nTry 'expert recommend --help'.\n"),
        (["recommend", "--jsn"], "error: No such option '--jsn'; did you mean '--json' or '--set'?\n"),
        (["recommend", "gone.yaml"], "error: gone.yaml: "),
        (["graph", "--all", "--of", "x"], "error: --all and --of cannot be combined.\nTry 'expert graph --help'.\n"),
    ],
)
def test_errors_have_one_style(run, words, error):
    result = run(*words)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(error)
