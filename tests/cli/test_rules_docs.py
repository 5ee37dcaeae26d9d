"""``expert rules docs``."""

from expert import KnowledgeBase


def test_it_writes_one_page_into_a_folder_which_it_makes(run, tmp_path, small):
    out = tmp_path / "new" / "site"
    assert run("rules", "docs", "--rules", small, "--out", out) == (0, "", f"The page is {out / 'index.html'}.\n")
    assert [path.name for path in out.iterdir()] == ["index.html"]
    assert (out / "index.html").read_bytes() == KnowledgeBase.load(small).site()
    assert run("rules", "docs", "--rules", small, "--out", out).status == 0


def test_a_folder_that_cannot_be_made_is_refused(run, small):
    result = run("rules", "docs", "--rules", small, "--out", small)
    assert (result.status, result.out) == (2, "")
    assert f"error: {small}: cannot be made a folder: File exists" in result.err


def test_a_folder_must_be_named(run):
    assert "Missing option '--out'" in run("rules", "docs").err
