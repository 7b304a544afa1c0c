"""Read declarations: lists, one with its history, and what is still due."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from services.declarations.domain.cycles import Cycle, Period
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.organisation import Subject
from services.declarations.domain.permissions import answers_for, is_next_up, reads_everything
from services.declarations.domain.prefill import machine_counts
from services.declarations.domain.weighing import Scale, explained
from services.declarations.domain.words import DECLARED_TOOLS
from services.declarations.storage.columns import told
from services.declarations.storage.declarations import Declarations
from services.declarations.storage.library import (
    MachineFigures,
    indicators_by_code,
    indicators_of,
    need_cycle,
    targets_of,
)
from services.declarations.storage.organisation import Organisation, places_of
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import declaration
from services.declarations.storage.timetables import consents_about, deadlines_of
from shared.actor import Actor
from shared.clock import today
from shared.errors import NotFound
from shared.pages import keyset
from shared.vocabulary.declarations import PENDING_STATES
from shared.vocabulary.refusals import forbidden, invalid

Query = dict[str, Any]
FILTERS = ("period", "unit", "status", "assessor", "subject", "indicator")
c = declaration.c
MARKS: dict[str, Callable[[], ColumnElement[bool]]] = {
    "differs": lambda: or_(c.differs, c.machine_now.is_not(None)),
    "machine_changed": lambda: c.machine_now.is_not(None),
    "overdue": lambda: func.coalesce(c.due_on < today(), False),
}  # each for true or false


def list_declarations(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """A page of what the actor may see in ``query["cycle"]``, filtered by any of ``FILTERS``."""
    scope = Scope.of(session, actor)
    statement = select(*told(declaration)).where(
        c.bureau == actor.bureau, c.cycle == query["cycle"], scope.sees(declaration)
    )
    statement = statement.where(or_(c.status != "draft", c.subject.in_(scope.own)))
    statement = statement.where(*(c[name] == query[name] for name in FILTERS if name in query))
    statement = statement.where(*(holds() == query[name] for name, holds in MARKS.items() if name in query))
    return keyset(session, statement, order=[c.declaration], after=query.get("after"), limit=query["limit"])


def get_declaration(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """One declaration with its earlier versions; ``NotFound`` where there is none that the actor may see."""
    scope = Scope.of(session, actor)
    statement = select(*told(declaration)).where(
        c.bureau == actor.bureau, c.cycle == query["cycle"], c.declaration == query["declaration"]
    )
    statement = statement.where(scope.sees(declaration), or_(c.status != "draft", c.subject.in_(scope.own)))
    row = session.execute(statement).mappings().first()
    if row is None:
        raise NotFound("declaration.unknown", zh="没有这一申报", en="there is no such declaration")
    history = Declarations(session, actor.bureau, query["cycle"]).history(query["declaration"])
    return {**row, "history": history, "explanation": _explained(session, actor, dict(row))}


def _explained(session: Session, actor: Actor, row: Mapping[str, Any]) -> str | None:
    cycle = need_cycle(session, actor.bureau, row["cycle"])
    library = indicators_by_code(session, actor.bureau, cycle.cycle, [row["indicator"]])
    if row["not_applicable"] or row["indicator"] not in library:
        return None
    return explained(library[row["indicator"]], row["counts"], row["target"], cycle.rounding, row["points"])


def list_due(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """What ``query["subject"]`` (by default the actor) still has to declare in a period: rule, target, prefill."""
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    period = _period(cycle, query["period"])
    subject = readable_subject(session, actor, query.get("subject") or actor.person)
    library = indicators_of(session, actor.bureau, cycle.cycle, subject, DECLARED_TOOLS)
    there = period.is_due(places_of(session, actor.bureau, [subject.code]).get(subject.code, ()))
    expected = [one for one in library.values() if there and one.frequency == period.frequency]
    begun = _begun(session, actor.bureau, cycle.cycle, subject.code, period.code)
    left = [one for one in expected if _pending(begun.get(one.indicator))]
    targets = targets_of(session, actor.bureau, cycle.cycle, [subject.code])
    figures = MachineFigures(session, actor.bureau, [(subject.code, month) for month in period.months])
    due_on = deadlines_of(session, actor.bureau, cycle).of(period, "declare")
    asked = consents_about(session, actor.bureau, cycle.cycle, subject.code, period.code)

    def due(one: Indicator) -> dict[str, Any]:
        machine = machine_counts(one, period.months, figures.of(subject.code, one.source))
        scale = Scale(one, targets.get((subject.code, one.indicator)), machine, cycle.rounding)
        return {**_item(one, scale), **_draft(begun.get(one.indicator)), "consent": asked.get(one.indicator)}

    return {
        "subject": subject.code,
        "period": period.code,
        "expected": len(expected),
        "due_on": due_on,
        "late": due_on is not None and due_on < today(),
        "items": [due(one) for one in left],
    }


def _period(cycle: Cycle, code: str) -> Period:
    if code not in cycle.periods:
        raise invalid("period.unknown", f"没有周期 {code}", f"no period {code} in this cycle", "period")
    return cycle.periods[code]


def readable_subject(session: Session, actor: Actor, code: str | None) -> Subject:
    if code is None:
        raise invalid("subject.required", "请指明考核对象", "name the subject", "subject")
    subject = Organisation(session, actor.bureau, subjects=[code]).subject(code)
    near = answers_for(actor, subject) or is_next_up(actor, subject.code, subject.layer, subject.unit)
    if not (near or reads_everything(actor)):
        raise forbidden("subject.not_yours", f"无权查看 {code} 的待申报事项", f"{code} is not yours to see")
    return subject


def _begun(session: Session, bureau: str, cycle: str, subject: str, period: str) -> dict[str, Mapping[str, Any]]:
    columns = (c.indicator, c.declaration, c.revision, c.status, c.counts, c.remark, c.reason, c.evidence)
    statement = select(*columns).where(c.bureau == bureau, c.cycle == cycle, c.subject == subject, c.period == period)
    return {row["indicator"]: dict(row) for row in session.execute(statement).mappings()}


def _pending(begun: Mapping[str, Any] | None) -> bool:
    return begun is None or begun["status"] in PENDING_STATES


def _item(one: Indicator, scale: Scale) -> dict[str, Any]:
    idle = scale.nothing_happened
    known = scale.machine is not None and not idle
    return {
        "indicator": one.indicator,
        "name": one.name,
        "tool": one.tool,
        "category": one.category,
        "measure_unit": one.measure_unit,
        "full_points": one.full_points,
        "rule": one.rule,
        "rule_params": one.rule_params,
        "standard": one.standard,
        "required_evidence": one.evidence,
        "source": one.source,
        "target": scale.target,
        "prefill": scale.machine,
        "prefill_points": one.points(scale.machine or {}, scale.target, scale.rounding) if known else None,
        "not_applicable": idle,
    }


_NOTHING_YET: Mapping[str, Any] = {"counts": None, "remark": "", "reason": "", "evidence": []}


def _draft(begun: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is there already: a draft, or what was returned and why."""
    if begun is None:
        return {"declaration": None, "revision": None, "status": None, **_NOTHING_YET}
    return {name: value for name, value in begun.items() if name != "indicator"}
