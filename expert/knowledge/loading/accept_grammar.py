"""The section ``accept`` of a knowledge base: findings that are meant, each with the reason."""

from expert.knowledge.finding_kinds import KINDS, kind_and_name
from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.tree import Node, ScalarNode


def read_accept(node: Node | None, fields: Fields) -> dict[tuple[str, str], str]:
    """Read what is accepted, by the kind and the name of the finding."""
    found: dict[tuple[str, str], str] = {}
    section = fields.mapping(node, "'accept'")
    if section is None:
        return found
    for text, key in section.keys.items():
        kind, name = kind_and_name(text)
        reason = fields.text(section, text)
        if kind not in KINDS:
            fields.unknown(key._replace(text=kind), "kind of finding", KINDS)
        elif not name:
            fields.problem(key, f"'{kind}' needs the name of what it is about, as in '{kind} NAME'")
        elif (kind, name) in found:
            fields.problem(key, f"'{kind} {shown(name)}' is accepted twice")
        elif not reason and isinstance(section.fields[text], ScalarNode):
            fields.problem(section.fields[text], f"'{kind} {shown(name)}' needs the reason why it is accepted")
        found[kind, name] = reason
    return found
