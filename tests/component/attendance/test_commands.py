"""What clocks are told to do: once, at their poll, until they answer; nothing to who is not an approved clock."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from services.attendance.domain.commands import AT_ONCE, MOST_OPEN
from services.attendance.usecases import commands, devices
from shared.actor import system
from shared.errors import Forbidden
from shared.vocabulary.refusals import Refused
from tests.component.attendance.commanding import age, answer, listed, order, poll, trail
from tests.component.attendance.conftest import Bureau, actor


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
