"""The twelve indicators over HTTP, with numbers that were published: each share from its own counts, rounded half up once."""

from typing import Any

from tests.component.complaints.network import Network, network

__all__ = ["network"]

PERIOD = "since=2026-06-01&until=2026-08-31"
STEP = 500


def registered(network: Network, number: int) -> list[str]:
    plain = {"kind": "complaint", "intake_unit": "C01", "summary": "退款纠纷", "trader": "云汀百货"}
    found: list[str] = []
    for first in range(0, number, STEP):
        answer = network.post("cases", {"cases": [plain] * min(STEP, number - first)}, now="2026-06-01")
        assert answer.status_code == 201, answer.text
        found += [one["case"] for one in answer.json["cases"]]
    return found


def took(network: Network, cases: list[str], step: str, now: str = "2026-06-02", **given: Any) -> None:
    for first in range(0, len(cases), STEP):
        body = {"cases": [{"case": one, **given} for one in cases[first : first + STEP]]}
        answer = network.post(f"cases/{step}", body, now=now)
        assert answer.status_code == 200, answer.text


def share(network: Network, figure: str, query: str = "") -> Any:
    answer = network.centre.get(f"/api/v1/case-figures/period?{PERIOD}{query}").json
    one = next(each for each in answer["figures"] if each["figure"] == figure)
    return one["numerator"], one["denominator"], one["value"], one["over"]


def test_the_published_shares_come_out_to_the_cent(network: Network) -> None:
    cases = registered(network, 1029)
    took(network, cases, "accept", "2026-06-03")
    took(network, cases[:409], "conclude", "2026-06-04", outcome="agreement")
    took(network, cases[409:], "conclude", "2026-06-04", outcome="terminated", termination_ground="3")
    assert share(network, "mediation_success") == ("409", "1029", "39.75", "已受理并办结件数")
    assert share(network, "mediation_success", "&denominator=accepted") == ("409", "1029", "39.75", "受理件数")
    took(network, cases[:899], "follow-up", "2026-06-05", answered=True, satisfaction="fair")
    assert share(network, "follow_ups")[:3] == ("899", "1029", "87.37")
    assert share(network, "follow_up_satisfaction")[:3] == ("0", "899", "0.00")
    walked, after = 0, ""
    while after is not None:
        query = f"figure=mediation_success&unit=C01&limit=500{after}"
        page = network.centre.get(f"/api/v1/case-figures/period/facts?{PERIOD}&{query}").json
        walked += sum(float(one["numerator"]) == 1 for one in page["items"])
        after = f"&after={page['next']}" if page["next"] else None
    assert walked == 409, "every success can be walked down to its case"


def test_a_share_of_two_hundred_and_forty_one(network: Network) -> None:
    cases = registered(network, 241)
    took(network, cases, "assign", unit="S01", handler="P2")
    took(network, cases, "accept", "2026-06-03")
    took(network, cases, "conclude", "2026-06-04", outcome="settled")
    took(network, cases[:92], "follow-up", "2026-06-05", answered=True, satisfaction="satisfied")
    took(network, cases[92:], "follow-up", "2026-06-05", answered=True, satisfaction="fair")
    assert share(network, "follow_up_satisfaction") == ("92", "241", "38.17", "有效回访件数")
    assert share(network, "follow_up_satisfaction", "&unit=S02") == ("0", "0", None, "有效回访件数")


def test_whose_figures_one_may_not_see_their_cases_one_may_not_walk_down_to(network: Network) -> None:
    stranger, head = network.by("P3", "staff", person="P3"), network.by("head.S01", heads="S01")
    path = f"/api/v1/case-figures/period/facts?{PERIOD}&unit=S01"
    assert (stranger.get(path).status_code, head.get(path).status_code) == (403, 200)
    assert network.centre.get("/api/v1/case-figures/period/facts?since=2026-06-02&until=2026-06-01").status_code == 422
    assert network.centre.get(f"/api/v1/case-figures/period/facts?{PERIOD}&figure=nothing").status_code == 422
