"""What is wrong with cases that come in: each fault with its row and member, before anything is registered."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from services.complaints.domain.cases import ASSOCIATION, COMPLAINT, REPORT, day_of
from services.complaints.storage.cases import Cases
from services.complaints.storage.people import FIELDS, OTHERS
from services.complaints.storage.projections import Unit
from shared.database import Row, Session
from shared.errors import Invalid
from shared.vocabulary.refusals import Refusal

_NAMED = frozenset({COMPLAINT, REPORT})  # what needs a named trader
_TAKING = frozenset({"centre", "division", "station", ASSOCIATION})
Fault = tuple[str, str, str, str]  # field, code, zh, en


def check(session: Session, bureau: str, rows: list[Row], units: Mapping[str, Unit], now: Any) -> None:
    """Raise ``Invalid`` naming every row that cannot be registered; numbers stay held until the transaction ends."""
    cases = Cases(session, bureau)
    given = Counter((_year(row), row["number"]) for row in rows if row["number"])
    cases.hold_numbers(year for year, _ in given)
    taken = cases.numbers_taken(number for _, number in given)
    linked = cases.get({row["linked"] for row in rows if row["linked"]})
    faults = []
    for row in rows:
        found = [*_about_the_place(row, units), *_about_times(row, now), *_about_people(row)]
        key = (_year(row), row["number"])
        if key in taken or given[key] > 1:
            found.append(("number", "case.number_taken", "登记编号在该年度已存在", "the number is taken in that year"))
        if row["linked"] and row["linked"] not in linked:
            found.append(("linked_to", "case.unknown", "没有关联的件", "no such case"))
        faults += [(row["row"], Refusal("invalid", code, zh, en, field)) for field, code, zh, en in found]
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
    if row["kind"] == REPORT and any(row[name] for name in (*FIELDS, *OTHERS)):
        faults.append(("consumer", "case.reporter_named", "举报件不得登记举报人身份", "a reporter is never named"))
    if row.get("half_of", COMPLAINT) != COMPLAINT:
        faults.append(("report", "case.kind", "只有投诉可以同时提出举报", "only a complaint holds a report besides"))
    if len(row["together"]) == 1:
        faults.append(("together", "case.together", "共同投诉至少两人", "those who complain together are two or more"))
    return faults
