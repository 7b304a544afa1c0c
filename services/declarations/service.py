"""The declarations service: what was done comes in and is decided step by step, facts go out."""

from functools import partial

from nameko.timer import timer

from services.declarations.entrypoints.appeals import AppealEntrypoints
from services.declarations.entrypoints.campaigns import CampaignEntrypoints
from services.declarations.entrypoints.checks import CheckEntrypoints
from services.declarations.entrypoints.contributions import ContributionEntrypoints
from services.declarations.entrypoints.improvements import ImprovementEntrypoints
from services.declarations.entrypoints.orders import OrderEntrypoints
from services.declarations.entrypoints.temporary_work import TemporaryWorkEntrypoints
from services.declarations.entrypoints.vetoes import VetoEntrypoints
from services.declarations.storage import copies
from services.declarations.usecases import replay, tallies
from services.declarations.usecases.evidence import files, referring
from services.declarations.usecases.forms import showing, taking_back
from services.declarations.usecases.review import (
    clearing,
    decide,
    declare,
    delegating,
    late_consents,
    lateness,
    notices,
    reading,
    reminding,
    timetables,
)
from services.declarations.usecases.waiting import to_dos
from shared.actor import system
from shared.clock import today
from shared.contracts.declarations import clearing as of_clearing
from shared.contracts.declarations import declarations, delegations, due, evidence, forms, telling
from shared.contracts.declarations import late_consents as of_consents
from shared.contracts.declarations import lateness as of_lateness
from shared.contracts.declarations import notices as of_notices
from shared.contracts.declarations import timetables as of_timetables
from shared.contracts.declarations import to_dos as of_to_dos
from shared.events import (
    AttendanceMonthChanged,
    CaseFiguresChanged,
    ClaimChanged,
    ClaimChangedV1,
    CycleChanged,
    IndicatorChanged,
    PersonChanged,
    ScoresPublished,
    ScoresPublishedV1,
    UnitChanged,
)
from shared.service import Database, NeededSetting, OutboxRelay
from shared.serving import Events, Operations, serves

_LOOK_FOR_DUE = 300  # seconds; each cycle's day is claimed once

OPERATIONS: Operations = {
    declarations.declare_items: declare.declare_items,
    declarations.verify_declarations: decide.verify_declarations,
    declarations.assess_declarations: decide.assess_declarations,
    declarations.return_declarations: decide.return_declarations,
    declarations.list_declarations: reading.list_declarations,
    declarations.get_declaration: reading.get_declaration,
    due.list_due: reading.list_due,
    of_clearing.preview_clearing: clearing.preview_clearing,
    of_clearing.clear_declarations: clearing.clear_declarations,
    of_clearing.record_declarations: decide.record_declarations,
    of_clearing.record_period: clearing.record_period,
    of_timetables.set_timetable: timetables.set_timetable,
    of_timetables.get_timetable: timetables.get_timetable,
    of_consents.ask_consents: late_consents.ask_consents,
    of_consents.answer_consents: late_consents.answer_consents,
    of_consents.list_consents: late_consents.list_consents,
    of_lateness.list_lateness: lateness.list_lateness,
    of_lateness.sum_lateness: lateness.sum_lateness,
    delegations.delegate: delegating.delegate,
    delegations.end_delegation: delegating.end_delegation,
    delegations.list_delegations: delegating.list_delegations,
    of_notices.list_notices: notices.list_notices,
    of_notices.read_notices: notices.read_notices,
    of_to_dos.list_to_dos: to_dos.list_to_dos,
    of_to_dos.list_done: to_dos.list_done,
    evidence.reserve_evidence: files.reserve_evidence,
    evidence.keep_evidence: files.keep_evidence,
    evidence.drop_evidence: files.drop_evidence,
    evidence.forget_evidence: files.forget_evidence,
    evidence.list_to_clear: files.list_to_clear,
    evidence.get_evidence: files.get_evidence,
    evidence.attach_evidence: referring.attach_evidence,
    evidence.list_attached: referring.list_attached,
    forms.read_form: showing.read_form,
    forms.take_form: taking_back.take_form,
    telling.replay_state: replay.replay_state,
    telling.tally_states: tallies.tally_states,
}
EVENTS: Events = {
    UnitChanged: copies.keep_units,
    PersonChanged: copies.keep_persons,
    CycleChanged: copies.keep_cycles,
    IndicatorChanged: copies.keep_indicators,
    ClaimChanged: copies.keep_claims,
    ClaimChangedV1: copies.keep_claims,
    AttendanceMonthChanged: partial(copies.keep_figures, source="attendance"),
    CaseFiguresChanged: partial(copies.keep_figures, source="complaints"),
    ScoresPublished: copies.keep_runs,
    ScoresPublishedV1: copies.keep_runs,
}


@serves(OPERATIONS, EVENTS)
class DeclarationsService(
    OrderEntrypoints,
    ContributionEntrypoints,
    CampaignEntrypoints,
    TemporaryWorkEntrypoints,
    VetoEntrypoints,
    CheckEntrypoints,
    AppealEntrypoints,
    ImprovementEntrypoints,
):
    """The five tools, vetoes, checks, appeals and to-dos."""

    name = "declarations"
    database = Database()
    relay = OutboxRelay()
    secret = NeededSetting("secret")  # seals the ballots

    @timer(interval=_LOOK_FOR_DUE)
    def remind(self) -> None:
        on = today()
        with self.database.begin(system("")) as session:
            waiting = reminding.not_reminded(session, on)
        for bureau, cycle in waiting:
            with self.database.begin(system(bureau)) as session:
                reminding.remind(session, bureau, cycle, on)
