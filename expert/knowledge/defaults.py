"""Defaults of attributes, as the rules that give them."""

from collections.abc import Collection, Iterator, Mapping

from expert.knowledge.attributes import Attribute
from expert.knowledge.rules import Conclusion, Lacking, Premise, Rule, Unknown


def default_rules(attributes: Mapping[str, Attribute], derived: Collection[str], threshold: float) -> Iterator[Rule]:
    """Make a rule for each attribute with a default: where nothing says what it is, it is that, for certain.

    A number that no rule concludes takes its default where it is unknown.
    """
    for name, attribute in attributes.items():
        if attribute.default is not None:
            is_unknown = attribute.number and name not in derived
            premise: Premise = Unknown(name) if is_unknown else Lacking(name, threshold)
            label = attribute.value_label(attribute.default)
            because = f"Nothing says what {attribute.words} is; by default it is {label}."
            conclusion = Conclusion(name, attribute.default, 1.0)
            yield Rule(f"default of {name}", premise, (conclusion,), because, place=attribute.place, is_default=True)
