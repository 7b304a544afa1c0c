"""The public state of each aggregate, as its event carries it."""

from datetime import date

from services.targets.domain.claims import Claim
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.persons import Person, Place
from services.targets.domain.units import Unit
from shared.events import (
    Assignment,
    ClaimChanged,
    CycleChanged,
    IndicatorChanged,
    ModelChanged,
    Period,
    PersonChanged,
    UnitChanged,
)


def unit_state(bureau: str, unit: Unit) -> UnitChanged:
    return UnitChanged(
        bureau=bureau,
        unit=unit.unit,
        revision=unit.revision,
        name=unit.name,
        kind=unit.kind,
        line=unit.line,
        parent=unit.parent,
        active=unit.active,
        by=unit.by,
    )


def person_state(bureau: str, person: Person, day: date) -> PersonChanged:
    place = person.nearest_place(day)
    return PersonChanged(
        bureau=bureau,
        person=person.person,
        revision=person.revision,
        name=person.name,
        unit=place.unit,
        line=place.line,
        position=place.position,
        head=place.head,
        assignments=[_assignment(one) for one in person.counted_places],
        active=person.active,
        by=person.by,
    )


def _assignment(place: Place) -> Assignment:
    """A secondment is a place like any other to those who score it; time outside the bureau is none."""
    return Assignment(place.unit, place.line, place.position, place.head, place.starts, place.ends)


def cycle_state(bureau: str, cycle: Cycle) -> CycleChanged:
    return CycleChanged(
        bureau=bureau,
        cycle=cycle.cycle,
        revision=cycle.revision,
        status=cycle.status,
        starts=cycle.starts,
        ends=cycle.ends,
        periods=[Period(**vars(period)) for period in cycle.periods],
        library_revision=cycle.library_revision,
        model_revision=cycle.model_revision,
        weights={layer: {line: dict(row) for line, row in lines.items()} for layer, lines in cycle.weights.items()},
        composite={target: dict(parts) for target, parts in cycle.composite.items()},
        rounding=cycle.rounding,
        quota_percent=cycle.quota_percent,
        tie_chain=list(cycle.tie_chain),
        calendar=dict(cycle.calendar),
        by=cycle.by,
    )


def model_state(bureau: str, cycle: Cycle) -> ModelChanged:
    return ModelChanged(
        bureau=bureau,
        cycle=cycle.cycle,
        revision=cycle.model_revision,
        evaluations=cycle.evaluations,
        by=cycle.by,
    )


def indicator_state(
    bureau: str, cycle: str, indicator: Indicator, library_revision: int, *, by: str, active: bool = True
) -> IndicatorChanged:
    """Return the indicator's state, whose revision is the library's: a published library is one piece."""
    return IndicatorChanged(
        bureau=bureau,
        cycle=cycle,
        indicator=indicator.indicator,
        revision=library_revision,
        library_revision=library_revision,
        level1=indicator.level1,
        level2=indicator.level2,
        name=indicator.name,
        category=indicator.category,
        nature=indicator.nature,
        tool=indicator.tool,
        line=indicator.line,
        layers=list(indicator.layers),
        measure_unit=indicator.measure_unit,
        full_points=indicator.full_points,
        rule=indicator.rule,
        rule_params=dict(indicator.rule_params),
        frequency=indicator.frequency,
        assessor=indicator.assessor,
        evidence=indicator.evidence,
        standard=indicator.standard,
        source=indicator.source,
        figure=indicator.figure,
        target=indicator.target,
        active=active,
        by=by,
    )


def claim_state(bureau: str, cycle: str, claim: Claim) -> ClaimChanged:
    return ClaimChanged(
        bureau=bureau,
        cycle=cycle,
        indicator=claim.indicator,
        subject=claim.subject,
        layer=claim.layer,
        revision=claim.revision,
        status=claim.status,
        target=claim.target,
        days=claim.days,
        by=claim.by,
    )
