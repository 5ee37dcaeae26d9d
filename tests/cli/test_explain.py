import json
import os
import re

import pytest

from expert import KnowledgeBase
from expert.explanation.report import Explanation, report

EXAMPLES = "docs/examples"
DETECTOR = f"{EXAMPLES}/detector.yaml"


def consult(path):
    knowledge_base = KnowledgeBase.load()
    return knowledge_base.consult(knowledge_base.read_facts(path))


@pytest.mark.parametrize(
    "example",
    [
        "detector.yaml", "prototype.yaml", "research.toml", "teaching.yaml", "tie.json", "uncertain.yaml",
        "undecided.yaml",
    ],
)  # fmt: skip
def test_the_whole_story_fits_on_two_screens(run, example):
    lines = run("explain", f"{EXAMPLES}/{example}").out.splitlines()
    assert len(lines) <= 84
    assert max(map(len, lines)) <= 84


def test_rules_that_would_have_supported_a_candidate_are_more_only_where_others_did(run):
    out = run("explain", f"{EXAMPLES}/research.toml").out
    assert "  Nothing speaks for it or against it.\n  11 rules would have supported it;" in out
    assert "  −0.40  Debugging is difficult in TensorFlow.\n  9 more rules would have supported it;" in out


@pytest.mark.parametrize(("example", "said"), [
    ("uncertain.yaml", "What would change it: dataset size: large → TensorFlow; 12 more\n"),
    ("tie.json", "What would settle it: dataset size: large → TensorFlow; 21 more\n"),
])  # fmt: skip
def test_the_summary_says_what_would_change_the_answer(run, example, said):
    summary, _, _ = run("explain", f"{EXAMPLES}/{example}").out.partition("\n\n")
    assert said in summary


def test_a_rule_that_no_longer_counts_is_told_with_its_source(run):
    out = run("explain", f"{EXAMPLES}/profiles/language-model.yaml", "--rules", "current").out
    assert (
        "(+0.20 for PyTorch)\n"
        "         PyTorch is used for natural language processing.\n"
        "         [article C3, introduction]\n"
        "         no longer counts: True (C3), and more than it was;\n"
    ) in out
    assert (
        "\n[article] TensorFlow vs Keras vs PyTorch: Which Framework is the Best?, Atlas\n  Systems, about 2020\n"
        in out
    )


def test_a_fact_is_not_broken_where_it_fits_on_a_line(run):
    out = run("explain", "--set", "dataset_size=small (0.9)").out
    assert "\n         since dataset size: small (0.90)\n" in out


def test_what_a_rule_needs_is_not_said_twice(run):
    words = ["--rules", "current", "--set", "existing_code=none", "--why-not", "tensorflow"]
    assert "rule fast-on-cpu\n         high performance is yes: not known. Must" in run("explain", *words).out


def test_the_story_comes_in_reading_order(run):
    out = run("explain", DETECTOR).out
    parts = [
        "TensorFlow is recommended with certainty 0.996, clearly ahead of PyTorch (by\n0.376).\n"
        "Most of all for TensorFlow: (+0.70) TensorFlow is the choice for a large\n"
        "  dataset. (+0.70) TensorFlow is the choice for high performance.\n"
        "Nothing speaks against TensorFlow.\n"
        "What would change it (3 changes together): dataset size: small;\n"
        "  rapid prototyping: yes; several back-ends: yes → Keras; 49 more\n"
        "TensorFlow stays the answer while no rule's certainty is off by more than\n"
        "  0.285, and after each of the 36 changes of a single fact.\n",
        "  Keras       ▒▒▒▒▒▒▒▒│░░░░░░░░░░░░░░░░░░░░  −0.38\n",
        "Given\n  dataset size: large (docs/examples/detector.yaml:2)\n",
        "(0.90, docs/examples/detector.yaml:5): unless the line\n    is rebuilt\n",
        "TensorFlow has certainty 0.996.\n"
        "  +0.70  TensorFlow is the choice for a large dataset. [article C25, conclusion]\n"
        "         rule large-dataset-tensorflow, since dataset size: large\n",
        "  0.7 ⊕ 0.7 ⊕ 0.7 ⊕ 0.63 ⊕ 0.384 ⊕ 0.384 = 0.9962\n",
        "fast execution: yes has certainty 0.96.\n",
        "PyTorch has certainty 0.62, 0.376 behind TensorFlow.\n"
        "  +0.38  TensorFlow and PyTorch are both fast, at a similar pace.\n"
        "  +0.38  PyTorch, too, is used for large datasets that need fast execution.\n"
        "  8 more rules would have supported it; see --why-not pytorch.\n",
        "What would change it (3 changes together; no fewer do)\n"
        "  dataset size: small; rapid prototyping: yes; several back-ends: yes → Keras\n",
        " more: see --flips.\n",
        "article 1.0: 4 facts given, 10 of 38 rules held.\n",
        "a ⊕ b = a + b − a × b: evidence on one side adds up, and never exceeds 1.\n",
    ]
    found = [out.index(part) for part in parts]
    assert found == sorted(found)
    assert out.count("fast execution: yes has certainty") == 1


