"""``expert ask`` from the first question to the last: what is asked, saved, written and continued."""

import errno
import json
import os
import subprocess
import sys

import pytest
import yaml

from expert import InputError, KnowledgeBase
from tests.semantics.worked_bases import data_of

pytestmark = pytest.mark.usefixtures("folder")

ARTICLE_ENDS = b"small\n" + b"no\n" * 17


def saved_states(folder):
    return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]


@pytest.mark.parametrize("answers", [b"1\n" + b"2\n" * 14, b"d\n" * 18, b"1\nd\nrather yes\nd\n" + b"2\n" * 14])
def test_it_ends_in_what_recommend_says_about_the_facts_that_it_writes(run, tmp_path, answers):
    out = tmp_path / "facts.yaml"
    asked = run("ask", "--out", out, stdin=answers)
    assert asked.status == 0
    assert asked.out == run("recommend", out).out


def test_it_ends_with_a_recommendation_and_a_facts_file(run, tmp_path):
    out = tmp_path / "facts.yaml"
    asked = run("ask", "--out", out, stdin=b"1\n" + b"2\n" * 14)
    assert asked.out.startswith("Keras is recommended")
    text = out.read_text()
    assert "# How large is the training data?\n" in text
    assert "\ndataset_size: small\n" in text
    assert "\n#popularity: yes | no\n" in text


def test_it_says_how_many_questions_it_took_and_where_to_go_from_here(ask, tmp_path, small):
    result = ask("--out", tmp_path / "my facts.yaml", stdin=b"no\n")
    quoted = f"'{tmp_path}/my facts.yaml'"
    assert "It took 1 of 2 questions." in result.err
    assert f"  expert explain {quoted} --rules {small}\n" in result.err
    assert f"  expert graph {quoted} --rules {small} --open\n" in result.err


def test_an_early_stop_offers_the_rest(ask):
    asked = ask(stdin=b"no\n")
    offer = "The remaining question cannot change that; it could only move certainties. Continue anyway?"
    assert offer in " ".join(asked.err.split())
    assert asked.status == 0
    further = ask(stdin=b"no\nyes\n30\n")
    assert "How many degrees?" in further.err
    assert "It took 2 of 2 questions." in further.err
    enough = ask(stdin=b"no\nyes\ndone\n")
    assert (enough.status, enough.out) == (0, asked.out)


@pytest.mark.parametrize(
    ("answer", "offer", "report"),
    [
        ("no", "None of the 12 remaining questions can change that;", "No open question could change it."),
        (
            "don't know",
            "Unless you find out what you do not know, none of the 12 remaining questions can change that;",
            "Answers to four open questions together could change it.",
        ),
    ],
)
def test_an_early_stop_and_the_report_agree_on_what_is_not_known(run, tmp_path, answer, offer, report):
    words = ("ask", "--facts", "docs/examples/prototype.yaml", "--out", tmp_path / "facts.yaml")
    asked = run(*words, stdin=f"{answer}\n{answer}\n".encode())
    assert offer in " ".join(asked.err.split())
    assert report in asked.out


def test_at_the_end_one_may_go_back(ask, tmp_path):
    out = tmp_path / "out.yaml"
    result = ask("--out", out, stdin=b"no\nback\nyes\n")
    assert result.status == 0
    assert "\nwarm: yes\n" in out.read_text()


def test_all_asks_everything(ask):
    result = ask("--all", stdin=b"no\n30\n")
    assert "It took 2 of 2 questions." in result.err
    assert "Continue" not in result.err


def test_facts_that_are_given_are_not_asked_again(ask, write, tmp_path):
    out = tmp_path / "out.yaml"
    facts = write("facts.yaml", "degrees: {value: 30, certainty: 0.9, note: 'about: noon'}\n")
    result = ask("--facts", facts, "--out", out, stdin=b"d\n")
    assert "Is it warm?" in result.err
    assert "How many degrees?" not in result.err
    assert 'degrees: {value: 30, certainty: 0.9, note: "about: noon"}' in out.read_text()
    everything = ask("--set", "warm=yes", "--set", "degrees=3")
    assert everything.status == 0
    assert everything.out.startswith("Red is recommended")


