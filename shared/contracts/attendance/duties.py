"""值班: who is on duty beside the shift."""

from datetime import timedelta
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.attendance.lists import NamedDocument, PeopleQuery
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, batch, instant, listing, paged, revision, text, word
from shared.vocabulary.attendance import DUTY_STATES, LONGEST_DUTY


class NewDuty(Command):
    person = text(20, required=True)
    name = text(100, "what it is: 带班, 值班, 夜间值守", required=True)
    starts_at = instant(data_key="from", required=True)
    ends_at = instant(data_key="to", required=True)

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what ends before it starts or lasts longer than two days."""
        if not timedelta() < data["ends_at"] - data["starts_at"] <= LONGEST_DUTY:
            raise ValidationError("after `from`, within 48 hours", "to")


class NewDuties(Command):
    duties = batch(NewDuty)


class CalledDuties(Document):
    duties = listing(fields.String(), "ids in the order given")


class OneDuty(Command):
    duty = fields.UUID(required=True)
    revision = revision(load_default=None, allow_none=True)


class DutyStatus(Document):
    duty = fields.String(required=True)
    status = word(DUTY_STATES, required=True)
    revision = fields.Integer(required=True)


class DutyQuery(PeopleQuery):
    status = word(DUTY_STATES, load_default=None)


class DutyDocument(DutyStatus, NamedDocument):
    person = fields.String(required=True)
    name = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    called_by = fields.String(required=True)


duties = Family("attendance", "duties", "值班 duties beside the shift")

call_duties = duties.post("/duties", "call_duties", NewDuties, CalledDuties, may="may_call_duties", status=201)(
    "安排值班 put persons on duty; a duty stood gives days off"
)
list_duties = duties.get("/duties", "list_duties", DutyQuery, paged(DutyDocument), may="anyone")(
    "值班列表 duties of whom one may see"
)
withdraw_duty = duties.post("/duties/<duty>/withdraw", "withdraw_duty", OneDuty, DutyStatus, may="may_call_duties")(
    "取消值班 take somebody off duty"
)
