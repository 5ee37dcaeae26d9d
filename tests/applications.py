"""A small knowledge base with every construct: defaults, exceptions, counting, a computed number, decision tables."""

from expert import KnowledgeBase
from expert.knowledge.loading.knowledge_base_file import load_bytes

APPLICATIONS = """
knowledge_base: applications
goal: decision
sources: {handbook: {title: The handbook}}
attributes:
  decision: {choices: {approve: Approve it, refer: Refer it, decline: Decline it}}
  debt: {question: "What is owed?", number: {at_least: 0}}
  income: {question: "What is earned?", number: {at_least: 0}}
  fees: {question: "What are the fees?", number: {}, otherwise: 100}
  ratio: {number: {}, is: (debt + fees) / income}
  late: {question: "Has a payment been missed?"}
  young: {question: "Is the applicant under 21?"}
  new: {question: "Is the applicant new?"}
  abroad: {question: "Does the applicant live abroad?"}
  guarantor: {question: "Is there a guarantor?"}
  risk: {choices: [low, middle, high], otherwise: low}
  watched: {question: "Is the account watched?", otherwise: no}
  step: {choices: [none, call, letter]}
rules:
  signs:
    if: {at_least: 2, of: [{young: yes}, {new: yes}, {abroad: yes}]}
    unless: {guarantor: yes}
    then: {risk: high}
    because: Two warning signs make a high risk.
    source: handbook 2
  debts: {if: {ratio: {at_least: 0.5}}, then: {risk: high}, certainty: 0.6}
  fair-debts: {if: {ratio: {at_least: 0.4, less_than: 0.5}}, then: {risk: middle}}
  decline: {if: {late: yes, risk: high}, then: {decision: decline}}
  approve: {if: {risk: low}, unless: {watched: yes}, then: {decision: {approve: 0.8, decline: -0.5}}}
tables:
  steps:
    columns: [late, ratio, step]
    then: [step]
    hit: first
    rows: [[yes, "-", letter], ["-", ">= 0.3", call], ["-", "-", none]]
    because: The table says so.
    source: handbook 3
  outcomes:
    columns: [step, decision]
    then: [decision]
    rows: [[call, refer], [letter, decline]]
    certainty: 0.5
"""

CASE = {"debt": 12_000, "fees": 0, "income": 40_000, "young": "yes", "new": "yes", "late": "no"}


def consult(given):
    """Consult it."""
    return KnowledgeBase(load_bytes(APPLICATIONS.encode(), "applications.yaml")).consult(given)
