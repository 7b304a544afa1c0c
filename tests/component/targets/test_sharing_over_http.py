"""Generation, claims handed on and weights through the HTTP API."""

import pytest

from services.targets.service import TargetsService
from shared.actor import Actor, Grant
from tests.component.targets.world import LIBRARY, sheets
from tests.support.over_http import world_of

API = "/api/v1"
ROOT = Actor("root", "root", "", grants=(Grant("admin", "installation"),))
OFFICE = Actor("o", "o", "BH", None, (Grant("office", "bureau"),))


@pytest.fixture
def world(database):
    """A bureau of two clerks with an open cycle."""
    service = TargetsService()
    with world_of(database, service, "BH") as world:
        service.create_bureau(ROOT, {"bureau": "BH", "name": "滨河分局"})
        service.import_organisation(OFFICE, {"sheets": sheets("organisation", "positions")})
        clerk = {"unit": "D01", "position": "D01-02", "starts": "2026-01-01"}
        service.add_persons(OFFICE, {"persons": [{**clerk, "person": f"P{n}", "name": f"王{n}"} for n in (1, 2)]})
        service.create_cycle(OFFICE, {"cycle": "2026"})
        service.import_library(OFFICE, {"cycle": "2026", "sheets": sheets(*LIBRARY)})
        service.publish_library(OFFICE, {"cycle": "2026"})
        service.move_cycle(OFFICE, {"cycle": "2026", "status": "open"})
        yield world


def post(client, path, body, status=200):
    answer = client.post(f"{API}/{path}", json=body)
    assert answer.status_code == status, answer.json
    return answer.json


def test_shares_are_drawn_claimed_and_handed_on(world):
    office = world.log_in("office", "office")
    share = {"indicator": "04-01-01", "unit": "D01", "quantity": "100"}
    assert post(office, "cycles/2026/allocations/draw", {"shares": [share]})["items"][0]["quantity"] == "100"
    claims = [{"indicator": "04-01-01", "subject": "P1", "target": "80"}]
    post(office, "claims", {"cycle": "2026", "claims": claims}, 201)
    move = {"indicator": "04-01-01", "giver": "P1", "taker": "P2", "quantity": "30"}
    moved = post(office, "claims/transfer", {"cycle": "2026", "transfers": [move], "reason": "分工调整"})
    assert {one["subject"]: one["target"] for one in moved["items"]} == {"P1": "50", "P2": "30"}
    excess = {"cycle": "2026", "indicator": "04-01-01", "unit": "D01", "quantity": "5", "reason": "新增窗口"}
    assert post(office, "claims/excess", excess)["excess"] == "5"
    given = post(office, "claims/substitute", {"cycle": "2026", "giver": "P2", "keep_served": False, "reason": "离任"})
    assert given["unplaced"][0]["quantity"] == "30"
    refused = post(office, "cycles/2026/allocations/draw", {"shares": [{**share, "quantity": "2801"}]}, 409)
    assert refused["code"] == "claim.exhausted"
    gaps = office.get(f"{API}/claims/gaps?cycle=2026").json["items"]
    assert (gaps[0]["unclaimed"], gaps[0]["holders"]) == (
        "50",
        [{"subject": "P1", "subject_name": "王1", "target": "50", "present": True}],
    )
    assert len(office.get(f"{API}/claims/movements?cycle=2026").json["items"]) == 3
    assert post(office, "cycles/2026/claim-deadlines", {"step": "person", "last_day": "2026-03-31"})["items"]
    split = {"allocations": [{"indicator": "04-01-01", "line": "access", "quantity": "2800"}]}
    assert post(office, "cycles/2026/line-allocations", split)["changed"] == 1
    assert office.get(f"{API}/line-allocations?cycle=2026").json["items"][0]["quantity"] == "2800"


def test_targets_are_generated_and_taken_over(world):
    office = world.log_in("office", "office")
    settings = office.get(f"{API}/cycles/2026/generation-settings")
    assert (settings.headers["ETag"], settings.json["ratchet"]) == ('"0"', "0.3")
    path, etag = f"{API}/cycles/2026/generation-settings", {"If-Match": '"0"'}
    assert office.patch(path, json={"ratchet": "0.2"}, headers=etag).json["revision"] == 1
    assert office.patch(path, json={"ratchet": "0.2"}, headers=etag).status_code == 412
    past = {"indicator": "04-01-01", "subject": "D01", "year": "2025", "quantity": "900"}
    assert post(office, "results", {"results": [past]}) == {"recorded": 1}
    limit = {"indicator": "04-01-01", "subject": "*", "floor": "3000", "reason": "局务会"}
    assert post(office, "cycles/2026/bounds", {"bounds": [limit]}) == {"set": 1}
    assert office.get(f"{API}/cycles/2026/bounds").json["items"][0]["floor"] == "3000"
    assert post(office, "cycles/2026/generations", {}, 201)["generation"] == 1
    (row,) = office.get(f"{API}/cycles/2026/generations/1/forecasts?indicator=04-01-01&subject=*").json["items"]
    assert (row["proposed"], row["reasons"][-1]["code"]) == ("3000", "floor")
    assert post(office, "cycles/2026/generations/1/apply", {})["changed"] > 0
    assert post(office, "cycles/2026/generations/2/apply", {}, 404)["code"] == "generation.unknown"


