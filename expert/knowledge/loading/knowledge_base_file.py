"""A knowledge base's file, checked and turned into a model; every problem is reported, with its place."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path

from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.loading.accept_grammar import read_accept
from expert.knowledge.loading.attribute_grammar import read_attributes
from expert.knowledge.loading.case_grammar import read_cases
from expert.knowledge.loading.extension import MOST, merged, path_of
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.file_formats import KNOWLEDGE_BASES, STDIN, file_label, parse, read_bytes
from expert.knowledge.loading.rule_grammar import derived_names, read_rules
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, describe, places
from expert.knowledge.model import Model, Retired
from expert.knowledge.numbers import number_pattern
from expert.knowledge.problems import InputError, Place, Problem, suggestion
from expert.knowledge.rules import Rule
from expert.knowledge.strata import RuleCycleError

_PACKAGE = Path(__file__).resolve().parents[2]
_SHIPPED = next((path for path in (_PACKAGE / "rules", _PACKAGE.parent / "rules") if path.is_dir()), _PACKAGE)
"""Where the shipped knowledge bases are: inside an installed package, beside it in a checkout."""

_KEYS = (
    "knowledge_base", "title", "about", "version", "review_by", "extends", "retire", "goal", "threshold",
    "certainties", "sources", "attributes", "rules", "tables", "cases", "accept",
)  # fmt: skip
_NEEDED_KEYS = ("knowledge_base", "goal", "attributes")
_SOURCE_KEYS = ("title", "by", "year", "url", "accessed", "kind", "note")


def shipped_names() -> list[str]:
    """Name the knowledge bases that come with the package."""
    return sorted(path.stem for path in _SHIPPED.glob("*.yaml"))


def extension_of(model: Model) -> str | None:
    """Name the shipped knowledge base that extends a shipped one; of several the first."""
    if not model.is_shipped:
        return None
    line = re.compile(rf"^extends: *{re.escape(model.name)} *(#|$)", re.MULTILINE)
    names = (name for name in shipped_names() if name != model.name)
    return next((name for name in names if line.search((_SHIPPED / f"{name}.yaml").read_text("utf-8"))), None)


def shipped_name(model: Model) -> str | None:
    """Name a shipped knowledge base; None for any other, even if its file has the name of one."""
    place = model.places.get(("knowledge_base",))
    if place is None or place.file != f"{model.name}.yaml" or model.name not in shipped_names():
        return None
    return model.name if load(model.name).digest == model.digest else None


def load(name_or_path: str | Path = "article") -> Model:
    """Load a knowledge base."""
    path = _find(name_or_path)
    label = path.name if path.parent == _SHIPPED else file_label(path)
    return load_bytes(read_bytes(path), label, None if label == STDIN else path.parent)


def load_bytes(data: bytes, file: str, folder: Path | None = None) -> Model:
    """Load a knowledge base from the content of its file, which was in the folder, if in any."""
    return model_of(*_parsed(data, file, folder), folder)


def _parsed(data: bytes, file: str, folder: Path | None) -> tuple[Node, list[Problem]]:
    """Parse the content of a file; of a shipped one once, as others that extend it are loaded after it."""
    if folder != _SHIPPED:
        return parse(data, file, KNOWLEDGE_BASES)
    tree, problems = _parsed_once(data, file)
    return tree, list(problems)


@lru_cache(maxsize=4)
def _parsed_once(data: bytes, file: str) -> tuple[Node, list[Problem]]:
    return parse(data, file, KNOWLEDGE_BASES)


def model_of(tree: Node, problems: list[Problem], folder: Path | None = None) -> Model:
    """Turn the tree of a file into a model, unless it has problems."""
    fields = Fields(problems)
    top = _whole(tree, fields, folder)
    model = _model(top, fields) if top else None
    if problems or model is None:
        raise InputError(problems)
    return model


def _whole(tree: Node, fields: Fields, folder: Path | None, above: tuple[Path, ...] = ()) -> MappingNode | None:
    """Take the tree of a knowledge base together with that of the one that it extends."""
    top = fields.mapping(tree, "a knowledge base", _KEYS)
    if top is None:
        return None
    if folder is not None:
        fields.folders[top.place.file] = folder
    extended = top.get("extends")
    if extended is None:
        return top
    above = (*above, (folder or Path()) / Path(top.place.file).name)
    try:
        path = path_of(extended, folder, _SHIPPED)
        if path in above:
            raise InputError.at(extended.place, "a knowledge base cannot extend itself, nor one that extends it")
        if len(above) == MOST:
            raise InputError.at(extended.place, f"no more than {MOST} knowledge bases can extend one another")
        tree, problems = _parsed(read_bytes(path), _label(path, top.place.file, fields), path.parent)
    except InputError as error:
        fields.problems.extend(error.problems)
        return None
    fields.problems.extend(problems)
    base = _whole(tree, fields, path.parent, above)
    return merged(top, base, fields) if base else None


def _label(path: Path, extending: str, fields: Fields) -> str:
    """Name the file of an extended knowledge base as messages do, and no other file likewise."""
    label = path.name if path.parent == _SHIPPED else str(Path(extending).parent / path.name)
    return str(path) if label in fields.folders else label


def _shipped_path(name: str) -> Path | None:
    """Find a shipped knowledge base by its name."""
    return _SHIPPED / f"{name}.yaml" if name in shipped_names() else None


def _find(name_or_path: str | Path) -> Path:
    """Find a knowledge base: by its path, or by its name among the shipped ones."""
    text = str(name_or_path)
    if shipped := _shipped_path(text):
        return shipped
    path = Path(text)
    is_path = isinstance(name_or_path, Path) or path.suffix or len(path.parts) > 1 or text == "-"
    with suppress(OSError):  # the name may be too long for a file's
        if is_path or (text and path.exists()):
            return path
    message = f"neither a file nor a shipped knowledge base{suggestion(text, shipped_names())}"
    raise InputError.at(text or "''", message)


def _model(top: MappingNode, fields: Fields) -> Model:
    """Read the sections in the order in which they look one another up."""
    for key in _NEEDED_KEYS:
        if key not in top.fields:
            fields.problem(top, f"a knowledge base needs '{key}', which is missing")
    if "rules" not in top.fields and "tables" not in top.fields:
        fields.problem(top, "a knowledge base needs 'rules' or 'tables'")
    name = fields.text(top, "knowledge_base")
    if isinstance(top.get("knowledge_base"), ScalarNode) and not re.fullmatch("[a-z0-9-]+", name):
        message = f"a knowledge base's name has lower-case letters, digits and hyphens only, not '{shown(name)}'"
        fields.problem(top.fields["knowledge_base"], message)
    for level, level_key, node in fields.entries(top.get("certainties"), "'certainties'"):
        if re.fullmatch(number_pattern(), level):
            fields.problem(level_key, f"the level '{shown(level)}' reads as a number; give it a name")
        if (certainty := fields.certainty(node)) is not None:
            fields.certainties[level] = certainty
    _read_sources(top.get("sources"), fields)
    fields.derived = derived_names(top.get("rules"))
    if "tables" in top.fields:
        from expert.knowledge.loading.table_grammar import concluded_columns

        fields.derived |= concluded_columns(top.get("tables"))
    goal = comparable(fields.text(top, "goal"))
    read_attributes(top.get("attributes"), goal, fields)
    _check_goal(top, goal, fields)
    rules = read_rules(top.get("rules"), fields)
    if "tables" in top.fields:
        from expert.knowledge.loading.table_grammar import read_tables

        rules += read_tables(top.get("tables"), fields)
    reasons = _retired(top, rules, fields)
    model = Model(
        name=name,
        title=fields.text(top, "title", default=name),
        about=fields.text(top, "about"),
        version=fields.text(top, "version", default="0"),
        goal=goal,
        threshold=_threshold(top.get("threshold"), fields),
        certainties=fields.certainties,
        sources=fields.sources,
        attributes=fields.attributes,
        rules=tuple(rule for rule in rules if rule.name not in reasons),
        retired=tuple(Retired(rule, reasons[rule.name]) for rule in rules if rule.name in reasons),
        review_by=_date(top.get("review_by"), fields),
        cases=read_cases(top.get("cases"), fields.attributes.get(goal), fields),
        accept=read_accept(top.get("accept"), fields),
        places=_places(top),
        levels_used=frozenset(fields.levels_used),
        is_shipped=fields.folders.get(top.place.file) == _SHIPPED,
        folders=fields.folders,
    )
    try:
        _ = model.strata
    except RuleCycleError as error:
        place = error.rules[0].place if error.rules else model.attributes[str(error.cycle[0])].place
        fields.problems.append(Problem(place, str(error)))
    return model


def _retired(top: MappingNode, rules: Iterable[Rule], fields: Fields) -> dict[str, str]:
    """Read which rules of the extended knowledge base no longer count, and why."""
    reasons: dict[str, str] = {}
    section = fields.mapping(top.get("retire"), "'retire'")
    if section is None:
        return reasons
    names = {rule.name: rule for rule in rules}
    for name, key in section.keys.items():
        reasons[name] = fields.text(section, name)
        if not reasons[name] and isinstance(section.fields[name], ScalarNode):
            fields.problem(key, f"say why '{shown(name)}' no longer counts; users are shown the reason")
        if name not in names:
            fields.unknown(key, "rule", names)
        elif _written_in(top, names[name]) == key.place.file:
            fields.problem(key, f"'{shown(name)}' is a rule of this file; take it out instead")
    return reasons


def _written_in(top: MappingNode, rule: Rule) -> str:
    """Name the file of the knowledge base that has a rule, or the table that the rule is a row of."""
    section = top.fields["tables" if rule.table else "rules"]
    assert isinstance(section, MappingNode)
    return section.keys[rule.table or rule.name].place.file


def _date(node: Node | None, fields: Fields) -> date | None:
    """Read a date; None if it is absent or something else."""
    if node is None:
        return None
    if isinstance(node, ScalarNode):
        with suppress(ValueError):
            found = date.fromisoformat(node.text)
            if found.isoformat() == node.text:  # it is not written in another way that Python knows
                return found
    fields.problem(node, f"'review_by' must be a date such as 2027-05-31, not {describe(node)}")
    return None


def _places(top: MappingNode) -> dict[tuple[str, ...], Place]:
    """Tell where the keys of the file stand that have no place of their own in the model."""
    own = ("rules", "tables", "cases")
    return dict(places(top._replace(keys={name: key for name, key in top.keys.items() if name not in own})))


def _read_sources(node: Node | None, fields: Fields) -> None:
    """Read what the rules cite."""
    for name, _, child in fields.entries(node, "'sources'"):
        section = fields.mapping(child, f"the source '{shown(name)}'", _SOURCE_KEYS)
        fields.sources[name] = {key: fields.text(section, key) for key in (section.fields if section else ())}
        if section and not fields.sources[name].get("title"):
            fields.problem(child, f"the source '{shown(name)}' needs a title")


def _check_goal(top: MappingNode, goal: str, fields: Fields) -> None:
    """Check that the goal is an attribute with candidates."""
    node = top.get("goal")
    if not isinstance(node, ScalarNode):
        return
    attribute = fields.attributes.get(goal)
    if attribute is None:
        near = fields.suggestion(goal, fields.attributes)
        fields.problem(node, f"the goal '{shown(goal)}' is not an attribute{near}")
    elif attribute.number:
        fields.problem(node, f"the goal must have choices; '{shown(goal)}' is a number")


def _threshold(node: Node | None, fields: Fields) -> float:
    """Read the threshold; MYCIN's if there is none."""
    if node is None:
        return 0.2
    value = fields.decimal(node, "threshold")
    if value is not None and not 0 <= value < 1:
        fields.problem(node, f"threshold must be at least 0 and less than 1, not {describe(node)}")
    return value or 0.0
