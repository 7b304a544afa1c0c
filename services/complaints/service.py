"""The complaints service: cases come in and are handled step by step, months of figures go out."""

from collections.abc import Callable

from nameko.timer import timer
from sqlalchemy.orm import Session

from services.complaints.domain.permissions import may_read_trail
from services.complaints.storage.projections import Copies
from services.complaints.usecases import (
    figures,
    importing,
    leaving,
    months,
    projections,
    reading,
    registering,
    reports,
    resealing,
    settings,
    stepping,
    supervising,
)
from shared.actor import system
from shared.audit_reading import reading_trail
from shared.contracts.complaints import audit_trail as of_trail
from shared.contracts.complaints import cases as contract
from shared.contracts.complaints import figures as of_figures
from shared.contracts.complaints import imports as of_imports
from shared.contracts.complaints import regimes
from shared.contracts.complaints import reports as of_reports
from shared.contracts.complaints import settings as of_settings
from shared.events import CycleChanged, PersonChanged, UnitChanged
from shared.service import Database, NeededSetting, OutboxRelay
from shared.serving import Events, Operations, serves
from shared.timers import going_on

_LOOK_FOR_OLD, _LOOK, _LOOK_FOR_IMPORTS = 300, 60, 2  # seconds

OPERATIONS: Operations = {
    of_trail.list_trail: reading_trail("complaints", may_read_trail),
    contract.register_cases: registering.register_cases,
    contract.take_steps: stepping.take_steps,
    contract.list_cases: reading.list_cases,
    contract.count_cases: reading.count_cases,
    contract.find_similar: reading.find_similar,
    contract.find_traders: reading.find_traders,
    contract.list_published: reading.list_published,
    contract.show_case: reading.show_case,
    contract.show_history: reading.show_history,
    regimes.list_regimes: reading.list_regimes,
    of_figures.close_figures: months.close_figures,
    of_figures.list_months: months.list_months,
    of_figures.show_period: figures.show_period,
    of_figures.list_period_facts: figures.list_period_facts,
    of_figures.list_figures: figures.list_figures,
    of_figures.list_facts: figures.list_facts,
    of_settings.get_settings: settings.get_settings,
    of_settings.put_settings: settings.put_settings,
    of_settings.show_calendar: settings.show_calendar,
    of_imports.start_import: importing.start_import,
    of_imports.list_imports: importing.list_imports,
    of_imports.read_import: importing.read_import,
    of_imports.export_cases: leaving.note_export,
    of_reports.show_report: reports.show_report,
    of_reports.list_workload: reports.list_workload,
    of_reports.show_bulletin: reports.show_bulletin,
    contract.reseal_people: resealing.reseal_people,
    contract.replay_state: figures.replay_state,
}
EVENTS: Events = {
    UnitChanged: projections.keep_units,
    PersonChanged: projections.keep_persons,
    CycleChanged: projections.keep_cycles,
}


@serves(OPERATIONS, EVENTS)
class ComplaintsService:
    name = "complaints"
    database = Database()
    relay = OutboxRelay()
    secret = NeededSetting("secret")  # seals who complained

    @timer(interval=_LOOK_FOR_OLD, eager=True)
    def recount(self) -> None:
        """Reckon again, at the start and every few minutes: cases of an older
        calendar or of the release before, some at a time."""
        with self.database.begin(system("")) as session:
            bureaus = Copies.bureaus(session)
        for bureau in bureaus:
            passed_over = set[str]()
            with going_on(bureau):
                while self._recount_some(bureau, passed_over):
                    pass

    @timer(interval=_LOOK, eager=True)
    def supervise(self) -> None:
        """Look, every minute, at the cases whose hour has come, notices that may
        ring by now, and how far the calendar reaches."""
        with self.database.begin(system("")) as session:
            bureaus = Copies.bureaus(session)
        for bureau in bureaus:
            for errand in (supervising.look, supervising.tell):
                with going_on(bureau):
                    while self._some(errand, bureau):
                        pass
            with going_on(bureau):
                self._some(supervising.watch_calendar, bureau)

    @timer(interval=_LOOK_FOR_IMPORTS)
    def do_imports(self) -> None:
        """Go on with imports, part by part; of several replicas one is at a bureau's."""
        with self.database.begin(system("")) as session:
            waiting = importing.to_do(session)
        for actor, job in waiting:
            while importing.go_on(self.database, actor, job):
                pass

    def _some(self, errand: Callable[[Session, str], int], bureau: str) -> int:
        with self.database.begin(system(bureau)) as session:
            return errand(session, bureau)

    def _recount_some(self, bureau: str, passed_over: set[str]) -> int:
        with self.database.begin(system(bureau)) as session:
            return projections.recount(session, bureau, passed_over)
