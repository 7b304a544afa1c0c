"""Whether a case, its mediation or its entrusting may go where a step sends it."""

from collections.abc import Mapping
from typing import Any

from services.complaints.domain.cases import ASSOCIATION, BUREAU, Case
from services.complaints.storage.projections import Person, Unit
from services.complaints.usecases.desk import Desk
from shared.contracts.complaints.commands.steps import CaseStep
from shared.vocabulary.refusals import conflict

_HANDLING = frozenset({"centre", "division", "station"})
_NAMING = ("name_mediator", "decide_recusal")


def check_units(case: Case, row: CaseStep, desk: Desk) -> None:
    """Raise ``Refused`` unless a case goes to a unit that handles cases and to one of its people; an association's stays with it."""
    if row["step"] in _NAMING and row["handler"]:
        _check_mediator(case, desk.people.get(row["handler"]), desk)
    corrected = row["step"] == "correct" and {"unit", "handler"} & set(row["changes"])
    if corrected or row["step"] in ("assign", "entrust"):
        _check_place(case, row["step"], row["changes"] if corrected else row, desk)


def _check_place(case: Case, step: str, given: Mapping[str, Any], desk: Desk) -> None:
    unit = desk.units.get(given.get("unit") or case.unit or "")
    handler = desk.people.get(given.get("handler") or "")
    if unit is None or not unit.active:
        raise conflict("unit.unknown", "没有该单位", "no such unit", "unit")
    if given.get("handler") and (handler is None or not handler.active or handler.unit != unit.code):
        raise conflict("case.handler", "承办人不在该单位", "the handler does not work in the unit", "handler")
    _check_roles(case, step, unit)


def _check_roles(case: Case, step: str, unit: Unit) -> None:
    association = unit.kind == ASSOCIATION
    if case.organisation == ASSOCIATION and not association:
        text = "消费者协会受理的件不得转为行政办理"
        raise conflict("case.roles", text, "an association's case is no bureau procedure", "unit")
    if step == "entrust" and not association:
        raise conflict("case.roles", "只能委托消费者协会", "only an association can be entrusted", "unit")
    if case.organisation == BUREAU and step != "entrust" and unit.kind not in _HANDLING:
        text = "件只能分派给12315中心、科室或市场监管所；委托消费者协会须经受理和双方同意"
        raise conflict("case.roles" if association else "case.unit_kind", text, "this unit handles no cases", "unit")


def _check_mediator(case: Case, person: Person | None, desk: Desk) -> None:
    """A bureau's case is mediated by the bureau's people, an association's by its own."""
    unit = desk.units.get(person.unit) if person and person.active else None
    if unit is None:
        raise conflict("case.handler", "没有该人员", "no such person", "handler")
    own = unit.code in (case.unit, case.intake_unit) if case.organisation == ASSOCIATION else unit.kind in _HANDLING
    if not own:
        text = "行政调解由市场监管部门人员主持，消费者协会的调解由其人员主持"
        raise conflict("case.roles", text, "the mediator is of another organisation", "handler")


def check_subject(row: CaseStep, desk: Desk) -> None:
    """Check against whom a case is justified: one of the staff, and never who says so."""
    if row["step"] != "find_fault":
        return
    if row["subject"] not in desk.people:
        raise conflict("person.unknown", "没有该人员", "no such person", "subject")
    if row["subject"] == desk.actor.person:
        raise conflict("case.own_fault", "不能认定本人的责任", "nobody judges themselves", "subject")
