"""Lines' shares, movements, deadlines, leave to exceed and gaps at the wire."""

from typing import Any

from services.targets.schemas import claims_moving as schemas
from services.targets.schemas.fields import load
from services.targets.usecases import allocations_lines, balances, claims_excess, claims_moving, deadlines
from shared.actor import Actor
from shared.service import Database, rpc

Body = dict[str, Any]


class ClaimMovingEntrypoints:
    database: Database

    @rpc
    def set_line_allocations(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return allocations_lines.set_line_allocations(session, actor, load(schemas.SetLineAllocations, body))

    @rpc
    def list_line_allocations(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return allocations_lines.list_line_allocations(session, actor, load(schemas.LineAllocationQuery, body))

    @rpc
    def draw_allocations(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return allocations_lines.draw_allocations(session, actor, load(schemas.DrawAllocations, body))

    @rpc
    def return_allocations(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return allocations_lines.return_allocations(session, actor, load(schemas.ReturnAllocations, body))

    @rpc
    def transfer_claims(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return claims_moving.transfer_claims(session, actor, load(schemas.TransferClaims, body))

    @rpc
    def substitute_person(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return claims_moving.substitute_person(session, actor, load(schemas.SubstitutePerson, body))

    @rpc
    def list_movements(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return claims_moving.list_movements(session, actor, load(schemas.MovementQuery, body))

    @rpc
    def permit_excess(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return claims_excess.permit_excess(session, actor, load(schemas.PermitExcess, body))

    @rpc
    def set_claim_deadline(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return deadlines.set_claim_deadline(session, actor, load(schemas.SetClaimDeadline, body))

    @rpc
    def list_claim_deadlines(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return deadlines.list_claim_deadlines(session, actor, load(schemas.CycleQuery, body))

    @rpc
    def list_gaps(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return balances.list_gaps(session, actor, load(schemas.GapQuery, body))
