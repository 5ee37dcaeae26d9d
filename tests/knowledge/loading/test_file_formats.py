import io
import json
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from expert.knowledge.foreign_text import comparable, visible
from expert.knowledge.loading.file_formats import MAXIMUM_BYTES, parse, read_bytes
from expert.knowledge.loading.tree import MAXIMUM_DEPTH, MappingNode, ScalarNode, SequenceNode, describe, from_python
from expert.knowledge.problems import InputError, Place, Problem
from tests.knowledge.marks import problems_of

DEEP = MAXIMUM_DEPTH + 1


def plain(node):
    match node:
        case MappingNode(fields):
            return {key: plain(value) for key, value in fields.items()}
        case SequenceNode(items):
            return [plain(item) for item in items]
        case ScalarNode(text, _, is_null):
            return None if is_null else text


def places(node):
    match node:
        case MappingNode(fields, keys, place):
            below = {key: (at(keys[key].place), places(value)) for key, value in fields.items()}
            return at(place), below
        case SequenceNode(items, place):
            return at(place), [places(item) for item in items]
        case ScalarNode(_, place):
            return at(place)


def at(place):
    return f"{place.line}:{place.column}"


@pytest.mark.parametrize("scalar", ["no", "on", "1.10", "2026-01-01", "0o17", "1_000", "1e3", ".inf", "=", "<<", "y"])
def test_yaml_scalars_stay_text(scalar):
    assert plain(parse(f"a: {scalar}".encode(), "f.yaml")[0]) == {"a": scalar}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_nothing_and_null_are_null_unless_quoted(nothing):
    tree, _ = parse(f"a: {nothing}\nb: '{nothing}'".encode(), "f.yaml")
    assert plain(tree) == {"a": None, "b": nothing}


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("f.yaml", "a: x\nb: {c: [d, 1.10]}\ne:\n"),
        ("f.yml", "a: x\r\nb: {c: [d, 1.10]}\r\ne:\r\n"),
        ("f", "\ufeffa: x\nb: {c: [d, 1.10]}\ne: null\n"),
        ("f.json", '{"a": "x", "b": {"c": ["d", 1.10]}, "e": null}'),
        ("F.JSON", '\ufeff{"a":"x",\r\n\t"b"\n:{"c":["d",1.10]},"e":null}'),
    ],
)
def test_the_ending_chooses_the_format_of_one_and_the_same_tree(file, data):
    assert plain(parse(data.encode(), file)[0]) == {"a": "x", "b": {"c": ["d", "1.10"]}, "e": None}


def test_toml_keeps_numbers_and_dates_as_written():
    data = b'a = 1.10\nb = 2026-01-01\nc = true\nd = [1, 0x10]\n[e]\nf = "x"\n[[g]]\nh = +inf\n'
    tree, _ = parse(data, "f.toml")
    assert plain(tree) == {
        "a": "1.10",
        "b": "2026-01-01",
        "c": "true",
        "d": ["1", "16"],
        "e": {"f": "x"},
        "g": [{"h": "+inf"}],
    }


