"""A veto: a fact that strikes its subject from the 先进 list. proposed → confirmed, lifted from either."""

from dataclasses import dataclass, replace

from services.declarations.domain.refusals import invalid
from services.declarations.domain.states import States

STATES = States(
    "veto",
    "否决事项",
    {"confirm": {"proposed": "confirmed"}, "lift": {"proposed": "lifted", "confirmed": "lifted"}},
)


@dataclass(frozen=True)
class Veto:
    bureau: str
    cycle: str
    veto: str
    revision: int
    indicator: str
    subject: str
    layer: str
    unit: str
    status: str
    reason: str  # the fact, with its evidence
    decision: str  # the panel's words
    proposed_by: str
    decided_by: str | None

    def decided(self, command: str, decision: str, by: str) -> "Veto":
        """``command`` is confirm or lift; lifting needs the panel's words."""
        status = STATES.after(command, self.status)
        if command == "lift" and not decision.strip():
            raise invalid("reason.required", "撤销否决须说明理由", "lifting a veto needs its reason", "decision")
        return replace(self, status=status, decision=decision, decided_by=by, revision=self.revision + 1)
