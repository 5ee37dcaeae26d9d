"""Files are written whole, or not at all."""

import errno
import os
import re
import threading
from pathlib import Path

import pytest

from expert import InputError
from expert.knowledge import atomic_files as files
from expert.knowledge.atomic_files import check_target, temporary_name, whole_file


def test_a_failure_on_the_way_leaves_what_was_there(tmp_path):
    path = tmp_path / "file"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), whole_file(path) as temporary:
        temporary.write_text(f"half {1 / 0}")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("no/file", "there is no folder .*no"), ("folder", "is a folder"), ("pipe", "is not a regular file")],
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


def test_temporary_names_cannot_be_foreseen(tmp_path):
    with whole_file(tmp_path / "file") as one, whole_file(tmp_path / "file") as other:
        assert one.parent == other.parent == tmp_path
        assert one.name != other.name
    assert not {str(os.getpid()), "file"} & set(re.split(r"[.-]", f"{one.name}{other.name}"))


def write_whole(path):
    with whole_file(path) as temporary:
        temporary.write_text("content")


@pytest.mark.parametrize("write", [write_whole, check_target])
def test_a_planted_link_is_neither_followed_nor_removed(tmp_path, monkeypatch, write):
    victim, link = tmp_path / "victim", tmp_path / temporary_name()
    victim.write_text("precious")
    link.symlink_to(victim)
    monkeypatch.setattr(files, "temporary_name", lambda: link.name)
    with pytest.raises(InputError, match="cannot be written: File exists"):
        write(tmp_path / "file")
    assert victim.read_text() == "precious"
    assert link.readlink() == victim


@pytest.mark.parametrize("name", ["n" * 255, "ü" * 127])
def test_names_may_be_as_long_as_the_system_admits(tmp_path, name):
    check_target(tmp_path / name)
    with whole_file(tmp_path / name) as temporary:
        temporary.write_text("whole")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {name: "whole"}


def test_threads_that_write_one_file_do_not_disturb_one_another(tmp_path):
    path, failures = tmp_path / "file", []
    contents = [letter * 10_000 for letter in "abcd"]
    path.write_text(contents[0])

    def write(content):
        try:
            for _ in range(25):
                check_target(path)
                with whole_file(path) as temporary:
                    temporary.write_text(content)
                assert path.read_text() in contents
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert list(tmp_path.iterdir()) == [path]


def old(path):
    """Make a file look as if it had been left long ago."""
    os.utime(path, (0, 0))
    return path


def test_what_a_killed_writer_left_is_removed_by_the_next(tmp_path):
    left = tmp_path / temporary_name()
    left.write_text("half")
    old(left)
    with whole_file(tmp_path / "file") as temporary:
        assert set(tmp_path.iterdir()) == {temporary}


def test_the_file_of_a_living_writer_is_never_removed_however_long_it_takes(tmp_path):
    with whole_file(tmp_path / "one") as temporary:
        temporary.write_text("one")
        old(temporary)
        with whole_file(tmp_path / "other"):
            pass
        assert temporary.exists()
    assert (tmp_path / "one").read_text() == "one"


def test_nothing_is_removed_but_old_files_of_our_own_names(tmp_path):
    young, folder, link = (tmp_path / temporary_name() for _ in range(3))
    others = [".expert-notes.partial", f"x{temporary_name()}", f"{temporary_name()}.csv", ".file.123.partial"]
    for path in (young, *(tmp_path / name for name in others)):
        path.touch()
        if path != young:
            old(path)
    folder.mkdir()
    old(folder)
    link.symlink_to(tmp_path / others[0])
    os.utime(link, (0, 0), follow_symlinks=False)
    before = set(tmp_path.iterdir())
    with whole_file(tmp_path / "file"):
        pass
    assert set(tmp_path.iterdir()) == {*before, tmp_path / "file"}


@pytest.fixture
def calls(monkeypatch):
    """Record what is synced and renamed, and in which order."""
    made, fsync, replace = [], os.fsync, os.replace

    def record_sync(descriptor):
        made.append(("sync", "folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "file"))
        return fsync(descriptor)

    def record_rename(*names):
        made.append(("rename",))
        return replace(*names)

    monkeypatch.setattr(os, "fsync", record_sync)
    monkeypatch.setattr(os, "replace", record_rename)
    return made


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="descriptors have no names here")
def test_content_is_on_the_disk_before_the_name_and_the_name_before_the_end(tmp_path, calls):
    with whole_file(tmp_path / "file") as temporary:
        temporary.write_text("whole")
        assert calls == []
    assert calls == [("sync", "file"), ("rename",), ("sync", "folder")]


def failing_on_folders(number):
    real = os.fsync

    def fsync(descriptor):
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):  # noqa: PTH112
            raise OSError(number, os.strerror(number))
        real(descriptor)

    return fsync


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="descriptors have no names here")
def test_a_file_system_that_cannot_sync_folders_will_do(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", failing_on_folders(errno.EINVAL))
    with whole_file(tmp_path / "file"):
        pass
    monkeypatch.setattr(os, "fsync", failing_on_folders(errno.EIO))
    with pytest.raises(InputError, match="cannot be written: Input/output error"), whole_file(tmp_path / "file"):
        pass
