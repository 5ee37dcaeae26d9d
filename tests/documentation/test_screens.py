"""What photographs every screen draws what stands there, for every example."""

import struct
from pathlib import Path

from docs.screens import EXAMPLES, cases, index, photograph_terminal
from docs.terminal import Terminal, picture
from expert import __version__


def test_a_screen_of_the_terminal_is_photographed_light_and_dark(browser, tmp_path):
    terminal = Terminal(["--version"], columns=60, lines=24, state=str(tmp_path))
    terminal.until_quiet(60)
    terminal.close()
    drawn = picture(terminal.screen)
    assert f"version\N{NO-BREAK SPACE}{__version__}" in drawn
    photograph_terminal(browser, tmp_path, "version", drawn)
    light, dark = ((tmp_path / f"version-{scheme}.png").read_bytes() for scheme in ("light", "dark"))
    assert light != dark
    assert struct.unpack(">II", light[16:24]) == (545, 79)  # so many columns and lines
    assert 'src="version-dark.png"' in index(tmp_path)


def test_every_example_is_photographed(monkeypatch, tmp_path):
    monkeypatch.chdir(EXAMPLES)
    files = {path.name for path in EXAMPLES.rglob("*.*") if path.name != "patch-triage.yaml"}
    assert {Path(case.facts).name for case in cases(tmp_path)} == {*files, "rules-100-facts.yaml"}


def test_a_style_that_is_read_in_two_parts_is_drawn(monkeypatch, tmp_path):
    terminal = Terminal(["--version"], columns=60, lines=24, state=str(tmp_path))
    terminal.until_quiet(60)
    terminal.close()
    parts = iter(["\x1b[0;", "2mfaint\x1b", "[0m plain"])
    monkeypatch.setattr(terminal._child, "read_nonblocking", lambda *_, **__: next(parts))
    for _ in range(3):
        terminal._read(1)
    assert '<text class="faint"' in (drawn := picture(terminal.screen))
    assert ">faint<" in drawn
