"""Notices as they are read: those to oneself and to every duty one holds, in one's own right or for somebody."""

from services.declarations.domain.notices import CLOCKS_DESK, EVERYBODY
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import keeps_calendar
from services.declarations.domain.reading_permissions import keeps_clocks
from services.declarations.storage.notices import known_notices, mark_read, notices_at
from services.declarations.storage.scopes import Scope
from shared.actor import Actor
from shared.batches import each_row
from shared.clock import today
from shared.contracts.declarations.commands.notices import NoticeQuery, ReadNotices
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.refusals import missing


def list_notices(session: Session, actor: Actor, query: NoticeQuery) -> Row:
    addresses = _addresses(Scope.of(session, actor))
    limit = query["limit"]
    rows = notices_at(
        session,
        actor.bureau,
        addresses,
        who(actor),
        unread=query["unread"],
        before=query.get("before"),
        limit=limit + 1,
    )
    shown = rows[:limit]
    return {"items": shown, "next": shown[-1]["notice"] if len(rows) > limit else None}


def read_notices(session: Session, actor: Actor, command: ReadNotices) -> Row:
    known = known_notices(session, actor.bureau, _addresses(Scope.of(session, actor)), command["notices"])

    def check(one: str) -> None:
        if one not in known:
            raise missing("notice.unknown", f"没有提醒 {one}", f"there is no notice {one}", "notice")

    each_row(command["notices"], check)
    new = mark_read(session, known, who(actor), today())
    if new:
        audit(session, action="notice.read", subject=who(actor), before={}, after=sorted(known))
    return {"read": new}


def _addresses(scope: Scope) -> list[str]:
    own = [f"person:{who(scope.actor)}", *(f"head:{code}" for code in scope.own)]
    duties = [
        f"{kind}:{code}"
        for power in scope.powers
        for kind, codes in (
            ("head", power.headed),
            ("above", power.led),
            ("desk", power.desks),
            ("assessor", power.assessing),
        )
        for code in codes
    ]
    office = ["desk:office"] if keeps_calendar(scope.actor) else []
    clocks = [CLOCKS_DESK] if keeps_clocks(scope.actor) else []
    return sorted({EVERYBODY, *own, *duties, *office, *clocks})
