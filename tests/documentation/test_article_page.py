"""The page about the article and the knowledge base that encodes it say the same."""

import re

import pytest

from expert import KnowledgeBase
from tests.documentation.pages import TOP

PAGE = (TOP / "docs" / "article.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (C\d+) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
MODEL = KnowledgeBase.load("article").model


def cited():
    """Collect the rules that cite each claim, and the section that each names for it."""
    rules, sections = {}, {}
    for rule in MODEL.rules:
        for citation in rule.citations:
            if citation.source == "article":
                claim, _, section = citation.where.partition(", ")
                rules.setdefault(claim, []).append(rule.name)
                sections.setdefault(claim, set()).add(section)
    return rules, sections


def test_the_claims_are_numbered_without_gaps():
    assert [claim for claim, *_ in ROWS] == [f"C{number}" for number in range(1, 32)]


@pytest.mark.parametrize(("claim", "section", "listed"), [(row[0], row[1], row[3]) for row in ROWS])
def test_a_claim_lists_the_rules_that_cite_it_and_they_name_its_section(claim, section, listed):
    rules, sections = cited()
    assert re.findall(r"`([^`]+)`", listed) == rules.get(claim, [])
    assert sections.get(claim, {section}) == {section}


def test_rules_cite_only_claims_that_exist():
    assert set(cited()[0]) <= {claim for claim, *_ in ROWS}


def test_every_rule_that_does_not_cite_the_article_is_called_a_judgement():
    judgements = [rule.name for rule in MODEL.rules if all(c.source != "article" for c in rule.citations)]
    _, _, section = PAGE.partition("## What is judgement")
    assert judgements
    assert all(f"`{name}`" in section for name in judgements)


def test_the_levels_are_those_of_the_knowledge_base():
    rows = re.findall(r"^ *\| (`.+?`) \| ([\d., −]+) \|", PAGE, re.MULTILINE)
    levels = {
        level: float(number.replace("−", "-"))
        for names, numbers in rows
        for level, number in zip(re.findall("`(.+?)`", names), numbers.split(", "), strict=True)
    }
    assert levels == MODEL.certainties


def test_the_article_is_named_as_the_source_names_it():
    source = MODEL.sources["article"]
    assert all(source[key] in " ".join(PAGE.split()) for key in ("title", "by", "year"))
