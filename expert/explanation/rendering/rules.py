"""Rules in plain words."""

from expert.explanation.rendering.text import number
from expert.knowledge.model import Citation, Model, Rule


def rule_list(knowledge_base: Model) -> str:
    """List the rules of a knowledge base, a line each.

    Parameters
    ----------
    knowledge_base : Model
        Whose rules.

    Returns
    -------
    str
        Lines, each ending in a newline.
    """
    longest = max((len(rule.name) for rule in knowledge_base.rules), default=0)
    return "".join(f"{rule.name:<{longest}}  {rule.premise} → {_conclusions(rule)}\n" for rule in knowledge_base.rules)


def rule_text(knowledge_base: Model, rule: Rule) -> str:
    """Write a rule in plain words, with its sources in full.

    Parameters
    ----------
    knowledge_base : Model
        Which declares what the rule speaks of.
    rule : Rule
        One of its rules.

    Returns
    -------
    str
        Lines, each ending in a newline.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> knowledge_base = KnowledgeBase.load()
    >>> print(rule_text(knowledge_base.model, knowledge_base.rule("slow-keras")), end="")  # doctest: +ELLIPSIS
    slow-keras (article.yaml:...)
      if       fast_execution = yes
      then     framework = keras, evidence −0.40
      because  Keras is slower than TensorFlow and PyTorch.
      source   C10, speed, in: TensorFlow vs Keras vs PyTorch: Which Framework is the Best?, Atlas Systems, about 2020
    """
    lines = [f"{rule.name} ({rule.place.origin})", f"  if       {rule.premise}"]
    for index, conclusion in enumerate(rule.conclusions):
        evidence = f"{conclusion.attribute} = {conclusion.value}, evidence {number(conclusion.certainty, '+')}"
        lines.append(f"  {'' if index else 'then':<9}{evidence}")
    if rule.because:
        lines.append(f"  because  {rule.because}")
    for index, citation in enumerate(rule.citations):
        lines.append(f"  {'' if index else 'source':<9}{_in_full(knowledge_base, citation)}")
    return "".join(f"{line}\n" for line in lines)


def _conclusions(rule: Rule) -> str:
    """Write what a rule concludes on one line."""
    return ", ".join(f"{c.attribute} = {c.value} {number(c.certainty, '+')}" for c in rule.conclusions)


def _in_full(knowledge_base: Model, citation: Citation) -> str:
    """Write a citation with its source's title, author, year and address."""
    source = knowledge_base.sources[citation.source]
    details = ", ".join(source[key] for key in ("title", "by", "year", "url") if key in source)
    return f"{citation.where}, in: {details}" if citation.where else details
