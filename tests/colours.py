"""A small knowledge base with every kind of test, and rules that build on one another."""

from dataclasses import replace

from expert import KnowledgeBase
from expert.knowledge.model import Retired
from tests.strategies import model_of

COLOURS = {
    "knowledge_base": "colours",
    "goal": "colour",
    "sources": {"guide": {"title": "The guide"}},
    "attributes": {
        "colour": {"choices": {"red": "Red", "green": "Green", "blue": "Blue"}},
        "size": {"question": "How large?", "choices": ["small", "middle", "large"]},
        "share": {"question": "Which share?", "number": {"at_least": 0, "at_most": 1}},
        "warm": {"question": "Warm?"},
        "shape": {"question": "Which shape?", "choices": ["round", "square"]},
        "hot": {},
        "glow": {"question": "Does it glow?"},
    },
    "rules": {
        "warm-hot": {"if": {"warm": "yes", "share": {"at_least": 0.5}}, "then": {"hot": "yes"}, "certainty": 0.9},
        "small-cold": {"if": {"size": "small"}, "then": {"hot": {"yes": -0.5}}},
        "hot-glow": {"if": {"hot": "yes"}, "then": {"glow": "yes"}, "certainty": 0.5, "source": "guide p. 2"},
        "glow-red": {
            "if": {"glow": "yes"}, "then": {"colour": "red"}, "certainty": 0.6,
            "because": "What glows is red.", "source": ["guide p. 1", "guide p. 2"],
        },
        "hot-red": {"if": {"any": [{"hot": "yes"}, {"size": {"not": "small"}}]}, "then": {"colour": {"red": 0.5}}},
        "open": {"if": {"shape": "unknown"}, "then": {"colour": {"red": -0.3, "green": 0.3}}},
        "shaped": {"if": {"shape": {"not": "unknown"}}, "then": {"colour": {"blue": 0.4}}},
        "green": {"if": {"size": "small"}, "then": {"colour": {"green": 0.7}}},
    },
}  # fmt: skip


def consult(given, **changes):
    """Consult it, with parts of it replaced."""
    return KnowledgeBase(model_of(COLOURS | changes)).consult(given)


def retiring(model, reasons):
    """Take rules away from a knowledge base, each for a reason, as one that extends it does."""
    rules = {rule.name: rule for rule in model.rules}
    retired = tuple(Retired(rules[name], reason) for name, reason in reasons.items())
    return replace(model, rules=tuple(rule for rule in model.rules if rule.name not in reasons), retired=retired)
