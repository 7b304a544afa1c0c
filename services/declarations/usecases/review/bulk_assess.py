"""Many declarations by one decision: an assessor clears what agrees with the rule, a period's assessed items are recorded."""

from services.declarations.storage.declaration_lists import count_waiting, fingerprint, take_waiting
from services.declarations.storage.library import need_cycle
from services.declarations.storage.scopes import Scope
from services.declarations.usecases.review.decide import assess_declarations, record_declarations
from services.declarations.usecases.review.selecting import check_as_previewed, entries
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.bulk_assess import ClearedSelection, PreviewQuery, RecordedPeriod
from shared.contracts.declarations.commands.declarations import AssessedDeclaration, Verification
from shared.database import Row, Session


def preview_clearing(session: Session, actor: Actor, query: PreviewQuery) -> Row:
    """Return how many wait for ``query["command"]``, how many one decision takes at
    once, and the etag that they have together.

    What is to be assessed is taken only where it agrees with rule and machine; the rest is left for a closer look.
    """
    need_cycle(session, actor.bureau, query["cycle"])
    scope, command, on = Scope.of(session, actor), query["command"], today()
    waiting, agreeing = count_waiting(session, scope, query, command, on)
    taken = take_waiting(session, scope, query, command, on, agreeing=command == "assess", lock=False)
    return {"waiting": waiting, "agreeing": agreeing, "expected": len(taken), "etag": fingerprint(taken)}


def clear_declarations(session: Session, actor: Actor, command: ClearedSelection) -> Row:
    """Assess all that was previewed, as declared."""
    need_cycle(session, actor.bureau, command["cycle"]).check_open()
    scope = Scope.of(session, actor)
    taken = take_waiting(session, scope, command, "assess", today(), agreeing=True, lock=True)
    check_as_previewed(taken, command)
    if not taken:
        return {"declarations": []}
    agreed: list[AssessedDeclaration] = [
        {"declaration": name, "revision": revision, "reason": ""} for name, revision in taken
    ]
    return assess_declarations(session, actor, {"cycle": command["cycle"], "mode": "all", "declarations": agreed})


def record_period(session: Session, actor: Actor, command: RecordedPeriod) -> Row:
    """Record what is assessed in a period, by the office all of it, by an assessor their own section's; 500 at once."""
    need_cycle(session, actor.bureau, command["cycle"]).check_open()
    scope, on = Scope.of(session, actor), today()
    taken = take_waiting(session, scope, command, "record", on, agreeing=False, lock=True)
    chosen: Verification = {"cycle": command["cycle"], "mode": "all", "declarations": entries(taken)}
    answer = record_declarations(session, actor, chosen) if taken else {"declarations": []}
    left, _ = count_waiting(session, scope, command, "record", on)
    return {"recorded": len(answer["declarations"]), "left": left}
