"""``expert graph``: the explanation as a picture, a page, or a file for other programs."""

import sys
from pathlib import Path

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import (
    complete_conclusion,
    consult,
    facts_argument,
    goal_option,
    row_option,
    rules_option,
    set_option,
)
from expert.cli.terminal import is_terminal, print_line
from expert.knowledge.foreign_text import shown
from expert.knowledge.problems import InputError
from expert.rendering.graph.formats import FORMATS, format_of


@click.command()
@facts_argument
@click.option(
    "--out",
    type=click.Path(allow_dash=True),
    help="The file to write; its extension determines the format. - is standard output.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(list(FORMATS)),
    help="The format, if the file has no extension to determine it.",
)
@click.option(
    "--open", "show", is_flag=True, help="Show the graph in the browser; the default on a terminal without --out."
)
@click.option(
    "--of",
    "conclusions",
    multiple=True,
    metavar="VALUE",
    shell_complete=complete_conclusion,
    help="Draw the proof of a candidate, or of any ATTRIBUTE=VALUE. Can be repeated.  [default: the leaders]",
)
@click.option("--all", "everything", is_flag=True, help="Draw everything that was given or concluded.")
@click.option("--not-fired", is_flag=True, help="Add the rules that did not hold, with the tests that failed.")
@set_option
@row_option
@goal_option
@rules_option
def graph(
    facts: str | None,
    out: str | None,
    kind: str | None,
    show: bool,
    conclusions: tuple[str, ...],
    everything: bool,
    not_fired: bool,
    settings: tuple[str, ...],
    row: int | None,
    goal: str | None,
    knowledge_base: KnowledgeBase,
) -> None:
    """Draw the explanation graph for the case that FACTS describes.

    FACTS is the same as for `expert recommend`. The graph shows the facts, the rules that held, what they concluded,
    and how strongly. The formats are svg, png, html (an interactive page), dot (Graphviz), mmd (Mermaid), graphml and
    json (for programs). Without --out, the page opens in the browser from a temporary file.

    \b
    Examples:
      expert graph facts.yaml
      expert graph facts.yaml --out proof.svg
      expert graph facts.yaml --out everything.png --all
      expert graph facts.yaml --of VALUE --not-fired --out - --format mmd
    """
    if everything and conclusions:
        raise click.UsageError("--all and --of cannot be combined")
    if out is None and not (show or is_terminal()):
        raise click.UsageError("Missing --out FILE, or --open to show a page in the browser")
    if out == "-" and show:
        raise click.UsageError("--open cannot show standard output: name a file with --out, or leave it out")
    if out == "-" and kind is None:
        raise click.UsageError("--out - needs --format")
    if kind and out and Path(out).suffix.lower() not in ("", f".{kind}"):
        raise click.UsageError(
            f"--format {kind} contradicts the extension of {shown(out)}: leave it out, or choose another file"
        )
    kind = kind or (format_of(out) if out else "html")
    consultation = consult(knowledge_base, facts, settings, row, goal)
    content = consultation.draw(kind, conclusions, everything=everything, not_fired=not_fired)
    if out == "-":
        sys.stdout.buffer.write(content)
        return
    path = _written(out, content) if out else _written_to_show(kind, content)
    print_line(f"The graph is in {path}.", err=True)
    if show or out is None:
        _show(path)


def _written(out: str, content: bytes) -> Path:
    """Write a file, all of it or nothing."""
    from expert.knowledge.atomic_files import whole_file

    with whole_file(out) as temporary:
        temporary.write_bytes(content)
    return Path(out)


def _written_to_show(kind: str, content: bytes) -> Path:
    """Write a temporary file that only the user may read, and that stays for the browser."""
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(prefix="expert-", suffix=f".{kind}", delete=False) as file:
        path = Path(file.name)
    try:
        return _written(str(path), content)
    except InputError:
        path.unlink()
        raise


def _show(path: Path) -> None:
    """Show a file in the browser, or say that none could be started."""
    import webbrowser

    if not webbrowser.open(path.absolute().as_uri()):
        print_line("No browser could be started to show it.", err=True)
