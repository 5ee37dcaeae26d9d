"""Rules as sentences."""

from expert.explanation.shown_certainties import in_full
from expert.knowledge.model import Model
from expert.knowledge.rules import AllOf, Conclusion, Rule
from expert.rendering.evidence import is_below
from expert.rendering.words import grouped_words, premise_words, value_words


def rule_sentence(model: Model, rule: Rule) -> str:
    """Write a rule as a sentence."""
    needs = ["no row above it holds"] if is_below(rule) else []
    if rule.premise != AllOf(()):
        needs.append(grouped_words(model, rule.premise) if needs else premise_words(model, rule.premise))
    concluded = " and ".join(_concluded(model, conclusion) for conclusion in rule.conclusions)
    condition = f"If {' and '.join(needs)}" if needs else "Whatever is known"
    said = f"{condition}, {concluded}"
    return f"{said}, but not if {premise_words(model, rule.unless)}." if rule.unless else f"{said}."


def _concluded(model: Model, conclusion: Conclusion) -> str:
    name, value, certainty = conclusion
    attribute = model.attributes[name]
    written = value_words(attribute, value)
    if abs(certainty) == 1:
        return f"{attribute.words} {'is' if certainty > 0 else 'is not'} {written}"
    side = "for" if certainty > 0 else "against"
    return f"this speaks {side} {attribute.words} being {written} ({in_full(certainty, '+')})"
