"""What clocks send, on a real database: stored once, counted once, and correcting what was judged before it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest

from services.attendance.usecases import devices, punches
from shared.actor import system
from shared.errors import Conflict, Invalid, Unavailable
from tests.component.attendance.conftest import JANUARY, QUERY, Bureau, actor, present


def test_a_push_sent_twice_counts_once(bureau: Bureau) -> None:
    bureau.approve()
    lines = [("1", "2026-01-05 08:50:00"), ("1", "2026-01-05 08:50:00"), ("1", "2026-01-05 17:10:00")]
    assert bureau.push(*lines) == {"taken": 3, "new": 2, "status": "approved"}
    assert bureau.push(*lines) == {"taken": 3, "new": 0, "status": "approved"}
    assert bureau.count("punches") == 2


def test_pushes_of_two_workers_at_once_count_once(bureau: Bureau) -> None:
    bureau.approve()
    lines = [("1", f"2026-01-{day:02} 08:{minute:02}:00") for day in range(5, 25) for minute in range(10)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda order: bureau.push(*lines[::order]), (1, -1, 1, -1)))
    assert bureau.count("punches") == 200


def test_an_unknown_device_is_pending_and_its_punches_count_once_it_is_approved(bureau: Bureau) -> None:
    assert bureau.push(("1", "2026-01-05 08:50:00"), serial="NEW1")["status"] == "pending"
    assert bureau.count("punches") == 0
    page = bureau.do(devices.list_devices, QUERY | {"status": "pending"})
    assert [(one["serial"], one["quarantined"]) for one in page["items"]] == [("NEW1", 1)]
    assert bureau.approve("NEW1")["released"] == 1
    assert (bureau.count("punches"), bureau.count("quarantined_punches")) == (1, 0)


def test_a_device_of_another_bureau_cannot_be_taken(bureau: Bureau) -> None:
    bureau.approve()
    other = actor("devices", bureau="B99")
    with pytest.raises(Conflict, match=r"device\.elsewhere"):
        bureau.do(devices.register_device, {"serial": "CKJ1", "name": "", "place": "", "device_group": ""}, by=other)


def test_a_retired_device_is_quarantined_again(bureau: Bureau) -> None:
    bureau.approve()
    bureau.do(devices.retire_device, {"serial": "CKJ1", "revision": None})
    assert bureau.push(("1", "2026-01-05 08:50:00"))["status"] == "retired"
    assert (bureau.count("punches"), bureau.count("quarantined_punches")) == (0, 1)


def test_invented_serial_numbers_are_turned_away_past_a_limit(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "MOST_PENDING", 2)
    bureau.push(("1", "2026-01-05 08:50:00"), serial="X1")
    bureau.push(("1", "2026-01-05 08:50:00"), serial="X2")
    with pytest.raises(Unavailable):
        bureau.push(("1", "2026-01-05 08:50:00"), serial="X3")


def test_lines_that_are_no_punch_are_kept_once_and_counted_in_the_answer(bureau: Bureau) -> None:
    bureau.approve()
    assert bureau.push(("1", "2026-01-05 08:50:00"), rejected=("nonsense", "nonsense"))["taken"] == 3
    bureau.push(rejected=("nonsense",))
    assert bureau.count("rejected_lines") == 1


def test_what_no_clock_means_as_a_punch_is_kept_up_to_a_limit_and_a_damaged_punch_always(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(punches, "MOST_UNREAD", 2)
    bureau.approve()
    assert bureau.push(rejected=("door 1", "door 2"), reason="no_punch")["taken"] == 2
    assert bureau.push(rejected=("door 3",), reason="no_punch")["taken"] == 1
    assert bureau.count("rejected_lines") == 2
    bureau.push(rejected=("damaged 1",))
    assert bureau.count("rejected_lines") == 3
    bureau.push(rejected=("damaged 2",), serial="UNKNOWN")
    bureau.push(rejected=("damaged 3", "damaged 4"), serial="UNKNOWN")
    assert bureau.count("rejected_lines") == 4, "anybody can send as a clock that nobody approved"


@pytest.mark.parametrize("time", ["2000-01-01 00:00:11", "1971-02-03 08:00:00", "2099-01-01 08:00:00"])
def test_times_that_cannot_be_true_are_kept_apart(bureau: Bureau, time: str) -> None:
    bureau.approve()
    bureau.push(("1", time))
    bureau.push(("1", time))
    assert (bureau.count("punches"), bureau.count("suspect_punches")) == (0, 1)
    page = bureau.do(punches.list_punches, QUERY | {"state": "suspect"})
    assert [one["pin"] for one in page["items"]] == ["1"]


def test_punches_page_by_time_without_gaps(bureau: Bureau) -> None:
    bureau.approve()
    bureau.push(*[("1", f"2026-01-05 08:{minute:02}:00") for minute in range(7)])
    seen, after = [], None
    while True:
        page = bureau.do(punches.list_punches, QUERY | {"limit": 3, "after": after})
        seen += [one["time"] for one in page["items"]]
        if (after := page["next"]) is None:
            break
    assert seen == sorted(set(seen))
    assert len(seen) == 7


def test_a_month_of_good_attendance_has_nothing_against_anyone(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1", p2="P2")
    present(bureau, "1", "2026-01")
    present(bureau, "2", "2026-01")
    closed = bureau.close("2026-01")
    assert (closed["persons"], closed["units"], closed["changed"], closed["not_enrolled"]) == (2, 2, 4, [])
    row = bureau.figures("2026-01", "P1")
    assert row["figures"] == {
        "late_early": {"late": "0", "early": "0"},
        "absence": {"absent": "0", "overleave": "0"},
        "missed_punches": {"count": "0"},
        "meeting_absences": {"count": "0"},
        "study_sign_in": {"numerator": "0", "denominator": "0"},
    }
    due = str(len(JANUARY))
    unit = bureau.figures("2026-01", "D10")
    assert (unit["layer"], unit["figures"]) == ("division", {"unit_attendance": {"numerator": due, "denominator": due}})
    assert bureau.figures("2026-01", "S01")["layer"] == "station"


def test_who_is_not_enrolled_has_no_figures_and_is_named(bureau: Bureau) -> None:
    bureau.enrol(p1="P1")
    assert bureau.close("2026-01")["not_enrolled"] == ["P2"], "P9 belongs to the bureau itself, which is not scored"


def test_a_late_punch_corrects_a_day_already_judged_absent(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01", skip=("2026-01-07",))
    bureau.close("2026-01")
    before = bureau.figures("2026-01", "P1")
    assert before["figures"]["absence"]["absent"] == "1"
    bureau.push(("1", "2026-01-07 08:58:00"), ("1", "2026-01-07 17:01:00"))
    after = bureau.figures("2026-01", "P1")
    assert (after["figures"]["absence"]["absent"], after["revision"]) == ("0", before["revision"] + 1)
    unit = bureau.figures("2026-01", "D10")
    assert unit["figures"]["unit_attendance"]["numerator"] == str(len(JANUARY))
    assert unit["revision"] == 2


def test_a_resent_punch_changes_no_closed_month(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01")
    bureau.close("2026-01")
    present(bureau, "1", "2026-01")
    assert bureau.close("2026-01")["changed"] == 0
    assert bureau.figures("2026-01", "P1")["revision"] == 1


def test_late_punches_of_two_workers_at_once_are_both_in_the_last_figures(bureau: Bureau) -> None:
    bureau.approve("CKJ1")
    bureau.approve("CKJ2")
    bureau.enrol(p1="P1")
    present(bureau, "1", "2026-01", skip=("2026-01-07", "2026-01-08"))
    bureau.close("2026-01")
    ready = threading.Barrier(2)

    def push(day: str, serial: str) -> None:
        ready.wait()
        bureau.push(("1", f"2026-01-{day} 08:58:00"), ("1", f"2026-01-{day} 17:01:00"), serial=serial)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(push, ("07", "08"), ("CKJ1", "CKJ2")))
    assert bureau.figures("2026-01", "P1")["figures"]["absence"]["absent"] == "0"


def test_punches_of_an_unknown_pin_wait_and_count_once_the_person_is_enrolled(bureau: Bureau) -> None:
    bureau.approve()
    present(bureau, "007", "2026-01")
    assert len(bureau.do(punches.list_punches, QUERY | {"state": "parked", "limit": 500})["items"]) == 2 * len(JANUARY)
    bureau.enrol(p1="P1")
    bureau.close("2026-01")
    assert bureau.figures("2026-01", "P1")["figures"]["absence"]["absent"] == str(len(JANUARY))
    assert bureau.enrol(p007="P1")["replayed"] == len(JANUARY)
    assert bureau.figures("2026-01", "P1")["figures"]["absence"]["absent"] == "0"
    assert bureau.do(punches.list_punches, QUERY | {"state": "parked"})["items"] == []


def test_a_pin_stays_whose_it_is(bureau: Bureau) -> None:
    bureau.enrol(p1="P1")
    assert bureau.enrol(p1="P1")["enrolled"] == 0
    with pytest.raises(Conflict, match=r"enrolment\.taken") as caught:
        bureau.enrol(p5="P2", p1="P2")
    assert [error["row"] for error in caught.value.errors] == [1]
    assert bureau.count("enrolments") == 1, "all or nothing"


def test_an_unknown_person_is_named_with_the_row(bureau: Bureau) -> None:
    with pytest.raises(Invalid) as caught:
        bureau.enrol(p1="P1", p2="NOBODY")
    assert caught.value.errors[0]["row"] == 1


def _pushed(serial: str, *lines: tuple[str, str]) -> dict[str, Any]:
    told = [
        {"pin": pin, "time": datetime.fromisoformat(time), "status": 255, "verify": 1, "raw": time, "zoned": False}
        for pin, time in lines
    ]
    return {"serial": serial, "address": "10.0.0.9", "punches": told, "rejected": []}


def test_what_several_clocks_push_at_once_is_stored_as_each_alone_and_once(bureau: Bureau) -> None:
    bureau.approve("CKJ1")
    pushes = [
        _pushed("CKJ2", ("1", "2026-03-04 08:50:02")),
        _pushed("CKJ1", ("1", "2026-03-04 08:50:01")),
        _pushed("CKJ1", ("1", "2026-03-04 08:50:01"), ("2", "2026-03-04 08:50:03")),
    ]
    for new in ([1, 1, 1], [0, 0, 0]):
        with bureau.sessions.begin(system("")) as session:
            taken = punches.take_pushes(session, session.info["actor"], {"pushes": pushes})["pushes"]
        assert [(one["taken"], one["new"], one["status"]) for one in taken] == [
            (1, new[0], "pending"),
            (1, new[1], "approved"),
            (2, new[2], "approved"),
        ]
