"""Answers in columns: what is written for the ranking grows with the candidates, no faster, and is not nested deep."""

import polars as pl

from expert.frames.adapters.polars import POLARS
from expert.frames.compiler import Program
from expert.frames.masks import either
from expert.frames.output_columns import Extras, Ranking
from expert.knowledge.loading.knowledge_base_file import load_bytes


def depth(text):
    """Count how deep the brackets of a text are nested."""
    deepest = now = 0
    for character in text:
        now += (character in "([") - (character in ")]")
        deepest = max(deepest, now)
    return deepest


def written(candidates):
    """Write out all expressions of the answer among so many candidates."""
    choices = ", ".join(f"c{i:03}" for i in range(candidates))
    text = f"knowledge_base: many\ngoal: g\nattributes:\n  g: {{choices: [{choices}]}}\nrules: {{}}\n"
    model = load_bytes(text.encode(), "many.yaml")
    stages, added = Ranking(model, Program([], {}, {}), POLARS).answer(Extras())
    return [str(expression) for stage in [*stages, added.values()] for expression in stage]


def test_the_ranking_of_twice_the_candidates_takes_no_more_than_twice_as_much():
    once, twice = written(100), written(200)
    assert sum(map(len, twice)) <= 2.3 * sum(map(len, once))
    assert max(map(depth, twice)) <= max(map(depth, once)) + 3


def test_alternatives_are_not_nested_one_in_the_other():
    masks = [pl.col(f"a{i}") for i in range(1000)]
    assert depth(str(either(masks))) <= 25
