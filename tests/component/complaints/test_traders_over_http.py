"""The register of traders over HTTP: cases find their trader, double entries are merged and parted, what is on record is counted."""

from threading import Thread
from typing import Any

from services.complaints.domain.credit_codes import check_sign
from services.complaints.storage.knowledge_tables import case_traders, trader_names, traders
from services.complaints.storage.traders import Traders
from services.complaints.usecases.linking import link_old
from shared.ids import new_id
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_calendar_race import until_it_waits

__all__ = ["network"]

CODE = "91350100M000100Y43"
OTHER = (first := "91350100M000200Y4") + check_sign(first)


def get(network: Network, path: str, by: Any = None, status: int = 200) -> Any:
    answer = (by or network.centre).get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.text
    return answer.json


def post(network: Network, path: str, body: Any, status: int = 200, by: Any = None) -> Any:
    answer = network.post(path, body, by)
    assert answer.status_code == status, answer.text
    return answer.json


def named(network: Network, q: str) -> Any:
    items = get(network, f"traders?q={q}")["items"]
    assert len(items) == 1
    return get(network, f"traders/{items[0]['trader']}")


def agreed(network: Network, case: str) -> None:
    network.took(case, "assign", "2026-03-02", unit="S01", handler="P2")
    network.took(case, "accept", "2026-03-03")
    for party in ("consumer", "trader"):
        network.took(case, "consent", "2026-03-03", party=party)
    network.took(case, "mediate", "2026-03-04")
    network.took(case, "conclude", "2026-03-05", outcome="agreement", recovered="120.50", form="record")


def test_cases_find_their_trader_by_code_or_exact_name_and_what_is_on_record_is_counted(network: Network) -> None:
    first = network.register("2026-03-01", trader="示范超市", trader_code=CODE, goods="酸奶", number="A-1")
    network.register("2026-03-01", trader="示范超市有限公司", trader_code=CODE.lower(), goods="面包", number="A-2")
    network.register("2026-03-01", trader="示范超市", goods="酸奶", kind="report", number="A-3")
    agreed(network, first)
    shop = named(network, "示范超市")
    assert (shop["credit_code"], shop["cases"], shop["names"]) == (CODE, 3, ["示范超市"])
    year, yoghurt, bread = shop["credit"]
    assert (year["year"], year["goods"], year["complaints"], year["reports"], year["upheld"]) == ("2026", None, 2, 1, 1)
    assert (bread["goods"], bread["complaints"], yoghurt["goods"], yoghurt["upheld"]) == ("面包", 1, "酸奶", 1)
    assert (year["recovered"], year["penalties"], year["failed"]) == ("120.50", 0, 0)
    assert {one["how"] for one in shop["latest"]} == {"code", "name"}


def test_a_wrong_code_is_refused_where_it_stands(network: Network) -> None:
    plain = {"kind": "complaint", "intake_unit": "C01", "summary": "x", "trader": "y", "trader_code": CODE[:-1] + "1"}
    network.refused(network.post("cases", {"cases": [plain]}), 422, "trader.credit_code")
    network.refused(network.post("traders", {"name": "甲", "credit_code": "123"}), 422, "trader.credit_code")
    post(network, "traders", {"name": "甲", "credit_code": CODE}, 201)
    network.refused(network.post("traders", {"name": "乙", "credit_code": CODE}), 409, "trader.code_taken")


def test_a_double_entry_is_merged_and_parted_again(network: Network) -> None:
    network.register("2026-03-01", trader="云汀百货")
    network.register("2026-03-01", trader="云汀百货店")
    two, one = (item["trader"] for item in get(network, "traders?sort=-name")["items"])
    merged = post(network, f"traders/{two}/merge", {"into": one, "why": "同一家店"})
    assert (merged["cases"], merged["names"]) == (2, ["云汀百货", "云汀百货店"])
    network.register("2026-03-02", trader="云汀百货店")
    assert get(network, f"traders/{one}")["cases"] == 3
    network.refused(network.post(f"traders/{two}/merge", {"into": one, "why": "再来"}), 409, "trader.merged")
    (merge,) = get(network, f"traders/{two}")["merges"]
    parted = post(network, f"trader-merges/{merge['merge']}/undo", {})
    assert (parted["cases"], parted["names"], parted["merged_into"]) == (1, ["云汀百货店"], None)
    kept = get(network, f"traders/{one}")
    assert (kept["cases"], kept["merges"][0]["undone_by"]) == (2, "centre")
    network.refused(network.post(f"trader-merges/{merge['merge']}/undo", {}), 409, "trader.parted")


def test_two_traders_with_codes_are_never_merged(network: Network) -> None:
    one = post(network, "traders", {"name": "甲", "credit_code": CODE}, 201)["trader"]
    two = post(network, "traders", {"name": "乙", "credit_code": OTHER}, 201)["trader"]
    network.refused(network.post(f"traders/{two}/merge", {"into": one, "why": "像"}), 409, "trader.two")


