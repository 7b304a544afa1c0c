"""A campaign with a bloc of three among twelve peers: what counts, what is told of it and to whom, and what the office sees before."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.declarations.storage import projections
from tests.component.declarations.over_http import HttpBureau, http_bureau
from tests.component.declarations.states import CYCLE, actor, person
from tests.component.declarations.voting import counted
from tests.properties.declarations.test_collusion import campaign, cast_of
from tests.support.databases import Databases

ITEM, PERIOD = "11-04-06", "2026-H1"
BALLOTS, BLOC = campaign(3, 3)
PEERS = [f"P{number:02}" for number in range(12)]
THEIRS = {f"P{number:02}" for number in BLOC}


@pytest.fixture(params=["plain", "robust", "trimmed"])
def closed(database: Databases, tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    with http_bureau(database, tmp_path) as bureau:
        bureau.inner.handle(projections.keep_persons, *(person(one, "S01", "routine_supervision") for one in PEERS))
        entry = {
            "indicator": ITEM,
            "period": PERIOD,
            "subjects": PEERS,
            "groups": [{"group": "peers", "raters": PEERS}],
        }
        body = {"cycle": CYCLE, "campaigns": [{**entry, "combination": request.param}]}
        opened = bureau.post("office", "campaigns", body)
        assert opened.status_code == 201, opened.json
        (one,) = opened.json["campaigns"]
        assert one["combination"] == request.param
        for rater, (_, votes) in zip(PEERS, cast_of(BALLOTS), strict=True):
            ballot = {"campaign": one["campaign"], "votes": votes}
            bureau.inner.ask("cast_ballots", actor(rater), {"ballots": [ballot]})
        assert bureau.post("office", "campaigns/close", {"campaigns": [one["campaign"]]}).status_code == 200
        yield bureau, one["campaign"], request.param


def means(votes: dict[str, dict[str, int]]) -> dict[str, float]:
    values = {"优": 1.0, "好": 0.85, "一般": 0.7, "可以": 0.6, "差": 0.4}
    return {one: sum(values[g] * n for g, n in own.items()) / sum(own.values()) for one, own in votes.items()}


def test_what_counts_is_what_the_campaign_says(closed: tuple[HttpBureau, str, str]) -> None:
    bureau, one, combination = closed
    votes = counted(bureau.inner, one)
    assert {code: sum(own.values()) for code, own in votes.items()} == {
        code: 11 if combination == "plain" else 9 if code in THEIRS else 8 for code in PEERS
    }
    first = sorted(PEERS, key=lambda code: -means(votes)[code])[:3]
    assert (len({*first} & THEIRS) > 1) == (combination == "plain")
    told = bureau.get("office", f"campaigns/{one}").json
    assert {one["subject"]: sum(map(float, one["counts"].values())) for one in told["evaluations"]} == {
        code: sum(own.values()) for code, own in votes.items()
    }
    apart = {one["subject"]: one["groups"][0]["counts"] for one in told["evaluations"]}
    assert {code: {g: int(float(n)) for g, n in own.items()} for code, own in apart.items()} == votes


def test_both_means_stand_beside_each_other_but_never_tell_two_ballots(closed: tuple[HttpBureau, str, str]) -> None:
    bureau, one, combination = closed
    told = bureau.get("K1", f"campaigns/{one}/calibration").json
    assert (told["combination"], told["signals"]["blocs"]) == (combination, [3])
    plain = np.nanmean(BALLOTS, axis=0)
    robust = np.nanmean(np.delete(BALLOTS, sorted(BLOC), axis=0), axis=0)
    for subject in told["subjects"]:
        place = PEERS.index(subject["subject"])
        own: dict[str, float | None] = {"plain": plain[place], "robust": robust[place]}
        assert float(subject["raw"]) == pytest.approx(own["plain" if combination == "plain" else "robust"], abs=1e-4)
        if subject["subject"] in THEIRS:  # two of the three voted on each of them
            own["robust" if combination == "plain" else "plain"] = None
        told_of = {name: None if subject[name] is None else float(subject[name]) for name in own}
        assert told_of == pytest.approx(own, abs=1e-4)
    assert bureau.get("office", f"campaigns/{one}/calibration").json["signals"] is None


def test_the_office_sees_before_how_many_colluders_a_campaign_withstands(database: Databases, tmp_path: Path) -> None:
    with http_bureau(database, tmp_path) as bureau:
        asked = "campaigns/simulation?raters=12"
        told = bureau.get("office", asked).json
        assert [one["colluders"] for one in told["items"]] == [1, 2, 3, 4, 5]
        three = told["items"][2]
        assert three["chance"] == "0.75"
        assert float(three["open"]["plain"]) > 2
        assert float(three["open"]["robust"]) <= 1
        assert told["withstands"]["open"]["plain"] < 3 <= told["withstands"]["open"]["robust"]
        assert bureau.get("PS", asked).status_code == 403
        assert bureau.get("office", f"{asked}&subjects=1").status_code == 422
