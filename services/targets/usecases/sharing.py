"""What sharing out needs to know of a bureau: its staff with what they count, and the guidance for every item."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from services.targets.domain.cycles import Cycle
from services.targets.domain.forecast import expect
from services.targets.domain.indicators import Indicator
from services.targets.domain.proposals import Guidance, Limits, Staff
from services.targets.domain.sharing import SharingSettings
from services.targets.domain.units import Unit
from services.targets.storage.generation import Bounds, Places, Settings
from services.targets.storage.persons import Persons
from services.targets.storage.units import Units
from services.targets.usecases.past_results import past_results
from shared.actor import Actor
from shared.clock import today
from shared.database import Session

BUREAU = "*"  # the subject that is the bureau itself


def scored_units(session: Session, actor: Actor) -> list[Unit]:
    return [unit for unit in Units(session, actor.bureau).all().values() if unit.active and unit.layer]


def present_staff(
    session: Session, actor: Actor, cycle: Cycle, units: Iterable[Unit], settings: SharingSettings | None = None
) -> Staff:
    """Return who works in the cycle's units on its reference day, with what they count by the cycle's settings."""
    said = settings or Settings(session, actor.bureau, cycle.cycle).get()[0]
    day = cycle.reference_day(today())
    kinds = {unit.unit: unit.kind for unit in units}
    members = [one for one in Persons(session, actor.bureau).staff_on(day) if one.unit in kinds]
    return Staff(Places(session, actor.bureau).detailed(members, kinds, day, cycle.starts, cycle.ends), said)


def guidance(
    session: Session, actor: Actor, cycle: Cycle, indicators: Sequence[Indicator], settings: SharingSettings
) -> dict[str, Guidance]:
    """Return the guidance by indicator, for those of which the leaders set limits or units and persons have a past."""
    limits: dict[str, dict[str, Limits]] = {}
    for (indicator, subject), bound in Bounds(session, actor.bureau, cycle.cycle).all().items():
        if subject != BUREAU:
            limits.setdefault(indicator, {})[subject] = (bound.floor, bound.ceiling)
    past = past_results(session, actor.bureau, cycle.cycle, indicators)
    forecasts = {
        indicator: {
            subject: expect([Fraction(value) for value in years.values()], settings)[1]
            for subject, years in subjects.items()
            if subject != BUREAU
        }
        for indicator, subjects in past.items()
    }
    wanted = {one.indicator for one in indicators} & (limits.keys() | forecasts.keys())
    return {code: Guidance(limits.get(code), forecasts.get(code)) for code in wanted}
