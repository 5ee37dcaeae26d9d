"""What all cases lead to: candidates that never or always win, cases without a winner, ties."""

import polars as pl

from expert.inference.ranking import is_tied
from expert.knowledge.foreign_text import shown
from expert.knowledge.rules import Value
from expert.open_questions.answer_frames import KEY, leaders_of
from expert.verification.findings import Finding
from expert.verification.looked import Looked, Part
from expert.verification.survey import Seen

TIES = 8
"""How many sets of tied candidates are told one by one, the most frequent first."""


def never_wins(looked: Looked) -> Part:
    """Find candidates that no case recommends."""
    never, unproved = _losers(looked)
    findings = []
    for value in never:
        message = f"{_named(looked, value)} is recommended in no case{_at_best(looked, value)}."
        advice = "Add or strengthen rules that conclude it, or drop the candidate."
        findings.append(_of_candidate(looked, "never-wins", value, message, advice))
    return Part(findings, len(unproved))


def always_wins(looked: Looked) -> Part:
    """Find a candidate that every case recommends which recommends any."""
    won = _winners(looked)
    never, unproved = _losers(looked)
    if unproved and len(won) < 2:
        return Part([], 1)
    if len(won) != 1 or not never:
        return Part([])
    (value,) = won
    message = f"{_named(looked, value)} is recommended in every case that has a recommendation."
    advice = "Add or strengthen rules that conclude other candidates, or weaken those that conclude it."
    return Part([_of_candidate(looked, "always-wins", value, message, advice)])


def undecided(looked: Looked) -> Part:
    """Find cases in which no candidate exceeds the threshold.

    That is worth a warning where nothing more can be given; that little is not enough goes without saying.
    """
    goal = looked.knowledge_base.attributes[looked.knowledge_base.goal]
    key = "0" * len(looked.knowledge_base.candidates)
    found = _by_key(looked).get(key)
    if goal.otherwise is not None:
        return Part([])
    if found is None:
        return Part([], int(not looked.are_all and _surely(looked) <= looked.knowledge_base.threshold))
    complete, every = found
    severity, given = ("warning", "even where all is given that can be") if complete else ("note", "if little is given")
    seen = (
        complete._replace(case={**complete.case, **complete.idle})
        if complete
        else looked.smallest(every, pl.col(KEY) == key)
    )
    if looked.consult(seen).outcome != "undecided":
        return Part([])
    message = f"No candidate exceeds the threshold in {looked.share(every)}, {given}."
    advice = "Add rules for such cases, or give the goal an 'otherwise'."
    more = {"severity": severity, "proved": looked.are_all, "example": seen.case}
    return Part([Finding.of("undecided", goal.place, goal.name, message, advice, **more)])


def ties(looked: Looked) -> Part:
    """Find sets of candidates that lead together, the most frequent first."""
    goal = looked.knowledge_base.attributes[looked.knowledge_base.goal]
    tied = [(key, seen) for key, (_, seen) in _by_key(looked).items() if key.count("1") > 1]
    tied.sort(key=lambda each: (-each[1].cases, each[1].rank))
    findings = []
    for number, (key, found) in enumerate(tied[:TIES], start=1):
        seen = looked.smallest(found, pl.col(KEY) == key)
        values = leaders_of(looked.knowledge_base, key)
        more = len(tied) - TIES if number == TIES else 0
        if tuple(leader.value for leader in looked.consult(seen).leaders) == values:
            name = ", ".join(map(str, values))
            elsewhere = f"; {more} more sets of candidates do elsewhere" if more > 0 else ""
            *others, last = (_named(looked, value) for value in values)
            message = f"{', '.join(others)} and {last} lead together in {looked.share(seen)}{elsewhere}."
            advice = "Add a rule that tells them apart, unless they are equally good then."
            shows = {"proved": looked.are_all, "example": seen.case}
            findings.append(Finding.of("tie", goal.place, name, message, advice, **shows))
    may_lead = [value for value in looked.knowledge_base.candidates if _may_lead(looked, value)]
    return Part(findings, int(not looked.are_all and len(may_lead) > 1))


def _named(looked: Looked, value: Value) -> str:
    """Name a candidate by its label."""
    return shown(looked.knowledge_base.attributes[looked.knowledge_base.goal].value_label(value))


def _by_key(looked: Looked) -> dict[str, tuple[Seen | None, Seen]]:
    """Give, for each set of leaders, what was seen where all is given that can be, and everywhere."""
    found: dict[str, tuple[Seen | None, Seen]] = {}
    for (key, complete), seen in looked.survey.leading.items():
        one, every = found.get(key, (None, None))
        found[key] = (seen if complete else one, seen.joined(every) if every else seen)
    return found


def _winners(looked: Looked) -> set[Value]:
    """Collect the candidates that were seen to be recommended."""
    return {value for key, _ in looked.survey.leading if (value := _recommended(looked, key)) is not None}


def _losers(looked: Looked) -> tuple[list[Value], list[Value]]:
    """List the candidates that are proved never to be recommended, and those that just were not seen to be."""
    won, candidates = _winners(looked), looked.knowledge_base.candidates
    others = [value for value in candidates if value not in won] if len(candidates) > 1 else []
    never = [value for value in others if looked.are_all or _is_out_of_reach(looked, value)]
    return never, [value for value in others if value not in never]


def _recommended(looked: Looked, key: str) -> Value | None:
    """Tell what is recommended where these candidates lead."""
    values = leaders_of(looked.knowledge_base, key)
    if not values:
        return looked.knowledge_base.attributes[looked.knowledge_base.goal].otherwise
    return values[0] if len(values) == 1 else None


def _is_out_of_reach(looked: Looked, value: Value) -> bool:
    """Tell whether the bounds prove that a candidate is recommended in no case."""
    model = looked.knowledge_base
    return not _may_lead(looked, value) and model.attributes[model.goal].otherwise != value


def _may_lead(looked: Looked, value: Value) -> bool:
    """Tell whether the bounds leave it open that a candidate leads, alone or with others."""
    model = looked.knowledge_base
    certainty = looked.open.bounds.certainties[model.goal][value].high
    return bool(certainty > model.threshold and is_tied(_surely(looked), certainty))


def _surely(looked: Looked) -> float:
    """Give the certainty that the best candidate has in any case, by the bounds."""
    model = looked.knowledge_base
    return max(looked.open.bounds.certainties[model.goal][candidate].low for candidate in model.candidates)


def _at_best(looked: Looked, value: Value) -> str:
    """Say how near a candidate comes that never wins."""
    model = looked.knowledge_base
    certainty = looked.open.bounds.certainties[model.goal][value].high
    if certainty <= 0:
        return ": no rule that can fire speaks for it"
    if certainty <= model.threshold:
        return f": it reaches {certainty:.2g} at most, which does not exceed the threshold of {model.threshold:g}"
    tied = any(value in leaders_of(model, key) for key, _ in looked.survey.leading)
    return ": others lead wherever it exceeds the threshold, or lead with it" if tied else ""


def _of_candidate(looked: Looked, kind: str, value: Value, message: str, advice: str) -> Finding:
    model = looked.knowledge_base
    goal = model.attributes[model.goal]
    place = model.places.get(("attributes", goal.name, "choices", str(value)), goal.place)
    return Finding.of(kind, place, str(value), message, advice)
