"""A veto: a fact that strikes its subject from the 先进 list. proposed → confirmed, lifted from either."""

from dataclasses import dataclass, replace
from datetime import date

from shared.vocabulary.checking import VETO_STATES
from shared.vocabulary.refusals import invalid
from shared.vocabulary.states import States

STATES = States(
    "veto",
    "否决事项",
    {"confirm": {"proposed": "confirmed"}, "lift": {"proposed": "lifted", "confirmed": "lifted"}},
    VETO_STATES,
)


SECTION, SPOT_CHECK, COMPLAINTS = "section", "spot_check", "complaints"  # where a fact comes from


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
    source: str  # where the fact comes from
    source_ref: str | None  # the inspection, or the number of the document
    evidence: list[str]
    fact_on: date | None  # when it happened
    decided_on: date | None

    def decided(self, command: str, decision: str, by: str, on: date) -> "Veto":
        """Decide on it; ``command`` is confirm or lift; lifting needs the panel's words."""
        status = STATES.after(command, self.status)
        if command == "lift" and not decision.strip():
            raise invalid("reason.required", "撤销否决须说明理由", "lifting a veto needs its reason", "decision")
        return replace(self, status=status, decision=decision, decided_by=by, decided_on=on, revision=self.revision + 1)


def check_fact_day(fact_on: date | None, on: date) -> None:
    if fact_on is not None and fact_on > on:
        raise invalid("fact_on.future", "事实发生日期不能晚于今天", "the fact cannot lie in the future", "fact_on")
