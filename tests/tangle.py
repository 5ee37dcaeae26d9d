"""A knowledge base in which attributes depend on one another in every way."""

from expert import KnowledgeBase
from tests.strategies import model_of

TANGLE = {
    "knowledge_base": "tangle",
    "title": "Which way?",
    "goal": "way",
    "attributes": {
        "way": {"choices": {"left": "To the left", "right": "To the right"}, "otherwise": "left"},
        "mood": {"choices": ["good", "bad", "unsure"]},
        "weight": {"question": "What does it weigh?", "number": {"unit": "kg", "at_least": 0}},
        "height": {"question": "How high is it?", "number": {}},
        "ratio": {"is": "weight / height"},
        "old": {"question": "Is it old?", "otherwise": "no"},
        "signed": {"question": "Is it signed?", "ask_if": {"mood": "good"}},
        "colour": {"question": "What colour has it?", "choices": ["a", "b", "c", "d", "e", "f", "g"]},
        "spare": {},
    },
    "rules": {
        "heavy": {"if": {"ratio": {"more_than": 2}}, "unless": {"old": "yes"}, "then": {"mood": "unsure"}},
        "signed-good": {"if": {"signed": "yes"}, "then": {"mood": {"good": 1, "bad": -1}}},
        "good-left": {"if": {"mood": "good"}, "then": {"way": "left"}},
        "bad-right": {"if": {"mood": "bad"}, "then": {"way": {"right": 0.6}, "old": "yes"}},
        "old-unsure": {"if": {"old": "no", "mood": "good"}, "then": {"mood": {"unsure": 0.3}}},
    },
    "tables": {
        "last": {
            "then": ["way"],
            "hit": "first",
            "columns": ["signed", "colour", "way"],
            "rows": [["yes", "-", "right"], ["-", "a", "left"], ["-", "-", "left"]],
        }
    },
}
"""Cycles among attributes, though not among pairs: mood and old read one another, and signed is asked by mood."""


def tangle():
    """Load it."""
    return KnowledgeBase(model_of(TANGLE))
