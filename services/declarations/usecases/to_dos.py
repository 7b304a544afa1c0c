"""What waits for the actor: a count and the first entries of every list, each from an index."""

from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, select
from sqlalchemy.orm import Session

from services.declarations.domain.cycles import Cycle
from services.declarations.domain.declarations import PENDING
from services.declarations.domain.orders import UNANSWERED
from services.declarations.domain.organisation import who
from services.declarations.domain.refusals import Refused
from services.declarations.domain.words import DECLARED_TOOLS
from services.declarations.storage.library import indicators_of, need_cycle, open_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import campaign, contribution, declaration, opinion, task_order, veto
from services.declarations.usecases.read_campaigns import awaits_vote
from shared.actor import Actor
from shared.clock import today

FIRST = 20  # entries shown of each list
Condition = ColumnElement[bool]


def list_to_dos(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """Lists by name, each {"count", "items"}; of the open cycle where none is named."""
    code = query.get("cycle") or open_cycle(session, actor.bureau)
    if code is None:
        return {"cycle": None, "lists": {}}
    cycle = need_cycle(session, actor.bureau, code)
    scope = Scope.of(session, actor)
    waiting = {
        name: _list(session, actor.bureau, code, table, key, condition)
        for name, (table, key, condition) in _lists(scope, actor).items()
    }
    return {"cycle": code, "lists": {"to_declare": _to_declare(session, scope, cycle), **waiting}}


def _lists(scope: Scope, actor: Actor) -> dict[str, tuple[Table, str, Condition]]:
    d, o, k, v = declaration.c, task_order.c, contribution.c, veto.c
    lists: dict[str, tuple[Table, str, Condition]] = {
        "to_verify": (
            declaration,
            "declaration",
            and_(d.status == "declared", scope.decides_first(declaration), d.declared_by != who(actor)),
        ),
        "to_assess": (declaration, "declaration", _to_assess(scope, actor)),
        "orders_to_answer": (task_order, "order", and_(o.status.in_(UNANSWERED), o.subject.in_(scope.own))),
        "orders_to_judge": (
            task_order,
            "order",
            and_(o.status == "completed", o.issued_by == who(actor), o.subject.not_in(scope.own)),
        ),
        "contributions_to_screen": (
            contribution,
            "contribution",
            and_(k.status == "declared", scope.decides_first(contribution), k.declared_by != who(actor)),
        ),
        "ballots_to_cast": (campaign, "campaign", and_(campaign.c.status == "open", awaits_vote(actor))),
    }
    if actor.has("panel"):
        lists["opinions_to_give"] = (contribution, "contribution", _to_opine(scope, actor))
        lists["vetoes_to_confirm"] = (veto, "veto", and_(v.status == "proposed", v.proposed_by != who(actor)))
    return lists


def _to_assess(scope: Scope, actor: Actor) -> Condition:
    c = declaration.c
    return and_(
        c.status == "verified",
        c.assessor.in_(scope.assessing),
        c.subject.not_in(scope.own),
        c.declared_by != who(actor),
        c.verified_by != who(actor),
    )


def _to_opine(scope: Scope, actor: Actor) -> Condition:
    c = contribution.c
    given = select(opinion.c.contribution).where(opinion.c.member == who(actor), opinion.c.bureau == actor.bureau)
    return and_(c.status == "screened", c.subject.not_in(scope.own), c.contribution.not_in(given))


def _list(session: Session, bureau: str, cycle: str, table: Table, key: str, condition: Condition) -> dict[str, Any]:
    c = table.c
    mine = and_(c.bureau == bureau, c.cycle == cycle, condition)
    shown = [c[name] for name in (key, "revision", "indicator", "subject", "period", "status") if name in c]
    first = session.execute(select(*shown).where(mine).order_by(c[key]).limit(FIRST)).mappings()
    items = [dict(row) for row in first]
    if len(items) < FIRST:
        return {"count": len(items), "items": items}
    return {"count": session.execute(select(func.count()).select_from(table).where(mine)).scalar_one(), "items": items}


def _to_declare(session: Session, scope: Scope, cycle: Cycle) -> dict[str, Any]:
    """For each subject of the actor and each period begun: how many items are still to be declared."""
    organisation = Organisation(session, scope.actor.bureau, subjects=scope.own)
    items = [
        {"subject": code, "period": period, "left": left}
        for code in scope.own
        for period, left in _left_by_period(session, scope.actor.bureau, cycle, organisation, code).items()
        if left > 0
    ]
    return {"count": sum(item["left"] for item in items), "items": items}


def _left_by_period(
    session: Session, bureau: str, cycle: Cycle, organisation: Organisation, code: str
) -> dict[str, int]:
    try:
        subject = organisation.subject(code)
    except Refused:  # a leader, or a body: not appraised by items, nothing to declare
        return {}
    frequencies = [
        one.frequency for one in indicators_of(session, bureau, cycle.cycle, subject, DECLARED_TOOLS).values()
    ]
    c = declaration.c
    statement = (
        select(c.period, func.count().label("done"))
        .where(c.bureau == bureau, c.cycle == cycle.cycle, c.subject == code, c.status.not_in(PENDING))
        .group_by(c.period)
    )
    done = {row.period: row.done for row in session.execute(statement)}
    begun = [period for period in cycle.periods.values() if period.starts <= today()]
    return {one.code: frequencies.count(one.frequency) - done.get(one.code, 0) for one in begun}
