import pytest

from expert.rendering.text.markdown_text import markdown_text

CASES = {
    "heading": ("## What it is\n", "What it is\n"),
    "paragraph": ("Two lines\nof one paragraph.\n\nAnother.\n", "Two lines of one paragraph.\n\nAnother.\n"),
    "emphasis": ("**It is** *not* `this`.\n", "It is not `this`.\n"),
    "link": ("See [the other\npage](other.md#part).\n", "See the other page.\n"),
    "list": ("- one\n  goes on\n- two\n", "• one goes on\n• two\n"),
    "code": (
        "Before:\n\n```yaml\na: 2 * 3 * 4\n  b: [c](d)\n```\n\nAfter.\n",
        "Before:\n\n  a: 2 * 3 * 4\n    b: [c](d)\n\nAfter.\n",
    ),
}


@pytest.mark.parametrize(("source", "text"), CASES.values(), ids=CASES)
def test_each_kind_of_block_is_laid_out(source, text):
    assert markdown_text(source) == text


@pytest.mark.parametrize("source", ["word " * 30, f"- {'word ' * 30}", f"```python\n{'word ' * 30}\n```\n"])
def test_no_line_is_wider_than_the_terminal(source):
    lines = markdown_text(source, 40).splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= 40
