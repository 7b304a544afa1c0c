"""What spot checks leave open: of the items that a check listed and did not look at, as many may be wrong as what it saw lets expect.

The chance that an item of a stratum is wrong is itself unknown: Beta(w + ½, n − w + ½) after ``w`` of ``n`` drawn by chance were found wrong
(Jeffreys). A wrong one loses what one of those found lost, as a share of full points; all it has where none was found. Of the ``k`` facts that
an item's points come from each stands for a k-th of them. What any check looked at is known; of several lists the last one speaks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from services.scoring.analysis.arrays import Floats
from services.scoring.domain.dossier import JUDGED
from services.scoring.kernel.exact import Ints

Row = Mapping[str, Any]
ALL_OF_IT = (1.0,)


@dataclass
class Stratum:
    """Of one check: how many were ``drawn`` by chance, how many of them found ``wrong``, what these lost, how many were not looked at."""

    drawn: int = 0
    wrong: int = 0
    lost: list[float] = field(default_factory=list)
    unseen: int = 0


@dataclass(frozen=True)
class Unseen:
    """Facts of one item that a stratum listed and nobody looked at, among those that its points come from."""

    subject: str
    indicator: str
    stratum: int
    facts: int
    of: int


@dataclass(frozen=True)
class Checked:
    strata: Sequence[Stratum] = ()
    unseen: Sequence[Unseen] = ()

    def rates(self, dice: np.random.Generator, draws: int) -> Floats:
        """Draw the chance to be wrong, draws × strata."""
        wrong = np.array([one.wrong for one in self.strata], dtype=float)
        drawn = np.array([one.drawn for one in self.strata], dtype=float)
        return dice.beta(wrong + 0.5, drawn - wrong + 0.5, (draws, len(self.strata)))


NOTHING = Checked()


def checked_of(found: Iterable[Row], dossiers: Iterable[Row]) -> Checked:
    """Return what checks leave open of the facts in ``dossiers``; ``found``: items of closed checks, the last check's at the end."""
    strata: dict[tuple[str, str], Stratum] = {}
    seen: set[tuple[str, str]] = set()
    listed: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for one in found:
        pair, place = (one["kind"], one["item"]), (one["spot_check"], one["stratum"])
        if one["verdict"] is None:
            listed.setdefault(pair, []).append(place)
        else:
            seen.add(pair)
            if not one["certain"]:
                _count(strata.setdefault(place, Stratum()), one)
    numbers = {place: number for number, place in enumerate(strata)}
    told = {pair: [numbers[place] for place in places if place in numbers] for pair, places in listed.items()}
    numbered = {pair: lists[-1] for pair, lists in told.items() if pair not in seen and lists}
    found_strata = tuple(strata.values())
    unseen = tuple(_unseen(numbered, dossiers)) if numbered else ()
    for two in unseen:
        found_strata[two.stratum].unseen += two.facts
    return Checked(found_strata, unseen)


def losses(
    dice: np.random.Generator,
    checked: Checked,
    rates: Floats,
    points: Floats,
    full: Floats,
    own: Sequence[Unseen],
) -> tuple[Ints, Ints, Floats]:
    """Draw who loses what: (draw, place in ``own``, loss) of each fact that is wrong; ``points`` and ``full``: of the items of ``own``."""
    facts, of = np.array([one.facts for one in own]), np.array([one.of for one in own], dtype=float)
    stratum = np.array([one.stratum for one in own])
    wrong = dice.binomial(facts, rates[:, stratum])
    draw, place = np.nonzero(wrong)
    times = wrong[draw, place]
    draw, place = np.repeat(draw, times), np.repeat(place, times)
    shares = [np.array(one.lost or ALL_OF_IT) for one in checked.strata]
    lengths = np.array([len(one) for one in shares])
    starts = np.cumsum(lengths) - lengths
    chosen = starts[stratum[place]] + (dice.random(len(place)) * lengths[stratum[place]]).astype(np.int64)
    lost = np.concatenate(shares)[chosen] * full[place]
    return draw, place, np.clip(lost, points[place] - full[place], points[place]) / of[place]


def _count(stratum: Stratum, one: Row) -> None:
    stratum.drawn += 1
    if one["verdict"] != "confirmed":
        stratum.wrong += 1
        stratum.lost += [] if one["lost"] is None else [float(one["lost"])]


def _unseen(listed: Mapping[tuple[str, str], int], dossiers: Iterable[Row]) -> Iterable[Unseen]:
    for dossier in dossiers:
        of: dict[str, int] = {}
        own: dict[tuple[str, int], int] = {}
        for fact in dossier["facts"]:
            if fact["not_applicable"] or fact["status"] not in JUDGED[fact["kind"]]:
                continue
            indicator = fact["indicator"]
            of[indicator] = of.get(indicator, 0) + 1
            if (stratum := listed.get((fact["kind"], fact["fact"]))) is not None:
                own[indicator, stratum] = own.get((indicator, stratum), 0) + 1
        for (indicator, stratum), facts in own.items():
            yield Unseen(dossier["subject"], indicator, stratum, facts, of[indicator])
