"""What the allocations hold: a claim of a quantity draws on its unit's share, which stays locked until the commit."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from services.targets.domain.claims import Claim, is_held, refuse_amount
from services.targets.domain.indicators import Indicator
from services.targets.domain.refusals import NOT_ALLOCATED
from services.targets.storage.allocations import Allocations, Pool
from services.targets.storage.claims import Claims
from services.targets.storage.claims_records import Excesses
from shared.database import Session
from shared.vocabulary.refusals import Refusal


class Limits:
    """The shares that ``claims`` draw on, locked, with what is claimed of them; ``held``: what the claims' holders have so far."""

    def __init__(self, session: Session, bureau: str, cycle: str, claims: Sequence[Claim]) -> None:
        stored = Claims(session, bureau, cycle)
        pools = {(one.indicator, one.unit) for one in claims if one.target is not None}
        self._allocated = Allocations(session, bureau, cycle).lock(pools)
        self.held = stored.some((one.indicator, one.subject) for one in claims)
        self._taken = stored.taken(pools)
        self._beyond = Excesses(session, bureau, cycle).of(pools)

    def refuse(
        self, indicators: Mapping[str, Indicator], claims: Sequence[Claim], *, each: bool
    ) -> list[Refusal | None]:
        """Return for each claim why it cannot be. Together one may give what
        another takes; ``each`` by itself cannot."""
        if not each:
            for one in claims:
                self._give_back(one)
        return [self._refuse(indicators[one.indicator], one, each=each) for one in claims]

    def _refuse(self, indicator: Indicator, claim: Claim, *, each: bool) -> Refusal | None:
        given = self._give_back(claim) if each else None
        refusal = refuse_claim(indicator, claim, self._allocated, self._taken, self._beyond)
        if refusal is not None and given is not None:
            self._taken[given[0]] += given[1]
        return refusal

    def _give_back(self, claim: Claim) -> tuple[Pool, Decimal] | None:
        """What the holder had is free for the claim that takes its place."""
        before = self.held.get((claim.indicator, claim.subject))
        if before is None or not is_held(before) or before.layer != "person" or before.target is None:
            return None
        pool = (before.indicator, before.unit)
        self._taken[pool] = self._taken.get(pool, Decimal(0)) - before.target
        return pool, before.target


def refuse_claim(
    indicator: Indicator,
    claim: Claim,
    allocated: Mapping[Pool, tuple[Decimal, int]],
    taken: dict[Pool, Decimal],
    beyond: Mapping[Pool, Decimal],
) -> Refusal | None:
    """Count the claim as taken where it is not refused, for the next of the batch.
    ``beyond``: what heads let persons exceed."""
    if claim.target is None:
        return None
    pool = (claim.indicator, claim.unit)
    if pool not in allocated:
        return NOT_ALLOCATED
    if claim.layer != "person":
        return refuse_amount(indicator, claim.layer, claim.target, allocated[pool][0], Decimal(0))
    others = taken.get(pool, Decimal(0))
    limit = allocated[pool][0] + beyond.get(pool, Decimal(0))
    refusal = refuse_amount(indicator, claim.layer, claim.target, limit, others)
    if refusal is None:
        taken[pool] = others + claim.target
    return refusal
