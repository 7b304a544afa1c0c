"""The organisation and its staff at the wire."""

from typing import Any

from services.targets.schemas import organisation as schemas
from services.targets.schemas.fields import Page, load
from services.targets.usecases import (
    bureaus,
    lines,
    organisation,
    organisation_ahead,
    organisation_export,
    organisation_import,
    persons,
    unit_changes,
    whereabouts,
)
from shared.actor import Actor
from shared.service import Database, rpc

Body = dict[str, Any]


class OrganisationEntrypoints:
    database: Database

    @rpc
    def create_bureau(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return bureaus.create_bureau(session, actor, load(schemas.CreateBureau, body))

    @rpc
    def list_bureaus(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return bureaus.list_bureaus(session, actor, load(Page, body))

    @rpc
    def import_organisation(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return organisation_import.import_organisation(session, actor, load(schemas.ImportOrganisation, body))

    @rpc
    def export_organisation(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return organisation_export.export_organisation(session, actor, load(schemas.ExportOrganisation, body))

    @rpc
    def list_lines(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return lines.list_lines(session, actor, load(Page, body))

    @rpc
    def list_units(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return organisation.list_units(session, actor, load(schemas.UnitQuery, body))

    @rpc
    def get_unit(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return organisation.get_unit(session, actor, load(schemas.UnitKey, body))

    @rpc
    def change_unit(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return unit_changes.change_unit(session, actor, load(schemas.ChangeUnit, body))

    @rpc
    def list_scheduled(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return organisation_ahead.list_scheduled(session, actor, load(schemas.ScheduledQuery, body))

    @rpc
    def withdraw_scheduled(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return organisation_ahead.withdraw_scheduled(session, actor, load(schemas.WithdrawScheduled, body))

    @rpc
    def list_positions(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return organisation.list_positions(session, actor, load(schemas.PositionQuery, body))

    @rpc
    def list_places(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return whereabouts.list_places(session, actor, load(schemas.PlaceQuery, body))

    @rpc
    def add_persons(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.add_persons(session, actor, load(schemas.AddPersons, body))

    @rpc
    def change_person(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.change_person(session, actor, load(schemas.ChangePerson, body))

    @rpc
    def move_person(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.move_person(session, actor, load(schemas.MovePerson, body))

    @rpc
    def second_person(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.second_person(session, actor, load(schemas.SecondPerson, body))

    @rpc
    def recall_person(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.recall_person(session, actor, load(schemas.RecallPerson, body))

    @rpc
    def correct_places(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.correct_places(session, actor, load(schemas.CorrectPlaces, body))

    @rpc
    def depart_person(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.depart_person(session, actor, load(schemas.DepartPerson, body))

    @rpc
    def list_persons(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.list_persons(session, actor, load(schemas.PersonQuery, body))

    @rpc
    def get_person(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return persons.get_person(session, actor, load(schemas.PersonKey, body))
