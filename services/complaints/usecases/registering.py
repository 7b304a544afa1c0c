"""Registering cases: a list succeeds whole or not at all, and every refused row is named."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from services.complaints.domain import permissions
from services.complaints.domain.applying import is_backdated
from services.complaints.domain.cases import ASSOCIATION, BUREAU, COMPLAINT, REPORT, day_of
from services.complaints.domain.events import REGISTER, Event
from services.complaints.domain.history import fold
from services.complaints.storage.cases import CaseFile, Cases
from services.complaints.storage.people import FIELDS, People
from services.complaints.storage.projections import Copies, Unit
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from services.complaints.usecases.storing import keep_cases
from shared import clock
from shared.actor import Actor
from shared.database import Row
from shared.errors import Invalid
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import Refusal, conflict

_NAMED = frozenset({COMPLAINT, REPORT})  # what needs a named trader
_TOLD = (
    "kind",
    "intake_unit",
    "summary",
    "trader",
    "trader_address",
    "channel",
    "goods",
    "amount",
    "request",
    "real_name",
)
_TAKING = frozenset({"centre", "division", "station", ASSOCIATION})
Fault = tuple[str, str, str, str]  # field, code, zh, en


def register_cases(session: Session, actor: Actor, command: Row) -> Row:
    """Register a list. Returns ``{"cases": [{"case", "number", "status", "revision"}]}`` in the order given."""
    now = clock.now()
    rows = [_timed(row, now) for row in command["cases"]]
    units, place = Copies(session, actor.bureau).units(), place_of(session, actor)
    _check(session, actor.bureau, rows, units, now)
    for row in rows:
        guard(permissions.may_register(actor, row["intake_unit"], place))
    new = [_file(actor, row, units[row["intake_unit"]], now) for row in rows]
    for one in new:
        late = is_backdated(one.history[0]) and not permissions.may_consent(actor, one.case.intake_unit)
        if late:
            raise conflict(
                "case.late_entry", "补录超过规定天数，须由负责人登记", "a head has to register what came in so long ago"
            )
    keep_cases(session, actor.bureau, new)
    for one in new:
        told = {"number": one.case.number, "kind": one.case.kind}
        audit(session, action="case.registered", subject=one.case.code, before={}, after=told)
    return {"cases": [_answer(one) for one in new]}


def _answer(one: CaseFile) -> Row:
    case = one.case
    return {"case": case.code, "number": case.number, "status": case.status, "revision": case.revision}


def _timed(row: Row, now: Any) -> Row:
    registered = row["at"] or now
    return {**row, "at": registered, "received_at": row["received_at"] or registered}


def _file(actor: Actor, row: Row, unit: Unit, now: Any) -> CaseFile:
    code = new_id()
    given = {name: row[name] for name in _TOLD}
    more = {
        "organisation": ASSOCIATION if unit.kind == ASSOCIATION else BUREAU,
        "number": row["number"] or code,
        "received_at": row["received_at"],
        "first_received_at": row["first_received_at"],
        "linked_to": str(row["linked_to"]) if row["linked_to"] else None,
    }
    event = Event(
        number=1,
        name=REGISTER,
        recorded_at=now,
        happened_at=row["at"],
        account=actor.account,
        person=actor.person,
        given={**given, **more},
        why=row["why"],
        on_behalf_of=row["on_behalf_of"],
    )
    people = People(actor.bureau)
    person = {name: row[name] for name in FIELDS}
    return CaseFile(fold(code, [event]), (event,), 0, tuple(people.keys(person)), people.seal(person))


def _check(session: Session, bureau: str, rows: list[Row], units: Mapping[str, Unit], now: Any) -> None:
    cases = Cases(session, bureau)
    given = Counter((_year(row), row["number"]) for row in rows if row["number"])
    cases.hold_numbers(year for year, _ in given)
    taken = cases.numbers_taken(number for _, number in given)
    linked = cases.get({str(row["linked_to"]) for row in rows if row["linked_to"]})
    faults = []
    for number, row in enumerate(rows):
        found = [*_about_the_place(row, units), *_about_times(row, now), *_about_people(row)]
        key = (_year(row), row["number"])
        if key in taken or given[key] > 1:
            found.append(("number", "case.number_taken", "登记编号在该年度已存在", "the number is taken in that year"))
        if row["linked_to"] and str(row["linked_to"]) not in linked:
            found.append(("linked_to", "case.unknown", "没有关联的件", "no such case"))
        faults += [(number, Refusal("invalid", code, zh, en, field)) for field, code, zh, en in found]
    if faults:
        errors = [{"row": row, "field": one.field, "code": one.code, "zh": one.zh, "en": one.en} for row, one in faults]
        raise Invalid("case.invalid", zh="登记内容有误", en="some cases cannot be registered", errors=errors)


def _year(row: Row) -> str:
    return str(day_of(row["received_at"]).year)


def _about_the_place(row: Row, units: Mapping[str, Unit]) -> list[Fault]:
    unit = units.get(row["intake_unit"])
    if unit is None:
        return [("intake_unit", "unit.unknown", "没有该单位", "no such unit")]
    if unit.kind not in _TAKING:
        return [("intake_unit", "case.unit_kind", "该单位不受理投诉举报", "this unit takes no cases")]
    if unit.kind == ASSOCIATION and row["kind"] != COMPLAINT:
        text = "消费者协会只受理投诉，举报等须由市场监管部门登记"
        return [("intake_unit", "case.roles", text, "an association takes complaints only")]
    return []


def _about_times(row: Row, now: Any) -> list[Fault]:
    times = [name for name in ("received_at", "at", "first_received_at") if row[name] and row[name] > now]
    faults = [(name, "case.future", "时间不能晚于现在", "the time lies in the future") for name in times]
    if row["at"] < row["received_at"]:
        faults.append(("at", "case.order", "登记时间早于收到时间", "registered before it was received"))
    if row["first_received_at"] and row["first_received_at"] > row["received_at"]:
        faults.append(
            ("first_received_at", "case.order", "首次收到晚于本局收到", "first received after the bureau did")
        )
    return faults


def _about_people(row: Row) -> list[Fault]:
    faults = []
    if row["kind"] in _NAMED and not row["trader"].strip():
        faults.append(("trader", "case.trader", "须写明被投诉举报人", "name the trader"))
    if row["kind"] == REPORT and any(row[name] for name in FIELDS):
        faults.append(("consumer", "case.reporter_named", "举报件不得登记举报人身份", "a reporter is never named"))
    return faults
