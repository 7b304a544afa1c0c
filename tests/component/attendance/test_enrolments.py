"""PINs: whose they are on which clocks from when to when, and clocks that are nobody's."""

from datetime import date

import pytest

from services.attendance.usecases import devices, enrolments, projections
from shared.contracts.attendance import enrolments as of_enrolments
from shared.errors import Conflict, Unavailable
from shared.events.targets import Assignment
from shared.vocabulary.refusals import Refused
from tests.component.attendance.conftest import JANUARY, WORKING, Bureau, person, present


def absent(bureau: Bureau, subject: str) -> str:
    return str(bureau.figures("2026-01", subject)["figures"]["absence"]["absent"])


def test_the_pin_of_somebody_who_left_is_free_from_the_next_day(bureau: Bureau) -> None:
    bureau.enrol(p1="P1")
    with pytest.raises(Conflict, match=r"enrolment\.taken"):
        bureau.enrol(p1="P2")
    left = Assignment("D10", "all", "X01", head=False, starts=date(2020, 1, 1), ends=date(2026, 1, 15))
    bureau.handle(projections.keep_persons, person("P1", "D10", moves=[left], revision=2))
    bureau.approve()
    present(bureau, "1", "2026-01")
    assert bureau.enrol(p1="P2") == {"enrolled": 1, "replayed": sum(day > date(2026, 1, 15) for day in JANUARY)}
    bureau.close("2026-01")
    assert (absent(bureau, "P1"), absent(bureau, "P2")) == ("0", str(sum(day <= date(2026, 1, 15) for day in JANUARY)))
    found = bureau.do(enrolments.list_enrolments, of_enrolments.list_enrolments.decode({}))["items"]
    assert [(one["person"], one["ends"]) for one in found] == [("P1", date(2026, 1, 15)), ("P2", None)]


def test_a_pin_that_was_ended_is_given_to_somebody_else(bureau: Bureau) -> None:
    bureau.enrol(p1="P1")
    ended = of_enrolments.end_enrolments.decode({"enrolments": [{"pin": "1", "person": "P1", "last": "2026-01-10"}]})
    bureau.do(enrolments.end_enrolments, ended)
    with pytest.raises(Conflict):
        bureau.enrol_rows({"pin": "1", "person": "P2", "starts": "2026-01-10"})
    assert bureau.enrol_rows({"pin": "1", "person": "P2", "starts": "2026-01-11"})["enrolled"] == 1
    with pytest.raises(Conflict):
        bureau.enrol_rows({"pin": "1", "person": "P9", "starts": "2026-06-01"})


def test_the_same_pin_on_clocks_of_two_groups_is_two_people(bureau: Bureau) -> None:
    bureau.approve("CKJ1", device_group="D10")
    bureau.approve("CKJ2", device_group="S01")
    bureau.enrol_rows(
        {"pin": "1", "person": "P1", "device_group": "D10"}, {"pin": "1", "person": "P2", "device_group": "S01"}
    )
    bureau.push(*bureau.full_month("1", "2026-01", working=WORKING), serial="CKJ1")
    bureau.close("2026-01")
    assert (absent(bureau, "P1"), absent(bureau, "P2")) == ("0", str(len(JANUARY)))
    with pytest.raises(Conflict):
        bureau.enrol_rows({"pin": "1", "person": "P9"})


def test_rejecting_serials_that_are_nobodys_makes_room_for_a_real_clock(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "MOST_PENDING", 2)
    for serial in ("X1", "X2"):
        bureau.push(("1", "2026-01-05 08:50:00"), serial=serial)
    with pytest.raises(Unavailable):
        bureau.push(("1", "2026-01-05 08:50:00"), serial="REAL")
    bureau.do(devices.reject_device, {"serial": "X1", "revision": None})
    assert bureau.push(("1", "2026-01-05 08:50:00"), serial="REAL")["status"] == "pending"
    assert bureau.push(("1", "2026-01-05 08:51:00"), serial="X1")["status"] == "rejected"
    assert bureau.count("punches") == 0
    bureau.approve("REAL")
    with pytest.raises(Refused, match=r"device\.state"):
        bureau.do(devices.reject_device, {"serial": "REAL", "revision": None})


@pytest.mark.parametrize(
    ("address", "network"),
    [("10.1.2.3", "10.1.2."), ("10.1.2.30", "10.1.2."), ("2001:db8:1:2:3::9", "2001:db8:1:2:"), ("", "")],
)
def test_a_network_is_told_by_the_beginning_of_its_addresses(address: str, network: str) -> None:
    assert devices.network_of(address) == network
