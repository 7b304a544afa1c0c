"""What a clock says that it holds, against what came of it."""

from services.attendance.usecases import devices
from services.attendance.usecases.wall import show_wall
from shared.actor import system
from tests.component.attendance.conftest import Bureau

LINES = [("1", f"2026-01-05 08:{minute:02}:00") for minute in range(60)]


def told(bureau: Bureau, records: int) -> None:
    info = f"Ver 8.0.4.2-20180118,300,500,{records},10.0.0.9,10,7,12,3,00111"
    with bureau.sessions.begin(system("")) as session:
        devices.note_device(session, system(""), {"serial": "CKJ1", "address": "10.0.0.9", "info": info})


def wall(bureau: Bureau) -> tuple[int | None, int, bool]:
    (clock,) = bureau.do(show_wall, {})["devices"]
    return clock["held"], clock["missing"], "gap" in clock["alarms"]


def test_records_that_a_clock_holds_and_never_sent_are_told(bureau: Bureau) -> None:
    bureau.approve()
    assert wall(bureau) == (None, 0, False)
    told(bureau, 5000)
    assert wall(bureau) == (5000, 0, False), "what it held before anybody knew it"
    bureau.push(*LINES[:20])
    told(bureau, 5020)
    assert wall(bureau) == (5020, 0, False)
    told(bureau, 5050)
    assert wall(bureau) == (5050, 30, True)
    bureau.push(*LINES[:45])
    assert wall(bureau) == (5050, 5, False), "what was on its way raises no alarm"
    bureau.push(*LINES[:50])
    bureau.push(*LINES[:50])
    assert wall(bureau) == (5050, 0, False)


def test_a_memory_that_was_deleted_is_no_gap_and_later_gaps_are_seen(bureau: Bureau) -> None:
    bureau.approve()
    bureau.push(*LINES[:30])
    told(bureau, 30)
    told(bureau, 0)
    assert wall(bureau) == (0, 0, False)
    told(bureau, 15)
    assert wall(bureau) == (15, 15, True)


def test_what_is_kept_apart_has_come_too(bureau: Bureau) -> None:
    bureau.push(*LINES[:10])
    told(bureau, 10)
    bureau.push(*LINES[:20], rejected=("damaged",))
    told(bureau, 21)
    bureau.approve()
    told(bureau, 22)
    assert wall(bureau) == (22, 1, False)
    bureau.push(("1", "2000-01-01 00:00:11"))
    assert wall(bureau) == (22, 0, False)
