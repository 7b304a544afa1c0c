"""What clocks are told to do: once, at their poll, until they answer; nothing to who is not an approved clock."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.attendance.domain.commands import AT_ONCE, MOST_OPEN
from services.attendance.usecases import commands, device_users, devices, wall
from shared.actor import system
from shared.clock import today
from shared.contracts.attendance import commands as of_commands
from shared.errors import Forbidden, Problem
from shared.vocabulary.refusals import Refused
from tests.component.attendance.conftest import Bureau, actor

HERE = "10.0.0.9"


def order(bureau: Bureau, kind: str, *, by: Any = None, serial: str = "CKJ1", **more: Any) -> dict[str, Any]:
    body = {"serial": serial, "kind": kind, "reason": "查漏", **more}
    command = of_commands.order_commands.decode(body)
    return bureau.do(commands.order_commands, command, by=by)  # type: ignore[no-any-return]


def poll(bureau: Bureau, address: str = HERE, serial: str = "CKJ1") -> list[dict[str, Any]]:
    with bureau.sessions.begin(system("")) as session:
        sign = {"serial": serial, "address": address, "info": ""}
        return commands.give_commands(session, session.info["actor"], sign)["commands"]  # type: ignore[no-any-return]


def answer(bureau: Bureau, number: int | None, result: int = 0, *, address: str = HERE, **more: Any) -> dict[str, Any]:
    body = {"serial": "CKJ1", "address": address, "answers": [{"number": number, "result": result, **more}]}
    with bureau.sessions.begin(system("")) as session:
        return commands.take_answers(session, session.info["actor"], of_commands.take_answers.decode(body))


def listed(bureau: Bureau, serial: str = "CKJ1") -> list[dict[str, Any]]:
    query = of_commands.list_commands.decode({"serial": serial})
    return bureau.do(commands.list_commands, query)["items"]  # type: ignore[no-any-return]


def tell_users(bureau: Bureau, *users: tuple[str, str]) -> None:
    body = {"serial": "CKJ1", "address": HERE, "users": [{"pin": pin, "name": name} for pin, name in users]}
    with bureau.sessions.begin(system("")) as session:
        device_users.note_users(session, session.info["actor"], of_commands.note_users.decode(body))


def age(bureau: Bureau, by: timedelta) -> None:
    """Everything about commands happened so much earlier."""
    moved = (
        "UPDATE attendance.device_commands SET given_at = given_at - :by, expires_at = expires_at - :by, "
        "ordered_at = ordered_at - :by"
    )
    with bureau.sessions.engine.begin() as connection:
        connection.execute(text(moved), {"by": by})


def trail(bureau: Bureau, action: str) -> list[tuple[str, str]]:
    with bureau.sessions.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT account, after::text FROM attendance.audit WHERE action = :action ORDER BY seq"),
            {"action": f"device_command.{action}"},
        )
        return [(row[0], row[1]) for row in rows]


def test_a_command_is_given_once_answered_once_and_each_step_is_on_record(bureau: Bureau) -> None:
    bureau.approve()
    assert order(bureau, "info") == {"ordered": 1, "standing": 0, "left": 0}
    (given,) = poll(bureau)
    assert (given["kind"], poll(bureau)) == ("info", [])
    assert answer(bureau, given["number"], text="ID=1&Return=0&CMD=INFO") == {"answered": 1}
    answer(bureau, given["number"], -1)
    (row,) = listed(bureau)
    assert (row["status"], row["result"], row["attempts"]) == ("done", 0, 1)
    ((who, ordered),) = trail(bureau, "ordered")
    assert (who, "查漏" in ordered) == ("hr-devices-office", True)
    assert [len(trail(bureau, step)) for step in ("given", "answered")] == [1, 1]


def test_what_stands_open_is_not_ordered_twice(bureau: Bureau) -> None:
    bureau.approve()
    order(bureau, "fetch", first="2026-03-04")
    assert order(bureau, "fetch", first="2026-03-04") == {"ordered": 0, "standing": 1, "left": 0}
    assert order(bureau, "fetch", first="2026-03-05")["ordered"] == 1
    (first, _) = poll(bureau)
    answer(bureau, first["number"])
    assert order(bureau, "fetch", first="2026-03-04")["ordered"] == 1, "what is over may be ordered again"


def test_what_is_not_answered_is_given_again_and_then_failed_a_restart_only_once(bureau: Bureau) -> None:
    bureau.approve()
    order(bureau, "info")
    order(bureau, "reboot")
    assert len(poll(bureau)) == 2
    rounds = 0
    while True:
        age(bureau, timedelta(minutes=3))
        given = poll(bureau)
        if not given:
            break
        assert [one["kind"] for one in given] == ["info"], "a clock that restarts does not restart for ever"
        rounds += 1
    assert rounds == 4
    assert {row["kind"]: row["status"] for row in listed(bureau)} == {"info": "failed", "reboot": "failed"}
    assert answer(bureau, min(row["number"] for row in listed(bureau))) == {"answered": 1}
    assert {row["kind"]: row["status"] for row in listed(bureau)}["info"] == "done", "a late answer is one"


def test_what_nobody_fetches_expires(bureau: Bureau) -> None:
    bureau.approve()
    order(bureau, "reboot")
    order(bureau, "info")
    age(bureau, timedelta(hours=1))
    assert [one["kind"] for one in poll(bureau)] == ["info"]
    age(bureau, timedelta(days=3))
    with bureau.sessions.begin(system("B00")) as session:
        assert commands.lapse_commands(session, "B00") == 1
    assert {row["status"] for row in listed(bureau)} == {"expired"}
    assert (poll(bureau), len(trail(bureau, "over"))) == ([], 2)


def test_a_clock_that_never_polls_grows_no_heap(bureau: Bureau) -> None:
    bureau.approve()
    people = [{"pin": str(number), "person": "P1"} for number in range(MOST_OPEN + 20)]
    bureau.enrol_rows(*people[:500])
    bureau.enrol_rows(*people[500:])
    assert order(bureau, "put_user") == {"ordered": MOST_OPEN, "standing": 0, "left": 20}
    with pytest.raises(Refused) as refused:
        order(bureau, "info")
    assert refused.value.refusals[0].code == "command.too_many"
    given = poll(bureau)
    assert len(given) == AT_ONCE
    for one in given:
        answer(bureau, one["number"])
    assert order(bureau, "put_user") == {"ordered": 20, "standing": MOST_OPEN - AT_ONCE, "left": 0}


def test_a_cancelled_command_is_not_given(bureau: Bureau) -> None:
    bureau.approve()
    order(bureau, "reboot")
    (row,) = listed(bureau)
    cancel = {"serial": "CKJ1", "number": row["number"], "reason": "按错了"}
    assert bureau.do(commands.cancel_command, cancel)["status"] == "cancelled"
    assert poll(bureau) == []
    with pytest.raises(Refused):
        bureau.do(commands.cancel_command, cancel)
    assert len(trail(bureau, "cancelled")) == 1


def test_a_retired_clock_fetches_and_answers_nothing(bureau: Bureau) -> None:
    bureau.approve()
    order(bureau, "info")
    (given,) = poll(bureau)
    order(bureau, "reboot")
    bureau.do(devices.retire_device, {"serial": "CKJ1", "revision": None})
    assert (poll(bureau), answer(bureau, given["number"])) == ([], {"answered": 0})
    with pytest.raises(Refused):
        order(bureau, "info")
    with bureau.sessions.engine.connect() as connection:
        states = set(connection.execute(text("SELECT status FROM attendance.device_commands")).scalars())
    assert states == {"cancelled"}


def test_who_is_pending_or_speaks_from_elsewhere_is_told_nothing(bureau: Bureau) -> None:
    bureau.approve(networks=["10.0.0.0/24"])
    order(bureau, "info")
    assert poll(bureau, "192.168.7.7") == []
    assert poll(bureau, serial="INVENTED") == []
    (given,) = poll(bureau)
    assert answer(bureau, given["number"], address="192.168.7.7") == {"answered": 0}
    assert listed(bureau)[0]["status"] == "given"


def test_only_who_keeps_the_clocks_orders(bureau: Bureau) -> None:
    bureau.approve()
    with pytest.raises(Forbidden):
        order(bureau, "reboot", by=actor("hr", "office", "auditor"))
    assert order(bureau, "reboot", by=actor("devices"))["ordered"] == 1


def test_a_count_of_a_day_stands_beside_ours(bureau: Bureau) -> None:
    bureau.approve()
    bureau.push(("1", "2026-01-05 08:50:00"), ("1", "2026-01-05 17:10:00"), ("1", "2026-01-06 08:50:00"))
    order(bureau, "count", first="2026-01-05")
    (given,) = poll(bureau)
    answer(bureau, given["number"], counted=5, text="ID=1&Return=0&CMD=VERIFY SUM&AttlogSum=5")
    (row,) = listed(bureau)
    assert (row["counted"], row["ours"]) == (5, 2)


@pytest.mark.parametrize(
    ("first", "last"), [(None, None), ("2026-01-05", "2026-01-04"), ("2026-01-01", "2026-03-01"), (None, "2026-01-01")]
)
def test_days_that_no_clock_can_be_asked_for_are_refused(bureau: Bureau, first: str | None, last: str | None) -> None:
    bureau.approve()
    with pytest.raises(Refused):
        order(bureau, "fetch", first=first, last=last)


def test_days_to_come_are_refused(bureau: Bureau) -> None:
    bureau.approve()
    with pytest.raises(Refused):
        order(bureau, "fetch", first=(today() + timedelta(days=1)).isoformat())


def test_the_users_of_a_clock_are_held_against_the_staff(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(_1="P1", _2="P2")
    assert _users(bureau) == (None, [], [])
    order(bureau, "list_users")
    (given,) = poll(bureau)
    tell_users(bureau, ("1", "张三"), ("77", "访客"))
    answer(bureau, given["number"])
    listed_at, absent, strangers = _users(bureau)
    assert (listed_at is not None, absent, strangers) == (True, ["2"], ["77"])
    assert _wall(bureau) == (1, 1)
    assert order(bureau, "put_user")["ordered"] == 1
    assert order(bureau, "drop_user", pins=["77"])["ordered"] == 1
    put, drop = poll(bureau)
    assert (put["params"], drop["params"]) == ({"pin": "2", "name": "P2"}, {"pin": "77"})
    answer(bureau, put["number"])
    answer(bureau, drop["number"])
    assert (_users(bureau)[1:], _wall(bureau)) == (([], []), (0, 0))


def test_a_list_that_is_told_anew_forgets_who_is_no_longer_there(bureau: Bureau) -> None:
    bureau.approve()
    tell_users(bureau, ("77", "访客"))
    order(bureau, "list_users")
    (given,) = poll(bureau)
    tell_users(bureau, ("78", "访客"))
    answer(bureau, given["number"])
    assert _users(bureau)[2] == ["78"]


def test_nobody_who_has_the_pin_today_is_deleted_and_nobody_else_is_put(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(_1="P1")
    for kind, pin in (("drop_user", "1"), ("put_user", "2"), ("drop_user", "1\nC:9:SHELL rm")):
        with pytest.raises(Problem):
            order(bureau, kind, pins=[pin])
    with pytest.raises(Refused):
        order(bureau, "drop_user")
    assert listed(bureau) == []


def test_only_some_kinds_are_known_to_some_firmware(bureau: Bureau) -> None:
    bureau.approve()
    with bureau.sessions.begin(system("")) as session:
        told = {"serial": "CKJ1", "address": HERE, "info": "", "protocol": "hikvision"}
        devices.note_device(session, session.info["actor"], told)
    with pytest.raises(Refused):
        order(bureau, "info")


def test_an_answer_to_nothing_is_kept_for_the_operator(bureau: Bureau) -> None:
    bureau.approve()
    assert answer(bureau, 999, text="ID=999&Return=0&CMD=SHELL") == {"answered": 0}
    with bureau.sessions.engine.connect() as connection:
        kept = connection.execute(text("SELECT raw, reason FROM attendance.rejected_lines")).all()
    assert kept == [("devicecmd: ID=999&Return=0&CMD=SHELL", "command")]


def test_a_gap_tells_since_which_day(bureau: Bureau) -> None:
    bureau.approve()
    for held in (100, 100, 130):
        with bureau.sessions.begin(system("")) as session:
            sign = {"serial": "CKJ1", "address": HERE, "info": f"Ver 8,300,500,{held},10.0.0.9"}
            devices.note_device(session, session.info["actor"], sign)
    (clock,) = bureau.do(wall.show_wall, {})["devices"]
    assert (clock["missing"], clock["missing_since"]) == (30, today())


def _users(bureau: Bureau) -> tuple[Any, list[str], list[str]]:
    told = bureau.do(device_users.list_device_users, {"serial": "CKJ1"})
    return told["listed_at"], [one["pin"] for one in told["absent"]], [one["pin"] for one in told["strangers"]]


def _wall(bureau: Bureau) -> tuple[int, int]:
    (clock,) = bureau.do(wall.show_wall, {})["devices"]
    return clock["users_missing"], clock["strangers"]
