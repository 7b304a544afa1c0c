"""Who may do what in the demo bureau: one account a person, who beside their own items has one role.

Two only where the position brings two (the panel are heads, the chief presides it, a leader has two lines), or where a section has fewer people
than roles: the monitoring section of two, and most sections of a bureau of 30 (docs/decisions/1031).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ops.demo.reference import rows, units
from ops.demo.staff import Member
from shared.actor import Grant

# Heads of these sections sit on the panel, B-01 presides (organisation.csv, K01).
PANEL = ("D09-01", "D10-01", "D11-01", "D12-01", "D14-01", "B-01")
LEADER_LINES = {
    "B-02": ("access", "routine_supervision"),
    "B-03": ("special_supervision",),
    "B-04": ("enforcement_support", "association_guidance"),
}
# Who has a desk of the bureau's: the first of these positions whose holder has none yet. Heads stand in where a section has nobody else.
DESKS = {
    "office": ("D09-02", "D10-02"),
    "hr": ("D10-02", "D10-01"),
    "auditor": ("D11-02", "D11-01"),
    "devices": ("D14-02", "D14-01"),
    "complaints_centre": ("C01-03", "C01-01"),
}
# The role by which an account is introduced to a newcomer: the rarest one that its person holds.
SHOWN = (
    "office",
    "complaints_centre",
    "devices",
    "auditor",
    "hr",
    "leader",
    "panel",
    "assessor",
    "unit_head",
    "staff",
)


@dataclass(frozen=True)
class DemoAccount:
    account: str
    name: str
    person: str
    unit: str
    grants: tuple[Grant, ...]

    @property
    def role(self) -> str:
        held = {grant.role for grant in self.grants}
        return next(role for role in SHOWN if role in held)


def accounts(members: Sequence[Member]) -> list[DemoAccount]:
    desks = _desks(members)
    assessors = _assessors(members, set(desks))
    return [
        DemoAccount(one.code.lower(), one.name, one.code, one.unit, tuple(_grants(one, desks, assessors)))
        for one in members
    ]


def assessing_units() -> frozenset[str]:
    """Return codes of the units that the library names as assessors."""
    names = {row["assessor"] for row in rows("indicators")}
    return frozenset(unit.code for unit in units() if unit.name in names)


def _desks(members: Sequence[Member]) -> dict[str, str]:
    """Return person -> the one desk of the bureau's that they have."""
    holding = {one.position: one.code for one in reversed(members)}
    found: dict[str, str] = {}
    for role, positions in DESKS.items():
        person = next(holding[at] for at in positions if at in holding and holding[at] not in found)
        found[person] = role
    return found


def _assessors(members: Sequence[Member], busy: Collection[str]) -> set[str]:
    """Return one of each assessing section: not its head where it has others, nor who has a desk where it has more."""
    by_section: dict[str, list[Member]] = {}
    for one in members:
        by_section.setdefault(one.unit, []).append(one)
    sections = [some for unit, some in by_section.items() if unit in assessing_units()]
    return {min(some, key=lambda one: (one.head, one.code in busy)).code for some in sections}


def _grants(one: Member, desks: Mapping[str, str], assessors: Collection[str]) -> Iterator[Grant]:
    yield Grant("staff", "own")
    if one.head and one.unit != "B00":
        yield Grant("unit_head", "unit", one.unit)
    if one.code in assessors:
        yield Grant("assessor", "unit", one.unit)
    if one.code in desks:
        yield Grant(desks[one.code], "bureau")
    if one.position in PANEL:
        yield Grant("panel", "bureau")
    yield from _leading(one)


def _leading(one: Member) -> Iterator[Grant]:
    if one.unit == "B00":
        lines = LEADER_LINES.get(one.position)
        yield from (Grant("leader", "line", line) for line in lines) if lines else (Grant("leader", "bureau"),)
