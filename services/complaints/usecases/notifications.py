"""Telling the parties: recorded with its proof, owed until then; the case's own step 告知 follows once all were told."""

from decimal import Decimal
from typing import Any

from services.complaints.domain import notification_permissions, permissions
from services.complaints.domain.calendars import settings_of
from services.complaints.domain.cases import day_of
from services.complaints.domain.indicators import percent
from services.complaints.domain.notifications import BY_STEP, check_proof, check_telling
from services.complaints.storage.cases import CaseFile
from services.complaints.storage.notifications import Notifications
from services.complaints.storage.papers import Papers
from services.complaints.storage.projections import Copies
from services.complaints.usecases.finding import need_case
from services.complaints.usecases.guards import guard
from services.complaints.usecases.leaving import masked_notification
from services.complaints.usecases.people import place_of
from services.complaints.usecases.sight import sight_of
from services.complaints.usecases.stepping import take_steps
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.cases import take_steps as steps_contract
from shared.contracts.complaints.commands.cases import OneCase
from shared.contracts.complaints.commands.figures import PeriodScope
from shared.contracts.complaints.commands.notifications import (
    NotificationQuery,
    NotificationReceived,
    NotificationTakenBack,
    NotificationTold,
    NotificationWish,
)
from shared.database import Row, Session
from shared.errors import NotFound
from shared.recording import audit
from shared.vocabulary.case_notifications import MATTERS, NOTIFIED_FIGURES
from shared.vocabulary.refusals import conflict, invalid

_TOLD = ("way", "told_at", "told_on", "proof", "received_on", "paper")
_FIGURES = {
    "decided_and_told": ("acceptance", "refusal"),
    "termination_told": ("termination",),
    "result_told": ("result",),
}


def list_case_notifications(session: Session, actor: Actor, query: OneCase) -> Row:
    one = need_case(session, actor, str(query["case"]))
    place = place_of(session, actor)
    guard(permissions.may_see(actor, one.case, place))
    listed = _listed(session, actor, one)
    if permissions.may_see_people(actor, one.case, place):
        return listed
    return {**listed, "items": [masked_notification(each) for each in listed["items"]]}


def set_notification_wish(session: Session, actor: Actor, command: NotificationWish) -> Row:
    one = _handled(session, actor, str(command["case"]))
    notifications = Notifications(session, actor.bureau)
    before = notifications.wish(one.case.code)
    notifications.set_wishes({one.case.code: command["way"]})
    audit(
        session,
        action="case.notification_wish_set",
        subject=one.case.code,
        before={"way": before},
        after={"way": command["way"]},
    )
    return _listed(session, actor, one)


def record_notification(session: Session, actor: Actor, command: NotificationTold) -> Row:
    """Record that a party was told. Once all are who are concerned by a decision, the case's step 告知 is taken."""
    one, row = _found(session, actor, command)
    at = command["at"] or clock.now()
    if row["way"] is not None:
        raise conflict(
            "notification.told", "该项告知已经登记，登记有误的请先撤销", "it is recorded already", "notification"
        )
    check_telling(at, row["decided_at"], command["received_on"], clock.now())
    check_proof(command["way"], command["proof"])
    _check_late(session, actor, one, at)
    told = {"way": command["way"], "told_at": at, "told_on": day_of(at), "proof": command["proof"].strip()}
    sent = _paper(session, actor, one, command)
    done = {
        **told,
        "received_on": command["received_on"],
        "paper": sent,
        "recorded_at": clock.now(),
        "recorded_by": actor.account,
    }
    Notifications(session, actor.bureau).change(row["notification"], done)
    _note(session, "case.notified", row, {name: done[name] for name in _TOLD})
    _take_step(session, actor, one, row["matter"])
    return _again(session, actor, row)


def record_receipt(session: Session, actor: Actor, command: NotificationReceived) -> Row:
    _, row = _found(session, actor, command)
    if row["told_at"] is None:
        raise conflict("notification.untold", "尚未登记告知", "nobody was told yet", "notification")
    if row["received_on"] is not None:
        raise conflict(
            "notification.received", "已登记收到日期", "the day of receipt is recorded already", "received_on"
        )
    check_telling(row["told_at"], row["decided_at"], command["received_on"], clock.now())
    Notifications(session, actor.bureau).change(row["notification"], {"received_on": command["received_on"]})
    _note(session, "case.notification_received", row, {"received_on": command["received_on"]})
    return _again(session, actor, row)


def take_back_notification(session: Session, actor: Actor, command: NotificationTakenBack) -> Row:
    """Take back what was recorded wrongly. The step 告知 that followed is annulled in the history, by who may."""
    _, row = _found(session, actor, command)
    if row["told_at"] is None:
        raise conflict("notification.untold", "尚未登记告知", "nobody was told yet", "notification")
    nothing = {**dict.fromkeys(_TOLD), "proof": "", "recorded_at": None, "recorded_by": None}
    Notifications(session, actor.bureau).change(row["notification"], nothing)
    _note(session, "case.notification_taken_back", row, {"why": command["why"]})
    return _again(session, actor, row)


def list_notifications(session: Session, actor: Actor, query: NotificationQuery) -> Row:
    page = Notifications(session, actor.bureau).page(query, sight_of(session, actor), clock.today())
    return {**page, "items": [masked_notification(_shown(row)) for row in page["items"]]}


