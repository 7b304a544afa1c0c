"""Registering cases and taking their steps, singly or by the list; a list succeeds whole or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from services.complaints.domain import permissions
from services.complaints.domain.cases import ASSOCIATION, BUREAU, COMPLAINT, REPORT, Case
from services.complaints.domain.regimes import REGIMES
from services.complaints.domain.steps import STEPS, mark_repeat
from services.complaints.storage.cases import Cases
from services.complaints.storage.copies import Copies, Person, Unit
from services.complaints.usecases.guards import guard
from services.complaints.usecases.keeping import keep_cases
from shared.actor import Actor
from shared.clock import now
from shared.database import Row
from shared.errors import Conflict, Entry, Invalid, NotFound
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import Refused, conflict
from shared.working_days import WorkingDays

# What the audit trail tells of a step: what changed in the handling, never who complained.
_TOLD = (
    "status",
    "unit",
    "handler",
    "refusal_ground",
    "outcome",
    "termination_ground",
    "recovered",
    "told_at",
    "satisfaction",
)


def register_cases(session: Session, actor: Actor, command: Row) -> Row:
    """Register a list. Returns ``{"cases": [{"case", "number"}]}`` in the order given."""
    rows: list[Row] = command["cases"]
    units, people = Copies(session, actor.bureau).units(), Copies(session, actor.bureau).persons()
    _check_intake(session, actor.bureau, rows, units)
    own_unit = people[actor.person].unit if actor.person in people else None
    for row in rows:
        guard(permissions.may_register(actor, row["intake_unit"], own_unit))
    new = [_registered(row, units[row["intake_unit"]]) for row in rows]
    keep_cases(session, actor.bureau, new, Copies(session, actor.bureau).calendar())
    for case in new:
        audit(
            session,
            action="case.registered",
            subject=case.code,
            before={},
            after={"number": case.number, "kind": case.kind},
        )
    return {"cases": [{"case": case.code, "number": case.number} for case in new]}


def take_steps(session: Session, actor: Actor, command: Row) -> Row:
    """Take a list of steps in its order; several may concern one case. Returns the cases' status and revision."""
    rows = [_named(row) for row in command["steps"]]
    known = Cases(session, actor.bureau).get({row["case"] for row in rows}, lock=True)
    originals = Cases(session, actor.bureau).get({row["original"] for row in rows if row["original"]})
    units, people = Copies(session, actor.bureau).units(), Copies(session, actor.bureau).persons()
    calendar = Copies(session, actor.bureau).calendar()
    before, faults = dict(known), []
    for number, row in enumerate(rows):
        if row["case"] not in known:
            raise NotFound(
                "case.unknown", zh="没有该件", en="no such case", errors=[_fault(number, "case", "case.unknown")]
            )
        case = known[row["case"]]
        guard(permissions.may_step(actor, row["step"], case))
        try:
            _check_assignment(case, row, units, people)
            known[case.code] = _step(case, row, calendar, originals)
        except Refused as refused:
            one = refused.refusals[0]
            faults.append({"row": number, "field": "step", "code": one.code, "zh": one.zh, "en": one.en})
    if faults:
        raise Conflict("case.step", zh="有的步骤不能进行", en="some steps cannot be taken", errors=faults)
    changed = [
        replace(case, revision=before[code].revision + 1) for code, case in known.items() if case != before[code]
    ]
    keep_cases(session, actor.bureau, changed, calendar)
    for case in changed:
        audit(session, action="case.stepped", subject=case.code, before=_told(before[case.code]), after=_told(case))
    return {"cases": [{"case": code, "status": case.status} for code, case in known.items()], "changed": len(changed)}


def list_cases(session: Session, actor: Actor, query: Row) -> Row:
    """Cases without the names of consumers; a head sees the unit's, a handler the own."""
    mine = None
    if not permissions.may_see_all(actor):
        mine = {"units": sorted(actor.targets("unit_head")), "person": actor.person or ""}
    filters = {name: query[name] for name in ("kind", "status", "unit", "handler", "organisation")}
    return Cases(session, actor.bureau).page(filters, mine, query["after"], query["limit"])


