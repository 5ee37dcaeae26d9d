"""The last resort: an error that nobody foresaw becomes one line, with its traceback in a file to report."""

import re
import stat
import tempfile

import pytest

FACTS = "docs/examples/detector.yaml"


class Panic(BaseException):
    """As Polars raises where it fails."""


@pytest.fixture
def reports(tmp_path, monkeypatch):
    """The folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("EXPERT_DEBUG", raising=False)
    return tmp_path


@pytest.fixture
def failing(monkeypatch):
    """Make every command fail."""

    def failing(error):
        def fail(*_, **__):
            raise error

        monkeypatch.setattr("expert.api.knowledge_base.KnowledgeBase.consult", fail)

    return failing


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("training_examples"), "KeyError: 'training_examples'"),
        (RecursionError("too deep"), "RecursionError: too deep"),
        (MemoryError(), "MemoryError: "),
        (Panic("assertion failed\nnote: more"), r"Panic: assertion failed\nnote: more"),
        (ValueError("red \x1b[31malert"), r"ValueError: red \x1b[31malert"),
        (ValueError("x" * 5000), f"ValueError: {'x' * 187}…"),
        (FileNotFoundError(2, "Not there", "gone"), "FileNotFoundError: [Errno 2] Not there: 'gone'"),
    ],
    ids=lambda each: type(each).__name__,
)  # fmt: skip
def test_one_line_asks_for_a_report_with_the_traceback_in_a_file(run, failing, reports, error, said):
    failing(error)
    result = run("recommend", FACTS)
    (file,) = reports.iterdir()
    line = f"error: this is a bug in expert: {said}; please report it with the file {file}\n"
    assert (result.status, result.out, result.err) == (70, "", line)
    text = file.read_text()
    assert re.match(r"expert \S+, Python \S+, .*\n\[.*\]\n\nTraceback \(most recent call last\):\n", text)
    assert "in fail\n    raise error\n" in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_each_has_a_file_of_its_own(run, failing, reports):
    failing(KeyError("x"))
    run("recommend", FACTS)
    run("explain", FACTS)
    assert len(list(reports.iterdir())) == 2


def test_expert_debug_shows_the_traceback(run, failing, reports, monkeypatch):
    failing(KeyError("x"))
    monkeypatch.setenv("EXPERT_DEBUG", "1")
    result = run("recommend", FACTS)
    assert (result.status, list(reports.iterdir())) == (70, [])
    first, *_, last = result.err.splitlines()
    assert first == "Traceback (most recent call last):"
    assert last == "error: this is a bug in expert: KeyError: 'x'"
    monkeypatch.setenv("EXPERT_DEBUG", "0")
    assert len(run("recommend", FACTS).err.splitlines()) == 1


def test_where_no_file_can_be_written_the_line_says_how_to_see_it(run, failing, monkeypatch, tmp_path):
    failing(KeyError("x"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    line = "KeyError: 'x'; please report it with the output under EXPERT_DEBUG=1\n"
    assert run("recommend", FACTS).err.endswith(line)


def test_what_the_user_can_mend_is_no_defect(run, reports):
    for words in (["recommend", "nowhere.yaml"], ["recommend"], ["nonsense"], ["recommend", FACTS, "--set", "x=1"]):
        assert run(*words).status == 2
    assert list(reports.iterdir()) == []
