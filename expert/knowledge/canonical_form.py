"""The canonical form of a knowledge base, the same for files that differ in layout and comments alone."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from expert.knowledge.cases import Case
from expert.knowledge.model import Model


def digest(model: Model) -> str:
    """Give the SHA-256 of the canonical form."""
    canonical = json.dumps(canonical_form(model), ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def canonical_form(model: Model) -> dict[str, Any]:
    """Write a knowledge base as in its file, normalised; what it does not use is left out of what is not in all."""
    retired = [{**each.rule.to_dict(), "reason": each.reason} for each in model.retired]
    accept = {" ".join(found): reason for found, reason in model.accept.items()}
    return {
        "knowledge_base": model.name,
        "title": model.title,
        "about": model.about,
        "version": model.version,
        "goal": model.goal,
        "threshold": model.threshold,
        "certainties": dict(model.certainties),
        "sources": {name: dict(source) for name, source in model.sources.items()},
        "attributes": {name: attribute.to_dict() for name, attribute in model.attributes.items()},
        "rules": [rule.to_dict() for rule in model.rules],
        **({"retired": retired} if retired else {}),
        **({"review_by": model.review_by.isoformat()} if model.review_by else {}),
        "cases": [_case(case) for case in model.cases],
        **({"accept": accept} if accept else {}),
    }


def _case(case: Case) -> dict[str, Any]:
    """Write a scenario test."""
    return {
        "name": case.name,
        "given": {fact.attribute: [fact.value, fact.certainty] for fact in case.given},
        "expect": {
            key: {str(k): v for k, v in value.items()} if isinstance(value, Mapping) else value
            for key, value in case.expect.to_dict().items()
        },
    }
