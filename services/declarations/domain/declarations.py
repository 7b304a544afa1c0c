"""A declaration and its way: draft → declared → verified → assessed → recorded, with return and resubmission."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from services.declarations.domain.deadlines import WAITS_FOR, Desk
from services.declarations.domain.weighing import Weighed
from services.declarations.domain.words import SYSTEM, Counts
from shared.vocabulary.declarations import DECLARATION_STATES
from shared.vocabulary.refusals import invalid
from shared.vocabulary.states import States

STATES = States(
    "declaration",
    "申报",
    {
        "save": {None: "draft", "draft": "draft", "returned": "draft"},
        "declare": dict.fromkeys((None, "draft", "returned", "declared"), "declared"),
        "declare_over": {
            "recorded": "declared"
        },  # by whoever knows better than the machine, that had nothing to measure
        "withdraw": {"declared": "draft"},
        "verify": {"declared": "verified"},
        "assess": {"verified": "assessed"},
        "take_back": {"verified": "declared", "assessed": "verified"},  # by whoever had taken that step
        "return": {"declared": "returned", "verified": "returned", "assessed": "returned"},
        "record": {"assessed": "recorded"},
        "note": {None: "recorded"},  # the machine had nothing to measure: nobody has to declare it
        "reopen": {"recorded": "returned"},  # the machine counted something after all
        "overrule": {"returned": "verified"},  # an appeal against the return was right
        "amend": {"assessed": "assessed", "recorded": "recorded"},  # by an appeal's decision or a spot check's finding
    },
    DECLARATION_STATES,
)
SETTLED = ("assessed", "recorded")  # its points stand


@dataclass(frozen=True)
class Declaration:
    bureau: str
    cycle: str
    declaration: str
    revision: int
    indicator: str
    subject: str
    layer: str
    period: str
    unit: str  # of the subject when declared; it decides who verifies
    assessor: str  # unit code or "panel"
    status: str
    not_applicable: bool
    differs: bool  # from the machine's counts
    counts: Counts  # that now stand
    machine: Counts | None
    target: Decimal | None  # the subject's own, by its claim (rule ratio)
    self_points: Decimal
    points: Decimal
    remark: str
    evidence: list[str]
    reason: str  # of the last return or correction
    declared_by: str
    verified_by: str | None
    assessed_by: str | None
    verifier: str = "head"  # head, or the desk that keeps the machine: hr, complaints_centre
    verified_for: str | None = None  # who had delegated it
    assessed_for: str | None = None
    arrived_on: date | None = None  # where it is now
    due_on: date | None = None  # until when it is to be verified, assessed or put right
    escalates_on: date | None = None  # from then on the next head up may verify
    machine_now: Counts | None = None  # where the machine's counts changed after the declaration

    @property
    def by_itself(self) -> bool:
        """Tell whether nobody declared it: the machine had nothing to measure."""
        return self.status == "recorded" and self.not_applicable and self.declared_by == SYSTEM

    @property
    def undeclared(self) -> bool:
        """Tell whether nobody has declared it: its deadline is still to be kept. What was sent back had been in time."""
        return self.status == "draft" or self.by_itself

    @property
    def declaring(self) -> str:
        """Return the step by which it is declared, where its state allows any."""
        return "declare_over" if self.by_itself else "declare"

    def reopened(self, reason: str) -> "Declaration":
        """Ask for it after all: what the machine counts now is to be declared."""
        return self._moved("reopen", reason=reason).seen(self.machine_now)

    def verified(self, by: str, principal: str | None = None) -> "Declaration":
        return self._moved("verify", verified_by=by, verified_for=principal)

    def assessed(self, by: str, principal: str | None = None) -> "Declaration":
        return self._moved("assess", assessed_by=by, assessed_for=principal)

    def withdrawn(self) -> "Declaration":
        """Take it back before anybody verified it: a draft with what was filled in."""
        return self._moved("withdraw")

    @property
    def last_decider(self) -> str | None:
        """Return who took the last step of those that are taken back."""
        return {"verified": self.verified_by, "assessed": self.assessed_by}.get(self.status)

    def taken_back(self) -> "Declaration":
        """Undo the last step, a verification or an assessment, as if it had not been taken."""
        step = "assessed" if self.status == "assessed" else "verified"
        return self._moved("take_back", **dict.fromkeys((f"{step}_by", f"{step}_for")))

    def seen(self, machine: Counts | None) -> "Declaration":
        """Mark it as decided in knowledge of what the machine counts now."""
        return replace(self, machine=machine, machine_now=None)

    def escalated(self, on: date | None) -> bool:
        """Tell whether it has waited for its verifier so long that the next head up may step in."""
        return on is not None and self.escalates_on is not None and self.escalates_on <= on

    def at(self, desk: Desk) -> "Declaration":
        """Return it with the day on which it arrived at the desk, and the days of the desk."""
        return replace(self, arrived_on=desk.arrived_on, due_on=desk.due_on, escalates_on=desk.escalates_on)

    def late(self, on: date) -> bool:
        """Tell whether a decider has kept it beyond its day."""
        return self.status in WAITS_FOR and self.due_on is not None and self.due_on < on

    def recorded(self) -> "Declaration":
        return self._moved("record")

    def overruled(self, by: str) -> "Declaration":
        """Overrule a return: it goes on to the assessor, as if ``by``, who decided on the appeal, had verified it."""
        return self._moved("overrule", verified_by=by, reason="")

    def amended(self, weighed: Weighed, reason: str) -> "Declaration":
        """Put in other counts by an appeal's decision or a spot check's finding; where it stands stays."""
        return self._moved("amend").corrected(weighed, reason)

    def corrected(self, weighed: Weighed, reason: str) -> "Declaration":
        """Let the assessor's counts stand instead of the declarer's; the self score stays as it was given."""
        if not reason.strip():
            raise invalid("reason.required", "更正数量须说明理由", "a correction of counts needs its reason", "reason")
        return replace(
            self,
            counts=weighed.counts,
            not_applicable=weighed.not_applicable,
            differs=weighed.differs,
            points=weighed.points,
            reason=reason,
        )

    def returned(self, reason: str) -> "Declaration":
        if not reason.strip():
            raise invalid("reason.required", "退回须说明理由", "a return needs its reason", "reason")
        nobody = dict.fromkeys(("verified_by", "verified_for", "assessed_by", "assessed_for"))
        return self._moved("return", reason=reason, **nobody)

    def _moved(self, command: str, **changes: object) -> "Declaration":
        status = STATES.after(command, self.status)
        return replace(self, status=status, revision=self.revision + 1, **changes)  # type: ignore[arg-type]
