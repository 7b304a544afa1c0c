"""Sharing a unit's pools out over its people, all items at once (scoring-methods §8, decision 0111).

A pool is first shared pro rata. Where limits bend that, whoever is pushed above what their capacity stands for in one item is
relieved in others: HiGHS minimises the greatest deviation of load, and beside it the distance from the pro-rata shares. Then
shares are rounded to whole quanta, pool by pool the heaviest first, to those who carry least, and improved by single swaps.
Units share nothing with each other, so their problems are solved one by one: the greatest deviation of all is the greatest of
theirs. Sums are exact by construction; floats only choose who gets a quantum.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from services.targets.domain.apportionment import Bearer
from services.targets.solving.sharing_levels import Floats, level_shares

Whole = npt.NDArray[np.int64]

_DISTANCE = 1e-3  # price of a whole load moved away from pro rata, against one of greatest deviation
_SLACK = 1e-9
_PASSES = 20


@dataclass(frozen=True)
class Pool:
    """``total`` quanta of an item that persons share; ``points``: the full points it stands for in everyone's load."""

    indicator: str
    total: int
    points: float
    bearers: Mapping[str, Bearer]  # by person


@dataclass(frozen=True)
class Shared:
    shares: dict[str, dict[str, int]]  # indicator -> person -> quanta
    missing: dict[str, int]  # indicator -> quanta that nobody can carry
    deviation: float  # the greatest, in parts of a load of full points
    solved: bool  # False: the solver found nothing better than pro rata


def share_out(pools: Sequence[Pool], capacities: Mapping[str, float]) -> Shared:
    """Share the pools out; ``capacities``: of every person who occurs, above 0."""
    work = _Work([_ordered(pool) for pool in pools if pool.bearers and pool.total], sorted(capacities), capacities)
    wanted, solved = work.solve()
    shares = {pool.indicator: dict.fromkeys(pool.bearers, 0) for pool in pools} | work.rounded(wanted)
    carried = {pool.indicator: sum(shares[pool.indicator].values()) for pool in work.pools}
    missing = {pool.indicator: pool.total - carried.get(pool.indicator, 0) for pool in pools}
    left = {code: count for code, count in missing.items() if count}
    return Shared(shares, left, work.greatest_deviation, solved)


@dataclass(frozen=True)
class _Alike:
    group: Whole  # of each person
    first: Whole  # of each group, the person that stands for it
    sizes: Whole  # of each group
    entries: Whole  # those of the persons that stand for a group
    of_entry: Whole  # for every entry, which of ``entries`` stands for it


