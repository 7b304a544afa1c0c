"""Who sees a file: whoever uploaded it, and whoever sees something that refers to it. The rules are those of the lists."""

from sqlalchemy import ColumnElement, RowMapping, Table, and_, or_, select
from sqlalchemy.orm import Session

from services.declarations.domain.evidence import Evidence
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import reads_everything
from services.declarations.storage.accounting import inquiry, temporary_work
from services.declarations.storage.checked import appeal, inspection
from services.declarations.storage.evidence import EvidenceUses
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import contribution, declaration, task_order, veto
from services.declarations.usecases.read_appeals import decides
from shared.actor import Actor

# What may refer to files: its table (with ``subject`` and ``unit``) and its key. A new aggregate is one line here.
REFERRING: dict[str, tuple[Table, str]] = {
    "declaration": (declaration, "declaration"),
    "task_order": (task_order, "order"),
    "contribution": (contribution, "contribution"),
    "temporary_work": (temporary_work, "work"),
    "inquiry": (inquiry, "inquiry"),
    "veto": (veto, "veto"),
    "inspection": (inspection, "inspection"),
    "appeal": (appeal, "appeal"),
}


def sees_file(session: Session, actor: Actor, file: Evidence) -> bool:
    if file.owner == who(actor) or reads_everything(actor):
        return True
    uses = EvidenceUses(session, actor.bureau, file.cycle).of([file.evidence])
    scope = Scope.of(session, actor) if uses else None
    return scope is not None and any(
        seen(session, scope, file.cycle, one["kind"], one["aggregate"]) is not None for one in uses
    )


def seen(session: Session, scope: Scope, cycle: str, kind: str, aggregate: str) -> RowMapping | None:
    """The row of what refers to a file, where ``scope`` may read it."""
    table, key = REFERRING[kind]
    c = table.c
    statement = select(table).where(c.bureau == scope.actor.bureau, c.cycle == cycle, c[key] == aggregate)
    return session.execute(statement.where(_shown(scope, kind))).mappings().first()


def _shown(scope: Scope, kind: str) -> ColumnElement[bool]:
    """As the lists of its kind; whoever has to inspect something sees what it rests on."""
    table, key = REFERRING[kind]
    c, i = table.c, inspection.c
    if kind == "inspection":
        return or_(scope.sees(table), i.inspector == who(scope.actor))
    if kind == "appeal":
        return or_(scope.sees(table), c.filed_by == who(scope.actor), decides(scope.actor, scope))
    mine = select(i.inspection).where(
        i.bureau == scope.actor.bureau, i.inspector == who(scope.actor), i.kind == kind, i.item == c[key]
    )
    no_draft = or_(c.status != "draft", c.subject.in_(scope.own))  # a draft is nobody's but the declarer's
    return and_(or_(scope.sees(table), mine.exists()), no_draft)
