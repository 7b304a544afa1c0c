"""What the lists of attendance may be asked for, and the names that they tell."""

from datetime import date
from typing import Any

import pytest

from services.attendance.service import OPERATIONS
from shared.contracts.attendance import days, devices, enrolments, gatherings, months, punches, rules, sheets, shifts
from shared.contracts.operations import Operation
from tests.component.attendance.conftest import WORKING, Bureau, actor, register

Rows = list[dict[str, Any]]


def listed(bureau: Bureau, operation: Operation, member: str = "items", **query: str) -> Rows:
    return bureau.do(OPERATIONS[operation], operation.decode(query))[member]  # type: ignore[no-any-return]


@pytest.fixture
def two(bureau: Bureau) -> Bureau:
    """P1 presses at a clock of the division, P2 at one of the station."""
    bureau.approve("CKJ1", name="大门", place="一楼", unit="D10", device_group="D10")
    bureau.approve("CKJ2", name="所门", place="集市", unit="S01", device_group="S01")
    bureau.enrol_rows(
        {"pin": "1", "person": "P1", "device_group": "D10"},
        {"pin": "1", "person": "P2", "device_group": "S01", "starts": "2026-02-01"},
    )
    bureau.push(("1", "2026-01-05 08:50:00"), ("1", "2026-01-05 17:10:00"), rejected=("??",))
    bureau.push(("1", "2026-02-03 08:50:00"), serial="CKJ2", rejected=("!!",))
    return bureau


def test_clocks_are_found_by_unit_and_by_what_is_known_of_them(two: Bureau) -> None:
    found = {one["serial"]: one["unit_name"] for one in listed(two, devices.list_devices)}
    assert found == {"CKJ1": "D10", "CKJ2": "S01"}
    assert [one["serial"] for one in listed(two, devices.list_devices, unit="S01")] == ["CKJ2"]
    assert [one["serial"] for one in listed(two, devices.list_devices, q="集市")] == ["CKJ2"]


def test_what_is_no_punch_is_found_by_its_day_and_tells_the_clock_by_name(two: Bureau) -> None:
    assert {one["device_name"] for one in listed(two, punches.list_rejected)} == {"大门", "所门"}
    assert listed(two, punches.list_rejected, to="2025-12-31") == []
    assert [one["place"] for one in listed(two, punches.list_rejected, device="CKJ2")] == ["集市"]
    assert [one["device_name"] for one in listed(two, punches.list_punches, device="CKJ2")] == ["所门"]


def test_what_is_kept_apart_tells_who_may_decide_on_it(two: Bureau) -> None:
    two.push(("1", "2019-01-05 08:50:00"), ("7", "2019-01-05 08:51:00"))
    two.push(("1", "2026-02-04 08:50:00"), serial="NOBODYS", rejected=("##",))

    def decidable(operation: Operation, name: str, person: str, *roles: str, **query: str) -> list[tuple[str, bool]]:
        by = actor(*roles, person=person)
        found = two.do(OPERATIONS[operation], operation.decode(query), by=by)["items"]
        return sorted((one[name], one["may_decide"]) for one in found)

    for person, roles, own, others in (
        ("P9", ("hr",), True, True),
        ("P1", ("hr",), False, True),
        ("P9", ("devices",), False, False),
    ):
        assert decidable(punches.list_punches, "pin", person, *roles, state="suspect") == [("1", own), ("7", others)]
        told = [("!!", others), ("##", False), ("??", others)]
        assert decidable(punches.list_rejected, "raw", person, *roles) == told, "the clock of ## is nobody's yet"
        assert decidable(punches.list_punches, "pin", person, *roles, state="quarantined") == [("1", False)]


def test_alarms_are_found_by_clock_and_kind(two: Bureau) -> None:
    two.push(("1", "2026-01-06 08:50:00"), address="10.9.0.9")
    assert [(one["serial"], one["name"]) for one in listed(two, devices.list_device_alarms, kind="moved")] == [
        ("CKJ1", "大门")
    ]
    assert listed(two, devices.list_device_alarms, device="CKJ2") == []
    assert listed(two, devices.list_device_alarms, kind="moved", to="2025-12-31") == []


def test_enrolments_are_found_by_clock_day_and_state(two: Bureau) -> None:
    def held(**query: str) -> list[str]:
        return [one["person"] for one in listed(two, enrolments.list_enrolments, **query)]

    assert (held(), held(device="CKJ1"), held(device="CKJ2")) == (["P1", "P2"], ["P1"], ["P2"])
    assert (held(to="2026-01-31"), held(unit="S01")) == (["P1"], ["P2"])
    ended = {"enrolments": [{"pin": "1", "person": "P1", "device_group": "D10", "last": "2026-03-31"}]}
    two.do(OPERATIONS[enrolments.end_enrolments], enrolments.end_enrolments.decode(ended))
    assert (held(state="ended"), held(state="current")) == (["P1"], ["P2"])
    assert held(**{"from": "2026-04-01"}) == ["P2"]


