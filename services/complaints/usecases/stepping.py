"""Taking steps, singly or by the list; a list succeeds whole or not at all, and every refused row is named."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.complaints.domain import permissions
from services.complaints.domain.applying import is_backdated
from services.complaints.domain.calendars import Calendar
from services.complaints.domain.cases import ASSOCIATION, BUREAU, Case, day_of
from services.complaints.domain.events import Event
from services.complaints.domain.history import add
from services.complaints.storage.cases import CaseFile, Cases
from services.complaints.storage.projections import Copies, Person, Unit
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from services.complaints.usecases.storing import keep_cases
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.steps import LATE_ENTRY
from shared.database import Row
from shared.errors import Conflict, Entry, Invalid, NotFound
from shared.recording import audit
from shared.vocabulary.refusals import Refused, check_revision, conflict

# What the audit trail tells of a step: what changed in the handling, never who complained.
_TOLD = (
    *("status", "unit", "handler", "refusal_ground", "outcome", "termination_ground", "recovered", "told_at"),
    *("satisfaction", "entrusted_to", "merged_into", "kind", "trader"),
)
# What each step says, of the members of its entry.
_GIVEN: Mapping[str, tuple[str, ...]] = {
    "assign": ("unit", "handler"),
    "entrust": ("unit", "handler"),
    "refuse": ("ground", "knew_on"),
    "consent": ("party", "matter"),
    "conclude": (
        *("outcome", "termination_ground", "recovered", "voucher", "perform_by", "performed_on", "must_tell"),
    ),
    "follow_up": ("answered", "satisfaction"),
}
_HANDLING = frozenset({"centre", "division", "station"})


@dataclass(frozen=True)
class _Desk:
    """What every row of a command is decided with."""

    actor: Actor
    place: Unit | None
    units: Mapping[str, Unit]
    people: Mapping[str, Person]
    calendar: Calendar
    others: Mapping[str, CaseFile]
    now: datetime


def take_steps(session: Session, actor: Actor, command: Row) -> Row:
    """Take a list of steps in its order; several may concern one case. Returns the cases' status and revision."""
    rows = [_named(row) for row in command["steps"]]
    cases, copies = Cases(session, actor.bureau), Copies(session, actor.bureau)
    known = cases.get({row["case"] for row in rows}, lock=True)
    others = cases.get({row["original"] for row in rows if row["original"]})
    place, calendar = place_of(session, actor), copies.calendar()
    desk = _Desk(actor, place, copies.units(), copies.persons(), calendar, others, clock.now())
    before = dict(known)
    _take_each(rows, known, before, desk)
    changed = [_next(one, before[code]) for code, one in known.items() if one.history != before[code].history]
    keep_cases(session, actor.bureau, changed)
    for one in changed:
        code = one.case.code
        audit(session, action="case.stepped", subject=code, before=_told(before[code].case), after=_told(one.case))
    revisions = {one.case.code: one.case.revision for one in changed}
    told = [
        {"case": code, "status": one.case.status, "revision": revisions.get(code, one.case.revision)}
        for code, one in known.items()
    ]
    return {"cases": told, "changed": len(changed)}


def _take_each(rows: list[Row], known: dict[str, CaseFile], before: Mapping[str, CaseFile], desk: _Desk) -> None:
    faults: list[tuple[str, Entry]] = []
    for number, row in enumerate(rows):
        if row["case"] not in known:
            entry = {"row": number, "field": "case", "code": "case.unknown", "zh": "没有该件", "en": "no such case"}
            raise NotFound("case.unknown", zh="没有该件", en="no such case", errors=[entry])
        one = known[row["case"]]
        why_not = permissions.why_not_step(desk.actor, row["step"], one.case, desk.place)
        guard(why_not is None, why_not)
        try:
            check_revision("case", row["revision"], before[row["case"]].case.revision)
            known[row["case"]] = _step(one, row, desk)
        except Refused as refused:
            told = refused.refusals[0]
            entry = {"row": number, "field": told.field or "step", "code": told.code, "zh": told.zh, "en": told.en}
            faults.append((told.kind, entry))
    if faults:
        cls = Invalid if all(kind == "invalid" for kind, _ in faults) else Conflict
        zh, en = "有的步骤不能进行", "some steps cannot be taken"
        raise cls("case.step", zh=zh, en=en, errors=[entry for _, entry in faults])


def _next(one: CaseFile, before: CaseFile) -> CaseFile:
    return replace(one, case=replace(one.case, revision=before.case.revision + 1))


def _named(row: Row) -> Row:
    return {**row, "case": str(row["case"]), "original": str(row["original"]) if row["original"] else None}


