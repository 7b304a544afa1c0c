"""Daily time off (哺乳时间): given for some time, ended earlier; closed months are judged anew."""

from collections.abc import Iterable
from datetime import date

from services.attendance.domain import permissions
from services.attendance.storage.allowances import Allowances
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies
from services.attendance.usecases.guards import guard, unknown_people, visible_people
from services.attendance.usecases.months import refresh
from shared.actor import Actor
from shared.batches import each_row
from shared.clock import today
from shared.database import Row, Session
from shared.errors import Invalid
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import check_revision, conflict, missing


def give_allowances(session: Session, actor: Actor, command: Row) -> Row:
    """Let persons come later or leave earlier every day for some time, all or nothing; nobody twice at one time. Returns their ids in the order given."""
    guard(permissions.may_give_allowances(actor))
    rows: list[Row] = command["allowances"]
    people = sorted({row["person"] for row in rows})
    faults = unknown_people(Copies(session, actor.bureau).persons(people), [row["person"] for row in rows])
    if faults:
        raise Invalid("attendance.people", zh="有的人员不存在", en="some persons are unknown", errors=faults)
    for person in people:
        guard(permissions.may_give_allowance_to(actor, person))
    held = _hold(session, actor.bureau, (row["starts"] for row in rows))
    Months(session, actor.bureau).hold_limits(people)
    _check_overlap(session, actor.bureau, rows)
    new = [{**row, "allowance": new_id(), "given_by": actor.account, "revision": 1} for row in rows]
    Allowances(session, actor.bureau).add(new)
    refresh(session, actor.bureau, held, people, "allowance")
    for row in new:
        audit(session, action="allowance.given", subject=row["allowance"], before={}, after=row)
    return {"allowances": [row["allowance"] for row in new]}


def end_allowance(session: Session, actor: Actor, command: Row) -> Row:
    """Let it hold through an earlier day; before its first, it never held."""
    guard(permissions.may_give_allowances(actor))
    store, allowance = Allowances(session, actor.bureau), str(command["allowance"])
    row = store.get(allowance)
    if row is None:
        raise missing("allowance.unknown", "没有该项每日时间", "there is no such daily allowance")
    check_revision("allowance", command["revision"], row["revision"])
    last = command["last"]
    if last >= row["ends"]:
        raise conflict("allowance.end", "只能提前结束", "it can only end earlier", "last")
    held = _hold(session, actor.bureau, [max(last, row["starts"])])
    store.end(row, last)
    refresh(session, actor.bureau, held, [row["person"]], "allowance")
    audit(session, action="allowance.ended", subject=allowance, before={"ends": row["ends"]}, after={"ends": last})
    return {"allowance": allowance, "ends": last.isoformat(), "revision": row["revision"] + 1}


def list_allowances(session: Session, actor: Actor, query: Row) -> Row:
    return Allowances(session, actor.bureau).page(query, visible_people(session, actor))


def _check_overlap(session: Session, bureau: str, rows: list[Row]) -> None:
    """Refuse time off on days that have some already, within the batch too: it would add up."""
    days = [row[name] for row in rows for name in ("starts", "ends")]
    known = Allowances(session, bureau).of_persons({row["person"] for row in rows}, min(days), max(days))
    standing = [(person, one.starts, one.ends) for person, own in known.items() for one in own]

    def check(row: Row) -> None:
        own = [(starts, ends) for person, starts, ends in standing if person == row["person"]]
        if any(max(starts, row["starts"]) <= min(ends, row["ends"]) for starts, ends in own):
            zh, en = (
                "该时段已有每日时间，请先结束原有的",
                "the person has daily time off on some of these days: end that first",
            )
            raise conflict("allowance.overlap", zh, en, "starts")
        standing.append((row["person"], row["starts"], row["ends"]))

    each_row(rows, check)


def _hold(session: Session, bureau: str, days: Iterable[date]) -> list[str]:
    """Hold the months from that of the first of ``days`` on."""
    return Months(session, bureau).hold_from(min(days), today())
