"""Bureaus, lines, units and positions: 总口、口、科所、岗位."""

from typing import Any

from flask import Response
from marshmallow import fields
from marshmallow.validate import Length

from gateway.api.core import Command, Document, PageQuery, blueprint, etag, if_match, paged, text
from gateway.api.sheets import (
    FILE,
    MEGABYTES,
    ExportQuery,
    ImportQuery,
    ImportReport,
    file_answer,
    sheets,
    uploads,
)
from gateway.rpc import call

organisation = blueprint("organisation", "机构 bureaus, lines, units and positions")


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
    persons = fields.Nested(Tally, required=True)
    effective = fields.Date(required=True, metadata={"description": "from when units and positions are so"})


class OrganisationImport(ImportQuery):
    effective = fields.Date(
        metadata={"description": "from when changes hold; today where absent; of a day to come it waits"}
    )


class LineDocument(Document):
    line = fields.String(required=True)
    name = fields.String(required=True)


class UnitQuery(PageQuery):
    kind = text(20)
    line = text(40)
    on = fields.Date(metadata={"description": "as it was on this day"})


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
    revision = fields.Integer(metadata={"description": "absent where a past day was asked for"})
    history = fields.List(fields.Dict(), metadata={"description": "of one unit: what it was, from when"})


class UnitBody(Command):
    name = text(200)
    line = text(40)
    parent = text(20, allow_none=True)
    notes = fields.String(validate=Length(max=1000))
    active = fields.Boolean(metadata={"description": "false closes the unit; nobody may be left in it"})
    effective = fields.Date(metadata={"description": "today where absent; of a day to come it waits"})


class ScheduledKey(Command):
    kind = text(20, required=True, metadata={"description": "unit, position, person"})
    code = text(20, required=True)
    starts = fields.Date(required=True)


class FieldChange(Document):
    field = fields.String(required=True)
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class ScheduledDocument(Document):
    kind = fields.String(required=True, metadata={"description": "unit, position, person"})
    code = fields.String(required=True)
    name = fields.String(required=True)
    starts = fields.Date(required=True)
    changes = fields.List(fields.Nested(FieldChange), required=True)
    by = fields.String(required=True)


class PositionQuery(PageQuery):
    unit_kind = text(20)
    on = fields.Date(metadata={"description": "as it was on this day"})


class PositionDocument(Document):
    position = fields.String(required=True)
    title = fields.String(required=True)
    unit_kind = fields.String(required=True)
    line = fields.String(required=True)
    duties = fields.String(required=True)
    head = fields.Boolean(required=True)
    unit = fields.String(required=True, allow_none=True, metadata={"description": "null: in every unit of the kind"})
    revision = fields.Integer(required=True)


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
@organisation.arguments(OrganisationImport, location="query")
@organisation.response(200, OrganisationReport)
@uploads("lines", "organisation", "positions", "persons", megabytes=MEGABYTES)
def import_organisation(query: dict[str, Any]) -> dict[str, Any]:
    """导入机构、岗位与人员 the sheets lines, organisation, positions, persons (any may be absent), whole or not at all"""
    parts = sheets(optional=("lines", "organisation", "positions", "persons"))
    return call("targets", "import_organisation", {**query, "sheets": parts})


@organisation.route("/organisation/export")
@organisation.arguments(ExportQuery, location="query")
@organisation.response(200, FILE, content_type="application/octet-stream")
def export_organisation(query: dict[str, Any]) -> Response:
    """导出机构、岗位与人员 a workbook for people, or one sheet as .csv; either imports back to the same"""
    return file_answer(call("targets", "export_organisation", query, read=True))


@organisation.route("/lines")
@organisation.response(200, paged(LineDocument))
def list_lines() -> dict[str, Any]:
    """口 the bureau's lines, in its order"""
    return call("targets", "list_lines", {}, read=True)


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


@organisation.route("/units/<unit>", methods=["PATCH"])
@organisation.arguments(UnitBody)
@organisation.response(200, UnitDocument)
def change_unit(command: dict[str, Any], unit: str) -> Any:
    """变更单位 name, line, parent, notes, or that it is no more, today or on a day to come; needs If-Match"""
    return etag(call("targets", "change_unit", {**command, "unit": unit, "revision": if_match()}))


@organisation.route("/organisation/scheduled")
@organisation.response(200, paged(ScheduledDocument))
def list_scheduled() -> dict[str, Any]:
    """预定变动 what units, positions and persons will be on days to come"""
    return call("targets", "list_scheduled", {}, read=True)


@organisation.route("/organisation/scheduled/withdraw", methods=["POST"])
@organisation.arguments(ScheduledKey)
@organisation.response(200, paged(ScheduledDocument))
def withdraw_scheduled(command: dict[str, Any]) -> dict[str, Any]:
    """撤回预定变动 the change of that day is not to come about; answers with what still waits"""
    return call("targets", "withdraw_scheduled", command)


@organisation.route("/positions")
@organisation.arguments(PositionQuery, location="query")
@organisation.response(200, paged(PositionDocument))
def list_positions(query: dict[str, Any]) -> dict[str, Any]:
    """岗位列表 positions"""
    return call("targets", "list_positions", query, read=True)
