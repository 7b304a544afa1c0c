"""Punches: pushed by the clocks, listed by state."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from shared.contracts.attendance.lists import DaysQuery, PeopleQuery
from shared.contracts.attendance.pushes import LARGEST_PUSH, Push, PushedPunches, Pushes, RejectedLine, UnreadLines
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    batch,
    flag,
    instant,
    listing,
    note,
    paged,
    text,
    whole,
    word,
)
from shared.vocabulary.attendance import APART_STATES, DECISIONS, PUNCH_STATES


class ImportedPunches(Command):
    """A clock's memory brought on a stick (``1_attlog.dat``)."""

    serial = text(64, required=True)
    punches = PushedPunches()
    rejected = fields.List(fields.Nested(RejectedLine), load_default=list, validate=Length(max=LARGEST_PUSH))


class RejectedRow(Document):
    row = fields.Integer(
        required=True, metadata={"description": "counted from 1, blank lines left out; of a sheet as it is numbered"}
    )
    reason = fields.String(required=True, metadata={"description": "columns, pin, time, status"})


class ImportReport(Document):
    taken = fields.Integer(required=True, metadata={"description": "lines"})
    new = fields.Integer(required=True, metadata={"description": "punches not known before"})
    errors = listing(RejectedRow, "lines that are no punch")


class PunchQuery(PeopleQuery):
    device = text(64, "its serial number", load_default=None)
    state = word(
        PUNCH_STATES,
        "parked: of a PIN nobody has; suspect: at a time that cannot be true; quarantined: of a clock not approved",
        load_default="stored",
    )
    undecided = flag("of those kept apart only what nobody has decided on", load_default=False)


class PunchDocument(Document):
    device = fields.String(required=True, metadata={"description": "its serial number"})
    device_name = fields.String(allow_none=True)
    place = fields.String(required=True, allow_none=True)
    pin = fields.String(required=True)
    person = fields.String(allow_none=True, metadata={"description": "null: nobody has the PIN"})
    person_name = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)
    unit_name = fields.String(allow_none=True)
    time = fields.AwareDateTime(required=True)
    status = fields.Integer(required=True, metadata={"description": "as the clock says; 255: nothing"})
    verify = fields.Integer(required=True, metadata={"description": "1 finger, 3 password, 4 card, 15 face"})
    raw = fields.String(required=True, metadata={"description": "the line as it came"})
    received_at = fields.AwareDateTime(required=True)
    address = fields.String(metadata={"description": "from which a quarantined one came; empty: not known"})
    reason = fields.String(metadata={"description": "of a suspect one: too_old, in_future"})
    decision = word(DECISIONS, "of one kept apart; null: nobody has decided yet", allow_none=True)
    decided_by = fields.String(allow_none=True)
    corrected_to = fields.AwareDateTime(allow_none=True, metadata={"description": "of a suspect one: when it was"})
    may_decide = flag(
        "the reader may accept or refuse it: kept apart, undecided, of the bureau's own clock, not their own"
    )


class PunchDecision(Command):
    device = text(64, required=True)
    pin = text(64, required=True)
    time = instant(required=True)
    status = whole(required=True)
    verify = whole(required=True)
    state = word(APART_STATES, "as it is listed", load_default="suspect")
    accept = flag(required=True)
    correct_to = instant("when it really was; only of what is accepted", load_default=None, allow_none=True)
    reason = note(500, "needed where the time is corrected", load_default="")

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a correction of what is refused, and one without a reason."""
        if data["correct_to"] is not None and not (data["accept"] and data["reason"].strip()):
            raise ValidationError("only of what is accepted, with a `reason`", "correct_to")


class PunchDecisions(Command):
    punches = batch(PunchDecision)


class DecidedPunches(Document):
    accepted = fields.Integer(required=True)
    refused = fields.Integer(required=True)


class RejectedQuery(DaysQuery):
    """``from`` and ``to``: between which it came."""

    device = text(64, "its serial number", load_default=None)
    undecided = flag("only what nobody has decided on", load_default=False)


class LineDecision(Command):
    device = text(64, required=True)
    digest = text(64, required=True)
    accept = flag("it was a punch: `pin` and `time` say which", required=True)
    pin = text(64, load_default=None, allow_none=True)
    time = instant(load_default=None, allow_none=True)
    reason = text(500, required=True)

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a line that is accepted without saying which punch it was."""
        if data["accept"] and (data["pin"] is None or data["time"] is None):
            raise ValidationError("`pin` and `time` say which punch it was", "time")


class LineDecisions(Command):
    lines = batch(LineDecision)


class RejectedDocument(Document):
    device = fields.String(required=True)
    device_name = fields.String(allow_none=True)
    place = fields.String(allow_none=True)
    digest = fields.String(required=True, metadata={"description": "SHA-256 of the line"})
    raw = fields.String(required=True, metadata={"description": "without passwords, templates, photos, ID numbers"})
    reason = fields.String(
        required=True, metadata={"description": "columns, pin, time, status, no_punch, table, path, command"}
    )
    received_at = fields.AwareDateTime(required=True)
    decision = word(DECISIONS, "null: nobody has decided yet", allow_none=True)
    decided_by = fields.String(allow_none=True)
    may_decide = flag("the reader may decide on it: undecided, of the bureau's own clock")


punches = Family("attendance", "punches", "打卡记录 punches")

list_punches = punches.get("/punches", "list_punches", PunchQuery, paged(PunchDocument), may="may_see_punches")(
    "打卡记录 punches in order of time"
)
list_rejected = punches.get(
    "/punches/rejected", "list_rejected", RejectedQuery, paged(RejectedDocument), may="may_see_rejected"
)("未识别数据 what came from clocks and is no punch")
decide_punches = punches.post(
    "/punches/decide", "decide_punches", PunchDecisions, DecidedPunches, may="may_judge_punches"
)("处理存疑打卡 accept, correct or refuse punches that are kept apart, all or none")
decide_lines = punches.post(
    "/punches/rejected/decide", "decide_lines", LineDecisions, DecidedPunches, may="may_judge_punches"
)("处理未识别数据 say which punch a line was, or that it was none, all or none")
import_punches = punches.post(
    "/devices/<serial>/punches",
    "import_punches",
    ImportedPunches,
    ImportReport,
    may="may_keep_devices",
    mounted=False,
    filled=("punches", "rejected"),
    uploads=True,
)("导入打卡 a clock's memory from a stick: attlog.dat, text with TABs, .csv or .xlsx")
take_punches = punches.internal("take_punches", Push, may="operator")
take_pushes = punches.internal("take_pushes", Pushes, may="operator")
note_lines = punches.internal("note_lines", UnreadLines, may="operator")
