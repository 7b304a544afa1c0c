"""What the console's 12315 screens ask for, over HTTP: contacts, lists, counts, look-alikes, histories, choices, indicators."""

from typing import Any

import pytest

from services.complaints.storage.tables import cases
from services.complaints.usecases import copies
from shared.actor import system
from tests.component.complaints.conftest import BUREAU, at, cycle
from tests.component.complaints.test_known_faults import Network, network

__all__ = ["network"]

CONTACT = {
    "consumer": "示范某甲",
    "phone": "138-0000-0001",
    "address": "示范路 1 号",
    "id_number": "11010119900101001X",
}


def listed(network: Network, query: str = "") -> list[Any]:
    answer = network.centre.get(f"/api/v1/cases?{query}")
    assert answer.status_code == 200, answer.text
    return list(answer.json["items"])


def test_a_telephone_talk_is_registered_whole(network: Network) -> None:
    about = {
        "channel": "hotline",
        "goods": "手机",
        "amount": "1299.50",
        "request": "退货",
        "trader_address": "示范大道 2 号",
    }
    case = network.register("2026-06-01", **CONTACT, **about)
    shown = network.show(case)
    assert {name: shown[name] for name in {**CONTACT, **about}} == {**CONTACT, **about}
    assert (shown["intake_unit_name"], shown["registered_by"], shown["status"]) == ("C01", "centre", "registered")


def test_who_complained_is_in_no_list_no_history_and_not_readable_in_the_database(network: Network) -> None:
    case = network.register("2026-06-01", **CONTACT)
    history = network.centre.get(f"/api/v1/cases/{case}/history").text
    page = network.centre.get("/api/v1/cases").text
    with network.world.service.engine.connect() as connection:
        told = connection.exec_driver_sql(
            "SELECT (SELECT string_agg(c::text, '') FROM complaints.cases c) || (SELECT string_agg(e::text, '') FROM"
            " complaints.case_events e) || (SELECT string_agg(a::text, '') FROM complaints.audit a)"
        ).scalar_one()
    for secret in CONTACT.values():
        assert all(secret not in text for text in (history, page, told))
    auditor = network.by("auditor", "auditor")
    assert {network.show(case, auditor)[name] for name in CONTACT} == {""}


def test_lists_are_filtered_searched_sorted_and_counted(network: Network) -> None:
    first = network.register("2026-06-01", number="A-1", trader="滨河家居城")
    second = network.register("2026-06-03", number="A-2", summary="预付卡停业不退费")
    answered = network.register("2026-06-03", number="A-3", kind="enquiry", trader="")
    for query, found in (
        ("trader=家居", [first]),
        ("q=预付卡", [second]),
        ("q=a-1", [first]),
        ("due_before=2026-06-10", [first]),
        ("colour=none", [answered]),
        ("kind=complaint&sort=-due", [second, first]),
        ("kind=complaint&sort=received_at", [first, second]),
        ("sort=-number", [answered, second, first]),
        ("sort=due&limit=1&total=true", [first]),
        ("sort=due&skip=1&limit=1", [second]),
        ("channel=hotline", []),
        ("overdue=true", []),
    ):
        assert [one["code"] for one in listed(network, query)] == found, query
    assert network.centre.get("/api/v1/cases?total=true").json["total"] == 3


def test_pages_follow_each_other_in_every_order(network: Network) -> None:
    wanted = [network.register(f"2026-06-{number:02d}", number=f"N{number}") for number in range(1, 6)]
    for order, expected in (("due", wanted), ("-received_at", wanted[::-1]), ("number", wanted)):
        found, after = [], ""
        while True:
            page = network.centre.get(f"/api/v1/cases?limit=2&sort={order}{after}").json
            found += [one["code"] for one in page["items"]]
            if page["next"] is None:
                break
            after = f"&after={page['next']}"
        assert found == expected, order


def test_cases_are_counted_by_the_colour_of_their_nearest_deadline(network: Network) -> None:
    for received in ("2026-06-01", "2026-06-02", "2026-06-08"):
        network.register(received)
    paused = network.register("2026-06-08", kind="report")
    network.took(paused, "pause")
    network.register("2026-06-08", kind="enquiry", trader="")
    network.today.now = network.today.moment("2026-06-11")
    answer = network.centre.get("/api/v1/cases/colours").json["colours"]
    assert {one["colour"]: one["cases"] for one in answer} == {
        "overdue": 1,
        "soon": 1,
        "running": 1,
        "paused": 1,
        "none": 1,
    }
    narrowed = network.centre.get("/api/v1/cases/colours?kind=report").json["colours"]
    assert {one["colour"]: one["cases"] for one in narrowed if one["cases"]} == {"paused": 1}


