"""Punches: pushed by the clocks, listed by state."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from shared.contracts.attendance.lists import DaysQuery, PeopleQuery
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
from shared.vocabulary.attendance import APART_STATES, DECISIONS, PROTOCOLS, PUNCH_STATES

_LARGEST_PUSH = 100_000
_PUSH_MEMBERS, _LONGEST_SERIAL, _LONGEST_ADDRESS = 4, 64, 100
_MEMBERS, _LONGEST_PIN, _LARGEST_CODE, _SHORTEST_TIME = 5, 64, 2**31 - 1, len("2026-03-04T08:55")


class PushedPunch(Command):
    pin = text(64, required=True)
    time = fields.NaiveDateTime(required=True)
    status = whole(required=True)
    verify = whole(required=True)
    raw = fields.String(required=True)
    zoned = flag("it came with its offset: `time` is the bureau's, whatever the clock's zone", load_default=False)


class PushedPunches(fields.List[dict[str, Any]]):
    """A list of punches. A full memory holds 200,000: an entry that is as it should be is taken at once, and where one is not, the schema
    says what is wrong with which."""

    def __init__(self) -> None:
        super().__init__(fields.Nested(PushedPunch), load_default=list, validate=Length(max=_LARGEST_PUSH))

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> list[Any]:
        try:
            return [_punch(one) for one in value]
        except (KeyError, TypeError, ValueError):
            found: list[Any] = super()._deserialize(value, attr, data, **more)
            return found


def _punch(told: Any) -> dict[str, Any]:
    """Return the punch in ``told``; raises ``ValueError``, ``KeyError`` or ``TypeError`` where the schema might find fault."""
    pin, raw, codes, zoned = told["pin"], told["raw"], (told["status"], told["verify"]), told.get("zoned", False)
    known = len(told) == _MEMBERS + ("zoned" in told) and type(zoned) is bool
    texts = type(pin) is str and type(raw) is str and 0 < len(pin) <= _LONGEST_PIN and "\0" not in pin
    time = datetime.fromisoformat(told["time"])
    if (
        not (known and texts and all(type(one) is int and 0 <= one <= _LARGEST_CODE for one in codes))
        or len(told["time"]) < _SHORTEST_TIME
        or time.tzinfo
    ):
        raise ValueError(told)
    return {"pin": pin, "time": time, "status": codes[0], "verify": codes[1], "raw": raw, "zoned": zoned}


class RejectedLine(Command):
    raw = fields.String(required=True)
    reason = text(20, required=True)


class Push(Command):
    serial = text(64, required=True)
    address = note(100, load_default="")
    protocol = word(PROTOCOLS, "by which it speaks, where that can be told", load_default="")
    punches = PushedPunches()
    rejected = fields.List(fields.Nested(RejectedLine), load_default=list, validate=Length(max=_LARGEST_PUSH))


class PushesAtOnce(fields.List[dict[str, Any]]):
    """Pushes of a few lines each: as of punches, the schema is asked only where one is not as it should be."""

    def __init__(self) -> None:
        super().__init__(fields.Nested(Push), required=True, validate=Length(1, 200))

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> list[Any]:
        try:
            return [_push(one) for one in value]
        except (KeyError, TypeError, ValueError):
            found: list[Any] = super()._deserialize(value, attr, data, **more)
            return found


def _push(told: Any) -> dict[str, Any]:
    """Return the push in ``told``; raises as ``_punch`` does, also for lines that are no punch, which hardly any push has."""
    serial, address, protocol = told["serial"], told["address"], told.get("protocol", "")
    known = len(told) == _PUSH_MEMBERS + ("protocol" in told) and not told["rejected"]
    texts = type(serial) is str and type(address) is str and "\0" not in serial + address
    if not (known and texts and 0 < len(serial) <= _LONGEST_SERIAL and len(address) <= _LONGEST_ADDRESS):
        raise ValueError(told)
    if protocol not in PROTOCOLS or len(told["punches"]) > _LARGEST_PUSH:
        raise ValueError(told)
    punches = [_punch(one) for one in told["punches"]]
    return {"serial": serial, "address": address, "protocol": protocol, "punches": punches, "rejected": []}


class Pushes(Command):
    """What several clocks pushed at the same moment, a few lines each."""

    pushes = PushesAtOnce()


class UnreadLines(Command):
    """What came from a clock and is no punch, scrubbed."""

    serial = text(64, required=True)
    address = note(100, load_default="")
    lines = fields.List(fields.Nested(RejectedLine), required=True, validate=Length(max=_LARGEST_PUSH))


class ImportedPunches(Command):
    """A clock's memory brought on a stick (``1_attlog.dat``)."""

    serial = text(64, required=True)
    punches = PushedPunches()
    rejected = fields.List(fields.Nested(RejectedLine), load_default=list, validate=Length(max=_LARGEST_PUSH))


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
