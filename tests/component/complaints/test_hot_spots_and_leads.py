"""Hot spots are found once a day and told once; what the centre learns goes to a line as a lead, and comes back as an order's state."""

from datetime import date
from typing import Any

from sqlalchemy import select, text

from services.complaints.storage.supervision_tables import case_notices
from services.complaints.usecases.hot_spots import look_for_hot_spots
from services.complaints.usecases.leads import take_orders
from shared.events import TaskOrderChanged
from shared.jsontext import loads
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_goods_over_http import PLAN, RESULT, sample, stepped
from tests.component.complaints.test_traders_over_http import get, post

LINE = "supervision_of_platforms_and_of_auctions"  # the bureau's own, as long as a line's code may be

__all__ = ["network"]


def look(network: Network, day: str) -> int:
    network.today.now = network.today.moment(day)
    with network.world.service.begin_handling([]) as session:
        return look_for_hot_spots(session, "B00")


def notices(network: Network) -> list[str]:
    with network.world.service.begin_handling([]) as session:
        chosen = select(case_notices.c.content).where(case_notices.c.kind == "hot_spot")
        return [row["zh"] for row in session.scalars(chosen)]


def pile_up(network: Network) -> None:
    """One of yoghurt a month before, five of one shop in a week; phones come one a week."""
    for week, day in enumerate(("2026-05-04", "2026-05-11", "2026-05-18", "2026-05-25", "2026-06-01")):
        network.register(day, goods="手机", trader=f"手机店{week}", intake_unit="C01")
    network.register("2026-05-05", goods="酸奶", trader="某店")
    for number in range(5):
        network.register("2026-06-02", goods="酸奶", trader="示范超市", number=f"H-{number}", kind="report")


def test_a_week_that_is_hot_is_found_and_told_once(network: Network) -> None:
    pile_up(network)
    assert look(network, "2026-06-03") == 3
    assert look(network, "2026-06-03") == 0
    network.register("2026-06-03", goods="酸奶", trader="示范超市", number="H-9")
    assert look(network, "2026-06-04") == 0, "what was told is not told again"
    found = {one["kind"]: one for one in get(network, "hot-spots?on=2026-06-07")["items"]}
    goods, trader, place = (found[kind] for kind in ("goods", "trader", "place"))
    assert (goods["about"], goods["cases"], goods["former"], goods["mean"]) == ("酸奶", 6, 1, "0.1")
    assert (trader["name"], trader["cases"], trader["week"]) == ("示范超市", 6, "2026-06-01")
    assert (place["about"], place["cases"], place["former"]) == ("C01", 7, 5)
    assert sorted("酸奶" in one for one in notices(network)) == [False, False, True]
    assert [one["kind"] for one in get(network, "hot-spots?on=2026-06-07&kind=place")["items"]] == ["place"]
    assert get(network, "hot-spots?on=2026-05-31")["items"] == []
    network.refused(network.by("P2", "staff", person="P2").get("/api/v1/hot-spots"), 403)


def test_withdrawn_cases_and_enquiries_make_nothing_hot(network: Network) -> None:
    for number in range(5):
        case = network.register("2026-06-02", goods="酸奶", number=f"W-{number}", trader=f"店{number}")
        network.took(case, "withdraw", "2026-06-02")
        network.register("2026-06-02", goods="酸奶", kind="enquiry", trader="")
    assert look(network, "2026-06-03") == 0


def lead(network: Network, source: str, code: str, status: int = 201, **more: Any) -> Any:
    plain = {"line": LINE, "unit": "S01", "title": "乳制品专项检查", "text": "查冷藏"}
    given = {**plain, "source": source, "source_code": code, "deadline": "2026-06-30", **more}
    return post(network, "leads", given, status)


def told(network: Network) -> list[Any]:
    statement = "SELECT body FROM complaints.outbox WHERE event = 'complaints.LeadRaised.v1' ORDER BY id"
    with network.world.service.begin_handling([]) as session:
        return [one for body in session.scalars(text(statement)) for one in loads(body)]


