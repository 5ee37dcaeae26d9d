"""Questions line by line: what is read, refused and imported."""

import subprocess
import sys


def test_what_is_not_understood_is_asked_again(ask):
    result = ask("--all", stdin=b"maybe\n\nno\nhot\n-60\n3\n")
    assert "'maybe' is not an answer; expected yes, no or don't know" in result.err
    assert "expected 1 (yes), 2 (no) or 3 (don't know)" in result.err
    assert "the answer must be a number of degrees, at least -50 and at most 50, not 'hot'" in result.err
    assert "It took 2 of 2 questions." in result.err


def test_bytes_that_are_no_text_are_no_answer(ask):
    result = ask(stdin=b"\xff\nno\n")
    assert result.status == 0
    assert "'\ufffd' is not an answer" in result.err


def test_plain_lines_import_no_terminal_library():
    code = (
        "import sys\nfrom expert.cli import main\n"
        "try: main(['ask'])\nexcept SystemExit: pass\nprint(*sorted(sys.modules), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, input="")
    modules = set(done.stdout.splitlines())
    assert "polars" in modules
    assert "prompt_toolkit" not in modules


def test_a_line_that_is_too_long_for_an_answer_is_neither_echoed_nor_searched(ask):
    result = ask(stdin=b"x" * 10**7 + b"\n\x1b]0;title\x07\nno\n")
    assert "It took 1 of 2 questions." in result.err
    assert "an answer has at most 1,000 characters" in result.err
    assert "\x1b]" not in result.err
    assert len(result.err) < 5000
