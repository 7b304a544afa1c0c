"""What a case knows of its procedure beside its decisions: parties, supplements, meetings, recusals, competence, reward, archive."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Told = tuple[str, ...] | None  # code, zh, en and the member of the step, of what stands against it


@dataclass(frozen=True)
class Parties:
    """Who acts for whom, in numbers: the names are sealed. ``together``: how many complain together, 0 of a single one."""

    agent: bool = False
    mandate: bool = False
    together: int = 0
    representatives: int = 0
    identity: str | None = None


@dataclass(frozen=True)
class Supplement:
    asked_at: datetime
    materials: tuple[str, ...]
    supply_by: date
    supplied: frozenset[str] = frozenset()
    supplied_at: datetime | None = None

    @property
    def lacking(self) -> list[str]:
        return [one for one in self.materials if one not in self.supplied]


@dataclass(frozen=True)
class Attendance:
    party: str
    attendance: str
    proof: str


@dataclass(frozen=True)
class Appointment:
    appointed_for: datetime
    mode: str
    place: str
    attendances: tuple[Attendance, ...] = ()


@dataclass(frozen=True)
class Recusal:
    """``of``: the person who mediated when it was asked for."""

    asked_at: datetime
    asked_by: str
    of: str | None
    decided_at: datetime | None = None
    granted: bool | None = None


@dataclass(frozen=True)
class Competence:
    disputed_at: datetime | None = None
    settled_at: datetime | None = None
    by_superior: bool = False
    competence: str | None = None
    other_bureau: str = ""
    transfer: str | None = None
    sent_at: datetime | None = None
    received_at: datetime | None = None
    receipt: str = ""

    @property
    def open(self) -> bool:
        return self.disputed_at is not None and self.settled_at is None


@dataclass(frozen=True)
class Reward:
    state: str
    amount: Decimal
    account: str  # who proposed it
    person: str | None
    receipt: str = ""


@dataclass(frozen=True)
class Archive:
    """``before``: the status to which the case returns for repair."""

    state: str
    before: str
    submitted_at: datetime
    account: str
    person: str | None
    checked_at: datetime | None = None
    rejections: int = 0
