"""What a person is offered when an interview is over: the graph, the facts in the present folder, or nothing more."""

from contextlib import suppress
from itertools import count
from pathlib import Path

from expert.api.consultation import Consultation
from expert.cli.interview.dialogue import choose
from expert.cli.interview.prompts import Prompt
from expert.cli.pictures import Picture
from expert.cli.terminal import print_line
from expert.knowledge.atomic_files import whole_file
from expert.knowledge.problems import InputError


def offer_more(prompt: Prompt, consultation: Consultation, facts: str) -> None:
    """Offer to show the graph and, unless the facts are empty, to save them, until the person stops."""
    target = _free_name(consultation.knowledge_base.name)
    choices = {"stop": "stop", "graph": "open the graph in the browser"}
    if facts:
        choices["save"] = f"save the facts as {target}"
    with suppress(KeyboardInterrupt):
        while (does := choose(prompt, "What next?", choices)) != "stop":
            del choices[does]
            try:
                if does == "graph":
                    Picture.wanted(None, None, show=True).put_out(consultation.draw("html"))
                else:
                    with whole_file(target) as temporary:
                        temporary.write_text(facts, encoding="utf-8")
                    print_line(f"The facts are in {target}.", err=True)
            except InputError as error:
                print_line(error, err=True)


def _free_name(name: str) -> Path:
    """Choose a name for a facts file in the present folder that is not taken."""
    names = (Path(f"{name}-facts{f'-{number}' if number > 1 else ''}.yaml") for number in count(1))
    return next(path for path in names if not path.exists())
