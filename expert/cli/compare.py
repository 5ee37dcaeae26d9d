"""``expert compare``: two knowledge bases, on one case or over all."""

import click

from expert.api.knowledge_base import KnowledgeBase
from expert.cli.options import (
    complete_knowledge_base,
    facts_argument,
    json_option,
    print_json,
    row_option,
    rules_option,
    set_option,
)
from expert.cli.terminal import print_text, style, terminal_width
from expert.knowledge.loading.git_revision import is_revision
from expert.knowledge.variants import joint


@click.command()
@facts_argument
@click.option(
    "--with",
    "other",
    required=True,
    shell_complete=complete_knowledge_base,
    metavar="NAME|PATH|REVISION:PATH",
    help="The other knowledge base: a shipped name or a path; or, as it was in git, a revision and its path there.",
)
@set_option
@row_option
@rules_option
@json_option
def compare(
    facts: str | None,
    other: str,
    settings: tuple[str, ...],
    row: int | None,
    knowledge_base: KnowledgeBase,
    as_json: bool,
) -> None:
    """Compare two knowledge bases: on the case that FACTS describes, or over all cases.

    For a case, both answers are shown, and the rules that make the difference. Without FACTS and --set, all cases that
    the rules tell apart are decided by both, or a sample of them: you see how often the answers differ, and the
    smallest cases that show it.

    \b
    Examples:
      expert compare facts.yaml --with other.yaml
      expert compare --with other.yaml
      expert compare --rules rules.yaml --with HEAD~1:rules.yaml
    """
    from expert.rendering.text.comparison_text import comparison_text, space_comparison_text

    second = KnowledgeBase.load_revision(other) if is_revision(other) else KnowledgeBase.load(other)
    if facts is None and not settings:
        if row is not None:
            raise click.UsageError("--row needs a table: name it as FACTS.")
        over_all = knowledge_base.compare(second)
        if as_json:
            print_json(over_all.to_dict())
        else:
            print_text(space_comparison_text(over_all, terminal_width(), style))
        return
    either = KnowledgeBase(joint(knowledge_base.model, second.model))
    compared = knowledge_base.compare_case(second, either.read_facts(facts, settings, row=row))
    if as_json:
        print_json(compared.to_dict())
    else:
        print_text(comparison_text(compared, terminal_width(), style))
