"""Counterfeits and answers over HTTP: revisions, who writes, what holds today, what is hinted while somebody types."""

from typing import Any

from sqlalchemy import text

from shared.jsontext import loads
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_traders_over_http import get, post

__all__ = ["network"]

ANSWER = {
    "question": "预付卡商家不退款怎么办",
    "answer": "可以先与经营者协商，协商不成向市场监管部门投诉。",
    "topic": "prepaid",
    "articles": ["消费者权益保护法实施条例第二十二条"],
    "keywords": ["健身卡"],
}
MARK = {
    "mark": "云岭",
    "goods": "白酒",
    "right_holder": "云岭酒业",
    "contact": "示范权利人 13900000077",
    "genuine": "瓶盖内有激光防伪码",
    "false": "瓶盖无码",
    "source": "权利人来函",
}


def test_an_answer_is_written_anew_and_what_stood_before_is_kept(network: Network) -> None:
    one = post(network, "case-knowledge", ANSWER, 201)
    path = f"case-knowledge/{one['entry']}"
    changed = {**ANSWER, "answer": "依新规办理。", "revision": 1, "why": "条例修订"}
    answer = network.centre.put(f"/api/v1/{path}", json=changed)
    assert (answer.json["revision"], answer.json["answer"]) == (2, "依新规办理。")
    assert [(each["revision"], each["why"]) for each in answer.json["revisions"]] == [(1, ""), (2, "条例修订")]
    texts = [(each["answer"], each["genuine"], each["false"]) for each in answer.json["revisions"]]
    assert texts == [(ANSWER["answer"], None, None), ("依新规办理。", None, None)]
    network.refused(network.centre.put(f"/api/v1/{path}", json=changed), 409, "revision.stale")
    clerk = network.by("clerk", "staff", person="P2")
    assert get(network, path, clerk)["may"] == []
    network.refused(network.post("case-knowledge", ANSWER, clerk), 403)
    network.refused(network.post("case-knowledge", ANSWER, network.by("A01", person="P5", heads="A01")), 403)


def test_an_answer_past_its_last_day_is_neither_listed_nor_hinted(network: Network) -> None:
    network.today.now = network.today.moment("2026-03-01")
    post(network, "case-knowledge", {**ANSWER, "valid_until": "2026-03-31"}, 201)
    typed = {"summary": "健身房的预付卡，商家一直不退款"}
    for day, found in (("2026-03-31", 1), ("2026-04-01", 0)):
        network.today.now = network.today.moment(day)
        client = network.by(f"centre{day}", "complaints_centre")
        assert len(get(network, "case-knowledge?topic=prepaid&q=预付", client)["items"]) == found
        assert len(post(network, "cases/hints", typed, by=client)["knowledge"]) == found
    assert len(get(network, "case-knowledge?withdrawn=true", client)["items"]) == 1


def test_what_is_typed_is_answered_by_what_fits_it_and_nothing_else(network: Network) -> None:
    post(network, "case-knowledge", ANSWER, 201)
    post(network, "case-knowledge", {**ANSWER, "question": "食品过期如何赔偿", "keywords": ["过期"]}, 201)
    post(network, "counterfeits", MARK, 201)
    network.register("2026-03-01", trader="滨河云汀百货有限公司")
    network.register("2026-03-01", trader="示范机械有限公司")

    def hints(**typed: str) -> Any:
        found = post(network, "cases/hints", typed)
        return (
            [one["question"] for one in found["knowledge"]],
            [one["name"] for one in found["traders"]],
            [one["mark"] for one in found["counterfeits"]],
        )

    assert hints(summary="办了健身卡想退", trader="云汀百货") == (
        *([ANSWER["question"]], ["滨河云汀百货有限公司"], []),
    )
    assert hints(summary="健身房预付卡不退了")[0] == [ANSWER["question"]]
    assert hints(summary="买到的云岭白酒是假的") == ([], [], ["云岭"])
    assert hints(summary="买的面包已经过期")[0] == ["食品过期如何赔偿"]
    assert hints(trader="有限公司") == ([], [], [])
    assert hints() == ([], [], [])


def test_a_long_summary_hides_nothing_of_what_was_typed_first(network: Network) -> None:
    post(network, "case-knowledge", ANSWER, 201)
    post(network, "counterfeits", MARK, 201)
    much = "".join(chr(0x3400 + number) for number in range(1900))  # signs that are sorted before those of any entry
    found = post(network, "cases/hints", {"goods": "云岭白酒", "summary": f"预付卡商家不退款。{much}"})
    assert [one["question"] for one in found["knowledge"]] == [ANSWER["question"]]
    assert [one["mark"] for one in found["counterfeits"]] == ["云岭"]


