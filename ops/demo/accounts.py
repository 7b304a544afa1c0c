"""Who may do what in the demo bureau: one account a person, with the roles their position brings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ops.demo.reference import rows, units
from ops.demo.staff import Member
from shared.actor import Grant

# Heads of these sections sit on the panel, B-01 presides (organisation.csv, K01).
PANEL = ("D09-01", "D10-01", "D11-01", "D12-01", "D14-01", "B-01")
OFFICE = ("D10-02", "D09-02")
LEADER_LINES = {
    "B-02": ("access", "routine_supervision"),
    "B-03": ("special_supervision",),
    "B-04": ("enforcement_support", "association_guidance"),
}
UNIT_ROLES = {"D10": "hr", "D11": "auditor", "D14": "devices", "C01": "complaints_centre"}
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
    sections = assessing_units()
    return [
        DemoAccount(one.code.lower(), one.name, one.code, one.unit, tuple(_grants(one, assesses=one.unit in sections)))
        for one in members
    ]


def assessing_units() -> frozenset[str]:
    """Return codes of the units that the library names as assessors."""
    names = {row["assessor"] for row in rows("indicators")}
    return frozenset(unit.code for unit in units() if unit.name in names)


def _grants(one: Member, *, assesses: bool) -> Iterator[Grant]:
    yield Grant("staff", "own")
    if one.head and one.unit != "B00":
        yield Grant("unit_head", "unit", one.unit)
    if assesses:
        yield Grant("assessor", "unit", one.unit)
    if one.unit in UNIT_ROLES:
        yield Grant(UNIT_ROLES[one.unit], "bureau")
    if one.position in PANEL:
        yield Grant("panel", "bureau")
    if one.position in OFFICE:
        yield Grant("office", "bureau")
    yield from _leading(one)


def _leading(one: Member) -> Iterator[Grant]:
    if one.unit == "B00":
        lines = LEADER_LINES.get(one.position)
        yield from (Grant("leader", "line", line) for line in lines) if lines else (Grant("leader", "bureau"),)
