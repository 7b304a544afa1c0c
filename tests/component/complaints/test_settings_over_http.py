"""What a bureau decides for itself: set by the office and the centre's head, from a day on, read at the day it concerns."""

from typing import Any

from services.complaints.usecases import projections, supervising
from shared.actor import system
from tests.component.complaints.conftest import BUREAU, at, cycle
from tests.component.complaints.network import Network, network

__all__ = ["network"]


def settings(network: Network, **changed: Any) -> dict[str, Any]:
    """What holds, as it is sent back with a change."""
    told = network.centre.get("/api/v1/case-settings").json
    now = {name: value for name, value in told["today"].items() if name != "starts"}
    return {**now, "revision": told["revision"], "starts": str(network.today.now.date()), **changed}


def put(network: Network, *, by: Any = None, **changed: Any) -> Any:
    body = settings(network, **changed)
    return (by or office(network)).put("/api/v1/case-settings", json=body)


def office(network: Network) -> Any:
    return network.by("office", "office")


def recounted(network: Network) -> int:
    with network.world.service.begin(system(BUREAU)) as session:
        return projections.recount(session, BUREAU)


def others(network: Network, case: str, clock: str) -> dict[str, str]:
    return {one["reading"]: one["due"] for one in network.clock(case, clock)["others"]}


