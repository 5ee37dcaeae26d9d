"""``expert ask`` on a real pseudo-terminal: arrow keys, typing, and being killed at any question."""

import os
import re
import signal
import sys
import termios

import pexpect
import pytest

COLOURS = """\
knowledge_base: colours
title: Which colour?
goal: colour
attributes:
  colour: {choices: {red: Red, green: Green, blue: Blue}}
  size: {question: How large is it?, help: As it looks., choices: {small: a small one, middle: so so, large: big}}
  warm: {question: Is it warm?}
  weight: {question: How heavy is it?, number: {unit: kg, at_least: 0}}
  round: {question: Is it round?}
rules:
  small-red: {if: {size: small}, then: {colour: {red: 0.6}}, because: Small things are red.}
  large-green: {if: {size: large}, then: {colour: {green: 0.6}}}
  warm-red: {if: {warm: yes}, then: {colour: {red: 0.5}}}
  cold-blue: {if: {warm: no}, then: {colour: {blue: 0.5}}}
  heavy-green: {if: {weight: {more_than: 10}}, then: {colour: {green: 0.7}}}
  round-blue: {if: {round: yes}, then: {colour: {blue: 0.65}}}
"""

UP, DOWN, LEFT, RIGHT = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
MARK = "❯ "
ENTER = "\r"


@pytest.fixture
def terminal(tmp_path):
    """Start ``expert ask`` on a terminal of 24 lines; answers are saved in a folder of the test's own."""
    (tmp_path / "colours.yaml").write_text(COLOURS)
    children = []

    def start(*words, out=True, **variables):
        environment = {
            **os.environ, "EXPERT_STATE": str(tmp_path), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "PAGER": "cat",
            **variables,
        }  # fmt: skip
        environment.pop("NO_COLOR", None) if "NO_COLOR" not in variables else None
        child = pexpect.spawn(
            sys.executable,
            [
                "-m",
                "expert",
                "ask",
                "--rules",
                str(tmp_path / "colours.yaml"),
                *(("--out", str(tmp_path / "out.yaml")) if out else ()),
                *words,
            ],
            env=environment,
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=20,
        )
        children.append(child)
        return child

    yield start
    for child in children:
        child.close(force=True)


@pytest.fixture
def facts(tmp_path):
    """Read the lines of the facts file that are no comments."""

    def read():
        return [line for line in (tmp_path / "out.yaml").read_text().splitlines() if line and line[0] not in "#{"]

    return read


def finish(child):
    child.expect(pexpect.EOF)
    child.close()
    return ANSI.sub("", child.before), child.exitstatus


def end(child, keys=ENTER):
    """Find the answers right, and press these keys at what is offered then."""
    child.expect_exact("Check your answers")
    child.expect_exact("↑↓ pick")
    child.send(ENTER)
    child.expect_exact("What next?")
    child.expect_exact("↑↓ pick")
    child.send(keys)
    return finish(child)


QUESTIONS = {"size": "How large is it?", "warm": "Is it warm?", "weight": "How heavy is it?", "round": "Is it round?"}


def put(child):
    """Wait until a question is on the screen, keys and all; name it."""
    child.expect_exact("Question ")
    found = child.expect_exact(list(QUESTIONS.values()))
    child.expect_exact("done  quit")
    return list(QUESTIONS)[found]


def play(child, keys):
    """Press these keys at each question, until all of them have been; in which order, the interview chooses."""
    left = dict(keys)
    order = []
    while left:
        name = put(child)
        order.append(name)
        child.send(left.pop(name))
        child.expect_exact("✓")
    return order


def test_arrows_pick_an_answer_and_how_sure_it_is(terminal, facts):
    child = terminal("--all")
    play(child, {
        "size": DOWN + DOWN + UP + DOWN + LEFT + LEFT + RIGHT + ENTER,
        "weight": "12.5" + "\x7f" * 2 + " kg" + ENTER,
        "round": UP + ENTER,
        "warm": DOWN + DOWN + DOWN + DOWN + ENTER,
    })  # fmt: skip
    child.expect_exact("How large is it? big (0.70)")
    child.expect_exact("↑↓ pick")
    child.send(ENTER)
    child.expect_exact("What next?")
    child.expect_exact("↑↓ pick")
    child.send(ENTER)
    shown, status = finish(child)
    assert "It took 4 of 4 questions." in shown
    assert status == 0
    assert facts() == ["size: {value: large, certainty: 0.7}", "warm: no", "weight: 12"]


def test_numbers_and_beginnings_and_certainties_can_be_typed(terminal, facts):
    child = terminal("--all")
    play(child, {
        "size": "rather sm" + ENTER, "weight": "don't know" + ENTER, "round": "1" + ENTER, "warm": "n (0.9)" + ENTER
    })  # fmt: skip
    assert end(child)[1] == 0
    assert facts() == ["size: {value: small, certainty: 0.7}", "warm: {value: no, certainty: 0.9}", "round: yes"]


