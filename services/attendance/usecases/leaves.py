"""Leaves and outings: registered as approved, or requested by the person and decided by the chain."""

from datetime import date
from fractions import Fraction
from typing import Any

from services.attendance.domain import permissions
from services.attendance.domain.leaves import HALF_WORDS, overlap
from services.attendance.storage.leaves import Leaves, leave_of
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies, Person
from services.attendance.storage.rules import rules_of
from services.attendance.usecases.balances import check_balance, load_year
from services.attendance.usecases.guards import guard, unknown_people, visible_people
from services.attendance.usecases.months import months_touched, refresh
from shared.actor import Actor
from shared.batches import each_row
from shared.clock import bureau_date, now
from shared.database import Row, Session
from shared.errors import Invalid, NotFound
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.attendance import LEAVE_STATES
from shared.vocabulary.refusals import check_revision, conflict
from shared.vocabulary.states import States

_UNDECIDED = ("requested", "endorsed", "forwarded")
STATES = States(
    "leave",
    "请假",
    {
        "endorse": {"requested": "endorsed"},
        "forward": {"requested": "forwarded", "endorsed": "forwarded"},
        "approve": dict.fromkeys(_UNDECIDED, "approved"),
        "refuse": dict.fromkeys(_UNDECIDED, "refused"),
        "withdraw": dict.fromkeys((*_UNDECIDED, "approved"), "withdrawn"),
        "return": {"approved": "approved"},
    },
    LEAVE_STATES,
)


def register_leaves(session: Session, actor: Actor, command: Row) -> Row:
    """Register approved leaves and outings, all or nothing; each what one grants alone. Returns ``{"leaves": [ids in the order given]}``."""
    rows = [_given(row) for row in command["leaves"]]
    people = _people(session, actor, rows)
    for row in rows:
        guard(permissions.may_approve_leave(actor, row["person"], people[row["person"]].unit))
    each_row(rows, lambda row: _check_chain(session, actor, row))
    return _keep(session, actor, [{**row, "status": "approved"} for row in rows])


def request_leaves(session: Session, actor: Actor, command: Row) -> Row:
    """Ask for leave or an outing of one's own; it counts once the chain has approved it."""
    guard(permissions.may_request(actor))
    rows = [_given({**row, "person": actor.person}) for row in command["leaves"]]
    _people(session, actor, rows)
    return _keep(session, actor, [{**row, "status": "requested"} for row in rows])


def decide_leave(session: Session, actor: Actor, command: Row) -> Row:
    """Approve or refuse a request. A head grants what is short alone; longer leave a head endorses and HR approves, the longest, where
    the rules say so, HR forwards and a leader approves."""
    row, person = _found(session, actor, str(command["leave"]))
    check_revision("leave", command["revision"], row["revision"])
    guard(permissions.may_decide_leave(actor, row["person"], person.unit))
    step = "refuse"
    if command["approve"]:
        upwards = "forward" if permissions.may_approve_long_leave(actor) else "endorse"
        step = "approve" if _grants_alone(session, actor, row) else upwards
    return _step(session, actor, row, step, reason=command["reason"])


def withdraw_leave(session: Session, actor: Actor, command: Row) -> Row:
    """Take back a leave that was not taken, or one's own request that nobody has approved yet."""
    row, person = _found(session, actor, str(command["leave"]))
    undecided = row["status"] in _UNDECIDED
    guard(permissions.may_withdraw_leave(actor, row["person"], person.unit, undecided=undecided))
    if row["status"] == "withdrawn":
        raise conflict("leave.withdrawn", "该请假已撤销", "the leave is already withdrawn")
    return _step(session, actor, row, "withdraw")


def end_leave(session: Session, actor: Actor, command: Row) -> Row:
    """Let an approved leave end earlier, as the person is back (销假)."""
    row, person = _found(session, actor, str(command["leave"]))
    check_revision("leave", command["revision"], row["revision"])
    guard(permissions.may_end_leave(actor, row["person"], person.unit))
    return _step(session, actor, row, "return", **_earlier_end(row, command))


def list_leaves(session: Session, actor: Actor, query: Row) -> Row:
    return Leaves(session, actor.bureau).page(query, visible_people(session, actor))


def _earlier_end(row: Row, command: Row) -> Row:
    """Return what ends the leave earlier: a half-day, or the hour where it was taken by the hour."""
    zh, en = "销假时间应在请假期间之内，早于原定时间", "it has to end within the leave, before its end"
    back = command["ends_at"]
    if row["starts_at"]:
        if back is None or not row["starts_at"] < back < row["ends_at"]:
            raise conflict("leave.end", zh, en, "to")
        return {"ends_at": back, "last": bureau_date(back)}
    ends = (command["last"], HALF_WORDS.index(command["last_half"]))
    if back is not None or not (row["first"], row["first_half"]) <= ends < (row["last"], row["last_half"]):
        raise conflict("leave.end", zh, en, "last")
    return {"last": ends[0], "last_half": ends[1]}


