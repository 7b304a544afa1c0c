"""Who was where on any day: dated places, secondments, part-years, leaving, units that changed their name."""

import base64

import pytest

from shared.errors import Conflict, Invalid
from tests.component.targets.world import OFFICE, World, sheet, sheets, staff_actor

NEW = {"person": "P9001", "name": "张三", "unit": "D01", "position": "D01-02", "starts": "2025-01-01"}
CSV = "person,name,unit,position,starts,ends,kind\n"


def held(world: World, day: str, **where: str):
    return [(one["person"], one["unit"], one["kind"]) for one in world.pages("list_places", on=day, **where)]


def staff_sheet(*lines: str) -> dict[str, str]:
    return {"persons": base64.b64encode((CSV + "\n".join(lines)).encode()).decode()}


@pytest.fixture
def employed(bureau: World) -> World:
    bureau.call("add_persons", persons=[NEW, {**NEW, "person": "P9002", "name": "李四", "starts": "2025-03-01"}])
    return bureau


def test_any_past_day_can_be_asked_who_was_where(employed: World):
    employed.call("move_person", person="P9001", unit="S02", position="S-06", starts="2025-07-01")
    employed.call("depart_person", person="P9002", last_day="2025-09-30")
    assert held(employed, "2024-12-31") == []
    assert held(employed, "2025-02-01") == [("P9001", "D01", "post")]
    assert held(employed, "2025-06-30") == [("P9001", "D01", "post"), ("P9002", "D01", "post")]
    assert held(employed, "2025-07-01") == [("P9001", "S02", "post"), ("P9002", "D01", "post")]
    assert held(employed, "2025-10-01") == [("P9001", "S02", "post")]
    assert [one["person"] for one in employed.pages("list_persons", unit="D01", on="2025-06-30")] == ["P9001", "P9002"]
    assert employed.call("get_person", person="P9001", on="2025-06-30")["unit"] == "D01"


def test_a_span_of_days_tells_each_place_with_its_days(employed: World):
    employed.call("move_person", person="P9001", unit="S02", position="S-06", starts="2025-07-01")
    spans = employed.pages("list_places", since="2025-01-01", until="2025-12-31", person="P9001")
    assert [(one["unit"], one["days"]) for one in spans] == [("D01", 181), ("S02", 184)]


def test_a_secondment_is_a_place_for_a_time_and_the_post_is_held_again(employed: World):
    away = {"unit": "D07", "position": "D07-02", "starts": "2025-04-01", "ends": "2025-06-30"}
    after = employed.call("second_person", person="P9001", **away, revision=1)
    assert [(one["unit"], one["starts"], one["ends"], one["kind"]) for one in after["assignments"]] == [
        ("D01", "2025-01-01", "2025-03-31", "post"),
        ("D07", "2025-04-01", "2025-06-30", "secondment"),
        ("D01", "2025-07-01", None, "post"),
    ]
    state = employed.states("PersonChanged")[-1]
    assert [one["unit"] for one in state["assignments"]] == ["D01", "D07", "D01"]
    assert state["unit"] == "D01"
    with pytest.raises(Conflict, match="assignment.away"):
        employed.call("second_person", person="P9001", **{**away, "starts": "2025-05-01", "ends": "2025-05-31"})


def test_an_open_secondment_ends_when_the_person_is_called_back(employed: World):
    employed.call("second_person", person="P9001", unit="D07", position="D07-02", starts="2025-04-01")
    back = employed.call("recall_person", person="P9001", last_day="2025-05-15")
    assert [(one["unit"], one["starts"], one["ends"]) for one in back["assignments"]][1:] == [
        ("D07", "2025-04-01", "2025-05-15"),
        ("D01", "2025-05-16", None),
    ]
    with pytest.raises(Conflict, match="assignment.order"):
        employed.call("move_person", person="P9001", unit="S02", position="S-06", starts="2025-05-16")
    shorter = employed.call("recall_person", person="P9001", last_day="2025-04-30")
    assert [(one["starts"], one["ends"]) for one in shorter["assignments"]][1:] == [
        ("2025-04-01", "2025-04-30"),
        ("2025-05-01", None),
    ]


