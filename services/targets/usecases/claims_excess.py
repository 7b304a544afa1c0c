"""The one way beyond a unit's share: its head says so, with a reason, on record."""

from decimal import Decimal

from services.targets.domain import permissions
from services.targets.domain.refusals import NOT_ALLOCATED
from services.targets.storage.allocations import Allocations
from services.targets.storage.claims import Claims
from services.targets.storage.claims_records import Excesses
from services.targets.usecases.guards import need, none_in_the_way, open_cycle, written
from shared.actor import Actor
from shared.contracts.targets.commands.claims_transfers import PermitExcess
from shared.database import Row, Session
from shared.errors import Conflict
from shared.recording import audit


def permit_excess(session: Session, actor: Actor, command: PermitExcess) -> Row:
    """Permit persons to claim ``quantity`` more of an item than their unit holds; 0
    takes the leave back, where it is not used."""
    pool = (command["indicator"], command["unit"])
    need(permissions.may_claim_for_unit(actor, pool[1]))
    cycle = open_cycle(session, actor, command["cycle"])
    allocated = Allocations(session, actor.bureau, cycle.cycle).lock([pool])
    none_in_the_way(None if pool in allocated else NOT_ALLOCATED)
    stored = Excesses(session, actor.bureau, cycle.cycle)
    before = stored.of([pool]).get(pool, Decimal(0))
    used = Claims(session, actor.bureau, cycle.cycle).taken([pool]).get(pool, Decimal(0)) - allocated[pool][0]
    if command["quantity"] < used:
        raise Conflict(
            "excess.in_use",
            zh=f"已超认领 {used}，不能低于此数",
            en=f"{used} are claimed beyond the share already",
        )
    written(whole=stored.save(pool, command["quantity"], command["reason"], actor.account))
    subject = "/".join((actor.bureau, cycle.cycle, *pool))
    after = {"quantity": command["quantity"], "reason": command["reason"]}
    audit(session, action="excess.permitted", subject=subject, before={"quantity": before}, after=after)
    return {"indicator": pool[0], "unit": pool[1], "allocated": allocated[pool][0], "excess": command["quantity"]}
