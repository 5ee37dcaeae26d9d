"""Imports experta 1.9.4 on Python 3.10 and later, leaving nothing changed behind.

Two things go wrong when it is imported as it is. The release of frozendict that it pins looks for a name that
``collections`` lost in Python 3.10; it is lent while the import lasts. And experta configures the root logger, which
is for applications to do; its handler is taken away again. What it does at every step, it tells to whoever logs at the
level INFO; that is nobody's business but its own.
"""

import collections
import collections.abc
import logging

_handlers = logging.root.handlers[:]
_lend = not hasattr(collections, "Mapping")
if _lend:
    collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
try:
    from experta import DefFacts, Fact, KnowledgeEngine, P, Rule
    from experta.matchers import ReteMatcher
    from experta.matchers.rete.abstract import OneInputNode
    from experta.matchers.rete.nodes import ConflictSetNode, FeatureTesterNode
    from experta.matchers.rete.token import Token
    from experta.strategies import DepthStrategy
finally:
    if _lend:
        del collections.Mapping  # type: ignore[attr-defined]
    logging.root.handlers[:] = _handlers
logging.getLogger("experta").setLevel(logging.WARNING)

__all__ = [
    "ConflictSetNode",
    "DefFacts",
    "DepthStrategy",
    "Fact",
    "FeatureTesterNode",
    "KnowledgeEngine",
    "OneInputNode",
    "P",
    "ReteMatcher",
    "Rule",
    "Token",
]
