"""``expert rules graph``."""

import json

import pytest

STARTS = {
    "svg": b"<svg", "png": b"\x89PNG", "html": b"<!doctype html>", "dot": b"// small", "mmd": b"%% small",
    "graphml": b"<?xml", "json": b"{",
}  # fmt: skip


@pytest.mark.parametrize("kind", STARTS)
def test_the_ending_of_the_file_chooses_the_format(run, tmp_path, small, kind):
    out = tmp_path / f"graph.{kind}"
    assert run("rules", "graph", "--rules", small, "--out", out) == (0, "", f"The graph is in {out}.\n")
    assert out.read_bytes().startswith(STARTS[kind])


def test_standard_output_and_the_data_of_it(run, small):
    data = json.loads(run("rules", "graph", "--rules", small, "--out", "-", "--format", "json").out)
    assert data["graph"]["goal"] == "colour"
    assert [node["id"] for node in data["nodes"]] == ["colour", "warm", "degrees", "hot"]
    assert {(edge["source"], edge["target"]): edge["names"] for edge in data["edges"]} == {
        ("degrees", "hot"): "hot-days",
        ("warm", "colour"): "warm-red not-warm",
        ("hot", "colour"): "warm-red",
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Missing --out FILE, or --open"),
        (("--out", "x.jpg"), "error: x.jpg: its ending must name the format; did you mean 'png'?"),
        (("--out", "-"), "--out - needs --format"),
        (("--out", "x.svg", "--format", "png"), "--format png contradicts the extension of x.svg"),
    ],
)
def test_what_cannot_be_drawn_is_refused(run, words, message):
    result = run("rules", "graph", *words)
    assert (result.status, result.out) == (2, "")
    assert message in result.err


def test_a_page_is_opened_in_the_browser(run, tmp_path, monkeypatch, small):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "new"))
    (tmp_path / "new").mkdir()
    assert run("rules", "graph", "--rules", small, "--open").status == 0
    assert opened == [page.as_uri() for page in (tmp_path / "new").iterdir()]