def show_notified(session: Session, actor: Actor, query: PeriodScope) -> Row:
    """Count what was to be told in these days: decided and told in time, late, and not yet."""
    if query["until"] < query["since"]:
        raise invalid("case_figures.period", "起止日期颠倒", "the period ends before it begins", "until")
    unit, handler = query["unit"], query["handler"]
    home = Copies(session, actor.bureau).persons().get(handler or "")
    guard(permissions.may_see_figures(actor, unit, handler, home.unit if home else None))
    counts = {
        row["matter"]: row
        for row in Notifications(session, actor.bureau).counts(query["since"], query["until"], unit, handler)
    }
    none = {"due": 0, "in_time": 0, "late": 0, "untold": 0}
    matters = [{**none, **counts.get(matter, {}), "matter": matter, "zh": zh} for matter, zh in MATTERS.items()]
    figures = [_figure(name, [counts.get(one, none) for one in of]) for name, of in _FIGURES.items()]
    return {"since": query["since"], "until": query["until"], "matters": matters, "figures": figures}


def _figure(name: str, counts: list[Row]) -> Row:
    kept, due = sum(one["in_time"] for one in counts), sum(one["due"] for one in counts)
    value = percent(Decimal(kept), Decimal(due)) if due else None
    told = {"figure": name, "zh": NOTIFIED_FIGURES[name], "over": "期内应告知项数"}
    return {**told, "numerator": kept, "denominator": due, "value": value}


def _take_step(session: Session, actor: Actor, one: CaseFile, matter: str) -> None:
    if matter not in BY_STEP or one.case.told_at is not None:
        return
    rows = [row for row in Notifications(session, actor.bureau).of_case(one.case.code) if row["matter"] == matter]
    if any(row["told_at"] is None for row in rows):
        return
    last = max(row["told_at"] for row in rows)
    step = {"case": one.case.code, "step": "tell", "at": last.isoformat()}
    take_steps(session, actor, steps_contract.decode({"steps": [step]}))  # type: ignore[arg-type]  # as it is decoded at the edge


def _check_late(session: Session, actor: Actor, one: CaseFile, at: Any) -> None:
    """Entered so late as other steps it needs a head, or a head's consent."""
    case, now = one.case, clock.now()
    most = settings_of(Copies(session, actor.bureau).calendar()).on(day_of(now)).late_entry_days
    if (day_of(now) - day_of(at)).days <= most or permissions.may_consent(actor, case.unit or case.intake_unit):
        return
    if case.late_since and case.late_until and day_of(at) >= case.late_since and now <= case.late_until:
        return
    raise conflict(
        "case.late_entry", "补录超过规定天数，须先由负责人同意补录", "entered so late it needs a head's consent", "at"
    )


def _paper(session: Session, actor: Actor, one: CaseFile, command: NotificationTold) -> str | None:
    if command["paper"] is None:
        return None
    row = Papers(session, actor.bureau).one(str(command["paper"]))
    if row is None or row["code"] != one.case.code or row["voided_at"] is not None:
        raise conflict("paper.unknown", "没有该文书，或者该文书已作废", "no such paper, or it is void", "paper")
    return str(row["paper"])


def _found(
    session: Session, actor: Actor, command: NotificationTold | NotificationReceived | NotificationTakenBack
) -> tuple[CaseFile, Row]:
    one = _handled(session, actor, str(command["case"]))
    row = Notifications(session, actor.bureau).one(str(command["notification"]))
    if row is None or row["code"] != one.case.code:
        raise _unknown()
    return one, row


def _handled(session: Session, actor: Actor, code: str) -> CaseFile:
    one = need_case(session, actor, code, lock=True)
    why_not = notification_permissions.why_not_notify(actor, one.case, place_of(session, actor))
    guard(why_not is None, why_not)
    return one


def _listed(session: Session, actor: Actor, one: CaseFile) -> Row:
    notifications = Notifications(session, actor.bureau)
    why_not = notification_permissions.why_not_notify(actor, one.case, place_of(session, actor))
    items = [_shown(row) for row in notifications.of_case(one.case.code)]
    return {"items": items, "wish": notifications.wish(one.case.code), "why_not": why_not}


def _again(session: Session, actor: Actor, row: Row) -> Row:
    found = Notifications(session, actor.bureau).one(row["notification"])
    if found is None:
        raise _unknown()
    return _shown(found)


def _shown(row: Row) -> Row:
    over = row["due"] is not None and row["due"] < clock.today()
    untold = "overdue" if over else "owed"
    state = untold if row["told_at"] is None else "told" if row["way"] else "unproved"
    return {**{name: value for name, value in row.items() if name != "code"}, "case": row["code"], "state": state}


def _note(session: Session, action: str, row: Row, after: Row) -> None:
    before = {name: row[name] for name in _TOLD if name in row}
    about = {"notification": row["notification"], "matter": row["matter"], "party": row["party"]}
    audit(session, action=action, subject=row["code"], before=before, after={**about, **after})


def _unknown() -> NotFound:
    return NotFound("notification.unknown", zh="没有该项告知", en="no such notification")
