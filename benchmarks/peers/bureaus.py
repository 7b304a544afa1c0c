"""Bureaus of any size as the kernel takes them: the reference library, 60 lines for each person and division, all that stations have for each
station; two units in five are stations, as in the reference bureau. The quantities are made up."""

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

import numpy as np

from rules import RULES
from services.scoring.domain.frame import Frame, Item
from services.scoring.kernel import rules
from services.scoring.kernel.answers import rules_of
from services.scoring.kernel.bureau import Rules
from services.scoring.kernel.columns import Block, Column, Organisation
from services.scoring.kernel.encoding import empty_block
from services.scoring.kernel.exact import Ints
from services.scoring.kernel.forms import of_year
from services.scoring.kernel.plan import Kind
from tests.oracle.worlds import LINES, reference_bureau
from tests.unit.scoring.inputs import frame_of

LINES_EACH = 60
STAFF_EACH = 25
NONE = np.zeros(0, np.int16)


@dataclass(frozen=True)
class Bureau:
    """Divisions first, then stations, then persons."""

    blocks: list[Block]
    organisation: Organisation
    rules: Rules
    people: int

    @property
    def subjects(self) -> int:
        return len(self.organisation.divisions) + len(self.organisation.stations) + self.people

    @property
    def lines(self) -> int:
        return sum(len(block) * len(block.columns) for block in self.blocks)

    def arrays(self) -> list[Ints]:
        found = [(one.a, one.b, one.declared) for block in self.blocks for one in block.columns]
        return [part for parts in found for part in parts if part is not None and len(part)]


def bureau(people: int) -> Bureau:
    frame = frame_of(reference_bureau(Random(1), 0))
    random = np.random.default_rng(people)
    units = max(2 * len(LINES), people // STAFF_EACH)
    places = np.arange(units + people)
    divisions, stations, persons = np.split(places, (units - units * 2 // 5, units))
    kinds = [("station", "all", stations)]
    for layer, subjects in (("division", divisions), ("person", persons)):
        kinds += [(layer, line, subjects[number :: len(LINES)]) for number, line in enumerate(LINES)]
    blocks = [_block(frame, random, *kind) for kind in kinds]
    organisation = _organisation(divisions, stations, persons, random)
    return Bureau(blocks, organisation, rules_of(frame.model), people)


def _block(frame: Frame, random: np.random.Generator, layer: str, line: str, places: Ints) -> Block:
    lines = frame.model.composite["station_lines"] if layer == "station" else {line: Decimal(1)}
    kind = Kind(layer, lines, (), tuple(places.tolist()), _items(frame, layer, line))
    block = empty_block(frame, kind)
    return replace(block, columns=tuple(_column(random, item, block) for item in kind.items))


def _items(frame: Frame, layer: str, line: str) -> tuple[Item, ...]:
    own = [one for one in frame.items if not RULES[one.rule].strikes and layer in one.layers]
    if layer == "station":
        return tuple(own)
    own = [one for one in own if one.line in ("all", line)]
    return tuple(sorted(own, key=lambda one: one.category == "professional")[:LINES_EACH])


def _column(random: np.random.Generator, item: Item, block: Block) -> Column:
    rule, params = of_year(item, 0)
    size, full = len(block), int(item.full * 100)

    def some(least: int, most: int) -> Ints:
        return random.integers(least, most + 1, size, np.int16)

    a, b, declared = some(0, 70), NONE, None
    if rule == rules.RATIO:
        b = some(0, 60)
    elif rule == rules.TIER:
        b = some(0, 120)
        a = (b - some(0, 12)).clip(0)
    elif rule == rules.MEAN:
        b = np.full(size, 4, np.int16)
        a = some(0, 4 * full)
    if rule in (rules.DEDUCT, rules.TIER):
        declared = (random.integers(9, 14, size, np.int8)).clip(0, 12)
        declared[random.integers(0, size, size // 50)] = -1
    group = block.group_of(item.category, item.line)
    return Column(rule, params, group, int(item.full * block.full_unit), a, b, declared, 1 if declared is None else 12)


def _organisation(divisions: Ints, stations: Ints, persons: Ints, random: np.random.Generator) -> Organisation:
    people = len(persons)
    unit_of = random.integers(0, len(divisions) + len(stations), people)
    return Organisation(
        divisions=divisions,
        division_lines=tuple(LINES[number % len(LINES)] for number in range(len(divisions))),
        stations=stations,
        persons=persons,
        stay_starts=np.arange(people + 1),
        stay_units=unit_of,
        stay_days=np.full(people, 365, np.int64),
    )
