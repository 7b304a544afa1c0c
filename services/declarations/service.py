"""The declarations service: what was done comes in and is decided step by step, facts go out."""

from functools import partial

from services.declarations.entrypoints.appeals import AppealEntrypoints
from services.declarations.entrypoints.campaigns import CampaignEntrypoints
from services.declarations.entrypoints.checks import CheckEntrypoints
from services.declarations.entrypoints.contributions import ContributionEntrypoints
from services.declarations.entrypoints.evidence import EvidenceEntrypoints
from services.declarations.entrypoints.forms import FormEntrypoints
from services.declarations.entrypoints.improvements import ImprovementEntrypoints
from services.declarations.entrypoints.orders import OrderEntrypoints
from services.declarations.entrypoints.reading import ReadingEntrypoints
from services.declarations.entrypoints.reviewing import ReviewingEntrypoints
from services.declarations.entrypoints.temporary_work import TemporaryWorkEntrypoints
from services.declarations.entrypoints.vetoes import VetoEntrypoints
from services.declarations.storage import copies
from services.declarations.usecases.review import clearing, decide, declare, reading
from shared.contracts.declarations import clearing as of_clearing
from shared.contracts.declarations import declarations, due
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
    ReviewingEntrypoints,
    OrderEntrypoints,
    ContributionEntrypoints,
    CampaignEntrypoints,
    TemporaryWorkEntrypoints,
    VetoEntrypoints,
    EvidenceEntrypoints,
    FormEntrypoints,
    CheckEntrypoints,
    AppealEntrypoints,
    ReadingEntrypoints,
    ImprovementEntrypoints,
):
    """The five tools, vetoes, checks, appeals and to-dos."""

    name = "declarations"
    database = Database()
    relay = OutboxRelay()
    secret = NeededSetting("secret")  # seals the ballots