class _Work:
    """One unit's problem as arrays: an entry is one person's part of one pool."""

    def __init__(self, pools: list[Pool], persons: list[str], capacities: Mapping[str, float]) -> None:
        self.pools, self.persons = pools, persons
        number = {person: index for index, person in enumerate(persons)}
        entries = [
            (index, number[person], one) for index, pool in enumerate(pools) for person, one in pool.bearers.items()
        ]
        self.pool = np.array([entry[0] for entry in entries], dtype=np.int64)
        self.person = np.array([entry[1] for entry in entries], dtype=np.int64)
        self.least = np.array([entry[2].least for entry in entries], dtype=np.float64)
        self.most = np.array([_most(entry[2], pools[entry[0]]) for entry in entries], dtype=np.float64)
        self.tie = np.array([entry[2].tie for entry in entries], dtype=np.int64)
        self.weight = np.array([entry[2].weight for entry in entries], dtype=np.float64)
        self.spans = _spans(pools)
        self.carried = [
            min(pool.total, int(self.most[a:b].sum())) for pool, (a, b) in zip(pools, self.spans, strict=True)
        ]
        self.fair = self._pro_rata()
        self.capacity = np.array([capacities[person] for person in persons])
        self.load = self._loads(pools, entries)
        self.expected = self._by_person(self.load * self._unbounded())
        self.greatest_deviation = 0.0

    def solve(self) -> tuple[Floats, bool]:
        """Return the shares before rounding, pro rata where that is already even, or where the solver gives up."""
        if not len(self.fair) or float(np.abs(self._deviations(self.fair)).max()) < _SLACK:
            return self.fair, True
        alike = self._alike()
        answer = self._program(alike)
        if answer.status != 0:
            return self.fair, False
        count = len(alike.entries)
        moved = (answer.x[:count] - answer.x[count : 2 * count])[alike.of_entry]
        return np.clip(self.fair + moved, self.least, self.most), True

    def rounded(self, wanted: Floats) -> dict[str, dict[str, int]]:
        counts = np.floor(wanted + _SLACK).astype(np.int64)
        deviations = self._deviations(counts.astype(np.float64))
        parts = [slice(start, end) for start, end in self.spans]
        for index in sorted(range(len(parts)), key=lambda index: -float(self.load[parts[index].start])):
            self._hand_out(parts[index], self.carried[index], wanted, counts, deviations)
        for _ in range(_PASSES):
            if not sum(self._improve(part, wanted, counts, deviations) for part in parts):
                break
        self.greatest_deviation = float(np.abs(deviations).max()) if len(deviations) else 0.0
        return {
            pool.indicator: dict(zip(pool.bearers, counts[part].tolist(), strict=True))
            for pool, part in zip(self.pools, parts, strict=True)
        }

    def _hand_out(self, part: slice, carried: int, wanted: Floats, counts: Whole, deviations: Floats) -> None:
        """The quanta that rounding down left over, one each to those who carry least for it."""
        while (left := carried - int(counts[part].sum())) > 0:
            who = self.person[part]
            full = counts[part] >= self.most[part]
            rest = wanted[part] - counts[part]
            after = deviations[who] + self.load[part] / self.capacity[who]
            order = np.lexsort((self.tie[part], after.round(9), rest < _SLACK, full))
            chosen = order[: min(left, int((~full).sum()))]
            counts[part][chosen] += 1
            deviations[who[chosen]] += self.load[part][chosen] / self.capacity[who[chosen]]

    def _improve(self, part: slice, wanted: Floats, counts: Whole, deviations: Floats) -> bool:
        """One quantum from the most loaded who can spare it to the least loaded who can take it, where that evens out."""
        who, load = self.person[part], self.load[part]
        can_give = np.flatnonzero((counts[part] > self.least[part]) & (counts[part] > wanted[part] - 1 + _SLACK))
        can_take = np.flatnonzero((counts[part] < self.most[part]) & (counts[part] < wanted[part] + 1 - _SLACK))
        if not len(can_give) or not len(can_take):
            return False
        giver = can_give[np.argmax(deviations[who[can_give]])]
        taker = can_take[np.argmin(deviations[who[can_take]])]
        down, up = load[giver] / self.capacity[who[giver]], load[taker] / self.capacity[who[taker]]
        high, low = deviations[who[giver]], deviations[who[taker]]
        if max(abs(high - down), abs(low + up)) >= max(abs(high), abs(low)) - _SLACK:
            return False
        counts[part][giver] -= 1
        counts[part][taker] += 1
        deviations[who[giver]] -= down
        deviations[who[taker]] += up
        return True

    def _alike(self) -> "_Alike":
        """People of the same capacity with the same parts in the same pools: the optimum treats them alike, so one stands for all.

        (Any optimum, averaged over them, is one too: the problem is convex and does not tell them apart.)
        """
        parts: list[list[Any]] = [[capacity] for capacity in self.capacity.tolist()]
        rows = zip(self.person.tolist(), self.pool.tolist(), self.weight, self.least, self.most, strict=True)
        for person, *part in rows:
            parts[person].append(tuple(part))
        numbers: dict[tuple[Any, ...], int] = {}
        group = np.array([numbers.setdefault(tuple(part), len(numbers)) for part in parts], dtype=np.int64)
        first = np.unique(group, return_index=True)[1]
        entries = np.flatnonzero(np.isin(self.person, first))
        key = group[self.person] * len(self.pools) + self.pool
        order = np.argsort(key[entries])
        of_entry = order[np.searchsorted(key[entries], key, sorter=order)]
        return _Alike(group, first, np.bincount(group), entries, of_entry)

    def _program(self, alike: "_Alike") -> Any:
        """Variables: how far each kind of entry goes up and down from pro rata, and the greatest deviation of anybody's load."""
        entries, people, pools = alike.entries, len(alike.first), len(self.pools)
        count, row = len(entries), alike.group[self.person[entries]]
        size, entry = alike.sizes[row].astype(np.float64), np.arange(len(entries))
        balance = sparse.csr_matrix((size, (self.pool[entries], entry)), shape=(pools, count))
        none = sparse.csr_matrix((pools, 1))
        relative = self.load[entries] / self.capacity[self.person[entries]]
        loads = sparse.csr_matrix((relative, (row, entry)), shape=(people, count))
        limit = sparse.csr_matrix(-np.ones((people, 1)))
        now = self._deviations(self.fair)[alike.first]
        room = np.concatenate([self.most - self.fair, self.fair - self.least]).reshape(2, -1)[:, entries].ravel()
        top = np.append(np.maximum(room, 0), np.inf)
        price = self.load[entries] * size * _DISTANCE / len(self.persons)
        return linprog(
            np.concatenate([price, price, [1.0]]),
            A_ub=sparse.vstack([sparse.hstack([loads, -loads, limit]), sparse.hstack([-loads, loads, limit])]),
            b_ub=np.concatenate([-now, now]),
            A_eq=sparse.hstack([balance, -balance, none]),
            b_eq=np.zeros(pools),
            bounds=np.stack([np.zeros(2 * count + 1), top], axis=1),
            method="highs",
            options={"time_limit": 60.0},
        )

    def _loads(self, pools: Sequence[Pool], entries: Sequence[tuple[int, int, Bearer]]) -> Floats:
        """What a quantum weighs: an even share of a pool weighs its item's full points."""
        return np.array(
            [pools[entry[0]].points * len(pools[entry[0]].bearers) / pools[entry[0]].total for entry in entries]
        )

    def _pro_rata(self) -> Floats:
        """Shares by weight within the limits, at one common level of each pool."""
        shares = np.empty(len(self.weight))
        for carried, (start, end) in zip(self.carried, self.spans, strict=True):
            part = slice(start, end)
            shares[part] = level_shares(carried, self.weight[part], self.least[part], self.most[part])
        return shares

    def _unbounded(self) -> Floats:
        """Pro rata by weight, as if there were no limits, of what can be carried at all."""
        shares = np.empty(len(self.weight))
        for carried, (start, end) in zip(self.carried, self.spans, strict=True):
            shares[start:end] = carried * self.weight[start:end] / self.weight[start:end].sum()
        return shares

    def _deviations(self, counts: Floats) -> Floats:
        carried: Floats = (self._by_person(self.load * counts) - self.expected) / self.capacity
        return carried

    def _by_person(self, values: Floats) -> Floats:
        sums = np.bincount(self.person, weights=values, minlength=len(self.persons))
        return np.asarray(sums, dtype=np.float64)


def _spans(pools: Sequence[Pool]) -> list[tuple[int, int]]:
    ends = [0, *accumulate(len(pool.bearers) for pool in pools)]
    return list(pairwise(ends))


def _ordered(pool: Pool) -> Pool:
    """What comes out must not depend on the order in which people are told."""
    return replace(pool, bearers=dict(sorted(pool.bearers.items())))


def _most(bearer: Bearer, pool: Pool) -> int:
    return pool.total if bearer.most is None else bearer.most
