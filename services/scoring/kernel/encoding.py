"""Dossiers as columns: canonical JSON in, whole numbers out. Decimals are read as text; nothing passes through a float."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np

from rules import RULES
from services.scoring.domain.dossier import JUDGED
from services.scoring.domain.frame import Frame, Item
from services.scoring.kernel import plan
from services.scoring.kernel.columns import Block
from services.scoring.kernel.exact import Ints
from services.scoring.kernel.lines import Gathered, column_of
from services.scoring.kernel.plan import Kind

Row = dict[str, Any]
DECLARED = ("review", "electronic")
VOTED = ("subjective", "contribution")
KIND_OF_FACT = {"accountability": "task_order", "subjective": "evaluation", "contribution": "contribution"}


@dataclass(frozen=True)
class Encoded:
    kinds: list[Kind]
    blocks: list[Block]
    vetoes: dict[str, list[Row]]  # subject -> confirmed vetoes

    def vetoed(self, frame: Frame) -> Ints:
        return np.array([bool(self.vetoes.get(subject.code)) for subject in frame.subjects], bool)


class Encoder:
    """Takes dossiers one after the other (``add``), then gives the blocks of all subjects of the frame."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.kinds = plan.kinds(frame)
        self.vetoes: dict[str, list[Row]] = {}
        self._gathered = [{item.indicator: (item, Gathered()) for item in kind.items} for kind in self.kinds]
        self._place = {
            subject.code: (number, row, subject)
            for number, kind in enumerate(self.kinds)
            for row, subject in enumerate(kind.subjects)
        }
        periods = {name: {code: place for place, code in enumerate(codes)} for name, codes in frame.model.due.items()}
        self._periods = periods
        self._term_numbers: dict[str, int] = {}

    def add(self, dossier: Row) -> None:
        number, row, subject = self._place[dossier["subject"]]
        gathered = self._gathered[number]
        self.vetoes[subject.code] = list(dossier["vetoes"])
        for claim in dossier["claims"]:
            if claim["target"] and claim["indicator"] in gathered:
                item, found = gathered[claim["indicator"]]
                target = self.frame.own_target(Decimal(claim["target"]), subject.days_for(item), claim.get("days"))
                found.targets[row] = f"{target:f}"
        for fact in dossier["facts"]:
            if fact["indicator"] in gathered:
                item, found = gathered[fact["indicator"]]
                self._add_fact(item, found, row, fact, subject.away_for(item))

    def _add_fact(self, item: Item, found: Gathered, row: int, fact: Row, away: frozenset[str]) -> None:
        term = self._term(item, fact)
        if term is None:
            return
        declared, beyond = item.tool in DECLARED, fact["period"] in away
        if fact["status"] not in JUDGED[fact["kind"]]:
            if not beyond:
                found.waiting.add((row, term))
            return
        if declared:
            found.settled.add((row, term))
        beyond = beyond and declared
        if beyond and fact["not_applicable"]:
            return
        if beyond:
            found.beyond.add((row, term))
        found.rows.append(row)
        found.terms.append(term)
        found.silent.append(fact["not_applicable"] or (item.tool in VOTED and is_silent(item, fact["counts"])))
        found.counts.append(fact["counts"])

    def _term(self, item: Item, fact: Row) -> int | None:
        """The period's number, or one for each fact where each stands for itself; None: it does not count for this item."""
        if item.tool in DECLARED:
            wanted = fact["kind"] == "declaration"
            return self._periods.get(item.frequency, {}).get(fact["period"]) if wanted else None
        if fact["kind"] != KIND_OF_FACT[item.tool] or fact["status"] not in JUDGED[fact["kind"]]:
            return None
        name = fact["period"] if item.tool == "accountability" else fact["fact"]
        return self._term_numbers.setdefault(name, len(self._term_numbers))

    def encoded(self) -> Encoded:
        blocks = [self._block(number, kind) for number, kind in enumerate(self.kinds)]
        return Encoded(self.kinds, blocks, self.vetoes)

    def _block(self, number: int, kind: Kind) -> Block:
        block = empty_block(self.frame, kind)
        partly = [(row, one) for row, one in enumerate(kind.subjects) if one.away or one.line_away]
        columns = []
        for item, found in self._gathered[number].values():
            absent = {row: one.away_for(item) for row, one in partly}
            due = self._due(item, found, len(block), absent) if item.tool in DECLARED else None
            group = block.group_of(item.category, item.line)
            even = self.frame.model.even
            columns.append(column_of(item, found, len(block), group, block.full_unit, due, even=even))
        return replace(block, columns=tuple(columns))

    def _due(self, item: Item, found: Gathered, rows: int, absent: Mapping[int, frozenset[str]]) -> Ints:
        """The periods of each subject: those with a day on which it was there, and those it declared all the same; without what waits."""
        periods = self._periods.get(item.frequency, {})
        due = np.full(rows, len(periods), np.int64)
        for row, away in absent.items():
            due[row] -= len(away & periods.keys())
        for row, _ in found.beyond:
            due[row] += 1
        for row, _ in found.waiting - found.settled:
            due[row] -= 1
        return due


def encode(frame: Frame, dossiers: Iterable[Row]) -> Encoded:
    encoder = Encoder(frame)
    for dossier in dossiers:
        encoder.add(dossier)
    return encoder.encoded()


def is_silent(item: Item, counts: Mapping[str, str]) -> bool:
    """Tell whether the campaign measured nothing, because nobody voted on the subject."""
    return RULES[item.rule].unvoted({name: Decimal(number) for name, number in counts.items()})


def empty_block(frame: Frame, kind: Kind) -> Block:
    """Return the stages of a kind, without its columns."""
    model = frame.model
    lines = kind.lines
    weights = model.weights.get(kind.layer, {})
    return Block(
        layer=kind.layer,
        subjects=np.array(kind.places, np.int64),
        groups=tuple(dict.fromkeys((item.category, item.line) for item in kind.items)),
        lines=plan.whole_weights(lines),
        weights={line: plan.whole_weights(weights.get(line, {})) for line in lines},
        full_unit=plan.full_unit(kind.items),
        columns=(),
    )
