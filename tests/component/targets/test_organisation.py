import base64

import pytest

from shared.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed
from tests.component.targets.world import ADMIN, BUREAU, OFFICE, World, sheet, sheets, staff_actor

NEW = {"person": "P9001", "name": "张三", "unit": "D01", "position": "D01-02", "starts": "2026-01-01"}


def test_a_bureau_is_made_once_and_by_the_administrator(world: World):
    with pytest.raises(Forbidden):
        world.call("create_bureau", OFFICE, bureau=BUREAU, name="滨河分局")
    world.call("create_bureau", ADMIN, bureau=BUREAU, name="滨河分局")
    with pytest.raises(Conflict, match="bureau.exists"):
        world.call("create_bureau", ADMIN, bureau=BUREAU, name="滨河分局")


def test_an_organisation_needs_its_bureau(world: World):
    with pytest.raises(NotFound, match="bureau.unknown"):
        world.call("import_organisation", sheets=sheets("organisation"))


def test_the_reference_organisation_is_taken_whole_and_told(bureau: World):
    assert len(bureau.pages("list_units")) == 31
    assert len(bureau.pages("list_positions")) == 74
    states = {state["unit"]: state for state in bureau.states("UnitChanged")}
    assert len(states) == 31
    assert states["D07"] == {
        "bureau": BUREAU,
        "unit": "D07",
        "revision": 1,
        "name": "消保科",
        "kind": "division",
        "line": "special_supervision",
        "parent": "B00",
        "active": True,
        "by": "office",
    }


def test_importing_the_same_again_changes_and_tells_nothing(bureau: World):
    bureau.clear_outbox()
    report = bureau.call("import_organisation", sheets=sheets("organisation", "positions"))
    assert report["units"] == {"rows": 31, "created": 0, "updated": 0}
    assert report["positions"] == {"rows": 74, "created": 0, "updated": 0}
    assert bureau.states("UnitChanged") == []


def test_a_renamed_unit_is_one_new_revision(bureau: World):
    bureau.clear_outbox()
    renamed = sheet("organisation").replace("消保科,".encode(), "消费者权益保护科,".encode(), 1)
    report = bureau.call("import_organisation", sheets=sheets(organisation=renamed))
    assert report["units"] == {"rows": 31, "created": 0, "updated": 1}
    assert [(one["unit"], one["revision"], one["name"]) for one in bureau.states("UnitChanged")] == [
        ("D07", 2, "消费者权益保护科")
    ]


def test_a_unit_that_the_sheet_lost_stays_and_is_told(bureau: World):
    shorter = b"\r\n".join(line for line in sheet("organisation").split(b"\r\n") if not line.startswith(b"K01"))
    report = bureau.call("import_organisation", sheets=sheets(organisation=shorter))
    assert [one["code"] for one in report["warnings"]] == ["unit.absent"]
    assert bureau.call("get_unit", unit="K01")["active"]


def test_a_dry_run_tells_the_faults_and_changes_nothing(bureau: World):
    broken = sheet("organisation").replace(
        "D02,个体登记科,division,access".encode(), "D02,个体登记科,division,all".encode()
    )
    before = bureau.pages("list_units")
    report = bureau.call("import_organisation", sheets=sheets(organisation=broken), dry_run=True)
    assert [(one["code"], one["row"], one["column"]) for one in report["errors"]] == [("unit.line", 4, "line")]
    assert bureau.pages("list_units") == before


def test_a_broken_sheet_is_refused_whole(bureau: World):
    renamed = sheet("organisation").replace("消保科,".encode(), "消费者权益保护科,".encode(), 1)
    broken = sheet("positions").replace(b"D01-02,", b"D01-01,", 1)
    with pytest.raises(Invalid) as refused:
        bureau.call("import_organisation", sheets=sheets(organisation=renamed, positions=broken))
    assert [(one["sheet"], one["code"], one["row"]) for one in refused.value.errors] == [
        ("positions", "code.duplicate", 8)
    ]
    assert bureau.call("get_unit", unit="D07")["name"] == "消保科"


