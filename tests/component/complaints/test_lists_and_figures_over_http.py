"""Lists, counts, look-alikes and figures, over HTTP."""

from typing import Any

from services.complaints.usecases import projections
from shared.actor import system
from tests.component.complaints.conftest import BUREAU, at, cycle
from tests.component.complaints.network import Network, network

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
    overdue, soon, running = (network.register(received) for received in ("2026-06-01", "2026-06-02", "2026-06-08"))
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
    for colour, case in (("overdue", overdue), ("soon", soon), ("running", running), ("paused", paused)):
        assert [one["code"] for one in listed(network, f"colour={colour}")] == [case], colour


def queued(network: Network, by: Any = None, query: str = "") -> dict[str, int]:
    told = (by or network.centre).get(f"/api/v1/cases/queues?{query}").json["queues"]
    return {one["queue"]: one["cases"] for one in told if one["cases"]}


def test_each_queue_lists_what_waits_for_it_and_counts_it(network: Network) -> None:
    """What is withdrawn, archived or handed on waits for nobody; what is decided waits for as long as somebody has to be told."""
    new = network.register("2026-06-08")
    urged, untold, called, handed_on = (network.register("2026-06-01") for _ in range(4))
    network.took(urged, "assign", unit="S01", handler="P2")
    network.took(urged, "supervise", "2026-06-02", why="请抓紧")
    network.took(untold, "assign", "2026-06-02", unit="S01", handler="P2")
    network.took(untold, "accept")
    network.took(untold, "conclude", "2026-06-03", outcome="terminated", termination_ground="1")
    network.took(called, "withdraw", why="已自行和解")
    network.took(handed_on, "transfer", other_bureau="邻市局", why="不属本局")
    network.took(handed_on, "confirm-transfer", receipt="R1")
    network.today.now = network.today.moment("2026-06-15")
    wanted = {
        "open": {new, urged},
        "to_assign": {new},
        "soon": {new},
        "overdue": {urged, untold},
        "urged": {urged},
        "follow_up": {untold},
        "done": {untold, called, handed_on},
    }
    found = {name: {one["code"] for one in listed(network, f"queue={name}")} for name in wanted}
    assert found == wanted
    assert queued(network) == {name: len(cases) for name, cases in wanted.items()}
    assert queued(network, query="kind=report") == {}
    handler, head = network.by("P2", "staff", person="P2"), network.by("P6", "staff", person="P6", heads="S01")
    for who in (handler, head):
        mine = who.get("/api/v1/cases?queue=mine&sort=due").json["items"]
        assert {one["code"] for one in mine} == {urged, untold}
        assert queued(network, who)["mine"] == 2
    assert "mine" not in queued(network, network.by("P3", "staff", person="P3"))


def test_look_alikes_are_pointed_out_while_typing(network: Network) -> None:
    case = network.register("2026-06-01", **CONTACT)
    other = network.register("2026-06-02", trader="云汀百货", consumer="示范乙")
    found = network.post("cases/similar", {"phone": "13800000001", "trader": "云汀百货"}).json
    told = {one["code"]: (one["same_person"], one["same_trader"]) for one in found["items"]}
    assert (told, found["complaints_of_person"]) == ({case: (True, True), other: (False, True)}, 1)
    assert network.post("cases/similar", {"phone": "13900000000"}).json == {"items": [], "complaints_of_person": 0}
    assert network.centre.get("/api/v1/cases/traders?q=百货").json["items"] == [{"trader": "云汀百货", "cases": 2}]


def test_a_report_is_found_by_its_trader_and_never_by_who_made_it(network: Network) -> None:
    """What was registered as a complaint, with its consumer, and turned out to be a report."""
    report = network.register("2026-06-01", kind="report", trader="云汀百货")
    turned = network.register("2026-06-01", **{**CONTACT, "trader": "云汀百货"})
    network.took(turned, "correct", event=1, changes={"kind": "report"}, why="实为举报")
    found = network.post("cases/similar", {"phone": CONTACT["phone"], "trader": "云汀百货"}).json
    told = {one["code"]: (one["kind"], one["same_person"], one["same_trader"]) for one in found["items"]}
    assert told == dict.fromkeys((report, turned), ("report", False, True))
    assert found["complaints_of_person"] == 0
    assert network.post("cases/similar", {"phone": CONTACT["phone"]}).json["items"] == []
    clerk = network.by("P1", "staff", person="P1")
    assert all(one["summary"] for one in found["items"])
    shown = network.post("cases/similar", {"trader": "云汀百货"}, clerk).json["items"]
    assert {one["code"]: one["summary"] for one in shown} == {report: "", turned: ""}, "its text may tell who reported"
    association = network.by("P5", "staff", person="P5")
    assert network.post("cases/similar", {"trader": "云汀百货"}, association).json["items"] == []


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
        projections.keep_cycles(session, [cycle("2026", calendar, revision=2)])
    network.today.now = network.today.moment("2026-06-25")
    with network.world.service.begin(system(BUREAU)) as session:
        assert projections.recount(session, BUREAU) == 3
    assert (before, network.clock(open_, "accept")["due"]) == ("2026-07-01", "2026-07-02")
    assert network.clock(decided, "accept")["due"] == "2026-07-01"
    months = network.centre.get(f"/api/v1/case-figures/2026-05/{'C01'}").json["items"]
    assert [(one["code"], one["day"]) for one in months if one["figure"] == "accepted_in_time"] == [(old, "2026-05-20")]
