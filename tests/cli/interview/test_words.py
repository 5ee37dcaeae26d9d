"""The words that can be typed instead of an answer: each does something on a screen, or is said to do nothing there."""

import pytest

from expert.cli.interview.line_prompt import LinePrompt, read_line
from expert.cli.interview.typed import WORDS
from expert.cli.terminal import print_text

NOTHING = "'{}' does nothing here; type ? to see what does\n"

SCREENS = {
    "a review": (["--all"], "no\nreview\n", ("back", "explain", "done", "quit")),
    "before the end": (["--all"], "no\n30\n", ("back", "explain", "done", "quit")),
    "an early end": ([], "no\n", ("back", "explain", "done", "quit")),
    "after the end": ([], "no\ndone\n", ("back", "explain", "review", "quit")),
    "after the end without answers": (["--set", "warm=no"], "done\n", ("explain", "quit")),
}


@pytest.fixture
def attended(ask, monkeypatch):
    """Ask somebody who is there, in lines; what is typed is shown, as on a terminal."""

    def prompt():
        made = LinePrompt()
        made.attended = True
        return made

    def read():
        line = read_line()
        print_text(line, err=True)
        return line

    monkeypatch.setattr("expert.cli.ask.choose_prompt", prompt)
    monkeypatch.setattr("expert.cli.interview.line_prompt.read_line", read)
    return ask


@pytest.mark.parametrize("screen", SCREENS)
def test_a_word_that_does_nothing_on_a_screen_is_said_to_and_help_lists_those_that_do(attended, screen):
    words, before, working = SCREENS[screen]
    others = [word for word in WORDS if word not in ("why", "done", *working)]  # the end is an answer itself
    typed = "".join(f"{word}\n" for word in (*others, "?"))
    shown = attended(*words, stdin=f"{before}{typed}".encode()).err
    assert [word for word in WORDS if NOTHING.format(word) in shown] == others
    listed = shown.partition("or the beginning of its name.\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in listed.splitlines()] == list(working)


@pytest.mark.parametrize(
    ("screen", "word", "said", "status"),
    [
        ("a review", "back", "Question 2, ", 130),
        ("a review", "explain", "\nSo far\nGreen is the default", 130),
        ("a review", "done", "It took 1 of 2 questions.", 0),
        ("a review", "quit", "1 answer saved. Continue with:", 0),
        ("before the end", "back", "Question 2, ", 130),
        ("before the end", "explain", "\nSo far\nGreen is the default", 0),
        ("before the end", "quit", "2 answers saved. Continue with:", 0),
        ("an early end", "explain", "\nSo far\nGreen is the default", 0),
        ("an early end", "quit", "1 answer saved. Continue with:", 0),
        ("after the end", "back", "Question 1, ", 130),
        ("after the end", "review", "change: Is it warm? no", 0),
        ("after the end", "explain", "Nothing cold is red.\n\nWhat next?", 0),
        ("after the end", "done", "It took 1 of 2 questions.", 0),
        ("after the end", "quit", "It took 1 of 2 questions.", 0),
    ],
)
def test_what_the_words_do(attended, screen, word, said, status):
    words, before, _ = SCREENS[screen]
    result = attended(*words, stdin=f"{before}{word}\n".encode())
    assert said in result.err.rpartition(f"> {word}\n")[2]
    assert result.status == status


def test_after_the_end_answers_can_still_be_changed_and_the_facts_are_written_anew(attended, tmp_path, folder):
    out = tmp_path / "out.yaml"
    result = attended("--out", out, stdin=b"no\ndone\nreview\nchange warm\nyes\ndone\nstop\n")
    assert result.out.startswith("Green is the default")
    assert "Red is recommended" in result.out
    assert "\nwarm: yes\n" in out.read_text()
    assert list(folder.glob("*.json")) == []


def test_who_returns_after_the_end_and_quits_can_resume(attended):
    result = attended("--all", stdin=b"no\ndone\nreview\ngo on\nquit\n")
    assert "1 answer saved. Continue with:" in result.err
    assert "Resumed with 1 answer." in attended("--resume").err


def test_who_continues_after_an_early_end_may_still_quit_for_now(ask):
    result = ask(stdin=b"no\nyes\nquit\n")
    assert (result.status, result.out) == (0, "")
    assert "1 answer saved. Continue with:" in result.err


def test_who_quits_when_asked_whether_to_keep_answers_leaves_all_as_it_is(ask, small, folder):
    ask("--all", stdin=b"no\n")
    small.write_text(small.read_text().replace("title: Which", "title: What"))
    result = ask("--resume", stdin=b"review\nquit\n")
    assert (result.status, result.out) == (0, "")
    assert NOTHING.format("review") in result.err
    assert [path.name for path in folder.glob("*.json")] == ["small-1.json"]
    assert "Keep them?" in ask("--resume", stdin=b"quit\n").err