def test_look_alikes_are_pointed_out_while_typing(network: Network) -> None:
    case = network.register("2026-06-01", **CONTACT)
    other = network.register("2026-06-02", trader="云汀百货", consumer="示范乙")
    found = network.post("cases/similar", {"phone": "13800000001", "trader": "云汀百货"}).json
    told = {one["code"]: (one["same_person"], one["same_trader"]) for one in found["items"]}
    assert (told, found["complaints_of_person"]) == ({case: (True, True), other: (False, True)}, 1)
    assert network.post("cases/similar", {"phone": "13900000000"}).json == {"items": [], "complaints_of_person": 0}
    assert network.centre.get("/api/v1/cases/traders?q=百货").json["items"] == [{"trader": "云汀百货", "cases": 2}]


def test_a_history_shows_both_times_who_and_what_was_put_right(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P2", on_behalf_of="C01 值班长")
    network.took(case, "accept", "2026-06-04", at=at("2026-06-03"))
    network.took(case, "correct", "2026-06-05", event=3, happened_at=at("2026-06-02"), why="录入时写错日期")
    network.refused(network.step(case, "correct", event=3, changes={}, why="x"), 422, "case.correct")
    network.refused(network.step(case, "correct", event=3, happened_at=at("2026-06-02")), 422)
    events = network.centre.get(f"/api/v1/cases/{case}/history").json["events"]
    assert [(one["number"], one["name"], one["corrected"], one["puts_right"]) for one in events] == [
        (1, "register", False, None),
        (2, "assign", False, None),
        (3, "accept", True, None),
        (4, "correct", False, 3),
    ]
    assert (events[1]["on_behalf_of"], events[3]["why"]) == ("C01 值班长", "录入时写错日期")
    assert (events[2]["happened_at"][:10], events[2]["recorded_at"][:10]) == ("2026-06-03", "2026-06-04")
    assert network.show(case)["decided_at"].startswith("2026-06-02")


def test_a_wrong_trader_and_a_wrong_outcome_are_put_right_and_a_case_is_voided(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "correct", event=1, changes={"trader": "滨河家居城"}, why="名称听错")
    network.took(case, "accept")
    network.took(case, "conclude", "2026-06-02", outcome="terminated", termination_ground="3")
    changes = {"outcome": "settled", "termination_ground": None, "recovered": "200"}
    network.took(case, "correct", event=4, changes=changes, why="选错")
    shown = network.show(case)
    assert [shown[name] for name in ("trader", "outcome", "termination_ground", "recovered")] == [
        *("滨河家居城", "settled", None, "200.00")
    ]
    wrong = {"outcome": "filed", "termination_ground": None}
    network.refused(network.step(case, "correct", event=4, changes=wrong, why="x"), 409, "case.outcome")
    network.took(case, "annul", event=1, why="重复登记")
    assert (network.show(case)["status"], network.show(case)["deadlines"]) == ("voided", [])
    network.took(case, "annul", event=6, why="并非重复")
    assert network.show(case)["status"] == "concluded"


def test_each_reader_is_told_what_they_may_and_why_not(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P2")
    handler = network.by("P2", "staff", person="P2")
    shown = network.show(case, handler)
    assert {"take_up", "send_back", "accept", "refuse", "contact"} <= set(shown["may"])
    why_not = {one["step"]: one["zh"] for one in shown["why_not"]}
    assert "承办人本人" in why_not["follow_up"]
    assert "12315中心" in why_not["assign"]
    assert "尚未办结" in why_not["tell"]
    network.took(case, "take-up", by=handler)
    network.took(case, "send-back", by=handler, why="不属于本所辖区")
    assert (network.show(case)["returns"], network.show(case)["unit"]) == (1, None)


def test_doubles_are_merged_and_parted_with_both_histories_whole(network: Network) -> None:
    first, second = network.register("2026-06-01", kind="report"), network.register("2026-06-02", kind="report")
    network.took(second, "merge", original=first)
    merged = network.show(second)
    assert (merged["status"], merged["merged_into"], merged["deadlines"][0]["state"]) == ("merged", first, "ended")
    network.took(second, "unmerge", "2026-06-03", why="不是同一违法行为")
    parted = network.show(second)
    assert (parted["status"], parted["merged_into"], parted["deadlines"][0]["state"]) == ("registered", None, "running")


def test_a_mixed_submission_is_two_cases_that_know_of_each_other(network: Network) -> None:
    complaint = network.register("2026-06-01")
    report = network.register("2026-06-01", kind="report", linked_to=complaint)
    assert network.show(report)["linked_to"] == complaint
    unknown = "00000000-0000-7000-8000-000000000000"
    new = {"kind": "report", "intake_unit": "C01", "summary": "x", "trader": "y", "linked_to": unknown}
    network.refused(network.post("cases", {"cases": [new]}), 422, "case.unknown")


def test_an_enquiry_is_answered_and_has_no_clock(network: Network) -> None:
    enquiry = network.register("2026-06-01", kind="enquiry", trader="")
    network.took(enquiry, "answer", why="告知可通过 12315 平台投诉")
    shown = network.show(enquiry)
    assert (shown["status"], shown["outcome"], shown["deadlines"]) == ("concluded", "answered", [])


def test_the_indicators_of_any_period_name_their_denominators(network: Network) -> None:
    for outcome in ("settled", "settled", "agreement", "terminated"):
        case = network.register("2026-06-01")
        network.took(case, "assign", unit="S01", handler="P2")
        network.took(case, "accept")
        ground = {"termination_ground": "3"} if outcome == "terminated" else {}
        network.took(case, "conclude", outcome=outcome, **ground)
    period = "since=2026-06-01&until=2026-06-30"

    def told(query: str, figure: str = "mediation_success") -> Any:
        answer = network.centre.get(f"/api/v1/case-figures/period?{query}")
        assert answer.status_code == 200, answer.text
        one = next(each for each in answer.json["figures"] if each["figure"] == figure)
        return [one["numerator"], one["denominator"], one["value"], one["over"]]

    assert told(period) == ["3", "4", "75.00", "已受理并办结件数"]
    assert told(f"{period}&denominator=mediated") == ["1", "1", "100.00", "组织调解件数"]
    assert told(f"{period}&unit=S02") == ["0", "0", None, "已受理并办结件数"]
    assert told(f"{period}&handler=P2", "accepted_in_time") == ["4", "4", "100.00", "期内应作出决定的件数"]
    head, stranger = network.by("head.S01", heads="S01"), network.by("P3", "staff", person="P3")
    assert head.get(f"/api/v1/case-figures/period?{period}&unit=S01").status_code == 200
    assert stranger.get(f"/api/v1/case-figures/period?{period}&unit=S01").status_code == 403
    assert network.centre.get("/api/v1/case-figures/period?since=2026-06-02&until=2026-06-01").status_code == 422


def test_what_is_entered_after_the_close_stands_beside_what_was_reported(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P2")
    network.post("case-figures/2026-06/close", None, now="2026-07-01")
    network.took(case, "accept", "2026-07-02", by=network.centre, at=at("2026-06-10"))
    items = network.centre.get("/api/v1/case-figures/2026-06").json["items"]
    (own,) = [one for one in items if one["subject"] == "P2"]
    assert own["figures"]["accepted_in_time"] == {"numerator": "1", "denominator": "1"}
    assert own["reported"]["accepted_in_time"] == {"numerator": "0", "denominator": "1"}


def test_a_changed_calendar_moves_open_cases_and_leaves_decided_ones_and_closed_months(network: Network) -> None:
    open_, decided = network.register("2026-06-22"), network.register("2026-06-22")
    old = network.register("2026-05-11")
    network.took(decided, "accept", "2026-06-23")
    network.post("case-figures/2026-05/close", None, now="2026-06-24")
    before = network.clock(open_, "accept")["due"]
    calendar = {"2026-06-30": False, "2026-05-18": False}
    with network.world.service.begin_handling([cycle("2026", calendar, revision=2)]) as session:
        copies.keep_cycles(session, [cycle("2026", calendar, revision=2)])
    network.today.now = network.today.moment("2026-06-25")
    with network.world.service.begin(system(BUREAU)) as session:
        assert copies.recount(session, BUREAU) == 3
    assert (before, network.clock(open_, "accept")["due"]) == ("2026-07-01", "2026-07-02")
    assert network.clock(decided, "accept")["due"] == "2026-07-01"
    months = network.centre.get(f"/api/v1/case-figures/2026-05/{'C01'}").json["items"]
    assert [(one["code"], one["day"]) for one in months if one["figure"] == "accepted_in_time"] == [(old, "2026-05-20")]


@pytest.mark.parametrize("column", ["consumer"])
def test_names_are_kept_sealed(network: Network, column: str) -> None:
    network.register("2026-06-01", **CONTACT)
    with network.world.service.begin(system(BUREAU)) as session:
        assert session.scalars(cases.select().with_only_columns(cases.c[column])).all() == [""]
