"""The targets service: a year's organisation, library, allocations and claims; what is due comes about by its clock."""

from collections.abc import Iterator
from contextlib import contextmanager

from nameko.timer import timer

from services.targets.entrypoints.claims import ClaimEntrypoints
from services.targets.entrypoints.claims_moving import ClaimMovingEntrypoints
from services.targets.entrypoints.cycles import CycleEntrypoints
from services.targets.entrypoints.generation import GenerationEntrypoints
from services.targets.entrypoints.handovers import HandoverEntrypoints
from services.targets.entrypoints.indicator_problems import IndicatorProblemEntrypoints
from services.targets.entrypoints.library import LibraryEntrypoints
from services.targets.entrypoints.results import ResultEntrypoints
from services.targets.entrypoints.weights import WeightEntrypoints
from services.targets.usecases import (
    bureaus,
    coming_into_force,
    handovers,
    lines,
    organisation_ahead,
    organisation_export,
    organisation_import,
    persons,
    replay,
    unit_changes,
    units,
    whereabouts,
)
from shared.actor import system
from shared.contracts.targets import organisation as of_organisation
from shared.contracts.targets import persons as of_persons
from shared.contracts.targets import units as of_units
from shared.logs import log
from shared.service import Database, OutboxRelay
from shared.serving import Events, Operations, serves

OPERATIONS: Operations = {
    of_organisation.create_bureau: bureaus.create_bureau,
    of_organisation.list_bureaus: bureaus.list_bureaus,
    of_organisation.list_lines: lines.list_lines,
    of_organisation.import_organisation: organisation_import.import_organisation,
    of_organisation.export_organisation: organisation_export.export_organisation,
    of_organisation.list_scheduled: organisation_ahead.list_scheduled,
    of_organisation.withdraw_scheduled: organisation_ahead.withdraw_scheduled,
    of_organisation.replay_state: replay.replay_state,
    of_units.list_units: units.list_units,
    of_units.get_unit: units.get_unit,
    of_units.change_unit: unit_changes.change_unit,
    of_units.list_positions: units.list_positions,
    of_persons.add_persons: persons.add_persons,
    of_persons.list_persons: persons.list_persons,
    of_persons.list_places: whereabouts.list_places,
    of_persons.get_person: persons.get_person,
    of_persons.change_person: persons.change_person,
    of_persons.move_person: persons.move_person,
    of_persons.depart_person: persons.depart_person,
    of_persons.second_person: persons.second_person,
    of_persons.recall_person: persons.recall_person,
    of_persons.correct_places: persons.correct_places,
}
EVENTS: Events = {}
_LOOK_FOR_DUE = 300  # seconds; what is published for a day comes into force early on it


@contextmanager
def _going_on(bureau: str) -> Iterator[None]:
    """What fails in one bureau is logged, comes again with the next look, and keeps no other waiting."""
    try:
        yield
    except Exception:
        log.exception("what is due could not be brought about", bureau=bureau)


@serves(OPERATIONS, EVENTS)
class TargetsService(
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
