"""A saved interview: its state as plain data, written and read."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from expert.knowledge.foreign_text import shown
from expert.knowledge.loading.facts_reading import facts_from_python
from expert.knowledge.model import Fact, Model
from expert.knowledge.problems import InputError, Place
from expert.knowledge.variants import Goals

FORMAT = "expert.interview/1"

PLACE = Place("saved interview")

_Shape = Mapping[str, type | tuple[type, ...]]

_STATE: _Shape = {"knowledge_base": dict, "ask_all": bool, "given": list, "turns": list, "again": (str, type(None))}
_TURN: _Shape = {"attribute": str, "put_off": bool, "fact": (dict, type(None))}
_FACT: _Shape = {"attribute": str, "origin": str}


class Turn(NamedTuple):
    """The reply to a question: a fact, "don't know" (None), or deferred."""

    name: str
    fact: Fact | None
    deferred: bool = False


class Saved(NamedTuple):
    """A saved interview: the facts given first, the turns, and the question that is being asked again, if any."""

    ask_all: bool
    given: tuple[Fact, ...]
    turns: tuple[Turn, ...]
    again: str | None


def write(
    knowledge_base: Model, ask_all: bool, given: Iterable[Fact], turns: Iterable[Turn], again: str | None
) -> dict[str, Any]:
    """Write an interview as plain data."""
    return {
        "format": FORMAT,
        "knowledge_base": {
            "name": knowledge_base.name,
            "version": knowledge_base.version,
            "digest": knowledge_base.digest,
        },
        "goal": knowledge_base.goal,
        "ask_all": ask_all,
        "given": [fact.to_dict() for fact in given],
        "turns": [
            {"attribute": turn.name, "put_off": turn.deferred, "fact": turn.fact.to_dict() if turn.fact else None}
            for turn in turns
        ],
        "again": again,
    }


def saved_goal(state: Mapping[str, Any], knowledge_base: Model) -> str | None:
    """Tell what a saved interview asks for; None if it does not say, or it is nothing that can be asked for."""
    goal = state.get("goal") if isinstance(state, Mapping) else None
    return goal if isinstance(goal, str) and goal in knowledge_base.once(Goals).names else None


def read(state: Mapping[str, Any], knowledge_base: Model, adopt: bool) -> Saved:
    """Read a saved interview."""
    try:
        if state["format"] != FORMAT:
            raise InputError.at(PLACE, f"its format must be {FORMAT}, not '{state['format']}'")
        _check(state, _STATE)
        if not adopt and state["knowledge_base"]["digest"] != knowledge_base.digest:
            about = state["knowledge_base"]["name"]
            raise InputError.at(PLACE, f"is about other rules ('{about}', or another version of it)")
        goal = state.get("goal", (knowledge_base.asked_of or knowledge_base).goal)  # earlier ones ask for the file's
        if not adopt and goal != knowledge_base.goal:
            raise InputError.at(PLACE, f"asks for '{shown(goal)}', not for '{knowledge_base.goal}'")
        given = [_fact(data, knowledge_base, adopt) for data in state["given"]]
        turns = [_turn(data, knowledge_base, adopt) for data in state["turns"]]
        found = tuple(fact for fact in given if fact)
        names = {fact.attribute for fact in found}
        kept = tuple(turn for turn in turns if turn and turn.name not in names)
        return Saved(state["ask_all"], found, kept, state["again"])
    except (KeyError, TypeError, AttributeError):
        raise InputError.at(PLACE, "is broken: its content is not that of a saved interview") from None
    except InputError as error:
        raise InputError([problem._replace(place=PLACE) for problem in error.problems]) from None


def _turn(data: Mapping[str, Any], knowledge_base: Model, adopt: bool) -> Turn | None:
    """Read a turn; None if it does not fit."""
    _check(data, _TURN)
    name, answered = data["attribute"], data["fact"] is not None
    if answered and data["fact"]["attribute"] != name:
        raise KeyError(name)
    attribute = knowledge_base.attributes.get(name)
    fact = _fact(data["fact"], knowledge_base, adopt) if answered else None
    if attribute is None or not attribute.question or (answered and fact is None):
        if adopt:
            return None
        raise KeyError(name)
    return Turn(name, fact, data["put_off"])


def _fact(data: Mapping[str, Any], knowledge_base: Model, adopt: bool) -> Fact | None:
    """Read a fact; None if it does not fit or says nothing."""
    _check(data, _FACT)
    detail = {key: data[key] for key in ("value", "certainty", "note", "fixed") if key in data}
    try:
        facts = facts_from_python({data["attribute"]: detail}, knowledge_base)
    except InputError:
        if adopt:
            return None
        raise
    return facts[0]._replace(origin=data["origin"]) if facts else None


def _check(data: Mapping[str, Any], shape: _Shape) -> None:
    """Raise KeyError or TypeError unless the data has these keys, with values of these types."""
    if not all(isinstance(data[key], kind) for key, kind in shape.items()):
        raise TypeError
