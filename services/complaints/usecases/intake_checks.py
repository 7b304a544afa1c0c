"""What is wrong with cases that come in: each fault with its row and member, before anything is registered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from services.complaints.domain.cases import ASSOCIATION, COMPLAINT, REPORT, day_of
from services.complaints.domain.numbering import is_made
from services.complaints.storage.cases import Cases
from services.complaints.storage.look_alikes import LookAlikes
from services.complaints.storage.projections import Unit
from services.complaints.usecases.arrivals import Arrival, organisation_of
from services.complaints.usecases.linking import is_given_wrongly
from shared.contracts.complaints.commands.cases import NewCase
from shared.database import Session
from shared.errors import Invalid
from shared.vocabulary.refusals import Refusal

_NAMED = frozenset({COMPLAINT, REPORT})  # what needs a named trader
_TAKING = frozenset({"centre", "division", "station", ASSOCIATION})
Fault = tuple[str, str, str, str]  # field, code, zh, en


def check(session: Session, bureau: str, arrivals: Sequence[Arrival], units: Mapping[str, Unit], now: datetime) -> None:
    """Raise ``Invalid`` naming every row that cannot be registered; numbers stay held until the transaction ends."""
    if faults := faults_of(session, bureau, arrivals, units, now):
        errors = [{"row": row, "field": one.field, "code": one.code, "zh": one.zh, "en": one.en} for row, one in faults]
        raise Invalid("case.invalid", zh="登记内容有误", en="some cases cannot be registered", errors=errors)


def faults_of(
    session: Session, bureau: str, arrivals: Sequence[Arrival], units: Mapping[str, Unit], now: datetime
) -> list[tuple[int, Refusal]]:
    """Return what is wrong, each with the place of its row; numbers stay held until the transaction ends."""
    cases = Cases(session, bureau)
    given = Counter(key for one in arrivals if (key := _number(one, units)))
    cases.hold_numbers([year for year, _, _ in given] + ["platform" for one in arrivals if one.row["platform_number"]])
    taken = cases.numbers_taken(number for _, _, number in given)
    platform = Counter(one.row["platform_number"] for one in arrivals if one.row["platform_number"])
    imported = LookAlikes(session, bureau).of_platform(platform)
    linked = cases.get({str(one.row["linked_to"]) for one in arrivals if one.row["linked_to"]})
    faults: list[tuple[int, Refusal]] = []
    for one in arrivals:
        found = [*_about_the_place(one.row, units), *_about_times(one, now), *_about_people(one)]
        key = _number(one, units)
        if key and (key in taken or given[key] > 1):
            found.append(("number", "case.number_taken", "登记编号在该年度已存在", "the number is taken in that year"))
        if key and is_made(key[2]):
            found.append(
                ("number", "case.number_form", "此种编号由系统编排，不能手工填写", "numbers of this form are made")
            )
        named = one.row["platform_number"]
        if named and (named in imported or platform[named] > 1):
            found.append(("platform_number", "case.platform_number", "该平台编号已登记", "it is registered already"))
        if one.row["linked_to"] and str(one.row["linked_to"]) not in linked:
            found.append(("linked_to", "case.unknown", "没有关联的件", "no such case"))
        faults += [(one.place, Refusal("invalid", code, zh, en, field)) for field, code, zh, en in found]
    return faults


def _number(one: Arrival, units: Mapping[str, Unit]) -> tuple[str, str, str] | None:
    """The year of receipt, whose numbers, and the number that was given."""
    if not one.row["number"]:
        return None
    return str(day_of(one.received_at).year), organisation_of(units.get(one.row["intake_unit"])), one.row["number"]


def _about_the_place(row: NewCase, units: Mapping[str, Unit]) -> list[Fault]:
    unit = units.get(row["intake_unit"])
    if unit is None:
        return [("intake_unit", "unit.unknown", "没有该单位", "no such unit")]
    if unit.kind not in _TAKING:
        return [("intake_unit", "case.unit_kind", "该单位不受理投诉举报", "this unit takes no cases")]
    if unit.kind == ASSOCIATION and row["kind"] != COMPLAINT:
        text = "消费者协会只受理投诉，举报等须由市场监管部门登记"
        return [("intake_unit", "case.roles", text, "an association takes complaints only")]
    return []


def _about_times(one: Arrival, now: datetime) -> list[Fault]:
    first = one.row["first_received_at"]
    said = {"received_at": one.received_at, "at": one.at, "first_received_at": first}
    late = [name for name, at in said.items() if at and at > now]
    faults = [(name, "case.future", "时间不能晚于现在", "the time lies in the future") for name in late]
    if one.at < one.received_at:
        faults.append(("at", "case.order", "登记时间早于收到时间", "registered before it was received"))
    if first and first > one.received_at:
        faults.append(
            ("first_received_at", "case.order", "首次收到晚于本局收到", "first received after the bureau did")
        )
    return faults


def _names_somebody(row: NewCase) -> bool:
    told = (row["consumer"], row["phone"], row["address"], row["id_number"], row["agent"], row["together"])
    return any(told)


def _about_people(one: Arrival) -> list[Fault]:
    row, faults = one.row, []
    if row["kind"] in _NAMED and not row["trader"].strip():
        faults.append(("trader", "case.trader", "须写明被投诉举报人", "name the trader"))
    if is_given_wrongly(row["trader_code"]):
        faults.append(("trader_code", "trader.credit_code", "统一社会信用代码校验不符", "the code does not check"))
    if row["kind"] == REPORT and _names_somebody(row):
        faults.append(("consumer", "case.reporter_named", "举报件不得登记举报人身份", "a reporter is never named"))
    if one.half_of != COMPLAINT:
        faults.append(("report", "case.kind", "只有投诉可以同时提出举报", "only a complaint holds a report besides"))
    if len(row["together"]) == 1:
        faults.append(("together", "case.together", "共同投诉至少两人", "those who complain together are two or more"))
    return faults
