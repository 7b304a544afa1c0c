"""Shifts and who works by them."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from shared.contracts.attendance.lists import NamedDocument, PeopleQuery
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    PageQuery,
    batch,
    day,
    listing,
    note,
    paged,
    text,
    whole,
)

_LATEST = 2880  # the end of the second day


class NewShift(Command):
    shift = text(20, required=True)
    name = text(100, required=True)
    spans = fields.List(
        fields.List(whole(0, _LATEST), validate=Length(equal=2)),
        required=True,
        validate=Length(1, 2),
        metadata={"description": "one span of work (two punches a day) or two (four punches); minutes after midnight"},
    )
    tolerance = whole(0, _LATEST, "minutes late or early not held against anyone", load_default=5)
    absent_after = whole(0, _LATEST, "minutes late or early that make half a day's absence", load_default=120)
    opens_before = whole(0, _LATEST, "minutes before the start from which punches count", load_default=240)
    flex = whole(0, _LATEST, "minutes one may come later, to leave as much later", load_default=0)


class ShiftAssignment(Command):
    person = note(20, "the whole bureau where absent", load_default="")
    shift = text(20, "null: exempt, or punching elsewhere", required=True, allow_none=True)
    starts = day(required=True)
    ends = day("the last day; what held before holds again after it", load_default=None, allow_none=True)
    rotation = fields.List(
        text(20, allow_none=True),
        load_default=list,
        validate=Length(max=60),
        metadata={
            "description": "shifts that follow each other day by day from `starts` on, null: a day of rest; then `shift` is null"
        },
    )

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what ends before it starts, and a rotation beside a shift or of rest alone."""
        if data["ends"] is not None and data["ends"] < data["starts"]:
            raise ValidationError("not before `starts`", "ends")
        if data["rotation"] and (data["shift"] is not None or len(data["rotation"]) < 2 or not any(data["rotation"])):
            raise ValidationError("two days or more, one of work, and no `shift` beside it", "rotation")


class ShiftAssignments(Command):
    assignments = batch(ShiftAssignment)


class AddedShift(Document):
    shift = fields.String(required=True)


class AssignedShifts(Document):
    assigned = fields.Integer(required=True)


class AssignmentQuery(PeopleQuery):
    """``from`` and ``to``: those that hold on a day between them; a later one may stand before them."""


class AssignmentDocument(NamedDocument):
    person = fields.String(required=True, metadata={"description": "empty: the bureau"})
    shift = fields.String(required=True, allow_none=True, metadata={"description": "null: exempt, or rotating"})
    rotation = listing(fields.String(allow_none=True), "a day each from `starts` on; null: a day of rest")
    starts = fields.Date(required=True)
    ends = fields.Date(required=True, allow_none=True)


class ShiftDocument(Document):
    shift = fields.String(required=True)
    name = fields.String(required=True)
    spans = fields.List(fields.List(fields.Integer()), required=True)
    tolerance = fields.Integer(required=True)
    absent_after = fields.Integer(required=True)
    opens_before = fields.Integer(required=True)
    flex = fields.Integer(required=True)


shifts = Family("attendance", "shifts", "班次 shifts")

add_shift = shifts.post("/shifts", "add_shift", NewShift, AddedShift, may="may_set_shifts", status=201)(
    "新增班次 add a shift; shifts never change, closed months were judged by them"
)
list_shifts = shifts.get("/shifts", "list_shifts", PageQuery, paged(ShiftDocument), may="anyone")("班次列表 shifts")
list_assignments = shifts.get(
    "/shifts/assignments", "list_assignments", AssignmentQuery, paged(AssignmentDocument), may="anyone"
)("排班列表 who works by what from when to when, of whom one may see")
assign_shift = shifts.post(
    "/shifts/assignments", "assign_shift", ShiftAssignments, AssignedShifts, may="may_set_shifts", status=201
)("排班 let persons or the bureau work by a shift from a day on")
