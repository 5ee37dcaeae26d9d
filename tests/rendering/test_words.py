import pytest

from expert.knowledge.attributes import Attribute, Number
from expert.knowledge.loading.knowledge_base_file import load_bytes
from expert.knowledge.rules import Compare, Is, IsNot
from expert.rendering.words import fact_words, premise_words

BASE = b"""
knowledge_base: b
goal: g
attributes:
  g: {choices: [x, y]}
  api_level: {label: level of API, choices: {low: {label: near the metal, long: "low level, near the metal"}, high: ~}}
  training_examples: {number: {unit: examples}}
  way_home: {number: {unit: km}}
rules: {}
"""


@pytest.mark.parametrize(
    ("attribute", "value", "said"),
    [
        ("api_level", "low", "level of API: near the metal"),
        ("api_level", "high", "level of API: high"),
        ("training_examples", 12000, "training examples: 12,000"),
        ("way_home", 1.5, "way home: 1.5 km"),
    ],
)
def test_facts_are_told_by_labels_and_numbers_with_units(attribute, value, said):
    assert fact_words(load_bytes(BASE, "b.yaml").attributes[attribute], value) == said


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (Is("api_level", "low"), "level of API is near the metal"),
        (IsNot("api_level", "low"), "level of API is known not to be near the metal"),
        (Compare("training_examples", "at_least", 1_000_000), "training examples is at least 1,000,000"),
        (Compare("way_home", "less_than", 2), "way home is less than 2 km"),
    ],
)
def test_tests_are_told_by_labels(test, said):
    assert premise_words(load_bytes(BASE, "b.yaml"), test) == said


def test_a_unit_is_told_unless_the_words_of_the_attribute_end_with_it():
    assert fact_words(Attribute("work_days", number=Number("days")), 3) == "work days: 3"
    assert fact_words(Attribute("holidays", number=Number("days")), 3) == "holidays: 3 days"
    assert fact_words(Attribute("share", number=Number()), 0.5) == "share: 0.5"
