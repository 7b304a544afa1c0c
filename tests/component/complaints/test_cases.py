"""Cases on a real database: registered, handled step by step, each with deadlines that name regime and article."""

from typing import Any

import pytest

from services.complaints.usecases import projections, reading
from shared.actor import system
from shared.contracts.complaints import cases as contract
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.component.complaints.conftest import BUREAU, CENTRE, Centre, actor, at, cycle

QUERY: dict[str, Any] = contract.list_cases.decode({})


def deadline(centre: Centre, case: str, name: str) -> dict[str, Any]:
    return next(one for one in centre.row(case)["deadlines"] if one["name"] == name)


def test_each_deadline_names_its_regime_and_article(centre: Centre) -> None:
    old, new = centre.register({"at": at("2026-04-14")}, {"at": at("2026-04-20")})
    told = deadline(centre, old, "accept")
    assert {name: told[name] for name in ("name", "due", "done", "regime", "article", "state")} == {
        "name": "accept",
        "due": "2026-04-23",
        "done": None,
        "regime": "令20",
        "article": "第14条",
        "state": "running",
    }
    assert (deadline(centre, new, "accept")["due"], deadline(centre, new, "accept")["regime"]) == (
        "2026-04-29",
        "令121",
    )


def test_a_case_keeps_the_regime_under_which_it_was_received_and_the_other_is_shown(centre: Centre) -> None:
    case = centre.handled("2026-04-10")
    centre.step(case, "accept", "2026-04-20")
    assert deadline(centre, case, "accept")["regime"] == "令20"
    mediate = deadline(centre, case, "mediate")
    assert (mediate["regime"], mediate["article"], mediate["due"]) == ("令20", "第21条第5项", "2026-06-25")
    others = {one["reading"]: (one["due"], one["article"]) for one in mediate["others"]}
    assert others["other_regime"] == ("2026-06-22", "第23条第5项"), "day 60 is in the Dragon Boat block"


def test_a_deadline_beyond_the_known_calendar_is_provisional_until_the_calendar_is_entered(centre: Centre) -> None:
    (case,) = centre.register({"at": at("2026-12-28")})
    told = deadline(centre, case, "accept")
    assert (told["due"], told["provisional"], told["state"]) == ("2027-01-06", True, "running")
    centre.handle(projections.keep_cycles, cycle("2027", {"2027-01-01": False}))
    with centre.sessions.begin(system(BUREAU)) as session:
        assert projections.recount(session, BUREAU) == 1
        assert projections.recount(session, BUREAU) == 0
    told = deadline(centre, case, "accept")
    assert (told["due"], told["provisional"]) == ("2027-01-07", False)


def test_a_batch_of_cases_is_registered_whole_or_not_at_all(centre: Centre) -> None:
    with pytest.raises(Invalid) as caught:
        centre.register({"number": "1"}, {"number": "2", "intake_unit": "X99"}, {"number": "1"})
    assert [(one["row"], one["code"]) for one in caught.value.errors] == [
        (0, "case.number_taken"),
        (1, "unit.unknown"),
        (2, "case.number_taken"),
    ]
    assert centre.count("cases") == 0


def test_a_number_is_given_once(centre: Centre) -> None:
    centre.register({"number": "2026-1"})
    with pytest.raises(Invalid):
        centre.register({"number": "2026-1"})


def test_a_reporter_is_never_named(centre: Centre) -> None:
    with pytest.raises(Invalid) as caught:
        centre.register({"kind": "report", "consumer": "张三"})
    assert caught.value.errors[0]["code"] == "case.reporter_named"


def test_a_consumer_is_in_no_list_and_in_no_audit_line(centre: Centre) -> None:
    (case,) = centre.register({"consumer": "李四四"})
    listed = centre.do(reading.list_cases, QUERY)
    assert "consumer" not in listed["items"][0]
    assert centre.do(reading.show_case, {"case": case})["consumer"] == "李四四"
    assert centre.do(reading.show_case, {"case": case}, by=actor("auditor"))["consumer"] == ""
    with centre.sessions.engine.connect() as connection:
        audited = connection.exec_driver_sql(
            "SELECT string_agg(before || after, '') FROM complaints.audit"
        ).scalar_one()
    assert "李四四" not in audited


def test_a_batch_of_steps_is_taken_whole_or_not_at_all_and_names_the_row(centre: Centre) -> None:
    one, two = centre.register({"at": at("2026-04-20")}, {"at": at("2026-04-20")})
    with pytest.raises(Conflict) as caught:
        centre.steps(
            {"case": one, "step": "accept", "at": at("2026-04-21")},
            {"case": two, "step": "refuse", "at": at("2026-04-21"), "ground": "99"},
        )
    assert [(error["row"], error["code"]) for error in caught.value.errors] == [(1, "case.ground")]
    assert centre.row(one)["status"] == "registered"


def test_several_steps_of_one_case_in_one_batch_are_one_revision(centre: Centre) -> None:
    (case,) = centre.register({"at": at("2026-04-20")})
    centre.steps(
        {"case": case, "step": "assign", "at": at("2026-04-20 11:00"), "unit": "S01", "handler": "P2"},
        {"case": case, "step": "accept", "at": at("2026-04-21")},
        {
            "case": case,
            "step": "conclude",
            "at": at("2026-04-22"),
            "outcome": "agreement",
            "recovered": "1250.50",
            "voucher": True,
        },
    )
    row = centre.row(case)
    assert (row["status"], row["revision"], str(row["recovered"])) == ("concluded", 2, "1250.50")