def test_an_enquiry_is_closed_with_the_answer_that_was_given(network: Network) -> None:
    case = network.register("2026-03-01", kind="enquiry", trader="")
    network.took(case, "answer", "2026-03-01", why=ANSWER["answer"])
    assert network.show(case)["status"] == "concluded"
    events = get(network, f"cases/{case}/history")["events"]
    assert events[-1]["why"] == ANSWER["answer"]


def test_how_to_reach_a_right_holder_is_told_to_who_writes_entries_and_each_look_is_on_record(network: Network) -> None:
    entry = post(network, "counterfeits", MARK, 201)["entry"]
    clerk = network.by("clerk", "staff", person="P2")
    assert get(network, f"counterfeits/{entry}", clerk)["contact"] is None
    assert get(network, f"counterfeits/{entry}")["contact"] == MARK["contact"]
    with network.world.service.begin_handling([]) as session:
        looked = session.execute(text("SELECT account, subject FROM complaints.audit WHERE action LIKE '%looked'"))
        assert looked.all() == [("centre", entry)]
        told = session.execute(text("SELECT count(*) FROM complaints.audit WHERE after LIKE '%13900000077%'"))
        assert told.scalar_one() == 0
        kept = session.execute(text("SELECT count(*) FROM complaints.entry_revisions WHERE body::text LIKE '%1390%'"))
        assert kept.scalar_one() == 0
    assert get(network, "counterfeits?q=13900000077")["items"] == []


def test_each_change_of_an_entry_is_on_record_with_its_last_day_and_whether_the_contact_changed(
    network: Network,
) -> None:
    mark = post(network, "counterfeits", MARK, 201)["entry"]
    answer = post(network, "case-knowledge", {**ANSWER, "valid_until": "2027-03-31"}, 201)["entry"]
    anew = {**MARK, "genuine": "瓶底有编号", "contact": "示范权利人 13900000088", "revision": 1}
    changed = network.centre.put(f"/api/v1/counterfeits/{mark}", json=anew)
    texts = [(each["genuine"], each["false"], each["answer"]) for each in changed.json["revisions"]]
    assert texts == [(MARK["genuine"], MARK["false"], None), ("瓶底有编号", MARK["false"], None)]
    body = {**ANSWER, "valid_until": "2027-04-30", "revision": 1}
    assert network.centre.put(f"/api/v1/case-knowledge/{answer}", json=body).status_code == 200
    statement = "SELECT subject, before, after FROM complaints.audit WHERE action LIKE '%.written' ORDER BY seq"
    with network.world.service.begin_handling([]) as session:
        kept = [(one[0], loads(one[1]), loads(one[2])) for one in session.execute(text(statement))]
    told = [
        (one, before.get("valid_until"), after["valid_until"], after["contact_changed"]) for one, before, after in kept
    ]
    assert told == [
        *((mark, None, None, True), (answer, None, "2027-03-31", False)),
        *((mark, None, None, True), (answer, "2027-03-31", "2027-04-30", False)),
    ]
    assert "139000000" not in str(kept)


def test_a_mark_names_implicated_traders_and_is_found_by_what_is_written_of_it(network: Network) -> None:
    trader = post(network, "traders", {"name": "示范烟酒店"}, 201)["trader"]
    network.refused(network.post("counterfeits", {**MARK, "traders": ["nobody"]}), 422, "trader.unknown")
    one = post(network, "counterfeits", {**MARK, "traders": [trader]}, 201)
    assert one["traders"] == [{"trader": trader, "name": "示范烟酒店"}]
    path = f"counterfeits/{one['entry']}"
    assert get(network, path, network.by("clerk", "staff", person="P2"))["traders"] == one["traders"]
    assert get(network, path, network.by("association", "staff", person="P5"))["traders"] == []
    assert [each["mark"] for each in get(network, "counterfeits?q=激光防伪")["items"]] == ["云岭"]
    gone = {**MARK, "revision": 1, "withdrawn": True, "why": "商标注销"}
    assert network.centre.put(f"/api/v1/counterfeits/{one['entry']}", json=gone).status_code == 200
    assert get(network, "counterfeits")["items"] == []
    assert [each["mark"] for each in get(network, "counterfeits?withdrawn=true")["items"]] == ["云岭"]
