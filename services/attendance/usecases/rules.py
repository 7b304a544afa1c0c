"""Rules of the bureau, and clocks out of order: what HR sets, and what somebody else confirms."""

from services.attendance.domain import permissions
from services.attendance.storage.downs import Downs
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies
from services.attendance.storage.rules import rules_of
from services.attendance.usecases.guards import guard
from services.attendance.usecases.months import months_touched, refresh
from shared.actor import Actor
from shared.clock import bureau_date, now
from shared.database import Row, Session
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.attendance import DOWN_STATES
from shared.vocabulary.refusals import check_revision, conflict, invalid, missing
from shared.vocabulary.states import States

STATES = States(
    "down", "停用时段", {"approve": {"proposed": "approved"}, "refuse": {"proposed": "refused"}}, DOWN_STATES
)


def set_rule(session: Session, actor: Actor, command: Row) -> Row:
    """Let a rule hold from a day on. Months closed before keep what they were closed by."""
    guard(permissions.may_set_rules(actor))
    months = Months(session, actor.bureau)
    if any(code >= f"{command['starts']:%Y-%m}" for code in months.closed()):
        raise conflict(
            "rule.closed", "该日所在月份已月结，请从其后的日期起施行", "a month from that day on is closed", "starts"
        )
    rules_of(session, actor.bureau).set(command["rule"], command["starts"], command["value"])
    audit(session, action="attendance_rule.set", subject=command["rule"], before={}, after=command)
    return list_rules(session, actor, {})


def list_rules(session: Session, actor: Actor, _query: Row) -> Row:
    """List each rule with what holds where nobody set it otherwise, and what was set from which day on."""
    return {"rules": rules_of(session, actor.bureau).told()}


def propose_down(session: Session, actor: Actor, command: Row) -> Row:
    """Say that a unit's clocks, or all, were out of order; it counts once somebody else has confirmed it."""
    guard(permissions.may_propose_downs(actor))
    if command["unit"] and command["unit"] not in Copies(session, actor.bureau).unit_kinds():
        raise invalid("unit.unknown", "没有该单位", "there is no such unit", "unit")
    if command["ends_at"] > now():
        raise conflict("down.future", "停用时段应已结束", "it has to be over", "ends_at")
    kept = {name: command[name] for name in ("starts_at", "ends_at", "reason")}
    row = {**kept, "down": new_id(), "unit": command["unit"] or "", "status": "proposed", "revision": 1}
    Downs(session, actor.bureau).add({**row, "proposed_by": actor.person or actor.account, "decided_by": ""})
    audit(session, action="down.proposed", subject=row["down"], before={}, after=row)
    return {"down": row["down"], "status": "proposed", "revision": 1}


def decide_down(session: Session, actor: Actor, command: Row) -> Row:
    """Confirm or refuse that clocks were out of order; closed months are judged anew."""
    down = str(command["down"])
    downs = Downs(session, actor.bureau)
    row = downs.get(down)
    if row is None:
        raise missing("down.unknown", "没有该停用时段", "there is no such time out of order")
    guard(permissions.may_confirm_downs(actor, row["proposed_by"]))
    check_revision("down", command["revision"], row["revision"])
    status = STATES.after("approve" if command["approve"] else "refuse", row["status"])
    days = [bureau_date(row[name]) for name in ("starts_at", "ends_at")]
    closed = Months(session, actor.bureau).hold_open(months_touched(days))
    downs.settle(row, status=status, decided_by=actor.account)
    if closed and status == "approved":
        refresh(session, actor.bureau, closed, sorted(Enrolments(session, actor.bureau).persons()), "down")
    audit(session, action="down.decided", subject=down, before={"status": row["status"]}, after={"status": status})
    return {"down": down, "status": status, "revision": row["revision"] + 1}


def list_downs(session: Session, actor: Actor, query: Row) -> Row:
    """List when clocks were out of order: everybody may know why nothing was held against them."""
    page = Downs(session, actor.bureau).page(query)
    for row in page["items"]:
        row["may_decide"] = row["status"] == "proposed" and permissions.may_confirm_downs(actor, row["proposed_by"])
    return page
