"""For how many days of the cycle a claimed quantity is meant: those on which its person was to be there when it was said (docs/decisions/0315)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from services.targets.domain.claims import Claim


@dataclass(frozen=True)
class Presence:
    """``days``: person -> days of the cycle with a place that counts, as far as places are known now. Units are there all of it."""

    whole: int
    days: Mapping[str, int]

    def of(self, subject: str) -> int:
        return min(self.days.get(subject, self.whole), self.whole)

    def meant(self, claim: Claim) -> int:
        return claim.days or self.whole

    def stated(self, claim: Claim) -> Claim:
        """State the claim anew: a quantity said now is meant for the days known now."""
        return self._for(claim, self.of(claim.subject))

    def lowered(self, claim: Claim, left: Decimal) -> Claim:
        """Lower the claim: what is given away is first of all what an absence has
        taken off: nobody's measure grows by giving."""
        share = Fraction(left) / Fraction(claim.target) if claim.target else Fraction(1)
        days = max(self.of(claim.subject), round(self.meant(claim) * share))
        return self._for(replace(claim, target=left), days)

    def without(self, claim: Claim, quantity: Decimal | None, by: str) -> Claim:
        """Return the claim without ``quantity``, or released where that is all of it."""
        if quantity is None or claim.target is None or quantity >= claim.target:
            return replace(claim, status="released", by=by)
        return replace(self.lowered(claim, claim.target - quantity), by=by)

    def raised(self, claim: Claim, more: Decimal) -> Claim:
        """Raise the claim: what is taken over counts in full: the days at which both parts
        together count as each by itself, to the day."""
        now, before = self.of(claim.subject), claim.target or Decimal(0)
        total = before + more
        each = Fraction(before) / max(now, self.meant(claim)) + Fraction(more) / now
        return self._for(replace(claim, target=total), round(Fraction(total) / each) if each else now)

    def _for(self, claim: Claim, days: int) -> Claim:
        plain = claim.target is None or claim.layer != "person" or days >= self.whole
        return replace(claim, days=None if plain else days)
