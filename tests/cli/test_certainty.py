from tests.documentation.pages import TOP


def test_the_page_on_certainty_factors_is_printed(run):
    printed = run("certainty").out
    for heading in ("Certainty factors", "What it is not", "What robustness answers", "Literature"):
        assert f"{heading}\n" in printed
    assert "It is no probability." in printed


def test_no_line_is_too_wide_and_the_end_is_not_lost(run):
    printed = run("certainty", "--no-pager").out
    assert max(map(len, printed.splitlines())) <= 80
    page = (TOP / "docs" / "certainty-factors.md").read_text(encoding="utf-8")
    assert printed.split()[-2:] == page.split()[-2:]