def test_uncertain_answers_end_in_the_facts_file(ask, tmp_path):
    out = tmp_path / "out.yaml"
    ask("--all", "--out", out, stdin=b"rather yes\n20 degrees (0.5)\n")
    assert "\nwarm: {value: yes, certainty: 0.7}\n" in out.read_text()
    assert "\ndegrees: {value: 20, certainty: 0.5}\n" in out.read_text()


def test_a_facts_file_without_facts_can_be_read(ask, run, tmp_path, small):
    out = tmp_path / "out.yaml"
    asked = ask("--out", out, stdin=b"d\nd\n")
    assert run("recommend", out, "--rules", small).out.splitlines()[0] == asked.out.splitlines()[0]


def test_without_out_the_answers_are_kept_in_the_state_folder(ask, folder):
    for number in (1, 2):
        ask("--all", stdin=b"no\n30\n")
        assert (folder / f"small-{number}.yaml").read_text().count("degrees: 30") == 1
    assert list(folder.glob("*.json")) == []


def test_why_and_explain_and_back_and_skip(ask, tmp_path):
    out = tmp_path / "out.yaml"
    result = ask("--all", "--out", out, stdin=b"why\nmore\nexplain\nskip\nback\nyes\n3\nback\n4\n")
    for said in (
        "Which way each answer would push",
        "Rules that wait for it",
        "Nothing cold is red.",
        "back     return to the previous question",
        "Green is the default",
    ):
        assert said in result.err
    assert result.err.count("This is the first question.") == 0
    assert "\ndegrees: 3\n" not in out.read_text() or "It took 2 of 2" in result.err


def test_back_at_the_first_question_stays_there(ask):
    result = ask(stdin=b"back\nno\n")
    assert "This is the first question." in result.err
    assert result.status == 0


def test_the_end_of_the_input_is_an_interruption_that_says_how_to_go_on(ask, folder, small):
    result = ask("--all", "--out", "out.yaml", stdin=b"no\n")
    assert (result.status, result.out) == (130, "")
    assert result.err.endswith(
        f"interrupted; 1 answer saved; continue with `expert ask --rules {small} --resume --out out.yaml`\n"
    )
    (state,) = saved_states(folder)
    assert [turn["attribute"] for turn in state["turns"]] == ["warm"]


@pytest.mark.parametrize("word", [b"quit\n", b"q"])
def test_quitting_shows_the_ranking_so_far_and_how_to_go_on(ask, folder, small, word):
    result = ask("--all", "--out", "out.yaml", stdin=b"no\n" + word)
    assert (result.status, result.out) == (0, "")
    assert "\nSo far:\nGreen is the default answer" in result.err
    assert "  Red    ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒│░░░░░░░░░░░░░░░░░░░░  −1.00\n" in result.err
    assert result.err.endswith(
        f"1 answer saved. Continue with:\n  expert ask --rules {small} --resume --out out.yaml\n"
    )
    (state,) = saved_states(folder)
    assert [turn["attribute"] for turn in state["turns"]] == ["warm"]


def test_quitting_before_the_first_answer_leaves_nothing(ask, folder):
    result = ask(stdin=b"back\nquit\n")
    assert (result.status, result.err.splitlines()[-1]) == (0, "Nothing was answered, so nothing is saved.")
    assert list(folder.iterdir()) == []


def test_who_is_done_gets_the_best_answer_so_far_and_how_sure_it_is(run, tmp_path):
    out = tmp_path / "out.yaml"
    asked = run("ask", "--out", out, stdin=b"small\nyes\nback\ndone\nlarge\n")
    assert asked.status == 0
    assert "The best answer so far: up to 15 more questions could change it. Still possible: Keras," in " ".join(
        asked.err.split()
    )
    assert asked.out == run("recommend", out).out
    assert "\ndebugging: yes\n" in out.read_text()


