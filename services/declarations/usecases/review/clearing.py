"""Many declarations by one decision: an assessor clears what agrees with the rule, a period's assessed items are recorded.

The selection is made by the database, not by the caller. To clear it, the caller names the number and the etag that it was shown:
where anything slipped in or out meanwhile, nothing is done.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select, true
from sqlalchemy.orm import Session

from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import records_everything
from services.declarations.storage.library import need_cycle
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import declaration
from services.declarations.usecases.review.decide import assess_declarations, record_declarations
from shared.actor import Actor
from shared.errors import Conflict
from shared.tallies import tally_of

AT_ONCE = 500
FILTERS = ("period", "unit", "indicator", "subject", "assessor")
Query = dict[str, Any]
c = declaration.c


def preview_clearing(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """How many the actor may clear at once, what etag they have together, and how many are left for a closer look."""
    need_cycle(session, actor.bureau, query["cycle"])
    mine = _mine(actor, query, and_(c.status == "verified", Scope.of(session, actor).assesses()))
    counted = select(func.count(), func.count().filter(_agrees())).select_from(declaration).where(*mine)
    waiting, agreeing = session.execute(counted).one()
    taken = _taken(session, _first(mine))
    return {"waiting": waiting, "agreeing": agreeing, "expected": len(taken), "etag": _etag(taken)}


def clear_declarations(session: Session, actor: Actor, command: Query) -> dict[str, Any]:
    """Assess all that was previewed, as declared."""
    need_cycle(session, actor.bureau, command["cycle"]).check_open()
    mine = _mine(actor, command, and_(c.status == "verified", Scope.of(session, actor).assesses()))
    taken = _taken(session, _first(mine).with_for_update())
    if (len(taken), _etag(taken)) != (command["expected"], command["etag"]):
        raise Conflict(
            "selection.changed",
            zh=f"所选事项已有变化（现为 {len(taken)} 项），请重新查看后再批量核评",
            en=f"the selection has changed meanwhile: it is {len(taken)} now; look at it again",
        )
    return _decided(session, actor, command, taken, assess_declarations)


def record_period(session: Session, actor: Actor, command: Query) -> dict[str, Any]:
    """Record what is assessed in a period, by the office all of it, by an assessor their own section's; 500 at once."""
    need_cycle(session, actor.bureau, command["cycle"]).check_open()
    scope = Scope.of(session, actor)
    sections = c.assessor.in_(scope.assessing)
    own = or_(c.subject.in_(scope.own), c.declared_by == who(actor))
    allowed = and_(c.status == "assessed", not_(own), true() if records_everything(actor) else sections)
    mine = _mine(actor, command, allowed)
    statement = select(c.declaration, c.revision).where(*mine).order_by(c.declaration).limit(AT_ONCE)
    taken = _taken(session, statement.with_for_update())
    answer = _decided(session, actor, command, taken, record_declarations)
    left = session.execute(select(func.count()).select_from(declaration).where(*mine)).scalar_one()
    return {"recorded": len(answer["declarations"]), "left": left}


def _decided(session: Session, actor: Actor, command: Query, taken: list[tuple[str, int]], decide: Any) -> Query:
    if not taken:
        return {"declarations": []}
    chosen = [{"declaration": name, "revision": revision} for name, revision in taken]
    answer: Query = decide(session, actor, {"cycle": command["cycle"], "declarations": chosen})
    return answer


def _mine(actor: Actor, query: Query, condition: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    filters = [c[name] == query[name] for name in FILTERS if name in query]
    return [c.bureau == actor.bureau, c.cycle == query["cycle"], condition, *filters]


def _agrees() -> ColumnElement[bool]:
    """Self-scored as the rule has it, and counted as the machine has it."""
    return and_(c.self_points == c.points, c.differs.is_(False), c.machine_now.is_(None))


def _first(mine: list[ColumnElement[bool]]) -> Select[Any]:
    return select(c.declaration, c.revision).where(*mine, _agrees()).order_by(c.declaration).limit(AT_ONCE)


def _taken(session: Session, statement: Select[Any]) -> list[tuple[str, int]]:
    return [(row.declaration, row.revision) for row in session.execute(statement)]


def _etag(taken: list[tuple[str, int]]) -> str:
    tally = tally_of(taken)
    return f"{tally['states']}-{tally['digest']}"
