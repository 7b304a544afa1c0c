"""What a clock sends. Everything is stored before the answer leaves: the answer is what lets the clock forget it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.attendance.domain import permissions
from services.attendance.storage.devices import Devices, zones_of
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.punches import Punch, Punches, local, placed
from services.attendance.storage.quarantine import Quarantine, rejected_page
from services.attendance.storage.tables import UNCLAIMED
from services.attendance.usecases.device_alarms import is_welcome
from services.attendance.usecases.devices import heard_device
from services.attendance.usecases.guards import guard, visible_people
from services.attendance.usecases.storing import act_for, keep_punches, keep_pushes
from shared.actor import Actor
from shared.clock import now
from shared.database import Row, Session
from shared.errors import Unavailable
from shared.recording import audit
from shared.vocabulary.refusals import missing

# A full memory is 200,000 punches; an unapproved serial number that sends more is asked to come again later.
MOST_QUARANTINED = 250_000
MOST_UNREAD = 50_000  # lines of one device that are no punch and that nobody can read: more of them tell nobody more
_NO_PUNCH = "no_punch"  # said by a clock that tells its lines apart: never a damaged punch
_LIVE = 6 * 3600  # seconds; further off it is no live push, whatever the clock shows


@dataclass
class _Pushed:
    """A push of a known device: whether its address is one of its own, how many of its lines may be damaged punches, how many were new."""

    push: Row
    device: Row
    punches: list[Punch]
    welcome: bool = True
    damaged: int = 0
    added: int = 0

    @property
    def trusted(self) -> bool:
        return self.device["status"] == "approved" and self.welcome


def take_punches(session: Session, _actor: Actor, push: Row) -> Row:
    """Store one push of a device: ``{"taken": lines, "new": punches not known before, "status": of the device}``."""
    received = now()
    device = heard_device(session, push["serial"], received, push["address"], lock=True)
    (taken,) = _take(session, [_pushed(push, device, received)], received)
    return taken


def take_pushes(session: Session, _actor: Actor, command: Row) -> Row:
    """Store what several clocks pushed, all or nothing: ``{"pushes": for each what ``take_punches`` answers}``.

    Null for a clock of another bureau than the first one's: what a transaction records is one bureau's. Clocks are locked in the order
    of their serial numbers, so that two such calls never wait for each other.
    """
    pushes, received = command["pushes"], now()
    known = Devices(session).lock(push["serial"] for push in pushes)
    for push in sorted(pushes, key=lambda one: str(one["serial"])):
        if push["serial"] not in known or known[push["serial"]]["status"] == "expired":
            known[push["serial"]] = heard_device(session, push["serial"], received, push["address"], lock=True)
    bureaus = sorted({one["bureau"] for one in known.values()} - {UNCLAIMED})
    ours = [n for n, push in enumerate(pushes) if known[push["serial"]]["bureau"] in (UNCLAIMED, *bureaus[:1])]
    told = _take(session, [_pushed(pushes[n], known[pushes[n]["serial"]], received) for n in ours], received)
    answers = dict(zip(ours, told, strict=True))
    return {"pushes": [answers.get(number) for number in range(len(pushes))]}


def _pushed(push: Row, device: Row, received: datetime) -> _Pushed:
    return _Pushed(push, device, _once(Punch(push["serial"], **line, received=received) for line in push["punches"]))


def _take(session: Session, pushed: Sequence[_Pushed], received: datetime) -> list[Row]:
    """Store pushes of clocks of one bureau, or of nobody's."""
    for one in pushed:
        quarantine, address = Quarantine(session, one.push["serial"]), one.push["address"]
        one.welcome = is_welcome(session, one.device, address, received)
        one.damaged = _keep_lines(quarantine, one.push["rejected"], received, trusted=one.trusted)
        if not one.trusted:
            one.added = _set_apart(quarantine, one.punches, address)
    if trusted := [one for one in pushed if one.trusted]:
        act_for(session, trusted[0].device["bureau"])
        kept = keep_pushes(session, [(one.device, one.punches) for one in trusted])
        for one, added in zip(trusted, kept, strict=True):
            one.added = added
    Devices(session).pushed(_signs(one, received) for one in pushed)
    return [_taken(one.push, one.added, one.device) for one in pushed]


def _signs(one: _Pushed, received: datetime) -> Row:
    """Return what the push tells of its clock; from where it is unwelcome no more than what was stored of it."""
    stored = {"serial": one.push["serial"], "records": one.added + one.damaged}
    if not one.welcome:
        return stored
    drift = _drift(placed(one.punches, zones_of(one.device)), received)
    told = {"address": one.push["address"], "seen_at": received, "drift": drift}
    return {**stored, **told, "protocol": one.push.get("protocol") or None}


def _taken(push: Row, new: int, device: Row) -> Row:
    return {"taken": len(push["punches"]) + len(push["rejected"]), "new": new, "status": device["status"]}


