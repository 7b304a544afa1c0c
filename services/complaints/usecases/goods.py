"""Spot checks of goods: a plan, samples by it, the laboratory's results, what followed, rates."""

from collections.abc import Mapping
from typing import Any

from services.complaints.domain import goods_checks
from services.complaints.domain import knowledge_permissions as permissions
from services.complaints.domain.goods_checks import Sample, choices, rate
from services.complaints.storage.cases import Cases
from services.complaints.storage.goods import Goods
from services.complaints.storage.projections import Copies
from services.complaints.storage.traders import Traders
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.goods import (
    ChangedGoodsPlan,
    GoodsPlanFilter,
    NewGoodsPlan,
    NewSample,
    OneSample,
    RatesQuery,
    SampleFilter,
    SampleStep,
)
from shared.database import Row, Session
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import check_revision, conflict, invalid, missing

_PLAN = ("title", "goods", "quarter", "wanted", "unit", "traders")
_STEP = ("step", "passed", "laboratory", "report_number", "standard", "items", "text")
_ITEM = (
    *("sample", "revision", "plan", "quarter", "goods", "brand", "batch", "trader", "trader_name", "unit"),
    *("taken_on", "status", "failed"),
)


def plan_check(session: Session, actor: Actor, command: NewGoodsPlan) -> Row:
    """Plan a check."""
    guard(permissions.may_plan_checks(actor))
    return _keep_plan(session, actor, command, {"plan": new_id(), "revision": 0, "closed": False}, {})


def change_plan(session: Session, actor: Actor, command: ChangedGoodsPlan) -> Row:
    """Change a plan, or close it: no more samples are taken by it."""
    guard(permissions.may_plan_checks(actor))
    before = _need_plan(session, actor, command["plan"], lock=True)
    check_revision("goods_plan", command["revision"], before["revision"])
    return _keep_plan(session, actor, command, {**before, "closed": command["closed"]}, before)


def list_plans(session: Session, actor: Actor, query: GoodsPlanFilter) -> Row:
    """List plans with how many samples were taken, tested, failed."""
    guard(permissions.may_see_credit(actor, place_of(session, actor)))
    page = Goods(session, actor.bureau).plans(query)
    return {**page, "items": [_plan(one) for one in page["items"]]}


def take_sample(session: Session, actor: Actor, command: NewSample) -> Row:
    """Enter a sample that was taken by a plan."""
    guard(permissions.may_take_samples(actor, place_of(session, actor), command["unit"]))
    plan = _need_plan(session, actor, command["plan"], lock=True)
    if plan["closed"]:
        raise conflict("goods_plan.closed", "该抽检计划已结束", "the plan is closed", "plan")
    if plan["unit"] not in (None, command["unit"]):
        raise conflict("goods_plan.unit", "该计划由其他单位抽样", "another unit takes its samples", "unit")
    _check_known(session, actor, [command["trader"]], command["unit"])
    if command["taken_on"] > clock.today():
        raise invalid("sample.day", "抽样日期不能晚于今天", "it lies in the future", "taken_on")
    given: Mapping[str, Any] = command
    row = {
        **{name: given[name] for name in ("plan", "brand", "batch", "trader", "unit", "taken_on")},
        **{name: plan[name] for name in ("goods", "quarter")},
        "sample": new_id(),
        "status": "taken",
        "failed": None,
        "steps": [],
    }
    _keep_sample(session, actor, row, 1)
    audit(session, action="sample.taken", subject=row["sample"], before={}, after={"batch": row["batch"]})
    return _shown(session, actor, row["sample"])


def step_sample(session: Session, actor: Actor, command: SampleStep) -> Row:
    """Enter what the laboratory found, or what followed."""
    before = _need_sample(session, actor, command["sample"], lock=True)
    guard(permissions.may_take_samples(actor, place_of(session, actor), before["unit"]))
    check_revision("sample", command["revision"], before["revision"])
    case = str(command["case"]) if command["case"] else None
    if case and not Cases(session, actor.bureau).get([case]):
        raise missing("case.unknown", "没有该件", "no such case", "case")
    given: Mapping[str, Any] = command
    step = {**{name: given[name] for name in _STEP}, "on": command["on"].isoformat(), "case": case, "by": actor.account}
    sample = goods_checks.after(_sample(before), step, clock.today())
    kept = {name: value for name, value in before.items() if name not in ("bureau", "trader_name")}
    changed = {"status": sample.status, "failed": sample.failed, "steps": list(sample.steps)}
    _keep_sample(session, actor, {**kept, **changed}, before["revision"] + 1)
    was, now = {"status": before["status"]}, {"status": sample.status, "step": step["step"]}
    audit(session, action="sample.stepped", subject=before["sample"], before=was, after=now)
    return _shown(session, actor, before["sample"])