def test_weights_are_asked_for_judged_and_proposed(world):
    office, leader = world.log_in("office", "office"), world.log_in("leader", "leader")
    asked = post(office, "cycles/2026/questionnaires", {"part": "composite/person"}, 201)
    assert [one["name"] for one in asked["criteria"]] == ["个人得分", "单位得分", "分局得分"]
    said = [("personal", "unit", "2"), ("personal", "bureau", "3"), ("unit", "bureau", "2")]
    body = {"comparisons": [{"a": a, "b": b, "ratio": ratio} for a, b, ratio in said]}
    path = f"cycles/2026/questionnaires/{asked['questionnaire']}"
    assert post(leader, f"{path}/judgements", body)["acceptable"]
    assert post(office, f"{path}/close", {})["judges"] == 1
    proposal = {"questionnaires": [asked["questionnaire"]], "reason": "班子会议"}
    proposed = post(office, "cycles/2026/model-proposals", proposal, 201)
    assert proposed["composite"]["person"] == {"personal": "0.5396", "unit": "0.2970", "bureau": "0.1634"}
    assert office.get(f"{API}/cycles/2026/model-proposals").json["items"][0]["proposal"] == proposed["proposal"]
    assert office.get(f"{API}/{path}").json["outcome"]["weights"] == proposed["composite"]["person"]
    rows = [{"common": "90", "professional": "60"}, {"common": "90", "professional": "80"}]
    assert post(office, "weights/entropy", {"rows": rows})["weights"] == {"common": "0.0000", "professional": "1.0000"}


def test_colleagues_hand_on_among_themselves(world):
    office = world.log_in("office", "office")
    first, second = (world.log_in(f"p{n}", "staff", person=f"P{n}") for n in (1, 2))
    post(
        office, "cycles/2026/allocations/draw", {"shares": [{"indicator": "04-01-01", "unit": "D01", "quantity": "99"}]}
    )
    post(first, "claims", {"cycle": "2026", "claims": [{"indicator": "04-01-01", "target": "80"}]}, 201)
    rule = f"{API}/cycles/2026/handover-rule"
    etag = {"If-Match": office.get(rule).headers["ETag"]}
    assert office.patch(rule, json={"confirm": False}, headers=etag).json["confirm"] is False
    asked = {"cycle": "2026", "taker": "P2", "items": [{"indicator": "04-01-01", "quantity": "30"}], "reason": "请假"}
    assert post(first, "claims/handovers", asked, 201)["unplaced"] == []
    (seen,) = second.get(f"{API}/claims/handovers?cycle=2026&status=proposed").json["items"]
    path = f"claims/handovers/{seen['handover']}"
    post(first, f"{path}/answer", {"cycle": "2026", "accept": True}, 403)
    assert post(second, f"{path}/answer", {"cycle": "2026", "accept": True})["status"] == "done"
    assert post(first, f"{path}/withdraw", {"cycle": "2026"}, 409)["code"] == "handover.status"
    assert post(office, f"{path}/decide", {"cycle": "2026", "confirm": True}, 409)["code"] == "handover.status"


def test_lists_tell_names_and_choices_and_a_job_its_progress(world):
    office = world.log_in("office", "office")
    post(office, "cycles/2026/allocations/propose", {})
    post(office, "cycles/2026/allocations", {"accept_proposals": True})
    job = post(office, "target-jobs", {"cycle": "2026", "kind": "accept", "natures": ["routine"]}, 202)
    assert (job["status"], job["result"]) == ("queued", None)
    replica = TargetsService()
    replica.database = world.service
    replica.do_jobs()
    done = office.get(f"{API}/target-jobs/{job['job']}").json
    assert (done["status"], done["done"]) == ("done", done["total"])
    assert done["result"]["claimed"] > 100
    assert office.get(f"{API}/target-jobs?cycle=2026").json["items"] == [done]
    first = world.log_in("p1", "staff", person="P1")
    claims = first.get(f"{API}/claims?cycle=2026&subject=P1&q=王1&sort=-target&total=true").json
    assert claims["total"] == len(claims["items"]) > 10
    assert (claims["items"][0]["subject_name"], claims["items"][0]["may"]) == ("王1", ["claim", "release", "hand_over"])
    handed = {
        "cycle": "2026",
        "taker": "P2",
        "items": [{"indicator": claims["items"][0]["indicator"]}],
        "reason": "分工",
    }
    post(first, "claims/handovers", handed, 201)
    (asked,) = first.get(f"{API}/claims/handovers?cycle=2026").json["items"]
    assert (asked["giver_name"], asked["may"]) == ("王1", ["withdraw"])
    each = {"cycle": "2026", "mode": "each", "claims": [{"indicator": "99-01-01"}, {"indicator": "01-01-02"}]}
    released = post(first, "claims/release", each)
    assert [one["row"] for one in released["refused"]] == [0]
    for path in ("allocations", "allocations/proposals", "claims/balance", "claims/movements", "line-allocations"):
        assert office.get(f"{API}/{path}?cycle=2026").json["items"] or path == "line-allocations"
