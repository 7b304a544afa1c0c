"""The complaints service: cases come in and are handled step by step, months of figures go out."""

from services.complaints.usecases import cases, copies, figures
from shared.contracts.complaints import cases as contract
from shared.contracts.complaints import figures as of_figures
from shared.contracts.complaints import regimes
from shared.events import CycleChanged, PersonChanged, UnitChanged
from shared.service import Database, OutboxRelay
from shared.serving import Events, Operations, serves

OPERATIONS: Operations = {
    contract.register_cases: cases.register_cases,
    contract.take_steps: cases.take_steps,
    contract.list_cases: cases.list_cases,
    contract.show_case: cases.show_case,
    regimes.list_regimes: cases.list_regimes,
    of_figures.close_figures: figures.close_figures,
    of_figures.list_months: figures.list_months,
    of_figures.list_figures: figures.list_figures,
    of_figures.list_facts: figures.list_facts,
    contract.replay_state: figures.replay_state,
}
EVENTS: Events = {
    UnitChanged: copies.keep_units,
    PersonChanged: copies.keep_persons,
    CycleChanged: copies.keep_cycles,
}


@serves(OPERATIONS, EVENTS)
class ComplaintsService:
    name = "complaints"
    database = Database()
    relay = OutboxRelay()
