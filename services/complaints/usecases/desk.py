"""What every step of a command is decided with: who takes it, where, when, and the cases that it may reach."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.complaints.domain import permissions
from services.complaints.domain.calendars import Calendar, settings_of
from services.complaints.domain.cases import day_of
from services.complaints.domain.settings import Settings
from services.complaints.storage.cases import CaseFile
from services.complaints.storage.projections import Person, Unit
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import Complainant
from shared.actor import Actor
from shared.contracts.complaints.commands.steps import CaseStep
from shared.vocabulary.refusals import conflict


@dataclass(frozen=True)
class Desk:
    """``known``: the cases of the command and those that its rows name, as they become step by step.

    ``complainants``: who complained in those that are merged.
    """

    actor: Actor
    place: Unit | None
    units: Mapping[str, Unit]
    people: Mapping[str, Person]
    calendar: Calendar
    known: dict[str, CaseFile]
    now: datetime
    complainants: Mapping[str, Complainant] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """Return what the bureau has decided for itself, as it holds today."""
        return settings_of(self.calendar).on(day_of(self.now))

    def same_person(self, one: CaseFile, other: CaseFile) -> bool:
        """Tell whether nothing speaks against one person: a telephone or a number in common, or the same name where one
        of them gave nothing else."""
        if not one.keys or not other.keys or set(one.keys) & set(other.keys):
            return True
        told = [self.complainants.get(each.case.code) for each in (one, other)]
        names = {each.name for each in told if each}
        return all(told) and len(names) == 1 and any(each.nothing_else for each in told if each)

    def other(self, row: CaseStep, code: str) -> CaseFile:
        """Return the other case that ``row`` names; it has to be seen by who takes the step, and to be another."""
        other = self.known.get(str(row["original"]))
        if other is None or other.case.code == code:
            raise conflict("case.unknown", "没有原件", "no such original case", "original")
        if other.case.organisation != self.known[code].case.organisation:
            text = "市场监管局的件与消费者协会的件不能合并、关联或标记重复"
            raise conflict("case.roles", text, "a bureau's case and an association's stay apart", "original")
        guard(permissions.may_see(self.actor, other.case, self.place), "看不到原件")
        return other
