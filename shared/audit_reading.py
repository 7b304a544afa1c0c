"""Reading an audit trail page by page: who did what, when, from where. Law 13 holds here too: what a service keeps to itself is named, not shown."""

from collections.abc import Callable, Mapping
from datetime import UTC, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from shared.actor import Actor, Grant
from shared.clock import midnight_of
from shared.errors import Forbidden
from shared.events import REGISTRY
from shared.jsontext import loads
from shared.pages import keyset
from shared.tables import audit_trail

EVERYWHERE = Grant("auditor", "installation")
FREE_TEXT = frozenset({"reason", "title", "zh", "en", "phone"})  # of states: what somebody wrote may tell who reported


def reading_trail(schema: str, may: Callable[[Actor], bool]) -> Callable[[Session, Actor, Any], dict[str, Any]]:
    """Return the use case that lists the trail of ``schema`` for whom ``may`` lets."""

    def list_trail(session: Session, actor: Actor, query: Mapping[str, Any]) -> dict[str, Any]:
        check(may(actor))
        return trail_page(session, schema, actor, query)

    return list_trail


def trail_page(
    session: Session, schema: str, actor: Actor, query: Mapping[str, Any], *also: ColumnElement[bool]
) -> dict[str, Any]:
    """Return a page of the lines, the newest first: for an auditor of the installation all, else those of who belongs to the bureau, those
    about what is the bureau's, and what ``also`` says."""
    trail = audit_trail(schema)
    statement = select(trail).where(*_asked(trail.c, query))
    if EVERYWHERE not in actor.grants:
        about = trail.c.subject.startswith(f"{actor.bureau}/", autoescape=True)
        statement = statement.where(or_(trail.c.bureau == actor.bureau, about, *also))
    page = keyset(
        session,
        statement,
        order=[trail.c.at, trail.c.chain, trail.c.seq],
        after=query.get("after"),
        limit=query["limit"],
        descending=True,
    )
    return {**page, "items": [_told(line) for line in page["items"]]}


def check(auditor: bool) -> None:  # noqa: FBT001  # reads as a condition
    """Refuse whoever is no auditor."""
    if not auditor:
        zh, en = "只有审计员可以查看审计记录", "only auditors read the audit trail"
        raise Forbidden("trail.auditors_only", zh=zh, en=en)


def _asked(columns: Any, query: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    asked = [columns[name] == query[name] for name in ("account", "request_id") if query.get(name)]
    asked += [
        columns[name].startswith(query[name], autoescape=True) for name in ("subject", "action") if query.get(name)
    ]
    if query.get("since"):
        asked.append(columns.at >= _begins(query["since"]))
    if query.get("until"):
        asked.append(columns.at < _begins(query["until"] + timedelta(days=1)))
    return asked


def _begins(day: Any) -> str:
    """The instant at which a day begins here, as it stands in a trail: UTC, so that texts are in time's order."""
    return midnight_of(day).astimezone(tz=UTC).isoformat()


def _told(line: dict[str, Any]) -> dict[str, Any]:
    before, after = loads(line["before"]), loads(line["after"])
    told = line["action"] in REGISTRY
    return {
        **line,
        "changed": sorted({*before, *after}) if isinstance(before, dict) and isinstance(after, dict) else [],
        "before": _shown(before) if told else {},
        "after": _shown(after) if told else {},
    }


def _shown(state: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in state.items() if name not in FREE_TEXT}
