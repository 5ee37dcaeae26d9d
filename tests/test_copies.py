"""Copies: what users hold can be pickled and copied at any time, and sent to other processes."""

import copy
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor

import polars as pl
import pytest

from expert import Decision, InputError, KnowledgeBase

CASES = [{"dataset_size": "small"}, {"dataset_size": "large", "debugging": "yes"}, {}]


def pickled(thing):
    return pickle.loads(pickle.dumps(thing))


def in_use():
    """Load a knowledge base, and have it do all that it can, so that all it keeps is there."""
    knowledge_base = KnowledgeBase.load()
    knowledge_base.decide(pl.DataFrame({"dataset_size": ["small"]}), certainties=True, derived=True, rules=True)
    consultation = knowledge_base.consult(CASES[0])
    consultation.to_dict()
    consultation.robustness()
    return knowledge_base, consultation


every_copy = pytest.mark.parametrize("copied", [pickled, copy.copy, copy.deepcopy], ids=lambda each: each.__name__)


@every_copy
def test_a_knowledge_base_in_use_is_copied(copied):
    knowledge_base, consultation = in_use()
    other = copied(knowledge_base)
    assert other.model == knowledge_base.model
    assert other.digest == knowledge_base.digest
    assert other.consult(CASES[0]) == consultation
    frame = pl.DataFrame({"dataset_size": ["large"]})
    assert other.decide(frame).equals(knowledge_base.decide(frame))


@every_copy
def test_a_consultation_is_copied_with_all_that_it_can_tell(copied):
    _, consultation = in_use()
    other = copied(consultation)
    assert other == consultation
    assert other.to_dict() == consultation.to_dict()
    assert other.why("keras") == consultation.why("keras")
    assert other.flips(most=1) == consultation.flips(most=1)


def test_a_copy_is_no_larger_after_use():
    knowledge_base, consultation = in_use()
    fresh = KnowledgeBase.load()
    assert len(pickle.dumps(knowledge_base)) == len(pickle.dumps(fresh))
    assert len(pickle.dumps(consultation)) == len(pickle.dumps(fresh.consult(CASES[0])))


@every_copy
def test_results_are_copied(copied):
    _, consultation = in_use()
    for result in (
        consultation.why("keras"), consultation.why_not("pytorch"), consultation.what_if(dataset_size="large"),
        consultation.flips(most=1), consultation.robustness(), Decision.of(consultation),
        Decision.of(consultation).recheck(),
    ):  # fmt: skip
        assert copied(result) == result


@every_copy
def test_an_interview_is_copied_at_any_time_and_both_go_on_alike(copied):
    interview = KnowledgeBase.load().interview({"debugging": {"value": "yes", "certainty": 0.5, "note": "perhaps"}})
    steps = [
        lambda each: None,
        lambda each: each.answer(each.next_question().name, None),
        lambda each: each.skip(),
        lambda each: each.answer(each.next_question().name, "yes"),
        lambda each: each.back(),
    ]
    for step in steps:
        step(interview)
        other = copied(interview)
        assert other.to_dict() == interview.to_dict()
        assert other.next_question() == interview.next_question()
        assert other.progress == interview.progress
        other.skip()
        assert other.to_dict() != interview.to_dict()


@every_copy
def test_an_error_says_the_same_in_a_copy(copied):
    with pytest.raises(InputError) as raised:
        KnowledgeBase.load().consult({"dataset_size": "tiny", "nonsense": 1})
    other = copied(raised.value)
    assert other.problems == raised.value.problems
    assert str(other) == str(raised.value)


def test_pools_of_processes_consult_one_knowledge_base():
    knowledge_base, _ = in_use()
    expected = [knowledge_base.consult(case) for case in CASES]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(knowledge_base.consult, CASES)) == expected
        refused = pool.submit(knowledge_base.consult, {"dataset_size": "tiny"})
        with pytest.raises(InputError, match="dataset_size has no value 'tiny'"):
            refused.result()
        interview = pool.submit(knowledge_base.interview, CASES[0]).result()
        assert interview.next_question() == knowledge_base.interview(CASES[0]).next_question()
