"""Open311 GeoReport v2, read only: what may be public of cases, told to every account, and to everybody where the bureau says so."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.complaints.domain.open_permissions import may_read_openly
from services.complaints.domain.open_requests import definition, request_of, services
from services.complaints.storage.open_requests import OpenRequests
from services.complaints.storage.projections import Copies
from services.complaints.storage.settings import StoredSettings
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.open_requests import (
    OneRequestQuery,
    OneServiceQuery,
    PublicQuery,
    RequestsQuery,
)
from shared.database import Row, Session
from shared.errors import NotFound, Unauthenticated
from shared.vocabulary.open_requests import DAYS, SERVICES, STATUSES
from shared.vocabulary.refusals import invalid


def show_services(session: Session, actor: Actor, query: PublicQuery) -> Row:
    """Show the services of the standard: the kinds of case of which something is public."""
    _check(session, actor, query["jurisdiction_id"])
    return {"items": services()}


def show_service(session: Session, actor: Actor, query: OneServiceQuery) -> Row:
    """Show what a service asks for."""
    _check(session, actor, query["jurisdiction_id"])
    return definition(query["service_code"])


def list_requests(session: Session, actor: Actor, query: RequestsQuery) -> Row:
    """List the cases received between two moments, 90 days apart at the most, or those that are named."""
    _check(session, actor, query["jurisdiction_id"])
    found = OpenRequests(session, actor.bureau)
    if query["service_request_id"]:
        return {"items": _told(session, actor, found.of(query["service_request_id"].lower().split(",")))}
    since, until = _between(query["start_date"], query["end_date"])
    kinds, states = (query["service_code"] or ",".join(SERVICES)), (query["status"] or ",".join(STATUSES))
    page = (query["page"], query["page_size"])
    rows = found.between(since, until, kinds.split(","), set(states.split(",")), page)
    return {"items": _told(session, actor, rows)}


def show_request(session: Session, actor: Actor, query: OneRequestQuery) -> Row:
    """Show one case as far as it may be public."""
    _check(session, actor, query["jurisdiction_id"])
    rows = OpenRequests(session, actor.bureau).of([str(query["service_request_id"])])
    if not rows:
        raise NotFound("open_request.unknown", zh="没有该公开事项", en="no such request is public")
    return {"items": _told(session, actor, rows)}


def _check(session: Session, actor: Actor, jurisdiction: str | None) -> None:
    """Whoever asks without an account is told the same of a bureau that is not open and of one that there is not."""
    today = clock.today()
    openly = StoredSettings(session, actor.bureau).dated().on(today).read_openly
    if not may_read_openly(actor, to_everybody=openly):
        raise Unauthenticated("login.required", zh="请先登录", en="log in first")
    if jurisdiction not in (None, actor.bureau):
        raise NotFound("jurisdiction.unknown", zh="没有该辖区", en="no such jurisdiction_id")


def _between(since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
    span, now = timedelta(days=DAYS), clock.now()
    until = until or (min(since + span, now) if since else now)
    since = since or until - span
    if until - since > span:
        raise invalid("open_request.span", f"一次最多查询 {DAYS} 日", f"{DAYS} days at the most", "start_date")
    return since, until


def _told(session: Session, actor: Actor, rows: Sequence[Row]) -> list[Row]:
    units = Copies(session, actor.bureau).units()
    names = {code: one.name for code, one in units.items()}
    return [request_of(row, names.get(row["unit"] or row["intake_unit"], "")) for row in rows]
