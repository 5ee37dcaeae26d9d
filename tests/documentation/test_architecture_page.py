"""The map of the house names files that are there."""

import re

import pytest

from tests.documentation.pages import TOP

PAGE = (TOP / "docs" / "architecture.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:expert|tests|rules)/[\w./]*)`", PAGE))))
def test_what_is_named_with_its_folder_is_there(name):
    assert (TOP / name).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(\w+\.py)`", PAGE))))
def test_what_is_named_alone_is_there_once(name):
    assert len(list((TOP / "expert").rglob(name))) == 1


def test_every_room_is_on_the_map():
    rooms = {path.name for path in (TOP / "expert").iterdir() if (path / "__init__.py").exists()}
    assert rooms == set(re.findall(r"^\| \d+ \| `expert/(\w+)`", PAGE, re.MULTILINE))
