"""Nothing lies with nobody, over HTTP and without a timetable: a vacant or deactivated head's work goes to a stand-in or to the next head up."""

from datetime import timedelta
from typing import Any

import pytest

from services.declarations.storage import projections
from shared.clock import today
from tests.component.declarations.bureau import CONTRIBUTION, ratio
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE, person

SPAN = {"starts": today().isoformat(), "ends": (today() + timedelta(days=30)).isoformat(), "reason": "负责人空缺"}
STAND_IN = {"principal": "S01", "delegate": "QS", "role": "unit_head", "target": "S01", **SPAN}


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def leave(bureau: HttpBureau) -> None:
    gone = person("HS", "S01", "all", head=True, active=False, revision=3)
    bureau.inner.handle(projections.keep_persons, gone)


def verify(bureau: HttpBureau, by: str, one: str) -> int:
    body = {"cycle": CYCLE, "declarations": [{"declaration": one}]}
    return int(bureau.post(by, "declarations/verify", body).status_code)


def waiting(bureau: HttpBureau, by: str) -> int:
    return len(bureau.get(by, f"declarations?cycle={CYCLE}&waiting=verify").json["items"])


def declared(bureau: HttpBureau, by: str = "PS") -> str:
    return str(bureau.inner.declare(by, ratio())[0]["declaration"])


def test_what_lies_with_a_deactivated_head_is_the_next_heads_up(bureau: HttpBureau) -> None:
    one = declared(bureau)
    assert waiting(bureau, "L1") == 0
    leave(bureau)
    assert waiting(bureau, "L1") == 1
    assert verify(bureau, "L1", one) == 200


def test_the_office_names_a_stand_in_for_a_vacant_post_in_every_family(bureau: HttpBureau) -> None:
    assert bureau.post("office", "delegations", STAND_IN).json["code"] == "person.unknown"  # it has a head
    leave(bureau)
    assert bureau.post("PS", "delegations", STAND_IN).status_code == 403
    made = bureau.post("office", "delegations", STAND_IN)
    assert (made.status_code, made.json["principal"], made.json["delegate"]) == (201, "S01", "QS")
    rows = bureau.inner.rows("SELECT address FROM declarations.notice WHERE kind = 'delegated'")
    assert [row["address"] for row in rows] == ["person:QS"]  # the post has nobody to be told
    one, own = declared(bureau), declared(bureau, "QS")
    assert waiting(bureau, "QS") == 1
    assert (verify(bureau, "QS", one), verify(bureau, "QS", own)) == (200, 403)
    made = bureau.post("PS", "contributions", {"cycle": CYCLE, "contributions": [CONTRIBUTION]}).json["contributions"][
        0
    ]
    (listed,) = bureau.get("QS", f"contributions?cycle={CYCLE}&waiting=screen").json["items"]
    assert "screen" in listed["may"]
    chosen = [{"contribution": made["contribution"]}]
    screened = bureau.post("QS", "contributions/screen", {"cycle": CYCLE, "decision": "pass", "contributions": chosen})
    assert screened.status_code == 200, screened.text


def test_a_stand_in_ends_where_the_post_is_filled(bureau: HttpBureau) -> None:
    leave(bureau)
    assert bureau.post("office", "delegations", STAND_IN).status_code == 201
    one = declared(bureau)
    (listed,) = bureau.get("office", "delegations").json["items"]
    assert (listed["in_force"], listed["principal_name"]) == (True, listed["target_name"])
    bureau.inner.handle(projections.keep_persons, person("P8", "S01", "all", head=True, revision=5))
    assert waiting(bureau, "QS") == 0
    assert verify(bureau, "QS", one) == 403
    (listed,) = bureau.get("office", "delegations").json["items"]
    assert (listed["status"], listed["in_force"]) == ("active", False)


def test_without_a_timetable_the_office_hands_up_what_a_head_leaves_lying(bureau: HttpBureau) -> None:
    one = declared(bureau)
    declared(bureau, "HS")  # a head's own items, and the unit's, lie with the next head up as it is
    bureau.inner.declare("HS", ratio(subject="S01"))
    body: dict[str, Any] = {"cycle": CYCLE, "unit": "S01", "reason": "负责人账号停用"}
    assert (waiting(bureau, "L1"), verify(bureau, "L1", one)) == (2, 403)
    assert bureau.post("HS", "declarations/hand-up", body).status_code == 403
    assert bureau.post("office", "declarations/hand-up", body).json == {"declarations": 1}
    assert waiting(bureau, "L1") == 3
    (notice,) = bureau.get("L1", "notices").json["items"]
    assert "负责人账号停用" in notice["content"]["zh"]
    assert verify(bureau, "L1", one) == 200
    assert bureau.post("office", "declarations/hand-up", body).json == {"declarations": 0}
    declared(bureau, "QS")
    leave(bureau)  # what lies with the next head up already is not handed up
    assert bureau.post("office", "declarations/hand-up", body).json == {"declarations": 0}
