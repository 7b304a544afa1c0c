"""What somebody is allowed: daily time off, days of leave in a year."""

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Range

from shared.contracts.attendance.lists import NamedDocument, PeopleQuery
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    Exact,
    PageQuery,
    batch,
    day,
    listing,
    note,
    paged,
    revision,
    text,
    whole,
    word,
    year,
)
from shared.vocabulary.attendance import ALLOWANCE_KINDS, LEAVE_KINDS

_MOST = 240  # minutes
_LONGEST = 1100  # days
_HALF = Decimal("0.5")


class NewAllowance(Command):
    person = text(20, required=True)
    kind = word(ALLOWANCE_KINDS, load_default="nursing")
    starts = day("the first day", required=True)
    ends = day("the last day", required=True)
    arrive_later = whole(0, _MOST, "minutes after the day's start", load_default=0)
    leave_earlier = whole(0, _MOST, "minutes before its end", load_default=0)
    reason = note(500, load_default="")

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what ends before it starts, lasts for years or allows nothing."""
        if not 0 <= (data["ends"] - data["starts"]).days <= _LONGEST:
            raise ValidationError("not before `starts`, within three years", "ends")
        if not 0 < data["arrive_later"] + data["leave_earlier"] <= _MOST:
            raise ValidationError("together between 1 and 240 minutes", "arrive_later")


class NewAllowances(Command):
    allowances = batch(NewAllowance)


class GivenAllowances(Document):
    allowances = listing(fields.String(), "ids in the order given")


class AllowanceEnd(Command):
    allowance = fields.UUID(required=True)
    last = day("the last day on which it holds; before its first: it never held", required=True)
    revision = revision(load_default=None, allow_none=True)


class EndedAllowance(Document):
    allowance = fields.String(required=True)
    ends = fields.Date(required=True)
    revision = fields.Integer(required=True)


class AllowanceDocument(NamedDocument):
    allowance = fields.String(required=True)
    person = fields.String(required=True)
    kind = word(ALLOWANCE_KINDS, required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True)
    arrive_later = fields.Integer(required=True)
    leave_earlier = fields.Integer(required=True)
    reason = fields.String(required=True)
    given_by = fields.String(required=True)
    revision = fields.Integer(required=True)


class Entitlement(Command):
    """How much leave of a kind one person has in a year; of 补休, what is brought over from before."""

    person = text(20, required=True)
    year = year(required=True)
    kind = word(LEAVE_KINDS, required=True)
    days = Exact(validate=Range(Decimal(0), Decimal(366)), required=True, metadata={"description": "in half days: 7.5"})
    reason = note(500, load_default="")

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what is no number of half days."""
        if data["days"] % _HALF:
            raise ValidationError("whole or half days", "days")

    @post_load
    def in_halves(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return the days as the number of half days."""
        return {**data, "half_days": int(data.pop("days") / _HALF)}


class Entitlements(Command):
    entitlements = batch(Entitlement)


class SetEntitlements(Document):
    set = fields.Integer(required=True)


class BalanceQuery(PageQuery):
    year = year(required=True)
    person = text(20, load_default=None)
    unit = text(20, "where the person works", load_default=None)


class InDays(Document):
    limit = fields.String(required=True, allow_none=True, metadata={"description": "null: no limit"})
    earned = fields.String(required=True, metadata={"description": "by duties and days of rest at work (补休)"})
    taken = fields.String(required=True)
    waiting = fields.String(required=True, metadata={"description": "asked for, not decided yet"})
    left = fields.String(required=True, allow_none=True)


class InMinutes(Document):
    limit = fields.Integer(required=True, allow_none=True)
    earned = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    left = fields.Integer(required=True, allow_none=True)


class KindOfLeave(Document):
    kind = word(LEAVE_KINDS, required=True)
    days = fields.Nested(InDays, required=True)
    minutes = fields.Nested(InMinutes, required=True)


class BalanceDocument(NamedDocument):
    person = fields.String(required=True)
    year = fields.String(required=True)
    kinds = listing(KindOfLeave)


allowances = Family("attendance", "allowances", "每日时间与假期额度 daily time off, days of leave in a year")

give_allowances = allowances.post(
    "/daily-allowances", "give_allowances", NewAllowances, GivenAllowances, may="may_give_allowances", status=201
)("登记每日时间 let persons come later or leave earlier every day (哺乳时间)")
list_allowances = allowances.get(
    "/daily-allowances", "list_allowances", PeopleQuery, paged(AllowanceDocument), may="anyone"
)("每日时间列表 daily time off of whom one may see")
end_allowance = allowances.post(
    "/daily-allowances/<allowance>/end", "end_allowance", AllowanceEnd, EndedAllowance, may="may_give_allowances"
)("结束每日时间 end it earlier")
set_entitlements = allowances.post(
    "/leave-entitlements", "set_entitlements", Entitlements, SetEntitlements, may="may_set_entitlements"
)("核定假期额度 set how much leave of a kind persons have in a year")
list_balances = allowances.get("/leave-balances", "list_balances", BalanceQuery, paged(BalanceDocument), may="anyone")(
    "假期余额 what a year gives, what was taken, what is left, of whom one may see"
)