def test_of_several_answers_that_begin_alike_the_marked_one_is_taken(terminal):
    child = terminal("--all")
    assert put(child) == "size"
    child.send("s" + ENTER)  # small, and "so so"
    child.expect_exact("✓")
    child.expect_exact("a small one")


def test_the_keys_for_how_sure_are_named_where_they_do_something(terminal):
    child = terminal("--all")
    assert put(child) == "size"
    first = ANSI.sub("", child.before)
    assert "↑↓ pick  ← less sure  ? why" in first
    assert "As it looks." in first
    child.send(LEFT)
    child.expect_exact("rather (0.7)")
    child.expect_exact("surer")  # what is above it stays as it is on the screen, and is not sent again


def test_a_number_can_be_more_or_less_sure_and_stays_when_it_is_asked_again(terminal, facts):
    child = terminal("--all", "--set", "size=small", "--set", "warm=no", "--set", "round=no")
    assert put(child) == "weight"
    child.send("3" + LEFT)
    child.expect_exact("rather (0.7)")
    child.expect_exact("surer")
    child.send(ENTER)
    child.expect_exact("How heavy is it? 3 kg (0.70)")
    child.expect_exact("↑↓ pick")
    child.send("back" + ENTER)
    assert put(child) == "weight"
    assert "> 3  rather (0.7)" in ANSI.sub("", child.before)
    child.send("?")  # what is kept is not in the way of what is typed
    child.expect_exact("such as 11 kg: for Green")
    put(child)
    child.send(LEFT + ENTER)
    assert end(child)[1] == 0
    assert "weight: {value: 3, certainty: 0.4}" in facts()


def test_the_words_that_work_where_no_question_is_asked_are_named_there(terminal):
    child = terminal("--all", "--set", "size=small", "--set", "weight=3", "--set", "round=no")
    assert put(child) == "warm"
    child.send(ENTER)
    child.expect_exact("Check your answers")
    child.expect_exact("? help  back  explain  done  quit")
    child.send("skip" + ENTER)
    child.expect_exact("'skip' does nothing here; type ? to see what does")
    child.send("done" + ENTER)
    child.expect_exact("What next?")
    child.expect_exact("? help  back  explain  review  quit")
    child.send("review" + ENTER)
    child.expect_exact("Check your answers")
    child.expect_exact("quit")
    child.send("quit" + ENTER)
    child.expect_exact("1 answer saved. Continue with:")
    assert finish(child)[1] == 0


def test_what_is_no_answer_is_refused_and_gives_way_to_what_is_typed_next(terminal):
    child = terminal("--all")
    put(child)
    child.send("nonsense" + ENTER)
    child.expect_exact("'nonsense' is not an answer")
    child.send("\x03")
    assert finish(child)[1] == 130


def test_why_and_explain_tell_and_put_the_question_again(terminal):
    child = terminal("--all")
    assert put(child) == "size"
    child.send("?")
    child.expect_exact("Which way each answer would push")
    child.expect_exact("a small one: for Red")
    assert put(child) == "size"
    child.send("more" + ENTER)
    child.expect_exact("Small things are red.")
    child.expect_exact("end now, with the best answer so far")
    assert put(child) == "size"
    child.send("expl" + ENTER)
    child.expect_exact("Undecided")
    assert put(child) == "size"
    child.send("x" + ENTER)
    child.expect_exact("'x' is not an answer")
    child.send("\x15" + "l" + ENTER)
    child.expect_exact("big")
    assert put(child) != "size"


@pytest.mark.parametrize(("lines", "paged"), [("24", True), ("60", False)])
def test_what_does_not_fit_above_a_question_is_paged(terminal, lines, paged):
    child = terminal("--all", LINES=lines, PAGER="sed s/^/paged:/")
    put(child)
    child.send("more" + ENTER)
    child.expect(r"(paged:)?  quit     leave for now")
    assert bool(child.match[1]) is paged
    put(child)
    child.send("quit" + ENTER)
    finish(child)


def test_answer_and_reasons_are_on_the_screen_with_what_is_offered_then(terminal):
    child = terminal("--set", "size=small", "--set", "weight=3", "--set", "round=no", "--all", COLUMNS="60")
    assert put(child) == "warm"
    child.send("done" + ENTER)
    child.expect_exact("recommended")
    child.expect_exact("explain  quit")
    shown = ANSI.sub("", child.before)
    assert shown.count("\n") < 24
    assert "Small things are red." in shown
    assert "It took" not in shown
    child.send(ENTER)
    assert "It took 0 of 1 question." in finish(child)[0]


