"""What a decision table consists of: a header and rows, written in the knowledge base or in a CSV file beside it."""

from pathlib import Path, PureWindowsPath

from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.csv_format import parse_csv
from expert.knowledge.loading.fields import Fields
from expert.knowledge.loading.file_formats import parse, read_bytes
from expert.knowledge.loading.tree import MappingNode, Node, ScalarNode, SequenceNode, describe
from expert.knowledge.problems import InputError

ENDING = ".csv"


def read_content(key: ScalarNode, section: MappingNode, fields: Fields) -> tuple[Node, ...]:
    """Read the header and the rows below it; nothing where there is a problem."""
    if (file := section.get("file")) is not None:
        for other in ("columns", "rows"):
            if other in section.fields:
                fields.problem(section.keys[other], f"a table has either 'file' or '{other}', not both")
        return _content_of_file(file, fields)
    if missing := [f"'{needed}'" for needed in ("columns", "rows") if needed not in section.fields]:
        needs = "needs 'file', or 'columns' and 'rows'"
        fields.problem(key, f"the table '{shown(key.name)}' {needs}; found no {' and no '.join(missing)}")
        return ()
    rows = section.fields["rows"]
    if not isinstance(rows, SequenceNode):
        fields.problem(rows, f"'rows' must be a list of rows, not {describe(rows)}")
        return ()
    if not rows.items:
        fields.problem(rows, "'rows' is empty; a table needs at least one row")
    return section.fields["columns"], *rows.items


def read_csv(path: Path, label: str) -> tuple[Node, ...]:
    """Read the header and the rows of a CSV file that messages call by this label."""
    tree, _ = parse(read_bytes(path), label, {ENDING: parse_csv})
    assert isinstance(tree, SequenceNode)
    if len(tree.items) < 2:
        raise InputError.at(tree.place, "has no rows; a table needs a header and at least one row below it")
    return tree.items


def _content_of_file(node: Node, fields: Fields) -> tuple[Node, ...]:
    """Read a CSV file, which must be in the folder of the knowledge base."""
    folder = fields.folders.get(node.place.file)
    name = node.text if isinstance(node, ScalarNode) else ""
    path = PureWindowsPath(name)  # it knows the separators of all systems
    if path.suffix.lower() != ENDING:
        fields.problem(node, f"'file' must be the name of a CSV file, such as table.csv, not {describe(node)}")
    elif folder is None:
        message = (
            "'file' is found beside a knowledge base's own file, and this one has none; write 'columns' and 'rows'"
        )
        fields.problem(node, message)
    elif path.anchor or ".." in path.parts or not _is_inside(folder, name):
        fields.problem(node, f"'{shown(name)}' is not in the folder of the knowledge base, where tables must be")
    else:
        label = str(Path(node.place.file).parent / name)
        fields.folders[label] = (folder / name).parent
        try:
            return read_csv(folder / name, label)
        except InputError as error:
            # What has no line is wrong with the file as a whole, and told where it is named.
            fields.problems.extend(
                each if each.place.line else each._replace(place=node.place, message=f"'{shown(name)}' {each.message}")
                for each in error.problems
            )
    return ()


def _is_inside(folder: Path, name: str) -> bool:
    """Tell whether a file is in a folder, or one below it, wherever links lead."""
    try:
        return (folder / name).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # the name is too long or has a NUL, or its links form a cycle
        return False
