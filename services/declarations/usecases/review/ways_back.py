"""What one did oneself is taken back as long as nobody has built on it: a declaration before it is verified, a verification before
the assessment, an assessment before the recording. Each is on record: the version that it ends is kept with the reason."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from services.declarations.domain.declarations import Declaration
from services.declarations.domain.inspections import check_not_bound
from services.declarations.domain.organisation import who
from services.declarations.domain.ways_back_permissions import check_takes_back, check_withdraws_declaration
from services.declarations.domain.words import Counts
from services.declarations.storage.appeals import appeal_states
from services.declarations.storage.checks import bound_by_checks
from services.declarations.usecases.review.decisions import Command, Decisions
from shared.actor import Actor
from shared.database import Session
from shared.vocabulary.refusals import conflict

_CORRECTED = ("not_applicable", "differs", "reason")


def withdraw_declarations(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """Withdraw declarations that nobody has verified: they are drafts again, as they were filled in."""
    decisions = Decisions(session, actor, command)
    answer = decisions.undo(check_withdraws_declaration, lambda old, *_: old.withdrawn())
    decisions.store.keep_versions("withdraw", who(actor), [(old, command["reason"]) for old in decisions.before])
    return answer


def take_back_decisions(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """Take back one's own verification or assessment; what the assessment had corrected is as it was declared."""
    decisions = Decisions(session, actor, command)
    ids = [entry["declaration"] for entry in command["declarations"]]
    bound = bound_by_checks(session, actor.bureau, ids)
    appealed = appeal_states(session, actor.bureau, "declaration", ids)
    earlier = decisions.store.corrected_from(ids)

    def take_back(old: Declaration, *_: Any) -> Declaration:
        check_not_bound(old.declaration in bound)
        _check_not_appealed(appealed=appealed.get(old.declaration, "withdrawn") != "withdrawn")
        return _uncorrected(old.taken_back(), old, earlier.get((old.declaration, old.revision - 1)))

    answer = decisions.undo(check_takes_back, take_back)
    decisions.store.keep_versions("take_back", who(actor), [(old, command["reason"]) for old in decisions.before])
    return answer


def _uncorrected(new: Declaration, old: Declaration, declared: Mapping[str, Any] | None) -> Declaration:
    """With the counts of the declarer, where the decision that is taken back had put others."""
    if old.status != "assessed" or declared is None:
        return new
    machine = _counts(declared["machine"])
    known = old.machine if old.machine_now is None else old.machine_now  # what the machine counts by now
    return replace(
        new,
        counts=_counts(declared["counts"]) or {},
        points=Decimal(declared["points"]),
        machine=machine,
        machine_now=None if known == machine else known,
        **{name: declared[name] for name in _CORRECTED},
    )


def _counts(told: Mapping[str, str] | None) -> Counts | None:
    return None if told is None else {key: Decimal(value) for key, value in told.items()}


def _check_not_appealed(*, appealed: bool) -> None:
    if appealed:
        zh, en = "该申报已有申诉，由申诉决定，不能撤回", "an appeal against it was filed: its decision stands above"
        raise conflict("declaration.appealed", zh, en)
