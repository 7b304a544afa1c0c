"""Whoever is decided about hears of it over HTTP: once, in Chinese, with a link to the thing; nobody of what they did themselves."""

from typing import Any

import pytest

from services.declarations.usecases import publications
from shared.clock import today
from shared.events import ScoresPublished
from shared.jsontext import loads
from tests.component.declarations.bureau import CONTRIBUTION, ORDER, ratio
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE, B
from tests.component.declarations.test_inquiries import answer, ask, close

FULL = {"numerator": "1", "denominator": "1"}


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def notices(bureau: HttpBureau, by: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = bureau.get(by, "notices").json["items"]
    return found


def told(bureau: HttpBureau, by: str) -> list[str]:
    """The kinds, the oldest first."""
    return [one["kind"] for one in reversed(notices(bureau, by))]


def declared(bureau: HttpBureau, by: str = "PS", *entries: dict[str, Any]) -> list[str]:
    return [one["declaration"] for one in bureau.inner.declare(by, *entries)]


def step(bureau: HttpBureau, by: str, what: str, ids: list[str], **more: Any) -> None:
    body = {"cycle": CYCLE, "declarations": [{"declaration": one} for one in ids], **more}
    assert bureau.post(by, f"declarations/{what}", body).status_code == 200


def test_a_return_is_told_with_its_reason_and_a_link(bureau: HttpBureau) -> None:
    (one,) = declared(bureau)
    assert told(bureau, "PS") == []
    step(bureau, "HS", "return", [one], reason="缺少台账")
    (notice,) = notices(bureau, "PS")
    content = notice["content"]
    assert (notice["kind"], content["item"], content["link"]) == ("returned", one, f"/declare?declaration={one}")
    assert content["zh"].startswith(
        "2026 年 1 月“指标01-01-01”：申报被退回，请补正后重报。理由：缺少台账。如有异议，可在 "
    )
    assert content["due_on"] > today().isoformat()
    assert told(bureau, "HS") == told(bureau, "QS") == []
    again = bureau.client("HS").post(
        "/api/v1/declarations/return",
        json={"cycle": CYCLE, "declarations": [{"declaration": one}], "reason": "再退"},
    )
    assert again.status_code == 409
    assert told(bureau, "PS") == ["returned"]


def test_many_decisions_at_once_are_one_notice_and_each_later_one_another(bureau: HttpBureau) -> None:
    ids = declared(bureau, "PS", ratio("1"), ratio("2", period="2026-M02"), ratio("3", period="2026-M03"))
    step(bureau, "HS", "verify", ids)
    assert told(bureau, "PS") == []  # a step on the way
    step(bureau, "P10", "assess", ids)
    (notice,) = notices(bureau, "PS")
    assert (notice["kind"], notice["content"]["count"]) == ("assessed", 3)
    assert "等 3 项：申报已核评" in notice["content"]["zh"]
    step(bureau, "P10", "take-back", ids[:1])
    step(bureau, "P10", "assess", ids[:1])
    assert told(bureau, "PS") == ["assessed", "taken_back", "assessed"]


def test_what_is_decided_about_a_unit_is_told_to_its_head(bureau: HttpBureau) -> None:
    (one,) = declared(bureau, "HS", ratio("1", subject="S01"))
    step(bureau, "L1", "return", [one], reason="请补充")
    assert told(bureau, "HS") == ["returned"]


def test_orders_are_told_to_whom_they_are_given_and_refusals_to_whoever_gave_them(bureau: HttpBureau) -> None:
    order = {**ORDER, "deadline": today().isoformat(), "subjects": ["PS", "QS"]}
    issued = bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]}).json["orders"]
    one, other = (each["order"] for each in issued)
    assert told(bureau, "PS") == told(bureau, "QS") == ["ordered"]
    assert notices(bureau, "PS")[0]["content"]["due_on"] == today().isoformat()
    for by, what, name, more in (
        ("QS", "refuse", other, {"note": "不属职责"}),
        ("P9", "insist", other, {"note": "须由该所承办"}),
        ("PS", "accept", one, {}),
        ("PS", "complete", one, {"note": "已办"}),
        ("P9", "judge", one, {"counts": FULL, "note": ""}),
    ):
        done = bureau.post(by, f"task-orders/{what}", {"cycle": CYCLE, "orders": [{"order": name, **more}]})
        assert done.status_code == 200, (what, done.text)
    assert told(bureau, "P9") == ["refused"]
    assert told(bureau, "QS") == ["ordered", "order_changed"]
    assert told(bureau, "PS") == ["ordered", "judged"]


def test_contributions_are_told_to_their_subject_and_partners_are_asked(bureau: HttpBureau) -> None:
    shares = [{"subject": "PS", "share": "1"}, {"subject": "QS", "share": "1"}]
    made = bureau.post("PS", "contributions", {"cycle": CYCLE, "contributions": [{**CONTRIBUTION, "shares": shares}]})
    one = made.json["contributions"][0]["contribution"]
    assert told(bureau, "QS") == ["share_asked"]
    body = {"cycle": CYCLE, "decision": "return", "reason": "证明不足", "contributions": [{"contribution": one}]}
    assert bureau.post("HS", "contributions/screen", body).status_code == 200
    (notice,) = notices(bureau, "PS")
    assert (notice["kind"], "证明不足" in notice["content"]["zh"]) == ("returned", True)


