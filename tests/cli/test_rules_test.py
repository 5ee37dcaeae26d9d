"""``expert rules test``: what it prints and writes, and its exit status."""

import json
from xml.etree import ElementTree

import pytest

from expert import KnowledgeBase

BASE = """\
knowledge_base: camp
goal: place
sources: {guide: {title: The guide}}
attributes:
  place: {choices: {tent: The tent, hut: The hut}}
  rain: {question: Will it rain?}
  people: {question: How many?, number: {integer: true, at_least: 1}}
rules:
  dry-tent: {if: {rain: no}, then: {place: tent}, certainty: 0.7, because: A tent is fine in the dry.}
  many-hut: {if: {people: {more_than: 4}}, then: {place: hut}, certainty: 0.8, source: guide p. 3}
cases:
"""
DRY = "  - {name: a dry night, given: {rain: no}, expect: tent}\n"
WRONG = "  - {name: many, given: {people: 9}, expect: tent}\n"


@pytest.fixture
def camp(write):
    """Write the knowledge base with these cases."""
    return lambda *cases: write("camp.yaml", BASE + ("".join(cases) or "  []\n"))


def test_cases_that_pass_are_counted_with_the_rules_that_they_use(run, camp):
    tested = run("rules", "test", camp(DRY))
    assert (tested.status, tested.err) == (0, "")
    assert tested.out == "1 case passes.\n1 of 2 rules hold in a case (50 %).\n  Hold in no case: many-hut.\n"


@pytest.mark.parametrize("words", [lambda path: [path], lambda path: ["--rules", path]])
def test_the_knowledge_base_is_the_file_or_the_one_that_rules_chooses(run, camp, words):
    assert run("rules", "test", *words(camp(DRY))).out.startswith("1 case passes.")


def test_the_knowledge_base_is_named_once(run, camp):
    tested = run("rules", "test", camp(DRY), "--rules", "article")
    assert (tested.status, tested.out) == (2, "")
    assert "Name the knowledge base once: as FILE, or with --rules." in tested.err


def test_where_there_are_no_rules_none_are_counted(run, write):
    base = write("none.yaml", "knowledge_base: none\ngoal: g\nattributes: {g: {choices: [x, y]}}\nrules: {}\n")
    assert run("rules", "test", base, "--suggest").out == "There are no cases.\nThere are no rules.\n"


def test_a_case_that_fails_is_told_with_the_rules_that_made_the_difference(run, camp):
    path = camp(DRY, WRONG)
    tested = run("rules", "test", path)
    assert tested.status == 1
    summary, _, failure = tested.out.partition("\n\n")
    assert summary.splitlines()[0] == "1 of 2 cases fails."
    assert failure.startswith("many")
    assert failure[failure.index("  expected") :] == (
        "  expected The tent, but The hut is recommended.\n"
        "  Did not hold for The tent:\n"
        "  +0.70  A tent is fine in the dry.\n"
        "         rule dry-tent: rain is no (not known)\n"
        "  Held for The hut:\n"
        "  +0.80  Rule many-hut concludes place: The hut. [guide p. 3]\n"
        "         rule many-hut, since people: 9\n"
    )


def test_a_file_without_cases_has_none_to_fail(run, camp):
    tested = run("rules", "test", camp())
    assert (tested.status, tested.out) == (0, "There are no cases.\n0 of 2 rules hold in a case (0 %).\n")


def test_changes_that_no_case_notices_are_listed_by_rule_and_fail_nothing(run, camp):
    path = camp(DRY)
    tested = run("rules", "test", path, "--mutate")
    assert tested.status == 0
    assert "3 of 8 changes to the rules are noticed by a case (37 %)." in tested.out
    listed = f"  many-hut ({path}:10) the rule is dropped place = hut: certainty -0.8"
    assert " ".join(listed.split()) in " ".join(tested.out.split())


@pytest.mark.parametrize(("percent", "status"), [("37.5", 0), ("37.6", 1)])
def test_too_few_noticed_changes_fail_where_that_is_wanted(run, camp, percent, status):
    tested = run("rules", "test", camp(DRY), "--fail-under", percent)
    assert tested.status == status
    assert "(37 %)" in tested.out


