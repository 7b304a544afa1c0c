"""The organisation of days to come: noted beforehand, told on the day, by the clock, once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from services.targets.service import TargetsService
from services.targets.usecases import organisation_ahead
from shared.actor import Actor, Grant, system
from shared.clock import today
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.targets.world import ADMIN, BUREAU, OFFICE, World, sheet, sheets
from tests.support.over_http import world_of
from tests.unit.targets.reference import as_csv, rows

LATER = date(2030, 3, 1)
DAY = timedelta(days=1)
STAFF = Actor("s", "s", BUREAU, "P1", (Grant("staff", "own"),))


@pytest.fixture
def employed(bureau: World) -> World:
    clerk = {"unit": "D01", "position": "D01-02", "starts": "2025-01-01"}
    bureau.call("add_persons", persons=[{**clerk, "person": f"P{n}", "name": f"王{n}"} for n in (1, 2)])
    bureau.clear_outbox()
    return bureau


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch):
    """``it_is(day)``: everything of targets believes so from now on."""

    def change(day: date) -> None:
        for name, module in list(sys.modules.items()):
            if name.startswith("services.targets") and hasattr(module, "today"):
                monkeypatch.setattr(module, "today", lambda: day)

    return change


def the_clock_strikes(world: World) -> None:
    world.service.bring_into_force()


def scheduled(world: World):
    items = world.call("list_scheduled")["items"]
    return [
        (one["kind"], one["code"], one["starts"], {c["field"]: c["after"] for c in one["changes"]}) for one in items
    ]


def test_a_units_name_of_a_day_to_come_waits_for_it(employed: World, it_is):
    assert employed.call("change_unit", unit="D01", name="登记注册科", effective=str(LATER))["name"] == "注册登记科"
    assert employed.states("UnitChanged") == []
    assert scheduled(employed) == [("unit", "D01", str(LATER), {"name": "登记注册科"})]
    assert "登记注册科" in [one["name"] for one in employed.call("list_units", on=str(LATER))["items"]]
    the_clock_strikes(employed)
    assert employed.call("get_unit", unit="D01")["revision"] == 1
    it_is(LATER)
    the_clock_strikes(employed)
    the_clock_strikes(employed)
    (state,) = employed.states("UnitChanged")
    assert (state["name"], state["revision"], state["by"]) == ("登记注册科", 2, "office")
    assert scheduled(employed) == []


def test_whatever_happens_before_comes_on_top_of_what_waited(employed: World, it_is):
    employed.call("change_unit", unit="D01", name="登记注册科", effective=str(LATER))
    for change, code in (({"notes": "今天"}, "effective.order"), ({"name": "人事科"}, "name.duplicate")):
        with pytest.raises(Invalid, match="unit.invalid") as refused:
            employed.call("change_unit", unit="D01", **change)
        assert [one["code"] for one in refused.value.errors] == [code]
    it_is(LATER + 3 * DAY)  # nobody looked for three days
    employed.call("change_unit", unit="D01", notes="改了")
    unit = employed.call("get_unit", unit="D01")
    assert (unit["name"], unit["notes"], unit["revision"]) == ("登记注册科", "改了", 3)
    assert [one["starts"] for one in unit["history"]][1:] == [str(LATER), str(LATER + 3 * DAY)]


def test_a_sheet_of_a_day_to_come_waits_as_a_whole(employed: World, it_is):
    renamed = sheet("organisation").replace("注册登记科,".encode(), "登记注册科,".encode(), 1)
    moved = [{**one, "line": "routine_supervision"} if one["code"] == "D01-02" else one for one in rows("positions")]
    given = sheets(organisation=renamed, positions=as_csv(moved))
    report = employed.call("import_organisation", sheets=given, effective=str(LATER))
    assert (report["effective"], report["units"]["updated"], report["positions"]["updated"]) == (str(LATER), 1, 1)
    again = employed.call("import_organisation", sheets=given, effective=str(LATER))
    assert (again["units"]["updated"], again["positions"]["updated"]) == (0, 0)
    assert {one["line"] for one in employed.pages("list_persons", unit="D01")} == {"access"}
    it_is(LATER)
    the_clock_strikes(employed)
    person = employed.call("get_person", person="P1")
    assert [(one["line"], one["ends"]) for one in person["assignments"]] == [
        ("access", str(LATER - DAY)),
        ("routine_supervision", None),
    ]
    assert [one["line"] for one in employed.states("PersonChanged")] == ["routine_supervision"] * 2


def test_lines_cannot_be_changed_ahead(employed: World):
    lines = as_csv([{"code": one["line"], "name": one["name"] + "一"} for one in employed.call("list_lines")["items"]])
    with pytest.raises(Invalid) as refused:
        employed.call("import_organisation", sheets=sheets(lines=lines), effective=str(LATER))
    assert [one["code"] for one in refused.value.errors] == ["effective.future"]


def test_a_unit_is_closed_ahead_only_where_nobody_is_left_in_it_by_then(employed: World):
    closing = {"unit": "D01", "active": False, "effective": str(LATER)}
    with pytest.raises(Invalid) as refused:
        employed.call("change_unit", **closing)
    assert [one["code"] for one in refused.value.errors] == ["unit.staffed"]
    for person in ("P1", "P2"):
        employed.call("move_person", person=person, unit="D02", position="D02-02", starts=str(LATER - DAY))
    employed.call("change_unit", **closing)
    newcomer = {"person": "P3", "name": "丙", "unit": "D01", "position": "D01-02", "starts": str(today())}
    with pytest.raises(Invalid) as refused:
        employed.call("add_persons", persons=[newcomer])
    assert [one["code"] for one in refused.value.errors] == ["unit.closing"]


def test_a_move_and_a_departure_are_told_when_their_day_has_come(employed: World, it_is):
    employed.call("move_person", person="P1", unit="D02", position="D02-02", starts=str(LATER))
    employed.call("depart_person", person="P2", last_day=str(LATER))
    now = {one["person"]: one for one in employed.states("PersonChanged")}
    assert (now["P1"]["unit"], now["P2"]["active"]) == ("D01", True)
    assert scheduled(employed) == [
        ("person", "P1", str(LATER), {"unit": "D02", "position": "D02-02"}),
        ("person", "P2", str(LATER + DAY), dict.fromkeys(("unit", "position", "line", "head", "kind"))),
    ]
    employed.clear_outbox()
    it_is(LATER)
    the_clock_strikes(employed)
    assert [(one["person"], one["unit"], one["revision"]) for one in employed.states("PersonChanged")] == [
        ("P1", "D02", 3)
    ]
    it_is(LATER + DAY)
    the_clock_strikes(employed)
    assert [(one["person"], one["active"]) for one in employed.states("PersonChanged")][1:] == [("P2", False)]


def test_what_waits_can_be_withdrawn_the_later_one_first(employed: World):
    employed.call("change_unit", unit="D01", name="甲科", effective=str(LATER))
    employed.call("change_unit", unit="D01", name="乙科", effective=str(LATER + DAY))
    employed.call("move_person", person="P1", unit="D02", position="D02-02", starts=str(LATER))
    employed.call("depart_person", person="P2", last_day=str(LATER))
    first = {"kind": "unit", "code": "D01", "starts": str(LATER)}
    with pytest.raises(Forbidden):
        employed.call("withdraw_scheduled", STAFF, **first)
    with pytest.raises(Conflict, match="scheduled.order"):
        employed.call("withdraw_scheduled", **first)
    employed.call("withdraw_scheduled", **{**first, "starts": str(LATER + DAY)})
    employed.call("withdraw_scheduled", **first)
    employed.call("withdraw_scheduled", kind="person", code="P1", starts=str(LATER))
    left = employed.call("withdraw_scheduled", kind="person", code="P2", starts=str(LATER + DAY))
    assert left["items"] == []
    for person in ("P1", "P2"):
        (place,) = employed.call("get_person", person=person)["assignments"]
        assert (place["unit"], place["ends"]) == ("D01", None)


def test_a_secondment_to_come_is_withdrawn_without_a_trace_in_the_post(employed: World):
    away = {"unit": "D02", "position": "D02-02", "starts": str(LATER), "ends": str(LATER + 30 * DAY)}
    employed.call("second_person", person="P1", **away)
    assert [one[2] for one in scheduled(employed)] == [str(LATER), str(LATER + 31 * DAY)]
    employed.call("withdraw_scheduled", kind="person", code="P1", starts=str(LATER))
    (place,) = employed.call("get_person", person="P1")["assignments"]
    assert (place["unit"], place["ends"], place["kind"]) == ("D01", None, "post")


def test_of_two_clocks_one_brings_it_about(employed: World, it_is):
    employed.call("change_unit", unit="D01", name="登记注册科", effective=str(LATER))
    employed.call("move_person", person="P1", unit="D02", position="D02-02", starts=str(LATER))
    employed.clear_outbox()
    it_is(LATER)

    def strike(_: int) -> None:
        with employed.sessions.begin(system(BUREAU)) as session:
            organisation_ahead.turn(session, system(BUREAU))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(strike, range(4)))
    assert [one["revision"] for one in employed.states("UnitChanged")] == [2]
    assert len(employed.states("PersonChanged")) == 1


PROGRAM = """
import warnings
warnings.filterwarnings("ignore")
import eventlet
eventlet.monkey_patch()
import sys, time
from sqlalchemy import text
from ops.serving import start
from shared.database import engine_for
from shared.embedded import transport
from shared.embedded.journal import Journal
from shared.settings import Settings, settings