def test_why_prints_the_proof_alone(run):
    out = run("explain", DETECTOR, "--why", "fast_execution=yes").out
    assert out.startswith("fast execution: yes has certainty 0.96.\n  +0.80  A large dataset calls for fast execution.")
    assert "TensorFlow has" not in out
    assert out.endswith(
        "  0.8 ⊕ 0.8 = 0.96\n\nGiven\n  dataset size: large (docs/examples/detector.yaml:2)\n"
        "  high performance: yes (docs/examples/detector.yaml:3)\n\n"
        "a ⊕ b = a + b − a × b: evidence on one side adds up, and never exceeds 1.\n"
    )


def test_why_of_a_given_fact_says_where_and_of_nothing_that_there_is_nothing(run):
    out = run("explain", DETECTOR, "--why", "object_detection=yes", "--why", "debugging=no").out
    assert out == (
        "object detection: yes has certainty 0.90.\n"
        "  +0.90  It was given (docs/examples/detector.yaml:5): unless the line is\n         rebuilt\n\n"
        "ease of debugging: no has certainty 0.00.\n  Nothing speaks for it or against it.\n"
    )


def test_why_not_tells_known_not_to_hold_from_not_known_and_from_too_weak(run, write):
    facts = write("facts.yaml", "dataset_size: large\ndebugging: {value: yes, certainty: 0.15}\n")
    out = run("explain", facts, "--why-not", "keras").out
    assert out.startswith(
        "Keras has certainty −0.32, 1.18 behind TensorFlow.\n\nNothing speaks for Keras.\nAgainst Keras\n"
    )
    assert "         rapid prototyping is yes: not known. Do you need a first working model\n         soon?\n" in out
    assert "rapid prototyping is yes: not known, as above.\n" in out
    assert "         dataset size is small: known not to hold, since dataset size: large\n" in out
    assert f"({facts}:1)" in out
    assert "\nWould have supported that ease of use is yes\n (+0.80) A high-level interface" in out
    out = run("explain", facts, "--why-not", "pytorch").out
    assert (
        "         ease of debugging is yes: too weak, 0.15 where more than 0.20 is needed\n"
        "         (short by 0.05), since" in out
    )


def test_why_not_tells_what_is_known_where_it_says_nothing_of_the_test(run):
    facts = b"dataset_size: {value: large, certainty: -0.6}\n"
    out = run("explain", "-", "--why-not", "keras", stdin=facts).out
    assert "dataset size is small: known not to hold" not in out
    assert (
        "dataset size is small: not known; all that is known is\n         dataset size: large (−0.60, <stdin>:1).\n"
        in out
    )


def test_why_not_shows_what_any_of_several_tests_would_do(run, small):
    out = run("explain", "--rules", small, "--set", "degrees=20", "--set", "warm=no", "--why-not", "red").out
    assert (
        "Red has certainty −1.00, and would have to exceed 0.20.\n\nNothing speaks for Red.\nAgainst Red\n"
        "  −1.00  Nothing cold is red.\n         rule not-warm, since warm: no\n" in out
    )
    assert "rule warm-red, which still needs: warm is yes or hot is yes\n" in out
    assert "hot is yes: not known, and no rule concluded it.\n" in out
    assert "degrees is at least 25: known not to hold, since degrees: 20 (--set).\n" in out


def test_what_if_prints_both_rankings_and_the_rules_that_differ(run):
    out = run("explain", DETECTOR, "--what-if", "dataset_size=small", "--what-if", "functionality=").out
    assert out.startswith(
        "Changed: dataset size: large becomes small.\nWithdrawn: breadth of features: yes.\n"
        "The answer stays TensorFlow.\n\n              before   after\n  TensorFlow  +0.996   +0.92\n"
    )
    assert "Rules that started\n  small-dataset-keras: Keras is the choice for a small dataset.\n" in out
    assert "Rules that stopped\n" in out
    assert "  slow-keras (degree 0.96, now 0.80): Keras is slower than TensorFlow and\n  PyTorch.\n" in out


