import json
import os
import subprocess
import sys

import pexpect
import polars as pl
import pytest

from expert.frames.decider import Decider

PROJECTS = (
    "project,dataset_size,flexibility,flexibility.certainty,training_examples\na,small,,,\nb,,yes,0.5,\nc,,,,3e6\n"
)


@pytest.fixture
def table(write):
    return write("projects.csv", PROJECTS)


def test_every_row_is_decided_and_the_rest_passes_through(run, table, tmp_path):
    out = tmp_path / "decided.csv"
    assert run("decide", table, "--out", out) == (0, "", "")
    assert out.read_text().splitlines() == [
        f"{PROJECTS.splitlines()[0]},recommendation,outcome,certainty,runner_up,margin",
        "a,small,,,,keras,recommended,0.82,tensorflow,0.82",
        "b,,yes,0.5,,pytorch,recommended,0.35,keras,0.35",
        "c,,,,3e6,tensorflow,recommended,0.62133888,pytorch,0.27420288",
    ]


def test_any_row_can_be_looked_at_alone(run, table):
    given = json.loads(run("recommend", table, "--row", 1, "--json").out)["given"]
    assert given == [{"attribute": "flexibility", "value": "yes", "certainty": 0.5, "origin": f"{table} row 1"}]
    assert run("recommend", table, "--row", 2).out.startswith("TensorFlow is recommended")


def test_a_decided_table_can_be_looked_into(run, table, tmp_path):
    run("decide", table, "--out", tmp_path / "decided.parquet", "--add", "rules", "--add", "certainties")
    assert run("recommend", tmp_path / "decided.parquet", "--row", 0).out.startswith("Keras is recommended")
    assert pl.read_parquet(tmp_path / "decided.parquet")["rules"][0] == "small-dataset-keras small-data-keras"


def test_bad_values_stop_it_and_nothing_is_written(run, write, tmp_path):
    result = run("decide", write("bad.csv", "dataset_size\nsmal\n"), "--out", tmp_path / "out.csv")
    assert (result.status, result.out) == (2, "")
    message = "bad.csv: column 'dataset_size': 1 invalid value: row 0: dataset_size has no value 'smal'; did you mean"
    assert message in result.err
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("kind", ["csv", "parquet", "ndjson"])
def test_bad_values_are_told_with_their_file_and_row(run, tmp_path, kind):
    for name, sizes in (("a", ["small", "large"]), ("b", ["small", "smal", None]), ("c", ["x"])):
        getattr(pl.DataFrame({"dataset_size": sizes}), f"write_{kind}")(tmp_path / f"{name}.{kind}")
    result = run("decide", tmp_path / f"*.{kind}", "--out", tmp_path / f"out.{kind}")
    assert result.status == 2
    assert result.err.startswith(f"error: {tmp_path}/b.{kind}: column 'dataset_size': 1 invalid value: row 1: dataset")
    assert result.err.count("\n") == 1
    assert not (tmp_path / f"out.{kind}").exists()


def test_bad_values_can_be_marked(run, write, tmp_path):
    words = ("--out", tmp_path / "out.csv", "--invalid", "mark", "--prefix", "x_")
    assert run("decide", write("bad.csv", "dataset_size\nsmal\nsmall\n"), *words).status == 0
    assert pl.read_csv(tmp_path / "out.csv")["x_problem"].to_list() == [
        "dataset_size has no value 'smal'; expected small or large",
        None,
    ]


@pytest.mark.parametrize("invalid", ["raise", "mark"])
def test_what_else_is_wrong_is_not_taken_for_bad_values(run, write, tmp_path, invalid):
    words = ("--out", tmp_path / "out.csv", "--invalid", invalid)
    result = run("decide", write("clash.csv", "dataset_size,outcome\nsmal,1\n"), *words)
    assert (result.status, result.err) == (2, "error: column 'outcome': already exists; choose a prefix\n")
    (tmp_path / "broken.csv").write_bytes(b"dataset_size\nsmal\n" + b"small\n" * 300_000 + b"\xff\n")
    result = run("decide", tmp_path / "broken.csv", *words)
    assert result.status == 2
    assert result.err.startswith(f"error: {tmp_path}")
    assert result.err.count("\n") == 1
    assert not list(tmp_path.glob("*out*"))


