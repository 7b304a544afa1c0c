"""The complaints service: cases come in and are handled step by step, months of figures go out."""

from typing import Any

from services.complaints import schemas
from services.complaints.usecases import cases, copies, figures
from shared.actor import Actor
from shared.events import CycleChanged, PersonChanged, UnitChanged
from shared.service import Database, OutboxRelay, on, rpc

Body = dict[str, Any]


class ComplaintsService:
    name = "complaints"
    database = Database()
    relay = OutboxRelay()

    @rpc
    def register_cases(self, actor: Actor, body: Body) -> Body:
        command = schemas.NewCases().load(body)
        with self.database.begin(actor) as session:
            return cases.register_cases(session, actor, command["cases"])

    @rpc
    def take_steps(self, actor: Actor, body: Body) -> Body:
        rows = schemas.Steps().rows(body)
        with self.database.begin(actor) as session:
            return cases.take_steps(session, actor, rows)

    @rpc
    def list_cases(self, actor: Actor, body: Body) -> Body:
        query = schemas.Query().load(body)
        with self.database.begin(actor) as session:
            return cases.list_cases(session, actor, query)

    @rpc
    def show_case(self, actor: Actor, body: Body) -> Body:
        command = schemas.OneCase().load(body)
        with self.database.begin(actor) as session:
            return cases.show_case(session, actor, str(command["case"]))

    @rpc
    def list_regimes(self, actor: Actor, body: Body) -> Body:  # noqa: ARG002  # the law is the same for everyone
        return cases.list_regimes()

    @rpc
    def close_figures(self, actor: Actor, body: Body) -> Body:
        command = schemas.OneMonth().load(body)
        with self.database.begin(actor) as session:
            return figures.close_figures(session, actor, command["month"])

    @rpc
    def list_months(self, actor: Actor, body: Body) -> Body:
        query = schemas.Query().load(body)
        with self.database.begin(actor) as session:
            return figures.list_months(session, actor, query)

    @rpc
    def list_figures(self, actor: Actor, body: Body) -> Body:
        query = schemas.Query().load(body)
        with self.database.begin(actor) as session:
            return figures.list_figures(session, actor, query)

    @rpc
    def list_facts(self, actor: Actor, body: Body) -> Body:
        query = schemas.Query().load(body)
        with self.database.begin(actor) as session:
            return figures.list_facts(session, actor, query)

    @rpc
    def replay_state(self, actor: Actor, body: Body) -> Body:  # noqa: ARG002  # every rpc takes a body
        with self.database.begin(actor) as session:
            return figures.replay_state(session, actor)

    @on(UnitChanged)
    def take_units(self, states: list[UnitChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_units(session, states)

    @on(PersonChanged)
    def take_persons(self, states: list[PersonChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_persons(session, states)

    @on(CycleChanged)
    def take_cycles(self, states: list[CycleChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_cycles(session, states)
