"""From layer scores to units, to the bureau, to each person's 532: every stage uses earlier ones only (composite.csv)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.scoring.domain.frame import LAYERS, Model, Subject
from services.scoring.domain.sheets import Sheet
from services.scoring.domain.stages import Value, mean, named_stage, weighted

Components = dict[str, Value | None]


@dataclass(frozen=True)
class Final:
    """A subject's final score with the components it was made of; exact means are not rounded before they are used."""

    sheet: Sheet
    components: Components
    score: Decimal | None


@dataclass(frozen=True)
class Outcome:
    """A whole bureau scored; ``bureau_components`` are the means that made ``bureau_score``."""

    bureau_score: Decimal | None
    bureau_components: Components
    finals: tuple[Final, ...]


def compose(model: Model, sheets: Sequence[Sheet]) -> Outcome:
    by_layer = {layer: [one for one in sheets if one.subject.layer == layer] for layer in LAYERS}
    persons, stations = by_layer["person"], by_layer["station"]
    members: dict[str, list[Sheet]] = {}
    for person in persons:
        members.setdefault(person.subject.unit, []).append(person)
    divisions = [_division(model, one, members.get(one.subject.code, ()), stations) for one in by_layer["division"]]
    stations_final = [_station(model, one, members.get(one.subject.code, ())) for one in stations]
    bureau: Components = {
        "divisions_mean": mean(final.score for final in divisions),
        "stations_mean": mean(final.score for final in stations_final),
        "persons_mean": mean(sheet.score for sheet in persons),
    }
    bureau_score = named_stage(model.composite["bureau"], bureau, model.rounding)
    unit_scores = {final.sheet.subject.code: final.score for final in (*divisions, *stations_final)}
    staff = [_person(model, sheet, unit_scores, bureau_score) for sheet in persons]
    return Outcome(bureau_score, bureau, (*divisions, *stations_final, *staff))


def _division(model: Model, sheet: Sheet, members: Iterable[Sheet], stations: Iterable[Sheet]) -> Final:
    line = sheet.subject.line
    in_line = (one.lines[line].score for one in stations if line in one.lines)
    components: Components = {
        "layer_score": sheet.score,
        "members_mean": _mean_score(members),
        "stations_line_mean": mean(in_line),
    }
    return Final(sheet, components, named_stage(model.composite["division"], components, model.rounding))


def _station(model: Model, sheet: Sheet, members: Iterable[Sheet]) -> Final:
    components: Components = {"layer_score": sheet.score, "members_mean": _mean_score(members)}
    return Final(sheet, components, named_stage(model.composite["station"], components, model.rounding))


def _person(model: Model, sheet: Sheet, units: dict[str, Decimal | None], bureau: Decimal | None) -> Final:
    components: Components = {
        "personal": sheet.score,
        "unit": _unit_component(sheet.subject, units),
        "bureau": bureau,
    }
    own = sheet.score is not None  # nobody is ranked on the work of others alone
    score = named_stage(model.composite["person"], components, model.rounding) if own else None
    return Final(sheet, components, score)


def _mean_score(members: Iterable[Sheet]) -> Fraction | None:
    return mean(member.score for member in members)


def _unit_component(person: Subject, units: dict[str, Decimal | None]) -> Fraction | None:
    """Σ days × U(unit) ÷ Σ days for whoever moved in the year; the unit's own score for all others."""
    return weighted([(Decimal(stay.days), units.get(stay.unit)) for stay in person.stays])
