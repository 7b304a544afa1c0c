"""Plausibility is measured against the moment at which a punch came, however late somebody lets it count."""

from datetime import UTC, datetime, timedelta

import pytest

from services.attendance.usecases import apart, punches
from shared.clock import SHANGHAI
from shared.contracts.attendance import punches as of_punches
from tests.component.attendance.conftest import QUERY, Bureau


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