def test_a_table_that_changes_while_it_is_read_is_not_written(run, write, tmp_path, monkeypatch):
    monkeypatch.setattr(Decider, "check", lambda *_: None)
    result = run("decide", write("bad.csv", "dataset_size\nsmal\n"), "--out", tmp_path / "out.csv")
    assert (result.status, result.err) == (
        2,
        f"error: {tmp_path / 'out.csv'}: is not written: what is read has changed meanwhile\n",
    )
    assert not list(tmp_path.glob("*out*"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["recommend", "t.csv"], "error: t.csv: is a table; name one of its rows with --row"),
        (["recommend", "t.csv", "--row", "9"], "error: t.csv: "),
        (["recommend", "--row", "1"], "Missing FACTS"),
        (["recommend", "--row", "1", "--set", "debugging=yes"], "--row needs a table"),
        (["decide", "--out", "x.csv"], "Missing argument 'TABLE...'"),
        (["decide", "no.csv", "--out", "x.txt"], "error: x.txt: is not a table: its name must end in"),
        (
            ["decide", "no.csv", "--out", "x.txt", "--engine", "spark"],
            "error: x.txt: is not a table: its name must end",
        ),
        (["decide", "no.csv", "--out", "no/x.csv"], "error: no/x.csv: cannot be written: there is no folder no"),
        (["decide", "t.csv"], "Missing option '--out'"),
    ],
)
def test_bad_words_get_one_clear_message(run, words, message):
    result = run(*words)
    assert (result.status, result.out) == (2, "")
    assert message in result.err


def test_a_terminal_sees_how_far_it_is(table, tmp_path):
    words = ["-m", "expert", "decide", str(table), "--out", str(tmp_path / "out.csv")]
    child = pexpect.spawn(sys.executable, words, env={**os.environ, "TERM": "xterm"})
    shown = child.read().decode()
    assert "Deciding" in shown
    assert "100%" in shown
    assert (tmp_path / "out.csv").exists()


def test_columns_that_are_almost_attributes_are_warned_of(run, write, tmp_path):
    table = write("projects.csv", "Dataset Size,debuging.certainty,debugging,owner\nsmall,0.5,yes,me\n")
    result = run("decide", table, "--out", tmp_path / "out.csv")
    warning = "warning: column '{}' matches no attribute and has no effect; did you mean '{}'?\n"
    assert result == (
        0, "", warning.format("Dataset Size", "dataset_size") + warning.format("debuging.certainty", "debugging")
    )  # fmt: skip


def test_the_table_that_is_read_is_not_written(run, write):
    table = write("projects.csv", "dataset_size\nsmall\n")
    result = run("decide", table, "--out", table)
    assert (result.status, result.out) == (2, "")
    assert f"--out {table} would replace a table that is read; choose another file" in result.err
    assert table.read_text() == "dataset_size\nsmall\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.csv", b"dataset_size,x\nsmall,1\nsmall,1,2\n", ":3:1: has 3 fields; expected 2, as in the first line"),
        ("t.csv", b'dataset_size,x\n"small\n\n",1\nsmall,1,2\n', ":5:1: has 3 fields; expected 2"),
        ("t.csv", b'dataset_size,x\nsmall,1\nsmall,"1\n', ":3:1: is not a row of a CSV file: unexpected end of data"),
        ("t.csv", b"dataset_size\n" + b"small\n" * 300_000 + b"\xff\n", ":300002:1: is not text in UTF-8"),
        ("t.csv", b"dataset_size,x,x\nsmall,1,2\n", ":1:1: has two columns 'x'"),
        ("t.csv", b'\xef\xbb\xbf"dataset_size",dataset_size\n', ":1:1: has two columns 'dataset_size'"),
        ("t.ndjson", b'{"dataset_size": "small"}\n\n{"dataset_size": \n', ":3:1: is not a JSON object: "),
        ("t.parquet", b"PAR1 nonsense", ": cannot be read as a table: "),
    ],
)
@pytest.mark.parametrize("invalid", ["raise", "mark"])
def test_a_broken_table_is_blamed_itself_with_the_line(run, write, tmp_path, name, content, message, invalid):
    table = write(name, content)
    result = run("decide", table, "--out", tmp_path / "out.csv", "--invalid", invalid)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(f"error: {table}{message}")
    assert result.err.count("\n") == 1
    assert not list(tmp_path.glob("*out*"))


