"""experta: the engine that one would write by hand, with one wide fact."""

from benchmarks.consultation import hand_written
from benchmarks.peers import Case, Decide
from benchmarks.peers.common import winner
from expert.knowledge.model import Model


def experta(model: Model) -> Decide:
    """Measure experta with one wide fact a stratum, one case after another; it has no batches.

    In the engine: matching, and chaining by rules that close a stratum and declare the fact of the next. In Python
    methods, as always with experta: the certainties. It keeps no trace.
    """
    engine = hand_written(model)

    def decide(cases: list[Case]) -> list[str | None]:
        return [winner(engine.consult(case), model.threshold) for case in cases]

    return decide
