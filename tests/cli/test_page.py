"""``expert page``."""

import pytest

from expert.page import page


def test_the_page_is_written_and_replaced_only_by_force(run, tmp_path):
    out = tmp_path / "page.html"
    assert run("page", "--out", out) == (0, "", f"The page is {out}.\n")
    whole = out.read_bytes()
    assert whole.startswith(b"<!doctype html>")
    assert run("page", "--out", out) == (2, "", f"error: {out}: already exists; use --force to replace it\n")
    assert run("page", "--out", out, "--facts", "docs/examples/detector.yaml", "--force").status == 0
    assert b'"note":"unless the line is rebuilt"' in out.read_bytes()
    assert list(tmp_path.iterdir()) == [out]


def test_the_same_page_has_the_same_bytes(run, tmp_path):
    for name in ("one.html", "other.html"):
        assert run("page", "--out", tmp_path / name).status == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "other.html").read_bytes()


def test_what_cannot_be_made_a_page_is_told(run, write, tmp_path, monkeypatch):
    result = run("page", "--facts", write("facts.yaml", "no_such: yes\n"), "--out", tmp_path / "page.html")
    assert (result.status, "no_such" in result.err) == (2, True)
    monkeypatch.setattr(page, "MOST_RULES", 10)
    result = run("page", "--out", tmp_path / "page.html")
    assert result == (
        2, "",
        "error: article: is too large for a page: it has 38 rules, and a browser answers at once for up to 10; "
        "use `expert ask` instead\n",
    )  # fmt: skip
    assert not (tmp_path / "page.html").exists()


@pytest.mark.parametrize("out", ["no/such/folder.html", "."])
def test_a_file_that_cannot_be_written_is_told(run, tmp_path, out):
    assert run("page", "--out", tmp_path / out, "--force").status == 2
