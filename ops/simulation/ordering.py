"""Task orders: for every item of accountability and every period, issued by the assessing section, done and judged."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ops.client import Document
from ops.dice import Dice
from ops.simulation import behaviour
from ops.simulation.context import Advance, Simulation
from ops.simulation.crowd import grouped, in_lists
from ops.simulation.world import Indicator, Period, Subject
from shared.clock import today

NEVER_DONE, NEVER_JUDGED = 10, 5  # in a thousand


@dataclass(frozen=True)
class Order:
    id: str
    subject: Subject
    indicator: Indicator
    period: Period

    def happens(self, seed: int, what: str, per_mille: int) -> bool:
        return Dice(seed, what, self.subject.code, self.indicator.code, self.period.code).chance(per_mille)


def wanted(sim: Simulation) -> Iterator[tuple[str, Indicator, Period, list[Subject]]]:
    """Return (issuer, indicator, period, subjects) in lists of up to 500."""
    by_item: dict[tuple[str, str], list[Subject]] = {}
    library = {one.code: one for one in sim.world.indicators}
    for subject in sim.world.subjects:
        if sim.speaker_or_none(subject):
            for indicator in sim.world.items(subject, "accountability"):
                issuer = sim.assessor(subject.unit, indicator.assessor)
                by_item.setdefault((indicator.code, issuer), []).append(subject)
    for (code, issuer), subjects in sorted(by_item.items()):
        for period in sim.world.periods_of(library[code].frequency):
            yield from ((issuer, library[code], period, part) for part in in_lists(subjects))


def issue(
    sim: Simulation,
    advance: Advance,
    chosen: Callable[[Period], bool] = lambda _: True,
    deadline: date | None = None,
) -> list[Order]:
    """Issue the orders of all periods, or of those ``chosen``, by ``deadline`` or else their ends."""
    orders: list[Order] = []

    def one(task: tuple[str, Indicator, Period, list[Subject]]) -> None:
        issuer, indicator, period, subjects = task
        order = {
            "indicator": indicator.code,
            "period": period.code,
            "title": f"{indicator.name}（{period.code}）",
            "standard": indicator.document["standard"],
            "deadline": (
                deadline or max(period.ends, today())
            ).isoformat(),  # nothing is ordered for a day that has passed
            "subjects": [subject.code for subject in subjects],
        }
        body = {"cycle": sim.world.cycle, "orders": [order]}
        api = sim.api(issuer)
        answer = api.post("task-orders", body, found=lambda: _issued_before(sim, indicator, period, subjects))
        ids = {one["subject"]: one["order"] for one in answer["orders"]}
        orders.extend(Order(ids[one.code], one, indicator, period) for one in subjects)
        sim.journal.add("orders", len(subjects))
        advance(len(subjects))

    sim.crowd.do(one, (task for task in wanted(sim) if chosen(task[2])))
    orders.sort(key=lambda order: (order.subject.code, order.indicator.code, order.period.code))
    return orders


def _issued_before(sim: Simulation, indicator: Indicator, period: Period, subjects: list[Subject]) -> Document | None:
    """What an unanswered try issued, if it did."""
    query: dict[str, Any] = {"cycle": sim.world.cycle, "indicator": indicator.code, "period": period.code}
    there = list(sim.office_api.pages("task-orders", **query))
    return {"orders": there} if {one.code for one in subjects} <= {one["subject"] for one in there} else None


def answer(sim: Simulation, orders: list[Order], advance: Advance) -> list[Order]:
    """Let everyone accept what they were given and report most of it complete; returns what was completed."""
    done = [order for order in orders if not order.happens(sim.seed, "undone", NEVER_DONE)]
    for verb, chosen in (("accept", orders), ("complete", done)):
        note = {} if verb == "accept" else {"note": "已按标准完成，附完成表"}
        _post_all(sim, verb, [(sim.speaker(one.subject), one, note) for one in chosen], advance)
    return done


def judge(sim: Simulation, done: list[Order], advance: Advance) -> None:
    judged = [order for order in done if not order.happens(sim.seed, "unjudged", NEVER_JUDGED)]
    _post_all(sim, "judge", [(_judge(sim, one), one, _judgement(sim, one)) for one in judged], advance)
    sim.journal.add("orders_judged", len(judged))


def _judge(sim: Simulation, order: Order) -> str:
    return sim.assessor(order.subject.unit, order.indicator.assessor)


def _judgement(sim: Simulation, order: Order) -> dict[str, Any]:
    target = Decimal(sim.targets.get((order.subject.code, order.indicator.code), "0"))
    share = target / len(sim.world.periods_of(order.indicator.frequency))
    counts = behaviour.counts(sim.seed, order.indicator, order.subject.code, order.period.code, share)
    return {"counts": counts, "note": "按任务单评定"}


def _post_all(sim: Simulation, verb: str, tasks: list[tuple[str, Order, dict[str, Any]]], advance: Advance) -> None:
    by_person = sorted(grouped(tasks, lambda task: task[0]).items())
    lists = [(person, part) for person, theirs in by_person for part in in_lists(theirs)]

    def one(task: tuple[str, list[tuple[str, Order, dict[str, Any]]]]) -> None:
        person, part = task
        entries = [{"order": order.id, **more} for _, order, more in part]
        body = {"cycle": sim.world.cycle, "orders": entries}
        sim.api(person).post_again(f"task-orders/{verb}", body, "task_order.state")
        advance(len(part))

    sim.crowd.do(one, lists)