@pytest.mark.parametrize(
    ("file", "data", "expected"),
    [
        (
            "f.yaml",
            "é: x\nb:\n  - c\n  - {d: e}\n",
            ("1:1", {"é": ("1:1", "1:4"), "b": ("2:1", ("3:3", ["3:5", ("4:5", {"d": ("4:6", "4:9")})]))}),
        ),
        (
            "f.json",
            '{"é":\t"😀", "a": 1,\n\n "b": [\n{}]}',
            ("1:1", {"é": ("1:2", "1:7"), "a": ("1:12", "1:17"), "b": ("3:2", ("3:7", [("4:1", {})]))}),
        ),
        ("f.json", '{"a": "\\u2028\u2028\\n", "b": 1}', ("1:1", {"a": ("1:2", "1:7"), "b": ("1:20", "1:25")})),
    ],
)
def test_every_node_knows_its_line_and_column_in_characters(file, data, expected):
    assert places(parse(data.encode(), file)[0]) == expected


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("a = 1", "2:1"),
        ("  'a' = 1", "2:4"),
        ('"a".b = 1', "2:2"),
        ("[a]", "2:2"),
        ("[[ a . b ]]", "2:4"),
        ('"\\u0061" = 1', "1:1"),
    ],
)
def test_toml_keys_are_found_again_in_the_text(line, place):
    tree, _ = parse(f"# a = 0\n{line}\n".encode(), "f.toml")
    assert at(tree.keys["a"].place) == place


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"\ud83d\ude00", "😀"),
        ("😀", "😀"),
        (r"\\ud83d", r"\ud83d"),
        (r"a\/b\t\u2028", "a/b\t\u2028"),
        ("a\u0085b\u2028c", "a\u0085b\u2028c"),
        ("  a: # b  ", "  a: # b  "),
    ],
)
def test_json_strings_mean_what_json_says(written, text):
    assert plain(parse(f'{{"{written}": "{written}"}}'.encode(), "f.json")[0]) == {text: text}


characters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
texts = st.text(characters | st.sampled_from("\t\n\r\x85\u2028\u2029\ufeff'\"\\{}[],:#&*!|>%@`~-?"), max_size=8)
names = texts.map(comparable)
documents = st.dictionaries(
    names,
    st.recursive(
        texts | st.none(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3)
    ),
    max_size=4,
)


@given(documents, st.booleans(), st.sampled_from([None, 1, "\t"]))
@example({"k" * 2000: "v"}, True, None)
def test_any_json_document_is_read_as_the_json_module_reads_it(document, ascii_only, indent):
    data = json.dumps(document, ensure_ascii=ascii_only, indent=indent).encode()
    tree, found = parse(data, "f.json")
    assert (plain(tree), found) == (document, [])


