"""What went wrong before, over HTTP: each with the value that it gave and the answer that is right."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.complaints.service import ComplaintsService
from services.complaints.usecases import copies
from tests.component.complaints.conftest import BUREAU, Today, at, cycle, person, unit
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

UNITS = (
    *(("B00", "bureau", "all"), ("C01", "centre", "special_supervision"), ("S01", "station", "all")),
    *(("S02", "station", "all"), ("A01", "association", "association_guidance"), ("K01", "body", "all")),
)
PEOPLE = (("P1", "C01"), ("P2", "S01"), ("P3", "S02"), ("P5", "A01"), ("P6", "S01"), ("P8", "S01"))


class Network:
    """The gateway over a small network, whose clock stands where the test puts it."""

    def __init__(self, world: World, today: Today) -> None:
        self.world, self.today = world, today
        self._clients: dict[str, FlaskClient] = {}

    def by(self, name: str, *roles: str, person: str | None = None, heads: str | None = None) -> FlaskClient:
        if name not in self._clients:
            self._clients[name] = self.world.log_in(name, *roles, person=person, heads=heads)
        return self._clients[name]

    @property
    def centre(self) -> FlaskClient:
        return self.by("centre", "complaints_centre")

    def post(self, path: str, body: Any, by: FlaskClient | None = None, *, now: str | None = None) -> Any:
        if now:
            self.today.now = self.today.moment(now)
        return (by or self.centre).post(f"/api/v1/{path}", json=body)

    def register(self, now: str, by: FlaskClient | None = None, **given: Any) -> str:
        plain = {"kind": "complaint", "intake_unit": "C01", "summary": "退款纠纷", "trader": "云汀百货"}
        answer = self.post("cases", {"cases": [{**plain, **given}]}, by, now=now)
        assert answer.status_code == 201, answer.text
        return str(answer.json["cases"][0]["case"])

    def step(self, case: str, step: str, now: str | None = None, by: FlaskClient | None = None, **given: Any) -> Any:
        return self.post(f"cases/{step}", {"cases": [{"case": case, **given}]}, by, now=now)

    def took(self, case: str, step: str, now: str | None = None, by: FlaskClient | None = None, **given: Any) -> None:
        answer = self.step(case, step, now, by, **given)
        assert answer.status_code == 200, answer.text

    def refused(self, answer: Any, status: int, code: str | None = None) -> None:
        assert answer.status_code == status, answer.text
        assert answer.mimetype == "application/problem+json"
        if code:
            assert code in {answer.json["code"], *(one["code"] for one in answer.json["errors"])}, answer.text

    def show(self, case: str, by: FlaskClient | None = None) -> Any:
        answer = (by or self.centre).get(f"/api/v1/cases/{case}")
        assert answer.status_code == 200, answer.text
        return answer.json

    def clock(self, case: str, name: str) -> Any:
        return [one for one in self.show(case)["deadlines"] if one["name"] == name][-1]


@pytest.fixture
def network(database: Databases, today: Today) -> Iterator[Network]:
    with world_of(database, ComplaintsService(), BUREAU) as world:
        with world.service.begin_handling([cycle("2026", {})]) as session:
            copies.keep_units(session, [unit(*one) for one in UNITS])
            copies.keep_persons(session, [person(code, where, "special_supervision") for code, where in PEOPLE])
            copies.keep_cycles(session, [cycle("2026", {})])
        yield Network(world, today)


def test_a_missed_deadline_stays_with_who_held_the_case(network: Network) -> None:
    case = network.register("2026-10-12")
    network.took(case, "assign", unit="S01", handler="P2")
    head = network.by("head.S01", heads="S01")
    network.took(case, "assign", "2026-11-20", head, unit="S02", handler="P3")
    network.post("case-figures/2026-10/close", None, now="2026-11-21")
    told = network.centre.get("/api/v1/case-figures/2026-10").json["items"]
    figures = {one["subject"]: one["figures"]["accepted_in_time"] for one in told}
    assert figures["S01"] == figures["P2"] == {"numerator": "0", "denominator": "1"}
    assert figures["S02"] == figures["P3"] == {"numerator": "0", "denominator": "0"}


def test_a_report_never_lies_with_an_association(network: Network) -> None:
    new = {"kind": "report", "intake_unit": "A01", "summary": "x", "trader": "y"}
    network.refused(network.post("cases", {"cases": [new]}, now="2026-06-01"), 422, "case.roles")
    report = network.register("2026-06-01", kind="report")
    network.refused(network.step(report, "assign", unit="A01"), 409, "case.roles")
    network.refused(network.step(report, "entrust", unit="A01"), 409, "case.kind")


EVERY_STEP: dict[str, dict[str, Any]] = {
    "assign": {"unit": "S02"},
    **{
        one: {}
        for one in ("take-up", "accept", "pause", "resume", "extend", "restart", "lead", "extend-lead", "check-lead")
    },
    **{
        one: {}
        for one in ("dispute", "settle-dispute", "send-to-trader", "trader-answered", "withdraw", "tell", "perform")
    },
    **{one: {} for one in ("extend-filed", "end-filed")},
    **{one: {"why": "x"} for one in ("send-back", "recall", "answer", "unmark-repeat", "unmerge", "supervise")},
    "refuse": {"ground": "1"},
    "consent": {"party": "consumer", "matter": "entrusting"},
    "entrust": {"unit": "A01"},
    "conclude": {"outcome": "terminated", "termination_ground": "3"},
    "follow-up": {"answered": False},
    "allow-late": {"since": "2026-06-01"},
    "correct": {"event": 1, "changes": {"trader": "z"}, "why": "x"},
    "annul": {"event": 1, "why": "x"},
}


def test_the_association_gets_round_nothing(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P2")
    network.refused(network.step(case, "assign", unit="A01", entrusted=True), 409, "case.roles")
    for party in ("consumer", "trader"):
        network.took(case, "consent", party=party, matter="entrusting")
    network.refused(network.step(case, "entrust", unit="A01"), 409, "case.state")
    network.took(case, "accept", "2026-06-02")
    network.refused(network.step(case, "entrust", unit="S02"), 409, "case.roles")
    network.took(case, "entrust", unit="A01", handler="P5")
    head, mediator = network.by("head.A01", heads="A01"), network.by("P5", "staff", person="P5")
    powerful = network.by("P5.too", "complaints_centre", person="P5", heads="S01")
    for step, said in EVERY_STEP.items():
        for by in (head, mediator, powerful):
            network.refused(network.step(case, step, by=by, **said), 403)
    network.took(case, "mediate", "2026-06-05", mediator)
    assert network.show(case, mediator)["may"] == ["contact", "mediate", "report_back"]
    network.took(case, "report-back", "2026-06-08", mediator, why="双方愿意和解")
    network.refused(network.step(case, "mediate", by=mediator), 403)
    network.took(case, "conclude", "2026-06-09", outcome="settled")
    assert (network.show(case)["unit"], network.show(case)["organisation"]) == ("S01", "bureau")


def test_an_associations_own_case_is_nobodys_of_the_bureau(network: Network) -> None:
    head = network.by("head.A01", heads="A01")
    own = network.register("2026-06-01", head, intake_unit="A01")
    for step, said in EVERY_STEP.items():
        network.refused(network.step(own, step, **said), 403)
    for step in ("extend", "pause", "restart", "supervise", "entrust", "lead", "end-filed"):
        answer = network.step(own, step, by=head, **EVERY_STEP[step])
        network.refused(answer, 409)
    network.refused(network.step(own, "assign", by=head, unit="S01"), 409, "case.roles")
    network.took(own, "accept", by=head)
    network.took(own, "conclude", by=head, outcome="agreement")
    assert network.show(own, head)["deadlines"] == []


def test_two_roles_allow_what_either_allows(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01")
    both = network.by("head.C01", "complaints_centre", heads="C01")
    network.took(case, "assign", by=both, unit="S02", handler="P3")


@pytest.mark.parametrize(("given", "status", "code"), [
    ({"at": at("2026-04-29")}, 409, "case.late_entry"),
    ({"at": at("2099-01-01")}, 422, "case.future"),
    ({"at": at("2026-04-19")}, 409, "case.order"),
])  # fmt: skip
def test_claimed_times_are_held_against_the_present(network: Network, given: Any, status: int, code: str) -> None:
    case = network.register("2026-04-20")
    network.took(case, "assign", unit="S01", handler="P2")
    handler = network.by("P2", "staff", person="P2")
    network.refused(network.step(case, "accept", "2026-11-29", handler, **given), status, code)


def test_a_late_entry_needs_a_heads_consent_and_is_marked(network: Network) -> None:
    case = network.register("2026-04-20")
    network.took(case, "assign", unit="S01", handler="P2")
    handler, head = network.by("P2", "staff", person="P2"), network.by("head.S01", heads="S01")
    network.refused(network.step(case, "allow-late", "2026-11-29", handler, since="2026-04-20"), 403)
    network.took(case, "allow-late", by=head, since="2026-04-25")
    network.refused(network.step(case, "accept", by=handler, at=at("2026-04-24")), 409, "case.late_entry")
    network.took(case, "accept", by=handler, at=at("2026-04-29"))
    accepted = network.centre.get(f"/api/v1/cases/{case}/history").json["events"][-1]
    assert (accepted["name"], accepted["backdated"], accepted["account"]) == ("accept", True, "p2")
    assert accepted["recorded_at"].startswith("2026-11-29")
    network.post("case-figures/2026-04/close", None)
    facts = network.centre.get("/api/v1/case-figures/2026-04/P2").json["items"]
    assert {one["figure"]: one["backdated"] for one in facts} == {"accepted_in_time": True, "accepted_cases": True}


def test_nothing_is_received_in_the_future(network: Network) -> None:
    new = {"kind": "complaint", "intake_unit": "C01", "summary": "x", "trader": "y", "received_at": at("2027-06-01")}
    network.refused(network.post("cases", {"cases": [new]}, now="2026-11-29"), 422, "case.future")


def test_pauses_lie_between_receipt_and_conclusion(network: Network) -> None:
    report = network.register("2026-06-01", kind="report")
    network.refused(network.step(report, "pause", "2026-06-02", at=at("2026-05-01")), 409, "case.order")
    assert network.clock(report, "verify")["due"] == "2026-06-23"
    case = network.register("2026-06-01")
    network.took(case, "accept", "2026-06-02")
    network.took(case, "pause", "2026-06-20")
    network.refused(network.step(case, "conclude", at=at("2026-06-15"), outcome="settled"), 409, "case.order")


def test_an_extension_is_approved_in_time_by_another(network: Network) -> None:
    report = network.register("2026-06-01", kind="report")
    network.took(report, "assign", unit="S01", handler="P8")
    network.refused(network.step(report, "extend", at=at("2020-01-01")), 409, "case.order")
    own = network.by("P8", person="P8", heads="S01")
    network.refused(network.step(report, "extend", "2026-06-10", own, why="复杂"), 403)
    network.took(report, "extend", by=network.by("deputy.S01", person="P6", heads="S01"), why="复杂")


def test_time_is_a_ground_once_it_is_over(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "accept", "2026-06-01")
    ended = {"outcome": "terminated", "termination_ground": "5"}
    network.refused(network.step(case, "conclude", "2026-06-02", **ended), 409, "case.time_left")
    network.refused(network.step(case, "conclude", "2026-07-31", **ended), 409, "case.time_left")
    network.took(case, "conclude", "2026-08-01", **ended)


def test_a_restart_counts_from_the_last_receipt_and_wipes_no_miss(network: Network) -> None:
    report = network.register("2026-04-20", kind="report")
    network.took(report, "restart", "2026-05-12")
    network.took(report, "restart", at=at("2026-05-06"))
    assert network.clock(report, "verify")["due"] == "2026-06-02"
    missed = network.register("2026-06-01", kind="report")
    network.took(missed, "restart", "2026-06-25")
    states = [one["state"] for one in network.show(missed)["deadlines"]]
    assert states == ["late", "running"]


def test_what_nobody_decided_is_overdue(network: Network) -> None:
    case = network.register("2026-04-20")
    network.today.now = network.today.moment("2026-11-29")
    assert (network.clock(case, "accept")["state"], network.show(case)["colour"]) == ("overdue", "overdue")
    assert [one["code"] for one in network.centre.get("/api/v1/cases?overdue=true").json["items"]] == [case]
    assert network.centre.get("/api/v1/cases?overdue=false").json["items"] == []


def test_a_date_beyond_the_calendar_is_told_as_provisional(network: Network) -> None:
    case = network.register("2026-11-20")
    network.took(case, "accept")
    assert (network.clock(case, "mediate")["due"], network.clock(case, "mediate")["provisional"]) == (
        "2027-01-19",
        True,
    )


@pytest.mark.parametrize("month", ["2026-11", "2026-12", "2027-01"])
def test_a_month_is_closed_when_it_is_over(network: Network, month: str) -> None:
    network.refused(network.post(f"case-figures/{month}/close", None, now="2026-11-29"), 409, "case_figures.month_open")


def test_a_repetition_is_of_the_same_person_and_can_be_undone(network: Network) -> None:
    first = network.register("2026-06-01", consumer="示范甲", phone="138 0000 0001")
    network.took(first, "accept", "2026-06-02")
    network.took(first, "conclude", "2026-06-03", outcome="settled")
    stranger = network.register("2026-06-10", consumer="示范甲", phone="13800000002")
    network.refused(network.step(stranger, "mark-repeat", original=first), 409, "case.not_same")
    again = network.register("2026-06-10", consumer="示范某甲", phone="+86 138-0000-0001")
    network.took(again, "mark-repeat", original=first)
    assert network.show(again)["repeat_of"] == first
    network.took(again, "unmark-repeat", why="不是同一事项")
    assert network.show(again)["repeat_of"] is None


def test_nobody_follows_up_on_their_own_work(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P8")
    network.took(case, "accept", "2026-06-02")
    network.took(case, "conclude", "2026-06-03", outcome="settled")
    own = network.by("P8", "complaints_centre", person="P8", heads="S01")
    network.refused(network.step(case, "follow-up", by=own, answered=True, satisfaction="very_satisfied"), 403)
    network.took(case, "follow-up", answered=True, satisfaction="very_satisfied")


def test_a_refusal_is_told(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "refuse", "2026-06-02", ground="1")
    network.took(case, "tell", "2026-06-03")
    assert network.show(case)["told_at"].startswith("2026-06-03")


@pytest.mark.parametrize(
    ("knew_on", "code"), [(None, "case.knew_on"), ("2023-06-01", "case.within_three_years"), ("2023-05-31", None)]
)
def test_the_ground_of_three_years_is_computed(network: Network, knew_on: str | None, code: str | None) -> None:
    case = network.register("2026-06-01")
    answer = network.step(case, "refuse", ground="4", knew_on=knew_on)
    if code:
        network.refused(answer, 409, code)
    else:
        assert answer.status_code == 200, answer.text


def test_who_registered_reads_the_case_and_the_unit_sees_what_nobody_has_yet(network: Network) -> None:
    clerk = network.by("P1", "staff", person="P1")
    case = network.register("2026-06-01", clerk, consumer="示范甲")
    network.took(case, "assign", unit="S01")
    assert network.show(case, clerk)["consumer"] == "示范甲"
    member, stranger = network.by("P6", "staff", person="P6"), network.by("P3", "staff", person="P3")
    assert [one["code"] for one in member.get("/api/v1/cases").json["items"]] == [case]
    assert stranger.get("/api/v1/cases").json["items"] == []
    assert network.show(case, member)["consumer"] == ""
    assert stranger.get(f"/api/v1/cases/{case}").status_code == 403
    network.took(case, "assign", unit="S01", handler="P2")
    assert member.get("/api/v1/cases").json["items"] == []


def test_a_number_is_unique_within_the_year_of_receipt(network: Network) -> None:
    network.register("2026-06-01", number="N1", received_at=at("2025-12-30"))
    network.register("2026-06-01", number="N1")
    new = {"kind": "complaint", "intake_unit": "C01", "summary": "x", "trader": "y", "number": "N1"}
    network.refused(network.post("cases", {"cases": [new]}), 422, "case.number_taken")


@pytest.mark.parametrize("wrong", [{"summary": "  "}, {"summary": ""}, {"trader": ""}, {"trader": "  "}])
def test_a_case_says_what_it_is_about_and_against_whom(network: Network, wrong: Any) -> None:
    new = {"kind": "complaint", "intake_unit": "C01", "summary": "x", "trader": "y", **wrong}
    network.refused(network.post("cases", {"cases": [new]}, now="2026-06-01"), 422)
    network.register("2026-06-01", kind="enquiry", trader="")


@pytest.mark.parametrize("nowhere", ["K01", "B00", "A01"])
def test_cases_go_to_units_that_handle_them(network: Network, nowhere: str) -> None:
    case = network.register("2026-06-01")
    network.refused(network.step(case, "assign", unit=nowhere), 409)


def test_a_report_has_no_agreement_to_perform(network: Network) -> None:
    report = network.register("2026-06-01", kind="report")
    network.took(report, "conclude", outcome="filed", perform_by="2026-07-01")
    network.refused(network.step(report, "perform"), 409)


def test_an_unknown_word_is_refused(network: Network) -> None:
    network.refused(network.centre.get("/api/v1/cases?status=foo"), 422)


def test_of_two_who_dispatch_at_once_one_is_told(network: Network) -> None:
    case = network.register("2026-06-01")
    seen = network.show(case)["revision"]
    by = [network.by("first", "complaints_centre"), network.by("second", "complaints_centre")]

    def assign(turn: int) -> int:
        body = {"cases": [{"case": case, "unit": f"S0{turn + 1}", "revision": seen}]}
        return int(by[turn].post("/api/v1/cases/assign", json=body).status_code)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(assign, range(2))) == [200, 409]


def test_messages_are_chinese(network: Network) -> None:
    case = network.register("2026-06-01")
    for step, said in EVERY_STEP.items():
        answer = network.step(case, step, **said)
        for one in [answer.json, *answer.json.get("errors", [])] if answer.status_code >= 400 else []:
            assert any("一" <= letter <= "鿿" for letter in one["zh"]), answer.text
