"""What a check makes of acceptances, of extended knowledge bases, and of the shipped one."""

from dataclasses import replace

import pytest

from expert import KnowledgeBase
from expert.knowledge.finding_kinds import KINDS
from expert.verification.checks import check
from expert.verification.findings import SEVERITIES, Finding
from tests.verification.test_corpus import COMMON

BASE = """\
knowledge_base: base
goal: g
certainties: {strong: 0.8}
sources: {book: {title: The book}}
attributes:
  g: {choices: [x, y]}
  s: {question: How large?, choices: [a, b]}
  e: {question: Extra?}
rules:
  r: {if: {s: a}, then: {g: x}, certainty: strong, because: So it is., source: book}
  q: {if: {s: b}, then: {g: y}, because: So it is not., source: book}
"""


@pytest.fixture
def found(tmp_path, monkeypatch):
    """Check a base, which may extend others beside it."""
    monkeypatch.chdir(tmp_path)

    def found(text, **others):
        for name, content in {**others, "checked": text}.items():
            (tmp_path / f"{name}.yaml").write_text(content)
        findings = KnowledgeBase.load("checked.yaml").check().findings
        return [(str(each.place), each.kind, each.name) for each in findings if each.kind not in COMMON]

    return found


def test_findings_come_in_the_order_of_their_places_with_their_lines(found):
    wrong = BASE.replace("because: So it is., ", "").replace("g: y}, because", "g: y}, unless: {s: a}, because")
    assert found(wrong.replace("certainty: strong, ", "")) == [
        ("checked.yaml:3:15", "unused-level", "strong"),
        ("checked.yaml:8:3", "unread", "e"),
        ("checked.yaml:10:3", "no-because", "r"),
    ]


def test_an_extending_base_need_not_repeat_what_is_accepted_nor_need_it(found):
    base = f"{BASE}accept: {{unread e: It goes into the record.}}\n"
    reading = "rules:\n  new: {if: {e: yes}, then: {g: x}, because: It is extra., source: book}\n"
    assert found("knowledge_base: checked\nextends: base\n", base=base) == []
    assert found(f"knowledge_base: checked\nextends: base\n{reading}", base=base) == []
    assert found(base.replace("rules:\n", reading)) == [("checked.yaml:13:10", "not-needed", "unread e")]


def test_what_a_retired_rule_cites_and_uses_is_cited_and_used(found):
    extending = """\
knowledge_base: checked
extends: base
retire: {r: It is out of date., q: It is too old.}
rules:
  new: {if: {s: a, e: yes}, then: {g: x}, because: It is new.}
  old: {if: {s: b}, then: {g: y}, because: It is old.}
"""
    assert [finding[1:] for finding in found(extending, base=BASE)] == [("no-source", "new"), ("no-source", "old")]


def test_an_acceptance_that_is_not_needed_can_itself_be_accepted(found):
    accepted = "accept:\n  unread e: It is.\n  unread s: It was.\n"
    assert [kind for _, kind, _ in found(BASE + accepted)] == ["not-needed"]
    assert found(f"{BASE}{accepted}  not-needed unread s: It will be.\n") == []


def test_the_shipped_base_has_no_finding_that_it_does_not_accept_with_a_reason():
    checked = KnowledgeBase.load().check()
    assert [finding for finding in checked.findings if finding.severity != "note"] == []
    assert len(checked.accepted) == len(KnowledgeBase.load().model.accept)


def test_a_finding_has_the_severity_of_its_kind_unless_another_is_given():
    assert {kind.severity for kind in KINDS.values()} == set(SEVERITIES)
    place = KnowledgeBase.load().rules[0].place
    assert Finding.of("tie", place, "x", "", "").severity == "note"
    assert Finding.of("tie", place, "x", "", "", severity="error").severity == "error"


def test_the_order_of_rules_and_attributes_changes_no_kinds():
    model = KnowledgeBase.load("tests/verification/corpus/five-mistakes.yaml").model
    attributes = dict(reversed(model.attributes.items()))
    turned = replace(model, rules=model.rules[::-1], attributes=attributes)
    kinds, others = (sorted(each.kind for each in check(each).findings) for each in (model, turned))
    assert kinds == others
