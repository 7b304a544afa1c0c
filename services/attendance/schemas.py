"""What attendance takes in. Meaning is checked by the use cases; here only form."""

from datetime import date, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range, Regexp

from services.attendance.domain.leaves import AFTERNOON, COUNTS_AS_ATTENDED, FORENOON, OUTING
from services.attendance.domain.shifts import Shift, Span
from shared.clock import SHANGHAI

LARGEST_BATCH = 500
_LARGEST_PUSH = 100_000
_MINUTES = Range(0, 2880)
_HALVES = {"am": FORENOON, "pm": AFTERNOON}


_YEARS = range(1990, 2100)


def _possible(given: date) -> None:
    """A day or a moment that the bureau can mean; past these no calendar counts and no zone converts."""
    if given.year not in _YEARS:
        raise ValidationError(f"between {_YEARS.start} and {_YEARS.stop - 1}")


class Command(Schema):
    class Meta:
        unknown = RAISE


class LocalTime(fields.NaiveDateTime):
    """A moment on the bureau's wall clock; a zone, where given, is converted."""

    def __init__(self, **options: Any) -> None:
        super().__init__(timezone=SHANGHAI, validate=_possible, **options)  # type: ignore[arg-type]  # any tzinfo serves


def _code(**options: Any) -> fields.String:
    return fields.String(validate=Length(1, 20), **options)


def _batch(item: type[Schema]) -> fields.List[Any]:
    return fields.List(fields.Nested(item), required=True, validate=Length(1, LARGEST_BATCH))


class Query(Command):
    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=100)
    person = _code(load_default=None, allow_none=True)
    status = fields.String(load_default=None, allow_none=True)
    layer = fields.String(load_default=None, allow_none=True)
    state = fields.String(load_default="stored", validate=OneOf(("stored", "parked", "suspect")))
    month = fields.String(load_default=None, allow_none=True, validate=Regexp(r"\A\d{4}-(0[1-9]|1[0-2])\Z"))


class PushedPunch(Command):
    pin = fields.String(required=True, validate=Length(1, 64))
    time = fields.NaiveDateTime(required=True)
    status = fields.Integer(required=True, strict=True, validate=Range(0, 2**31 - 1))
    verify = fields.Integer(required=True, strict=True, validate=Range(0, 2**31 - 1))
    raw = fields.String(required=True)


class RejectedLine(Command):
    raw = fields.String(required=True)
    reason = fields.String(required=True, validate=Length(1, 20))


class Push(Command):
    serial = fields.String(required=True, validate=Length(1, 64))
    address = fields.String(load_default="")
    punches = fields.List(fields.Nested(PushedPunch), load_default=list, validate=Length(max=_LARGEST_PUSH))
    rejected = fields.List(fields.Nested(RejectedLine), load_default=list, validate=Length(max=_LARGEST_PUSH))


class Sign(Command):
    serial = fields.String(required=True, validate=Length(1, 64))
    address = fields.String(load_default="")
    info = fields.String(load_default="", validate=Length(max=2000))


class NewDevice(Command):
    serial = fields.String(required=True, validate=Regexp(r"\A[0-9A-Za-z._-]{1,64}\Z"))
    name = fields.String(required=True, validate=Length(1, 100))
    place = fields.String(load_default="", validate=Length(max=200))


class OneDevice(Command):
    serial = fields.String(required=True, validate=Length(1, 64))
    revision = fields.Integer(load_default=None, allow_none=True)


class NewEnrolment(Command):
    pin = fields.String(required=True, validate=Length(1, 64))
    person = _code(required=True)


class NewEnrolments(Command):
    enrolments = _batch(NewEnrolment)


class NewShift(Command):
    shift = _code(required=True)
    name = fields.String(required=True, validate=Length(1, 100))
    spans = fields.List(
        fields.List(fields.Integer(strict=True, validate=_MINUTES), validate=Length(equal=2)),
        required=True,
        validate=Length(1, 2),
    )
    tolerance = fields.Integer(load_default=5, strict=True, validate=_MINUTES)
    absent_after = fields.Integer(load_default=120, strict=True, validate=_MINUTES)
    opens_before = fields.Integer(load_default=240, strict=True, validate=_MINUTES)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Shift:
        spans = tuple(Span(starts, ends) for starts, ends in data["spans"])
        return Shift(data["shift"], data["name"], spans, data["tolerance"], data["absent_after"], data["opens_before"])


