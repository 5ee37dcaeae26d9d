"""``expert recommend --save`` and ``expert recheck``, as a team uses them."""

import json
from pathlib import Path

import pytest

DAY = ("--as-of", "2026-05-31")


@pytest.fixture
def team(tmp_path, monkeypatch, small, run):
    """A folder with rules and two decisions by them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "decisions").mkdir()
    for name, setting in (("warm", "warm=yes"), ("cold", "warm=no")):
        words = ("--set", setting, "--rules", "small.yaml", "--save", f"decisions/{name}.yaml")
        assert run("recommend", *words, *DAY, "--review", "2027-06-01").status == 0
    return tmp_path


def change(path, old, new):
    text = Path(path).read_text()
    assert old in text
    Path(path).write_text(text.replace(old, new))


def test_a_decision_is_kept_beside_the_answer(run, team):
    result = run("recommend", "--set", "warm=yes", "--rules", "small.yaml", "--save", "here.yaml")
    assert result.out.startswith("Red is recommended")
    assert result.err == "The decision is in here.yaml.\n"
    assert 'where: "./small.yaml"' in (team / "here.yaml").read_text()
    assert 'where: "../small.yaml"' in (team / "decisions" / "warm.yaml").read_text()
    assert run("recommend", "--set", "dataset_size=small", "--save", "article.yaml", "--json").out.startswith("{")
    assert "where: article" in (team / "article.yaml").read_text()


def test_nothing_has_changed(run, team):
    assert run("recheck", "decisions", *DAY) == (
        0,
        "decisions/cold.yaml: unchanged, Green, the default (2026-05-31, small 0)\n"
        "decisions/warm.yaml: unchanged, Red (2026-05-31, small 0)\n"
        "2 decisions: 2 unchanged.\n",
        "",
    )


def test_records_are_rechecked_from_anywhere(run, team, monkeypatch):
    monkeypatch.chdir(team / "decisions")
    assert run("recheck", "warm.yaml").out == "warm.yaml: unchanged, Red (2026-05-31, small 0)\n"
    assert run("recheck", "-", stdin=(team / "decisions" / "warm.yaml").read_bytes()).status == 0


def test_a_record_that_is_saved_elsewhere_finds_its_rules(run, team):
    from expert import Decision

    (team / "archive" / "2026").mkdir(parents=True)
    Decision.load("decisions/warm.yaml").save("archive/2026/warm.yaml")
    assert 'where: "../../small.yaml"' in (team / "archive" / "2026" / "warm.yaml").read_text()
    assert run("recheck", "archive").status == 0


def test_another_certainty_is_told_and_is_no_failure(run, team):
    change("small.yaml", "certainty: 0.6", "certainty: 0.5")
    assert run("recheck", "decisions/warm.yaml") == (
        0,
        "decisions/warm.yaml: certainty changed, still Red (Red 0.60 → 0.50)\n"
        "  (2026-05-31, small 0 → changed since)\n"
        "  +0.60 Red [guide p. 4]\n"
        "         rule warm-red: says otherwise today: +0.50 Red\n",
        "",
    )


def test_another_recommendation_fails(run, team):
    change("small.yaml", "warm-red:", "warmer-red:")
    change("small.yaml", "certainty: 0.6", "certainty: 0.1")
    result = run("recheck", "decisions/")
    assert result.status == 1
    assert "decisions/warm.yaml: recommendation changed from Red to Green, the default" in result.out
    assert "warm-red: is not there any more" in result.out
    assert "warmer-red: holds today, and did not then" in result.out
    assert "2 decisions: 1 unchanged, 1 recommendation changed." in result.out


def test_the_results_for_programs(run, team):
    change("small.yaml", "certainty: 0.6", "certainty: 0.1")
    result = run("recheck", "decisions", "--json")
    data = json.loads(result.out)
    assert (result.status, data["format"]) == (1, "expert.recheck/1")
    assert [(each["file"], each["verdict"]) for each in data["decisions"]] == [
        ("decisions/cold.yaml", "unchanged"),
        ("decisions/warm.yaml", "recommendation changed"),
    ]
    assert data["decisions"][1]["rules"][0]["change"] == "changed"


def test_other_rules_can_be_named(run, team, write):
    write("other.yaml", (team / "small.yaml").read_text().replace("certainty: 0.6", "certainty: 0.1"))
    assert run("recheck", "decisions/warm.yaml", "--rules", "other.yaml").status == 1
    (team / "small.yaml").unlink()
    assert run("recheck", "decisions/warm.yaml", "--rules", "other.yaml").status == 1


def test_what_is_due(run, team):
    assert run("recheck", "decisions", "--due", "--as-of", "2027-06-01") == (0, "0 of 2 decisions are due.\n", "")
    change("small.yaml", "goal:", "review_by: 2027-01-31\ngoal:")
    result = run("recheck", "decisions", "--due", "--as-of", "2027-06-02")
    assert result.status == 1
    assert result.out.splitlines()[1:] == [
        "decisions/warm.yaml: was to be reviewed on 2027-06-01; its knowledge base small was to be reviewed by "
        "2027-01-31",
        "2 of 2 decisions are due.",
    ]
    data = json.loads(run("recheck", "decisions", "--due", "--as-of", "2027-03-01", "--json").out)
    assert (data["format"], data["of"]) == ("expert.due/1", 2)
    assert data["due"][0] == {"file": "decisions/cold.yaml", "review": None, "review_by": "2027-01-31"}


def test_one_bad_record_keeps_no_other_from_being_told(run, team):
    change("decisions/cold.yaml", "outcome: default", "outcome: tie")
    result = run("recheck", "decisions")
    assert (result.status, result.out) == (2, "decisions/warm.yaml: unchanged, Red (2026-05-31, small 0)\n")
    assert result.err.startswith("error: decisions/cold.yaml:")
    assert "its content was changed or damaged after it was written" in result.err


@pytest.mark.parametrize(
    ("spoil", "words", "message"),
    [
        (
            lambda team: (team / "small.yaml").unlink(),
            ("decisions/warm.yaml",),
            "decisions/warm.yaml: its knowledge base is not at small.yaml any more; name another",
        ),
        (
            lambda team: change("small.yaml", "goal: colour", "goal: color"),
            ("decisions/warm.yaml",),
            "error: small.yaml:3:7: the goal 'color' is not an attribute; did you mean 'colour'?",
        ),
        (
            lambda team: change("decisions/warm.yaml", "decision/1", "decision/2"),
            ("decisions/warm.yaml",),
            "decisions/warm.yaml:3:9: its format is expert.decision/2, which this version cannot read",
        ),
        (lambda team: (team / "empty").mkdir(), ("empty",), "empty: has no records of decisions: no file in it"),
        (lambda team: None, ("nowhere.yaml",), "nowhere.yaml: cannot be read: No such file or directory"),
        (lambda team: None, ("small.yaml",), "small.yaml: is not a record of a decision"),
        (lambda team: None, ("decisions", "--adr", "adr.md"), "--adr takes one decision"),
        (lambda team: None, ("decisions/warm.yaml", "--adr", "adr.md", "--due"), "--adr and --due cannot be combined"),
        (lambda team: None, ("decisions/warm.yaml", "t.csv"), "tables are rechecked without records beside them"),
        (lambda team: None, ("t.csv",), "t.csv: cannot be read"),
        (lambda team: None, (), "Missing argument"),
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_line(run, team, spoil, words, message):
    spoil(team)
    result = run("recheck", *words)
    assert result.status == 2
    assert message in result.err
    assert "Traceback" not in result.err


def test_what_is_kept_for_people(run, team):
    words = ("--set", "warm=yes", "--rules", "small.yaml", "--save", "d.yaml", "--adr", "d.md", "--report", "d.html")
    result = run("recommend", *words, *DAY)
    assert result.err.splitlines() == ["The decision is in d.yaml.", "The ADR is in d.md.", "The report is in d.html."]
    assert "# Which colour? Red\n" in (team / "d.md").read_text()
    assert "`expert recheck d.yaml` decides again" in (team / "d.md").read_text()
    assert (team / "d.html").read_text().startswith("<!doctype html>")


def test_an_adr_after_a_recheck(run, team):
    words = ("recheck", "decisions/warm.yaml", "--adr", "new.md", "--as-of", "2026-08-01")
    assert run(*words).status == 0
    assert "On 2026-08-01, it was made again under small 0, and nothing has changed." in (team / "new.md").read_text()
    change("small.yaml", "certainty: 0.6", "certainty: 0.1")
    assert run(*words).status == 1
    text = (team / "new.md").read_text()
    assert "# Which colour? Green, the default\n" in text
    assert "date: 2026-08-01\n" in text
    assert "This record replaces that of 2026-05-31, which by small 0 came to another: Red." in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--review", "2027-06-01"), "--review needs --save, --adr or --report"),
        (("--save", "d.json"), "d.json: is not the name of a record of a decision: it must end in .yaml"),
        (("--save", "nowhere/d.yaml"), "nowhere/d.yaml: cannot be written: there is no folder nowhere"),
        (("--save", "d.yaml", "--review", "June"), "Invalid value for '--review'"),
    ],
)
def test_bad_input_of_recommend(run, team, words, message):
    result = run("recommend", "--set", "warm=yes", "--rules", "small.yaml", *words)
    assert result.status == 2
    assert message in result.err


def test_a_stamped_table(run, team, write):
    write("t.csv", "warm\nyes\nno\n")
    words = ("decide", "t.csv", "--out", "d.parquet", "--rules", "small.yaml", "--stamp", "--add", "rules")
    assert run(*words).status == 0
    assert run("recheck", "d.parquet", "--rules", "small.yaml") == (
        0, "Decided by small 0; small 0 as it is today decides none of 2 rows otherwise.\n", ""
    )  # fmt: skip
    change("small.yaml", "certainty: 0.6", "certainty: 0.1")
    assert run("recheck", "d.parquet", "--rules", "small.yaml") == (
        1,
        "Decided by small 0; small 0 as it is today decides 1 of 2 rows otherwise\n(50.0%).\n\n"
        "Decided otherwise\n          1  red → green\n\n"
        "Rules where the same held, and give other evidence today\n          1  warm-red\n",
        "",
    )
    assert json.loads(run("recheck", "d.parquet", "--rules", "small.yaml", "--json").out)["changed"] == 1
    assert "name them with --rules" in run("recheck", "d.parquet").err


@pytest.mark.parametrize(
    "words",
    [
        ("recommend", "facts.yaml", "--rules", "small.yaml", "--save", "./facts.yaml"),
        ("recommend", "facts.yaml", "--rules", "small.yaml", "--report", "facts.yaml"),
        ("recommend", "facts.yaml", "--rules", "small.yaml", "--adr", "new.html", "--report", "new.html"),
        ("recommend", "facts.yaml", "--rules", "small.yaml", "--save", "small.yaml"),
        ("recheck", "decisions/warm.yaml", "--adr", "decisions/warm.yaml"),
    ],
)
def test_what_is_read_or_written_is_not_written_over(run, team, write, words):
    write("facts.yaml", "warm: yes\n")
    before = {path: path.read_bytes() for path in team.rglob("*") if path.is_file()}
    result = run(*words)
    assert (result.status, result.out) == (2, "")
    assert "choose another file" in result.err
    assert {path: path.read_bytes() for path in team.rglob("*") if path.is_file()} == before


def test_a_record_replaces_one_of_its_name_be_that_damaged(run, team):
    path = team / "decisions" / "warm.yaml"
    path.write_bytes(path.read_bytes()[:300])
    assert run("recheck", "decisions").status == 2
    assert run("recommend", "--set", "warm=yes", "--rules", "small.yaml", "--save", "decisions/warm.yaml").status == 0
    assert run("recheck", "decisions").status == 0


def test_candidates_that_were_none_then_have_their_labels_of_today(run, team):
    run("recommend", "--set", "flexibility=yes", "--save", "article.yaml")
    out = " ".join(run("recheck", "article.yaml", "--rules", "current").out.split())
    assert "+0.40 JAX with Flax, −0.40 PyTorch Lightning, −0.40 fastai: " in out


def test_no_word_is_broken_where_the_name_of_a_record_is_long(run, team):
    record = Path("decisions", f"{'long-' * 14}name.yaml")
    Path("decisions/warm.yaml").rename(record)
    assert run("recheck", record).out == f"{record}:\n  unchanged, Red\n  (2026-05-31, small 0)\n"
