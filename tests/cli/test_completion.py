"""Completion in the shells themselves, on a terminal."""

import os
import re
import sys
from pathlib import Path

import pexpect
import pytest

from tests.needs import needs

RULES = """\
knowledge_base: shapes
goal: shape
attributes:
  shape: {choices: {round: Round, edgy: Edgy}}
  solid:
  size: {question: How large?, choices: [small, smooth, very large]}
  weight: {question: How heavy?, number: {at_least: 0}}
rules:
  small-round: {if: {size: small}, then: {shape: round}}
  heavy: {if: {weight: {at_least: 2}}, then: {solid: yes}}
  solid-edgy: {if: {solid: yes}, then: {shape: edgy}}
tables:
  light: {then: [shape], columns: [weight, shape], rows: [["< 1", round]]}
"""

STARTS = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "-i"),
}
PROMPTS = {
    "bash": "PS1='ready''> '; bind 'set enable-bracketed-paste off'; bind 'set show-all-if-ambiguous on'",
    "zsh": "PS1='ready''> '; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D",
    "fish": "function fish_prompt; echo -n ready'> '; end; function fish_right_prompt; end",
}
READS = {
    "bash": 'eval "$(expert completion bash)"',
    "zsh": 'eval "$(expert completion zsh)"',
    "fish": "expert completion fish | source",
}
ANSI = re.compile(r"\x1b(\[[0-9;?<>=]*[A-Za-z]|\][^\x07\x1b]*(\x07|\x1b\\)|[=>()][0B]?)")


STUB = """\
#!/bin/sh
if [ "$_EXPERT_COMPLETE" ] || [ "$1" = completion ]; then exec {python} -m expert "$@"; fi
printf '{{%s}}' "$@"
echo ' ended'
"""
"""Stands for the program, which completes; run, it tells which words it was given."""


@pytest.fixture(scope="module", params=STARTS)
def typed(request, tmp_path_factory):
    """Type a line with tabs in it, and give the screen up to its end, and the words that the program then gets."""
    shell = request.param
    needs(shell)
    folder = tmp_path_factory.mktemp(shell)
    (folder / "shapes.yaml").write_text(RULES)
    for name in ("size=file", "very-file", "facts.yaml"):
        (folder / name).write_text("")
    (folder / "bin").mkdir()
    stub = folder / "bin" / "expert"
    stub.write_text(STUB.format(python=sys.executable))
    stub.chmod(0o755)
    environment = {
        **os.environ, "PATH": f"{stub.parent}:{os.environ['PATH']}", "HOME": str(folder), "PYTHONPATH": str(Path.cwd()),
        "TERM": "xterm", "EXPERT_RULES": str(folder / "shapes.yaml"), "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    program, *words = STARTS[shell]
    child = pexpect.spawn(
        program, words, cwd=folder, env=environment, encoding="utf-8", timeout=60, dimensions=(40, 200)
    )
    child.sendline(f"{PROMPTS[shell]}; {READS[shell]}")
    child.expect("ready> ")

    def typed(line):
        child.sendline(line)
        child.expect(" ended")
        screen = ANSI.sub("", child.before)
        child.expect("ready> ")
        return screen, re.findall(r"{([^{}]*)}", screen)

    yield typed
    child.close(force=True)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("expert reco\t", ["recommend"]),
        ("expert recommend --set si\tsma\t", ["recommend", "--set", "size=small"]),
        ("expert recommend --set size=sm\to\t", ["recommend", "--set", "size=smooth"]),
        ("expert recommend --set=size=sma\t", ["recommend", "--set=size=small"]),
        ("expert recommend --set 'size=sma\t", ["recommend", "--set", "size=small"]),
        ("expert recommend --set size=v\t", ["recommend", "--set", "size=very large"]),
        ("expert recommend --set size=small --set we\t3", ["recommend", "--set", "size=small", "--set", "weight=3"]),
        ("expert explain --why ro\t", ["explain", "--why", "round"]),
        ("expert explain --why-not solid=y\t", ["explain", "--why-not", "solid=yes"]),
        ("expert rules show hea\t", ["rules", "show", "heavy"]),
        ("expert rules show lig\t", ["rules", "show", "light/1"]),
        ("expert compare facts.yaml --with art\t", ["compare", "facts.yaml", "--with", "article"]),
        ("expert recommend --rules fac\t", ["recommend", "--rules", "facts.yaml"]),
        ("expert ask --facts=fac\t", ["ask", "--facts=facts.yaml"]),
    ],
)
def test_the_shell_completes_what_is_typed(typed, line, words):
    assert typed(line)[1] == words


def test_the_values_of_an_attribute_are_offered_and_no_files(typed):
    screen, words = typed("expert recommend --set size=\tsma\t")
    assert words[-1] == "size=small"
    assert "smooth" in screen
    assert "file" not in screen
