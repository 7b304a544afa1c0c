"""A handover: somebody asks a colleague to take over claims of theirs; the colleague agrees, and the head confirms where the rule asks.

proposed ── accepted ── done            the head confirmed, or said nothing until the day on which it stands
    │           └────── refused         the head said no
    ├── done                            the rule asks for no confirmation
    ├── declined                        the colleague said no
    └── withdrawn                       also once accepted, by whoever proposed it
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from shared.vocabulary.claims import HANDOVER_STATES
from shared.vocabulary.refusals import conflict
from shared.vocabulary.states import States

STATES = States(
    "handover",
    "移交",
    {
        "agree": {"proposed": "accepted"},
        "decline": {"proposed": "declined"},
        "carry_out": {"accepted": "done"},
        "refuse": {"accepted": "refused"},
        "fail": {"accepted": "failed"},
        "withdraw": {"proposed": "withdrawn", "accepted": "withdrawn"},
    },
    HANDOVER_STATES,
)


class HandedItem(TypedDict):
    """``quantity``: None for all of the claim."""

    indicator: str
    quantity: Decimal | None


@dataclass(frozen=True)
class HandoverRule:
    """``confirm``: the head has to say yes; within ``days`` where these are named, or it stands as the two agreed."""

    confirm: bool = True
    days: int | None = None
    revision: int = 0


@dataclass(frozen=True)
class Handover:
    handover: str
    kind: str
    giver: str
    taker: str
    unit: str  # of the giver, whose head confirms
    crosses: bool  # to another unit: the office's to confirm, and never of itself
    items: Sequence[HandedItem]  # of a transfer
    keep_served: bool
    last_day: date | None
    reason: str
    by: str
    at: datetime
    status: str = "proposed"
    revision: int = 1
    stands_on: date | None = None  # the day on which it stands though nobody confirmed it
    note: str = ""  # what was said to the last step
    answered_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None

    def agreed(self, note: str, at: datetime, stands_on: date | None) -> "Handover":
        return self._step("agree", note=note, answered_at=at, stands_on=stands_on)

    def declined(self, note: str, at: datetime) -> "Handover":
        return self._step("decline", note=note, answered_at=at)

    def carried_out(self, by: str, note: str, at: datetime) -> "Handover":
        return self._step("carry_out", note=note, decided_by=by, decided_at=at)

    def refused(self, by: str, note: str, at: datetime) -> "Handover":
        return self._step("refuse", note=note, decided_by=by, decided_at=at)

    def failed(self, by: str, note: str, at: datetime) -> "Handover":
        """Fail it: it was to stand, and the shares no longer allow it."""
        return self._step("fail", note=note, decided_by=by, decided_at=at)

    def withdrawn(self, at: datetime) -> "Handover":
        return self._step("withdraw", decided_by=self.by, decided_at=at)

    def _step(self, command: str, **changes: Any) -> "Handover":
        """Raise ``Refused`` where the step is not open any more, or not yet."""
        if not STATES.allows(command, self.status):
            zh = f"该移交{HANDOVER_STATES[self.status]}，不能进行此操作"
            raise conflict("handover.status", zh, f"the handover is {self.status}")
        return replace(self, status=STATES.after(command, self.status), revision=self.revision + 1, **changes)
