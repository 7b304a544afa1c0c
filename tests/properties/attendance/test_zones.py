"""A clock shows what its zone says; the bureau reads when that was, also after the clock was given other zones."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from services.attendance.domain.zones import BUREAU, Zones

ZONES = st.sampled_from([BUREAU, "Asia/Urumqi", "UTC", "Asia/Kolkata", "America/New_York"])
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = st.integers(0, 500_000)
_A_DAY = timedelta(days=1)


def shown(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@given(ZONES, MINUTES)
def test_a_time_is_when_the_clock_showed_it(zone: str, minutes: int) -> None:
    at = FIRST + timedelta(minutes=minutes)
    assume(not at.astimezone(ZoneInfo(zone)).fold)  # the hour that summer time shows twice
    assert Zones(zone).bureau_time(shown(at, zone)) == shown(at, BUREAU)


@given(st.lists(ZONES, min_size=2, max_size=4), st.lists(MINUTES, min_size=3, max_size=3), MINUTES)
def test_what_was_pressed_before_the_clock_got_another_zone_says_the_same_when_it_is_sent_again(
    zones: list[str], changes: list[int], minutes: int
) -> None:
    at = FIRST + timedelta(minutes=minutes)
    told, days = Zones(zones[0]), [FIRST + timedelta(minutes=one) for one in sorted(changes)]
    for zone, when in zip(zones[1:], days, strict=False):
        told = told.changed(zone).heard(when)
    used = zones[sum(day <= at for day in days[: len(zones) - 1])]
    assume(all(abs(at - day) > _A_DAY for day in days) and not at.astimezone(ZoneInfo(used)).fold)
    assume(all(later - day > _A_DAY for day, later in pairwise(days)))
    assert told.bureau_time(shown(at, used)) == shown(at, BUREAU)


@given(ZONES, ZONES, st.integers(-2_000, 2_000))
def test_what_was_pressed_before_the_change_is_the_time_that_is_read_or_one_that_it_had_before(
    before: str, after: str, minutes: int
) -> None:
    at, change = FIRST + timedelta(minutes=minutes), FIRST
    clock = Zones(before).changed(after).heard(change)
    sent = shown(at, before if at < change else after)
    assert shown(at, BUREAU) in {clock.bureau_time(sent)} | clock.former_times(sent)
    assert (clock.bureau_time(sent) == shown(at, BUREAU)) or (at < change)


def test_a_zone_that_the_clock_never_heard_of_leaves_nothing_behind() -> None:
    clock = Zones(BUREAU).changed("UTC").heard(FIRST)
    assert clock.changed("Asia/Urumqi").changed("UTC") == clock
    assert clock.changed("Asia/Kolkata").changed("Asia/Urumqi") == clock.changed("Asia/Urumqi")
    assert clock.heard(FIRST + _A_DAY) == clock