def list_samples(session: Session, actor: Actor, query: SampleFilter) -> Row:
    """List samples as they are asked for."""
    guard(permissions.may_see_credit(actor, place_of(session, actor)))
    page = Goods(session, actor.bureau).samples(query)
    return {**page, "items": [{name: one[name] for name in _ITEM} for one in page["items"]]}


def show_sample(session: Session, actor: Actor, query: OneSample) -> Row:
    """Show one sample with what may be done."""
    guard(permissions.may_see_credit(actor, place_of(session, actor)))
    return _shown(session, actor, query["sample"])


def list_rates(session: Session, actor: Actor, query: RatesQuery) -> Row:
    """Return the rates of a year by goods, the most failed first; none where nothing was tested."""
    guard(permissions.may_see_credit(actor, place_of(session, actor)))
    rows = Goods(session, actor.bureau).rates(query["year"])
    rows.sort(key=lambda one: (-one["failed"], -one["tested"], one["goods"]))
    items = [
        {**one, "rate": rate(one["failed"], one["tested"]), "few": one["tested"] < goods_checks.FEW} for one in rows
    ]
    return {"year": query["year"], "items": items}


def _keep_plan(session: Session, actor: Actor, command: Mapping[str, Any], row: Row, before: Row) -> Row:
    _check_known(session, actor, command["traders"], command["unit"])
    kept = {"revision": row["revision"] + 1, "kept_at": clock.now(), "kept_by": actor.account}
    told = {name: command[name] for name in _PLAN}
    Goods(session, actor.bureau).save_plan({**row, **told, **kept})
    was = {name: before[name] for name in (*_PLAN, "closed")} if before else {}
    audit(session, action="goods_plan.kept", subject=row["plan"], before=was, after={**told, "closed": row["closed"]})
    plan = _need_plan(session, actor, row["plan"])
    return _plan({**plan, **Goods(session, actor.bureau).counts([row["plan"]])[row["plan"]]})


def _plan(row: Row) -> Row:
    return {name: row[name] for name in ("plan", "revision", *_PLAN, "closed", "taken", "tested", "failed")}


def _keep_sample(session: Session, actor: Actor, row: Row, revision: int) -> None:
    kept = {"revision": revision, "kept_at": clock.now(), "kept_by": actor.account}
    Goods(session, actor.bureau).save_sample({**row, **kept})


def _check_known(session: Session, actor: Actor, traders: list[str], unit: str | None) -> None:
    if Traders(session, actor.bureau).names(traders).keys() < set(traders):
        raise invalid("trader.unknown", "没有该经营者", "no such trader", "trader")
    if unit is not None and unit not in Copies(session, actor.bureau).units():
        raise invalid("unit.unknown", "没有该单位", "no such unit", "unit")


def _need_plan(session: Session, actor: Actor, code: str, *, lock: bool = False) -> Row:
    row = Goods(session, actor.bureau).plan(code, lock=lock)
    if row is None:
        raise missing("goods_plan.unknown", "没有该抽检计划", "no such plan", "plan")
    return row


def _need_sample(session: Session, actor: Actor, code: str, *, lock: bool = False) -> Row:
    row = Goods(session, actor.bureau).sample(code, lock=lock)
    if row is None:
        raise missing("sample.unknown", "没有该样品", "no such sample")
    return row


def _sample(row: Row) -> Sample:
    return Sample(row["status"], row["taken_on"], tuple(row["steps"]))


def _shown(session: Session, actor: Actor, code: str) -> Row:
    row = _need_sample(session, actor, code)
    may, not_now = choices(_sample(row))
    if not permissions.may_take_samples(actor, place_of(session, actor), row["unit"]):
        not_now += [{"step": step, "zh": "须由12315中心或抽样单位负责人登记"} for step in may]
        may = []
    return {**{name: row[name] for name in _ITEM}, "steps": row["steps"], "may": may, "why_not": not_now}
