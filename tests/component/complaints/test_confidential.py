"""Who complained or reported, in everything that leaves the service: a planted name, telephone and identity number are nowhere."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from services.complaints.storage.people import People
from services.complaints.usecases import importing, reading, resealing
from shared.actor import Actor, system
from shared.contracts.complaints import cases as contract
from shared.jsontext import dumps
from shared.settings import Settings, settings
from tests.component.complaints.conftest import BUREAU, CENTRE, Centre, actor, at
from tests.component.complaints.network import Network, network
from tests.support.platform_exports import as_xlsx, rows

__all__ = ["network"]
NAME, PHONE, IDENTITY = "钱示秘", "13912345678", "330102199001011234"
PLANTED = (NAME, PHONE, IDENTITY)
WATCHER, AUDITOR = actor("office"), actor("auditor")
TEXT = f"举报人：{NAME}，电话{PHONE}，身份证{IDENTITY}，该店销售假冒商品"


def planted(centre: Centre) -> list[str]:
    """A report whose text tells everything, and a complaint of the same person that turns out to be a report."""
    centre.today.reach(at("2026-03-02"))
    who = {"consumer": NAME, "phone": PHONE, "id_number": IDENTITY, "address": "示范路1号"}
    report, complaint = centre.register({"kind": "report", "summary": TEXT}, {"summary": TEXT, **who})
    centre.step(complaint, "correct", "2026-03-02", event=1, why="实为举报", changes={"kind": "report"})
    for case in (report, complaint):
        centre.step(case, "assign", "2026-03-02", unit="S01", handler="P2")
        centre.step(case, "supervise", "2026-03-03", why=f"尽快办理，{PHONE}")
    return [report, complaint]


def found_in(told: Any) -> list[str]:
    return [one for one in PLANTED if one in (told if isinstance(told, str) else dumps(told))]


def test_no_list_search_or_history_tells_a_reporter_to_who_has_no_part(centre: Centre) -> None:
    cases = planted(centre)
    for who in (CENTRE, WATCHER):
        assert found_in(centre.do(reading.list_cases, contract.list_cases.decode({}), by=who)) == []
        for one in PLANTED:
            assert centre.do(reading.list_cases, contract.list_cases.decode({"q": one}), by=who)["items"] == []
    similar = contract.find_similar.decode({"phone": PHONE, "consumer": NAME, "trader": "云汀百货"})
    assert found_in(centre.do(reading.find_similar, similar)) == []
    for case in cases:
        for ask in (reading.show_case, reading.show_history):
            assert found_in(centre.do(ask, {"case": case}, by=WATCHER)) == []
        assert found_in(centre.do(reading.show_case, {"case": case})) == list(PLANTED)


def test_what_is_stored_beside_the_history_and_what_goes_to_others_tells_nobody(
    centre: Centre, capsys: pytest.CaptureFixture[str]
) -> None:
    planted(centre)
    tables = ("cases", "case_facts", "audit", "outbox", "figures", "veto_proposals", "case_counters", "case_imports")
    with centre.sessions.engine.connect() as connection:
        for table in tables:
            stored = connection.scalar(text(f"SELECT string_agg(t::text, ' ') FROM complaints.{table} t")) or ""
            assert (table, found_in(stored)) == (table, [])
    assert found_in(capsys.readouterr().out) == []


def test_each_look_at_a_report_in_full_is_on_the_trail(network: Network) -> None:
    case = network.register("2026-03-02", kind="report", summary=TEXT)
    clerk = network.by("office", "office")
    for client in (network.centre, clerk):
        for path in (f"cases/{case}", f"cases/{case}/history"):
            assert client.get(f"/api/v1/{path}").status_code == 200
    trail = network.by("auditor", "auditor").get("/api/v1/audit-trails/complaints").get_json()["items"]
    looks = sorted((one["account"], one["action"]) for one in trail if one["action"].endswith("looked"))
    assert looks == [("centre", "show_case.looked"), ("centre", "show_history.looked")]
    files = network.centre.get("/api/v1/cases/export?format=csv").get_data(as_text=True)
    assert found_in(files) == []


@pytest.fixture
def keys() -> Any:
    """Sets KAOHE_CASE_KEYS, as the process is started with them."""
    before = settings._settings  # what is put back

    def use(told: str) -> None:
        settings.use(replace(before or Settings(), secret=settings.secret, case_keys=told))

    yield use
    settings.use(before)


def test_a_new_key_seals_old_ones_open_and_all_is_sealed_anew(centre: Centre, keys: Any) -> None:
    centre.today.reach(at("2026-03-02"))
    one = {"consumer": NAME, "phone": PHONE, "address": "示范路1号"}
    (old,) = centre.register(one)
    keys(f"1:{'k' * 40}")
    (new,) = centre.register(one)
    assert (centre.row(old)["sealed_by"], centre.row(new)["sealed_by"]) == (0, 1)
    assert {centre.do(reading.show_case, {"case": case})["phone"] for case in (old, new)} == {PHONE}
    similar = contract.find_similar.decode({"phone": PHONE})
    assert centre.do(reading.find_similar, similar)["complaints_of_person"] == 2
    told = centre.do(resealing.reseal_people, {}, by=_operator())
    assert told == {"resealed": 1, "unreadable": 0, "left": 0}
    rows = [centre.row(case) for case in (old, new)]
    assert {one["sealed_by"] for one in rows} == {1}
    assert rows[0]["person_keys"] == rows[1]["person_keys"]
    assert rows[0]["address_key"] == rows[1]["address_key"]
    keys("")
    assert People(BUREAU).open(rows[0]["contact"])["phone"] == ""  # the old key opens nothing any more


def test_what_no_key_opens_is_told_and_stays_as_it_is(centre: Centre, keys: Any) -> None:
    centre.today.reach(at("2026-03-02"))
    keys(f"1:{'k' * 40}")
    (lost,) = centre.register({"consumer": NAME})
    keys(f"2:{'m' * 40}")
    assert centre.do(resealing.reseal_people, {}, by=_operator()) == {"resealed": 0, "unreadable": 1, "left": 0}
    keys(f"1:{'k' * 40},2:{'m' * 40}")
    assert centre.do(reading.show_case, {"case": lost})["consumer"] == NAME


def test_what_waits_to_be_imported_is_left_until_it_came_in(centre: Centre, keys: Any) -> None:
    centre.today.reach(at("2026-04-20"))
    asked = {"intake_unit": "C01", "sheet": as_xlsx(rows(2)), "dry_run": False, "file_name": "导出.xlsx"}
    job = centre.do(importing.start_import, asked)["job"]
    keys(f"1:{'k' * 40}")
    assert centre.do(resealing.reseal_people, {}, by=_operator())["left"] == 1
    while importing.go_on(centre.sessions, CENTRE, job):
        pass
    assert centre.do(resealing.reseal_people, {}, by=_operator())["left"] == 0


def _operator() -> Actor:
    return system("")
