"""The targets service at the wire: decode, open a session, one use case."""

from typing import Any

from services.targets.entrypoints.claims import ClaimEntrypoints
from services.targets.entrypoints.claims_moving import ClaimMovingEntrypoints
from services.targets.entrypoints.weights import WeightEntrypoints
from services.targets.schemas import cycles as cycle_schemas
from services.targets.schemas import organisation as organisation_schemas
from services.targets.schemas.fields import Page, load
from services.targets.usecases import (
    bureaus,
    cycles,
    indicators,
    library,
    organisation,
    persons,
    replay,
)
from shared.actor import Actor
from shared.service import Database, OutboxRelay, rpc

Body = dict[str, Any]


class TargetsService(ClaimEntrypoints, ClaimMovingEntrypoints, WeightEntrypoints):
    """Organisation, cycles and library here; allocation, claims and weights in the classes it is made of."""

    name = "targets"
    database = Database()
    relay = OutboxRelay()

    @rpc
    def create_bureau(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return bureaus.create_bureau(session, actor, load(organisation_schemas.CreateBureau, body))

    @rpc
    def list_bureaus(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return bureaus.list_bureaus(session, actor, load(Page, body))

    @rpc
    def import_organisation(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return organisation.import_organisation(session, actor, load(organisation_schemas.ImportOrganisation, body))

    @rpc
    def list_units(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return organisation.list_units(session, actor, load(organisation_schemas.UnitQuery, body))

    @rpc
    def get_unit(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return organisation.get_unit(session, actor, load(organisation_schemas.UnitKey, body))

    @rpc
    def list_positions(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return organisation.list_positions(session, actor, load(organisation_schemas.PositionQuery, body))

    @rpc
    def add_persons(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.add_persons(session, actor, load(organisation_schemas.AddPersons, body))

    @rpc
    def move_person(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.move_person(session, actor, load(organisation_schemas.MovePerson, body))

    @rpc
    def depart_person(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.depart_person(session, actor, load(organisation_schemas.DepartPerson, body))

    @rpc
    def list_persons(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.list_persons(session, actor, load(organisation_schemas.PersonQuery, body))

    @rpc
    def get_person(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.get_person(session, actor, load(organisation_schemas.PersonKey, body))

    @rpc
    def create_cycle(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return cycles.create_cycle(session, actor, load(cycle_schemas.CreateCycle, body))

    @rpc
    def change_cycle(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return cycles.change_cycle(session, actor, load(cycle_schemas.ChangeCycle, body))

    @rpc
    def move_cycle(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return cycles.move_cycle(session, actor, load(cycle_schemas.MoveCycle, body))

    @rpc
    def list_cycles(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return cycles.list_cycles(session, actor, load(Page, body))

    @rpc
    def get_cycle(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return cycles.get_cycle(session, actor, load(cycle_schemas.CycleKey, body))

    @rpc
    def import_library(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return library.import_library(session, actor, load(cycle_schemas.ImportLibrary, body))

    @rpc
    def publish_library(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return library.publish_library(session, actor, load(cycle_schemas.CycleKey, body))

    @rpc
    def list_indicators(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return indicators.list_indicators(session, actor, load(cycle_schemas.IndicatorQuery, body))

    @rpc
    def get_indicator(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return indicators.get_indicator(session, actor, load(cycle_schemas.IndicatorKey, body))

    @rpc
    def try_indicator(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return indicators.try_indicator(session, actor, load(cycle_schemas.TryIndicator, body))

    @rpc
    def replay_state(self, actor: Actor, body: Body) -> Body:  # noqa: ARG002  # every rpc has a body
        with self.database.begin(actor) as session:
            return replay.replay_state(session, actor)
