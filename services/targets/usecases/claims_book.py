"""The shares of one transaction: opened with their locks, moved about, written back. What leaves one place arrives in another.

Locks are always taken in the same order: the cycle (shared), lines' rows, allocations, and last the claims by their revision.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from services.targets.domain.claims import Claim, Subject, refuse_item
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.transfers import Movement, room_of, source_of
from services.targets.storage.allocations import Allocations, Pool
from services.targets.storage.allocations_lines import LineAllocations
from services.targets.storage.claims import ClaimKey, Claims
from services.targets.storage.claims_records import Movements
from services.targets.storage.library import Libraries
from services.targets.storage.units import Units
from services.targets.usecases.claims import save_claims
from services.targets.usecases.guards import published_library, written
from services.targets.usecases.subjects import all_subjects, presence
from shared.actor import Actor
from shared.clock import today
from shared.database import Session
from shared.recording import audit
from shared.vocabulary.refusals import Refusal

_NOTHING = Decimal(0)


class Book:
    def __init__(self, session: Session, actor: Actor, cycle: Cycle) -> None:
        self._session, self._actor, self._cycle = session, actor, cycle
        library = Libraries(session, actor.bureau, cycle.cycle).indicators(published_library(cycle))
        self.indicators: dict[str, Indicator] = {one.indicator: one for one in library}
        self.subjects: dict[str, Subject] = all_subjects(session, actor.bureau, cycle.reference_day(today()))
        self.units = Units(session, actor.bureau).all()
        self.claims: dict[ClaimKey, Claim] = {}
        self.allocated: dict[Pool, Decimal] = {}
        self.movements: list[Movement] = []

    def open(self, moves: Iterable[tuple[str, str, str | None]]) -> None:
        """Lock and read all that moves of (indicator, giver, taker) can touch."""
        keys = [(indicator, one) for indicator, *both in moves for one in both if one]
        self.presence = presence(self._session, self._actor.bureau, self._cycle, {subject for _, subject in keys})
        stored = Claims(self._session, self._actor.bureau, self._cycle.cycle)
        pools = {(claim.indicator, claim.unit) for claim in stored.some(keys).values()}
        pools |= {(indicator, self.subjects[one].unit) for indicator, one in keys if one in self.subjects}
        lines = LineAllocations(self._session, self._actor.bureau, self._cycle.cycle)
        self._lines = lines.of({indicator for indicator, _ in pools}, lock=True)
        self._locked = Allocations(self._session, self._actor.bureau, self._cycle.cycle).lock(pools)
        self.allocated = {pool: quantity for pool, (quantity, _) in self._locked.items()}
        self._before = stored.some({*keys, *pools})
        self.claims = dict(self._before)

    def held(self, indicator: str, subject: str) -> Claim | None:
        claim = self.claims.get((indicator, subject))
        return claim if claim is not None and claim.status == "claimed" else None

    def refuse_taker(self, indicator: Indicator, taker: str) -> Refusal | None:
        subject = self.subjects.get(taker)
        if subject is None or subject.layer != "person":
            return Refusal(
                "invalid", "subject.unknown", f"没有在岗人员 {taker}", f"{taker} is not one of the present staff"
            )
        return refuse_item(indicator, subject)

    def room(self, indicator: Indicator, taker: str) -> Decimal | None:
        held = self.held(indicator.indicator, taker)
        return room_of(indicator, held.target or _NOTHING if held else _NOTHING)

    def crosses(self, claim: Claim, taker: str) -> bool:
        return self._pool_of(claim.indicator, taker) != (claim.indicator, claim.unit)

    def hand(self, kind: str, claim: Claim, taker: str, quantity: Decimal | None, reason: str) -> Refusal | None:
        """Hand ``quantity`` of the claim to ``taker``, across units with the share
        behind it; None where it has no quantity."""
        unit = self._pool_of(claim.indicator, taker)[1]
        moves = quantity is not None and unit != claim.unit
        if moves and (refusal := self._move_share(claim.indicator, claim.unit, unit, quantity or _NOTHING)):
            return refusal
        self._lower(claim, quantity)
        self._raise(claim.indicator, taker, unit, quantity)
        self._note(kind, claim.indicator, claim.subject, taker, quantity, reason)
        return None

    def give_back(self, claim: Claim, quantity: Decimal | None, reason: str) -> None:
        """Give it back to the unit, for others to claim."""
        self._lower(claim, quantity)
        self._note("return", claim.indicator, claim.subject, claim.unit, quantity, reason)

    def change_share(self, indicator: str, unit: str, change: Decimal) -> None:
        """Change the unit's share; the unit's own claim is cut where its share no longer covers it."""
        pool = (indicator, unit)
        self.allocated[pool] = self.allocated.get(pool, _NOTHING) + change
        own = self.held(indicator, unit)
        if own is not None and own.target is not None and own.target > self.allocated[pool]:
            self._lower(own, own.target - self.allocated[pool])

    def note(self, movement: Movement) -> None:
        self.movements.append(movement)

    def save(self) -> list[Claim]:
        """Save the changes; return the claims that changed, as they now stand."""
        self._save_shares()
        changed = [claim for key, claim in self.claims.items() if claim != self._before.get(key)]
        Movements(self._session, self._actor.bureau, self._cycle.cycle).add(self.movements, self._actor.account)
        return save_claims(self._session, self._actor, self._cycle, changed, self._before)

    def _pool_of(self, indicator: str, taker: str) -> Pool:
        held = self.held(indicator, taker)
        return indicator, held.unit if held else self.subjects[taker].unit

    def _lower(self, claim: Claim, quantity: Decimal | None) -> None:
        now = self.claims[claim.indicator, claim.subject]
        self.claims[claim.indicator, claim.subject] = self.presence.without(now, quantity, self._actor.account)

    def _raise(self, indicator: str, taker: str, unit: str, quantity: Decimal | None) -> None:
        held = self.held(indicator, taker)
        layer = self.subjects[taker].layer
        if held is None or held.target is None or quantity is None:
            target = quantity if held is None else held.target if quantity is None else quantity
            raised = self.presence.stated(Claim(indicator, taker, layer, unit, target))
        else:
            raised = self.presence.raised(replace(held, layer=layer, unit=unit), quantity)
        self.claims[indicator, taker] = replace(raised, by=self._actor.account)

    def _move_share(self, indicator: str, giver: str, taker: str, quantity: Decimal) -> Refusal | None:
        if self.allocated.get((indicator, giver), _NOTHING) < quantity:
            zh = f"超出 {giver} 分解数量认领的部分不能转给其他单位"
            return Refusal(
                "invalid", "transfer.beyond_share", zh, "what was claimed beyond the unit's share cannot leave the unit"
            )
        own = self.held(indicator, giver)
        before = own.target or _NOTHING if own else _NOTHING
        self.change_share(indicator, giver, -quantity)
        self.change_share(indicator, taker, quantity)
        after = self.held(indicator, giver)
        cut = before - (after.target or _NOTHING if after else _NOTHING)
        if cut > 0 and taker in self.subjects and refuse_item(self.indicators[indicator], self.subjects[taker]) is None:
            self._raise(indicator, taker, taker, cut)
        self._move_line(indicator, giver, taker, quantity)
        self._note("transfer", indicator, giver, taker, quantity, "")
        return None

    def _move_line(self, indicator: str, giver: str, taker: str, quantity: Decimal) -> None:
        item = self.indicators[indicator]
        old, new = (source_of(item, self.units[unit], self._lines) for unit in (giver, taker))
        if old == new or old not in self._lines or new not in self._lines:
            return
        for source, change in ((old, -quantity), (new, quantity)):
            amount, revision = self._lines[source]
            self._lines[source] = (amount + change, revision + 1)
            lines = LineAllocations(self._session, self._actor.bureau, self._cycle.cycle)
            written(whole=lines.save([(source, *self._lines[source])], self._actor.account))

    def _save_shares(self) -> None:
        changed = {pool: new for pool, new in self.allocated.items() if self._locked.get(pool, (None, 0))[0] != new}
        rows = [(pool, quantity, self._locked.get(pool, (_NOTHING, 0))[1] + 1) for pool, quantity in changed.items()]
        if rows:
            written(whole=Allocations(self._session, self._actor.bureau, self._cycle.cycle).save(rows))
        for pool, quantity in changed.items():
            subject = "/".join((self._actor.bureau, self._cycle.cycle, *pool))
            before = {"quantity": self._locked[pool][0]} if pool in self._locked else {}
            audit(self._session, action="allocation.set", subject=subject, before=before, after={"quantity": quantity})

    def _note(
        self, kind: str, indicator: str, giver: str, taker: str | None, quantity: Decimal | None, reason: str
    ) -> None:
        self.movements.append(Movement(kind, indicator, giver, taker, quantity, reason))
