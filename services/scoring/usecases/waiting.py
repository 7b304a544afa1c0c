"""What was handed in and not yet settled: listed with the desk it is on; a run waits for it, or the panel takes it upon itself."""

from collections.abc import Mapping
from typing import Any

from services.scoring.domain.dossier import desk_of
from services.scoring.domain.permissions import may_assume, oversees
from services.scoring.domain.result_permissions import who
from services.scoring.storage import waiting as store
from services.scoring.storage.projections import cycle_of, names, units_of
from services.scoring.usecases.guards import need, need_not_archived
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row
from shared.clock import now
from shared.contracts.scoring.commands.waiting import AssumedFact, Assuming, WaitingQuery
from shared.database import Session
from shared.errors import Conflict
from shared.recording import audit
from shared.vocabulary.periods import period
from shared.vocabulary.refusals import invalid, missing
from shared.vocabulary.scoring import DESK_STEPS, FACT_KINDS

Row = dict[str, Any]
MOST_TOLD = 100


def list_waiting(session: Session, actor: Actor, query: WaitingQuery) -> Row:
    """List everything that keeps the cycle from being frozen, and what the panel has taken upon itself."""
    need(oversees(actor))
    cycle_of(session, actor.bureau, query["cycle"])
    page = store.page_of_waiting(session, actor.bureau, query)
    subjects = {one["subject"] for one in page["items"]}
    known, units = names(session, actor.bureau, subjects), units_of(session, actor.bureau, subjects)
    return {**page, "items": [_shown(one, known, units) for one in page["items"]]}


def assume_waiting(session: Session, actor: Actor, command: Assuming) -> Row:
    """Take the responsibility, item by item with its reason, that a run is
    frozen without what waits; nobody for himself."""
    need(may_assume(actor))
    bureau, cycle = actor.bureau, command["cycle"]
    need_not_archived(cycle_of(session, bureau, cycle)["status"])
    check_no_repetition(command["items"], lambda one: (one["kind"], one["fact"]))
    keys = [(one["kind"], one["fact"]) for one in command["items"]]
    found = store.facts_waiting(session, bureau, cycle, keys)

    def check(one: AssumedFact) -> Row:
        fact = found.get((one["kind"], one["fact"]))
        if fact is None:
            raise missing(
                "waiting.unknown", "没有这一项，或已不在待核评之列", "it is not there, or no longer waits", "fact"
            )
        if fact["subject"] == actor.person:
            raise invalid(
                "own.decision", "不得为本人的事项承担责任", "nobody takes this upon himself for his own", "fact"
            )
        if not one["reason"].strip():
            raise invalid("reason.required", "请说明理由", "a reason is needed", "reason")
        return {"bureau": bureau, "cycle": cycle, **one, "by": who(actor), "at": now()}

    rows = each_row(command["items"], check)
    store.assume(session, rows)
    for row in rows:
        subject = f"{bureau}/{cycle}/{row['kind']}/{row['fact']}"
        audit(session, action="waiting.assumed", subject=subject, before={}, after=row)
    return {"assumed": len(rows)}


def need_nothing_waiting(session: Session, bureau: str, cycle: str, scored: Mapping[str, Any]) -> None:
    """Refuse to freeze while something of those who are scored waits for its
    assessor: his delay is not the declarer's."""
    left = [one for one in store.waiting_left(session, bureau, cycle) if one["subject"] in scored]
    if left:
        zh = f"还有 {len(left)} 项已申报、待核评，不能冻结核算；绩效考核小组可逐项承担责任"
        en = f"{len(left)} items were handed in and wait on somebody's desk; the panel may take them upon itself, item by item"
        raise Conflict("run.waiting", zh=zh, en=en, errors=[_entry(one) for one in left[:MOST_TOLD]])


def _entry(one: Row) -> Row:
    waits = DESK_STEPS[desk_of(one, None)["step"]]
    what = f"{one['subject']} {one['indicator']} {period(one['period'])}{FACT_KINDS[one['kind']]}"
    return {
        "field": f"{one['kind']}.{one['fact']}",
        "code": f"waiting.{one['status']}",
        "zh": f"{what}：待{waits}",
        "en": f"{one['kind']} of {one['subject']} for {one['indicator']}, {one['period']}: {one['status']}",
    }


def _shown(one: Row, known: Mapping[str, str], units: Mapping[str, str]) -> Row:
    assumed = None if one["by"] is None else {name: one[name] for name in ("reason", "by", "at")}
    kept = ("kind", "fact", "indicator", "item", "subject", "period", "status")
    own = {name: one[name] for name in kept}
    desk = desk_of(one, units.get(one["subject"]))
    return {**own, "name": known.get(one["subject"]), "desk": desk, "assumed": assumed}
