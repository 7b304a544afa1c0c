"""Every state, step and role of every procedure: what the pages in docs/states say is what the code does, and nothing is left open."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from services.complaints.domain.cases import Case
from services.complaints.domain.events import Event
from services.complaints.domain.history import impossible
from services.complaints.domain.machines import MACHINES, machine
from services.complaints.domain.permissions import Holder, Place, roles_in, why_not_step
from services.complaints.domain.procedure import Recusal
from services.complaints.domain.step_roles import (
    ASSOCIATION_STEPS,
    BUREAU_STEPS,
    NEVER_THE_HANDLER,
    NEVER_THE_RECUSED,
    NEVER_WHO_WORKED,
    allowed_roles,
)
from shared.actor import Actor, Grant
from shared.contracts.complaints.steps import ENTRIES, CaseStep
from shared.vocabulary.complaints import CASE_STATES, CASE_STEPS, ROLES
from tests.support.case_tables import FOLDER, page
from tests.support.histories import moment

KINDS = {
    "case-complaint": ("bureau", "complaint"),
    "case-report": ("bureau", "report"),
    "case-enquiry": ("bureau", "enquiry"),
    "case-association": ("association", "complaint"),
}
ARROW = re.compile(r"^    (\S+) --> (\S+): (\S+)$", re.MULTILINE)
PLACES = [(name, state) for name in MACHINES for state in CASE_STATES]
NOW = moment("06-10")


@dataclass(frozen=True)
class Where:
    code: str
    kind: str


def may_step(who: Holder, step: str, case: Case, place: Place | None = None) -> bool:
    return why_not_step(who, step, case, place) is None


def actor(*roles: str, person: str | None = "P99", unit: str | None = None) -> Actor:
    grants = tuple(Grant(one, "unit" if unit else "bureau", unit) for one in roles)
    return Actor(account="x", name="x", bureau="B00", person=person, grants=grants)


BUREAU, ASSOCIATION = Where("S01", "station"), Where("A01", "association")
# role -> who has it in the case below, and nothing else
HOLDERS: dict[str, tuple[Actor, Place | None]] = {
    "centre": (actor("complaints_centre"), None),
    "head": (actor("unit_head", unit="S01", person="P8"), BUREAU),
    "intake_head": (actor("unit_head", unit="C01"), None),
    "handler": (actor("staff", person="P2"), BUREAU),
    "mediator": (actor("staff", person="P4"), Where("D01", "division")),
    "entrusted": (actor("unit_head", unit="A01"), ASSOCIATION),
    "own_head": (actor("unit_head", unit="A01"), ASSOCIATION),
    "own_handler": (actor("staff", person="P5"), ASSOCIATION),
    "own_mediator": (actor("staff", person="P7"), ASSOCIATION),
}


def case_in(name: str, status: str) -> Case:
    organisation, kind = KINDS[name]
    own = organisation == "association"
    return Case(
        code="c1",
        kind=kind,
        organisation=organisation,
        number="1",
        intake_unit="A01" if own else "C01",
        received_at=NOW,
        registered_at=NOW,
        status=status,
        unit="A01" if own else "S01",
        handler="P5" if own else "P2",
        entrusted_to="A01" if status == "entrusted" else None,
        mediator=None if status == "entrusted" else "P7" if own else "P4",
    )


@pytest.mark.parametrize("name", MACHINES)
def test_the_page_is_what_the_code_does(name: str) -> None:
    assert (FOLDER / f"{name}.md").read_text(encoding="utf-8") == page(name), "python -m tests.support.case_tables"


@pytest.mark.parametrize("name", MACHINES)
def test_the_drawing_shows_every_arrow_that_leads_on(name: str) -> None:
    drawn = {(None if one == "[*]" else one, to, by) for one, to, by in ARROW.findall(page(name))}
    moves = MACHINES[name].moves.items()
    told = {(before, after, step) for step, ways in moves for before, after in ways.items() if before != after}
    assert drawn == told


@pytest.mark.parametrize(("name", "state"), PLACES)
def test_a_step_outside_its_states_is_refused_and_inside_leads_on(name: str, state: str) -> None:
    case = case_in(name, state)
    states = machine(case.organisation, case.kind)
    said: dict[str, Any] = {"party": "consumer", "matter": "mediation", "unit": "A01", "original": "c0"}
    for step in CASE_STEPS:
        refused = impossible(case, Event(2, step, NOW, NOW + timedelta(hours=1), "x", None, said))
        if state not in states.moves.get(step, {}):
            assert refused is not None, step
            assert refused.refusals[0].kind == "conflict"
            assert refused.refusals[0].zh
        else:
            assert states.after(step, state) in CASE_STATES


@pytest.mark.parametrize(("name", "state"), PLACES)
def test_a_role_takes_exactly_the_steps_of_its_table(name: str, state: str) -> None:
    case = case_in(name, state)
    own = case.organisation == "association"
    for (role, (who, place)), step in product(HOLDERS.items(), CASE_STEPS):
        if role == "own_head" and state == "entrusted":
            continue  # whose association was entrusted with it
        if role.startswith("own_") != own and role != "entrusted":
            assert not may_step(who, step, case, place), f"{role} is nothing in this case"
            continue
        if role == "entrusted" and (own or state != "entrusted"):
            continue
        if role.endswith("mediator") and state == "entrusted":
            continue  # the association mediates
        assert roles_in(who, case, place) == {role}
        from_outside = {"follow_up", "supervise", "mark_repeat", "unmark_repeat", "merge", "unmerge"}
        expected = role in allowed_roles(case.organisation, step)
        if role == "intake_head":
            expected = expected and step in from_outside
        if role in ("handler", "own_handler") and step in NEVER_THE_HANDLER:
            expected = False
        assert may_step(who, step, case, place) is expected, f"{role} {step}"


@pytest.mark.parametrize("step", CASE_STEPS)
def test_more_roles_never_allow_less(step: str) -> None:
    """A centre head who is of the centre too may what each of them may, but for the handler's own work."""
    case = case_in("case-complaint", "taken_up")
    grants = (Grant("unit_head", "unit", "C01"), Grant("complaints_centre", "bureau"))
    both = Actor("x", "x", "B00", person="P99", grants=grants)
    assert may_step(both, step, case) == may_step(actor("complaints_centre"), step, case)
    head = HOLDERS["head"][0]
    own = replace(case, handler=head.person)
    assert may_step(head, step, own, BUREAU) is (
        step not in NEVER_THE_HANDLER and "head" in allowed_roles("bureau", step)
    )


