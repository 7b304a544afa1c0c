"""Persons' finals and ranks while numbers move: each is kept by his own part; the bureau's is added when asked (order.py)."""

from services.scoring.kernel.bureau import Rules
from services.scoring.kernel.columns import Organisation, Sheets
from services.scoring.kernel.composing import Mean
from services.scoring.kernel.exact import NONE
from services.scoring.kernel.order import Order, Own
from services.scoring.kernel.ranking import by_chain, places
from services.scoring.kernel.units import Units


class Staff:
    def __init__(self, organisation: Organisation, sheets: Sheets, rules: Rules, units: Units) -> None:
        self._rules, self._sheets = rules, sheets
        weights = rules.composite["person"]
        self._personal, self._unit, self._bureau = (weights.get(name, 0) for name in ("personal", "unit", "bureau"))
        subjects = organisation.persons.tolist()
        self._unit_of = dict(zip(subjects, organisation.unit_of.tolist(), strict=True))
        self._stays: dict[int, list[tuple[int, int]]] = {}
        self._members: dict[int, list[int]] = {}  # unit -> who has days in it
        stays = list(zip(organisation.stay_units.tolist(), organisation.stay_days.tolist(), strict=True))
        starts = organisation.stay_starts.tolist()
        for person, start, stop in zip(subjects, starts[:-1], starts[1:], strict=True):
            own = stays[start:stop]
            self._stays[person] = [(own[0][0], 1)] if len(own) == 1 else own
            for unit in {unit for unit, _ in own}:
                self._members.setdefault(unit, []).append(person)
        units.settle()
        self._owns: dict[int, Own] = {}
        self._orders: dict[int, Order] = {}
        for person in subjects:
            self._place(person, units)

    def scored(self, person: int, before: int, after: int, units: Units) -> None:
        """A person's layer score is another one."""
        units.person_scored(self._unit_of[person], before, after)
        self._place(person, units)

    def settle(self, units: Units) -> None:
        for unit in units.settle():
            for person in self._members.get(unit, ()):
                self._place(person, units)

    def unit_part(self, person: int, units: Units) -> Mean:
        """Σ days × U and Σ days over the stays in units that have a score; to be asked after ``settle``."""
        stays = [(days, units.finals[unit]) for unit, days in self._stays[person] if units.finals[unit] >= 0]
        return Mean(sum(days * final for days, final in stays), sum(days for days, _ in stays))

    def standing(self, person: int, bureau: int) -> tuple[int, int, bool, bool]:
        """(final, rank, nominated, tied); to be asked after ``settle``."""
        own = self._owns.get(person)
        if own is None or own.weight + self._bureau_weight(bureau) == 0:
            return NONE, NONE, False, False
        final = own.final(bureau, self._bureau_weight(bureau), even=self._rules.even)
        better, rivals = self._above(final, bureau), self._above(final - 1, bureau)
        count = places(self._ranked(bureau), self._rules.quota_percent)
        nominated, tied = rivals <= count, False
        if better < count < rivals:
            nominated, tied = self._at_edge(person, final, count - better, bureau)
        return final, better + 1, nominated, tied

    def _place(self, person: int, units: Units) -> None:
        before = self._owns.pop(person, None)
        if before is not None:
            self._orders[before.weight].take(person, before)
        score = int(self._sheets.score[person])
        if score < 0:
            return  # nobody is ranked on the work of others alone
        part = self.unit_part(person, units)
        weight = self._unit if part.count else 0
        days = part.count or 1
        own = Own(self._personal * score * days + weight * part.total, days, self._personal + weight)
        self._owns[person] = own
        self._orders.setdefault(own.weight, Order(own.weight)).put(person, own)

    def _bureau_weight(self, bureau: int) -> int:
        return self._bureau if bureau >= 0 else 0

    def _ranked(self, bureau: int) -> int:
        weight = self._bureau_weight(bureau)
        return sum(int(order.counts.sum()) for order in self._orders.values() if order.weight + weight)

    def _above(self, final: int, bureau: int) -> int:
        weight, even = self._bureau_weight(bureau), self._rules.even
        orders = (order for order in self._orders.values() if order.weight + weight)
        return sum(order.above(final, bureau, weight, self._owns, even=even) for order in orders)

    def _at_edge(self, person: int, final: int, left: int, bureau: int) -> tuple[bool, bool]:
        """Among all of this final, of whom ``left`` find room: whether the person is chosen, or tied by the chain too."""
        weight, even = self._bureau_weight(bureau), self._rules.even
        equal = [
            one
            for order in self._orders.values()
            if order.weight + weight
            for one in order.near(final, bureau, weight)
            if self._owns[one].final(bureau, weight, even=even) == final
        ]
        chain = [self._sheets.categories[name][equal].clip(0) for name in self._rules.tie_chain]
        chosen, tied = by_chain(chain, len(equal), left)
        place = equal.index(person)
        return place in chosen, place in tied