@pytest.mark.parametrize("given", [{}, {"organisation": "!!!"}, {"weather": base64.b64encode(b"a").decode()}])
def test_what_is_no_sheet_is_refused(bureau: World, given):
    with pytest.raises(Invalid, match="request.invalid"):
        bureau.call("import_organisation", sheets=given)


def test_bureaus_see_nothing_of_one_another(bureau: World):
    bureau.call("create_bureau", ADMIN, bureau="OTHER", name="另一分局")
    stranger = staff_actor("P1", bureau="OTHER")
    assert bureau.pages("list_units", stranger) == []
    assert [one["bureau"] for one in bureau.pages("list_bureaus", stranger)] == ["OTHER"]
    assert [one["bureau"] for one in bureau.pages("list_bureaus", ADMIN)] == [BUREAU, "OTHER"]
    with pytest.raises(NotFound):
        bureau.call("get_unit", stranger, unit="D01")


def test_a_person_takes_line_and_headship_from_the_position(bureau: World):
    (one,) = bureau.call("add_persons", persons=[{**NEW, "position": "D01-01"}])["items"]
    assert (one["line"], one["head"], one["active"]) == ("access", True, True)
    (state,) = bureau.states("PersonChanged")
    assert state["assignments"] == [
        {"unit": "D01", "line": "access", "position": "D01-01", "head": True, "starts": "2026-01-01", "ends": None}
    ]


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"unit": "X99"}, "unit.unknown", "unit"),
        ({"position": "X99"}, "position.unknown", "position"),
        ({"position": "S-03"}, "position.unit", "position"),
        ({"person": "P9001"}, "person.exists", "person"),
    ],
)
def test_a_batch_with_one_wrong_entry_is_refused_whole(bureau: World, wrong, code, field):
    with pytest.raises(Invalid) as refused:
        bureau.call("add_persons", persons=[NEW, {**NEW, "person": "P9002", **wrong}])
    assert [(one["row"], one["field"], one["code"]) for one in refused.value.errors] == [(1, field, code)]
    assert bureau.count("persons") == 0


def test_who_is_there_already_is_not_taken_on_twice(bureau: World):
    bureau.call("add_persons", persons=[NEW])
    with pytest.raises(Invalid) as refused:
        bureau.call("add_persons", persons=[NEW])
    assert refused.value.errors[0]["code"] == "person.exists"


def test_a_move_from_a_date_keeps_the_history(bureau: World):
    bureau.call("add_persons", persons=[NEW])
    moved = bureau.call("move_person", person="P9001", unit="S02", position="S-06", starts="2026-07-01", revision=1)
    assert [(one["unit"], one["starts"], one["ends"]) for one in moved["assignments"]] == [
        ("D01", "2026-01-01", "2026-06-30"),
        ("S02", "2026-07-01", None),
    ]
    assert bureau.states("PersonChanged")[-1]["revision"] == 2
    with pytest.raises(PreconditionFailed):
        bureau.call("move_person", person="P9001", unit="S03", position="S-06", starts="2026-08-01", revision=1)
    with pytest.raises(Conflict, match="assignment.order"):
        bureau.call("move_person", person="P9001", unit="S03", position="S-06", starts="2026-07-01")


def test_persons_are_listed_by_the_place_they_hold_now(bureau: World):
    bureau.call("add_persons", persons=[NEW, {**NEW, "person": "P9002", "unit": "S01", "position": "S-03"}])
    assert [one["person"] for one in bureau.pages("list_persons", unit="S01")] == ["P9002"]
    bureau.call("depart_person", person="P9002", last_day="2026-01-31")
    assert bureau.pages("list_persons", unit="S01") == []
    assert not bureau.call("get_person", person="P9002")["active"]


def test_staff_may_look_but_not_change(bureau: World):
    clerk = staff_actor("P9001")
    assert bureau.pages("list_units", clerk)
    for method, body in (
        ("add_persons", {"persons": [NEW]}),
        ("import_organisation", {"sheets": sheets("organisation")}),
        ("create_cycle", {"cycle": "2026"}),
    ):
        with pytest.raises(Forbidden):
            bureau.call(method, clerk, **body)
