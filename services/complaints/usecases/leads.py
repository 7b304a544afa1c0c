"""What the centre learns about goods and traders reaches a line as a lead, of which somebody there makes a task order."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.complaints.domain import knowledge_permissions as permissions
from services.complaints.domain.cases import FILED, REPORT
from services.complaints.domain.masking import masked
from services.complaints.storage.cases import Cases
from services.complaints.storage.goods import Goods
from services.complaints.storage.hot_spots import HotSpots
from services.complaints.storage.leads import Leads, event_of, note_orders
from services.complaints.storage.projections import Copies
from services.complaints.usecases.guards import guard
from services.complaints.usecases.hot_spots import in_words, name_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.leads import LeadQuery, NewLead, WithdrawnLead
from shared.database import Row, Session
from shared.events import TaskOrderChanged
from shared.ids import new_id
from shared.recording import record
from shared.vocabulary.refusals import check_revision, conflict, invalid, missing

_NAMES = ("source", "source_code", "line", "unit", "title", "text", "deadline")
_WRITTEN = ("title", "text")  # of a report it may tell who reported
_TOLD = ("lead", "revision", *_NAMES, "about", "status", "reason", "task_order", "order_status", "kept_at", "kept_by")
_BLANK: Mapping[str, Any] = {"reason": "", "task_order": None, "order_revision": 0, "order_status": None}


def raise_lead(session: Session, actor: Actor, command: NewLead) -> Row:
    """Send a lead from a hot spot, a sample that failed, or a report that was upheld."""
    guard(permissions.may_raise_leads(actor))
    about = _about(session, actor.bureau, command["source"], command["source_code"])
    if command["deadline"] < clock.today():
        raise invalid("lead.deadline", "期限不能早于今天", "the deadline is over", "deadline")
    units = Copies(session, actor.bureau).units()
    unit = units.get(command["unit"])
    if unit is None or not unit.active:
        raise invalid("unit.unknown", "没有该单位", "no such unit", "unit")
    if command["line"] not in {one.line for one in units.values() if one.active}:
        raise invalid("line.unknown", "没有该口", "there is no such line", "line")
    given: Mapping[str, Any] = command
    row = {
        **_BLANK,
        **{name: given[name] for name in _NAMES},
        **({name: masked(given[name]) for name in _WRITTEN} if command["source"] == "case" else {}),
        "bureau": actor.bureau,
        "lead": new_id(),
        "revision": 1,
        "about": about,
        "status": "raised",
        "cycle": str(command["deadline"].year),
        "kept_at": clock.now(),
        "kept_by": actor.account,
    }
    Leads(session, actor.bureau).save(row)
    record(session, event_of(row))
    return _shown(actor, row)


def withdraw_lead(session: Session, actor: Actor, command: WithdrawnLead) -> Row:
    """Withdraw a lead; an order that was made of it meanwhile is withdrawn by whoever issued it."""
    guard(permissions.may_raise_leads(actor))
    leads = Leads(session, actor.bureau)
    before = leads.get(command["lead"], lock=True)
    if before is None:
        raise missing("lead.unknown", "没有该案源", "no such lead")
    check_revision("lead", command["revision"], before["revision"])
    if before["status"] != "raised":
        raise conflict("lead.settled", "已下达任务单或已撤回，不能撤回", "it was ordered or withdrawn already")
    kept = {"revision": before["revision"] + 1, "kept_at": clock.now(), "kept_by": actor.account}
    row = {**before, **kept, "status": "withdrawn", "reason": command["reason"]}
    leads.save(row)
    record(session, event_of(row), event_of(before))
    return _shown(actor, row)


def list_leads(session: Session, actor: Actor, query: LeadQuery) -> Row:
    """List leads with what became of them."""
    guard(permissions.may_see_hot_spots(actor))
    page = Leads(session, actor.bureau).page(query)
    return {**page, "items": [_shown(actor, row) for row in page["items"]]}


def take_orders(session: Session, states: Sequence[TaskOrderChanged]) -> None:
    """Note what became of orders that were made of leads."""
    note_orders(session, states)


def _about(session: Session, bureau: str, source: str, code: str) -> str:
    """Return where a lead comes from, in words; raises ``Refused`` where there is no such thing or it is no lead."""
    if source == "hot_spot":
        spot = HotSpots(session, bureau).get(code)
        told = spot and in_words(spot, name_of(session, bureau, spot))
    elif source == "sample":
        sample = Goods(session, bureau).sample(code)
        failed = sample is not None and sample["failed"]
        told = (
            f"{sample['goods']}（批号 {sample['batch']}，{sample['trader_name']}）抽检不合格"
            if sample and failed
            else None
        )
    else:
        one = Cases(session, bureau).get([code]).get(code)
        upheld = one is not None and one.case.kind == REPORT and one.case.outcome == FILED
        told = f"举报件 {one.case.number} 查实立案" if one and upheld else None
    if not told:
        zh = "没有该热点、不合格样品或查实的举报"
        raise conflict("lead.source", zh, "no such hot spot, failed sample or upheld report", "source_code")
    return told


def _shown(actor: Actor, row: Row) -> Row:
    may = ["withdraw"] if row["status"] == "raised" and permissions.may_raise_leads(actor) else []
    return {**{name: row[name] for name in _TOLD}, "may": may}