@pytest.mark.parametrize(
    ("given", "change", "expected"),
    [
        ("warm=yes", "warm=no", "The answer changes from Red to Green, the default.\n"),
        ("warm=yes", "warm=yes", "No fact changes.\nThe answer stays Red.\n"),
        ("warm=yes", "degrees=30", "Added: degrees: 30.\nThe answer stays Red.\n"),
    ],
)
def test_what_if_says_what_becomes_of_the_answer(run, small, given, change, expected):
    assert expected in run("explain", "--rules", small, "--set", given, "--what-if", change).out


def test_what_if_names_a_tie_and_the_undecided(run):
    words = ["explain", "--set", "object_detection=yes", "--what-if"]
    assert "changes from TensorFlow to a tie between TensorFlow and PyTorch.\n" in run(*words, "flexibility=yes").out
    assert "changes from TensorFlow to undecided.\n" in run(*words, "object_detection=").out


def test_tied_and_undecided_candidates_are_explained(run):
    words = ["explain", "--set", "object_detection=yes", "--set", "flexibility=yes"]
    assert run(*words, "--why-not", "pytorch").out.startswith(
        "PyTorch has certainty 0.70, the same as TensorFlow: a tie.\n"
    )
    out = run("explain", "--set", "natural_language=yes", "--why-not", "pytorch").out
    assert out.startswith("PyTorch has certainty 0.20, and would have to exceed 0.20.\n")


def test_where_all_rules_held_none_was_missed(run, small):
    words = ["explain", "--rules", small, "--set", "warm=yes", "--set", "degrees=30", "--why-not", "green"]
    assert run(*words).out.endswith("\nNo rule supports Green.\n")
    small.write_text(small.read_text().replace("{red: -1}", "{green: 0.3}"))
    words[3:5] = ["--set", "warm=no"]
    assert run(*words).out.endswith("\nEvery rule that supports Green held.\n")


def test_flips_are_listed_by_size_without_those_of_fixed_facts(run):
    words = ["--set", "dataset_size=small", "--set", "rapid_prototyping=yes", "--flips"]
    out = run("explain", *words, "--fix", "dataset_size", "--fix", "high_performance").out
    assert out.startswith(
        "The answer is Keras. What would change it:\n\nTwo changes together\n  rapid prototyping: no or not known;"
    )
    assert "\n\nThree changes together\n" in out
    assert "dataset_size" not in out
    assert "high_performance" not in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_fact_that_the_file_fixes_is_shown_so_and_stays(run, write):
    facts = write("facts.yaml", "dataset_size: {value: small, fixed: yes}\n")
    assert "fixed)\n" in run("explain", facts).out
    assert "dataset_size" not in run("explain", facts, "--flips").out


def test_many_flips_are_cut_short_and_none_are_said_to_be_none(run, small):
    out = run("explain", f"{EXAMPLES}/research.toml", "--flips").out
    assert re.search(r"\n  \d+ more: see --json\.\n", out)
    words = ["explain", "--rules", small, "--set", "warm=yes", "--fix", "warm", "--fix", "degrees"]
    assert run(*words, "--flips").out == "No change of up to 3 facts changes the answer.\n"
    assert "No change of up to 3 facts would change it.\n" in run(*words).out


def test_flips_name_the_default_ties_and_the_undecided(run, small):
    words = ["explain", "--rules", small, "--set", "warm=yes", "--flips"]
    assert run(*words).out.endswith("\n\nOne change\n  warm: no or not known → Green, the default\n")
    out = run("explain", "--set", "dataset_size=small", "--flips").out
    assert "  dataset size: not known → undecided\n" in out
    assert "  ease of debugging: yes → a tie\n" in out


def test_robustness_is_a_sentence_and_certainties_just_beyond(run):
    out = run("explain", "--set", "rapid_prototyping=yes", "--set", "flexibility=yes", "--robustness").out
    assert out == (
        "Keras stays the answer while no rule's certainty is off by more than 0.028, and\n"
        "after 27 of the 38 changes of a single fact.\n\n"
        "Just beyond, with these certainties, the answer is PyTorch\n"
        "  0.7 → 0.6718  Keras by rule prototyping-keras\n"
        "  0.7 → 0.7282  PyTorch by rule flexibility-pytorch\n"
        "  0.2 → 0.1718  Keras by rule experiments-keras\n"
    )


def test_without_a_recommendation_it_is_told_what_would_settle_it(run):
    out = run("explain", f"{EXAMPLES}/tie.json").out
    assert "There is no recommendation to lose; 22 of the 38 changes of a single fact\n  would give one.\n" in out
    assert "What would settle it\n  dataset size: large → TensorFlow\n" in out