def test_suggested_cases_can_be_pasted_under_those_of_the_file(run, camp):
    tested = run("rules", "test", camp(DRY), "--suggest")
    assert "cases that would notice 5 of them\n" in tested.out
    pasted = [
        line
        for line in tested.out.splitlines(keepends=True)
        if line.startswith(("  - name", "    given", "    expect"))
    ]
    tested = run("rules", "test", camp(DRY, *pasted), "--suggest")
    assert tested.status == 0
    assert tested.out.splitlines()[-1] == "8 of 8 changes to the rules are noticed by a case (100 %)."


def test_json_has_what_the_object_has(run, camp):
    path = camp(DRY, WRONG)
    tested = run("rules", "test", path, "--suggest", "--json")
    data = json.loads(tested.out)
    expected = KnowledgeBase.load(path).test(suggest=True).to_dict()
    assert (tested.status, data) == (1, json.loads(json.dumps(expected)))
    assert (data["passed"], [case["passed"] for case in data["cases"]]) == (False, [True, False])
    (unmet,) = data["cases"][1]["unmet"]
    assert unmet == {"key": "recommendation", "expected": "The tent", "found": "The hut is recommended"}
    assert [(each["value"], each["lacks"]) for each in data["cases"][1]["candidates"]] == [
        ("tent", True),
        ("hut", False),
    ]
    assert data["cases"][1]["candidates"][0]["missed"][0]["rule"] == "dry-tent"
    assert data["mutation"]["survivors"][0]["where"] == f"{path}:10:3"
    assert {"kind", "rule", "where", "change"} == set(data["suggestions"]["cases"][0]["notices"][0])


def test_junit_has_a_test_for_each_case_and_says_why_it_fails(run, camp, tmp_path):
    path = camp(DRY, WRONG)
    tested = run("rules", "test", path, "--junit", tmp_path / "cases.xml")
    assert tested.status == 1
    suites = ElementTree.parse(tmp_path / "cases.xml").getroot()
    (suite,) = suites
    assert (suites.tag, suite.tag, suite.attrib["name"]) == ("testsuites", "testsuite", "camp")
    assert (suite.attrib["tests"], suite.attrib["failures"], suites.attrib["errors"]) == ("2", "1", "0")
    assert [(case.attrib["name"], case.attrib["line"], len(case)) for case in suite] == [
        ("a dry night", "12", 0),
        ("many", "13", 1),
    ]
    assert suite[1][0].attrib["message"] == "expected The tent, but The hut is recommended"
    assert "rule dry-tent: rain is no (not known)" in suite[1][0].text


def test_junit_escapes_what_could_be_taken_for_markup_or_act_on_a_reader(run, camp, tmp_path):
    case = """  - {name: '<b> & "q" \u202e ]]> é', given: {}, expect: tent}\n"""
    assert run("rules", "test", camp(case), "--junit", tmp_path / "cases.xml").status == 1
    found = ElementTree.parse(tmp_path / "cases.xml").find(".//testcase").attrib["name"]
    assert found == '<b> & "q" \\u202e ]]> é'


def test_a_junit_file_that_cannot_be_written_is_an_error(run, camp):
    tested = run("rules", "test", camp(DRY), "--junit", "no/such/folder.xml")
    assert (tested.status, tested.out) == (2, "")
    assert tested.err.startswith("error: no/such/folder.xml: cannot be written: there is no folder")


def test_mistakes_in_a_file_of_cases_are_told_with_their_places(run, camp, write):
    cases = write("cases.yaml", "- {name: x, given: {rain: maybe}, expect: tent}\n")
    tested = run("rules", "test", camp(DRY), "--cases", cases)
    assert (tested.status, tested.out) == (2, "")
    assert tested.err == f"error: {cases}:1:27: rain must be yes or no, not 'maybe'\n"


def test_hostile_names_of_cases_do_not_reach_the_terminal(run, camp):
    case = '  - {name: "\\u202ered", given: {rain: no}, expect: hut}\n'
    assert "\\u202ered" in run("rules", "test", camp(case)).out
