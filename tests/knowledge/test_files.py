"""Files are written whole, or not at all."""

import os

import pytest

from expert import InputError
from expert.knowledge.files import check_target, whole_file


def test_a_failure_on_the_way_leaves_what_was_there(tmp_path):
    path = tmp_path / "file"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), whole_file(path) as temporary:
        temporary.write_text(f"half {1 / 0}")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("no/file", "there is no folder .*no"), ("folder", "is a folder"), ("pipe", "is no regular file")],
)
def test_a_place_that_cannot_be_written_is_named(tmp_path, name, reason):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    message = f"{name}: cannot be written: {reason}"
    with pytest.raises(InputError, match=message):
        check_target(tmp_path / name)
    with pytest.raises(InputError, match=message), whole_file(tmp_path / name):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "pipe"}


def test_a_link_stays_and_permissions_stay(tmp_path):
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("before")
    file.chmod(0o640)
    link.symlink_to(file)
    with whole_file(link) as temporary:
        temporary.write_text("after")
    assert link.readlink() == file
    assert file.read_text() == "after"
    assert file.stat().st_mode & 0o777 == 0o640


def test_links_that_go_in_a_circle_are_replaced(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.symlink_to(other)
    other.symlink_to(one)
    with whole_file(one) as temporary:
        temporary.write_text("whole")
    assert one.read_text() == "whole"


@pytest.mark.parametrize("content", [None, "before"])
def test_a_place_that_can_be_written_stays_as_it_is(tmp_path, content):
    path = tmp_path / "file"
    if content:
        path.write_text(content)
    check_target(path)
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == ({"file": content} if content else {})
