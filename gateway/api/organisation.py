"""Bureaus, units, positions and persons: 总口、口、科所、岗位、人员."""

from typing import Any

from marshmallow import fields

from gateway.api.core import Command, Document, PageQuery, batch, blueprint, etag, if_match, paged, text
from gateway.api.sheets import ImportQuery, ImportReport, sheets, uploads
from gateway.rpc import call

organisation = blueprint("organisation", "机构与人员 bureaus, units, positions and persons")


class BureauBody(Command):
    bureau = text(20, required=True, metadata={"description": "code of the bureau"})
    name = text(required=True)


class BureauDocument(Document):
    bureau = fields.String(required=True)
    name = fields.String(required=True)


class Tally(Document):
    rows = fields.Integer(required=True)
    created = fields.Integer(required=True)
    updated = fields.Integer(required=True)


class OrganisationReport(ImportReport):
    units = fields.Nested(Tally, required=True)
    positions = fields.Nested(Tally, required=True)


class UnitQuery(PageQuery):
    kind = text(20)
    line = text(40)


class UnitDocument(Document):
    unit = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(
        required=True, metadata={"description": "bureau, division, station, centre, association, body"}
    )
    line = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    notes = fields.String(required=True)
    active = fields.Boolean(required=True)
    revision = fields.Integer(required=True)


class PositionQuery(PageQuery):
    unit_kind = text(20)


class PositionDocument(Document):
    position = fields.String(required=True)
    title = fields.String(required=True)
    unit_kind = fields.String(required=True)
    line = fields.String(required=True)
    duties = fields.String(required=True)
    head = fields.Boolean(required=True)
    unit = fields.String(required=True, allow_none=True, metadata={"description": "null: in every unit of the kind"})
    revision = fields.Integer(required=True)


class PlaceBody(Command):
    unit = text(20, required=True)
    position = text(20, required=True)
    starts = fields.Date(required=True)


class NewPerson(PlaceBody):
    person = text(20, required=True, metadata={"description": "code, also the number on the clocks"})
    name = text(50, required=True)


class NewPersons(Command):
    persons = batch(NewPerson)


class Departure(Command):
    last_day = fields.Date(required=True)


class PersonQuery(PageQuery):
    unit = text(20)
    line = text(40)


class AssignmentDocument(Document):
    unit = fields.String(required=True)
    line = fields.String(required=True)
    position = fields.String(required=True)
    head = fields.Boolean(required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True, allow_none=True)


class PersonDocument(Document):
    person = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    line = fields.String(required=True)
    position = fields.String(required=True)
    head = fields.Boolean(required=True)
    active = fields.Boolean(required=True)
    revision = fields.Integer(required=True)
    assignments = fields.List(fields.Nested(AssignmentDocument), required=True)


@organisation.route("/bureaus", methods=["POST"])
@organisation.arguments(BureauBody)
@organisation.response(201, BureauDocument)
def create_bureau(command: dict[str, Any]) -> dict[str, Any]:
    """新建分局 a bureau of this installation; by its administrator"""
    return call("targets", "create_bureau", command)


@organisation.route("/bureaus")
@organisation.arguments(PageQuery, location="query")
@organisation.response(200, paged(BureauDocument))
def list_bureaus(query: dict[str, Any]) -> dict[str, Any]:
    """分局列表 all bureaus for the installation's administrator, one's own for others"""
    return call("targets", "list_bureaus", query, read=True)


@organisation.route("/organisation/import", methods=["POST"])
@organisation.arguments(ImportQuery, location="query")
@organisation.response(200, OrganisationReport)
@uploads("organisation", "positions", megabytes=5)
def import_organisation(query: dict[str, Any]) -> dict[str, Any]:
    """导入机构与岗位 the sheets organisation and positions (either may be absent), whole or not at all"""
    parts = sheets(optional=("organisation", "positions"))
    return call("targets", "import_organisation", {**query, "sheets": parts})


@organisation.route("/units")
@organisation.arguments(UnitQuery, location="query")
@organisation.response(200, paged(UnitDocument))
def list_units(query: dict[str, Any]) -> dict[str, Any]:
    """科所列表 units"""
    return call("targets", "list_units", query, read=True)


@organisation.route("/units/<unit>")
@organisation.response(200, UnitDocument)
def get_unit(unit: str) -> Any:
    """科所 one unit"""
    return etag(call("targets", "get_unit", {"unit": unit}, read=True))


@organisation.route("/positions")
@organisation.arguments(PositionQuery, location="query")
@organisation.response(200, paged(PositionDocument))
def list_positions(query: dict[str, Any]) -> dict[str, Any]:
    """岗位列表 positions"""
    return call("targets", "list_positions", query, read=True)


@organisation.route("/persons", methods=["POST"])
@organisation.arguments(NewPersons)
@organisation.response(201, paged(PersonDocument))
def add_persons(command: dict[str, Any]) -> dict[str, Any]:
    """批量录入人员 up to 500 new persons with their first place, all or none"""
    return call("targets", "add_persons", command)


@organisation.route("/persons")
@organisation.arguments(PersonQuery, location="query")
@organisation.response(200, paged(PersonDocument))
def list_persons(query: dict[str, Any]) -> dict[str, Any]:
    """人员列表 persons, by the place they hold today"""
    return call("targets", "list_persons", query, read=True)


@organisation.route("/persons/<person>")
@organisation.response(200, PersonDocument)
def get_person(person: str) -> Any:
    """人员 one person with the places they held"""
    return etag(call("targets", "get_person", {"person": person}, read=True))


@organisation.route("/persons/<person>/assignments", methods=["POST"])
@organisation.arguments(PlaceBody)
@organisation.response(201, PersonDocument)
def move_person(command: dict[str, Any], person: str) -> Any:
    """调动 another place from a date on; If-Match guards against others' changes"""
    body = {**command, "person": person, "revision": if_match(required=False)}
    return etag(call("targets", "move_person", body), 201)


@organisation.route("/persons/<person>/departure", methods=["POST"])
@organisation.arguments(Departure)
@organisation.response(201, PersonDocument)
def depart_person(command: dict[str, Any], person: str) -> Any:
    """离任 the last day of the last place"""
    body = {**command, "person": person, "revision": if_match(required=False)}
    return etag(call("targets", "depart_person", body), 201)
