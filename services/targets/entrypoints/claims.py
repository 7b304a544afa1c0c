"""Allocations and claims at the wire."""

from typing import Any

from services.targets.schemas import claims as schemas
from services.targets.schemas.fields import load
from services.targets.usecases import accepting, allocations, balances, claims
from shared.actor import Actor
from shared.service import Database, rpc

Body = dict[str, Any]


class ClaimEntrypoints:
    database: Database

    @rpc
    def propose_allocations(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return allocations.propose_allocations(session, actor, load(schemas.ProposeAllocations, body))

    @rpc
    def set_allocations(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return allocations.set_allocations(session, actor, load(schemas.SetAllocations, body))

    @rpc
    def list_allocations(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return allocations.list_allocations(session, actor, load(schemas.AllocationQuery, body))

    @rpc
    def list_proposals(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return allocations.list_proposals(session, actor, load(schemas.ProposalQuery, body))

    @rpc
    def claim_indicators(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return claims.claim_indicators(session, actor, load(schemas.ClaimIndicators, body))

    @rpc
    def release_claims(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return claims.release_claims(session, actor, load(schemas.ReleaseClaims, body))

    @rpc
    def accept_proposals(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return accepting.accept_proposals(session, actor, load(schemas.AcceptProposals, body))

    @rpc
    def list_claims(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return claims.list_claims(session, actor, load(schemas.ClaimQuery, body))

    @rpc
    def get_balance(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return balances.get_balance(session, actor, load(schemas.BalanceQuery, body))
