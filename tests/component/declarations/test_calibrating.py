"""A campaign calibrated: raw and adjusted side by side, told to those who run campaigns, and never a ballot."""

import json
from decimal import Decimal
from typing import Any

import pytest

from shared.errors import Conflict, Forbidden, NotFound
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.voting import campaign, start, vote

VOTES = {
    "P9": {"PS": "优", "QS": "好", "Q10": "好"},
    "H9": {"PS": "好", "QS": "一般", "Q10": "一般"},  # severer than the others by one grade throughout
    "P10": {"PS": "优", "QS": "好"},
    "H10": {"QS": "好", "Q10": "一般"},
    "P8": {"PS": "优", "Q10": "好"},
}


def closed(bureau: Bureau, votes: dict[str, dict[str, str]], tokens: int = 0) -> str:
    (opened,) = start(bureau, campaign(tokens=tokens))
    for rater, own in votes.items():
        vote(bureau, rater, opened["campaign"], **own)
    for token in opened["tokens"].get("recipients", [])[:1]:
        bureau.ask("cast_with_token", "office", {"campaign": opened["campaign"], "token": token, "votes": {"PS": "差"}})
    bureau.ask("close_campaigns", "K1", {"campaigns": [opened["campaign"]]})
    return str(opened["campaign"])


def calibrated(bureau: Bureau, one: str, by: str = "office") -> dict[str, Any]:
    found: dict[str, Any] = bureau.ask("calibrate_campaign", by, {"campaign": one})
    return found


def test_raw_and_adjusted_stand_side_by_side(bureau: Bureau):
    one = closed(bureau, VOTES)
    found = calibrated(bureau, one)
    subjects = {one["subject"]: one for one in found["subjects"]}
    assert (found["ballots"], found["told"], found["unlinked"]) == (5, True, [])
    assert subjects["PS"]["votes"] == 4
    assert Decimal(subjects["PS"]["raw"]) == Decimal("0.9625")  # (1 + 0.85 + 1 + 1) ÷ 4
    assert subjects["PS"]["raw_points"] == Decimal("14.44")  # 15 × 0.9625 = 14.4375
    assert Decimal(found["variance"]["severity"]) > 0
    assert any(one["adjusted"] != one["raw"] for one in found["subjects"])
    assert all(Decimal(one["error"]) > 0 for one in found["subjects"])
    assert found["agreement"]["krippendorff_alpha"] is not None
    assert found["signals"] is None  # for the panel's eyes
    assert calibrated(bureau, one, by="K1")["signals"]["judged"] == 0


def test_nothing_of_a_single_ballot_is_told(bureau: Bureau):
    found = calibrated(bureau, closed(bureau, VOTES, tokens=1))
    (peers, recipients) = found["groups"]
    assert (recipients["ballots"], recipients["severity"]) == (1, None)
    assert peers["severity"] is None  # or the one ballot could be subtracted
    told = json.dumps(found, default=str)
    assert all(rater not in told for rater in ("P9", "H9", "P10", "H10", "P8"))
    few = calibrated(bureau, _second(bureau, {"P9": VOTES["P9"], "H9": VOTES["H9"]}))
    assert (few["told"], few["subjects"], few["agreement"]) == (False, [], None)


def test_the_same_votes_give_the_same_figures(bureau: Bureau):
    one = closed(bureau, VOTES)
    assert calibrated(bureau, one) == calibrated(bureau, one)


def test_only_a_closed_campaign_and_only_for_those_who_run_them(bureau: Bureau):
    (opened,) = start(bureau, campaign())
    with pytest.raises(Conflict, match=r"campaign\.open"):
        calibrated(bureau, opened["campaign"])
    with pytest.raises(Forbidden):
        calibrated(bureau, opened["campaign"], by="P9")
    with pytest.raises(NotFound):
        calibrated(bureau, "nothing")


def _second(bureau: Bureau, votes: dict[str, dict[str, str]]) -> str:
    (opened,) = start(bureau, {**campaign(), "period": "2026-H2"})
    for rater, own in votes.items():
        vote(bureau, rater, opened["campaign"], **own)
    bureau.ask("close_campaigns", "K1", {"campaigns": [opened["campaign"]]})
    return str(opened["campaign"])
