"""``expert certainty``: the page of the documentation on certainty factors."""

from pathlib import Path

import click

import expert
from expert.cli.terminal import page_text, print_text, style, terminal_width

PAGE = "certainty-factors.md"


@click.command()
@click.option("--no-pager", is_flag=True, help="Print all at once, even if it is longer than the screen.")
def certainty(no_pager: bool) -> None:
    """Say what a certainty factor is, what it is not, and how far to trust it."""
    from expert.rendering.text.markdown_text import markdown_text

    text = markdown_text(_page().read_text(encoding="utf-8"), terminal_width(), style)
    (print_text if no_pager else page_text)(text)


def _page() -> Path:
    """Find the page: in a checkout among the others, else where the wheel was installed."""
    in_checkout = Path(expert.__file__).parents[1] / "docs" / PAGE
    if in_checkout.exists():
        return in_checkout
    from importlib.metadata import distribution

    installed = distribution("framework-expert")
    (page,) = (file for file in installed.files or () if file.name == PAGE)
    return Path(str(installed.locate_file(page)))