def test_a_veto_a_delegation_and_the_publication_are_told(bureau: HttpBureau) -> None:
    veto = {"indicator": "01-03-05", "subject": "PS", "reason": "查实"}
    proposed = bureau.post("office", "vetoes", {"cycle": CYCLE, "vetoes": [veto]})
    one = proposed.json["vetoes"][0]["veto"]
    confirmed = bureau.post("K1", "vetoes/confirm", {"cycle": CYCLE, "vetoes": [{"veto": one}]})
    assert confirmed.status_code == 200, confirmed.text
    assert told(bureau, "PS") == ["vetoed"]
    away = {
        "delegate": "QS",
        "role": "unit_head",
        "target": "S01",
        "starts": today().isoformat(),
        "ends": today().isoformat(),
        "reason": "出差",
    }
    assert bureau.post("HS", "delegations", away).status_code == 201
    assert told(bureau, "QS") == ["delegated"]
    run = ScoresPublished(bureau=B, cycle=CYCLE, run="01a22932-e97d-7622-99e4-647094515bb9", revision=3, status="published",
                          input_hash="a", result_hash="b", published_on=today(), objections_until=today(), by="office")  # fmt: skip
    for _ in range(2):  # delivered twice
        bureau.inner.handle(publications.take_runs, run)
    assert told(bureau, "P8") == ["published"]
    assert "考核结果已公布" in notices(bureau, "P8")[0]["content"]["zh"]


def test_an_order_is_told_before_its_day_and_once_it_has_passed_each_once(bureau: HttpBureau, on: Any) -> None:
    on("2026-05-11")
    order = {
        "indicator": "03-01-01",
        "period": "2026-M05",
        "title": "甲",
        "standard": "乙",
        "deadline": "2026-05-15",
        "subjects": ["PS"],
    }
    assert bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]}).status_code == 201
    for day in ("2026-05-11", "2026-05-12", "2026-05-13", "2026-05-16", "2026-05-17"):
        on(day)
        bureau.inner.service.remind()
    assert told(bureau, "PS") == ["ordered", "order_due", "order_late"]
    assert {one["content"]["link"] for one in notices(bureau, "PS")[:2]} == {"/orders"}


def test_each_inquiry_about_an_order_is_told(bureau: HttpBureau) -> None:
    order = {**ORDER, "deadline": today().isoformat()}
    one = bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]}).json["orders"][0]["order"]
    for _ in range(2):
        inquiry = ask(bureau.inner, one, answer_by=today().isoformat())
        answer(bureau.inner, inquiry)
        close(bureau.inner, inquiry)
    assert told(bureau, "PS") == ["ordered", *["asked", "inquiry_closed"] * 2]


def test_an_appeal_is_promised_where_one_is_taken_only(bureau: HttpBureau) -> None:
    order = {**ORDER, "deadline": today().isoformat()}
    one = bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]}).json["orders"][0]["order"]
    for by, what, more in (
        ("PS", "accept", {}),
        ("PS", "complete", {"note": "已办"}),
        ("PS", "take-back", {"note": "报早了"}),
        ("PS", "complete", {"note": "已办"}),
        ("P9", "send-back", {"note": "请整改"}),
        ("PS", "complete", {"note": "已改"}),
        ("P9", "judge", {"counts": FULL, "note": ""}),
    ):
        done = bureau.post(by, f"task-orders/{what}", {"cycle": CYCLE, "orders": [{"order": one, **more}]})
        assert done.status_code == 200, (what, done.text)
    promised = {each["kind"]: "申诉" in each["content"]["zh"] for each in notices(bureau, "PS")}
    assert promised == {"ordered": False, "returned": False, "judged": True}
    assert told(bureau, "P9") == ["order_changed"]  # what was said to be done is not


def test_each_notice_leaves_once_with_its_kind_and_its_link_and_without_its_words(bureau: HttpBureau) -> None:
    """What carries it further hears it in the transaction that keeps it, and hears nothing that names or scores anybody."""
    ids = declared(bureau, "PS", ratio("1"), ratio("2", period="2026-M02"))
    step(bureau, "HS", "return", ids[:1], reason="缺少台账，扣 2 分")
    order = {**ORDER, "deadline": today().isoformat(), "subjects": ["PS"]}
    assert bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]}).status_code == 201
    sent = bureau.inner.rows("SELECT body FROM declarations.outbox WHERE event = 'declarations.NoticeGiven.v1'")
    states = [state for row in sent for state in loads(row["body"])]
    kept = {row["notice"] for row in bureau.inner.rows("SELECT notice FROM declarations.notice")}
    assert sorted(one["notice"] for one in states) == sorted(kept)
    assert [(one["kind"], one["address"], one["persons"]) for one in states] == [
        ("returned", "person:PS", ["PS"]),
        ("ordered", "person:PS", ["PS"]),
    ]
    assert states[0]["link"] == f"/declare?declaration={ids[0]}"
    assert not any("台账" in str(one) or "指标" in str(one) for one in states)


def test_what_is_told_to_a_head_names_who_heads_the_unit_now(bureau: HttpBureau) -> None:
    (one,) = declared(bureau, "HS", ratio("1", subject="S01"))
    step(bureau, "L1", "return", [one], reason="请补充")
    (row,) = bureau.inner.rows("SELECT body FROM declarations.outbox WHERE event = 'declarations.NoticeGiven.v1'")
    assert [(state["address"], state["persons"]) for state in loads(row["body"])] == [("head:S01", ["HS"])]
