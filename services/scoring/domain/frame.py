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

from rules import HALF_EVEN, RULES, rounded
from services.scoring.domain.stays import Stay

DIVISION_KINDS = ("division", "centre", "association")  # data/README.md §4: 视同机关科室
LAYERS = ("division", "station", "person")
CATEGORIES = ("common", "professional", "contribution", "additional")
RAW, ADJUSTED = EVALUATIONS = ("raw", "adjusted")
Weights = dict[str, Decimal]
# In which order weights are walked and written out; JSON objects keep none. Lines follow in alphabetical order.
_LEAST = Decimal("0.01")
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
    commend_from: int = 0  # the final score below which nobody is nominated; none in older inputs

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
class Subject:
    """One that is scored. ``unit`` is its own code, or the unit a person belonged to on the cycle's last day.

    ``days`` of the cycle on which a person was assigned anywhere; None for units. ``away``: periods without any such day,
    which are not due (docs/decisions/0302). ``lines``: a person's lines with the days in each, in scored units; ``line_away``:
    the periods without a day in them.
    """

    code: str
    layer: str
    line: str
    unit: str
    stays: tuple[Stay, ...] = ()
    days: int | None = None
    away: frozenset[str] = frozenset()
    lines: Mapping[str, int] = field(default_factory=dict)
    line_away: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def days_for(self, item: Item) -> int | None:
        """Return how many days an item is meant for; None: all of the cycle."""
        return self.days if item.line == "all" else self.lines.get(item.line, self.days)

    def away_for(self, item: Item) -> frozenset[str]:
        """Return the periods in which nothing of an item is due."""
        return self.away if item.line == "all" else self.line_away.get(item.line, self.away)


@dataclass(frozen=True)
class Frame:
    model: Model
    items: tuple[Item, ...]
    subjects: tuple[Subject, ...]

    @cached_property
    def by_code(self) -> dict[str, Subject]:
        return {subject.code: subject for subject in self.subjects}

    @cached_property
    def _items_of(self) -> dict[tuple[str, tuple[str, ...]], tuple[Item, ...]]:
        return {}

    def items_of(self, subject: Subject) -> tuple[Item, ...]:
        """Return all items that count for a subject, claimed or not; a station answers to
        all lines, a person to those of the year."""
        lines = tuple(subject.lines) or (subject.line,)
        kind = (subject.layer, lines)
        if kind not in self._items_of:
            self._items_of[kind] = tuple(item for item in self.items if _applies(item, subject, lines))
        return self._items_of[kind]

    def lines_of(self, subject: Subject) -> Weights:
        """Return what a subject's layer score is put together from: a station's lines by
        the model, a person's by the days in each."""
        if subject.layer == "station":
            return self.model.composite["station_lines"]
        if len(subject.lines) < 2:
            return {subject.line: Decimal(1)}
        return {line: Decimal(days) for line, days in subject.lines.items()}

    def own_target(self, target: Decimal, days: int | None, claimed_for: int | None = None) -> Decimal:
        """Return what counts as the target of who was there for ``days``: for fewer than it
        was claimed for pro rata, in hundredths.

        Whoever was given something has at least a hundredth of it (docs/decisions/0315).
        """
        meant = claimed_for or self.model.days
        if days is None or days >= meant or not target:
            return target
        return max(_LEAST, rounded(Fraction(target) * days / meant, 2, self.model.rounding))

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Frame":
        model = _model(raw["cycle"])
        units = {unit["unit"]: unit for unit in raw["units"]}
        subjects = [*_unit_subjects(units), *_person_subjects(raw["persons"], units, model)]
        return cls(model, tuple(_item(one) for one in raw["indicators"]), tuple(subjects))


def unit_layer(kind: str) -> str | None:
    """Return the layer in which a unit of ``kind`` is scored; None for the bureau itself and its bodies."""
    return "division" if kind in DIVISION_KINDS else "station" if kind == "station" else None


def _applies(item: Item, subject: Subject, lines: Sequence[str]) -> bool:
    in_line = subject.layer == "station" or item.line in ("all", *lines)
    return not RULES[item.rule].strikes and subject.layer in item.layers and in_line


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
            lines, line_away = _by_line(scored, days, model)
            subjects.append(
                Subject(person["person"], "person", now.line, now.unit, scored, days, away, lines, line_away)
            )
    return subjects


def _by_line(scored: Sequence[Stay], days: int, model: Model) -> tuple[dict[str, int], dict[str, frozenset[str]]]:
    """line -> days in it, and the periods without one; both empty for who was in one line all the time that he was there."""
    own: dict[str, list[Stay]] = {}
    for stay in sorted(scored, key=lambda one: one.line):
        own.setdefault(stay.line, []).append(stay)
    lines = {line: sum(stay.days for stay in stays) for line, stays in own.items()}
    if list(lines.values()) == [days]:
        return {}, {}
    return lines, {line: _away(stays, model) for line, stays in own.items()}


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
        commend_from=raw.get("commend_from", 0),
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
