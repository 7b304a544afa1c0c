"""Rules of attendance by day, and clocks out of order."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.attendance.lists import DaysQuery
from shared.contracts.dated import DatedRuleDocument, NewDatedValue
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Empty,
    flag,
    instant,
    listing,
    paged,
    revision,
    text,
    word,
)
from shared.vocabulary.attendance import DOWN_STATES, RULES

_LONGEST = 31 * 24 * 3600  # seconds


class NewRule(NewDatedValue):
    rule = word(RULES, required=True)


class RuleOfAttendance(DatedRuleDocument):
    rule = word(RULES, required=True)


class RulesOfAttendance(Document):
    rules = listing(RuleOfAttendance)


class NewDown(Command):
    unit = text(20, "the whole bureau where absent", load_default=None, allow_none=True)
    starts_at = instant(data_key="from", required=True)
    ends_at = instant(data_key="to", required=True)
    reason = text(500, required=True)

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what ends before it starts or lasts longer than a month."""
        if not 0 < (data["ends_at"] - data["starts_at"]).total_seconds() <= _LONGEST:
            raise ValidationError("ends after it starts, within a month", "to")


class DownDecision(Command):
    down = fields.UUID(required=True)
    approve = flag(required=True)
    revision = revision(load_default=None, allow_none=True)


class DownQuery(DaysQuery):
    """``from`` and ``to``: the days that it touches."""

    unit = text(20, "the whole bureau's too", load_default=None)
    status = word(DOWN_STATES, load_default=None)


class DownStatus(Document):
    down = fields.String(required=True)
    status = word(DOWN_STATES, required=True)
    revision = fields.Integer(required=True)


class DownDocument(DownStatus):
    unit = fields.String(required=True, metadata={"description": "empty: the whole bureau"})
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    reason = fields.String(required=True)
    unit_name = fields.String(allow_none=True)
    proposed_by = fields.String(required=True)
    proposed_by_name = fields.String(allow_none=True)
    decided_by = fields.String(required=True)
    may_decide = flag("the reader may confirm or refuse it")


rules = Family("attendance", "attendance_rules", "考勤规则 rules by day, clocks out of order")

set_rule = rules.post("/attendance-rules", "set_rule", NewRule, RulesOfAttendance, may="may_set_rules")(
    "设定规则 let a rule hold from a day on"
)
list_rules = rules.get("/attendance-rules", "list_rules", Empty, RulesOfAttendance, may="anyone")(
    "考勤规则 what holds from when"
)
propose_down = rules.post("/device-downs", "propose_down", NewDown, DownStatus, may="may_propose_downs", status=201)(
    "登记设备停用 say that clocks were out of order"
)
decide_down = rules.post(
    "/device-downs/<down>/decide", "decide_down", DownDecision, DownStatus, may="may_confirm_downs"
)("确认设备停用 confirm it, as somebody else")
list_downs = rules.get("/device-downs", "list_downs", DownQuery, paged(DownDocument), may="anyone")(
    "设备停用时段 when clocks were out of order"
)
