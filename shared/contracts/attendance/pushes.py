"""What clocks push, some of it very long: an entry that is as it should be is taken at once, the schema finds fault with the others."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marshmallow import fields
from marshmallow.validate import Length

from shared.contracts.shapes import Command, flag, note, text, whole, word
from shared.vocabulary.attendance import PROTOCOLS

LARGEST_PUSH = 100_000
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
        super().__init__(fields.Nested(PushedPunch), load_default=list, validate=Length(max=LARGEST_PUSH))

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> list[Any]:
        try:
            return [_punch(one) for one in _listed(value)]
        except (KeyError, TypeError, ValueError):
            found: list[Any] = super()._deserialize(value, attr, data, **more)
            return found


def _listed(told: Any) -> list[Any]:
    """Return ``told``, which must be a list: an empty text or object passes for one where it is only gone through."""
    if type(told) is not list:
        raise TypeError(told)
    return told


def _punch(told: Any) -> dict[str, Any]:
    """Return the punch in ``told``; raises ``ValueError``, ``KeyError`` or ``TypeError`` where the schema might find fault."""
    pin, raw, status, verify = told["pin"], told["raw"], told["status"], told["verify"]
    zoned = told.get("zoned", False)
    known = len(told) == _MEMBERS + ("zoned" in told) and type(zoned) is bool
    texts = type(pin) is str and type(raw) is str and 0 < len(pin) <= _LONGEST_PIN and "\0" not in pin
    time = datetime.fromisoformat(told["time"])
    if (
        not (known and texts and type(status) is int and type(verify) is int)
        or not (0 <= status <= _LARGEST_CODE and 0 <= verify <= _LARGEST_CODE)
        or len(told["time"]) < _SHORTEST_TIME
        or time.tzinfo
    ):
        raise ValueError(told)
    return {"pin": pin, "time": time, "status": status, "verify": verify, "raw": raw, "zoned": zoned}


class RejectedLine(Command):
    raw = fields.String(required=True)
    reason = text(20, required=True)


class Push(Command):
    serial = text(64, required=True)
    address = note(100, load_default="")
    protocol = word(PROTOCOLS, "by which it speaks, where that can be told", load_default="")
    punches = PushedPunches()
    rejected = fields.List(fields.Nested(RejectedLine), load_default=list, validate=Length(max=LARGEST_PUSH))


class PushesAtOnce(fields.List[dict[str, Any]]):
    """Pushes of a few lines each: as of punches, the schema is asked only where one is not as it should be."""

    def __init__(self) -> None:
        super().__init__(fields.Nested(Push), required=True, validate=Length(1, 200))

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> list[Any]:
        try:
            return [_push(one) for one in _listed(value)]
        except (KeyError, TypeError, ValueError):
            found: list[Any] = super()._deserialize(value, attr, data, **more)
            return found


def _push(told: Any) -> dict[str, Any]:
    """Return the push in ``told``; raises as ``_punch`` does, also for lines that are no punch, which hardly any push has."""
    serial, address, protocol = told["serial"], told["address"], told.get("protocol", "")
    known = len(told) == _PUSH_MEMBERS + ("protocol" in told) and told["rejected"] == []
    texts = type(serial) is str and type(address) is str and "\0" not in serial + address
    if not (known and texts and 0 < len(serial) <= _LONGEST_SERIAL and len(address) <= _LONGEST_ADDRESS):
        raise ValueError(told)
    if protocol not in PROTOCOLS or len(_listed(told["punches"])) > LARGEST_PUSH:
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
    lines = fields.List(fields.Nested(RejectedLine), required=True, validate=Length(max=LARGEST_PUSH))
