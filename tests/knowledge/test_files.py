"""Files are written whole, or not at all."""

import pytest

from expert import InputError
from expert.knowledge.files import whole_file


def test_a_failure_on_the_way_leaves_what_was_there(tmp_path):
    path = tmp_path / "file"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), whole_file(path) as temporary:
        temporary.write_text(f"half {1 / 0}")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("name", "reason"), [("no/file", "No such file"), ("folder", "Is a directory")])
def test_a_place_that_cannot_be_written_is_named(tmp_path, name, reason):
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match=f"{name}: cannot be written: {reason}"), whole_file(tmp_path / name):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