def test_commands_to_copy_are_broken_between_their_parts(terminal):
    child = terminal("--set", "size=small", "--set", "warm=yes", "--set", "weight=3", "--set", "round=no", COLUMNS="50")
    child.expect_exact("What next?")
    child.expect_exact("explain  quit")
    child.send(ENTER)
    lines = finish(child)[0].splitlines()
    (start,) = (number for number, line in enumerate(lines) if line.startswith("  expert graph"))
    assert all(line.endswith(" \\") for line in lines[start : start + 2])
    assert lines[start + 2].startswith("    --rules ")
    assert " ".join(line.strip(" \\") for line in lines[start:]).endswith("colours.yaml --open")


def test_what_is_skipped_comes_back(terminal, facts):
    child = terminal("--all")
    assert put(child) == "size"
    child.send("skip" + ENTER)
    child.expect_exact("skipped")
    others = play(child, {"warm": ENTER, "weight": "3" + ENTER, "round": ENTER})
    assert play(child, {"size": "2" + ENTER}) == ["size"]
    assert end(child)[1] == 0
    assert len(others) == 3
    assert facts() == ["size: middle", "warm: yes", "weight: 3", "round: yes"]


def test_back_shows_the_answer_so_far_and_keeps_the_later_ones(terminal, facts):
    child = terminal("--all", "--set", "round=yes", "--set", "warm=yes")
    first, second = [put(child)], None
    child.send({"size": LEFT + ENTER, "weight": "3 (0.5)" + ENTER}[first[0]])
    second = put(child)
    child.send("back" + ENTER)
    child.expect_exact("Back.")
    assert put(child) == first[0]
    shown = ANSI.sub("", child.before)
    assert ("rather (0.7)" if first[0] == "size" else "3 (0.5)") in shown
    child.send({"size": DOWN + ENTER, "weight": ENTER}[first[0]])
    assert put(child) == second
    child.send({"size": DOWN + ENTER, "weight": "3 (0.5)" + ENTER}[second])
    assert end(child)[1] == 0
    assert [fact for fact in facts() if "weight" in fact] == ["weight: {value: 3, certainty: 0.5}"]
    assert any(fact.startswith("size: ") for fact in facts())


def test_what_was_not_known_stays_so_when_it_is_asked_again(terminal, facts):
    child = terminal("--all", "--set", "size=small", "--set", "weight=3", "--set", "round=no")
    assert put(child) == "warm"
    child.send("d" + ENTER)
    child.expect_exact("Check your answers")
    child.expect_exact("↑↓ pick")
    child.send("back" + ENTER)
    assert put(child) == "warm"
    child.send(ENTER)
    assert end(child)[1] == 0
    assert not [fact for fact in facts() if "warm" in fact]


def test_the_rest_is_offered_when_nothing_can_change_the_recommendation(terminal, facts):
    child = terminal("--set", "size=small", "--set", "round=no", "--set", "weight=3")
    child.expect_exact("The remaining question cannot change that")
    child.expect_exact("Continue anyway?")
    child.expect_exact("↑↓ pick")
    child.send(DOWN + ENTER)
    assert play(child, {"warm": ENTER}) == ["warm"]
    child.expect_exact("Check your answers")
    child.expect_exact("↑↓ pick")
    child.send(ENTER)
    child.expect_exact("Red")
    child.expect_exact("is recommended with certainty 0.80")
    child.expect_exact("↑↓ pick")
    child.send(ENTER)
    assert finish(child)[1] == 0
    assert "warm: yes" in facts()


def test_an_interview_that_is_killed_at_each_question_goes_on_there(terminal, facts):
    answers = {"size": "1" + ENTER, "weight": "2.5" + ENTER, "round": "n" + ENTER, "warm": "y" + ENTER}
    child = terminal("--all")
    for answered in range(4):
        name = put(child)
        child.send(answers.pop(name))
        if answers:
            following = put(child)
            assert following in answers
            child.kill(signal.SIGKILL)
            child.close()
            child = terminal("--resume")
            child.expect_exact(f"Resumed with {answered + 1} answer")
    assert end(child)[1] == 0
    assert facts() == ["size: small", "warm: yes", "weight: 2.5", "round: no"]


def test_quitting_shows_the_ranking_so_far_and_how_to_resume(terminal):
    child = terminal("--all")
    assert put(child) == "size"
    child.send("1" + ENTER)
    put(child)
    child.send("quit" + ENTER)
    child.expect_exact("So far:")
    child.expect_exact("is recommended with certainty 0.60")
    child.expect_exact("1 answer saved. Continue with:")
    assert finish(child)[1] == 0


