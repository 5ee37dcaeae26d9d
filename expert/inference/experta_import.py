"""Imports experta 1.9.4 on Python 3.10 and later, leaving nothing changed behind.

Two things go wrong with a plain import. The release of frozendict that it pins looks for a name that ``collections``
lost in Python 3.10; the name is restored during the import. And experta configures the root logger, which is up to
applications; its handler is removed again. It also logs every step at the level INFO; that is silenced.
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