def test_who_is_done_once_it_is_certain_is_told_of_nothing_more(ask):
    done = ask("--all", "--set", "warm=no", stdin=b"done\n")
    assert done.status == 0
    assert "best answer so far" not in done.err


@pytest.mark.parametrize(
    ("typed", "warm"),
    [(b"no\nreview\n2\nyes\n", "yes"), (b"no\nreview\nchange warm\nd\n", ""), (b"no\nreview\n1\n", "no"),
     (b"no\nreview\ngo on\n30\n", "no"), (b"no\nreview\n2\n", "no")],
)  # fmt: skip
def test_answers_can_be_reviewed_and_changed(ask, tmp_path, typed, warm):
    out = tmp_path / "out.yaml"
    result = ask("--all", "--out", out, stdin=typed + b"\ndone\n")
    assert "  1  go on\n  2  Is it warm? no\n" in result.err
    assert [line for line in out.read_text().splitlines() if line.startswith("warm:")] == [f"warm: {warm}"] * bool(warm)


def test_before_the_end_each_answer_can_be_changed(ask, tmp_path):
    out = tmp_path / "out.yaml"
    result = ask("--out", out, stdin=b"no\nchange warm\nyes\n")
    assert "  4  change: Is it warm? no\n" in result.err
    assert (result.status, "\nwarm: yes\n" in out.read_text()) == (0, True)


@pytest.mark.parametrize(("typed", "said"), [("rather no", "no (0.70)"), ("d", "don't know")])
def test_a_question_that_is_asked_again_shows_the_earlier_answer(ask, typed, said):
    result = ask("--all", stdin=f"{typed}\nback\n".encode())
    assert f"Is it warm?\nSo far: {said}\n  1  yes\n" in result.err


def test_there_may_be_nothing_to_review(ask):
    assert "Nothing has been answered yet.\n" in ask(stdin=b"review\n").err


def test_resuming_shows_the_answers_given(ask):
    ask("--all", stdin=b"rather yes\n")
    assert "Resumed with 1 answer.\n  • Is it warm? yes (0.70)\n" in ask("--resume").err


def test_resuming_shows_the_facts_that_were_given_and_where(run, write):
    facts = write("facts.yaml", "dataset_size: {value: small, certainty: 0.9}\n")
    run("ask", "--facts", facts, stdin=b"no\n")
    shown = " ".join(run("ask", "--resume").err.split())
    assert f"easy to find? no Given before the first question: • dataset size: small (0.90, {facts}:1)" in shown


def test_an_interruption_before_the_first_answer_leaves_nothing(ask, folder):
    result = ask()
    assert (result.status, result.err.splitlines()[-1]) == (130, "interrupted; nothing was answered")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [(b"skip\nquit\n", "Nothing was answered, so nothing is saved."), (b"skip\n", "interrupted; nothing was answered")],
)
def test_who_only_defers_questions_has_answered_nothing(ask, folder, typed, said):
    assert ask("--all", stdin=typed).err.splitlines()[-1] == said
    assert list(folder.iterdir()) == []


def test_resume_goes_on_where_it_was_left(ask, folder):
    ask("--all", stdin=b"no\n")
    result = ask("--resume", stdin=b"30\n")
    assert "Resumed with 1 answer." in result.err
    assert "Is it warm?\n" not in result.err
    assert "It took 2 of 2 questions." in result.err
    assert list(folder.glob("*.json")) == []


def test_a_new_interview_tells_of_one_that_waits(ask):
    ask("--all", stdin=b"no\n")
    assert "There is an unfinished interview" in ask(stdin=b"no\n").err


def test_resume_may_change_its_mind_about_asking_all(ask):
    ask("--all", stdin=b"d\n")
    assert "It took 2 of 2" in ask("--resume", "--until-certain", stdin=b"3\n").err
    ask(stdin=b"d\n")
    assert "Continue" not in ask("--resume", "--all", stdin=b"3\n").err


