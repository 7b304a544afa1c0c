"""What all subjects of a cycle are scored by: its rules, its library, its organisation. Built from canonical JSON.

The frame holds only what a score depends on: a name corrected later, or the cycle's own status, leaves it as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from rules import HALF_EVEN, rounded

DIVISION_KINDS = ("division", "centre", "association")  # data/README.md §4: 视同机关科室
LAYERS = ("division", "station", "person")
CATEGORIES = ("common", "professional", "contribution", "additional")
RAW, ADJUSTED = EVALUATIONS = ("raw", "adjusted")
Weights = dict[str, Decimal]
# In which order weights are walked and written out; JSON objects keep none. Lines follow in alphabetical order.
_ORDER = (
    *CATEGORIES, "personal", "unit", "layer_score", "members_mean", "stations_line_mean",
    "divisions_mean", "stations_mean", "persons_mean", "bureau",
)  # fmt: skip


@dataclass(frozen=True)
class Model:
    """The cycle's rules. ``due``: frequency -> period codes; ``weights``: layer -> line -> category -> weight."""

    cycle: str
    starts: date
    ends: date
    due: dict[str, tuple[str, ...]]
    weights: dict[str, dict[str, Weights]]
    composite: dict[str, Weights]
    rounding: str
    quota_percent: int
    tie_chain: tuple[str, ...]
    library_revision: int
    model_revision: int
    spans: Mapping[str, tuple[date, date]] = field(default_factory=dict)  # period -> its days; none in older inputs
    evaluations: str = RAW  # which counts: the votes as cast, or adjusted for their raters' severity

    @property
    def even(self) -> bool:
        return self.rounding == HALF_EVEN

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days + 1


@dataclass(frozen=True)
class Item:
    """An indicator as far as it scores; ``params`` as in the sheet, numbers as strings."""

    indicator: str
    name: str
    category: str
    tool: str
    line: str
    layers: tuple[str, ...]
    rule: str
    params: dict[str, Any]
    full: Decimal
    frequency: str


@dataclass(frozen=True)
class Stay:
    """Some days of the cycle in one unit, both ends included."""

    unit: str
    line: str
    starts: date
    ends: date

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days + 1


@dataclass(frozen=True)
class Subject:
    """One that is scored. ``unit`` is its own code, or the unit a person belonged to on the cycle's last day.

    ``days`` of the cycle on which a person was assigned anywhere; None for units. ``away``: periods without any such day,
    which are not due (docs/decisions/0302).
    """

    code: str
    layer: str
    line: str
    unit: str
    stays: tuple[Stay, ...] = ()
    days: int | None = None
    away: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Frame:
    model: Model
    items: tuple[Item, ...]
    subjects: tuple[Subject, ...]

    @cached_property
    def by_code(self) -> dict[str, Subject]:
        return {subject.code: subject for subject in self.subjects}

    @cached_property
    def _items_of(self) -> dict[tuple[str, str], tuple[Item, ...]]:
        return {}

    def items_of(self, subject: Subject) -> tuple[Item, ...]:
        """All items that count for a subject, claimed or not; a station answers to all five lines."""
        kind = (subject.layer, subject.line)
        if kind not in self._items_of:
            self._items_of[kind] = tuple(item for item in self.items if _applies(item, subject))
        return self._items_of[kind]

    def own_target(self, subject: Subject, target: Decimal, claimed_for: int | None = None) -> Decimal:
        """What counts as the subject's target: for fewer days than it was claimed for pro rata, in hundredths (docs/decisions/0315)."""
        meant = claimed_for or self.model.days
        if subject.days is None or subject.days >= meant:
            return target
        return rounded(Fraction(target) * subject.days / meant, 2, self.model.rounding)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Frame":
        model = _model(raw["cycle"])
        units = {unit["unit"]: unit for unit in raw["units"]}
        subjects = [*_unit_subjects(units), *_person_subjects(raw["persons"], units, model)]
        return cls(model, tuple(_item(one) for one in raw["indicators"]), tuple(subjects))


def unit_layer(kind: str) -> str | None:
    """The layer in which a unit of ``kind`` is scored; None for the bureau itself and its bodies."""
    return "division" if kind in DIVISION_KINDS else "station" if kind == "station" else None


def _applies(item: Item, subject: Subject) -> bool:
    in_line = subject.layer == "station" or item.line in ("all", subject.line)
    return item.rule != "veto" and subject.layer in item.layers and in_line


def _unit_subjects(units: Mapping[str, Mapping[str, Any]]) -> list[Subject]:
    layers = {code: unit_layer(unit["kind"]) for code, unit in units.items()}
    return [Subject(code, layer, units[code]["line"], code) for code, layer in layers.items() if layer]


def _person_subjects(persons: Any, units: Mapping[str, Any], model: Model) -> list[Subject]:
    """Persons who belong to a scored unit on the last day; days in units that are not scored carry no unit score."""
    subjects = []
    for person in persons:
        assigned = [_stay(one) for one in person["stays"]]
        stays = tuple(stay for stay in assigned if stay.unit in units)
        scored = tuple(stay for stay in stays if unit_layer(units[stay.unit]["kind"]))
        now = next((stay for stay in scored if stay.ends == model.ends), None)
        if now:
            days = sum(stay.days for stay in assigned)
            away = _away(assigned, model) if days < model.days else frozenset()
            subjects.append(Subject(person["person"], "person", now.line, now.unit, scored, days, away))
    return subjects


def _away(assigned: Sequence[Stay], model: Model) -> frozenset[str]:
    spans = model.spans.items()
    return frozenset(
        code for code, (starts, ends) in spans if not any(s.starts <= ends and s.ends >= starts for s in assigned)
    )


def _stay(raw: Mapping[str, str]) -> Stay:
    return Stay(raw["unit"], raw["line"], date.fromisoformat(raw["starts"]), date.fromisoformat(raw["ends"]))


def _model(raw: Mapping[str, Any]) -> Model:
    due: dict[str, list[str]] = {}
    for period in raw["periods"]:
        due.setdefault(period["frequency"], []).append(period["code"])
    return Model(
        cycle=raw["cycle"],
        starts=date.fromisoformat(raw["starts"]),
        ends=date.fromisoformat(raw["ends"]),
        due={frequency: tuple(codes) for frequency, codes in due.items()},
        weights={layer: {line: _weights(w) for line, w in lines.items()} for layer, lines in raw["weights"].items()},
        composite={target: _weights(components) for target, components in raw["composite"].items()},
        rounding=raw["rounding"],
        quota_percent=raw["quota_percent"],
        tie_chain=tuple(raw["tie_chain"]),
        library_revision=raw["library_revision"],
        model_revision=raw["model_revision"],
        spans={
            one["code"]: (date.fromisoformat(one["starts"]), date.fromisoformat(one["ends"]))
            for one in raw["periods"]
            if "starts" in one
        },
        evaluations=raw.get("evaluations", RAW),
    )


def _weights(raw: Mapping[str, str]) -> Weights:
    return {name: Decimal(raw[name]) for name in sorted(raw, key=_place)}


def _place(name: str) -> tuple[int, str]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def _item(raw: Mapping[str, Any]) -> Item:
    plain = ("indicator", "name", "category", "tool", "line", "rule", "frequency")
    return Item(
        **{name: raw[name] for name in plain},
        layers=tuple(raw["layers"]),
        params=raw["rule_params"],
        full=Decimal(raw["full_points"]),
    )