@pytest.mark.parametrize(
    ("file", "data", "expected"),
    [
        ("f.yaml", "", "f.yaml:1:1: the file is empty"),
        ("f.json", " \n", "f.json:1:1: the file is empty"),
        ("f.toml", b"\xef\xbb\xbf\n", "f.toml:1:1: the file is empty"),
        ("f.yaml", "# a comment\n", "f.yaml:1:1: the file is empty"),
        ("f.yaml", b"a: b\nc\0: d", "f.yaml:2:2: is not a text file: it contains the character U+0000"),
        ("f.yaml", b"a: \x1b[31m", "f.yaml:1:4: is not a text file: it contains the character U+001B"),
        ("f.yaml", "a: \x9b", "f.yaml:1:4: is not a text file: it contains the character U+009B"),
        ("f.json", '{"a": "\x7f"}', "f.json:1:8: is not a text file: it contains the character U+007F"),
        ("f.yaml", b"a: b\n\xc3\xa9: \xff", "f.yaml:2:4: is not a text file in UTF-8"),
        ("f.yaml", b"\xef\xbb\xbfa: \xc3", "f.yaml:1:4: is not a text file in UTF-8"),
        ("f.yaml", "a: b".encode("utf-16"), "f.yaml:1:1: is not a text file in UTF-8"),
        ("f.yaml", 'a: "\\e[31m"', "f.yaml:1:4: contains the character U+001B, which is not text"),
        ("f.json", '{"a": "\\u0000"}', "f.json:1:7: contains the character U+0000, which is not text"),
        ("f.json", '{"\\ud83d": 1}', "f.json:1:2: contains the character U+D83D, which is not text"),
        ("f.toml", '\na = "\\u001b"', "f.toml:2:1: contains the character U+001B, which is not text"),
        ("f.yaml", "a: b: c", "f.yaml:1:5: not valid YAML"),
        ("f.yaml", "a:\n\tb: c", "f.yaml:2:1: not valid YAML"),
        ("f.yaml", "a: b\nc: @d", "f.yaml:2:4: not valid YAML"),
        ("f.yaml", "a: 'b", "f.yaml:1:6: not valid YAML"),
        ("f.json", '{"a": 1 2}', "f.json:1:9: not valid JSON: Expecting ',' delimiter"),
        ("f.json", '{"a": 1\n "b": 2}', "f.json:2:2: not valid JSON: Expecting ',' delimiter"),
        ("f.json", "a: b", "f.json:1:1: not valid JSON"),
        ("f.json", '{"a": "\t"}', "f.json:1:8: not valid JSON"),
        ("f.toml", "a = 1\nb = ", "f.toml:2:5: not valid TOML"),
        ("f.toml", "a = 1\nb = 'x", "f.toml:2:7: not valid TOML"),
        ("f.toml", "a = 1\na = 2", "f.toml:2:6: not valid TOML"),
        ("f.yaml", "a: b\n---\nc: d", "f.yaml:2:1: a second document starts here; expected one"),
        ("f.yaml", "a: b\n...\nc: d", "f.yaml:3:1: not valid YAML"),
        ("f.yaml", "a: &x b\nc: *x", "f.yaml:2:4: '*x' is an alias, which is not supported; write it out"),
        (
            "f.yaml",
            "a: !!python/object/apply:os.system [exit]",
            "f.yaml:1:4: the tag 'tag:yaml.org,2002:python/object/apply",
        ),
        ("f.yaml", "!!python/name:os.system a: b", "f.yaml:1:1: the tag"),
        ("f.yaml", "a: !secret b", "f.yaml:1:4: the tag '!secret' is not supported; leave it out"),
        ("f.yaml", "? !!python/tuple [a]\n: b", "f.yaml:1:3: the tag"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(file, data, expected):
    (problem,) = problems_of(parse, data if isinstance(data, bytes) else data.encode(), file)
    assert str(problem).startswith(expected)


@pytest.mark.parametrize(
    ("file", "start", "part", "times", "end", "expected"),
    [
        # Newer releases of libyaml look ahead and find it out themselves, farther on.
        ("f.yaml", "", "[", 100_000, "", tuple(f"f.yaml:1:{at}: is nested more than 64 levels" for at in (65, 1001))),
        ("f.yaml", "", "- ", 100_000, "", "f.yaml:1:129: is nested more than 64 levels deep"),
        ("f.yaml", "", "? ", 100_000, "", "f.yaml:1:129: is nested more than 64 levels deep"),
        ("f.json", "", "[", 100_000, "", "f.json:1:1: is nested more than 64 levels deep"),
        ("f.json", "", "[", DEEP, "]" * DEEP, "f.json:1:65: is nested more than 64 levels deep"),
        ("f.toml", "a = ", "[", 100_000, "", "f.toml:1:1: is nested more than 64 levels deep"),
        ("f.toml", "a = ", "[", DEEP, "]" * DEEP, "f.toml:1:1: is nested more than 64 levels deep"),
        ("f.toml", "a", ".a", DEEP, " = 1", "f.toml:1:1: is nested more than 64 levels deep"),
        ("f.toml", "a = ", "1", 5000, "", "f.toml:1:1: not valid TOML"),
        ("f.toml", "a = 0x", "f", 5000, "", "f.toml:1:1: is a number with too many digits"),
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(file, start, part, times, end, expected):
    (problem,) = problems_of(parse, (start + part * times + end).encode(), file)
    assert str(problem).startswith(expected)


def test_files_may_nest_as_deep_as_the_limit():
    tree, _ = parse(b"[" * MAXIMUM_DEPTH + b"]" * MAXIMUM_DEPTH, "f.json")
    for _ in range(MAXIMUM_DEPTH - 1):
        (tree,) = tree.items
    assert tree.items == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a: 1\nb: 2\n'a': 3", [Problem(Place("f", 3, 1), "duplicate key 'a'; the first is on line 1")]),
        ("? [a]\n: b", [Problem(Place("f", 1, 3), "a key must be a single word, not a list")]),
        ("{{a: b}: c}", [Problem(Place("f", 1, 2), "a key must be a single word, not a mapping")]),
    ],
)
def test_wrong_keys_are_noted_and_reading_goes_on(data, expected):
    assert parse(data.encode(), "f")[1] == expected


def test_json_with_a_key_twice_is_noted():
    tree, found = parse(b'{"a": 1,\n "a": 2}', "f.json")
    assert plain(tree) == {"a": "1"}
    assert [str(problem) for problem in found] == ["f.json:2:2: duplicate key 'a'; the first is on line 1"]


def test_what_was_noted_is_told_together_with_what_stops_the_reading():
    assert [problem.message for problem in problems_of(parse, b"a: 1\na: 2\nb: *c", "f.yaml")] == [
        "duplicate key 'a'; the first is on line 1",
        "'*c' is an alias, which is not supported; write it out",
    ]


def test_many_keys_in_toml_are_found_in_one_pass():
    data = "\n".join(f"key{i} = {i}" for i in range(5000))
    tree, _ = parse(data.encode(), "f.toml")
    assert at(tree.keys["key4999"].place) == "5000:1"


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (ScalarNode("a", Place("")), "'a'"),
        (ScalarNode("", Place("")), "''"),
        (ScalarNode("~", Place(""), is_null=True), "nothing"),
        (SequenceNode((), Place("")), "a list"),
        (MappingNode({}, {}, Place("")), "a mapping"),
    ],
)
def test_what_was_found_is_described(node, text):
    assert describe(node) == text


def test_a_file_is_read_whole(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xffa: b\r\n")
    assert read_bytes(path) == read_bytes(str(path)) == b"\xffa: b\r\n"


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a: b")))
    assert read_bytes("-") == b"a: b"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing.yaml", "No such file"), ("", "Is a directory"), ("\0", "null"), ("a" * 300, "too long")],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(tmp_path, name, reason):
    path = tmp_path / name
    (problem,) = problems_of(read_bytes, path)
    assert str(problem).startswith(f"{visible(path)}: cannot be read: ")
    assert reason in problem.message


def test_a_file_without_permission_is_refused_with_the_reason(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"^f\.yaml: cannot be read: Permission denied$"):
        read_bytes("f.yaml")


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    data = b"#" * (MAXIMUM_BYTES + 1)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (tmp_path / "f.yaml").write_bytes(data)
    for path in ("-", tmp_path / "f.yaml"):
        with pytest.raises(InputError, match=r"(<stdin>|f\.yaml): is larger than 4 MiB$"):
            read_bytes(path)


def test_python_data_becomes_a_tree_of_text():
    data = {"a": True, "b": [False, 1.5, None], 3: ("x",), "s": {"y"}}
    tree = from_python(data, Place("given"))
    assert plain(tree) == {"a": "true", "b": ["false", "1.5", None], "3": ["x"], "s": ["y"]}
    assert {tree.place, tree.keys["a"].place, tree.fields["b"].items[0].place} == {Place("given")}


endless = []
endless.append(endless)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (endless, "given: is nested more than 64 levels deep"),
        pytest.param(10**5000, "given: is a number with too many digits", id="long"),
        ("\x1b[31m", "given: contains the character U+001B, which is not text"),
        ("\ud800", "given: contains the character U+D800, which is not text"),
    ],
)
def test_python_data_that_is_no_tree_of_text_is_refused(value, message):
    (problem,) = problems_of(from_python, {"a": value}, Place("given"))
    assert str(problem) == message