def test_time_outside_the_bureau_counts_nowhere_but_is_known(employed: World):
    employed.call("second_person", person="P9001", outside=True, starts="2025-04-01", ends="2025-06-30")
    assert held(employed, "2025-05-01", person="P9001") == [("P9001", None, "outside")]
    assert [one["person"] for one in employed.pages("list_persons", unit="D01", on="2025-05-01")] == ["P9002"]
    state = employed.states("PersonChanged")[-1]
    assert [(one["starts"], one["ends"]) for one in state["assignments"]] == [
        ("2025-01-01", "2025-03-31"),
        ("2025-07-01", None),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"outside": True, "unit": "D07", "position": "D07-02"},
        {},
        {"unit": "D07"},
        {"outside": True, "ends": "2025-01-01"},
    ],
)
def test_a_secondment_goes_to_a_place_or_outside(employed: World, wrong):
    with pytest.raises(Invalid):
        employed.call("second_person", person="P9001", starts="2025-04-01", **wrong)


def test_a_history_that_was_told_wrong_is_put_right_whole_with_the_reason(employed: World):
    history = [
        {"unit": "S01", "position": "S-03", "starts": "2024-06-01", "ends": "2024-12-31"},
        {"unit": "D01", "position": "D01-02", "starts": "2025-01-01", "ends": "2025-05-31"},
        {"starts": "2025-06-01", "ends": "2025-12-31", "kind": "outside"},
    ]
    right = employed.call("correct_places", person="P9001", assignments=history, reason="档案核对")
    assert [(one["unit"], one["kind"]) for one in right["assignments"]] == [
        ("S01", "post"),
        ("D01", "post"),
        ("D01", "outside"),
    ]
    assert held(employed, "2024-07-01") == [("P9001", "S01", "post")]
    overlapping = [history[0], {**history[1], "starts": "2024-12-31"}]
    with pytest.raises(Conflict, match="assignment.overlap"):
        employed.call("correct_places", person="P9001", assignments=overlapping, reason="错")


def test_what_is_wrong_in_a_history_is_told_of_its_own_row(employed: World):
    history = [
        {"unit": "S01", "position": "S-03", "starts": "2024-06-01", "ends": "2024-12-31"},
        {"starts": "2025-01-01", "ends": "2025-05-31", "kind": "outside"},
        {"starts": "2025-06-01"},
    ]
    with pytest.raises(Invalid) as refused:
        employed.call("correct_places", person="P9001", assignments=history, reason="错")
    assert [(one["row"], one["zh"]) for one in refused.value.errors] == [(2, "没有单位 （未填写）")]


def test_staff_come_and_change_by_a_sheet_whole_or_not_at_all(employed: World):
    lines = (
        "P9001,张三,D01,D01-02,2025-01-01,2025-06-30,任职",
        "P9001,张三,S02,S-06,2025-07-01,,post",
        "P9003,王五,D07,D07-02,2025-02-01,2025-08-31,",
        "P9003,王五,,,2025-09-01,2025-12-31,外借",
    )
    report = employed.call("import_organisation", sheets=staff_sheet(*lines))
    assert report["persons"] == {"rows": 2, "created": 1, "updated": 1}
    assert held(employed, "2025-10-01") == [
        ("P9001", "S02", "post"),
        ("P9002", "D01", "post"),
        ("P9003", None, "outside"),
    ]
    employed.clear_outbox()
    again = employed.call("import_organisation", sheets=staff_sheet(*lines))
    assert (again["persons"], employed.states("PersonChanged")) == ({"rows": 2, "created": 0, "updated": 0}, [])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("P1,甲,X99,D01-02,2025-01-01,,", ("unit.unknown", 2, "unit")),
        ("P1,甲,D01,X-1,2025-01-01,,", ("position.unknown", 2, "position")),
        ("P1,甲,D01,S-03,2025-01-01,,", ("position.unit", 2, "position")),
        ("P1,甲,D01,D01-02,20250101x,,", ("cell.day", 2, "starts")),
        ("P1,甲,D01,D01-02,,,", ("cell.required", 2, "starts")),
        ("P1,甲,D01,D01-02,2025-02-01,2025-01-01,", ("assignment.order", 2, "ends")),
        ("P1,甲,D01,D01-02,2025-01-01,,\nP1,甲,D01,D01-02,2025-05-01,,", ("assignment.overlap", 3, "starts")),
        ("P1,甲,D01,D01-02,2025-01-01,2025-02-01,\nP1,乙,D01,D01-02,2025-05-01,,", ("person.name", 3, "name")),
        ("Ｐ１,甲,D01,D01-02,2025-01-01,,", ("cell.full_width", 2, "person")),
        ("P1,甲,D01,D01-02,2025-01-01,,休假", ("cell.choice", 2, "kind")),
    ],
)
def test_a_spoiled_sheet_of_staff_is_refused_with_its_place(bureau: World, line, fault):
    with pytest.raises(Invalid, match="organisation.invalid") as refused:
        bureau.call("import_organisation", sheets=staff_sheet(line))
    assert fault in {(one["code"], one["row"], one["column"]) for one in refused.value.errors}
    assert bureau.count("persons") == 0