def _keep(session: Session, actor: Actor, rows: list[Row]) -> Row:
    new = [{**row, "leave": new_id(), "revision": 1, "requested_by": actor.account, "steps": []} for row in rows]
    held = _hold(session, actor, new)
    Months(session, actor.bureau).hold_limits(row["person"] for row in new)
    _check_time(session, actor.bureau, new)
    Leaves(session, actor.bureau).add(new)
    refresh(session, actor.bureau, held, {row["person"] for row in new if row["status"] == "approved"}, "leave")
    for row in new:
        action = "leave.registered" if row["status"] == "approved" else "leave.requested"
        audit(session, action=action, subject=row["leave"], before={}, after=row)
    return {"leaves": [row["leave"] for row in new]}


def _step(session: Session, actor: Actor, row: Row, step: str, reason: str = "", **changes: Any) -> Row:
    status = STATES.after(step, row["status"])
    held = _hold(session, actor, [row])
    by = {"by": actor.account, "by_name": actor.name}
    done = {"step": step, **by, "at": now().isoformat(), "reason": reason}
    changed = Leaves(session, actor.bureau).change(row, status=status, steps=[*row["steps"], done], **changes)
    if "approved" in (status, row["status"]):
        refresh(session, actor.bureau, held, [row["person"]], "leave")
    before = {name: row[name] for name in ("status", "last", "last_half", "ends_at")}
    after = {name: changed[name] for name in before}
    audit(session, action=f"leave.{step}", subject=row["leave"], before=before, after={**after, "reason": reason})
    return {"leave": row["leave"], "status": status, "revision": changed["revision"]}


def _check_time(session: Session, bureau: str, rows: list[Row]) -> None:
    """Refuse what takes time that is taken already, within the batch too, and more days of a kind than a year gives."""
    people = {row["person"] for row in rows}
    years = range(min(leave_of(row).since for row in rows).year, max(row["last"] for row in rows).year + 1)
    # Early on the New Year's Day after them may be hours of their last night shift.
    touching = Leaves(session, bureau).open_rows(people, date(years[0], 1, 1), date(years[-1] + 1, 1, 1))
    standing = [(row["person"], leave_of(row)) for row in touching]
    kinds = {row["kind"] for row in rows}
    known = {year: load_year(session, bureau, year, sorted(people), kinds) for year in years}

    def check(row: Row) -> None:
        leave = leave_of(row)
        own = [one for person, one in standing if person == row["person"]]
        if any(overlap(leave, one) for one in own):
            raise conflict("leave.overlap", "与已有请假或外出时间重叠", "it overlaps a leave or an outing", "first")
        check_balance(known, row["person"], leave, own)
        standing.append((row["person"], leave))

    each_row(rows, check)


def _check_chain(session: Session, actor: Actor, row: Row) -> None:
    if not _grants_alone(session, actor, row):
        zh, en = (
            "超过您可单独批准的天数，须由本人申请后逐级审批",
            "longer than you grant alone: it goes through the chain",
        )
        raise conflict("leave.chain", zh, en, "last")


def _grants_alone(session: Session, actor: Actor, row: Row) -> bool:
    """Tell whether nobody above the actor has to approve a leave of this length."""
    if permissions.may_approve_longest_leave(actor):
        return True
    rules = rules_of(session, actor.bureau).all()
    by_hr = permissions.may_approve_long_leave(actor)
    limit = rules.on("hr_alone_days" if by_hr else "head_alone_days", row["first"])
    if by_hr and not limit:
        return True
    person, years = row["person"], range(leave_of(row).since.year, row["last"].year + 1)
    known = [load_year(session, actor.bureau, year, [person], ()) for year in years]
    return sum(Fraction(one.minutes(person, [leave_of(row)]), one.a_day) for one in known) <= limit


def _found(session: Session, actor: Actor, leave: str) -> tuple[Row, Person]:
    row = Leaves(session, actor.bureau).get(leave, lock=True)
    person = Copies(session, actor.bureau).person(row["person"]) if row else None
    if row is None or person is None:
        raise NotFound("leave.unknown", zh="没有该请假记录", en="no such leave")
    return row, person


def _given(row: Row) -> Row:
    return {**row, **{name: HALF_WORDS.index(row[name]) for name in ("first_half", "last_half")}}


def _people(session: Session, actor: Actor, rows: list[Row]) -> dict[str, Person]:
    codes = [row["person"] for row in rows]
    people = Copies(session, actor.bureau).persons(codes)
    faults = unknown_people(people, codes)
    if faults:
        raise Invalid("attendance.people", zh="有的人员不存在", en="some persons are unknown", errors=faults)
    return people


def _hold(session: Session, actor: Actor, rows: list[Row]) -> list[str]:
    """Hold the months from the leave's first day on: every later one may hold absence that overstays it."""
    days = [day for row in rows for day in (row["first"], *_month_starts(row["first"], row["last"]))]
    return Months(session, actor.bureau).hold_open(months_touched(days))


def _month_starts(first: date, last: date) -> list[date]:
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in months]