def test_the_broken_one_of_several_tables_is_named(run, write, tmp_path):
    write("a.csv", "dataset_size\nsmall\n")
    write("b.csv", "dataset_size\nsmall,1\n")
    result = run("decide", tmp_path / "*.csv", "--out", tmp_path / "out" / "..csv")
    assert result.status == 2
    result = run("decide", tmp_path / "*.csv", "--out", tmp_path / "out.parquet")
    assert result.err.startswith(f"error: {tmp_path / 'b.csv'}:2:1: has 2 fields; expected 1")


@pytest.mark.parametrize("ending", ["csv", "parquet", "ndjson"])
def test_a_full_disk_is_told_of_the_table_that_is_written(write, tmp_path, ending):
    table = write("projects.csv", "dataset_size,note\n" + "".join(f"small,{n}\n" for n in range(200_000)))
    out = tmp_path / f"out.{ending}"
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000));"
        "from expert.cli import main; main(sys.argv[1:])"
    )
    words = [sys.executable, "-c", code, "decide", table, "--out", out]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (2, f"error: {out}: cannot be written: File too large\n")
    assert not list(tmp_path.glob("*out*"))


def test_no_space_left_is_told_of_the_table_that_is_written(run, table, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise pl.exceptions.ComputeError("No space left on device (os error 28)\n\nThis error occurred with ...")

    monkeypatch.setattr(pl.LazyFrame, "sink_csv", fail)
    result = run("decide", table, "--out", tmp_path / "out.csv")
    assert result == (2, "", f"error: {tmp_path / 'out.csv'}: cannot be written: No space left on device\n")


@pytest.mark.parametrize("number", [3, 2**62, 2**63 - 1, 2**63, 2**64, 10**40, -1])
def test_a_row_that_is_not_there_is_told_of(run, table, number):
    result = run("recommend", table, f"--row={number}")
    assert (result.status, result.out) == (2, "")
    assert result.err == f"error: {table}: has no row {number}; rows count from 0\n"


def test_cells_and_names_reach_a_terminal_as_what_can_be_read(run, write, tmp_path):
    evil = "\x1b]0;title\x07\u202e"
    table = write(f"t{evil}.csv", f"dataset_size,x{evil},dataset-size{evil}\nsmall{evil},1,2\n")
    for words in (
        ("decide", table, "--out", tmp_path / f"o{evil}.csv"),
        ("decide", table, "--out", table),
        ("decide", table, "--out", tmp_path / f"o{evil}.txt"),
        ("decide", tmp_path / f"none{evil}.csv", "--out", tmp_path / "o.csv"),
        ("decide", write(f"u{evil}.csv", f"a{evil},a{evil}\n1,2\n"), "--out", tmp_path / "o.csv"),
        ("decide", write(f"v{evil}.csv", f"a\n1,{evil}\n"), "--out", tmp_path / "o.csv"),
        ("recommend", table, "--row", "9"),
    ):
        result = run(*words)
        assert result.status == 2
        assert r"\x1b]0;title\x07\u202e" in result.err
        assert all(character.isprintable() or character == "\n" for character in result.err)


def test_words_for_no_answer_and_numbers_are_those_of_facts_files(run, write, tmp_path):
    table = write(
        "t.csv", 'dataset_size,training_examples\nunknown,"12,000 examples"\nUnknown,1_000_000\nlarge,unknown\n'
    )
    assert run("decide", table, "--out", tmp_path / "out.csv") == (0, "", "")
    plain = write("p.csv", "dataset_size,training_examples\n,12000\n,1000000\nlarge,\n")
    run("decide", plain, "--out", tmp_path / "plain.csv")
    found, expected = (pl.read_csv(tmp_path / name)[:, 2:] for name in ("out.csv", "plain.csv"))
    assert found.equals(expected)
