"""Saved interviews: where they are, which one is continued, and what is refused."""

import json
import os

import pytest

from expert.cli.interview.saved import SavedInterview, latest_unfinished, new_interview, state_folder


def test_resume_takes_the_last_of_several(ask, folder, tmp_path):
    ask("--all", stdin=b"no\n")
    ask("--all", stdin=b"rather yes\n")
    os.utime(folder / "small-1.json", ns=(1, 1))
    os.utime(folder / "small-2.json", ns=(2, 2))
    ask("--resume", "--out", tmp_path / "out.yaml", stdin=b"30\n")
    assert "\nwarm: {value: yes, certainty: 0.7}\n" in (tmp_path / "out.yaml").read_text()
    assert [path.name for path in folder.glob("*.json")] == ["small-1.json"]


def test_there_may_be_nothing_to_resume(ask, folder):
    assert ask("--resume").status == 2
    folder.mkdir(parents=True)
    for number, text in enumerate(["{broken", "[]", "{}", '{"knowledge_base": 3}', "[" * 100_000], start=1):
        (folder / f"small-{number}.json").write_text(text)
    (folder / "small-9.json").symlink_to("gone")  # as one that another process removes meanwhile
    result = ask("--resume")
    assert (result.status, result.out) == (2, "")
    assert "there is no unfinished interview" in result.err


def test_a_saved_interview_that_was_tampered_with_is_an_error(ask, folder):
    ask("--all", stdin=b"no\n")
    (path,) = folder.glob("*.json")
    path.write_text(path.read_text().replace('"value": "no"', '"value": "maybe"'))
    result = ask("--resume")
    assert result.status == 2
    assert "warm must be yes or no, not 'maybe'" in result.err


@pytest.mark.parametrize("words", [[], ["--rules", "article"]])
def test_a_broken_saved_interview_is_named(ask, folder, words):
    ask("--all", stdin=b"no\n")
    (path,) = folder.glob("*.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"again": []}))
    result = ask("--resume", *words)
    assert (result.status, result.out) == (2, "")
    assert result.err == f"error: {path}: is broken: its content is not that of a saved interview\n"


def test_two_interviews_at_once_do_not_disturb_one_another(ask, folder):
    held = new_interview("small")
    held.write({"held": True})
    result = ask("--all", stdin=b"no\n")
    assert result.status == 130
    assert json.loads(held.path.read_text()) == {"held": True}
    other, _ = latest_unfinished(lambda _: True)
    assert other.path.name == "small-2.json"
    other.release()
    assert ask("--resume", stdin=b"30\n").status == 0
    held.release()
    again = SavedInterview(held.path)
    assert again.is_ours
    again.remove()


def test_the_interviews_of_others_are_free_while_one_is_led(ask, run, folder, monkeypatch):
    ask("--all", stdin=b"no\n")
    free = []

    def look(*_):
        other = SavedInterview(folder / "small-1.json")
        free.append(other.is_ours)
        other.release()

    monkeypatch.setattr("expert.cli.ask.Dialogue.run", look)
    run("ask", "--set", "dataset_size=small")
    assert free == [True]


def test_pipes_among_the_saved_interviews_keep_nobody_waiting(ask, folder):
    folder.mkdir(parents=True)
    os.mkfifo(folder / "small-1.json")
    os.mkfifo(folder / "small-2.lock")
    assert "there is no unfinished interview" in ask("--resume").err
    assert "unfinished" not in ask("--all", stdin=b"no\n").err
    assert "Resumed with 1 answer." in ask("--resume", stdin=b"30\n").err


def test_a_state_folder_that_cannot_be_made_is_refused(ask, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("EXPERT_STATE", str(tmp_path / "file"))
    result = ask(stdin=b"no\n")
    assert result.status == 2
    assert "cannot be written" in result.err
    assert "EXPERT_STATE" in result.err


@pytest.mark.parametrize("words", [[], ["--resume"]])
def test_a_state_folder_that_takes_no_lock_is_refused(ask, folder, words):
    ask("--all", stdin=b"no\n")
    (folder / "small-1.lock").unlink(missing_ok=True)
    (folder / "small-1.lock").mkdir()  # no permission bars root, but this does
    result = ask(*words, stdin=b"no\n")
    assert result.status == 2
    assert result.err.startswith(f"error: {folder}: cannot be written: ")


def test_a_state_folder_of_nobody_is_refused(ask, monkeypatch):
    monkeypatch.setenv("EXPERT_STATE", "~no such user/state")
    result = ask(stdin=b"no\n")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("error: EXPERT_STATE=~no such user/state: the home folder cannot be determined")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"EXPERT_STATE": "/state"}, "/state"),
        ({"XDG_STATE_HOME": "/xdg"}, "/xdg/expert"),
        ({"XDG_STATE_HOME": "relative"}, "/home/me/.local/state/expert"),
        ({}, "/home/me/.local/state/expert"),
    ],
)
def test_the_state_folder(monkeypatch, variables, expected):
    for name in ("EXPERT_STATE", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/me", **variables}.items():
        monkeypatch.setenv(name, value)
    assert str(state_folder()) == expected
