"""Punches: pushed by the clocks, listed by state."""

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, PageQuery, note, paged, text, whole, word
from shared.vocabulary.attendance import PUNCH_STATES

_LARGEST_PUSH = 100_000


class PushedPunch(Command):
    pin = text(64, required=True)
    time = fields.NaiveDateTime(required=True)
    status = whole(required=True)
    verify = whole(required=True)
    raw = fields.String(required=True)


class RejectedLine(Command):
    raw = fields.String(required=True)
    reason = text(20, required=True)


class Push(Command):
    serial = text(64, required=True)
    address = note(100, load_default="")
    punches = fields.List(fields.Nested(PushedPunch), load_default=list, validate=Length(max=_LARGEST_PUSH))
    rejected = fields.List(fields.Nested(RejectedLine), load_default=list, validate=Length(max=_LARGEST_PUSH))


class PunchQuery(PageQuery):
    person = text(20, load_default=None)
    state = word(
        PUNCH_STATES,
        "stored; parked: of a PIN nobody has; suspect: at a time that cannot be true",
        load_default="stored",
    )


class PunchDocument(Document):
    device = fields.String(required=True, metadata={"description": "its serial number"})
    pin = fields.String(required=True)
    person = fields.String(required=True, allow_none=True, metadata={"description": "null: nobody has the PIN"})
    time = fields.AwareDateTime(required=True)
    status = fields.Integer(required=True, metadata={"description": "as the clock says; 255: nothing"})
    verify = fields.Integer(required=True, metadata={"description": "1 finger, 3 password, 4 card, 15 face"})
    raw = fields.String(required=True, metadata={"description": "the line as it came"})
    received_at = fields.AwareDateTime(required=True)
    reason = fields.String(metadata={"description": "of a suspect one: too_old, in_future"})


punches = Family("attendance", "punches", "打卡记录 punches")

list_punches = punches.get(
    "/punches",
    "list_punches",
    PunchQuery,
    paged(PunchDocument),
    "打卡记录 punches in order of time",
    may="may_see_punches",
)
take_punches = punches.internal("take_punches", Push, may="operator")