@pytest.mark.parametrize("file", ["f.yaml", "f.json", "f.toml"])
def test_keys_are_composed_whatever_way_they_are_written(file):
    written = "'mu\u0308de' = 'mu\u0308de'" if file == "f.toml" else '{"mu\u0308de": "mu\u0308de"}'
    tree, _ = parse(written.encode(), file)
    assert plain(tree) == {"m\u00fcde": "mu\u0308de"}
    assert tree.fields["m\u00fcde"].name == "m\u00fcde"
    assert at(tree.keys["m\u00fcde"].place) == "1:2"


def test_one_key_in_two_spellings_is_there_twice():
    (problem,) = parse("m\u00fcde: 1\nmu\u0308de: 2".encode(), "f.yaml")[1]
    assert problem.message == "duplicate key 'm\u00fcde'; the first is on line 1"


@pytest.mark.parametrize(
    ("data", "alone"),
    [
        ("{a: the young, the old}", ["the old"]),
        ("{a: 12,000}", ["000"]),
        ("{a: x, b: , c: ~, 'd', e: ''}", ["d"]),
        ("a: x, y\nb:\nc: {}", []),
    ],
)
def test_a_key_without_a_colon_is_alone(data, alone):
    tree, _ = parse(data.encode(), "f.yaml")
    assert [name for name, key in tree.keys.items() if key.alone] == alone