@pytest.mark.parametrize("step", CASE_STEPS)
def test_nobody_of_an_association_takes_a_step_in_a_bureaus_case_but_the_entrusted_mediation(step: str) -> None:
    """Whatever other roles they were given, in whatever state."""
    grants = (
        Grant("complaints_centre", "bureau"),
        Grant("unit_head", "unit", "A01"),
        Grant("unit_head", "unit", "S01"),
    )
    mixed = Actor("x", "x", "B00", person="P2", grants=grants)
    for name in ("case-complaint", "case-report", "case-enquiry"):
        for state in CASE_STATES:
            allowed = state == "entrusted" and step in {"mediate", "contact", "report_back"}
            assert may_step(mixed, step, case_in(name, state), ASSOCIATION) is allowed, f"{name} {state}"


def test_every_step_has_its_roles_and_every_role_its_word() -> None:
    assert set(BUREAU_STEPS) == set(ASSOCIATION_STEPS) == set(CASE_STEPS)
    assert {role for table in (BUREAU_STEPS, ASSOCIATION_STEPS) for roles in table.values() for role in roles} == set(
        ROLES
    )


@pytest.mark.parametrize("step", sorted(NEVER_WHO_WORKED))
def test_nobody_looks_after_what_they_worked_on_whoever_has_it_now(step: str) -> None:
    case = replace(case_in("case-complaint", "concluded"), worked=frozenset({"P8"}))
    head, place = HOLDERS["head"]
    assert not may_step(head, step, case, place)
    assert may_step(head, step, replace(case, worked=frozenset({"P2"})), place)


@pytest.mark.parametrize("step", sorted(NEVER_THE_RECUSED))
def test_who_was_replaced_mediates_no_more(step: str) -> None:
    gone = Recusal(NOW, "consumer", "P4", NOW, granted=True)
    case = replace(case_in("case-complaint", "accepted"), recusals=(gone,))
    assert not may_step(HOLDERS["mediator"][0], step, case, HOLDERS["mediator"][1])


def test_every_step_that_is_drawn_can_be_asked_for_and_the_other_way_round() -> None:
    drawn = {step for states in MACHINES.values() for step in states.moves} - {"register"}
    assert drawn == set(CASE_STEPS) == set(ENTRIES)
    assert {state for states in MACHINES.values() for ways in states.moves.values() for state in ways.values()} == set(
        CASE_STATES
    ) - {"voided"}


@pytest.mark.parametrize("step", ENTRIES)
def test_a_list_of_steps_knows_every_member_of_each_step(step: str) -> None:
    assert set(ENTRIES[step][0]().fields) <= set(CaseStep().fields)
