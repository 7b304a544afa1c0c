"""Leave asked for by the person and decided by the chain, which is longer for longer leave."""

from datetime import UTC, date, datetime, timedelta

import pytest
from marshmallow import ValidationError

from services.attendance.usecases import leaves
from shared.actor import Actor, Grant
from shared.contracts.attendance import leaves as of_leaves
from shared.errors import Conflict, Forbidden
from shared.vocabulary.refusals import Refused
from tests.component.attendance.conftest import BUREAU, QUERY, Bureau, actor, register

STAFF = actor("staff", person="P1")
HEAD = Actor(account="head", name="李主任", bureau=BUREAU, person="P5", grants=(Grant("unit_head", "unit", "D10"),))
OTHER = Actor(account="head2", name="", bureau=BUREAU, person="P6", grants=(Grant("unit_head", "unit", "S01"),))
HR = actor("hr", person="P7")


def ask(bureau: Bureau, first: str, last: str) -> str:
    command = of_leaves.request_leaves.decode({"leaves": [{"kind": "annual", "first": first, "last": last}]})
    return str(bureau.do(leaves.request_leaves, command, by=STAFF)["leaves"][0])


def decide(bureau: Bureau, leave: str, by: Actor, *, approve: bool = True) -> str:
    command = of_leaves.decide_leave.decode({"leave": leave, "approve": approve})
    return str(bureau.do(leaves.decide_leave, command, by=by)["status"])


def test_a_head_grants_what_is_short_alone(bureau: Bureau) -> None:
    assert decide(bureau, ask(bureau, "2026-01-07", "2026-01-09"), HEAD) == "approved"


def test_longer_leave_needs_the_head_and_then_hr(bureau: Bureau) -> None:
    leave = ask(bureau, "2026-01-07", "2026-01-12")
    assert decide(bureau, leave, HEAD) == "endorsed"
    with pytest.raises(Refused, match=r"leave\.state"):
        decide(bureau, leave, HEAD)
    assert decide(bureau, leave, HR) == "approved"
    (listed,) = bureau.do(leaves.list_leaves, QUERY, by=STAFF)["items"]
    assert [(one["step"], one["by_name"]) for one in listed["steps"]] == [("endorse", "李主任"), ("approve", "测试")]


def test_a_head_does_not_register_as_approved_what_hr_has_to_approve(bureau: Bureau) -> None:
    with pytest.raises(Conflict, match=r"leave\.chain"):
        register(bureau, "P1", date(2026, 1, 7), date(2026, 1, 12), by=HEAD)
    register(bureau, "P1", date(2026, 1, 7), date(2026, 1, 9), by=HEAD)
    register(bureau, "P1", date(2026, 1, 12), date(2026, 1, 16), by=HR)


def test_hours_over_weeks_are_as_long_as_the_work_that_they_take(bureau: Bureau) -> None:
    hours = {"first": date(2026, 1, 7), "last": date(2026, 1, 16), "first_half": "am", "last_half": "pm", "reason": ""}
    times = {"starts_at": datetime(2026, 1, 7, 1, tzinfo=UTC), "ends_at": datetime(2026, 1, 16, 9, tzinfo=UTC)}
    kept_before = {"leaves": [{"kind": "personal", **hours, **times}]}
    (leave,) = bureau.do(leaves.request_leaves, kept_before, by=STAFF)["leaves"]
    assert decide(bureau, leave, HEAD) == "endorsed"
    with pytest.raises(Conflict, match=r"leave\.chain"):
        bureau.do(
            leaves.register_leaves, {"leaves": [{"person": "P2", "kind": "personal", **hours, **times}]}, by=OTHER
        )


@pytest.mark.parametrize(
    ("ends", "nights", "taken"), [("18:00", 0, True), ("07:00", 1, True), ("10:00", 1, False), ("08:00", 9, False)]
)
def test_leave_by_the_hour_is_of_one_day_or_one_night(ends: str, nights: int, *, taken: bool) -> None:
    last = date(2026, 1, 7) + timedelta(days=nights)
    one = {"kind": "personal", "first": "2026-01-07", "last": last.isoformat(),
           "from": "2026-01-07T09:00:00+08:00", "to": f"{last}T{ends}:00+08:00"}  # fmt: skip
    if taken:
        of_leaves.request_leaves.decode({"leaves": [one]})
        return
    with pytest.raises(ValidationError, match="night shift"):
        of_leaves.request_leaves.decode({"leaves": [one]})


def test_nobody_decides_on_their_own_request(bureau: Bureau) -> None:
    leave = ask(bureau, "2026-01-07", "2026-01-07")
    with pytest.raises(Forbidden):
        decide(bureau, leave, actor("hr", person="P1"))


def test_what_was_refused_or_withdrawn_takes_no_time(bureau: Bureau) -> None:
    assert decide(bureau, ask(bureau, "2026-01-07", "2026-01-07"), HEAD, approve=False) == "refused"
    leave = ask(bureau, "2026-01-07", "2026-01-07")
    assert bureau.do(leaves.withdraw_leave, {"leave": leave}, by=STAFF)["status"] == "withdrawn"
    ask(bureau, "2026-01-07", "2026-01-07")


def test_who_stands_for_nobody_asks_for_nothing(bureau: Bureau) -> None:
    command = of_leaves.request_leaves.decode(
        {"leaves": [{"kind": "sick", "first": "2026-01-07", "last": "2026-01-07"}]}
    )
    with pytest.raises(Forbidden):
        bureau.do(leaves.request_leaves, command, by=actor("admin"))
