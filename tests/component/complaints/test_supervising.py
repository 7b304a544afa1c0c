"""Warnings, 督办 and their answers: counted, told once, to whom it concerns, never by night."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import text

from services.complaints.service import ComplaintsService
from services.complaints.usecases import supervising
from shared.actor import system
from tests.component.complaints.conftest import BUREAU, at
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_settings_over_http import put

__all__ = ["network"]

Told = tuple[str, str]


def watch(network: Network, now: str) -> list[Told]:
    """Let the errand come at ``now``; returns what it told: (kind, address)."""
    network.today.now = max(network.today.now, network.today.moment(now))
    return looked(network)


def looked(network: Network) -> list[Told]:
    before = sent(network)
    for errand in (supervising.look, supervising.tell):
        with network.world.service.begin(system(BUREAU)) as session:
            errand(session, BUREAU)
    return [one for one in sent(network) if one not in before]


def sent(network: Network) -> list[Told]:
    statement = "SELECT kind, address, about FROM complaints.case_notices WHERE sent_at IS NOT NULL ORDER BY notice"
    with network.world.service.engine.connect() as connection:
        return [(row.kind, row.address) for row in connection.execute(text(statement))]


def handled(network: Network, now: str = "2026-06-01", **given: Any) -> str:
    case = network.register(now, **given)
    network.took(case, "assign", unit="S01", handler="P2")
    return case


def period(network: Network, query: str = "") -> Any:
    answer = network.centre.get(f"/api/v1/case-figures/period?since=2026-06-01&until=2026-06-30{query}")
    assert answer.status_code == 200, answer.text
    return {one["count"]: one["cases"] for one in answer.json["supervision"]}


def test_a_handler_is_warned_by_working_hours_before_the_end(network: Network) -> None:
    handled(network)  # to be decided by 06-10, a Wednesday
    assert watch(network, "2026-06-08 16:59") == []
    assert watch(network, "2026-06-09 09:00") == [("case_due", "person:P2")], "sixteen hours are left"
    assert watch(network, "2026-06-10 12:59") == []
    before = len(sent(network))
    watch(network, "2026-06-10 13:01")
    assert sent(network)[before:] == [("case_due", "person:P2")], "four hours are left"
    assert watch(network, "2026-06-10 16:00") == []


def test_who_did_it_in_time_is_told_of_nothing(network: Network) -> None:
    case = handled(network)
    network.took(case, "refuse", "2026-06-02", ground="1")
    assert watch(network, "2026-06-12") == []


def test_a_missed_clock_is_urged_once_and_counted(network: Network) -> None:
    case = handled(network)
    everyone = {("case_overdue", one) for one in ("person:P2", "head:S01", "desk:complaints_centre")}
    assert set(watch(network, "2026-06-11 09:00")) == everyone
    for day in ("2026-06-11 09:05", "2026-06-12 09:00"):
        assert watch(network, day) == []
    shown = network.show(case)
    assert (shown["supervisions"], shown["deadlines"][0]["state"]) == (1, "overdue")
    (urged,) = [
        one for one in network.centre.get(f"/api/v1/cases/{case}/history").json["events"] if one["name"] == "supervise"
    ]
    assert (urged["account"], urged["given"]["clock"], urged["given"]["due"]) == ("system", "accept", "2026-06-10")
    assert period(network) == {
        "supervised_automatically": "1",
        "supervised_by_superior": "0",
        "supervision_answered": "0",
    }
    assert period(network, "&unit=S02")["supervised_automatically"] == "0"


def test_by_night_and_on_days_off_nothing_rings(network: Network) -> None:
    handled(network, "2026-06-03")  # to be decided by Friday 06-12
    assert {kind for kind, _ in watch(network, "2026-06-12 16:00")} == {"case_due"}
    assert watch(network, "2026-06-13 00:10") == [], "a Saturday's night"
    assert watch(network, "2026-06-14 11:00") == [], "a Sunday"
    assert watch(network, "2026-06-15 07:59") == []
    assert {kind for kind, _ in watch(network, "2026-06-15 08:00")} == {"case_overdue"}


def test_after_a_stop_what_waited_since_the_day_does_not_ring_by_night(network: Network) -> None:
    """The machine was off from the hour at which it might ring until late in the evening."""
    network.today.now = network.today.moment("2026-06-01")
    assert put(network, duty_phone="010-0000-0000").status_code == 200
    handled(network)
    network.today.now = network.today.moment("2026-06-11 09:00")
    with network.world.service.begin(system(BUREAU)) as session:
        assert supervising.look(session, BUREAU) == 1
    case = handled(network)
    network.took(case, "supervise", "2026-06-11 23:00", why="有人受伤", urgent=True)
    assert sent(network) == [("case_urgent", "desk:complaints_centre")], "by night the duty phone alone"
    assert watch(network, "2026-06-11 23:30") == []
    assert {kind for kind, _ in watch(network, "2026-06-12 08:00")} == {"case_overdue", "case_supervised"}


def test_a_superior_urges_with_a_text_and_wants_an_answer(network: Network) -> None:
    case, head = handled(network), network.by("leader.C01", "complaints_centre", person="P1")
    handler = network.by("P2", "staff", person="P2")
    network.refused(network.step(case, "supervise", by=head), 422)
    network.refused(network.step(case, "answer-supervision", by=handler, why="无"), 409, "case.no_supervision")
    network.took(case, "supervise", "2026-06-02 14:00", by=head, why="当事人多次来电，请说明进展")
    assert set(sent(network)) == {("case_supervised", "person:P2"), ("case_supervised", "head:S01")}
    told = network.show(case, handler)
    assert [(one["text"], one["answer_by"], one["answered_at"]) for one in told["urged"]] == [
        ("当事人多次来电，请说明进展", "2026-06-05", None)
    ]
    network.refused(network.step(case, "answer-supervision", by=head, why="无"), 403)
    network.took(case, "answer-supervision", "2026-06-04", by=handler, why="已约定周五调解")
    assert sent(network)[-1] == ("case_answered", "person:P1")
    assert period(network) == {
        "supervised_automatically": "0",
        "supervised_by_superior": "1",
        "supervision_answered": "1",
    }


def test_an_answer_that_does_not_come_is_told_and_counts_as_not_given(network: Network) -> None:
    case = handled(network)
    network.took(case, "supervise", "2026-06-02", why="请尽快办理", answer_by="2026-06-03")
    assert {kind for kind, _ in watch(network, "2026-06-04 09:00")} == {"case_answer_late"}
    network.took(case, "answer-supervision", "2026-06-05", by=network.by("P2", "staff", person="P2"), why="已办")
    facts = network.centre.get("/api/v1/case-figures/2026-06/P2").json["items"]
    (answer,) = [one for one in facts if one["figure"] == "supervision_answered"]
    assert (answer["day"], float(answer["numerator"]), float(answer["denominator"])) == ("2026-06-03", 0, 1)
    network.refused(network.step(case, "supervise", why="请", answer_by="2026-06-04"), 422, "case.answer_by")


def test_who_refused_the_case_answers_still(network: Network) -> None:
    case, handler = handled(network), network.by("P2", "staff", person="P2")
    network.took(case, "supervise", "2026-06-02", why="请尽快办理", answer_by="2026-06-04")
    network.took(case, "refuse", "2026-06-03", by=handler, ground="1")
    assert {kind for kind, _ in watch(network, "2026-06-05 09:00")} == {"case_answer_late"}
    assert "answer_supervision" in network.show(case, handler)["may"]
    network.took(case, "answer-supervision", at=at("2026-06-04"), by=handler, why="已依法不予受理")
    assert period(network)["supervision_answered"] == "1"


def test_nobody_answers_for_a_case_that_was_withdrawn_meanwhile(network: Network) -> None:
    case = handled(network)
    network.took(case, "supervise", "2026-06-02", why="请尽快办理", answer_by="2026-06-04")
    network.took(case, "withdraw", "2026-06-03")
    assert watch(network, "2026-06-05 09:00") == []
    facts = network.centre.get("/api/v1/case-figures/2026-06/P2").json["items"]
    assert [one["figure"] for one in facts] == ["supervised_by_superior"]


def test_what_is_urgent_goes_to_the_duty_phone_by_night_and_the_rest_waits_for_the_morning(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-01")
    assert put(network, duty_phone="010-0000-0000").status_code == 200
    case = handled(network)
    network.took(case, "supervise", "2026-06-02 23:30", why="请核实")
    assert sent(network) == []
    network.took(case, "supervise", "2026-06-02 23:40", why="有人受伤", urgent=True)
    assert sent(network) == [("case_urgent", "desk:complaints_centre")]
    with network.world.service.engine.connect() as connection:
        row = connection.execute(
            text("SELECT channel, phone FROM complaints.case_notices WHERE kind = 'case_urgent'")
        ).one()
    assert tuple(row) == ("duty_phone", "010-0000-0000")
    watch(network, "2026-06-03 08:00")
    assert sent(network).count(("case_supervised", "person:P2")) == 2


def test_two_replicas_that_look_at_once_urge_once(network: Network) -> None:
    cases = [handled(network) for _ in range(6)]
    network.today.now = network.today.moment("2026-06-11 09:00")
    barrier = threading.Barrier(4)

    def replica(_: int) -> None:
        barrier.wait()
        for errand in (supervising.look, supervising.tell):
            with network.world.service.begin(system(BUREAU)) as session:
                errand(session, BUREAU)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(replica, range(4)))
    assert [network.show(case)["supervisions"] for case in cases] == [1] * 6
    assert sent(network).count(("case_overdue", "person:P2")) == 6


def test_what_is_entered_late_is_not_refused_because_the_clock_had_spoken_and_does_not_count_as_missed(
    network: Network,
) -> None:
    refused, accepted, withdrawn = (handled(network) for _ in range(3))
    watch(network, "2026-06-11 09:00")
    network.took(refused, "refuse", "2026-06-12", at=at("2026-06-05"), ground="1")
    network.took(accepted, "accept", at=at("2026-06-10"))
    network.took(withdrawn, "withdraw", at=at("2026-06-04"))
    assert [network.show(case)["supervisions"] for case in (refused, accepted, withdrawn)] == [1, 1, 1], (
        "it is on record"
    )
    assert period(network)["supervised_automatically"] == "0"
    late = handled(network, "2026-06-12")
    watch(network, "2026-06-26 09:00")
    network.took(late, "accept", at=at("2026-06-25"))
    assert period(network)["supervised_automatically"] == "1", "it was really missed"


def test_the_service_looks_by_itself_until_nothing_is_left(network: Network) -> None:
    cases = [handled(network) for _ in range(3)]
    network.today.now = network.today.moment("2026-06-11 09:00")
    service = ComplaintsService()
    service.database = network.world.service  # type: ignore[assignment]  # what the dependency provider gives it
    for _ in range(2):
        service.supervise()
        service.recount()
    assert [network.show(case)["supervisions"] for case in cases] == [1, 1, 1]
    assert sent(network).count(("case_overdue", "person:P2")) == 3
    with network.world.service.engine.connect() as connection:
        events = connection.execute(
            text("SELECT count(*) FROM complaints.outbox WHERE event = 'complaints.CaseNotice.v1'")
        )
        assert events.scalar_one() > 0
