"""Everything that can be asked of one knowledge base, asked by many threads at once."""

import json
import random
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from expert import KnowledgeBase

CASES = [
    {"dataset_size": "small", "rapid_prototyping": "yes"},
    {"dataset_size": {"value": "large", "certainty": 0.5}, "debugging": "yes"},
    {"flexibility": "yes"},
]
TABLE = pl.DataFrame({"dataset_size": ["small", "large", None], "flexibility": ["yes", "no", "yes"]})


def interviewed(knowledge_base, case):
    interview = knowledge_base.interview(given=case)
    while (question := interview.next_question()) is not None:
        interview.answer(question.name, next(iter(question.attribute.choices)))
    return json.dumps(interview.to_dict())


JOBS = {
    "consult": lambda knowledge_base, case: json.dumps(knowledge_base.consult(case).to_dict()),
    "why": lambda knowledge_base, case: str(knowledge_base.consult(case).why("tensorflow")),
    "why not": lambda knowledge_base, case: str(knowledge_base.consult(case).why_not("tensorflow")),
    "what if": lambda knowledge_base, case: str(knowledge_base.consult(case).what_if(debugging="yes")),
    "flips": lambda knowledge_base, case: str(knowledge_base.consult(case).flips(most=1)),
    "draw": lambda knowledge_base, case: knowledge_base.consult(case).draw("html"),
    "interview": interviewed,
    "decide": lambda knowledge_base, case: knowledge_base.decide(TABLE, rules=True).write_json(),
}


def test_sixteen_threads_get_what_one_gets():
    knowledge_base = KnowledgeBase.load()
    jobs = [(job, case) for job in JOBS for case in CASES]
    alone = {(job, str(case)): JOBS[job](knowledge_base, case) for job, case in jobs}
    many = jobs * 4
    random.Random(1).shuffle(many)
    shared = KnowledgeBase.load()
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda one: JOBS[one[0]](shared, one[1]), many))
    for (job, case), result in zip(many, found, strict=True):
        assert result == alone[job, str(case)], (job, case)
