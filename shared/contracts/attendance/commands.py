"""What clocks are told to do, and the users that they have."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from shared.contracts.attendance.devices import Sign
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    LIMIT,
    Command,
    Document,
    PageQuery,
    day,
    listing,
    needed_text,
    note,
    paged,
    text,
    whole,
    word,
)
from shared.vocabulary.attendance import COMMAND_KINDS, COMMAND_STATES

_LARGEST = 2**62


class NewCommand(Command):
    serial = text(64, required=True)
    kind = word(COMMAND_KINDS, required=True)
    first = day("of `count` and `fetch`: the first day", load_default=None, allow_none=True)
    last = day("the last day; the first alone where absent", load_default=None, allow_none=True)
    pins = fields.List(
        text(64),
        load_default=list,
        validate=Length(max=LIMIT),
        metadata={"description": "of `put_user` and `drop_user`; to be put where absent: all that the clock lacks"},
    )
    reason = needed_text(500, "why, for the audit trail")

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse PINs of what is about none."""
        if data["pins"] and data["kind"] not in ("put_user", "drop_user"):
            raise ValidationError("only of users", "pins")


class OrderedCommands(Document):
    ordered = fields.Integer(required=True, metadata={"description": "new ones"})
    standing = fields.Integer(required=True, metadata={"description": "that were ordered before and are not over"})
    left = fields.Integer(required=True, metadata={"description": "for which there is no room before others are over"})


class CommandQuery(PageQuery):
    serial = text(64, required=True)
    status = word(COMMAND_STATES, load_default=None)


class DeviceCommandDocument(Document):
    number = fields.Integer(required=True)
    serial = fields.String(required=True)
    kind = word(COMMAND_KINDS, required=True)
    about = fields.String(required=True, metadata={"description": "the PIN, or the days; empty: the clock itself"})
    params = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    status = word(COMMAND_STATES, required=True)
    reason = fields.String(required=True)
    ordered_by = fields.String(required=True)
    ordered_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True, metadata={"description": "until when the clock may fetch it"})
    given_at = fields.AwareDateTime(required=True, allow_none=True)
    attempts = fields.Integer(required=True, metadata={"description": "how often it was given"})
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    result = fields.Integer(
        required=True, allow_none=True, metadata={"description": "as the clock says; below 0: an error"}
    )
    answer = fields.String(required=True, metadata={"description": "as it came, scrubbed"})
    counted = fields.Integer(required=True, allow_none=True, metadata={"description": "records, by the clock"})
    ours = fields.Integer(required=True, allow_none=True, metadata={"description": "records of the same days here"})


class OneCommand(Command):
    serial = text(64, required=True)
    number = whole(1, _LARGEST, required=True)
    reason = note(500, load_default="")


class CommandStatus(Document):
    number = fields.Integer(required=True)
    status = word(COMMAND_STATES, required=True)


class DeviceUserQuery(Command):
    serial = text(64, required=True)


class AbsentUser(Document):
    serial = fields.String(required=True)
    pin = fields.String(required=True)
    person = fields.String(required=True)
    person_name = fields.String(required=True, allow_none=True)


class Stranger(Document):
    pin = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "as the clock has it"})


class DeviceUsersDocument(Document):
    listed_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "when it was asked for its users; null: never"}
    )
    absent = listing(AbsentUser, "staff with a PIN on the clock whom it does not have")
    strangers = listing(Stranger, "users of the clock whom nobody of the staff stands behind")
    unverified = listing(
        AbsentUser,
        "staff whom the clock has, of whom it told no finger or face, and who never pressed one on it",
        required=False,
    )


class Answer(Command):
    number = whole(1, _LARGEST, "of the command; null: the clock names none of ours", required=True, allow_none=True)
    result = whole(-(2**31), _LARGEST, required=True)
    text = note(2000, "scrubbed", load_default="")
    counted = whole(0, _LARGEST, load_default=None, allow_none=True)


class Answers(Command):
    serial = text(64, required=True)
    address = note(100, load_default="")
    answers = fields.List(fields.Nested(Answer), required=True, validate=Length(max=10_000))


class ToldUser(Command):
    pin = text(64, required=True)
    name = note(100, required=True)


class ToldUsers(Command):
    serial = text(64, required=True)
    address = note(100, load_default="")
    encoding = word(("", "utf-8", "gb18030"), "of the names, where they tell", load_default="")
    users = fields.List(fields.Nested(ToldUser), required=True, validate=Length(max=10_000))
    biometric = fields.List(
        text(64),
        load_default=list,
        validate=Length(max=10_000),
        metadata={"description": "PINs of which it told a finger or a face"},
    )


commands = Family("attendance", "device-commands", "考勤机命令 what clocks are told to do")

order_commands = commands.post(
    "/devices/<serial>/commands", "order_commands", NewCommand, OrderedCommands, may="may_command_devices", status=201
)("下发命令 order a clock to do something; what stands open already stays as it is")
list_commands = commands.get(
    "/devices/<serial>/commands", "list_commands", CommandQuery, paged(DeviceCommandDocument), may="may_see_devices"
)("命令列表 what a clock was told to do and what it answered, the newest first")
cancel_command = commands.post(
    "/devices/<serial>/commands/<int:number>/cancel",
    "cancel_command",
    OneCommand,
    CommandStatus,
    may="may_command_devices",
)("取消命令 let a clock not be given a command any more")
list_device_users = commands.get(
    "/devices/<serial>/users", "list_device_users", DeviceUserQuery, DeviceUsersDocument, may="may_see_enrolments"
)("设备人员 whom a clock lacks, and whom it has that are nobody's")
give_commands = commands.internal("give_commands", Sign, may="operator")
take_answers = commands.internal("take_answers", Answers, may="operator")
note_users = commands.internal("note_users", ToldUsers, may="operator")
