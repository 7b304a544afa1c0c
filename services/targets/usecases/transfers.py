"""Moving claims within an open book: parts of them, or all that somebody leaves. Who gives leave is the caller's to say."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, TypedDict

from services.targets.domain.claims import Claim
from services.targets.domain.cycles import Cycle
from services.targets.domain.persons import Person
from services.targets.domain.refusals import refuse_pieces
from services.targets.domain.transfers import kept_for
from services.targets.usecases.claims_book import Book
from shared.clock import today
from shared.contracts.targets.commands.claims_transfers import Transfer
from shared.vocabulary.refusals import Refusal


class Unplaced(TypedDict):
    """What nobody takes over and goes back to the unit, with the reason."""

    indicator: str
    quantity: Decimal
    code: str
    zh: str
    en: str


class Leave(Protocol):
    """Raises where the claim may not be handed on, or not to another unit."""

    def __call__(self, claim: Claim, *, crosses: bool) -> None: ...


def transfer_part(book: Book, leave: Leave, kind: str, entry: Transfer, reason: str) -> Refusal | None:
    claim, indicator = book.held(entry["indicator"], entry["giver"]), book.indicators.get(entry["indicator"])
    if claim is None or indicator is None or claim.layer != "person":
        return Refusal("invalid", "claim.none", "转出人没有这一认领", "the giver holds no such claim")
    if refusal := book.refuse_taker(indicator, entry["taker"]):
        return refusal
    leave(claim, crosses=book.crosses(claim, entry["taker"]))
    quantity = entry["quantity"] if entry["quantity"] is not None else claim.target
    return _refuse_quantity(book, claim, entry["taker"], quantity) or book.hand(
        kind, claim, entry["taker"], quantity, reason
    )


def _refuse_quantity(book: Book, claim: Claim, taker: str, quantity: Decimal | None) -> Refusal | None:
    indicator = book.indicators[claim.indicator]
    if quantity is None:
        return None
    if claim.target is None:
        return Refusal("invalid", "claim.no_quantity", "该指标没有数量", "the item has no quantity")
    if quantity > claim.target:
        return Refusal(
            "invalid",
            "transfer.too_much",
            f"转出人只认领了 {claim.target}，不足 {quantity}",
            f"the giver holds {claim.target}, not {quantity}",
        )
    if refusal := refuse_pieces(indicator, quantity, "claim.quantum"):
        return refusal
    room = book.room(indicator, taker)
    if room is not None and quantity > room:
        cap = indicator.per_person_cap
        return Refusal(
            "invalid",
            "claim.above_cap",
            f"超过一人可承担的上限 {cap}，还可承担 {room}",
            f"above the cap of {cap}: room for {room}",
        )
    return None


def hand_on(book: Book, leave: Leave, claim: Claim, taker: str | None, reason: str, served: Fraction) -> list[Unplaced]:
    """Hand the claims on and return what could not be placed, with the reason."""
    indicator = book.indicators.get(claim.indicator)
    if indicator is None:
        return []
    refusal = (
        book.refuse_taker(indicator, taker)
        if taker
        else Refusal("invalid", "taker.none", "未指定接替人", "nobody takes over")
    )
    to = None if refusal else taker
    if to and book.crosses(claim, to):
        leave(claim, crosses=True)
    if claim.target is None:
        _hand_on_whole(book, claim, to, reason, stays=served > 0)
        return []
    kept = min(served * book.presence.whole / book.presence.meant(claim), Fraction(1))
    gone = claim.target - kept_for(indicator, claim.target, kept)
    room = book.room(indicator, to) if to else gone * 0
    placed = gone if room is None else min(gone, room)
    if to and placed:
        refusal = book.hand("substitute", claim, to, placed, reason)
        placed = gone * 0 if refusal else placed
    rest = gone - placed
    if not rest:
        return []
    book.give_back(claim, rest, reason)
    told = refusal or Refusal("invalid", "claim.above_cap", "超过接替人的承担上限", "above what the taker may take on")
    return [{"indicator": claim.indicator, "quantity": rest, "code": told.code, "zh": told.zh, "en": told.en}]


def _hand_on_whole(book: Book, claim: Claim, to: str | None, reason: str, *, stays: bool) -> None:
    """An item without a quantity: the taker is scored on it from now on, the giver on the days they served."""
    if to and book.held(claim.indicator, to) is None:
        kept = book.claims[claim.indicator, claim.subject]
        book.hand("substitute", claim, to, None, reason)
        if stays:
            book.claims[claim.indicator, claim.subject] = kept
    elif not stays:
        book.give_back(claim, None, reason)


def served_part(person: Person, unit: str, cycle: Cycle, last_day: date | None) -> Fraction:
    """Return the part of the cycle that the person held a place in the unit, up to
    ``last_day`` (today where none is said)."""
    until = min(last_day or today(), cycle.ends)
    day, days = cycle.starts, 0
    while day <= until:
        place = person.place_on(day)
        days += place is not None and place.counts and place.unit == unit
        day += timedelta(days=1)
    return Fraction(days, (cycle.ends - cycle.starts).days + 1)
