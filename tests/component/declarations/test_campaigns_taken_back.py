"""A campaign that was opened by mistake is taken back over HTTP, before the first ballot and never after it."""

import json
from typing import Any

import pytest

from shared.errors import Conflict
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE
from tests.component.declarations.voting import campaign, start, vote


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def take_back(bureau: HttpBureau, one: str, by: str = "office", reason: str = "评价人选错") -> Any:
    return bureau.post(by, "campaigns/take-back", {"campaigns": [one], "reason": reason})


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["errors"][0]["code"] if "errors" in answer.json else answer.json["code"]


def test_whoever_opened_it_takes_it_back_and_its_subjects_are_graded_by_another(bureau: HttpBureau) -> None:
    (opened,) = start(bureau.inner, campaign())
    one = opened["campaign"]
    with pytest.raises(Conflict, match=r"campaign\.repeated"):
        start(bureau.inner, campaign())
    assert refused(take_back(bureau, one, by="PS")) == (403, "campaign.not_organiser")
    assert refused(take_back(bureau, one, by="K1")) == (403, "step.not_yours")
    assert take_back(bureau, one, reason=" ").status_code == 422
    assert take_back(bureau, one).json["campaigns"][0]["status"] == "withdrawn"
    body = json.loads(
        bureau.inner.rows(
            "SELECT body FROM declarations.outbox WHERE event NOT LIKE '%NoticeGiven%' ORDER BY id DESC LIMIT 1"
        )[0]["body"]
    )
    assert {(state["status"], state["revision"]) for state in body} == {("withdrawn", 2)}
    assert bureau.get("P9", f"campaigns?cycle={CYCLE}&to_vote=true").json["items"] == []
    with pytest.raises(Conflict, match=r"campaign\.state"):
        vote(bureau.inner, "P9", one, PS="优")
    assert refused(take_back(bureau, one)) == (409, "campaign.state")
    (again,) = start(bureau.inner, campaign())
    vote(bureau.inner, "P9", again["campaign"], PS="优")
    row = next(
        each
        for each in bureau.get("PS", f"forms/subjective?cycle={CYCLE}&period=2026-H1").json["rows"]
        if each["indicator"] == "11-04-06"
    )
    assert row["status"] == "open"


def test_from_the_first_ballot_on_it_stands(bureau: HttpBureau) -> None:
    (opened,) = start(bureau.inner, campaign())
    vote(bureau.inner, "P9", opened["campaign"], PS="优")
    assert refused(take_back(bureau, opened["campaign"])) == (409, "campaign.begun")
    bureau.inner.ask("close_campaigns", "office", {"campaigns": [opened["campaign"]]})
    assert refused(take_back(bureau, opened["campaign"])) == (409, "campaign.state")
