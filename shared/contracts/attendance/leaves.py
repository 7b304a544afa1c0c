"""Leaves and outings."""

from datetime import datetime, timedelta
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.attendance.lists import NamedDocument, PeopleQuery
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    batch,
    day,
    flag,
    instant,
    listing,
    note,
    paged,
    revision,
    text,
    word,
)
from shared.vocabulary.attendance import BY_THE_HOUR, HALVES, LEAVE_KINDS, LEAVE_STATES, LEAVE_STEPS
from shared.vocabulary.zones import SHANGHAI

_ORDER = ("am", "pm")
_LONGEST = 366
_DAY = timedelta(days=1)


class NewLeave(Command):
    """Leave or an outing, as approved; by half-days, some kinds also by the hour."""

    person = text(20, required=True)
    kind = word(LEAVE_KINDS, required=True)
    first = day(required=True)
    last = day(required=True)
    first_half = word(HALVES, load_default="am")
    last_half = word(HALVES, load_default="pm")
    starts_at = instant("local time, of what is taken by the hour", data_key="from", load_default=None, allow_none=True)
    ends_at = instant(data_key="to", load_default=None, allow_none=True)
    reason = note(500, load_default="")

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a leave that ends before it starts, or hours that lie outside of its days."""
        starts = (data["first"], _ORDER.index(data["first_half"]))
        if starts > (data["last"], _ORDER.index(data["last_half"])):
            raise ValidationError("ends before it starts", "last")
        if (data["last"] - data["first"]).days > _LONGEST:
            raise ValidationError("longer than a year", "last")
        if (data["starts_at"] is None) != (data["ends_at"] is None):
            raise ValidationError("`from` and `to` belong together", "to")
        if data["starts_at"] is not None:
            _check_hours(data)


class RequestedLeave(NewLeave):
    """Leave or an outing of one's own."""

    class Meta(NewLeave.Meta):
        exclude = ("person",)


class RequestedLeaves(Command):
    leaves = batch(RequestedLeave)


class LeaveDecision(Command):
    leave = fields.UUID(required=True)
    approve = flag(required=True)
    reason = note(500, load_default="")
    revision = revision(load_default=None, allow_none=True)


class LeaveEnd(Command):
    leave = fields.UUID(required=True)
    last = day("the last day on leave", required=True)
    last_half = word(HALVES, load_default="pm")
    ends_at = instant(
        "when the person was back, of what was taken by the hour", data_key="to", load_default=None, allow_none=True
    )
    revision = revision(load_default=None, allow_none=True)


class LeaveQuery(PeopleQuery):
    kind = word(LEAVE_KINDS, load_default=None)
    status = word(LEAVE_STATES, load_default=None)


class NewLeaves(Command):
    leaves = batch(NewLeave)


class OneLeave(Command):
    leave = fields.UUID(required=True)


class RegisteredLeaves(Document):
    leaves = listing(fields.String(), "ids in the order given")


class LeaveStatus(Document):
    leave = fields.String(required=True)
    status = word(LEAVE_STATES, required=True)
    revision = fields.Integer(required=True)


class LeaveStep(Document):
    step = word(LEAVE_STEPS, required=True)
    by = fields.String(required=True)
    by_name = fields.String(metadata={"description": "absent where it was decided before names were kept"})
    at = fields.AwareDateTime(required=True)
    reason = fields.String(required=True)


class LeaveItem(Document):
    leave = fields.String(required=True)
    person = fields.String(required=True)
    kind = word(LEAVE_KINDS, required=True)
    first = fields.Date(required=True)
    first_half = word(HALVES, required=True)
    last = fields.Date(required=True)
    last_half = word(HALVES, required=True)
    starts_at = fields.AwareDateTime(data_key="from", required=True, allow_none=True)
    ends_at = fields.AwareDateTime(data_key="to", required=True, allow_none=True)
    reason = fields.String(required=True)
    status = word(LEAVE_STATES, required=True)
    revision = fields.Integer(required=True)


class LeaveDocument(LeaveItem, NamedDocument):
    requested_by = fields.String(required=True)
    steps = listing(LeaveStep, "who decided what, when")


leaves = Family("attendance", "leaves", "请假外出 leaves and outings")

register_leaves = leaves.post(
    "/leaves", "register_leaves", NewLeaves, RegisteredLeaves, may="may_approve_leave", status=201
)("登记请假外出 register approved leaves and outings")
list_leaves = leaves.get("/leaves", "list_leaves", LeaveQuery, paged(LeaveDocument), may="anyone")(
    "请假外出列表 leaves and outings of whom one may see"
)
request_leaves = leaves.post(
    "/leaves/requests", "request_leaves", RequestedLeaves, RegisteredLeaves, may="may_request", status=201
)("申请请假外出 ask for leave or an outing of one's own")
decide_leave = leaves.post(
    "/leaves/<leave>/decide", "decide_leave", LeaveDecision, LeaveStatus, may="may_decide_leave"
)("审批请假 approve or refuse; a head endorses what is long, HR forwards what is longer")
end_leave = leaves.post("/leaves/<leave>/end", "end_leave", LeaveEnd, LeaveStatus, may="may_end_leave")(
    "销假 end a leave earlier, as the person is back"
)
withdraw_leave = leaves.post(
    "/leaves/<leave>/withdraw", "withdraw_leave", OneLeave, LeaveStatus, may="may_withdraw_leave"
)("撤销请假 take back a leave that was not taken")


def _check_hours(data: dict[str, Any]) -> None:
    if data["kind"] not in BY_THE_HOUR:
        raise ValidationError(f"only {', '.join(BY_THE_HOUR)} are taken by the hour", "from")
    starts, ends = _local(data["starts_at"]), _local(data["ends_at"])
    if not starts < ends or starts.date() < data["first"] or ends.date() > data["last"]:
        raise ValidationError("`to` after `from`, within `first` and `last`", "to")
    if ends - starts >= _DAY or (ends.date() - starts.date()).days > 1:
        raise ValidationError("hours of one day, or of one night shift: more is leave by the half-day", "to")


def _local(at: datetime) -> datetime:
    return at.astimezone(SHANGHAI)