settings.use(Settings(database_url=sys.argv[1], broker_url="embedded://localhost"))
transport.install(Journal(sys.argv[1]))
runner = start(("targets",))
engine, deadline = engine_for(sys.argv[1]), time.monotonic() + 30
found = None
while found != "登记注册科" and time.monotonic() < deadline:
    time.sleep(0.1)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT name FROM targets.units WHERE unit = 'D01'")).scalar()
runner.stop()
print(found)
"""


def test_a_service_that_was_down_over_the_day_looks_as_soon_as_it_starts(employed: World):
    """The timer itself, in a process of its own since it needs green threads."""
    employed.call("change_unit", unit="D01", name="登记注册科", effective=str(LATER))
    with employed.sessions.engine.begin() as connection:
        connection.execute(text("UPDATE targets.organisation_history SET starts = '2026-01-02' WHERE NOT in_force"))
    url = employed.sessions.engine.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, url], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.split() == ["登记注册科"], done.stderr[-3000:]


def test_the_office_changes_a_unit_ahead_over_http(database):
    service = TargetsService()
    with world_of(database, service, BUREAU) as world:
        service.create_bureau(ADMIN, {"bureau": BUREAU, "name": "滨河分局"})
        service.import_organisation(OFFICE, {"sheets": sheets("organisation", "positions")})
        office, staff = world.log_in("office", "office"), world.log_in("staff", "staff")
        path = "/api/v1/units/D01"
        etag = office.get(path).headers["ETag"]
        body = {"name": "登记注册科", "effective": str(LATER)}
        assert office.patch(path, json=body).status_code == 428
        assert staff.patch(path, json=body, headers={"If-Match": etag}).status_code == 403
        assert office.patch(path, json=body, headers={"If-Match": etag}).status_code == 200
        (waiting,) = office.get("/api/v1/organisation/scheduled").json["items"]
        assert waiting["changes"] == [{"field": "name", "before": "注册登记科", "after": "登记注册科"}]
        key = {name: waiting[name] for name in ("kind", "code", "starts")}
        assert office.post("/api/v1/organisation/scheduled/withdraw", json=key).json["items"] == []
        assert office.post("/api/v1/organisation/scheduled/withdraw", json=key).status_code == 404


def test_who_may_change_the_organisation_may_plan_it(employed: World):
    for method, body in (("change_unit", {"unit": "D01", "name": "x"}), ("list_scheduled", {})):
        with pytest.raises(Forbidden):
            employed.call(method, STAFF, **body)