def import_punches(session: Session, actor: Actor, brought: Row) -> Row:
    """Take what somebody brought from a clock of the bureau on a stick; what it has sent before counts once."""
    guard(permissions.may_keep_devices(actor))
    device = Devices(session).get(brought["serial"], lock=True)
    if device is None or device["bureau"] != actor.bureau or device["status"] != "approved":
        raise missing("device.unknown", "本单位没有该设备", "the bureau has no such device", "serial")
    received = now()
    rejected = [(line["raw"], line["reason"]) for line in brought["rejected"]]
    damaged = Quarantine(session, brought["serial"]).add_rejected(rejected, received)
    new = _once(Punch(brought["serial"], **line, received=received) for line in brought["punches"])
    added = keep_punches(session, device, new)
    Devices(session).seen(brought["serial"], records=added + damaged)
    lines = len(brought["punches"]) + len(rejected)
    audit(
        session, action="punches.imported", subject=brought["serial"], before={}, after={"lines": lines, "new": added}
    )
    return {"taken": lines, "new": added, "errors": []}


def note_lines(session: Session, _actor: Actor, told: Row) -> Row:
    """Keep what a device told and nobody knows how to read, each line once: ``{"kept": lines}``."""
    received = now()
    device = heard_device(session, told["serial"], received, told["address"], lock=True)
    welcome = is_welcome(session, device, told["address"], received)
    keep_unread(Quarantine(session, told["serial"]), told["lines"], received)
    if welcome:
        Devices(session).seen(told["serial"], seen_at=received, address=told["address"])
    return {"kept": len(told["lines"])}


def keep_unread(quarantine: Quarantine, lines: Sequence[Row], received: datetime) -> None:
    """Keep lines that are certainly no punch, so many at most."""
    _keep_lines(quarantine, lines, received, trusted=False)


def list_punches(session: Session, actor: Actor, query: Row) -> Row:
    """List punches: one's own, or everybody's for those who keep the clocks or read everything."""
    guard(permissions.may_see_punches(actor, query["person"], query["state"]))
    everyone = permissions.may_see_devices(actor)
    visible = None if everyone else visible_people(session, actor)
    page = Punches(session, actor.bureau).page(query, visible)
    return _with_decidable(session, actor, page)


def list_rejected(session: Session, actor: Actor, query: Row) -> Row:
    """List what came from clocks and is no punch, for who has to find out why."""
    guard(permissions.may_see_rejected(actor))
    return _with_decidable(session, actor, rejected_page(session, actor.bureau, query))


def _with_decidable(session: Session, actor: Actor, page: Row) -> Row:
    """Tell of each whether the reader may decide on it: what a clock sent that is nobody's yet is decided on with the clock."""
    mine = (
        Enrolments(session, actor.bureau).pins_of(actor.person) if permissions.may_judge_punches(actor, None) else None
    )
    for row in page["items"]:
        ours = row.pop("clock_bureau") == actor.bureau and "decision" in row and row["decision"] is None
        row["may_decide"] = mine is not None and ours and row.get("pin") not in mine
    return page


def _keep_lines(quarantine: Quarantine, lines: Sequence[Row], received: datetime, *, trusted: bool) -> int:
    """Keep lines that are no punch: of a ``trusted`` clock all that may be a damaged one, of others so many at most; returns how many
    may be damaged punches and are new."""
    told = [(line["raw"], line["reason"]) for line in lines]
    damaged = [one for one in told if one[1] != _NO_PUNCH]
    limited = [one for one in told if not trusted or one[1] == _NO_PUNCH]
    if limited and quarantine.rejected() + len(limited) > MOST_UNREAD:
        return quarantine.add_rejected(damaged, received) if trusted else 0
    quarantine.add_rejected([one for one in told if one[1] == _NO_PUNCH], received)
    return quarantine.add_rejected(damaged, received)


def _set_apart(quarantine: Quarantine, new: list[Punch], address: str) -> int:
    if quarantine.size() + len(new) > MOST_QUARANTINED:
        raise Unavailable(
            "device.quarantine_full", zh="该设备未经批准且数据过多", en="too many punches of an unapproved device"
        )
    return quarantine.add(new, address)


def _drift(new: list[Punch], received: datetime) -> int | None:
    """Return by how many seconds a live push was received after its punch; None for what a clock had held back.

    A clock sends what happens now one at a time; a clock that is behind sends lists.
    """
    if len(new) != 1:
        return None
    seconds = int((local(received) - new[0].time).total_seconds())
    return seconds if abs(seconds) < _LIVE else None


def _once(punches: Iterable[Punch]) -> list[Punch]:
    """A device may repeat a punch within one push."""
    return list({(one.pin, one.time, one.status, one.verify): one for one in punches}.values())
