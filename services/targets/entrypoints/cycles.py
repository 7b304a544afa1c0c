"""Cycles and their model at the wire."""

from typing import Any

from services.targets.schemas import cycles as schemas
from services.targets.schemas.fields import Page, load
from services.targets.usecases import cycles, models
from shared.actor import Actor
from shared.service import Database, rpc

Body = dict[str, Any]


class CycleEntrypoints:
    database: Database

    @rpc
    def create_cycle(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return cycles.create_cycle(session, actor, load(schemas.CreateCycle, body))

    @rpc
    def change_cycle(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return cycles.change_cycle(session, actor, load(schemas.ChangeCycle, body))

    @rpc
    def move_cycle(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return cycles.move_cycle(session, actor, load(schemas.MoveCycle, body))

    @rpc
    def list_cycles(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return cycles.list_cycles(session, actor, load(Page, body))

    @rpc
    def get_cycle(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return cycles.get_cycle(session, actor, load(schemas.CycleKey, body))

    @rpc
    def revise_model(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return models.revise_model(session, actor, load(schemas.ReviseModel, body))

    @rpc
    def withdraw_model(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return models.withdraw_model(session, actor, load(schemas.CycleKey, body))

    @rpc
    def list_models(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return models.list_models(session, actor, load(schemas.CycleKey, body))

    @rpc
    def get_model(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return models.get_model(session, actor, load(schemas.ModelQuery, body))
