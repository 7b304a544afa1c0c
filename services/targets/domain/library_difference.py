"""What one revision of a library says otherwise than another, and what that does to a claim made under the old one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from services.targets.domain.claims import Claim
from services.targets.domain.indicators import Indicator

_COMPARED = tuple(one.name for one in fields(Indicator) if one.name not in ("indicator", "row"))


@dataclass(frozen=True)
class Change:
    indicator: str
    name: str
    fields: Mapping[str, tuple[Any, Any]]  # before, after


@dataclass(frozen=True)
class Difference:
    added: Sequence[Indicator] = ()
    removed: Sequence[Indicator] = ()
    changed: Sequence[Change] = ()
    renumbered: Sequence[tuple[str, str, str]] = field(default=())  # name, code before, code after

    @property
    def reweighted(self) -> list[Change]:
        return [one for one in self.changed if "full_points" in one.fields]


def difference(old: Sequence[Indicator], new: Sequence[Indicator]) -> Difference:
    """Return the difference by code; an item that kept its name under another code is told as renumbered besides."""
    before, after = {one.indicator: one for one in old}, {one.indicator: one for one in new}
    names = {one.name: one.indicator for one in old}
    compared = (_change(before[code], one) for code, one in after.items() if code in before)
    return Difference(
        added=[one for code, one in after.items() if code not in before],
        removed=[one for code, one in before.items() if code not in after],
        changed=[one for one in compared if one.fields],
        renumbered=[
            (one.name, names[one.name], code) for code, one in after.items() if names.get(one.name, code) != code
        ],
    )


def _change(old: Indicator, new: Indicator) -> Change:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in _COMPARED)
    return Change(new.indicator, new.name, {name: (a, b) for name, a, b in pairs if a != b})


def effect_on(claim: Claim, new: Indicator | None, line: str | None) -> str | None:
    """Return what a new library does to a claim; ``line`` of its subject, None
    where the subject is gone. None: nothing.

    removed and not_eligible release it; quantity_dropped keeps it without one; quantity_needed and above_cap are for
    people to put right.
    """
    if new is None:
        return "removed"
    if line is not None and not new.falls_to(claim.layer, line):
        return "not_eligible"
    if claim.target is not None and not new.is_shared_out:
        return "quantity_dropped"
    if claim.target is None and new.is_shared_out:
        return "quantity_needed"
    cap = new.per_person_cap
    if claim.layer == "person" and cap is not None and claim.target is not None and claim.target > cap:
        return "above_cap"
    return None


RELEASING = ("removed", "not_eligible")
EFFECTS = {
    "removed": "the item is gone: the claim is released",
    "not_eligible": "the subject is no longer scored on it: the claim is released",
    "quantity_dropped": "nothing is shared out any more: claimed without a quantity",
    "quantity_needed": "a quantity is shared out now: the claim needs one",
    "above_cap": "above the new cap for one person",
}  # in English; in Chinese they are the vocabulary's CLAIM_EFFECTS
