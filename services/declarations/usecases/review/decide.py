"""Verify, assess, return or record a list of declarations with one decision."""

from typing import Any

from services.declarations.domain.declarations import Declaration
from services.declarations.domain.delegations import Decider, principal_of
from services.declarations.domain.inspections import check_not_bound
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import check_assess, check_record, check_return, check_verify
from services.declarations.domain.weighing import weigh
from services.declarations.storage.checks import bound_by_checks
from services.declarations.usecases.review.decisions import Decisions
from services.declarations.usecases.review.selecting import with_entries
from shared.actor import Actor
from shared.contracts.declarations.commands.declarations import (
    AssessedDeclaration,
    Assessment,
    ChosenDeclaration,
    ReturnedDeclarations,
    Verification,
)
from shared.database import Row, Session


def verify_declarations(session: Session, actor: Actor, command: Verification) -> Row:
    """Verify declarations: the subject's head confirms that it was done; the counts stay the declarer's."""

    def verify(old: Declaration, _: ChosenDeclaration, decider: Decider) -> Declaration:
        return old.verified(who(actor), principal_of(decider))

    chosen = with_entries(session, actor, command, "verify")
    return Decisions(session, actor, chosen).decide(check_verify, verify)


def assess_declarations(session: Session, actor: Actor, command: Assessment) -> Row:
    """Assess declarations: the assessor decides what counts; an entry may correct its ``counts``, with a ``reason``."""
    decisions = Decisions(session, actor, command)
    corrected: list[tuple[Declaration, str]] = []

    def assess(old: Declaration, entry: AssessedDeclaration, decider: Decider) -> Declaration:
        now = old.assessed(who(actor), principal_of(decider))
        counts = entry.get("counts")
        if counts is None:
            return now
        scale = decisions.scale(old)
        new = now.corrected(weigh(scale, counts, entry["reason"]), entry["reason"]).seen(scale.machine)
        corrected.append((old, entry["reason"]))
        return new

    answer = decisions.decide(check_assess, assess)
    decisions.store.keep_versions("correct", who(actor), corrected)
    return answer


def return_declarations(session: Session, actor: Actor, command: ReturnedDeclarations) -> Row:
    """Return declarations to the declarer, with a reason; what was declared is kept in the history."""
    chosen = with_entries(session, actor, command, "return")
    decisions = Decisions(session, actor, chosen)
    listed = bound_by_checks(session, actor.bureau, [entry["declaration"] for entry in chosen["declarations"]])

    def returned(old: Declaration, *_: Any) -> Declaration:
        check_not_bound(old.declaration in listed)
        return old.returned(command["reason"])

    answer = decisions.decide(check_return, returned)
    decisions.store.keep_versions("return", who(actor), [(old, command["reason"]) for old in decisions.before])
    return answer


def record_declarations(session: Session, actor: Actor, command: Verification) -> Row:
    """Record what was assessed: from then on only an appeal or a spot check changes it (decision 0203)."""
    chosen = with_entries(session, actor, command, "record")
    return Decisions(session, actor, chosen).decide(check_record, lambda old, *_: old.recorded())