def test_who_sets_them_and_who_does_not(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-01")
    head = network.by("head.C01", heads="C01", person="P1")
    for who, status in ((network.centre, 403), (network.by("head.S01", heads="S01"), 403), (head, 200)):
        assert put(network, by=who, late_entry_days=10).status_code == status
    answer = put(network, late_entry_days=5)
    assert (answer.status_code, answer.json["today"]["late_entry_days"], answer.json["revision"]) == (200, 5, 3)
    assert [one["starts"] for one in answer.json["dated"]] == ["2026-06-01"]


def test_what_was_changed_meanwhile_and_what_lies_in_the_past_are_refused(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-02")
    assert put(network, soon_days=3).status_code == 200
    network.refused(put(network, soon_days=4, revision=1), 409)
    network.refused(put(network, soon_days=4, starts="2026-06-01"), 409, "case_settings.past")
    for wrong in (
        {"quiet_from": "25:00"},
        {"satisfied": ["dissatisfied"]},
        {"own_limits": {"nothing": 3}},
        {"warn_hours": [0]},
    ):
        network.refused(put(network, **wrong), 422)


def test_the_bureaus_own_limit_stands_beside_the_laws(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-01")
    assert put(network, own_limits={"accept": 3}, starts="2026-06-08").status_code == 200
    before, after = network.register("2026-06-05"), network.register("2026-06-08")
    assert network.clock(before, "accept")["due"] == "2026-06-16"
    assert (others(network, before, "accept"), others(network, after, "accept")) == ({}, {"own_limit": "2026-06-11"})


def test_a_reading_moves_the_clocks_that_begin_from_its_day_on(network: Network) -> None:
    network.today.now = network.today.moment("2026-05-12")
    old = network.register("2026-05-12")
    network.took(old, "accept", "2026-05-12")
    assert put(network, readings={"令121": {"weekend_moves": True}}, starts="2026-05-13").status_code == 200
    new = network.register("2026-05-13")
    network.took(new, "accept", "2026-05-13")
    assert (network.clock(old, "mediate")["due"], network.clock(new, "mediate")["due"]) == ("2026-07-11", "2026-07-13")
    assert others(network, old, "mediate")["weekend_moves"] == "2026-07-13"
    assert others(network, new, "mediate")["weekend_moves"] == "2026-07-12"
    assert recounted(network) == 1, "the older case is brought up to date, to the same day"
    assert network.clock(old, "mediate")["due"] == "2026-07-11"


def test_only_a_statutory_day_moves_the_end_where_it_is_so_read(network: Network) -> None:
    case = network.register("2026-08-06")
    network.took(case, "accept", "2026-08-06")
    assert network.clock(case, "mediate")["due"] == "2026-10-08"
    assert others(network, case, "mediate")["statutory_only"] == "2026-10-05"


def test_the_grades_of_a_call_are_read_on_its_day(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-01")
    assert put(network, satisfied=["very_satisfied", "satisfied", "fair"], starts="2026-06-10").status_code == 200
    for called in ("2026-06-09", "2026-06-10"):
        case = network.register("2026-06-01")
        for step, given in (
            ("assign", {"unit": "S01", "handler": "P2"}),
            ("accept", {}),
            ("conclude", {"outcome": "settled"}),
        ):
            network.took(case, step, **given)
        network.took(case, "follow_up".replace("_", "-"), called, answered=True, satisfaction="fair")
    answer = network.centre.get("/api/v1/case-figures/period?since=2026-06-01&until=2026-06-30").json["figures"]
    (share,) = [one for one in answer if one["figure"] == "follow_up_satisfaction"]
    assert (share["numerator"], share["denominator"], share["value"]) == ("1", "2", "50.00")


def test_late_is_what_was_late_by_the_settings_of_its_recording(network: Network) -> None:
    handler = network.by("P2", "staff", person="P2")
    case = network.register("2026-06-01", intake_unit="S01")
    network.took(case, "assign", unit="S01", handler="P2")
    network.today.now = network.today.moment("2026-06-05")
    assert put(network, late_entry_days=2).status_code == 200
    network.refused(network.step(case, "contact", by=handler, at=at("2026-06-02")), 409, "case.late_entry")
    network.took(case, "contact", by=handler, at=at("2026-06-03"))
    assert put(network, late_entry_days=0, starts="2026-06-06").status_code == 200
    told = network.centre.get(f"/api/v1/cases/{case}/history").json["events"]
    assert [one["backdated"] for one in told] == [False, False, False], "what was in time stays so"
    network.refused(network.step(case, "accept", "2026-06-06", by=handler, at=at("2026-06-05")), 409, "case.late_entry")


def test_what_a_client_does_not_know_yet_stays_as_it_was(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-01")
    assert put(network, signs={"frequency": 3}, many_days=200, calendar_days=30).status_code == 200
    body = settings(network, soon_days=4)
    for unknown in ("signs", "frequent_days", "many_days", "calendar_days"):
        del body[unknown]
    answer = office(network).put("/api/v1/case-settings", json=body)
    assert answer.status_code == 200, answer.text
    told = answer.json["today"]
    assert [told[one] for one in ("soon_days", "frequent_days", "many_days", "calendar_days")] == [4, 30, 200, 30]
    assert (told["signs"]["frequency"], told["signs"]["quantity"]) == (3, 10)
    network.refused(put(network, signs={"nothing": 3}), 422)
    network.refused(put(network, signs={"mass": 1}), 422)


def test_from_how_many_on_a_sign_is_shown_is_the_bureaus(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-01")
    assert put(network, signs={"frequency": 2}, frequent_days=10, starts="2026-06-20").status_code == 200
    person = {"consumer": "示范甲", "phone": "13800000001"}
    shown = []
    for day in ("2026-06-01", "2026-06-09", "2026-06-20", "2026-06-21"):
        case = network.register(day, **person)
        shown.append([(one["sign"], one["cases"]) for one in network.show(case)["signs"]])
    assert shown == [[], [], [], [("frequency", 2)]]


def test_the_keeper_of_the_calendar_is_told_as_early_as_the_bureau_says(network: Network) -> None:
    network.today.now = network.today.moment("2026-11-20 10:00")
    assert put(network, calendar_days=30).status_code == 200
    with network.world.service.begin(system(BUREAU)) as session:
        assert supervising.watch_calendar(session, BUREAU) == 0
    network.today.now = network.today.moment("2026-12-02 10:00")
    with network.world.service.begin(system(BUREAU)) as session:
        assert supervising.watch_calendar(session, BUREAU) == 1


def test_until_when_the_calendar_is_known_and_who_is_told(network: Network) -> None:
    known = network.register("2026-11-20")
    assert network.centre.get("/api/v1/case-calendar").json == {
        "known_until": "2026-12-31",
        "provisional": 0,
        "waiting": 0,
    }
    network.took(known, "accept", "2026-11-20")
    assert network.centre.get("/api/v1/case-calendar").json["provisional"] == 1
    clock = network.clock(known, "mediate")
    assert (clock["due"], clock["provisional"]) == ("2027-01-19", True)
    with network.world.service.begin(system(BUREAU)) as session:
        assert [supervising.watch_calendar(session, BUREAU) for _ in range(2)] == [1, 0], "once a month"
    calendar = {"2027-01-01": False, "2027-01-18": False, "2027-01-19": False}
    with network.world.service.begin_handling([cycle("2027", calendar)]) as session:
        projections.keep_cycles(session, [cycle("2027", calendar)])
    assert (recounted(network), recounted(network)) == (1, 0)
    clock = network.clock(known, "mediate")
    assert (clock["due"], clock["provisional"]) == ("2027-01-20", False)
    assert network.centre.get("/api/v1/case-calendar").json == {
        "known_until": "2027-12-31",
        "provisional": 0,
        "waiting": 0,
    }