def test_the_entry_that_has_the_code_stays(network: Network) -> None:
    coded = post(network, "traders", {"name": "甲", "credit_code": CODE}, 201)["trader"]
    plain = post(network, "traders", {"name": "甲店"}, 201)["trader"]
    network.refused(network.post(f"traders/{coded}/merge", {"into": plain, "why": "同一家店"}), 409, "trader.has_code")
    merged = post(network, f"traders/{plain}/merge", {"into": coded, "why": "同一家店"})
    assert (merged["credit_code"], merged["names"]) == (CODE, ["甲", "甲店"])
    parted = post(network, f"trader-merges/{merged['merges'][0]['merge']}/undo", {})
    assert (parted["credit_code"], get(network, f"traders/{coded}")["credit_code"]) == ("", CODE)


def test_cases_are_not_linked_with_an_entry_that_is_being_merged(network: Network) -> None:
    case = network.register("2026-03-01", trader="别家店")
    one = post(network, "traders", {"name": "甲"}, 201)["trader"]
    two = post(network, "traders", {"name": "甲店"}, 201)["trader"]
    client, answers = network.centre, list[Any]()
    told = {"gone": two, "stays": one, "why": "同一家店", "merge": new_id(), "merged_by": "centre"}
    linking = Thread(target=lambda: answers.append(client.post(f"/api/v1/traders/{two}/cases", json={"cases": [case]})))
    with network.world.service.begin_handling([]) as session:
        register = Traders(session, "B00")
        register.hold()
        register.merge(told, network.today.moment("2026-03-02"))
        linking.start()
        until_it_waits(network)
    linking.join(10)
    network.refused(answers[0], 409, "trader.merged")


def test_cases_that_were_there_before_the_register_are_linked_with_the_same_figures(network: Network) -> None:
    for number in range(3):
        network.register("2026-03-01", trader="旧店", number=f"B-{number}")
    before = get(network, "cases/traders?q=旧店")["items"]
    with network.world.service.begin_handling([]) as session:
        for table in (case_traders, trader_names, traders):
            session.execute(table.delete())
    assert link_old(network.world.service, "B00") == 3
    assert link_old(network.world.service, "B00") == 0
    assert before == [{"trader": "旧店", "cases": 3}]
    assert named(network, "旧店")["cases"] == 3


def test_a_corrected_name_links_the_case_anew_but_never_what_a_hand_has_linked(network: Network) -> None:
    case, other = network.register("2026-03-01", trader="错字店"), network.register("2026-03-01", trader="另一店")
    right = post(network, "traders", {"name": "正字店"}, 201)["trader"]
    post(network, f"traders/{right}/cases", {"cases": [other]})
    for one in (case, other):
        network.took(one, "correct", "2026-03-02", event=1, changes={"trader": "正字店"}, why="写错了")
    link_old(network.world.service, "B00")
    shown = get(network, f"traders/{right}")
    assert sorted((one["case"], one["how"]) for one in shown["latest"]) == sorted([(case, "name"), (other, "hand")])


def test_a_corrected_name_leaves_the_trader_whose_code_was_given(network: Network) -> None:
    case = network.register("2026-03-01", trader="错字店", trader_code=CODE)
    network.took(case, "correct", "2026-03-02", event=1, changes={"trader": "正字店"}, why="写错了")
    assert link_old(network.world.service, "B00") == 0
    (shop,) = get(network, "traders")["items"]
    assert (shop["credit_code"], shop["cases"]) == (CODE, 1)


def test_who_may_not_see_what_is_on_record_is_shown_none_of_it(network: Network) -> None:
    network.register("2026-03-01", trader="云汀百货")
    code = get(network, "traders")["items"][0]["trader"]
    association = network.by("association", "staff", person="P5")
    shown = get(network, f"traders/{code}", association)
    assert (shown["credit"], shown["latest"], shown["may"]) == (None, [], [])
    get(network, "traders", network.by("nobody", "devices"), 403)
    network.refused(network.post("traders", {"name": "甲"}, network.by("clerk", "staff", person="P2")), 403)
    head = network.by("head", person="P6", heads="S01")
    post(network, "traders", {"name": "乙", "unit": "S01", "place": "示范路1号"}, 201, head)


def test_no_count_tells_an_association_of_reports(network: Network) -> None:
    """Nor does a merge that moved them; who is of the bureau is told of all."""
    network.register("2026-03-01", trader="云汀百货")
    network.register("2026-03-01", trader="云汀百货", kind="report", number="R-1")
    network.register("2026-03-01", trader="云汀分店", kind="report", number="R-2")
    listed = {one["name"]: one["trader"] for one in get(network, "traders")["items"]}
    post(network, f"traders/{listed['云汀分店']}/merge", {"into": listed["云汀百货"], "why": "同一家店"})
    shop, hints = f"traders/{listed['云汀百货']}", {"trader": "云汀百货"}
    clerk, association = network.by("clerk", "staff", person="P2"), network.by("association", "staff", person="P5")
    for reader, told in ((network.centre, 3), (clerk, 3), (association, 1)):
        assert get(network, shop, reader)["cases"] == told
        assert [one["cases"] for one in get(network, "traders", reader)["items"]] == [told]
        assert [one["cases"] for one in post(network, "cases/hints", hints, by=reader)["traders"]] == [told]
        assert [one["cases"] for one in get(network, shop, reader)["merges"]] == ([1] if told == 3 else [])
    named = [{"trader": "云汀分店", "cases": 1}, {"trader": "云汀百货", "cases": 2}]
    assert get(network, "cases/traders?q=云汀", clerk)["items"] == named
    assert get(network, "cases/traders?q=云汀", association)["items"] == [{"trader": "云汀百货", "cases": 1}]
