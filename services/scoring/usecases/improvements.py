"""Improvement measures: proposed from weak items, ordered by the panel or a leader, done as task orders (docs/decisions/0322)."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from rules import RULES
from services.scoring.domain.improvement import Improvement
from services.scoring.domain.permissions import detail_sight
from services.scoring.domain.result_permissions import may_order_improvement, may_propose_improvement, who
from services.scoring.storage.followups import improvements, orders_of, with_orders
from services.scoring.storage.projections import item_of, open_cycle_of
from services.scoring.storage.run_store import Runs
from services.scoring.usecases.conversations import settled_score
from services.scoring.usecases.guards import need
from services.scoring.usecases.naming import named
from services.scoring.usecases.run_states import run_to_change
from shared.actor import Actor
from shared.clock import today
from shared.contracts.scoring.commands.improvements import ImprovementQuery, ImprovementStep, NewImprovement
from shared.database import Session
from shared.events import ImprovementChanged
from shared.ids import new_id
from shared.recording import record
from shared.vocabulary.refusals import check_revision, invalid

Row = dict[str, Any]


def propose_improvement(session: Session, actor: Actor, command: NewImprovement) -> Row:
    """Propose an improvement. The order will be issued in ``cycle``, which must be open, under ``indicator``."""
    run, row = settled_score(session, actor, command["run"], command["subject"])
    need(may_propose_improvement(actor, row["subject"], row["layer"], row["unit"]))
    run_to_change(session, actor, run.run)
    item_of(session, actor.bureau, run.cycle, command["weak_indicator"])
    made = Improvement(
        bureau=actor.bureau,
        improvement=new_id(),
        layer=row["layer"],
        unit=row["unit"],
        proposed_by=who(actor),
        **command,
    )
    made.check_deadline(today())
    _check_order(session, made, row["line"])
    improvements(session, actor.bureau).add(made)
    return _recorded(session, actor, None, made)


def order_improvement(session: Session, actor: Actor, command: ImprovementStep) -> Row:
    """Order an improvement: the task order is issued by the event that this sends."""

    def order(one: Improvement) -> Improvement:
        row = settled_score(session, actor, one.run, one.subject)[1]
        _check_order(session, one, row["line"])
        return one.ordered(who(actor), today())

    return _step(session, actor, command, order)


def drop_improvement(session: Session, actor: Actor, command: ImprovementStep) -> Row:
    return _step(session, actor, command, lambda one: one.dropped(command["reason"]))


def withdraw_improvement(session: Session, actor: Actor, command: ImprovementStep) -> Row:
    """Withdraw an improvement, but not what has been judged. A judgement that is still on its way wins in
    declarations: ``task_order`` then tells it."""

    def withdraw(one: Improvement) -> Improvement:
        order = orders_of(session, one.bureau, [(one.cycle, one.improvement)]).get(one.improvement)
        return one.withdrawn(command["reason"], order["status"] if order else None)

    return _step(session, actor, command, withdraw)


def list_improvements(session: Session, actor: Actor, query: ImprovementQuery) -> Row:
    Runs(session, actor.bureau).get(query["run"])
    seen = detail_sight(actor)
    page = improvements(session, actor.bureau).page(seen, query, "status", "subject")
    return named(session, actor.bureau, {**page, "items": with_orders(session, actor.bureau, page["items"])})


def event_of(one: Improvement, by: str) -> ImprovementChanged:
    return ImprovementChanged(**asdict(one), by=by)


def _check_order(session: Session, one: Improvement, line: str) -> None:
    """What declarations will ask of a task order, as far as it is known here."""
    cycle = open_cycle_of(session, one.bureau, one.cycle)
    item = item_of(session, one.bureau, one.cycle, one.indicator)
    if item["tool"] != "accountability" or RULES[item["rule"]].strikes:
        raise invalid(
            "improvement.tool",
            "改进任务应列在问责法的指标之下",
            "it is ordered under an item of accountability",
            "indicator",
        )
    if one.layer not in item["layers"] or (item["line"] not in ("all", line) and line != "all"):
        raise invalid(
            "improvement.unsuited", "该指标不考核这一对象", "this item does not apply to the subject", "indicator"
        )
    periods = {period["code"]: period["frequency"] for period in cycle["rules"]["periods"]}
    if periods.get(one.period) != item["frequency"]:
        raise invalid("improvement.period", "不是该指标的考核期", "not a period of this item", "period")


def _step(session: Session, actor: Actor, command: ImprovementStep, move: Callable[[Improvement], Improvement]) -> Row:
    store = improvements(session, actor.bureau)
    before = store.get(command["improvement"], lock=True)
    need(may_order_improvement(actor, before.subject, before.layer))
    check_revision("improvement", command["revision"], before.revision)
    after = move(before)
    store.save(after)
    return _recorded(session, actor, before, after)


def _recorded(session: Session, actor: Actor, before: Improvement | None, after: Improvement) -> Row:
    was = event_of(before, who(actor)) if before else None
    record(session, event_of(after, who(actor)), before=was)
    page: Row = named(session, after.bureau, {"items": with_orders(session, after.bureau, [asdict(after)])})
    found: Row = page["items"][0]
    return found
