"""From where a clock may speak."""

from datetime import UTC, datetime, timedelta

from services.attendance.domain.addresses import Known, suspicions

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
HERE, THERE = "10.20.0.7", "10.20.0.8"


def known(**more: object) -> Known:
    facts = {"networks": (), "addresses": (HERE,), "address": HERE, "previous": "", "left": None, **more}
    return Known(**facts)  # type: ignore[arg-type]


def test_the_first_address_is_nothing_new() -> None:
    assert suspicions(known(addresses=(), address=""), HERE, AT) == []


def test_another_address_is_a_move() -> None:
    assert suspicions(known(), THERE, AT) == ["moved"]


def test_within_its_networks_it_may_move() -> None:
    assert suspicions(known(networks=("10.20.0.0/24",)), THERE, AT) == []


def test_outside_of_its_networks_it_is_elsewhere() -> None:
    assert suspicions(known(networks=("10.20.0.0/24",)), "10.9.9.9", AT) == ["elsewhere"]


def test_who_is_back_at_once_never_left() -> None:
    before = known(addresses=(HERE, THERE), address=THERE, previous=HERE, left=AT - timedelta(minutes=3))
    assert suspicions(before, HERE, AT) == ["twice"]
    assert suspicions(before, HERE, AT + timedelta(hours=1)) == []
