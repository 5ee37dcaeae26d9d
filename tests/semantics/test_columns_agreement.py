"""The dataframe engine says exactly what the experta engine says, row by row."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert import KnowledgeBase
from tests.semantics.frame_libraries import AS_GIVEN, EXACT, to_polars
from tests.strategies import CONSTRUCTS, cases, knowledge_bases, model_of

LIBRARIES = [*AS_GIVEN]
TYPES = {"number": pl.Float64, "yes/no": pl.String, "choice": pl.String}


def frame_of(model, rows):
    """Put given facts into columns, each attribute with its certainty beside it."""
    data, schema = {}, {}
    for attribute in model.attributes.values():
        if model.is_askable(attribute):
            facts = [row.get(attribute.name) for row in rows]
            data[attribute.name] = [None if fact is None else fact["value"] for fact in facts]
            data[f"{attribute.name}.certainty"] = [None if fact is None else fact["certainty"] for fact in facts]
            schema |= {attribute.name: TYPES[attribute.kind], f"{attribute.name}.certainty": pl.Float64}
    return pl.DataFrame(data, schema)


def assert_agree(model, rows, frame, library="polars"):
    knowledge_base = KnowledgeBase(model)
    written = {rule.name for rule in model.rules}
    given = AS_GIVEN[library](frame)
    decided = to_polars(knowledge_base.decide(given, certainties=True, derived=True, rules=True)).to_dicts()
    for row, found in zip(rows, decided, strict=True):
        consultation = knowledge_base.consult(row)
        expected = {
            "recommendation": consultation.recommendation,
            "outcome": consultation.outcome,
            "certainty": consultation.ranking[0].certainty,
            "runner_up": consultation.ranking[1].value if len(consultation.ranking) > 1 else None,
            "margin": consultation.margin,
            "rules": " ".join(firing.rule for firing in consultation.firings if firing.rule in written),
        }
        expected |= {f"certainty.{candidate.value}": candidate.certainty for candidate in consultation.ranking}
        expected |= {
            f"derived.{name}.{value}": certainty
            for name in model.concluded.keys() - {model.goal}
            for value, certainty in consultation.certainties.get(name, {}).items()
            if f"derived.{name}.{value}" in found
        }
        added = {name: found[name] for name in found if name not in frame.columns}
        if library not in EXACT:
            expected = {name: about(value) if isinstance(value, float) else value for name, value in expected.items()}
        assert {name: added[name] for name in expected} == expected
        assert {value for name, value in added.items() if name not in expected} <= {0.0}


def about(number):
    return pytest.approx(number, rel=0, abs=1e-12)


def draw_definite(data, constructs):
    """Draw a knowledge base, and cases whose facts are definite, in columns without certainties; there may be none."""
    drawn = data.draw(knowledge_bases(constructs=constructs))
    model = model_of(drawn)
    rows = data.draw(st.lists(cases(drawn, certainties=(1,)), min_size=1, max_size=6))
    return model, rows, frame_of(model, rows).select(pl.exclude("^.*\\.certainty$"))


ALL = pytest.mark.parametrize("constructs", [(), CONSTRUCTS], ids=["rules", "all constructs"])


@ALL
@given(st.data())
def test_uncertain_facts(constructs, data):
    drawn = data.draw(knowledge_bases(constructs=constructs))
    model = model_of(drawn)
    rows = data.draw(st.lists(cases(drawn), min_size=1, max_size=6))
    assert_agree(model, rows, frame_of(model, rows), data.draw(st.sampled_from(LIBRARIES)))


@ALL
@given(st.data())
def test_definite_facts_in_columns_without_certainties(constructs, data):
    model, rows, frame = draw_definite(data, constructs)
    if frame.width:
        assert_agree(model, rows, frame, data.draw(st.sampled_from(LIBRARIES)))