def test_json_is_that_of_the_objects(run):
    words = ["--why", "tensorflow", "--why-not", "keras", "--why-not", "pytorch", "--json"]
    consultation = consult(DETECTOR)
    expected = Explanation(
        consultation,
        (consultation.why("tensorflow"),),
        (consultation.why_not("keras"), consultation.why_not("pytorch")),
    )
    assert json.loads(run("explain", DETECTOR, *words).out) == expected.to_dict()
    assert json.loads(run("explain", DETECTOR, "--json").out) == report(consultation).to_dict()
    both = Explanation(consultation, flips=consultation.flips(["debugging"]), robustness=consultation.robustness())
    words = ["--flips", "--robustness", "--json"]
    assert json.loads(run("explain", DETECTOR, *words, "--fix", "debugging").out)["flips"] == both.to_dict()["flips"]
    assert json.loads(run("explain", DETECTOR, *words).out)["robustness"] == both.to_dict()["robustness"]
    compared = json.loads(run("explain", DETECTOR, "--what-if", "debugging=yes", "--json").out)["what_if"]
    assert compared["changes"][0]["after"]["origin"] == "--what-if"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--why", "kera"], "error: article: framework has no value 'kera'; did you mean 'keras'?"),
        (["--why", "fast_exection=yes"], "error: article: there is no attribute 'fast_exection'; did you mean"),
        (["--why-not", "tensorflow"], "error: article: framework = tensorflow is the recommendation; ask why it is"),
        (["--why-not", "torch"], "error: article: framework has no value 'torch'; did you mean 'pytorch'?"),
        (["--what-if", "dataset_size=lage"], "error: --what-if: dataset_size has no value 'lage'; did you mean"),
        (["--what-if", "fast_execution=yes"], "error: --what-if: 'fast_execution' is concluded by rules"),
        (["--flips", "--fix", "debuging"], "error: article: there is no attribute 'debuging'; did you mean"),
        (["--fix", "fast_execution"], "error: article: 'fast_execution' is concluded by rules, so it cannot be fixed"),
        (["--what-if", "debugging"], "error: --what-if: expected ATTRIBUTE=VALUE, not 'debugging'"),
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_error(run, words, message):
    result = run("explain", DETECTOR, *words)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(message)
    assert result.err.count("\n") == 1


def test_what_is_fixed_goes_with_what_looks_for_changes(run):
    result = run("explain", DETECTOR, "--why", "keras", "--fix", "debugging")
    assert (result.status, result.out) == (2, "")
    assert "--fix needs --flips, --robustness or the full report." in result.err


def test_facts_are_needed(run):
    result = run("explain")
    assert (result.status, result.out) == (2, "")
    assert "Missing FACTS" in result.err


@pytest.mark.parametrize(
    ("lines", "words", "is_paged"), [(20, (), True), (1000, (), False), (20, ("--no-pager",), False)]
)
def test_what_is_longer_than_the_screen_goes_through_a_pager(run, monkeypatch, lines, words, is_paged):
    paged = []
    monkeypatch.setenv("LESS", "R")
    monkeypatch.setattr("expert.cli.terminal.is_terminal", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_, **__: os.terminal_size((80, lines)))
    monkeypatch.setattr("click.echo_via_pager", lambda text, color: paged.append(text))
    out = run("explain", DETECTOR, *words).out
    assert ("TensorFlow" in out, "TensorFlow" in "".join(paged)) == (not is_paged, is_paged)


@pytest.mark.parametrize(("own", "said"), [(None, "-FRX -Ps?eThe end"), ("-R", "-R")])
def test_the_pager_says_how_to_go_on_and_to_leave_unless_the_environment_has_options_for_it(
    run, monkeypatch, own, said
):
    options = []
    monkeypatch.setenv("LESS", own or "")
    if own is None:
        monkeypatch.delenv("LESS")
    monkeypatch.setattr("expert.cli.terminal.is_terminal", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_, **__: os.terminal_size((80, 20)))
    monkeypatch.setattr("click.echo_via_pager", lambda text, color: options.append(os.environ["LESS"]))
    run("explain", DETECTOR)
    assert said in options[0]
    assert options[0].startswith("-")  # or else click would not see R, and leave styles out


def test_no_change_of_a_fact_is_torn_where_it_fits_on_a_line(run):
    out = run("explain", DETECTOR, "--flips").out
    assert "rapid prototyping: yes;\n    high performance: no or not known → Keras\n" in out
