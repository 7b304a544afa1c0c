"""What HR decides on one by one: punches at doubtful times or of clocks out of service, and lines that are no punch.

Accepted, corrected or refused, with who and why on record. What is accepted counts as any other punch, and keeps when it came.
"""

from datetime import datetime

from services.attendance.domain import permissions
from services.attendance.domain.plausibility import doubt
from services.attendance.storage.apart import Apart
from services.attendance.storage.devices import Devices, zones_of
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.punches import Punch, local, placed, punch_of
from services.attendance.usecases.guards import guard
from services.attendance.usecases.storing import count_punches
from shared.actor import Actor
from shared.batches import each_row
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.refusals import conflict, invalid, missing

_NO_STATUS = 255


def decide_punches(session: Session, actor: Actor, command: Row) -> Row:
    """Accept, correct or refuse punches that were kept apart, all or nothing."""
    guard(permissions.may_judge_punches(actor, None))
    rows: list[Row] = command["punches"]
    store, accepted = Apart(session, actor.bureau), []

    def decide(row: Row) -> None:
        found = store.punch(row["state"], row)
        if found is None:
            raise missing("punch.unknown", "没有该存疑打卡", "no such punch is in doubt", "time")
        _check_undecided(found)
        _guard_whose(session, actor, found["pin"])
        to = row["correct_to"]
        if to is not None:
            _check_time(to, found["received_at"], "correct_to")
        verdict = "corrected" if to is not None else "accepted" if row["accept"] else "refused"
        store.decide_punch(row["state"], row, verdict, actor.account, to)
        audit(session, action=f"punch.{verdict}", subject=f"{row['device']}/{row['pin']}", before={}, after=row)
        if row["accept"]:
            punch = punch_of(found)
            accepted.append(punch._replace(time=local(to)) if to is not None else _placed(session, row["state"], punch))

    each_row(rows, decide)
    count_punches(session, actor.bureau, accepted)
    return {"accepted": len(accepted), "refused": len(rows) - len(accepted)}


def _placed(session: Session, state: str, punch: Punch) -> Punch:
    """A punch at a doubtful time is told by the bureau's wall clock already; one of a clock out of service as the clock showed it."""
    device = Devices(session).get(punch.device) if state == "quarantined" else None
    return punch if device is None else placed([punch], zones_of(device))[0]


def decide_lines(session: Session, actor: Actor, command: Row) -> Row:
    """Say which punch a line was that no clock should have sent, or that it was none, all or nothing."""
    guard(permissions.may_judge_punches(actor, None))
    rows: list[Row] = command["lines"]
    store, accepted = Apart(session, actor.bureau), []

    def decide(row: Row) -> None:
        found = store.line(row)
        if found is None:
            raise missing("line.unknown", "没有该行", "there is no such line", "digest")
        _check_undecided(found)
        if row["accept"]:
            _guard_whose(session, actor, row["pin"])
            _check_time(row["time"], found["received_at"], "time")
            told = (row["device"], row["pin"], local(row["time"]), _NO_STATUS, 0)
            accepted.append(Punch(*told, raw=found["raw"], received=found["received_at"]))
        verdict = "corrected" if row["accept"] else "refused"
        store.decide_line(row, verdict, actor.account)
        audit(session, action=f"line.{verdict}", subject=f"{row['device']}/{row['digest']}", before={}, after=row)

    each_row(rows, decide)
    count_punches(session, actor.bureau, accepted)
    return {"accepted": len(accepted), "refused": len(rows) - len(accepted)}


def _check_undecided(found: Row) -> None:
    if found["decision"] is not None:
        raise conflict("punch.decided", "该打卡已处理", "it is decided already", "time")


def _check_time(time: datetime, received: datetime, field: str) -> None:
    if doubt(local(time), local(received)) is not None:
        zh, en = "更正后的时间仍不可能：应早于收到的时间", "that time cannot be true either: it lies before the receipt"
        raise invalid("punch.time", zh, en, field)


def _guard_whose(session: Session, actor: Actor, pin: str) -> None:
    for person in Enrolments(session, actor.bureau).persons_of([pin]):
        guard(permissions.may_judge_punches(actor, person))
