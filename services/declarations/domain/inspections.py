"""An item of a spot check in an inspector's hands: assigned → found; whoever stands back is replaced by the same draw."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from services.declarations.domain.prefill import same_counts
from services.declarations.domain.spot_checks import CONFIRMED, VERDICTS
from services.declarations.domain.words import Counts
from shared.vocabulary.checking import INSPECTION_STATES
from shared.vocabulary.refusals import conflict, invalid
from shared.vocabulary.states import States

STATES = States(
    "inspection",
    "抽查项",
    {
        "find": {"assigned": "found"},
        "recuse": {"assigned": "unassigned"},
        "redraw": {"unassigned": "assigned"},  # in one step with the recusal, as long as somebody of the pool is left
        "name": {"unassigned": "assigned"},
        "call_off": {"assigned": "cancelled", "unassigned": "cancelled"},  # with its check
        "overrule": {"found": "found"},
        "take_back": {"found": "assigned"},  # by whoever found, before the check is closed
    },
    INSPECTION_STATES,
)


@dataclass(frozen=True)
class Inspection:
    bureau: str
    cycle: str
    inspection: str
    revision: int
    spot_check: str
    kind: str  # declaration, task_order, contribution
    item: str
    subject: str
    layer: str
    unit: str
    indicator: str
    period: str
    place: int  # in the order drawn
    stratum: str
    probability: str  # of being drawn, as a fraction: 13/50
    excluded: list[str]  # who had a hand in the item, and all of the subject's unit
    inspector: str | None
    recused: list[dict[str, str]]  # {"person", "reason", "on"}: who stood back
    status: str
    verdict: str | None
    text: str
    evidence: list[str]
    counts_before: Counts | None
    counts_after: Counts | None
    points_before: Decimal | None
    points_after: Decimal | None
    found_by: str | None
    found_on: date | None
    veto: str | None  # that was proposed for it

    @property
    def barred(self) -> set[str]:
        """Return everybody who may not inspect it."""
        return {self.subject, *self.excluded, *(one["person"] for one in self.recused)}

    def found(self, verdict: str, text: str, evidence: list[str], by: str, on: date) -> "Inspection":
        if verdict not in VERDICTS:
            known = "、".join(VERDICTS)
            raise invalid("verdict.unknown", f"结论应为 {known}", f"the verdict must be one of {known}", "verdict")
        if verdict != CONFIRMED and not text.strip():
            raise invalid("text.required", "更正或虚假须写明事实", "a correction needs its facts in words", "text")
        return self._moved("find", verdict=verdict, text=text, evidence=evidence, found_by=by, found_on=on)

    def measured(self, before: "Measured", after: "Measured") -> "Inspection":
        return replace(
            self,
            counts_before=before.counts,
            counts_after=after.counts,
            points_before=before.points,
            points_after=after.points,
        )

    def stood_back(self, reason: str, on: date) -> "Inspection":
        """Return it without an inspector until the draw (``redrawn``) or the panel (``named``) gives another."""
        status = STATES.after("recuse", self.status)
        if not reason.strip():
            raise invalid("reason.required", "回避须说明理由", "standing back needs its reason", "reason")
        note = {"person": self.inspector or "", "reason": reason, "on": on.isoformat()}
        return replace(self, status=status, inspector=None, recused=[*self.recused, note], revision=self.revision + 1)

    def redrawn(self, inspector: str) -> "Inspection":
        """Give it the inspector whom the draw names, in one step with ``stood_back``."""
        return replace(self, status=STATES.after("redraw", self.status), inspector=inspector)

    def named(self, inspector: str) -> "Inspection":
        return self._moved("name", inspector=inspector)

    def overruled(self, verdict: str) -> "Inspection":
        """Put in what an appeal decided otherwise than the inspector."""
        return self._moved("overrule", verdict=verdict)

    def taken_back(self) -> "Inspection":
        """Undo the finding: it is in the same inspector's hands as before."""
        nothing = dict.fromkeys(
            (
                "verdict",
                "counts_before",
                "counts_after",
                "points_before",
                "points_after",
                "found_by",
                "found_on",
                "veto",
            )
        )
        return self._moved("take_back", text="", evidence=[], **nothing)

    def with_result(self, after: "Measured") -> "Inspection":
        return replace(self, counts_after=after.counts, points_after=after.points)

    def proposing(self, veto: str) -> "Inspection":
        return replace(self, veto=veto)

    def _moved(self, command: str, **changes: object) -> "Inspection":
        status = STATES.after(command, self.status)
        return replace(self, status=status, revision=self.revision + 1, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Measured:
    counts: Counts
    points: Decimal


def check_not_bound(bound: bool) -> None:  # noqa: FBT001  # what it asks is in its name
    """Check that no spot check binds it: what one has listed and not drawn yet, or has in hand,
    stays as it was assessed until it is found."""
    if bound:
        raise conflict(
            "declaration.being_checked",
            "该申报已列入抽查，检查结束前不得退回",
            "a spot check holds it: no return until then",
        )


def counts_found(verdict: str, counts: Counts | None, standing: Counts) -> Counts:
    """Return the counts that a finding leaves: a confirmation leaves them alone; a correction and a
    false declaration name those that are true."""
    if verdict == CONFIRMED:
        if counts is not None:
            raise invalid("counts.confirmed", "结论为属实时不得更改数量", "a confirmation changes no counts", "counts")
        return standing
    if counts is None:
        raise invalid("counts.required", "请填写查实的数量", "name the counts that were found true", "counts")
    if same_counts(counts, standing):
        raise invalid("counts.unchanged", "数量没有变化，应为属实", "the counts are the same: confirm it", "counts")
    return counts