def test_who_is_done_is_told_how_sure_the_best_answer_is(terminal, facts):
    child = terminal("--all")
    assert put(child) == "size"
    child.send("1" + ENTER)
    put(child)
    child.send("done" + ENTER)
    child.expect(r"Still\s+possible:\s+Red,\s+Green,\s+Blue")
    child.expect_exact("What next?")
    child.expect_exact("↑↓ pick")
    child.send(ENTER)
    assert finish(child)[1] == 0
    assert facts() == ["size: small"]


@pytest.mark.parametrize("word", ["review", "at the end"])
def test_a_reviewed_answer_can_be_changed(terminal, facts, word):
    child = terminal("--set", "size=small", "--set", "weight=3", "--set", "round=no", "--all")
    assert put(child) == "warm"
    child.send(ENTER)
    child.expect_exact("Check your answers")
    child.expect_exact("Is it warm? yes")
    child.expect_exact("↑↓ pick")
    child.send("change warm" + ENTER)
    assert put(child) == "warm"
    if word == "review":
        child.send("review" + ENTER)
        child.expect_exact("go on")
        child.expect_exact("↑↓ pick")
        child.send(ENTER)
        assert put(child) == "warm"
    child.send(DOWN + ENTER)
    assert end(child)[1] == 0
    assert "warm: no" in facts()


def test_at_the_end_the_facts_can_be_saved_and_the_graph_opened(terminal, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    child = terminal(
        "--all", "--set", "size=small", "--set", "weight=3", "--set", "round=no", out=False, BROWSER="true"
    )
    assert put(child) == "warm"
    child.send(ENTER)
    child.expect_exact("Check your answers")
    child.expect_exact("↑↓ pick")
    child.send(ENTER)
    for keys, said in (("save", "The facts are in colours-facts.yaml."), ("graph", "The graph is in")):
        child.expect_exact("What next?")
        child.expect_exact("↑↓ pick")
        child.send(keys + ENTER)
        child.expect_exact(said)
    child.expect_exact("What next?")
    child.expect_exact("↑↓ pick")
    child.send(ENTER)
    assert finish(child)[1] == 0
    assert "\nwarm: yes\n" in (tmp_path / "colours-facts.yaml").read_text()


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_leaving_ends_with_status_130_and_says_how_to_resume(terminal, key):
    child = terminal("--all")
    assert put(child) == "size"
    child.send("1" + ENTER)
    put(child)
    child.send(key)
    shown, status = finish(child)
    assert status == 130
    assert "interrupted; 1 answer saved; continue with\r\n`expert ask" in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_being_told_to_end_gives_the_terminal_back_and_says_how_to_resume(terminal, number, status):
    child = terminal("--all")
    assert put(child) == "size"
    child.send("1" + ENTER)
    put(child)
    assert not termios.tcgetattr(child.child_fd)[3] & termios.ECHO
    child.kill(number)
    child.expect_exact("interrupted; 1 answer saved; continue with\r\n`expert ask")
    assert termios.tcgetattr(child.child_fd)[3] & termios.ECHO
    shown, found = finish(child)
    assert found == status
    assert "Traceback" not in shown


def test_no_color_is_respected(terminal):
    child = terminal(NO_COLOR="1")
    child.expect_exact("How large is it?")
    child.expect_exact("quit")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", child.before)
    child.send("\x03")
    assert finish(child)[1] == 130


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_a_very_narrow_terminal_will_do(terminal, term):
    child = terminal(COLUMNS="2", TERM=term)
    child.expect_exact("How large is it?")
    child.expect_exact("a small one")
    child.send("?\r")
    child.expect_exact("Type more for the")
    child.send("quit\r")
    assert finish(child)[1] == 0


def test_a_dumb_terminal_gets_plain_lines(terminal):
    child = terminal(TERM="dumb")
    child.expect_exact("  1  a small one")
    child.expect_exact("> ")
    child.sendline("1")
    child.expect_exact("✓ How large is it? a small one")
    child.sendeof()
    shown, status = finish(child)
    assert status == 130
    assert "\x1b[" not in shown


def test_a_file_that_is_there_is_replaced_once_that_is_confirmed(terminal, tmp_path):
    out = tmp_path / "out.yaml"
    out.write_text("mine\n")
    child = terminal()
    child.expect("Replace")  # the path breaks the line anywhere
    child.send(ENTER)
    child.expect("use --force to")
    child.expect(pexpect.EOF)
    child.wait()
    assert (child.exitstatus, out.read_text()) == (2, "mine\n")
    child = terminal("--set", "size=small", "--set", "warm=yes", "--set", "weight=3", "--set", "round=no")
    child.expect("Replace")  # the path breaks the line anywhere
    child.send(DOWN + ENTER)
    child.expect("is recommended")
    child.expect_exact("What next?")
    child.expect_exact("↑↓ pick")
    child.send(ENTER)
    child.expect(pexpect.EOF)
    assert "\nsize: small\n" in out.read_text()
