"""The shipped knowledge base about today keeps what its file and its page promise."""

import re
from collections import Counter
from random import Random

import polars
import pytest

from expert import KnowledgeBase
from tests.documentation.pages import TOP

CURRENT = KnowledgeBase.load("current")
MODEL = CURRENT.model
ARTICLE = KnowledgeBase.load("article").model
CANDIDATES = MODEL.attributes[MODEL.goal]
SAID = {"judgement": "our judgement", "secondary": "second-hand", "measured here": "Measured here"}
"""What a rule says in its sentence where it cites sources of these kinds."""

PAGE = (TOP / "docs" / "current.md").read_text(encoding="utf-8")
CLAIMS = re.findall(r"^\| (C\d+) \|(?:.*\|){3}(.*)\|(.*)\|$", PAGE, re.MULTILINE)


def cited_claims(rule):
    return {citation.where.partition(",")[0] for citation in rule.citations if citation.source == "article"}


def test_the_check_finds_nothing_that_is_not_accepted_with_a_reason():
    assert [finding for finding in CURRENT.check().findings if finding.severity != "note"] == []


def test_its_cases_pass_use_every_rule_and_notice_most_changes_of_the_rules():
    tests = CURRENT.test(mutate=True)
    assert len(MODEL.cases) >= 30
    assert tests.passed
    assert tests.coverage.unfired == ()
    assert tests.mutation.score >= 0.9, tests.mutation.survivors


def test_every_candidate_wins_a_case_and_says_how_to_begin():
    winners = {CURRENT.consult(case.given).recommendation for case in MODEL.cases} - {None}
    assert winners == set(CANDIDATES.choices) == set(CANDIDATES.starts)


def test_no_candidate_wins_half_of_the_cases_of_which_some_is_known_and_each_wins_some():
    random = Random(1)
    asked = [attribute for attribute in CURRENT.askable if attribute.number is None]
    values = {attribute.name: ["yes", "no"] if attribute.yes_no else [*attribute.choices] for attribute in asked}
    columns = {
        name: [random.choice(of) if random.random() < 0.4 else None for _ in range(20_000)]
        for name, of in values.items()
    }
    decided = CURRENT.decide(polars.DataFrame(columns, schema=dict.fromkeys(columns, polars.String)))
    shares = Counter(decided["recommendation"].cast(polars.String))
    assert set(shares) == {*CANDIDATES.choices, None}
    assert max(shares.values()) < 10_000


@pytest.mark.parametrize("rule", [rule for rule in MODEL.rules if rule.name not in {r.name for r in ARTICLE.rules}])
def test_a_rule_says_on_what_kind_of_source_it_rests(rule):
    assert rule.because
    assert rule.citations
    for citation in rule.citations:
        kind = MODEL.sources[citation.source].get("kind")
        assert SAID.get(kind, "").lower() in rule.because.lower(), kind


def test_every_source_is_cited_and_says_of_what_kind_and_when_it_is():
    cited = {citation.source for rule in MODEL.rules for citation in rule.citations}
    assert cited == set(MODEL.sources)
    for source in MODEL.sources.values():
        assert source["kind"] in ("judgement", "definition") or source.get("accessed") or source.get("year")


def test_every_claim_that_can_be_checked_has_its_row():
    assert [claim for claim, *_ in CLAIMS] == [f"C{number}" for number in range(4, 32)]


@pytest.mark.parametrize("retired", MODEL.retired, ids=lambda retired: retired.rule.name)
def test_the_page_lists_each_retired_rule_with_the_claims_that_it_cites(retired):
    listed = {claim for claim, names, _ in CLAIMS if f"`{retired.rule.name}`" in names}
    if listed:
        assert listed == cited_claims(retired.rule)
    else:
        assert f"`{retired.rule.name}`" in PAGE


def test_the_page_lists_rules_that_there_are():
    names = {rule.name for rule in MODEL.rules}
    for _, retired, kept in CLAIMS:
        assert set(re.findall("`([^`]+)`", kept)) <= names
        assert set(re.findall("`([^`]+)`", retired)) <= {each.rule.name for each in MODEL.retired}


def test_the_page_lists_the_levels_that_it_adds():
    rows = re.findall(r"^\| `([\w-]+)` \| ([\d.−]+) \|", PAGE, re.MULTILINE)
    added = {level: value for level, value in MODEL.certainties.items() if level not in ARTICLE.certainties}
    assert {level: float(number.replace("−", "-")) for level, number in rows} == added


PROFILES = re.findall(
    r"^\| `([\w-]+)` \| (?:`(\w+)`|—) \| (.+?) \| (.+?) \| .* \|$",
    (TOP / "docs" / "profiles.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize(("name", "told", "then", "now"), PROFILES)
def test_the_page_of_projects_says_what_both_knowledge_bases_answer(name, told, then, now):
    facts = CURRENT.read_facts(TOP / "docs" / "examples" / "profiles" / f"{name}.yaml")
    known = {fact.attribute: fact.value for fact in facts if fact.attribute in ARTICLE.attributes}
    answers = []
    for knowledge_base, given in ((KnowledgeBase.load(), known | ({told: "yes"} if told else {})), (CURRENT, facts)):
        consultation = knowledge_base.consult(given)
        answers.append(CANDIDATES.choices.get(consultation.recommendation, consultation.outcome))
    assert answers == [then, now]


def test_all_projects_are_in_that_table():
    files = sorted((TOP / "docs" / "examples" / "profiles").iterdir())
    assert sorted(name for name, *_ in PROFILES) == [file.stem for file in files]
    assert len(files) == 9
