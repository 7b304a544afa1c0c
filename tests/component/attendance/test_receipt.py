"""Plausibility is measured against the moment at which a punch came, however late somebody lets it count."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.attendance.storage.tables import devices
from services.attendance.usecases import apart, punches
from shared.clock import SHANGHAI
from shared.contracts.attendance import punches as of_punches
from tests.component.attendance.conftest import BUREAU, QUERY, Bureau, actor


def came(bureau: Bureau, state: str = "stored") -> list[datetime]:
    page = bureau.do(punches.list_punches, QUERY | {"state": state})
    return [one["received_at"] for one in page["items"]]


@pytest.fixture
def waiting(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> tuple[Bureau, datetime]:
    """A clock nobody approved told, five days ago, what was to be yesterday, and what was then."""
    then = datetime.now(UTC).replace(microsecond=0) - timedelta(days=5)
    ahead = (then + timedelta(days=4)).astimezone(SHANGHAI)
    with monkeypatch.context() as patched:
        patched.setattr(punches, "now", lambda: then)
        lines = [f"{one:%Y-%m-%d %H:%M:%S}" for one in (ahead, then.astimezone(SHANGHAI))]
        bureau.push(*[("1", line) for line in lines])
    return bureau, then


def test_what_was_ahead_of_its_time_when_it_came_is_in_doubt_though_its_day_is_over(
    waiting: tuple[Bureau, datetime],
) -> None:
    bureau, then = waiting
    assert bureau.approve()["released"] == 2
    assert (bureau.count("punches"), bureau.count("suspect_punches")) == (1, 1)
    assert (came(bureau), came(bureau, "suspect")) == ([then], [then])


def test_what_somebody_accepted_keeps_the_moment_at_which_it_came(waiting: tuple[Bureau, datetime]) -> None:
    bureau, then = waiting
    bureau.approve()
    (doubted,) = bureau.do(punches.list_punches, QUERY | {"state": "suspect"})["items"]
    key = {name: doubted[name] for name in ("device", "pin", "time", "status", "verify")}
    decision = {**key, "time": key["time"].isoformat(), "accept": True}
    bureau.do(apart.decide_punches, of_punches.decide_punches.decode({"punches": [decision]}))
    assert came(bureau) == [then, then]


@pytest.mark.parametrize(("more", "counted"), [({"accept": False}, 1), ({"accept": True, "correct_to": True}, 2)])
def test_what_was_refused_or_corrected_stays_so_when_the_clock_sends_it_again(
    waiting: tuple[Bureau, datetime], more: dict[str, bool], counted: int
) -> None:
    bureau, then = waiting
    bureau.approve()
    (doubted,) = bureau.do(punches.list_punches, QUERY | {"state": "suspect"})["items"]
    decide(
        bureau,
        "suspect",
        doubted,
        more
        | ({"correct_to": (then - timedelta(hours=1)).isoformat(), "reason": "时钟错"} if "correct_to" in more else {}),
    )
    assert bureau.push(("1", f"{doubted['time'].astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"))["new"] == 0
    assert (bureau.count("punches"), bureau.count("suspect_punches")) == (counted, 1)


def test_what_was_refused_of_a_clock_that_waited_stays_refused_when_it_is_approved(
    waiting: tuple[Bureau, datetime],
) -> None:
    bureau, _ = waiting
    ahead = bureau.do(punches.list_punches, QUERY | {"state": "quarantined"})["items"][-1]
    with bureau.sessions.begin(actor("hr", person="P7")) as session:
        session.execute(devices.update().values(bureau=BUREAU))
    decide(bureau, "quarantined", ahead, {"accept": False})
    bureau.approve()
    bureau.push(("1", f"{ahead['time'].astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"))
    assert (bureau.count("punches"), bureau.count("suspect_punches")) == (1, 0)


def decide(bureau: Bureau, state: str, punch: dict[str, Any], verdict: dict[str, Any]) -> None:
    key = {name: punch[name] for name in ("device", "pin", "status", "verify")}
    decision = {**key, "state": state, "time": punch["time"].isoformat(), **verdict}
    bureau.do(apart.decide_punches, of_punches.decide_punches.decode({"punches": [decision]}))
