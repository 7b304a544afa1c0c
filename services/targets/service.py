"""The targets service at the wire: decode, open a session, one use case."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nameko.timer import timer

from services.targets.entrypoints.claims import ClaimEntrypoints
from services.targets.entrypoints.claims_moving import ClaimMovingEntrypoints
from services.targets.entrypoints.cycles import CycleEntrypoints
from services.targets.entrypoints.generation import GenerationEntrypoints
from services.targets.entrypoints.handovers import HandoverEntrypoints
from services.targets.entrypoints.indicator_problems import IndicatorProblemEntrypoints
from services.targets.entrypoints.library import LibraryEntrypoints
from services.targets.entrypoints.organisation import OrganisationEntrypoints
from services.targets.entrypoints.results import ResultEntrypoints
from services.targets.entrypoints.weights import WeightEntrypoints
from services.targets.usecases import coming_into_force, handovers, organisation_ahead, replay
from shared.actor import Actor, system
from shared.logs import log
from shared.service import Database, OutboxRelay, rpc

Body = dict[str, Any]
_LOOK_FOR_DUE = 300  # seconds; what is published for a day comes into force early on it


@contextmanager
def _going_on(bureau: str) -> Iterator[None]:
    """What fails in one bureau is logged, comes again with the next look, and keeps no other waiting."""
    try:
        yield
    except Exception:
        log.exception("what is due could not be brought about", bureau=bureau)


class TargetsService(
    OrganisationEntrypoints,
    CycleEntrypoints,
    LibraryEntrypoints,
    ClaimEntrypoints,
    ClaimMovingEntrypoints,
    HandoverEntrypoints,
    GenerationEntrypoints,
    ResultEntrypoints,
    WeightEntrypoints,
    IndicatorProblemEntrypoints,
):
    """Organisation, cycles, library, allocation, claims, generation and weights, each in the class that names them."""

    name = "targets"
    database = Database()
    relay = OutboxRelay()

    @timer(interval=_LOOK_FOR_DUE, eager=True)
    def bring_into_force(self) -> None:
        """At the start and every few minutes. Several replicas may find the same: the bureau's or the cycle's row is locked, and
        who comes second finds nothing left."""
        with self.database.begin(system("")) as session:
            due, turning = coming_into_force.due(session), organisation_ahead.due(session)
            unanswered = handovers.due(session)
        for bureau in turning:
            with _going_on(bureau):
                while self._turn(bureau):
                    pass
        for bureau, cycle in due:
            with _going_on(bureau), self.database.begin(system(bureau)) as session:
                coming_into_force.bring_into_force(session, system(bureau), cycle)
        for bureau, cycle in unanswered:
            with _going_on(bureau):
                self._let_stand(bureau, cycle)

    def _let_stand(self, bureau: str, cycle: str) -> None:
        with self.database.begin(system(bureau)) as session:
            standing = handovers.standing(session, system(bureau), cycle)
        for code in standing:
            with self.database.begin(system(bureau)) as session:
                handovers.let_stand(session, system(bureau), cycle, code)

    def _turn(self, bureau: str) -> bool:
        with self.database.begin(system(bureau)) as session:
            return organisation_ahead.turn(session, system(bureau))

    @rpc
    def replay_state(self, actor: Actor, body: Body) -> Body:  # noqa: ARG002  # every rpc has a body
        with self.database.begin(actor) as session:
            return replay.replay_state(session, actor)
