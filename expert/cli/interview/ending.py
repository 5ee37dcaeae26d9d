"""What a person is offered when an interview is over: the graph, the facts in the present folder, or nothing more."""

from contextlib import suppress
from itertools import count
from pathlib import Path

from expert.api.interview import Interview
from expert.cli.interview.dialogue import COMMANDS, choose
from expert.cli.interview.prompts import Prompt
from expert.cli.pictures import Picture
from expert.cli.terminal import bars, print_line, print_notice, style, terminal_width
from expert.knowledge.atomic_files import whole_file
from expert.knowledge.problems import InputError
from expert.rendering.text.interview_text import explain_text

_WORDS = {
    "back": "return to the last question",
    "explain": "show the ranking, and why",
    "review": COMMANDS["review"],
    "quit": "stop",
}


OFFER = 7
"""How many lines the offer takes."""


def offer_more(prompt: Prompt, interview: Interview, facts: str) -> str:
    """Offer to show the graph and, unless the facts are empty, to save them, until the person stops.

    Return the word that leads back into the interview if one was typed, else an empty text.
    """
    consultation = interview.consultation()
    target = _free_name(consultation.knowledge_base.name)
    choices = {"done": "stop", "graph": "open the graph in the browser"}
    if facts:
        choices["save"] = f"save the facts as {target}"
    words = {word: does for word, does in _WORDS.items() if interview.answers or word not in ("back", "review")}
    with suppress(KeyboardInterrupt):
        while (does := choose(prompt, "What next?", choices, words)) not in ("done", "quit"):
            if does in ("back", "review"):
                return does
            try:
                if does == "explain":
                    prompt.tell_all("\n" + explain_text(consultation, terminal_width(), style, bars()))
                elif does == "graph":
                    Picture.wanted(None, None, show=True).put_out(consultation.draw("html"))
                else:
                    with whole_file(target) as temporary:
                        temporary.write_text(facts, encoding="utf-8")
                    print_notice(f"The facts are in {target}.")
            except InputError as error:
                print_line(error, err=True)
            choices.pop(does, None)
    return ""


def _free_name(name: str) -> Path:
    """Choose a name for a facts file in the present folder that is not taken."""
    names = (Path(f"{name}-facts{f'-{number}' if number > 1 else ''}.yaml") for number in count(1))
    return next(path for path in names if not path.exists())