def _step(one: CaseFile, row: Row, desk: _Desk) -> CaseFile:
    _check_units(one.case, row, desk)
    event = _event(one, row, desk)
    grown = one.grown(add(one.case.code, one.history, event, desk.calendar))
    if is_backdated(event):
        _check_late(one.case, event, desk)
    return grown


def _event(one: CaseFile, row: Row, desk: _Desk) -> Event:
    """What puts right is said to happen now; ``happened_at`` is when the wrong event really did."""
    step = row["step"]
    puts_right = step in ("correct", "annul")
    return Event(
        number=len(one.history) + 1,
        name=step,
        recorded_at=desk.now,
        happened_at=desk.now if puts_right else row["at"] or desk.now,
        account=desk.actor.account,
        person=desk.actor.person,
        given=_given(one, row, desk),
        why=row["why"],
        on_behalf_of=row["on_behalf_of"],
        names=row["event"] if puts_right else None,
    )


def _given(one: CaseFile, row: Row, desk: _Desk) -> Row:
    step = row["step"]
    if step in ("mark_repeat", "merge"):
        return _original(one, row, desk)
    if step == "allow_late":
        return {"since": row["since"], "until": desk.now + LATE_ENTRY}
    if step == "correct":
        return {"changes": row["changes"], "at": row["happened_at"]}
    return {name: row[name] for name in _GIVEN.get(step, ())}


def _original(one: CaseFile, row: Row, desk: _Desk) -> Row:
    """What is kept of the other case: who handled it and when it was concluded. It has to be seen, and of the same person."""
    other = desk.others.get(row["original"] or "")
    if other is None or other.case.code == one.case.code:
        raise conflict("case.unknown", "没有原件", "no such original case", "original")
    if row["step"] == "merge":
        if other.case.kind != one.case.kind or other.case.trader != one.case.trader or other.case.merged_into:
            raise conflict(
                "case.not_same", "不是同一被投诉举报人的同类件", "not of the same kind and trader", "original"
            )
        return {"original": other.case.code}
    if not set(one.keys) & set(other.keys):
        raise conflict("case.not_same", "不是同一投诉人", "not of the same person", "original")
    concluded = other.case.concluded_at
    holder = other.case.holder_at(concluded) if concluded else None
    return {
        "original": other.case.code,
        "repeat_unit": holder.unit if holder else None,
        "repeat_handler": holder.handler if holder else None,
        "repeat_concluded": day_of(concluded) if concluded else None,
    }


def _check_units(case: Case, row: Row, desk: _Desk) -> None:
    """A case goes to a unit that handles cases and to one of its people; an association's case stays with it."""
    changes = row["changes"] if row["step"] == "correct" else {}
    if row["step"] not in ("assign", "entrust") and not {"unit", "handler"} & set(changes):
        return
    given: Mapping[str, Any] = changes or row
    unit = desk.units.get(given.get("unit") or case.unit or "")
    handler = desk.people.get(given.get("handler") or "")
    if unit is None or not unit.active:
        raise conflict("unit.unknown", "没有该单位", "no such unit", "unit")
    if given.get("handler") and (handler is None or not handler.active or handler.unit != unit.code):
        raise conflict("case.handler", "承办人不在该单位", "the handler does not work in the unit", "handler")
    association = unit.kind == ASSOCIATION
    if case.organisation == ASSOCIATION and not association:
        text = "消费者协会受理的件不得转为行政办理"
        raise conflict("case.roles", text, "an association's case is no bureau procedure", "unit")
    if row["step"] == "entrust" and not association:
        raise conflict("case.roles", "只能委托消费者协会", "only an association can be entrusted", "unit")
    if case.organisation == BUREAU and row["step"] != "entrust" and unit.kind not in _HANDLING:
        text = "件只能分派给12315中心、科室或市场监管所；委托消费者协会须经受理和双方同意"
        raise conflict("case.roles" if association else "case.unit_kind", text, "this unit handles no cases", "unit")


def _check_late(case: Case, event: Event, desk: _Desk) -> None:
    """Long after it happened a step is entered by a head or with a head's consent, never by the handler alone."""
    by_head = permissions.may_consent(desk.actor, case.unit or case.intake_unit)
    if by_head and (desk.actor.person is None or desk.actor.person != case.handler):
        return
    since, until = case.late_since, case.late_until
    if since and until and day_of(event.happened_at) >= since and event.recorded_at <= until:
        return
    raise conflict(
        "case.late_entry", "补录超过规定天数，须先由负责人同意补录", "entered so late it needs a head's consent", "at"
    )


def _told(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _TOLD}
