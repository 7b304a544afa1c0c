"""One order, contribution, piece of temporary work, appeal, spot check at a time: who did what to it, when and why."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from services.declarations.storage import projections
from services.declarations.storage.review_tables import deed
from shared.clock import today
from tests.component.declarations.checking import announce, appeal, assessed, decide_appeal, draw, find, inspections
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import ACTORS, CYCLE
from tests.component.declarations.test_contributions import contribute, contributions, opine
from tests.component.declarations.test_other_tools import FULL, issue, orders
from tests.component.declarations.test_temporary_work import TASKS, assess, confirm, report

LATER = (today() + timedelta(days=20)).isoformat()


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def told(bureau: HttpBureau, by: str, path: str) -> list[tuple[str, str, str, str]]:
    """(step, by, name, reason) of the item at ``path``, as ``by`` reads it."""
    answer = bureau.get(by, f"{path}?cycle={CYCLE}")
    assert answer.status_code == 200, answer.json
    steps: list[dict[str, Any]] = answer.json["steps"]
    assert all(one["for"] is one["for_name"] is None for one in steps)
    assert [one["at"] for one in steps] == sorted(one["at"] for one in steps)
    return [(one["step"], one["by"], one["by_name"], one["reason"]) for one in steps]


def test_an_order_tells_progress_and_another_deadline_apart(bureau: HttpBureau) -> None:
    inner = bureau.inner
    ids = issue(inner, "PS")
    orders(inner, "refuse", "PS", ids, note="人手不足")
    orders(inner, "insist_on", "P9", ids, note="已协调")
    orders(inner, "progress", "PS", ids, note="已办一半", percent=50)
    orders(inner, "postpone", "P9", ids, note="等上级批复", deadline=LATER)
    orders(inner, "complete", "PS", ids, note="办结")
    orders(inner, "send_back", "P9", ids, note="缺附件")
    orders(inner, "complete", "PS", ids, note="已补")
    orders(inner, "judge", "P9", ids, counts=FULL)
    steps = told(bureau, "PS", f"task-orders/{ids[0]}")
    assert [(step, by, reason) for step, by, _, reason in steps] == [
        ("issue", "P9", ""),
        ("refuse", "PS", "人手不足"),
        ("insist", "P9", "已协调"),
        ("progress", "PS", "已办一半"),
        ("postpone", "P9", "等上级批复"),
        ("complete", "PS", "办结"),
        ("send_back", "P9", "缺附件"),
        ("complete", "PS", "已补"),
        ("judge", "P9", ""),
    ]
    assert {name for _, _, name, _ in steps} == {"P9", "PS"}  # as they were called in the order's period


def test_steps_of_before_there_were_any_follow_from_the_status(bureau: HttpBureau) -> None:
    inner = bureau.inner
    ids = issue(inner, "PS")
    orders(inner, "accept", "PS", ids)
    orders(inner, "withdraw", "P9", ids, note="重复下达")
    with inner.sessions.begin(ACTORS["office"]) as session:
        session.execute(update(deed).values(step=None))
    assert [step for step, *_ in told(bureau, "PS", f"task-orders/{ids[0]}")] == ["issue", "accept", "withdraw"]


def test_a_contribution_tells_its_way_and_no_opinion(bureau: HttpBureau) -> None:
    inner = bureau.inner
    one = contribute(inner)
    contributions(inner, "screen", "HS", one, decision="return", reason="缺证明")
    (row,) = inner.ask("list_contributions", "PS", {"cycle": CYCLE})["items"]
    contribute(inner, contribution=one, revision=row["revision"])
    contributions(inner, "screen", "HS", one, decision="pass")
    for member in ("K1", "K2", "K3"):
        opine(inner, member, one)
    contributions(inner, "settle", "K1", one, decision="settle")
    expected = [
        ("declare", "PS", ""),
        ("return", "HS", "缺证明"),
        ("declare", "PS", ""),
        ("screen", "HS", ""),
        ("settle", "K1", ""),
    ]
    for reader in ("PS", "K2"):
        steps = told(bureau, reader, f"contributions/{one}")
        assert [(step, by, reason) for step, by, _, reason in steps] == expected


def test_temporary_work_tells_its_way(bureau: HttpBureau) -> None:
    inner = bureau.inner
    inner.handle(projections.keep_indicators, replace(TASKS, category="additional"))
    one = report(inner)
    confirm(inner, "HS", one)
    assess(inner, "office", one, "reject", "不属于临时工作")
    steps = told(bureau, "PS", f"temporary-work/{one}")
    assert [(step, reason) for step, _, _, reason in steps] == [
        ("report", ""),
        ("confirm", ""),
        ("reject", "不属于临时工作"),
    ]


def test_an_appeal_tells_who_filed_and_who_decided(bureau: HttpBureau) -> None:
    inner = bureau.inner
    (declared,) = assessed(inner, "PS")
    one = appeal(inner, "PS", "assessment", declared)
    decide_appeal(inner, "K1", one, "upheld", decision="材料不足")
    assert told(bureau, "PS", f"appeals/{one}") == [("file", "PS", "PS某", ""), ("uphold", "K1", "K1", "材料不足")]
    assert bureau.get("QS", f"appeals/{one}?cycle={CYCLE}").status_code == 404


def test_a_spot_check_tells_its_way_to_everybody(bureau: HttpBureau) -> None:
    inner = bureau.inner
    assessed(inner, "PS")
    check = announce(inner, method={"name": "size", "size": 1})["spot_check"]
    draw(inner, check)
    (one,) = inspections(inner, spot_check=check)
    find(inner, one, "confirmed")
    inner.ask("close_spot_check", "office", {"cycle": CYCLE, "spot_check": check})
    assert [step for step, *_ in told(bureau, "QS", f"spot-checks/{check}")] == ["announce", "draw", "close"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("task-orders/none", "task_order.unknown"),
        ("contributions/none", "contribution.unknown"),
        ("temporary-work/none", "temporary_work.unknown"),
        ("appeals/none", "appeal.unknown"),
        ("spot-checks/none", "spot_check.unknown"),
    ],
)
def test_what_is_not_there_or_not_ones_to_see_is_unknown(bureau: HttpBureau, path: str, code: str) -> None:
    answer = bureau.get("PS", f"{path}?cycle={CYCLE}")
    assert (answer.status_code, answer.json["code"]) == (404, code)


def test_an_order_of_somebody_else_is_unknown(bureau: HttpBureau) -> None:
    (own,) = issue(bureau.inner, "PS")
    assert bureau.get("QS", f"task-orders/{own}?cycle={CYCLE}").status_code == 404
    assert bureau.get("HS", f"task-orders/{own}?cycle={CYCLE}").status_code == 200