def test_who_has_no_number_is_found_by_unit(bureau: Bureau) -> None:
    def without(**query: str) -> list[str]:
        return [one["person"] for one in listed(bureau, enrolments.list_unenrolled, "persons", **query)]

    assert (without(), without(unit="S01")) == (["P1", "P2", "P9"], ["P2"])


def test_times_out_of_order_are_found_by_unit_state_and_day_and_tell_who_may_confirm(bureau: Bureau) -> None:
    told = {"unit": "S01", "from": "2026-01-06T08:00:00+08:00", "to": "2026-01-06T10:00:00+08:00", "reason": "停电"}
    bureau.do(OPERATIONS[rules.propose_down], rules.propose_down.decode(told))
    (mine,) = listed(bureau, rules.list_downs, unit="S01", status="proposed")
    assert (mine["unit_name"], mine["may_decide"]) == ("S01", False)
    others = bureau.do(OPERATIONS[rules.list_downs], rules.list_downs.decode({}), by=actor("leader", person="P1"))
    assert [one["may_decide"] for one in others["items"]] == [True]
    assert listed(bureau, rules.list_downs, unit="D10") == listed(bureau, rules.list_downs, to="2026-01-05") == []


def test_figures_sheets_and_anomalies_are_found_by_unit_name_person_and_day(two: Bureau) -> None:
    two.push(*two.full_month("1", "2026-01", skip=("2026-01-07",), working=WORKING))
    two.push(("1", "2026-01-07 08:50:00"))
    two.close("2026-01")

    def subjects(**query: str) -> list[str]:
        return [one["subject"] for one in listed(two, months.list_figures, month="2026-01", **query)]

    assert (subjects(unit="D10"), subjects(q="P2"), subjects(q="nobody")) == (["D10", "P1"], ["P2"], [])
    assert [one["person"] for one in listed(two, sheets.list_sheet, month="2026-01", person="P1")] == ["P1"]

    def wrong(**query: str) -> list[str]:
        return [one["day"] for one in listed(two, days.list_anomalies, "anomalies", month="2026-01", **query)]

    assert (wrong(), wrong(**{"from": "2026-01-08"}), wrong(device="CKJ1")) == (["2026-01-07"], [], [])


def test_anomalies_are_found_by_the_clock_where_they_show(two: Bureau) -> None:
    def kinds(device: str, person: str = "P1") -> list[str]:
        query = {"month": "2026-01", "device": device, "person": person}
        return [one["kind"] for one in listed(two, days.list_anomalies, "anomalies", **query)]

    two.enrol_rows({"pin": "2", "person": "P1"})
    two.push(("2", "2026-01-05 08:50:00"), serial="CKJ2")
    assert (kinds("CKJ1"), kinds("CKJ2"), kinds("CKJ")) == (["same_second"], ["same_second"], [])
    register(two, "P1", date(2026, 1, 6), date(2026, 1, 6))
    two.push(("2", "2026-01-06 09:00:00"), serial="CKJ2")
    assert (kinds("CKJ1"), kinds("CKJ2")) == (["same_second"], ["same_second", "on_leave"])
    two.enrol_rows({"pin": "7", "person": "P2"})
    two.push(*(("7", f"2026-01-{day} 08:50:00") for day in range(10, 21)), verify=3)
    assert (kinds("CKJ1", "P2"), kinds("CKJ2", "P2")) == (["password"], [])


def test_gatherings_are_found_by_the_unit_of_whom_they_expect_and_name_them(bureau: Bureau) -> None:
    told = {
        "kind": "study",
        "name": "学习",
        "opens_at": "2026-01-06T14:00:00+08:00",
        "closes_at": "2026-01-06T14:30:00+08:00",
    }
    call = gatherings.call_gatherings.decode({"gatherings": [{**told, "units": ["S01"]}]})
    bureau.do(OPERATIONS[gatherings.call_gatherings], call)
    (one,) = listed(bureau, gatherings.list_gatherings, unit="S01")
    assert (one["persons"], one["person_names"]) == (["P2"], ["P2"])
    assert listed(bureau, gatherings.list_gatherings, unit="D10") == []


def test_assignments_are_found_by_the_days_on_which_they_hold(bureau: Bureau) -> None:
    row = {"person": "P1", "shift": None, "starts": "2026-03-01", "ends": "2026-03-31"}
    bureau.do(OPERATIONS[shifts.assign_shift], shifts.assign_shift.decode({"assignments": [row]}))
    assert [
        one["person"] for one in listed(bureau, shifts.list_assignments, **{"from": "2026-03-31"}) if one["person"]
    ] == ["P1"]
    assert [one for one in listed(bureau, shifts.list_assignments, to="2026-02-28") if one["person"]] == []
    assert [one for one in listed(bureau, shifts.list_assignments, **{"from": "2026-04-01"}) if one["person"]] == []
