"""Task orders: issued to many, answered, judged, withdrawn."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from shared.clock import today
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE

FULL = {"numerator": "1", "denominator": "1"}
YESTERDAY, TOMORROW = ((today() + timedelta(days=days)).isoformat() for days in (-1, 1))


def on_day(day: date) -> Any:
    """Noon of that day in Shanghai, for as long as it is entered."""
    return patch("shared.clock.now", lambda: datetime(day.year, day.month, day.day, 4, tzinfo=UTC))


def issue(bureau: Bureau, *subjects: str, by: str = "P9", deadline: str = TOMORROW) -> list[str]:
    order = {
        "indicator": "03-01-01",
        "period": "2026-M01",
        "title": "督办",
        "standard": "按期办结",
        "deadline": deadline,
        "subjects": list(subjects),
    }
    last = date.fromisoformat(deadline)
    with on_day(last) if last < today() else nullcontext():  # nothing is ordered for the past
        issued = bureau.ask("issue_orders", by, {"cycle": CYCLE, "orders": [order]})
    return [one["order"] for one in issued["orders"]]


def orders(bureau: Bureau, what: str, by: str, ids: list[str], **entry: Any) -> list[dict[str, Any]]:
    method = {"progress": "note_progress"}.get(what, f"{what}_orders")
    body = {"cycle": CYCLE, "orders": [{"order": one, **entry} for one in ids]}
    done: list[dict[str, Any]] = bureau.ask(method, by, body)["orders"]
    return done


def test_an_order_is_issued_to_many_answered_and_judged(bureau: Bureau):
    person, station = issue(bureau, "PS", "S01")
    orders(bureau, "accept", "PS", [person])
    orders(bureau, "accept", "HS", [station])
    orders(bureau, "progress", "PS", [person], note="已办一半")
    orders(bureau, "complete", "PS", [person], note="办结")
    (judged,) = orders(bureau, "judge", "H9", [person], counts=FULL)
    assert (judged["status"], judged["revision"], judged["overdue"]) == ("judged", 5, False)
    (shown,) = bureau.ask("list_orders", "PS", {"cycle": CYCLE, "subject": "PS"})["items"]
    assert [note["text"] for note in shown["notes"]] == ["已办一半", "办结", ""]
    assert [one["order"] for one in bureau.ask("list_to_dos", "HS", {})["lists"]["orders_to_answer"]["items"]] == [
        station
    ]


def test_the_subjects_side_neither_issues_nor_judges(bureau: Bureau):
    with pytest.raises(Forbidden):
        issue(bureau, "PS", by="PS")
    with pytest.raises(Forbidden):  # an assessor, but the order would be their own
        issue(bureau, "P9", by="P9")
    with pytest.raises(Forbidden):
        issue(bureau, "D10", by="H10")
    (own,) = issue(bureau, "P9", by="L1")
    with pytest.raises(Forbidden):
        orders(bureau, "judge", "P9", [own], counts=FULL)
    with pytest.raises(Forbidden):
        orders(bureau, "accept", "H9", [own])


def test_an_overdue_order_is_called_to_account(bureau: Bureau):
    late, early = issue(bureau, "PS", deadline=YESTERDAY)[0], issue(bureau, "QS")[0]
    flags = {one["order"]: one["overdue"] for one in bureau.ask("list_orders", "L1", {"cycle": CYCLE})["items"]}
    assert flags == {late: True, early: False}
    with pytest.raises(Conflict) as raised:
        orders(bureau, "judge", "P9", [late, early], counts={"numerator": "0", "denominator": "1"})
    assert [(one["row"], one["code"]) for one in raised.value.errors] == [(1, "task_order.not_due")]
    assert orders(bureau, "judge", "P9", [late], counts={"numerator": "0", "denominator": "1"})[0]["status"] == "judged"


def test_an_order_is_withdrawn_with_a_reason(bureau: Bureau):
    ids = issue(bureau, "PS")
    with pytest.raises(Invalid):
        orders(bureau, "withdraw", "P9", ids)
    orders(bureau, "withdraw", "P9", ids, note="重复下达")
    with pytest.raises(Conflict):
        orders(bureau, "accept", "PS", ids)


def test_orders_do_not_fit_every_indicator_and_subject(bureau: Bureau):
    with pytest.raises(Invalid) as raised:
        issue(bureau, "PS", "L1", "nobody")
    assert [(one["row"], one["code"]) for one in raised.value.errors] == [
        (1, "subject.unknown"),
        (2, "subject.unknown"),
    ]
    assert bureau.count("task_order") == 0


def test_at_most_500_orders_in_a_batch(bureau: Bureau):
    order = {
        "indicator": "03-01-01",
        "period": "2026-M01",
        "title": "t",
        "standard": "s",
        "deadline": TOMORROW,
        "subjects": ["PS"] * 300,
    }
    with pytest.raises(Invalid) as raised:
        bureau.ask("issue_orders", "P9", {"cycle": CYCLE, "orders": [order, order]})
    assert raised.value.code == "batch.too_long"
