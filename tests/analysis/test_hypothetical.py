"""Hypothetical cases in columns: each is decided as a consultation on its facts is."""

import random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.analysis.hypothetical import HypotheticalCases, Option
from expert.inference.degrees import degree_of
from expert.knowledge.variants import reaching
from tests.examples import examples
from tests.strategies import cases, is_askable, knowledge_bases, model_of, values_of


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_every_case_is_decided_as_a_consultation_is(data):
    drawn = data.draw(knowledge_bases())
    relevant = reaching(model_of(drawn), ["colour"])
    names = [name for name in drawn["attributes"] if is_askable(drawn, name) and name in relevant]
    if not names:
        return
    gated = [name for name in names if "question" in drawn["attributes"][name]][:1]
    for name in gated:
        drawn["attributes"][name]["ask_if"] = {names[-1]: {"not": values_of(drawn["attributes"][names[-1]])[0]}}
    knowledge_base = KnowledgeBase(model_of(drawn))
    case = data.draw(cases(drawn))
    options = [Option(name, value) for name in names for value in (*values_of(drawn["attributes"][name]), None)]
    sets = []
    pick = random.Random(data.draw(st.integers(0, 99)))
    for _ in range(6):
        taken = {}
        for name in sorted(pick.sample(names, min(2, len(names))), key=names.index):
            taken[name] = pick.choice([at for at, option in enumerate(options) if option.attribute == name])
        sets.append(list(taken.values()))
    frame = pl.DataFrame(sets, orient="row", schema={str(i): pl.UInt32 for i in range(len(sets[0]))})
    given = knowledge_base.consult(case).given
    decided = HypotheticalCases(knowledge_base.model, given, options, gated).decide(frame)
    for positions, row in zip(sets, decided.rows(named=True), strict=True):
        then = knowledge_base.consult(case | {options[at].attribute: options[at].value for at in positions})
        assert (row["recommendation"], row["outcome"]) == (then.recommendation, then.outcome)
        for name in gated:
            degree = degree_of(knowledge_base.attributes[name].ask_if)(then.certainties)
            assert row[name] == (degree > knowledge_base.model.threshold)