def show_case(session: Session, actor: Actor, query: Row) -> Row:
    """Show one case with its deadlines; the consumer's name only to those who handle it."""
    code = str(query["case"])
    case = Cases(session, actor.bureau).get([code]).get(code)
    shown = Cases(session, actor.bureau).show(code)
    if case is None or shown is None:
        raise NotFound("case.unknown", zh="没有该件", en="no such case")
    handles = permissions.may_step(actor, "contact", case)
    guard(handles or permissions.may_see_all(actor))
    return shown if handles else {**shown, "consumer": ""}


def list_regimes(_session: Session, _actor: Actor, _query: Row) -> Row:
    """List every regime's terms and grounds with their articles, for screens to show."""
    return {"regimes": list(REGIMES)}


def _named(row: Row) -> Row:
    return {**row, "case": str(row["case"]), "original": str(row["original"]) if row["original"] else None}


def _registered(row: Row, unit: Unit) -> Case:
    code = new_id()
    return Case(
        code=code,
        kind=row["kind"],
        organisation=ASSOCIATION if unit.kind == "association" else BUREAU,
        number=row["number"] or code,
        intake_unit=unit.code,
        received_at=row["received_at"] or row["at"] or now(),
        registered_at=row["at"] or now(),
        summary=row["summary"],
        trader=row["trader"],
        consumer=row["consumer"],
    )


def _check_intake(session: Session, bureau: str, rows: Sequence[Row], units: Mapping[str, Unit]) -> None:
    given = Counter(row["number"] for row in rows if row["number"])
    taken = Cases(session, bureau).numbers_taken(given)
    faults = []
    for number, row in enumerate(rows):
        if row["intake_unit"] not in units:
            faults.append(_fault(number, "intake_unit", "unit.unknown"))
        if row["number"] in taken or given[row["number"]] > 1:
            faults.append(_fault(number, "number", "case.number_taken"))
        if row["kind"] == REPORT and row["consumer"]:
            faults.append(_fault(number, "consumer", "case.reporter_named"))
        if row["at"] and row["received_at"] and row["at"] < row["received_at"]:
            faults.append(_fault(number, "at", "case.order"))
    if faults:
        raise Invalid("case.invalid", zh="登记内容有误", en="some cases cannot be registered", errors=faults)


def _check_assignment(case: Case, row: Row, units: Mapping[str, Unit], people: Mapping[str, Person]) -> None:
    """A case goes to a unit and one of its people; an association's case stays with it, and the bureau's case goes to an
    association only where both parties' consent to entrusting it is recorded (令121 art. 19)."""
    if row["step"] != "assign":
        return
    unit, handler = units.get(row["unit"] or ""), people.get(row["handler"] or "")
    if unit is None or not unit.active:
        raise conflict("unit.unknown", "没有该单位", "no such unit")
    if row["handler"] and (handler is None or not handler.active or handler.unit != unit.code):
        raise conflict("case.handler", "承办人不在该单位", "the handler does not work in the unit")
    association = unit.kind == "association"
    if case.organisation == ASSOCIATION and not association:
        raise conflict("case.roles", "社会组织受理的件不得转为行政办理", "an association's case is no bureau procedure")
    if case.organisation == BUREAU and association and not (row["entrusted"] and case.kind == COMPLAINT):
        raise conflict("case.roles", "委托调解须有双方书面同意", "entrusting needs both parties' recorded consent")


def _step(case: Case, row: Row, calendar: WorkingDays, originals: Mapping[str, Case]) -> Case:
    at = row["at"] or now()
    if row["step"] != "mark_repeat":
        return STEPS[row["step"]](case, at, row, calendar)
    original = originals.get(row["original"] or "")
    if original is None or original.code == case.code:
        raise conflict("case.unknown", "没有原件", "no such original case")
    return mark_repeat(case, original)


def _told(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _TOLD}


_TEXTS = {
    "case.unknown": ("没有该件", "no such case"),
    "unit.unknown": ("没有该单位", "no such unit"),
    "case.number_taken": ("登记编号已存在", "the number is taken"),
    "case.reporter_named": ("举报件不得登记举报人姓名", "a reporter is never named"),
    "case.order": ("登记时间早于收到时间", "registered before it was received"),
}


def _fault(row: int, field: str, code: str) -> Entry:
    zh, en = _TEXTS[code]
    return {"row": row, "field": field, "code": code, "zh": zh, "en": en}
