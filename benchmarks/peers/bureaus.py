"""Bureaus of any size as the kernel takes them: the person and division layers of the reference library, 60 lines each, made-up quantities.

Stations are left out, so that the peers' five stages fit on a page; what they would add is one subject in thirty.
"""

from dataclasses import dataclass, replace
from random import Random

import numpy as np

from services.scoring.domain.frame import Frame, Item
from services.scoring.kernel import plan, rules
from services.scoring.kernel.answers import rules_of
from services.scoring.kernel.bureau import Rules
from services.scoring.kernel.columns import Block, Column, Organisation
from services.scoring.kernel.encoding import empty_block
from services.scoring.kernel.exact import Ints
from services.scoring.kernel.plan import Kind
from tests.oracle.worlds import LINES, reference_bureau
from tests.unit.scoring.inputs import frame_of

LINES_EACH = 60
STAFF_EACH = 25
NONE = np.zeros(0, np.int16)


@dataclass(frozen=True)
class Bureau:
    """Divisions first, then persons; ``items``: of each block, in the order of its columns."""

    blocks: list[Block]
    items: list[tuple[Item, ...]]
    organisation: Organisation
    rules: Rules
    people: int

    @property
    def lines(self) -> int:
        return sum(len(block) * len(block.columns) for block in self.blocks)

    def arrays(self) -> list[Ints]:
        found = [(one.a, one.b, one.declared) for block in self.blocks for one in block.columns]
        return [part for parts in found for part in parts if part is not None and len(part)]


def bureau(people: int) -> Bureau:
    frame = frame_of(reference_bureau(Random(1), 0))
    random = np.random.default_rng(people)
    divisions = max(len(LINES), people // STAFF_EACH)
    subjects = {"division": np.arange(divisions), "person": divisions + np.arange(people)}
    blocks, items = [], []
    for layer, places in subjects.items():
        for number, line in enumerate(LINES):
            kind = Kind(layer, line, (), tuple(places[number :: len(LINES)].tolist()), _items(frame, layer, line))
            block = empty_block(frame, kind)
            columns = tuple(_column(random, item, block) for item in kind.items)
            blocks.append(replace(block, columns=columns))
            items.append(kind.items)
    return Bureau(blocks, items, _organisation(subjects, random), rules_of(frame.model), people)


def _items(frame: Frame, layer: str, line: str) -> tuple[Item, ...]:
    own = [one for one in frame.items if one.rule != "veto" and layer in one.layers and one.line in ("all", line)]
    return tuple(sorted(own, key=lambda one: one.category == "professional")[:LINES_EACH])


def _column(random: np.random.Generator, item: Item, block: Block) -> Column:
    rule, params = plan.of_year(item, 0)
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


def _organisation(subjects: dict[str, Ints], random: np.random.Generator) -> Organisation:
    divisions, people = len(subjects["division"]), len(subjects["person"])
    unit_of = random.integers(0, divisions, people)
    return Organisation(
        divisions=subjects["division"],
        division_lines=tuple(LINES[number % len(LINES)] for number in range(divisions)),
        stations=np.zeros(0, np.int64),
        persons=subjects["person"],
        unit_of=unit_of,
        stay_starts=np.arange(people + 1),
        stay_units=unit_of,
        stay_days=np.full(people, 365, np.int64),
    )
