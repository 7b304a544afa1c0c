"""Who acts in the simulated year: nobody verifies or assesses their own, and nobody does both (law 9)."""

from datetime import date

import pytest

from ops.demo.accounts import PANEL, accounts
from ops.demo.reference import units
from ops.demo.staff import SMALLEST, Member, staff
from ops.simulation import declaring
from ops.simulation.context import KEEPERS, Simulation
from ops.simulation.crowd import Crowd
from ops.simulation.declaring import NEVER, due_in
from ops.simulation.journal import Journal
from ops.simulation.ordering import wanted
from ops.simulation.world import SCORED_KINDS, Period, Subject, Unit, World
from tests.unit.ops.library import LIBRARY


def holders(members: list[Member]) -> dict[tuple[str, str | None], list[str]]:
    found: dict[tuple[str, str | None], list[str]] = {}
    for one in accounts(members):
        for grant in one.grants:
            found.setdefault((grant.role, grant.target), []).append(one.person)
    return found


def simulation(n: int) -> Simulation:
    members = staff(n)
    known = {one.code: Unit(one.code, one.name, one.kind, one.line) for one in units()}
    staffed = {member.unit for member in members}
    scored = [one for one in members if known[one.unit].kind in SCORED_KINDS]
    world = World(
        bureau="B00",
        cycle="2026",
        starts=date(2026, 1, 1),
        ends=date(2026, 12, 31),
        periods=[
            Period(f"2026-M{month:02d}", "monthly", date(2026, month, 1), date(2026, month, 28))
            for month in range(1, 13)
        ]
        + [Period("2026-Y", "yearly", date(2026, 1, 1), date(2026, 12, 31))],
        indicators=LIBRARY,
        units={code: unit for code, unit in known.items() if code in staffed},
        persons={one.code: Subject(one.code, "person", one.line, one.unit, one.head) for one in scored},
        names={one.code: one.name for one in members},
        leaders={one.position: one.code for one in members if one.unit == "B00"},
        positions={one.position: one.code for one in reversed(members)},
        holders=holders(members),
    )
    return Simulation("", world, Crowd("", []), 2026, Journal(), "")


@pytest.fixture(scope="module", params=[SMALLEST, 60, 300])
def sim(request: pytest.FixtureRequest) -> Simulation:
    return simulation(request.param)


def test_the_verifier_is_somebody_else_than_who_declares(sim: Simulation) -> None:
    for subject in sim.world.subjects:
        assert sim.verifier(subject) != sim.speaker(subject)


def test_the_assessor_is_neither_the_declarer_nor_the_verifier(sim: Simulation) -> None:
    for subject in sim.world.subjects:
        for indicator in sim.world.items(subject, "review", "electronic"):
            assessor = sim.assessor(subject.unit, indicator.assessor)
            assert assessor not in (sim.speaker(subject), sim.verifier(subject), subject.code)


def test_whoever_verifies_and_assesses_has_the_role_for_it(sim: Simulation) -> None:
    holders = sim.world.holders
    for subject in sim.world.subjects:
        for indicator in sim.world.items(subject, "review", "electronic"):
            verifier, assessor = (
                sim.verifier_of(subject, indicator),
                sim.assessor(subject.unit, indicator.assessor, but=sim.verifier_of(subject, indicator)),
            )
            kept = sim.world.desk(indicator) not in (None, subject.unit)
            heads = {one for (role, _), some in holders.items() if role in ("unit_head", "leader") for one in some}
            assert verifier in (holders[KEEPERS[indicator.source], None] if kept else heads)
            assert assessor in {*holders["panel", None], *holders.get(("assessor", indicator.assessor), [])}
            assert assessor not in (verifier, sim.speaker(subject))


def test_a_section_never_assesses_its_own_the_panel_does(sim: Simulation) -> None:
    panel = {sim.world.positions[at] for at in PANEL if at in sim.world.positions}
    for unit in sim.world.heads:
        assessor = sim.assessor(unit, unit)
        assert assessor in panel
        assert assessor not in {one.code for one in sim.world.members[unit]}


def test_three_of_the_panel_can_give_opinions_on_every_unit(sim: Simulation) -> None:
    assert all(len(sim.panel(unit)) >= 3 for unit in sim.world.heads)


def test_everything_of_the_year_falls_due_exactly_once(sim: Simulation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        declaring, "today", lambda: date(2027, 1, 1)
    )  # what clocks count is known once its month is over
    due = [
        (one.subject.code, one.indicator.code, one.period.code) for month in range(1, 13) for one in due_in(sim, month)
    ]
    expected = [
        (subject.code, indicator.code, period.code)
        for subject in sim.world.subjects
        for indicator in sim.world.items(subject, "review", "electronic")
        for period in sim.world.periods_of(indicator.frequency)
    ]
    assert sorted(due) == sorted(expected)


def test_some_items_are_never_declared_and_they_are_the_same_each_time(sim: Simulation) -> None:
    never = [[one.dice(2026, "never").chance(NEVER) for one in due_in(sim, 1)] for _ in range(2)]
    assert never[0] == never[1]
    assert any(never[0])
    assert not all(never[0])


def test_orders_come_in_lists_that_one_request_can_carry(sim: Simulation) -> None:
    orders = list(wanted(sim))
    assert max(len(subjects) for _, _, _, subjects in orders) <= 500
    items = [(one.code, indicator.code, period.code) for _, indicator, period, subjects in orders for one in subjects]
    assert len(items) == len(set(items))
