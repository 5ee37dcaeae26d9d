"""The engines that ours is measured against find the same winners."""

from functools import cache

import pytest

from benchmarks.peers import PEERS, peer
from benchmarks.workload import cases, knowledge_base
from expert import KnowledgeBase
from expert.knowledge.loading.knowledge_base_file import load_bytes

COUNT = 50
WORKLOADS = [(10, 1), (10, 4), (100, 2), (100, 4)]
"""Numbers of rules, and seeds: 4 is what is timed; 1 never decides at 10 rules; 2 has a tie."""


@cache
def workload(rules, seed):
    """Make a model, cases, and what `expert` finds for them."""
    model = load_bytes(knowledge_base(rules, seed).encode(), "workload.yaml")
    given = cases(rules, COUNT)
    return model, given, [KnowledgeBase(model).consult(case) for case in given]


@pytest.mark.filterwarnings("ignore:datetime.datetime.utcfromtimestamp:DeprecationWarning")
@pytest.mark.parametrize(("rules", "seed"), WORKLOADS)
@pytest.mark.parametrize("name", PEERS)
def test_a_peer_finds_the_winners_that_expert_finds(name, rules, seed):
    if not PEERS[name].is_installed:
        pytest.skip(f"{PEERS[name].package} is not installed")
    model, given, consultations = workload(rules, seed)
    decide = peer(name)(model)
    expected = [consultation.recommendation for consultation in consultations]
    assert decide(given) == expected
    assert decide(given[:7]) + decide(given[7:]) == expected, "what it knows of a case must not outlive it"


@pytest.mark.parametrize(
    ("rules", "outcomes"), [(10, {"recommended", "undecided"}), (100, {"recommended", "tie", "undecided"})]
)
def test_the_workloads_have_winners_to_find(rules, outcomes):
    found = [workload(rules, seed)[2] for size, seed in WORKLOADS if size == rules]
    assert {consultation.outcome for consultations in found for consultation in consultations} == outcomes
