"""What one did oneself is taken back as long as nobody has built on it: a declaration before it is verified, a verification before
the assessment, an assessment before the recording. Each is on record: the version that it ends is kept with the reason."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from services.declarations.domain.declarations import Declaration
from services.declarations.domain.items import DECLARATION
from services.declarations.domain.organisation import who
from services.declarations.domain.ways_back import check_unused
from services.declarations.domain.ways_back_permissions import check_takes_back, check_withdraws_declaration
from services.declarations.domain.words import Counts
from services.declarations.storage.uses import uses_of
from services.declarations.usecases.review.decisions import Decisions
from shared.actor import Actor
from shared.contracts.declarations.commands.declarations import TakenBack
from shared.database import Row, Session

_CORRECTED = ("not_applicable", "differs", "reason")


def withdraw_declarations(session: Session, actor: Actor, command: TakenBack) -> Row:
    """Withdraw declarations that nobody has verified: they are drafts again, as they were filled in."""
    decisions = Decisions(session, actor, command)
    answer = decisions.undo(check_withdraws_declaration, lambda old, *_: old.withdrawn())
    decisions.store.keep_versions("withdraw", who(actor), [(old, command["reason"]) for old in decisions.before])
    return answer


def take_back_decisions(session: Session, actor: Actor, command: TakenBack) -> Row:
    """Take back one's own verification or assessment; what the assessment had corrected is as it was declared."""
    decisions = Decisions(session, actor, command)
    uses = uses_of(session, actor.bureau, DECLARATION, decisions.revisions)
    earlier = decisions.store.corrected_from(decisions.revisions)

    def take_back(old: Declaration, *_: Any) -> Declaration:
        check_unused(DECLARATION, uses[old.declaration])
        return _uncorrected(old.taken_back(), old, earlier.get(old.declaration))

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
