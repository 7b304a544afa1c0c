"""What every stage of the simulation works with, and who takes which part in it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ops.client import Api
from ops.demo.accounts import LEADER_LINES, PANEL
from ops.simulation.crowd import Crowd
from ops.simulation.journal import Journal
from ops.simulation.world import Indicator, Subject, World

Advance = Callable[[int], None]

KEEPERS = {
    "attendance": "hr",
    "complaints": "complaints_centre",
}  # source of a machine's figures -> the role that keeps it


@dataclass
class Simulation:
    url: str
    world: World
    crowd: Crowd
    seed: int
    journal: Journal
    office: str  # persons who act for the bureau
    since: int = 1  # the month in which people begin to declare
    targets: dict[tuple[str, str], str] = field(default_factory=dict)  # (subject, indicator) -> claimed quantity

    def api(self, person: str) -> Api:
        return self.crowd.of(person)

    @property
    def office_api(self) -> Api:
        return self.crowd.of(self.office)

    def head_of(self, unit: str) -> str:
        return self.world.heads[unit]

    def speaker(self, subject: Subject) -> str:
        """Tell who declares for the subject: a person for themselves, a unit's head for the unit."""
        return subject.code if subject.is_person else self.head_of(subject.unit)

    def speaker_or_none(self, subject: Subject) -> str | None:
        """Return who declares for the subject, None for a unit without a head: nobody answers for it."""
        return subject.code if subject.is_person else self.world.heads.get(subject.unit)

    def verifier(self, subject: Subject) -> str:
        """Return the head of the unit; for heads and units the leader of their line, for
        stations' the one of special supervision."""
        if subject.is_person and not subject.head:
            return self.head_of(subject.unit)
        return self.leader(self.world.units[subject.unit].line)

    def verifier_of(self, subject: Subject, indicator: Indicator) -> str:
        """Return who verifies the item: what a machine counted is verified by who keeps it,
        its own people's by their heads as all else."""
        keeper = self.world.desk(indicator)
        return self.verifier(subject) if keeper in (None, subject.unit) else self.desk(KEEPERS[indicator.source])

    def leader(self, line: str) -> str:
        wanted = "special_supervision" if line == "all" else line
        leaders = self.world.leaders
        return next(
            (leaders[at] for at, lines in LEADER_LINES.items() if wanted in lines and at in leaders), leaders["B-01"]
        )

    def assessor(self, unit: str, section: str, but: str = "") -> str:
        """Return who assesses for ``section``; for the section's own work one of the panel. Never ``but``, who verified it."""
        theirs = self.world.holders.get(("assessor", section), []) if section != unit else []
        return next(one for one in (*theirs, *self.panel(unit)) if one != but)

    def panel(self, unit: str) -> list[str]:
        """Return members of the panel who do not belong to ``unit``; the leader presides and comes last."""
        own = {one.code for one in self.world.members.get(unit, ())}
        seats = [self.world.positions[at] for at in PANEL if at in self.world.positions]
        return [person for person in seats if person not in own]

    def desk(self, role: str) -> str:
        """Return who has a desk of the bureau's: hr, devices, complaints_centre."""
        return self.world.holders[role, None][0]