def test_an_unknown_case_is_not_found(centre: Centre) -> None:
    with pytest.raises(NotFound):
        centre.step("00000000-0000-7000-8000-000000000000", "accept", "2026-04-21")


def test_another_bureau_sees_nothing(centre: Centre) -> None:
    (case,) = centre.register({})
    with pytest.raises(NotFound):
        centre.do(reading.show_case, {"case": case}, by=actor("complaints_centre", bureau="B99"))


def test_the_handler_handles_and_others_do_not(centre: Centre) -> None:
    case = centre.handled("2026-04-20")
    handler, other = actor("staff", person="P2"), actor("staff", person="P3")
    with pytest.raises(Forbidden):
        centre.step(case, "accept", "2026-04-21", by=other)
    centre.step(case, "accept", "2026-04-21", by=handler)
    with pytest.raises(Forbidden):
        centre.step(case, "follow_up", "2026-04-23", by=handler)
    with pytest.raises(Forbidden):
        centre.step(case, "assign", "2026-04-23", by=handler, unit="S02")


def test_a_head_hands_out_the_units_cases_but_moves_none_of_anothers(centre: Centre) -> None:
    case = centre.handled("2026-04-20", handler="P2")
    centre.step(case, "assign", "2026-04-21", by=actor("unit_head", unit="S01"), unit="S01", handler="P2")
    with pytest.raises(Forbidden):
        centre.step(case, "assign", "2026-04-21", by=actor("unit_head", unit="S02"), unit="S02", handler="P3")


def test_a_handler_works_in_the_unit(centre: Centre) -> None:
    (case,) = centre.register({"at": at("2026-04-20")})
    with pytest.raises(Conflict) as caught:
        centre.step(case, "assign", "2026-04-20 11:00", unit="S01", handler="P3")
    assert caught.value.errors[0]["code"] == "case.handler"


def test_a_bureaus_case_goes_to_the_association_only_with_recorded_consent(centre: Centre) -> None:
    (case,) = centre.register({"at": at("2026-04-20")})
    for entrusted in (False, True):
        with pytest.raises(Conflict) as caught:
            centre.step(case, "assign", "2026-04-20 11:00", unit="A01", entrusted=entrusted)
        assert caught.value.errors[0]["code"] == "case.roles"
    with pytest.raises(Conflict):
        centre.step(case, "entrust", "2026-04-20 11:00", unit="A01")
    centre.step(case, "accept", "2026-04-21")
    centre.step(case, "consent", "2026-04-22", party="consumer", matter="entrusting")
    with pytest.raises(Conflict) as caught:
        centre.step(case, "entrust", "2026-04-22 11:00", unit="A01")
    assert caught.value.errors[0]["code"] == "case.roles"
    centre.step(case, "consent", "2026-04-23", party="trader", matter="entrusting")
    centre.step(case, "entrust", "2026-04-23 11:00", unit="A01")
    assert centre.row(case)["status"] == "entrusted"


def test_an_associations_case_stays_with_it_and_has_no_statutory_deadline(centre: Centre) -> None:
    head = actor("unit_head", unit="A01")
    (case,) = centre.register({"intake_unit": "A01", "at": at("2026-04-20")}, by=head)
    row = centre.row(case)
    assert (row["organisation"], row["deadlines"]) == ("association", [])
    with pytest.raises(Forbidden):
        centre.step(case, "accept", "2026-04-21", by=CENTRE)
    with pytest.raises(Conflict):
        centre.step(case, "assign", "2026-04-21", by=head, unit="S01")


def test_staff_register_in_their_own_unit_only(centre: Centre) -> None:
    clerk = actor("staff", person="P2")
    centre.register({"intake_unit": "S01"}, by=clerk)
    with pytest.raises(Forbidden):
        centre.register({"intake_unit": "S02"}, by=clerk)


def test_who_sees_a_list_sees_the_own_cases(centre: Centre) -> None:
    mine, other = centre.handled("2026-04-20"), centre.handled("2026-04-20", unit="S02", handler="P3")
    for by, expected in (
        (actor("staff", person="P2"), [mine]),
        (actor("unit_head", unit="S02"), [other]),
        (actor("auditor"), sorted([mine, other])),
    ):
        assert [one["code"] for one in centre.do(reading.list_cases, QUERY, by=by)["items"]] == expected


def test_a_step_kept_at_once_by_two_is_taken_once(centre: Centre) -> None:
    case = centre.handled("2026-04-20")
    centre.step(case, "accept", "2026-04-21")
    with pytest.raises(Conflict):
        centre.step(case, "accept", "2026-04-21")
    assert centre.row(case)["revision"] == 3


def test_an_older_state_of_a_unit_changes_nothing(centre: Centre) -> None:
    with centre.sessions.begin(system(BUREAU)) as session:
        before = projections.Copies(session, BUREAU).units()
    centre.handle(projections.keep_cycles, cycle("2026", {"2026-04-22": False}, revision=3))
    centre.handle(projections.keep_cycles, cycle("2026", {}, revision=2))
    with centre.sessions.begin(system(BUREAU)) as session:
        assert projections.Copies(session, BUREAU).units() == before
        assert len(projections.Copies(session, BUREAU).overrides()) == 1