def order(name: str, status: str, revision: int) -> TaskOrderChanged:
    state: dict[str, Any] = {
        "bureau": "B00",
        "cycle": "2026",
        "order": name,
        "revision": revision,
        "indicator": "01-01-01",
        "subject": "S01",
        "layer": "station",
        "period": "2026-M06",
        "status": status,
        "counts": {},
        "issued_by": "K1",
        "judged_by": None,
        "by": "K1",
    }
    return TaskOrderChanged(**state)


def test_a_lead_from_a_hot_spot_is_told_and_hears_what_became_of_it(network: Network) -> None:
    pile_up(network)
    look(network, "2026-06-03")
    spot = get(network, "hot-spots?on=2026-06-03&kind=goods")["items"][0]["spot"]
    one = lead(network, "hot_spot", spot)
    assert one["about"].startswith("商品或服务“酸奶”2026-06-01一周 5 件，前 12 周共 1 件")
    (state,) = told(network)
    assert (state["lead"], state["status"], state["unit"], state["cycle"]) == (one["lead"], "raised", "S01", "2026")
    with network.world.service.begin_handling([]) as session:
        take_orders(session, [order(one["lead"], "accepted", 2), order("another", "issued", 1)])
        take_orders(session, [order(one["lead"], "issued", 1)])
    (shown,) = get(network, "leads?status=ordered")["items"]
    assert (shown["task_order"], shown["order_status"], shown["may"]) == (one["lead"], "accepted", [])
    withdrawn = {"revision": 1, "reason": "误报"}
    network.refused(network.post(f"leads/{one['lead']}/withdraw", withdrawn), 409, "lead.settled")


def test_leads_come_from_failed_samples_and_upheld_reports_only(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-10")
    trader = post(network, "traders", {"name": "示范超市"}, 201)["trader"]
    plan = post(network, "goods-plans", PLAN, 201)["plan"]
    one = sample(network, plan, trader, "B1")
    network.refused(network.post("leads", _body("sample", one["sample"])), 409, "lead.source")
    stepped(network, one, "test", passed=False, items=["酵母"], **RESULT)
    sample_code = one["sample"]
    assert lead(network, "sample", sample_code)["about"] == "酸奶（批号 B1，示范超市）抽检不合格"
    secret = "举报人是其前员工"
    report = network.register("2026-06-10", kind="report", number="R-5", summary=secret, trader="示范超市")
    network.refused(network.post("leads", _body("case", report)), 409, "lead.source")
    network.took(report, "assign", "2026-06-10", unit="S01", handler="P2")
    network.took(report, "conclude", "2026-06-11", outcome="filed")
    assert lead(network, "case", report)["about"] == "举报件 R-5 查实立案"
    planted = {"title": "查 13900000077 所说", "text": "举报人王小明，电话13900000077"}
    one = lead(network, "case", report, **planted)
    assert (one["title"], one["text"]) == ("查 ＊＊＊ 所说", "举报人＊＊＊，电话＊＊＊")
    assert secret not in str(told(network))
    assert "13900000077" not in str(told(network))
    assert lead(network, "sample", sample_code, **planted)["title"] == planted["title"]
    network.refused(network.post("leads", _body("hot_spot", "nothing")), 409, "lead.source")


def test_a_lead_that_nobody_ordered_yet_is_withdrawn(network: Network) -> None:
    pile_up(network)
    look(network, "2026-06-03")
    spot = get(network, "hot-spots?on=2026-06-03&kind=goods")["items"][0]["spot"]
    one = lead(network, "hot_spot", spot)
    gone = post(network, f"leads/{one['lead']}/withdraw", {"revision": 1, "reason": "误报"})
    assert (gone["status"], gone["reason"]) == ("withdrawn", "误报")
    assert [state["status"] for state in told(network)] == ["raised", "withdrawn"]
    network.refused(network.post("leads", _body("hot_spot", spot), network.by("leader", "leader")), 403)
    elsewhere = {**_body("hot_spot", spot), "line": "routine_supervision"}
    network.refused(network.post("leads", elsewhere), 422, "line.unknown")
    late = {**_body("hot_spot", spot), "deadline": date(2026, 6, 2).isoformat()}
    network.refused(network.post("leads", late), 422, "lead.deadline")


def _body(source: str, code: str) -> dict[str, Any]:
    plain = {"line": LINE, "unit": "S01", "title": "检查", "text": "查", "deadline": "2026-06-30"}
    return {**plain, "source": source, "source_code": code}