@pytest.mark.parametrize(
    ("start", "between", "end"),
    [
        ("", ".", " = 1"),
        ("[", " . ", "]"),
        ("x = {b.", ".", " = 1}"),
        ("# '''\n'a'.", "\t.", " = 1"),
        ("[[", ".", "]]"),
    ],
)
def test_a_toml_key_of_too_many_parts_is_refused_before_it_is_parsed(monkeypatch, start, between, end):
    monkeypatch.setattr(tomllib, "loads", lambda *_, **__: pytest.fail("parsed"))
    parts = ["a", r'"b.\" c"', "'d'"] * 30
    (problem,) = problems_of(parse, (start + between.join(parts) + end).encode(), "f.toml")
    assert problem.message == "is nested more than 64 levels deep"


DOTS = ".".join("a" * 100)


@pytest.mark.parametrize(
    "value",
    [
        f'"{DOTS}"',
        f"'{DOTS}'",
        f'"""{DOTS}"""',
        f"'''\n{DOTS}\n'''",
        rf'"""\"{DOTS}"""',
        f"1 # {DOTS}",
        rf'"\"{DOTS}"',
        f"[1.5, '{DOTS}']",
    ],
)
def test_dots_in_the_texts_and_comments_of_toml_are_no_parts(value):
    tree, _ = parse(f"a = {value}\nb = 1\n".encode(), "f.toml")
    assert plain(tree)["b"] == "1"


toml_fragments = st.lists(
    st.sampled_from(
        ["a = ", "\n", '"', "'", '"' * 3, "'" * 3, "\\", "# ", DOTS, f'a = "{DOTS}"', "b = '\\'", "1.5", "[a]"]
    )
)


@given(toml_fragments.map("".join))
@example(f'a = """\\""" {DOTS}"""')
def test_toml_is_too_deep_only_where_its_keys_are(text):
    try:
        deep = nested(tomllib.loads(text)) > MAXIMUM_DEPTH
    except tomllib.TOMLDecodeError:
        return
    if text.strip() and not deep:
        parse(text.encode(), "f.toml")


def nested(data):
    """Tell how deep dictionaries are nested."""
    return 1 + max(map(nested, data.values()), default=0) if isinstance(data, dict) else 0


def walk(tree, seen=None):
    """Collect the nodes of a tree, shared ones once."""
    seen = {} if seen is None else seen
    if id(tree) not in seen:
        seen[id(tree)] = tree
        below = (
            tree.fields.values()
            if isinstance(tree, MappingNode)
            else tree.items
            if isinstance(tree, SequenceNode)
            else ()
        )
        for node in below:
            walk(node, seen)
    return seen.values()


def test_parts_that_python_data_shares_are_read_once():
    lists = mappings = ["x"]
    for _ in range(40):
        lists, mappings = [lists, lists], {"a": mappings, "b": mappings}
    tree = from_python({"lists": lists, "mappings": mappings}, Place("given"))
    assert len(walk(tree)) < 200
