"""值班: who is on duty beside the shift; what a duty stood gives is part of the month."""

from services.attendance.domain import permissions
from services.attendance.storage.duties import Duties
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies
from services.attendance.usecases.guards import guard, unknown_people, visible_people
from services.attendance.usecases.months import months_touched, refresh
from shared.actor import Actor
from shared.batches import each_row
from shared.clock import bureau_date
from shared.database import Row, Session
from shared.errors import Invalid
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.attendance import LONGEST_DUTY
from shared.vocabulary.refusals import check_revision, conflict, missing


def call_duties(session: Session, actor: Actor, command: Row) -> Row:
    """Put persons on duty, all or nothing; nobody twice at one time. Returns the ids in the order given."""
    guard(permissions.may_call_duties(actor))
    rows: list[Row] = command["duties"]
    people = sorted({row["person"] for row in rows})
    faults = unknown_people(Copies(session, actor.bureau).persons(people), [row["person"] for row in rows])
    if faults:
        raise Invalid("attendance.people", zh="有的人员不存在", en="some persons are unknown", errors=faults)
    for person in people:
        guard(permissions.may_call_duty_of(actor, person))
    days = [bureau_date(row[name]) for row in rows for name in ("starts_at", "ends_at")]
    closed = Months(session, actor.bureau).hold_open(months_touched(days))
    Months(session, actor.bureau).hold_limits(people)
    store = Duties(session, actor.bureau)
    standing = store.rows(people, min(days) - LONGEST_DUTY, max(days))

    def check(row: Row) -> None:
        if any(_meet(row, one) for one in standing):
            raise conflict("duty.overlap", "该时段已有值班", "the person is on duty at that time", "from")
        standing.append(row)

    each_row(rows, check)
    told = {"status": "called", "called_by": actor.account, "revision": 1}
    new = [{**row, **told, "duty": new_id()} for row in rows]
    store.add(new)
    refresh(session, actor.bureau, closed, people, "duty")
    for row in new:
        audit(session, action="duty.called", subject=row["duty"], before={}, after=row)
    return {"duties": [row["duty"] for row in new]}


def withdraw_duty(session: Session, actor: Actor, command: Row) -> Row:
    """Take somebody off duty."""
    guard(permissions.may_call_duties(actor))
    store, duty = Duties(session, actor.bureau), str(command["duty"])
    row = store.get(duty)
    if row is None:
        raise missing("duty.unknown", "没有该值班安排", "there is no such duty")
    guard(permissions.may_call_duty_of(actor, row["person"]))
    check_revision("duty", command["revision"], row["revision"])
    if row["status"] == "withdrawn":
        raise conflict("duty.withdrawn", "该值班已取消", "the duty is called off already")
    closed = Months(session, actor.bureau).hold_open(months_touched([bureau_date(row["starts_at"])]))
    store.withdraw(row)
    refresh(session, actor.bureau, closed, [row["person"]], "duty")
    audit(session, action="duty.withdrawn", subject=duty, before={"status": "called"}, after={"status": "withdrawn"})
    return {"duty": duty, "status": "withdrawn", "revision": row["revision"] + 1}


def list_duties(session: Session, actor: Actor, query: Row) -> Row:
    return Duties(session, actor.bureau).page(query, visible_people(session, actor))


def _meet(one: Row, other: Row) -> bool:
    alike: bool = one["person"] == other["person"]
    return alike and one["starts_at"] < other["ends_at"] and other["starts_at"] < one["ends_at"]
