"""Cases, written as a knowledge base has them."""

from collections.abc import Iterable, Mapping

from expert.knowledge.foreign_text import visible
from expert.knowledge.loading.facts_writing import yaml_scalar
from expert.knowledge.model import Case, Expectation
from expert.knowledge.rules import Value


def cases_section(cases: Iterable[Case]) -> str:
    """Write cases as items of the section ``cases``.

    Examples
    --------
    >>> print(cases_section([Case("a fine day", (), Expectation(recommendation="walk"))]), end="")
      - name: a fine day
        given: {}
        expect: walk
    """
    lines = []
    for case in cases:
        lines += [
            f"  - name: {yaml_scalar(case.name)}",
            f"    given: {_mapping({fact.attribute: fact.value for fact in case.given})}",
            f"    expect: {_expected(case.expect)}",
        ]
    return "".join(f"{visible(line)}\n" for line in lines)


def _expected(expect: Expectation) -> str:
    """Write an expectation; a recommendation alone without braces."""
    said = expect.to_dict()
    if list(said) == ["recommendation"]:
        return yaml_scalar(said["recommendation"])
    parts = []
    for key, value in said.items():
        if isinstance(value, Mapping):
            text = _mapping(value)
        elif isinstance(value, tuple):
            text = f"[{', '.join(map(yaml_scalar, value))}]"
        else:
            text = ("no", "yes")[value] if isinstance(value, bool) else yaml_scalar(value)
        parts.append(f"{key}: {text}")
    return f"{{{', '.join(parts)}}}"


def _mapping(pairs: Mapping[str, Value] | Mapping[Value, float]) -> str:
    return f"{{{', '.join(f'{yaml_scalar(key)}: {yaml_scalar(value)}' for key, value in pairs.items())}}}"
