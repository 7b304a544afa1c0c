"""Task orders between those who order and those who do: refusals, deadlines, risk, and two at once."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from services.declarations.domain.orders import TaskOrder
from services.declarations.storage.task_orders import at_risk_condition, horizon
from shared.clock import today
from shared.errors import Conflict, Forbidden, Invalid
from shared.working_days import WorkingDays
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE
from tests.component.declarations.test_other_tools import FULL, issue, orders

TOMORROW, LATER = ((today() + timedelta(days=days)).isoformat() for days in (1, 30))


def shown(bureau: Bureau, by: str = "L1", **query: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = bureau.ask("list_orders", by, {"cycle": CYCLE, **query})["items"]
    return items


def to_do(bureau: Bureau, by: str, name: str) -> int:
    return int(bureau.ask("list_to_dos", by, {})["lists"][name]["count"])


def test_a_refusal_goes_to_whoever_issued_it_who_insists_or_withdraws(bureau: Bureau):
    one, other = issue(bureau, "PS", "QS")
    with pytest.raises(Invalid):
        orders(bureau, "refuse", "PS", [one])
    orders(bureau, "refuse", "PS", [one], note="不属本所职责")
    orders(bureau, "refuse", "QS", [other], note="人手不足")
    assert to_do(bureau, "P9", "orders_refused") == 2
    with pytest.raises(Conflict):
        orders(bureau, "judge", "P9", [one], counts=FULL)
    with pytest.raises(Forbidden):
        orders(bureau, "insist_on", "PS", [one], note="我办")
    assert orders(bureau, "insist_on", "P9", [one], note="经研究由该所承办")[0]["status"] == "accepted"
    assert orders(bureau, "withdraw", "P9", [other], note="改派")[0]["status"] == "withdrawn"
    assert to_do(bureau, "P9", "orders_refused") == 0
    assert [note["kind"] for note in shown(bureau, subject="PS")[0]["notes"]] == ["refuse", "insist"]


def test_what_is_not_done_as_ordered_is_sent_back(bureau: Bureau):
    (one,) = issue(bureau, "PS")
    orders(bureau, "accept", "PS", [one])
    orders(bureau, "complete", "PS", [one], note="已办")
    with pytest.raises(Forbidden):
        orders(bureau, "send_back", "PS", [one], note="重做")
    (back,) = orders(bureau, "send_back", "P9", [one], note="缺附件")
    assert (back["status"], back["percent"]) == ("accepted", 100)
    orders(bureau, "progress", "PS", [one], note="补附件", percent=90)
    orders(bureau, "complete", "PS", [one], note="已补")
    assert orders(bureau, "judge", "P9", [one], counts=FULL)[0]["status"] == "judged"


def test_a_deadline_changes_on_record_and_by_those_over_it_only(bureau: Bureau):
    (one,) = issue(bureau, "PS")
    with pytest.raises(Forbidden):
        orders(bureau, "postpone", "PS", [one], deadline=LATER, note="来不及")
    with pytest.raises(Invalid):
        orders(bureau, "postpone", "P9", [one], deadline=LATER)
    orders(bureau, "postpone", "L1", [one], deadline=LATER, note="等待上级批复")
    (change,) = shown(bureau, subject="PS")[0]["deadlines"]
    assert (change["from"], change["to"], change["by"], change["reason"]) == (TOMORROW, LATER, "L1", "等待上级批复")


def test_overdue_and_at_risk_are_lists(bureau: Bureau):
    yesterday = (today() - timedelta(days=1)).isoformat()
    (late,), (near,), (far,) = (issue(bureau, "PS", deadline=day) for day in (yesterday, TOMORROW, LATER))
    assert [one["order"] for one in shown(bureau, risk="overdue")] == [late]
    calendar = WorkingDays()
    within = calendar.count(today(), today() + timedelta(days=1)) or 1
    assert [one["order"] for one in shown(bureau, risk="at_risk", within=within, silent=0)] == [near]
    orders(bureau, "accept", "PS", [near])
    orders(bureau, "progress", "PS", [near], note="基本完成", percent=99)
    assert shown(bureau, risk="at_risk", within=within, silent=5) == []  # it has reported, and is not behind
    assert far in {one["order"] for one in shown(bureau)}


def test_the_query_for_risk_is_the_rule_for_risk(bureau: Bureau):
    """The same orders by SQL and by the domain, over all kinds of deadlines, reports and windows."""
    ids = [
        issue(bureau, "PS", deadline=(today() + timedelta(days=days)).isoformat())[0] for days in (-2, 0, 1, 3, 6, 12)
    ]
    orders(bureau, "accept", "PS", ids[::2])
    for place, percent in ((2, 50), (4, 95)):
        orders(bureau, "progress", "PS", [ids[place]], note="进度", percent=percent)
    with bureau.sessions.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE declarations.task_order SET issued_on = issued_on - 7")
    known = [TaskOrder(**row) for row in bureau.rows("SELECT * FROM declarations.task_order")]
    from sqlalchemy import select

    from services.declarations.storage.tables import task_order

    for within in (0, 1, 3, 8):
        for silent in (0, 2, 7):
            last, since = horizon(WorkingDays(), today(), within, silent)
            condition = at_risk_condition(today(), last, since)
            with bureau.sessions.engine.connect() as connection:
                found = set(connection.execute(select(task_order.c.order).where(condition)).scalars())
            assert found == {one.order for one in known if one.at_risk(today(), last, since)}


def test_silence_is_counted_in_working_days():
    calendar = WorkingDays()
    on = today()
    for silent in range(12):
        _, since = horizon(calendar, on, 0, silent)
        assert calendar.count(since, on) == silent or not silent
        assert silent == 0 or calendar.count(since + timedelta(days=1), on) < silent


def at_once(*acts: Any) -> list[str]:
    """What became of several acts started together: "done", or the code of the conflict."""
    outcomes: list[str] = []

    def do(act: Any) -> None:
        try:
            act()
            outcomes.append("done")
        except Conflict as conflict:
            outcomes.append(conflict.code)

    threads = [threading.Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_an_acceptance_and_a_refusal_at_once_one_stands(bureau: Bureau):
    (one,) = issue(bureau, "S01")
    outcomes = at_once(
        lambda: orders(bureau, "accept", "HS", [one]), lambda: orders(bureau, "refuse", "HS", [one], note="不接受")
    )
    assert outcomes == ["done", "task_order.state"]
