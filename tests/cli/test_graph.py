"""``expert graph``."""

import json

import pytest

from expert.rendering.graph.formats import FORMATS

DETECTOR = "docs/examples/detector.yaml"
STARTS = {
    "svg": b"<svg", "png": b"\x89PNG", "html": b"<!doctype html>", "dot": b"// article", "mmd": b"%% article",
    "graphml": b"<?xml", "json": b"{",
}  # fmt: skip


@pytest.mark.parametrize("kind", STARTS)
def test_the_ending_of_the_file_chooses_the_format(run, tmp_path, kind):
    out = tmp_path / f"graph.{kind}"
    assert run("graph", DETECTOR, "--out", out) == (0, "", f"The graph is in {out}.\n")
    assert out.read_bytes().startswith(STARTS[kind])
    assert list(tmp_path.iterdir()) == [out]


def test_the_formats_offered_are_those_there_are():
    assert list(STARTS) == list(FORMATS)


def test_a_file_is_replaced_and_a_format_can_be_named(run, tmp_path):
    out = tmp_path / "graph"
    out.write_text("old")
    assert run("graph", DETECTOR, "--out", out, "--format", "dot").status == 0
    assert out.read_bytes().startswith(STARTS["dot"])


def test_standard_output_needs_a_format(run):
    assert run("graph", DETECTOR, "--out", "-", "--format", "mmd").out.startswith("%% article")
    result = run("graph", DETECTOR, "--out", "-")
    assert (result.status, result.out) == (2, "")
    assert "--out - needs --format" in result.err


def nodes(run, *words):
    data = json.loads(run("graph", DETECTOR, "--out", "-", "--format", "json", *words).out)
    return {node["id"] for node in data["nodes"] if node["kind"] == "fact" and node["candidate"]}, data


def test_the_winner_is_proved_or_what_is_named_or_everything(run):
    assert nodes(run)[0] == {"framework=tensorflow"}
    assert nodes(run, "--of", "pytorch")[0] == {"framework=pytorch"}
    assert nodes(run, "--of", "pytorch", "--of", "keras")[0] == {"framework=pytorch", "framework=keras"}
    assert nodes(run, "--of", "fast_execution=yes")[0] == set()
    assert len(nodes(run, "--all")[0]) == 3


def test_rules_that_did_not_hold_are_added_on_request(run):
    assert not any("stopped" in node for node in nodes(run)[1]["nodes"])
    stopped = {node["id"]: node["stopped"] for node in nodes(run, "--not-fired")[1]["nodes"] if "stopped" in node}
    assert stopped["rule:both-levels-tensorflow"] == "api_level = both: not known"


def test_facts_can_be_set(run):
    assert nodes(run, "--set", "dataset_size=small")[1]["graph"]["recommendation"] == "tensorflow"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--out", "x.jpg"), "error: x.jpg: its ending must name the format; did you mean 'png'?"),
        (("--out", "x"), "error: x: its ending must name the format; expected svg, png"),
        (
            ("--out", "no/such/folder/x.svg"),
            "error: no/such/folder/x.svg: cannot be written: there is no folder no/such/folder",
        ),
        (("--out", "x.svg", "--of", "tensorflw"), "framework has no value 'tensorflw'; did you mean 'tensorflow'?"),
        (("--out", "x.svg", "--of", "speed=yes"), "there is no attribute 'speed'"),
        (("--out", "x.svg", "--of", "keras", "--all"), "--all and --of cannot be combined"),
        ((), "Missing --out FILE, or --open"),
        (("--out", "-", "--format", "svg", "--open"), "--open cannot show standard output"),
        (("--out", "x.svg", "--format", "jpg"), "'jpg' is not one of"),
        (("--out", "x.svg", "--format", "png"), "--format png contradicts the extension of x.svg"),
        (("--out", "x.jpg", "--format", "png"), "--format png contradicts the extension of x.jpg"),
        (("--out", "x.svg.gz", "--format", "svg"), "--format svg contradicts the extension of x.svg.gz"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_nothing_is_written(run, tmp_path, monkeypatch, words, message):
    facts = tmp_path / "facts.yaml"
    facts.write_text("dataset_size: small\n")
    monkeypatch.chdir(tmp_path)
    result = run("graph", "facts.yaml", *words)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert list(tmp_path.iterdir()) == [facts]


def test_a_page_is_opened_in_the_browser(run, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = run("graph", DETECTOR, "--open")
    (page,) = tmp_path.iterdir()
    assert (result, opened) == ((0, "", f"The graph is in {page}.\n"), [page.as_uri()])
    assert page.read_bytes().startswith(STARTS["html"])
    out = tmp_path / "kept.svg"
    assert run("graph", DETECTOR, "--open", "--out", out).status == 0
    assert opened[1:] == [out.as_uri()]


def test_on_a_terminal_the_page_is_opened_without_being_asked_for(run, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("expert.cli.pictures.is_terminal", lambda: True)
    assert run("graph", DETECTOR).status == 0
    assert opened == [page.as_uri() for page in tmp_path.iterdir()]
    assert run("graph", DETECTOR, "--out", tmp_path / "kept.svg").status == 0
    assert len(opened) == 1


def test_where_no_browser_starts_the_file_is_named(run, tmp_path, monkeypatch):
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    out = tmp_path / "page.html"
    assert run("graph", DETECTOR, "--open", "--out", out) == (
        0, "", f"The graph is in {out}.\nNo browser could be started to show it.\n",
    )  # fmt: skip
    assert out.exists()