def test_answers_cannot_come_from_where_the_facts_do(ask):
    assert "cannot be used here" in ask("--facts", "-", stdin=b"warm: yes\n").err


@pytest.mark.parametrize("variables", [{}, {"EXPERT_RULES": "-"}])
def test_answers_cannot_come_from_where_the_rules_do(run, small, monkeypatch, variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    result = run("ask", *([] if variables else ["--rules", "-"]), stdin=small.read_bytes())
    assert (result.status, result.out) == (2, "")
    assert "--rules - cannot be used here" in result.err


@pytest.mark.parametrize("words", [["--facts", "facts.yaml"], ["--set", "warm=yes"]])
def test_resume_brings_its_own_facts(ask, words):
    result = ask("--resume", *words)
    assert result.status == 2
    assert "--resume continues an interview with its own facts" in result.err


def add_a_third_question(small):
    text = small.read_text().replace("  hot:\n", "  hot:\n  third: {question: A third?}\n")
    small.write_text(f"{text}  third-red: {{if: {{third: yes}}, then: {{colour: {{red: 0.1}}}}}}\n")


def test_changed_rules_are_not_resumed_silently_but_the_answers_that_fit_are_offered(ask, small, tmp_path):
    add_a_third_question(small)
    ask("--all", stdin=b"no\n30\nskip\n")
    small.write_text(small.read_text().replace("at_most: 50", "at_most: 20").replace("title: Which", "title: What"))
    out = tmp_path / "out.yaml"
    refused = ask("--resume", "--out", out, stdin=b"no\nd\n2\nd\n")
    assert "The last interview was about another version of these rules: small 0." in refused.err
    assert "1 of its 2 answers can be kept. Keep them?" in refused.err
    assert "Is it warm?" in refused.err.partition("Keep them?")[2]
    assert "\nwarm: no\n" not in out.read_text()
    taken = ask("--resume", "--out", out, "--force", stdin=b"yes\n2\nd\n")
    assert "Resumed with 1 answer.\n  • Is it warm? no\n" in taken.err
    assert "Is it warm?\n" not in taken.err
    assert "\nwarm: no\n" in out.read_text()


def test_answers_that_are_taken_over_are_not_offered_again(ask, small, folder):
    add_a_third_question(small)
    ask("--all", "--set", "degrees=3", stdin=b"no\n")
    small.write_text(small.read_text().replace("title: Which", "title: What"))
    assert "2 of its 2 answers can be kept. Keep them?" in ask("--resume", stdin=b"yes\nd\n").err
    assert list(folder.glob("*.json")) == []
    assert "there is no unfinished interview" in ask("--resume").err


def test_answers_that_are_taken_over_are_saved_at_once(ask, small):
    ask("--all", stdin=b"no\n")
    small.write_text(small.read_text().replace("title: Which", "title: What"))
    assert "1 answer saved. Continue with:" in ask("--resume", stdin=b"yes\nquit\n").err
    assert "Resumed with 1 answer." in ask("--resume").err


def test_where_no_answer_about_other_rules_fits_a_new_interview_starts(ask, run, folder):
    ask("--all", stdin=b"no\n")
    result = run("ask", "--resume", stdin=b"small\n")
    assert "The last interview was about other rules: small 0." in result.err
    assert "None of its answers fit, so a new interview starts.\n" in result.err
    assert "Keep them" not in result.err
    assert [path.name for path in sorted(folder.glob("*.json"))] == ["article-1.json", "small-1.json"]
    assert "Resumed with 1 answer." in ask("--resume", stdin=b"30\n").err


def test_an_interview_whose_end_could_not_be_shown_is_still_there(ask, folder, monkeypatch):
    def fail(*_):
        raise InputError.at("screen", "is broken")

    monkeypatch.setattr("expert.cli.ask.print_recommendation", fail)
    assert ask("--all", stdin=b"no\n30\n").status == 2
    monkeypatch.undo()
    monkeypatch.setenv("EXPERT_STATE", str(folder.parent))
    assert "It took 2 of 2 questions." in ask("--resume").err
    assert list(folder.glob("*.json")) == []


def test_a_target_that_cannot_be_written_is_refused_before_the_first_question(ask, tmp_path):
    result = ask("--out", tmp_path / "nowhere" / "out.yaml", stdin=b"no\n")
    assert (result.status, result.out) == (2, "")
    assert "there is no folder" in result.err
    assert "warm" not in result.err


def test_a_target_in_a_folder_that_cannot_be_written_is_refused_even_if_the_file_can(ask, tmp_path, monkeypatch):
    out = tmp_path / "out.yaml"
    out.write_text("")

    def refuse(folder):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("expert.knowledge.atomic_files._temporary_file", refuse)
    result = ask("--out", out, stdin=b"no\n")
    assert (result.status, result.err) == (2, f"error: {out}: cannot be written: Permission denied\n")


def test_a_file_that_is_there_is_not_replaced_unless_that_is_wanted(ask, write):
    out = write("out.yaml", "mine\n")
    result = ask("--out", out, stdin=b"no\n")
    assert (result.status, result.err) == (2, f"error: {out}: already exists; use --force to replace it\n")
    assert out.read_text() == "mine\n"
    left = ask("--all", "--out", out, "--force", stdin=b"no\n")
    assert left.err.endswith(f"--resume --out {out} --force`\n")
    assert out.read_text() == "mine\n"
    assert ask("--resume", "--out", out, "--force", stdin=b"30\n").status == 0
    assert "\ndegrees: 30\n" in out.read_text()


def test_a_target_that_is_no_file_is_refused(ask, tmp_path):
    pipe = tmp_path / "pipe"  # not a device, which a mistake would replace
    os.mkfifo(pipe)
    result = ask("--out", pipe, stdin=b"no\n")
    assert (result.status, result.err) == (2, f"error: {pipe}: cannot be written: is not a regular file\n")


def test_the_dialogue_does_not_depend_on_the_hash_seed(monkeypatch, tmp_path):
    def dialogue(seed):
        monkeypatch.setenv("PYTHONHASHSEED", str(seed))
        monkeypatch.setenv("EXPERT_STATE", str(tmp_path / str(seed)))
        done = subprocess.run(
            [sys.executable, "-m", "expert", "ask", "--all"], input=ARTICLE_ENDS, capture_output=True, check=False
        )
        return done.stderr.partition(b"interrupted")[0]

    assert len({dialogue(seed) for seed in range(3)}) == 1


def test_answers_are_those_of_the_python_interface(run, tmp_path):
    interview = KnowledgeBase.load().interview()
    while (question := interview.next_question()) is not None:
        interview.answer(question.name, None)
    out = tmp_path / "out.yaml"
    result = run("ask", "--out", out, stdin=b"d\n" * 18)
    assert f"It took {interview.progress.answered} of 18 questions." in result.err


def test_it_stops_where_one_outcome_is_left_and_says_why(run, write, tmp_path):
    rules = write("whatever.yaml", yaml.dump(data_of("whatever")))
    whatever = "Whatever the answer to the open question, it is fast."
    out = tmp_path / "facts.yaml"
    asked = run("ask", "--rules", rules, "--set", "used=yes", "--out", out)
    assert f"{whatever}\n\nContinue anyway?" in asked.err
    assert whatever in asked.out.splitlines()
    assert asked.out == run("recommend", out, "--rules", rules).out
    further = run("ask", "--rules", rules, "--set", "used=yes", stdin=b"yes\nno\n")
    assert further.out.startswith("fast is recommended")
    everything = run("ask", "--rules", rules, "--set", "used=yes", "--all", stdin=b"no\n")
    assert (whatever in everything.err, everything.out) == (False, further.out)
