"""Auditors read who did what, when and from where, and how far the trails are anchored; nobody else does."""

from dataclasses import replace

import pytest

from ops.auditing.anchoring import Anchorer
from ops.auditing.files import AnchorFolder
from shared.audit_reading import _told
from shared.database import open_sessions
from shared.jsontext import dumps
from shared.migrations import SCHEMAS, SERVICES
from shared.settings import Settings, settings
from tests.support.reference_world import reference_world

API = "/api/v1/audit-trails"


@pytest.fixture
def world(database):
    with reference_world(database, truthful=True) as world:
        yield world


def lines(client, service, **query):
    answer = client.get(f"{API}/{service}", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json["items"]


def test_an_auditor_reads_every_trail_of_the_own_bureau_and_nobody_else_any(world):
    auditor = world.log_in("shen", "auditor:bureau")
    others = [
        world.log_in("guan", "admin:installation", bureau=""),
        world.log_in("kaohe", "office:bureau"),
        world.log_in("ju", "leader:bureau"),
    ]
    for name in (*SERVICES, "gateway"):
        found = lines(auditor, name)
        assert {one["bureau"] for one in found} <= {"B00", ""}
        assert all(one["bureau"] == "B00" or one["subject"].startswith("B00/") for one in found if name != "gateway")
        assert [client.get(f"{API}/{name}").status_code for client in others] == [403, 403, 403]
    everywhere = world.log_in("zong", "auditor:installation", bureau="")
    assert "zong" in {one["subject"] for one in lines(everywhere, "gateway")}
    assert "zong" not in {one["subject"] for one in lines(auditor, "gateway")}


def test_lines_are_found_by_what_they_are_about_by_whom_and_when(world):
    auditor = world.log_in("shen", "auditor:bureau")
    (newest, *_) = lines(auditor, "targets", action="targets.CycleChanged")
    assert (newest["subject"], newest["account"]) == ("B00/2026", "all")
    assert newest["after"]["status"] == "open"
    assert "status" in newest["changed"]
    assert newest["before"]["status"] == "draft"
    assert all(one["subject"].startswith("B00/P00") for one in lines(auditor, "targets", subject="B00/P00"))
    assert lines(auditor, "targets", account="nobody") == []
    assert lines(auditor, "targets", subject="B00/2026", until="2020-01-01") == []
    assert lines(auditor, "targets", since="2020-01-01", limit=1) == lines(auditor, "targets", limit=1)
    first = auditor.get(f"{API}/targets", query_string={"limit": 2}).json
    second = auditor.get(f"{API}/targets", query_string={"limit": 2, "after": first["next"]}).json
    numbers = [one["seq"] for one in (*first["items"], *second["items"])]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 4


def test_what_a_service_keeps_to_itself_is_named_and_not_shown(world):
    auditor = world.log_in("shen", "auditor:bureau")
    created = lines(auditor, "gateway", action="account.", subject="shen")
    assert created
    assert (created[0]["before"], created[0]["after"]) == ({}, {})
    assert "grants" in created[0]["changed"]


def test_the_anchors_are_read_with_what_was_found_wrong(database, tmp_path, world):
    auditor, staff = world.log_in("shen", "auditor:bureau"), world.log_in("li", "staff:own", person="P0002")
    before = settings._settings
    settings.use(
        replace(Settings.read({}), anchors=str(tmp_path), secret="a secret of the tests, 32 characters or more")
    )
    sessions = open_sessions(database(*SCHEMAS), "targets")
    try:
        assert auditor.get(f"{API}/anchors").json == {"items": [], "first_key": None}
        anchorer = Anchorer(sessions.engine, AnchorFolder(tmp_path))
        anchorer.anchor()
        anchorer.accept(["targets"], "restored")
        told = auditor.get(f"{API}/anchors").json
        assert told["first_key"] == anchorer.folder.first_key
        assert [one["number"] for one in told["items"]] == [2, 1]
        assert told["items"][0]["reason"] == "restored"
        assert told["items"][0]["trails"] == [{"schema": "targets", "bureau": "", "lines": 0, "last_hash": ""}]
        assert [one["text"] for one in reversed(told["items"])] == [one.text for one in anchorer.folder.anchors()]
        assert staff.get(f"{API}/anchors").status_code == 403
    finally:
        settings.use(before)
        sessions.engine.dispose()


def test_a_bureaus_auditor_sees_what_others_did_to_its_sessions(world):
    auditor = world.log_in("shen", "auditor:bureau")
    li = world.log_in("li", "staff:own", person="P0002")
    (one, *_) = li.get("/api/v1/sessions").json["items"]
    everywhere = world.log_in("guan", "admin:installation", bureau="")
    assert everywhere.delete(f"/api/v1/sessions/{one['session']}").status_code == 204
    (told,) = lines(auditor, "gateway", action="session.ended")
    assert (told["account"], told["subject"].partition("/")[0]) == ("guan", "li")


def test_what_somebody_wrote_is_named_and_not_shown():
    state = {"bureau": "B00", "status": "proposed", "reason": "某某举报", "title": "查某某", "phone": "13800000000"}
    line = {"action": "complaints.VetoProposed.v1", "before": "{}", "after": dumps(state)}
    told = _told(line)
    assert told["after"] == {"bureau": "B00", "status": "proposed"}
    assert told["changed"] == ["bureau", "phone", "reason", "status", "title"]