class ShiftAssignment(Command):
    person = fields.String(load_default="", validate=Length(max=20))
    shift = _code(required=True)
    starts = fields.Date(required=True, validate=_possible)


class ShiftAssignments(Command):
    assignments = _batch(ShiftAssignment)


class NewLeave(Command):
    """By half-days (``first``, ``last`` with ``am``/``pm``), or for an outing by the hour (``from``, ``to`` of one day)."""

    person = _code(required=True)
    kind = fields.String(required=True, validate=OneOf(sorted(COUNTS_AS_ATTENDED)))
    first = fields.Date(required=True, validate=_possible)
    last = fields.Date(required=True, validate=_possible)
    first_half = fields.String(load_default="am", validate=OneOf(list(_HALVES)))
    last_half = fields.String(load_default="pm", validate=OneOf(list(_HALVES)))
    starts_at = LocalTime(data_key="from", load_default=None, allow_none=True)
    ends_at = LocalTime(data_key="to", load_default=None, allow_none=True)
    reason = fields.String(load_default="", validate=Length(max=500))

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        if (data["first"], _HALVES[data["first_half"]]) > (data["last"], _HALVES[data["last_half"]]):
            raise ValidationError("ends before it starts", "last")
        if (data["last"] - data["first"]).days > 366:
            raise ValidationError("longer than a year", "last")
        if (data["starts_at"] is None) != (data["ends_at"] is None):
            raise ValidationError("`from` and `to` belong together", "to")
        if data["starts_at"] is not None:
            _check_hours(data)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        hours = {name: _aware(data[name]) for name in ("starts_at", "ends_at")}
        halves = {name: _HALVES[data[name]] for name in ("first_half", "last_half")}
        return {**data, **hours, **halves}


class NewLeaves(Command):
    leaves = _batch(NewLeave)


class OneLeave(Command):
    leave = fields.UUID(required=True)


class NewCorrection(Command):
    person = _code(required=True)
    day = fields.Date(required=True, validate=_possible)
    point = fields.String(required=True, validate=OneOf(("arrive", "noon_out", "noon_in", "depart")))
    reason = fields.String(required=True, validate=Length(1, 500))
    at = fields.AwareDateTime(load_default=None, allow_none=True, default_timezone=SHANGHAI, validate=_possible)


class NewCorrections(Command):
    corrections = _batch(NewCorrection)


class NewGathering(Command):
    kind = fields.String(required=True, validate=OneOf(("meeting", "study")))
    name = fields.String(required=True, validate=Length(1, 200))
    opens_at = fields.AwareDateTime(required=True, default_timezone=SHANGHAI, validate=_possible)
    closes_at = fields.AwareDateTime(required=True, default_timezone=SHANGHAI, validate=_possible)
    persons = fields.List(_code(), load_default=list, validate=Length(max=5000))
    units = fields.List(_code(), load_default=list, validate=Length(max=500))
    everyone = fields.Boolean(load_default=False)

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        if not 0 < (data["closes_at"] - data["opens_at"]).total_seconds() <= 24 * 3600:
            raise ValidationError("closes after it opens, within a day", "closes_at")


class NewGatherings(Command):
    gatherings = _batch(NewGathering)


class OneGathering(Command):
    gathering = fields.UUID(required=True)


class OneMonth(Command):
    month = fields.String(required=True, validate=Regexp(r"\A20\d{2}-(0[1-9]|1[0-2])\Z"))


class OneSheet(OneMonth):
    subject = _code(required=True)


def _check_hours(data: dict[str, Any]) -> None:
    if data["kind"] != OUTING:
        raise ValidationError("only an outing is taken by the hour", "from")
    if not data["starts_at"] < data["ends_at"] or data["starts_at"].date() < data["first"]:
        raise ValidationError("`to` after `from`, within `first` and `last`", "to")
    if data["ends_at"].date() > data["last"]:
        raise ValidationError("`to` after `from`, within `first` and `last`", "to")


def _aware(local: datetime | None) -> datetime | None:
    return local.replace(tzinfo=SHANGHAI) if local else None