def test_a_unit_is_told_by_the_name_it_had_then(employed: World):
    renamed = sheet("organisation").replace("注册登记科,".encode(), "登记注册科,".encode(), 1)
    employed.call("import_organisation", sheets=sheets(organisation=renamed), effective="2025-07-01")
    assert [one["unit_name"] for one in employed.pages("list_places", on="2025-06-30", unit="D01")] == [
        "注册登记科"
    ] * 2
    assert [one["unit_name"] for one in employed.pages("list_places", on="2025-07-01", unit="D01")] == [
        "登记注册科"
    ] * 2
    names = {one["unit"]: one["name"] for one in employed.pages("list_units", on="2025-06-30")}
    assert (len(names), names["D01"]) == (31, "注册登记科")
    assert [one["name"] for one in employed.call("get_unit", unit="D01")["history"]] == ["注册登记科", "登记注册科"]
    earlier = renamed.replace("登记注册科,".encode(), "注册科,".encode(), 1)
    with pytest.raises(Invalid) as refused:
        employed.call("import_organisation", sheets=sheets(organisation=earlier), effective="2025-01-01")
    assert [one["code"] for one in refused.value.errors] == ["effective.order"]


def test_who_holds_a_position_follows_it_to_another_line_from_that_day(employed: World):
    changed = sheet("positions").replace(b"D01-02,", b"D01-02,", 1).decode()
    changed = "\r\n".join(
        line.replace(",access,", ",routine_supervision,") if line.startswith("D01-02,") else line
        for line in changed.split("\r\n")
    )
    employed.call("import_organisation", sheets=sheets(positions=changed.encode()), effective="2025-07-01")
    (one, _) = employed.pages("list_persons", unit="D01")
    assert [(place["line"], place["starts"]) for place in one["assignments"]] == [
        ("access", "2025-01-01"),
        ("routine_supervision", "2025-07-01"),
    ]


def test_a_unit_is_closed_when_nobody_is_left_in_it(employed: World):
    closing = "\r\n".join(
        line + (",no" if line.startswith("D01,") else ",active" if line.startswith("code") else ",yes")
        for line in sheet("organisation").decode().split("\r\n")
        if line
    ).encode()
    with pytest.raises(Invalid) as refused:
        employed.call("import_organisation", sheets=sheets(organisation=closing))
    assert [one["code"] for one in refused.value.errors] == ["unit.staffed"]
    for person in ("P9001", "P9002"):
        employed.call("depart_person", person=person, last_day="2025-12-31")
    employed.call("import_organisation", sheets=sheets(organisation=closing), effective="2026-01-01")
    assert not employed.call("get_unit", unit="D01")["active"]
    assert "D01" not in {one["unit"] for one in employed.pages("list_units", on="2026-01-02")}


def test_the_lines_are_the_bureaus_own(bureau: World):
    assert [one["line"] for one in bureau.call("list_lines")["items"]][:2] == ["access", "routine_supervision"]
    six = (
        "code,name\n"
        + "\n".join(f"{one['line']},{one['name']}" for one in bureau.call("list_lines")["items"])
        + "\nharbour,港口监管口\n"
    )
    bureau.call("import_organisation", sheets=sheets(lines=six.encode()))
    assert [one["name"] for one in bureau.call("list_lines")["items"]][-1] == "港口监管口"
    moved = sheet("organisation").replace(
        "D02,个体登记科,division,access".encode(), "D02,个体登记科,division,harbour".encode()
    )
    bureau.call("import_organisation", sheets=sheets(organisation=moved))
    assert bureau.call("get_unit", unit="D02")["line"] == "harbour"
    fewer = b"code,name\naccess,A\nharbour,B\n"
    with pytest.raises(Invalid) as refused:
        bureau.call("import_organisation", sheets=sheets(lines=fewer))
    assert {one["code"] for one in refused.value.errors} == {"line.in_use"}


def test_the_staffs_history_is_exported_for_those_who_keep_it(employed: World):
    from shared.errors import Forbidden

    content = base64.b64decode(employed.call("export_organisation", OFFICE, format="csv", sheet="persons")["content"])
    assert content.decode("utf-8-sig") == (
        "person,name,unit,position,starts,ends,kind\r\n"
        "P9001,张三,D01,D01-02,2025-01-01,,post\r\n"
        "P9002,李四,D01,D01-02,2025-03-01,,post\r\n"
    )
    with pytest.raises(Forbidden):
        employed.call("export_organisation", staff_actor("P9001"))
