"""Units and their positions: 科所、岗位."""

from marshmallow import fields

from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    SearchQuery,
    flag,
    line_code,
    listing,
    paged,
    revision,
    sort,
    word,
)
from shared.contracts.targets.fields import code, day, note, text
from shared.vocabulary.organisation import UNIT_KINDS

_ON = "as it was on this day"


class UnitQuery(SearchQuery):
    sort = sort("unit", "name", "kind", "line")
    kind = word(UNIT_KINDS, load_default=None, allow_none=True)
    line = line_code(load_default=None, allow_none=True)
    on = day(_ON, load_default=None, allow_none=True)


class UnitKey(Command):
    unit = code(required=True)


class UnitChange(Command):
    """What is not named stays."""

    unit = code(required=True)
    revision = revision(load_default=None, allow_none=True)
    name = text()
    line = line_code()
    parent = code(allow_none=True)
    notes = note(1000)
    active = flag("false closes the unit; nobody may be left in it")
    effective = day("today where absent; of a day to come it waits", load_default=None, allow_none=True)


class UnitState(Document):
    unit = fields.String(required=True)
    name = fields.String(required=True)
    kind = word(UNIT_KINDS, required=True)
    line = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    notes = fields.String(required=True)
    active = fields.Boolean(required=True)


class UnitVersion(UnitState):
    starts = fields.Date(required=True)


class NamedUnit(UnitState):
    line_name = fields.String(required=True, allow_none=True)
    parent_name = fields.String(required=True, allow_none=True)


class UnitItem(NamedUnit):
    revision = fields.Integer(metadata={"description": "absent where a past day was asked for"})


class UnitDocument(NamedUnit):
    revision = fields.Integer(required=True)
    history = listing(UnitVersion, "what it was, from when")


class PositionQuery(SearchQuery):
    sort = sort("position", "title", "unit_kind", "line")
    unit_kind = word(UNIT_KINDS, load_default=None, allow_none=True)
    on = day(_ON, load_default=None, allow_none=True)


class PositionItem(Document):
    position = fields.String(required=True)
    title = fields.String(required=True)
    unit_kind = word(UNIT_KINDS, required=True)
    line = fields.String(required=True)
    line_name = fields.String(required=True, allow_none=True)
    duties = fields.String(required=True)
    head = fields.Boolean(required=True)
    unit = fields.String(required=True, allow_none=True, metadata={"description": "null: in every unit of the kind"})
    unit_name = fields.String(required=True, allow_none=True)
    revision = fields.Integer(metadata={"description": "absent where a past day was asked for"})


units = Family("targets", "units", "科所与岗位 units and positions")

list_units = units.get("/units", "list_units", UnitQuery, paged(UnitItem), may="anyone", asked_again=True)(
    "科所列表 units"
)
get_unit = units.get("/units/<unit>", "get_unit", UnitKey, UnitDocument, may="anyone", etag=True)(
    "科所 one unit with its history"
)
change_unit = units.patch("/units/<unit>", "change_unit", UnitChange, UnitDocument, may="may_manage_organisation")(
    "变更单位 name, line, parent, notes, or that it is no more, today or on a day to come; needs If-Match"
)
list_positions = units.get(
    "/positions", "list_positions", PositionQuery, paged(PositionItem), may="anyone", asked_again=True
)("岗位列表 positions")
